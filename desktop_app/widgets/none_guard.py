"""Keeps the interpreter's None, True and False alive under PySide6 6.12 on Python 3.11.

Measured with PySide6-Essentials 6.12.0: every call that returns a null pointer (``layout.takeAt(0)``
of an empty layout, ``parentWidget()`` of a window, ``QApplication.focusWidget()``) takes one reference
from None that it never held, and True or False lose some as well; without this the interpreter ended
the process with "none_dealloc" or "bool_dealloc". From Python 3.12 on these objects are immortal and
nothing happens; on 3.11 their counts run down over a working day. One large deposit at the start
outlasts any session. Nothing else is touched.
"""

from __future__ import annotations

import ctypes
import sys

FIRST_IMMORTAL = (3, 12)
DEPOSIT = 1 << 40
MORTAL = (None, True, False)


def keep_none_alive() -> bool:
    """Pay the deposits once; False when they are not needed or were paid before."""
    if sys.version_info >= FIRST_IMMORTAL or sys.getrefcount(None) > DEPOSIT // 2:
        return False
    for constant in MORTAL:
        ctypes.c_ssize_t.from_address(id(constant)).value += DEPOSIT
    return True
