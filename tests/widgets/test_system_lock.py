"""The system's lock, sleep and change of user over a bus of the test's own, as logind and the desktops send them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from desktop_app.widgets.system_lock import MANAGER, MANAGER_PATH, PROPERTIES, SESSION, SystemLock

OWN = "/org/freedesktop/login1/session/_31"
Emit = Callable[..., None]


@pytest.fixture
def address() -> Iterator[str]:
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def emit(address: str) -> Iterator[Emit]:
    """What logind or a desktop would send, from a connection of its own."""
    sender = QDBusConnection.connectToBus(address, f"sender {address}")

    def sent(path: str, interface: str, name: str, *values: object) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert sender.send(message)

    yield sent
    QDBusConnection.disconnectFromBus(f"sender {address}")


@pytest.fixture
def lock(address: str, qapp: object) -> Iterator[SystemLock]:
    bus = QDBusConnection.connectToBus(address, f"test {address}")
    assert bus.isConnected()
    made = SystemLock(bus, bus)
    assert made.listens
    yield made
    QDBusConnection.disconnectFromBus(f"test {address}")


@pytest.mark.parametrize(("path", "interface", "name", "values"), [
    (MANAGER_PATH, MANAGER, "PrepareForSleep", [True]),
    (OWN, SESSION, "Lock", []),
    (OWN, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": False}, ["IdleHint"]]),
    (OWN, PROPERTIES, "PropertiesChanged", [SESSION, {"LockedHint": True}, ["IdleHint"]]),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
])
def test_each_reason_locks(lock: SystemLock, emit: Emit, qtbot: QtBot, path: str, interface: str, name: str,
                           values: list[object]) -> None:
    with qtbot.waitSignal(lock.locked):
        emit(path, interface, name, *values)


def test_waking_up_and_other_news_do_not_lock(lock: SystemLock, emit: Emit, qtbot: QtBot) -> None:
    told: list[str] = []
    lock.locked.connect(lambda: told.append("locked"))
    emit(MANAGER_PATH, MANAGER, "PrepareForSleep", False)
    emit(OWN, PROPERTIES, "PropertiesChanged", SESSION, {"Active": True}, ["IdleHint"])
    emit(OWN, PROPERTIES, "PropertiesChanged", "org.freedesktop.login1.Seat", {"Active": False}, ["IdleHint"])
    emit("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)
    with qtbot.waitSignal(lock.locked):  # the last in the row arrives, so the others have
        emit(OWN, SESSION, "Lock")
    assert told == ["locked"]


def test_without_a_bus_it_is_said_that_nothing_is_heard(qapp: object) -> None:
    assert not SystemLock(QDBusConnection("none"), QDBusConnection("none")).listens
