"""Whether there is a screen to open a window on, asked before Qt would end the process itself."""

from __future__ import annotations

import os
import re
import sys

NO_SCREEN_NEEDED = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
LOCAL_DISPLAY = re.compile(r"^(?:unix)?:(\d+)(?:\.\d+)?$")


def _x_server_answers(display: str) -> bool:
    import socket

    found = LOCAL_DISPLAY.match(display)
    if found is None:
        return True  # another machine's display: Qt may try
    path = f"/tmp/.X11-unix/X{found[1]}"  # noqa: S108  the X server's fixed address, not a file of ours
    for address in (f"\0{path}", path):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            try:
                connection.connect(address)
            except OSError:
                continue
            return True
    return False


def no_screen_here() -> str:
    """A sentence when no window can be opened; empty when one can."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM", "").startswith(NO_SCREEN_NEEDED):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "The window cannot be opened: there is no screen here (DISPLAY is not set)."
    if not _x_server_answers(display):
        return f"The window cannot be opened: the screen {display} does not answer."
    return ""
