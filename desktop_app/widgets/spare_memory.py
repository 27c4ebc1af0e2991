"""Gives memory that a closed consultation has freed back to the system.

The C library of Linux keeps what was freed in the middle of its heap; over a working day the gaps between what stays
grow to a tenth of the program. Other systems' libraries give it back by themselves.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> bool:
    """Takes less than a millisecond; False where there is nothing to ask for it."""
    trim = _trim()
    return trim is not None and bool(trim(0))


@cache
def _trim() -> Callable[[int], int] | None:
    """malloc_trim(3) of the GNU C library."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library; TypeError on Windows, which names none
        return None
    return found
