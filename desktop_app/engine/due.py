"""Due dates: from the first day a criterion was met to the last day its limit allows, inclusive."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.engine.answers import DateRange, Value
from desktop_app.engine.model import EMERGENCIES, Criterion, TimeLimit


@dataclass(frozen=True, slots=True)
class Due:
    """``limit`` is None when the start is unknown or the clock has stopped."""

    start: date | None
    limit: date | None
    start_unknown: bool


def add_months(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it is shorter."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def last_day(limit: TimeLimit, start: date) -> date:
    """The earliest of a limit's parts counted from ``start``; that day is still in time."""
    ends: list[date] = []
    if limit.days is not None:
        ends.append(start + timedelta(days=limit.days))
    if limit.months is not None:
        ends.append(add_months(start, limit.months))
    if limit.hours is not None:
        ends.append(start + timedelta(hours=limit.hours))
    return min(ends, default=start)


def due(criterion: Criterion, start: Value | None, as_of: date, *, stopped: bool) -> Due:
    """When a criterion has to be acted on. An approximate start counts from its earliest day."""
    emergency = criterion.tier in EMERGENCIES
    if emergency or criterion.limit.now:
        halted = stopped and not emergency
        return Due(None, None if halted else as_of, start_unknown=False)
    first = start.earliest if isinstance(start, DateRange) else None
    if stopped:
        return Due(first, None, start_unknown=False)
    if first is None:
        return Due(None, None, start_unknown=True)
    return Due(first, last_day(criterion.limit, first), start_unknown=False)
