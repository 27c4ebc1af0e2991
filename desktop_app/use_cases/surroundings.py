"""What has to be known of this computer while somebody works: may its clock be right, is its disk full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

BEHIND = timedelta(minutes=5)
"""Clocks are put right by a little all the time."""

AHEAD = timedelta(days=365)
"""So long without an entry is asked about: a clinic that was closed knows, a clock that jumped does not."""


ZONES = timedelta(days=1)
"""A day of the calendar begins so much earlier elsewhere, at most."""


class Surroundings(Protocol):
    def now(self) -> datetime:
        """What this computer's clock says."""

    def newest_entry(self) -> datetime | None:
        """The latest moment at which something was entered or this clock was looked at; None in a new store."""

    def no_room(self) -> bool:
        """Whether the room that is kept for a full disk is used up."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The clock and the newest entry do not fit together, or the clock lies before the approval of the guideline."""

    now: datetime
    newest: datetime
    approved: date | None = None  # then ``newest`` is the beginning of that day

    @property
    def behind(self) -> bool:
        return self.now < self.newest


def clock_doubt(surroundings: Surroundings | None, approved_on: str = "") -> ClockDoubt | None:
    """None as long as the clock may be right. ``approved_on``: the day of the guideline's approval as it writes it;
    a clock that lies before it is wrong for certain.
    """
    if surroundings is None:
        return None
    newest, now = surroundings.newest_entry(), surroundings.now()
    if newest is not None and (now < newest - BEHIND or now > newest + AHEAD):
        return ClockDoubt(now, newest)
    approved = date.fromisoformat(approved_on) if approved_on else None
    begun = None if approved is None else datetime.combine(approved, time(), UTC)
    return ClockDoubt(now, begun, approved) if begun is not None and now < begun - ZONES else None
