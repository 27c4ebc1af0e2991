"""What has to be known of this computer while somebody works: may its clock be right, is its disk full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

BEHIND = timedelta(minutes=5)
"""Clocks are put right by a little all the time."""

AHEAD = timedelta(days=365)
"""So long without an entry is asked about: a clinic that was closed knows, a clock that jumped does not."""


class Surroundings(Protocol):
    def now(self) -> datetime:
        """What this computer's clock says."""

    def newest_entry(self) -> datetime | None:
        """The latest moment at which something was entered or this clock was looked at; None in a new store."""

    def no_room(self) -> bool:
        """Whether the room that is kept for a full disk is used up."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The clock and the newest entry do not fit together."""

    now: datetime
    newest: datetime

    @property
    def behind(self) -> bool:
        return self.now < self.newest


def clock_doubt(surroundings: Surroundings | None) -> ClockDoubt | None:
    """None as long as the clock may be right."""
    newest = None if surroundings is None else surroundings.newest_entry()
    if surroundings is None or newest is None:
        return None
    now = surroundings.now()
    return ClockDoubt(now, newest) if now < newest - BEHIND or now > newest + AHEAD else None
