"""Counts what interrupts: at most three messages in a consultation, never the same one twice.

Each further reminder in one encounter lowers how many of them are heeded. An emergency is no message: its page comes
whenever an answer calls for it, is not counted and is never held back.
"""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3
OWN_IMPRESSION = "own impression"
OPENED_BY_ITSELF = "step opened by itself"


class Interruptions:
    """Belongs to one consultation, however often it is opened; ``told`` is what was told in it before."""

    def __init__(self, told: Iterable[str] = ()) -> None:
        self._told = list(dict.fromkeys(told))

    @property
    def told(self) -> tuple[str, ...]:
        """The messages so far, in order."""
        return tuple(self._told)

    def may(self, message: str) -> bool:
        """Whether this message may interrupt now; when it may, it counts as told."""
        if message in self._told or len(self._told) >= MOST:
            return False
        self._told.append(message)
        return True
