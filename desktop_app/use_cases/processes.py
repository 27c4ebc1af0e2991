"""Whether a process of this computer still runs: what it left behind is cleared away only when it does not."""

from __future__ import annotations

import os
import sys


def lives(process: int) -> bool:
    """True also where nobody may know."""
    if sys.platform == "win32":
        return _lives_on_windows(process)
    try:
        os.kill(process, 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _lives_on_windows(process: int) -> bool:
    import ctypes

    may_ask, denied, still_active = 0x1000, 5, 259
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(may_ask, False, process)
    if not handle:
        return bool(kernel.GetLastError() == denied)
    try:
        status = ctypes.c_ulong()
        return not kernel.GetExitCodeProcess(handle, ctypes.byref(status)) or status.value == still_active
    finally:
        kernel.CloseHandle(handle)
