"""The ``Surroundings`` of the use cases: the computer's clock beside the newest entry, and the room on its disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db.audit_log import computer_time
from db.reserve import given_up


class ComputerAround:
    """``newest``: when the newest entry was made, as it was found before this sign-in."""

    def __init__(self, folder: Path, newest: datetime | None, now: Callable[[], datetime] = computer_time) -> None:
        self._folder, self._newest, self._now = folder, newest, now
        self._seen: datetime | None = None

    def now(self) -> datetime:
        return self._now()

    def newest_entry(self) -> datetime | None:
        """A clock that is put back while somebody works is told by what it said before."""
        before, now = self._seen, self._now()
        if before is None or now > before:
            self._seen = now
        if before is not None and (self._newest is None or before > self._newest):
            return before if now < before else self._newest
        return self._newest

    def no_room(self) -> bool:
        return given_up(self._folder)
