"""The text size that the system asks for, as one of the program's own: nobody has to set it twice.

A font of the desktop counts by its height beside our body text, so that 11 points, the usual size of desktops, stay
100 %. Under X the desktop's text scaling arrives as a denser screen and Qt draws everything larger by itself; under
Wayland it does not, so the desktop is asked for it over D-Bus, which is a local socket.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from desktop_app.widgets.tokens import TEXT_SIZES, TYPE

PORTAL, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS = "org.freedesktop.portal.Settings"
POINTS = 72  # to the inch
_TIMEOUT = 300  # milliseconds; a desktop that does not answer gets 100 %


def system_text_size() -> float:
    """1.0 to 2.0, one of ``TEXT_SIZES``."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    asked = QGuiApplication.platformName().startswith("wayland")
    return nearest(_pixels(font), desktop_scaling() if asked else 1.0)


def _pixels(font: QFont) -> float:
    """Its height, from what was asked for: to look the font up would cost a twentieth of the start."""
    if font.pixelSize() > 0:
        return font.pixelSize()
    return font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInchY() / POINTS


def nearest(pixels: float, scaling: float) -> float:
    """The size that comes closest to a system font of ``pixels`` and the desktop's own factor, the larger counts."""
    wanted = max(pixels / TYPE["body"].size, scaling)
    return min(TEXT_SIZES, key=lambda size: abs(size - wanted))


def desktop_scaling(address: str = "") -> float:
    """The factor that the desktop tells, 1.0 where none does. ``address``: of the bus, else the session's."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.connectToBus(address, address) if address else QDBusConnection.sessionBus()
    call = QDBusMessage.createMethodCall(PORTAL, PATH, SETTINGS, "Read")
    call.setArguments(["org.gnome.desktop.interface", "text-scaling-factor"])
    reply = bus.call(call, timeout=_TIMEOUT) if bus.isConnected() else QDBusMessage()
    told = reply.arguments() if reply.type() is QDBusMessage.MessageType.ReplyMessage else []
    value = told[0] if told else 1.0
    while hasattr(value, "variant"):  # the portal wraps it twice
        value = value.variant()
    return float(value) if isinstance(value, int | float) else 1.0
