"""Whose time of keeping has passed. It proposes; erasing is a deed of two people with a reason."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from desktop_app.use_cases.domain import Patient
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Store

YEARS = (0, 5, 8, 10, 15, 20, 30)
"""What a clinic can choose; 0: nothing is proposed. The law of the country says which."""


@dataclass(frozen=True, slots=True)
class Passed:
    patient: Patient
    last_seen: date
    kept_until: date


class Retention:
    def __init__(self, access: Access, store: Store, clock: Clock) -> None:
        self.access, self._store, self._clock = access, store, clock

    @property
    def years(self) -> int:
        return self._store.clinic().retention_years

    @needs(Action.SEE_RETENTION)
    def passed(self) -> tuple[Passed, ...]:
        """The longest ago first; nobody where no time is set."""
        years = self.years
        if years <= 0:
            return ()
        today = self._clock.today()
        return tuple(Passed(patient, last, years_after(last, years))
                     for patient, last in self._store.last_seen_before(years_after(today, -years)))


def years_after(day: date, years: int) -> date:
    """The same day of another year; of the 29th of February the 28th where there is no other."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
