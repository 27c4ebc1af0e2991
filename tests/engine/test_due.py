"""Dates on both sides of every limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.engine.answers import DateRange
from desktop_app.engine.due import add_months, due, last_day
from desktop_app.engine.model import Check, Criterion, Tier, TimeLimit
from tests.engine.small_pack import PRESENT


def criterion(tier: Tier, limit: TimeLimit) -> Criterion:
    return Criterion("X", tier, "x", PRESENT, (), Check.OWN, "", clock_start="start", limit=limit)


URGENT = criterion(Tier.U14, TimeLimit(days=14))
STANDARD = criterion(Tier.R3, TimeLimit(months=3, days=91))


def exactly(day: date) -> DateRange:
    return DateRange(day, day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 12, 15), 3, date(2027, 3, 15)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_with_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 2, 1), date(2026, 5, 1)),  # 89 days: the calendar is earlier
        (date(2026, 7, 1), date(2026, 9, 30)),  # 92 days in the calendar: 91 days are earlier
        (date(2026, 11, 30), date(2027, 2, 28)),  # clamped to the month's end, 90 days
        (date(2028, 1, 31), date(2028, 4, 30)),
    ],
)
def test_three_months_are_the_earlier_of_calendar_and_91_days(start: date, end: date) -> None:
    assert last_day(TimeLimit(months=3, days=91), start) == end
    assert (end - start).days <= 91


def test_day_14_is_still_in_time() -> None:
    start = date(2026, 11, 1)
    assert due(URGENT, exactly(start), start, stopped=False).limit == start + timedelta(days=14)


def test_an_approximate_start_counts_from_its_earliest_day() -> None:
    clock = due(STANDARD, DateRange(date(2026, 9, 1), date(2026, 9, 30)), date(2026, 11, 1), stopped=False)
    assert clock.start == date(2026, 9, 1)
    assert clock.limit == date(2026, 12, 1)


def test_an_unknown_start_gives_no_date() -> None:
    clock = due(URGENT, None, date(2026, 11, 1), stopped=False)
    assert (clock.limit, clock.start_unknown) == (None, True)


def test_an_emergency_is_due_today_even_when_the_clock_has_stopped() -> None:
    today = date(2026, 11, 1)
    for tier in (Tier.E, Tier.E24):
        assert due(criterion(tier, TimeLimit(hours=24)), None, today, stopped=True).limit == today


def test_a_stopped_clock_gives_no_date() -> None:
    clock = due(URGENT, exactly(date(2026, 10, 1)), date(2026, 11, 1), stopped=True)
    assert (clock.limit, clock.start_unknown) == (None, False)
