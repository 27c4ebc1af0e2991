"""The colours follow the system while nobody chose others: light, dark, high contrast, and a change while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.door import Door
from desktop_app.widgets import theme
from desktop_app.widgets.app import Program
from desktop_app.widgets.tokens import DARK, HIGH_CONTRAST, LIGHT
from tests.fakes import StillClock


class System:
    """What Qt says of the system; the screenless platform says nothing."""

    def __init__(self) -> None:
        self.scheme, self.contrast = Qt.ColorScheme.Light, "NoPreference"

    def styleHints(self) -> SimpleNamespace:  # noqa: N802  Qt's name
        return SimpleNamespace(colorScheme=lambda: self.scheme,
                               accessibility=lambda: SimpleNamespace(contrastPreference=lambda: self.contrast))


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    found = System()
    monkeypatch.setattr(theme, "QGuiApplication", found)
    return found


@pytest.mark.parametrize(("scheme", "contrast", "name"), [
    (Qt.ColorScheme.Light, "NoPreference", LIGHT.name), (Qt.ColorScheme.Unknown, "NoPreference", LIGHT.name),
    (Qt.ColorScheme.Dark, "NoPreference", DARK.name), (Qt.ColorScheme.Light, "HighContrast", HIGH_CONTRAST.name),
    (Qt.ColorScheme.Dark, "HighContrast", HIGH_CONTRAST.name)])
def test_the_system_says_which(system: System, scheme: Qt.ColorScheme, contrast: str, name: str) -> None:
    system.scheme, system.contrast = scheme, contrast
    assert theme.system_theme() == name


@pytest.fixture
def program(system: System, qapp: QApplication, guideline_folder: Path, tmp_path: Path) -> Iterator[Program]:
    made = Program(qapp, Door(tmp_path / "profile", guideline_folder, StillClock()))
    yield made
    made.window.deleteLater()
    made._ring.deleteLater()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # or it would follow the next test's system


def tell(scheme: Qt.ColorScheme) -> None:
    QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)


def test_a_change_while_it_runs_is_followed(program: Program, system: System) -> None:
    assert theme.now() is LIGHT
    system.scheme = Qt.ColorScheme.Dark
    tell(Qt.ColorScheme.Dark)
    assert theme.now() is DARK
    system.scheme = Qt.ColorScheme.Light
    tell(Qt.ColorScheme.Light)
    assert theme.now() is LIGHT


def test_whoever_chose_colours_keeps_them(program: Program, system: System) -> None:
    program.look.choose("light", 1.0)
    system.scheme = Qt.ColorScheme.Dark
    tell(Qt.ColorScheme.Dark)
    assert theme.now() is LIGHT
    program.look.choose("system", 1.0)
    assert theme.now() is DARK
