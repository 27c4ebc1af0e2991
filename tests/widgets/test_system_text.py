"""The text size follows the system's until somebody chooses another: fonts, the desktop's factor, and what is kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.widgets import system_text, theme
from desktop_app.widgets.kept_look import FILE, KeptLook
from desktop_app.widgets.system_text import desktop_scaling, nearest, system_text_size
from desktop_app.widgets.theme import AS_SYSTEM

PORTAL = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusVariant

@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Settings"})
class Settings(QObject):
    @Slot(str, str, result=QDBusVariant)
    def Read(self, namespace, key):
        return QDBusVariant(1.5) if key == "text-scaling-factor" else QDBusVariant("other")

app = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "portal")
settings = Settings()
assert bus.registerObject("/org/freedesktop/portal/desktop", settings,
                          QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService("org.freedesktop.portal.Desktop")
print("there", flush=True)
app.exec()
"""


@pytest.fixture
def address() -> Iterator[str]:
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.mark.parametrize(("pixels", "scaling", "size"), [
    (12, 1.0, 1.0),  # 9 points: smaller than our own stays at 100 %
    (14.67, 1.0, 1.0),  # 11 points, the usual size
    (18.33, 1.0, 1.25),
    (21.33, 1.0, 1.5),
    (29.33, 1.0, 2.0),
    (60, 1.0, 2.0),
    (14.67, 1.25, 1.25),
    (14.67, 3.0, 2.0),
    (14.67, 0.5, 1.0),
])
def test_the_size_nearest_to_the_systems(pixels: float, scaling: float, size: float) -> None:
    assert nearest(pixels, scaling) == size


def test_the_desktop_is_asked_over_the_bus(qapp: QApplication, address: str) -> None:
    assert desktop_scaling(address) == 1.0  # nobody there to answer
    with subprocess.Popen([sys.executable, "-c", PORTAL, address], stdout=subprocess.PIPE, text=True) as portal:
        assert portal.stdout is not None
        assert portal.stdout.readline().strip() == "there"
        assert desktop_scaling(address) == 1.5
        portal.terminate()


def test_only_a_desktop_that_scales_text_itself_is_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_text, "desktop_scaling", lambda: 2.0)
    assert system_text_size() == 1.0
    monkeypatch.setattr("PySide6.QtGui.QGuiApplication.platformName", lambda: "wayland")
    assert system_text_size() == 2.0


def test_the_first_start_follows_the_system_and_a_choice_stays(qapp: QApplication, tmp_path: Path,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "system_text_size", lambda: 1.5)
    kept = KeptLook(tmp_path)
    assert kept.now.text_scale == AS_SYSTEM
    theme.apply(qapp, "light", kept.now.text_scale)
    assert theme.scale() == 1.5
    kept.keep(text_scale=1.0)
    again = KeptLook(tmp_path)
    theme.apply(qapp, "light", again.now.text_scale)
    assert theme.scale() == 1.0
    (tmp_path / FILE).write_text('{"text_scale": "large"}', encoding="utf-8")
    assert KeptLook(tmp_path).now.text_scale == AS_SYSTEM
