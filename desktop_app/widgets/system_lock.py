"""Locks with the system: its screen lock, suspend and a change of the user, as logind and the desktop tell them.

Over D-Bus, which is a local socket. Where there is no bus nothing is told, and idle time and Ctrl+L are left.
"""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

LOGIND = "org.freedesktop.login1"
MANAGER, SESSION = f"{LOGIND}.Manager", f"{LOGIND}.Session"
MANAGER_PATH = "/org/freedesktop/login1"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver",
                 "org.mate.ScreenSaver")
_TIMEOUT = 1000  # milliseconds


class SystemLock(QObject):
    """``locked`` comes with each reason to lock; locking twice does no harm, so no sender is checked."""

    locked = Signal()

    def __init__(self, system: QDBusConnection, session: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listens = system.isConnected() or session.isConnected()
        if system.isConnected():
            own = _own_session(system)  # of a session that cannot be told apart: rather lock once too often
            self._connect(system, MANAGER_PATH, MANAGER, "PrepareForSleep", "begins(bool)")
            self._connect(system, own, SESSION, "Lock", "session_locked()")
            self._connect(system, own, PROPERTIES, "PropertiesChanged",
                          "session_changed(QString,QVariantMap,QStringList)")
        if session.isConnected():
            for name in SCREEN_SAVERS:
                self._connect(session, "", name, "ActiveChanged", "begins(bool)")

    def _connect(self, bus: QDBusConnection, path: str, interface: str, name: str, slot: str) -> None:
        slot_name: Any = SLOT(slot)  # the stub wants bytes, the call takes text only
        bus.connect("", path, interface, name, self, slot_name)

    @Slot(bool)
    def begins(self, on: bool) -> None:
        """The computer is about to sleep, or the screen saver comes on; False when it ends."""
        if on:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        self.locked.emit()

    @Slot(str, "QVariantMap", "QStringList")
    def session_changed(self, interface: str, changed: dict[str, Any], _gone: list[str]) -> None:
        """Another user came to the front, or the desktop says that it is locked."""
        if interface == SESSION and (changed.get("Active") is False or changed.get("LockedHint") is True):
            self.locked.emit()


def _own_session(bus: QDBusConnection) -> str:
    """The path of this login, empty where it is not known."""
    if name := os.environ.get("XDG_SESSION_ID", ""):
        call = QDBusMessage.createMethodCall(LOGIND, MANAGER_PATH, MANAGER, "GetSession")
        call.setArguments([name])
    else:
        call = QDBusMessage.createMethodCall(LOGIND, MANAGER_PATH, MANAGER, "GetSessionByPID")
        call.setArguments([os.getpid()])
    reply = bus.call(call, timeout=_TIMEOUT)
    if reply.type() is not QDBusMessage.MessageType.ReplyMessage or not reply.arguments():
        return ""
    path = reply.arguments()[0]
    return path.path() if hasattr(path, "path") else str(path)


def system_lock(parent: QObject) -> SystemLock:
    """Over this computer's own buses."""
    return SystemLock(QDBusConnection.systemBus(), QDBusConnection.sessionBus(), parent)
