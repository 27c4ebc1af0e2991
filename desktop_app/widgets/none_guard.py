"""Keeps the interpreter's None alive under PySide6 6.12 on Python 3.11.

Measured with PySide6-Essentials 6.12.0: every call that returns a null pointer (``layout.takeAt(0)``
of an empty layout, ``parentWidget()`` of a window, ``QApplication.focusWidget()``) takes one reference
from None that it never held. From Python 3.12 on None is immortal and nothing happens; on 3.11 the
count runs down over a working day and the interpreter ends the process. One large deposit at the start
outlasts any session. Nothing else is touched.
"""

from __future__ import annotations

import ctypes
import sys

FIRST_IMMORTAL = (3, 12)
DEPOSIT = 1 << 40


def keep_none_alive() -> bool:
    """Pay the deposit once; False when it is not needed or was paid before."""
    if sys.version_info >= FIRST_IMMORTAL or sys.getrefcount(None) > DEPOSIT // 2:
        return False
    ctypes.c_ssize_t.from_address(id(None)).value += DEPOSIT
    return True
