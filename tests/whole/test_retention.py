"""The time of keeping: set by an administrator, it proposes whose records are older, and erases nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.retention import years_after
from desktop_app.widgets.patient_page import PatientPage
from desktop_app.widgets.retention_page import RetentionPage
from desktop_app.widgets.settings_page import SettingsPage
from tests.fakes import StillClock
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands
from tests.whole.test_locking import Start

SEEN = date(2026, 11, 12)  # the day of the still clock


@pytest.fixture
def desk(made: Door, prepare: Prepare) -> Desk:
    prepare({})
    return made.sign_in(made.users()[0].id, PASSPHRASE)


def set_years(desk: Desk, years: int) -> None:
    desk.save_clinic(replace(desk.clinic, retention_years=years))


@pytest.mark.parametrize(("today", "listed"), [(date(2036, 11, 12), False), (date(2036, 11, 13), True)])
def test_the_day_after_the_time_has_passed_and_not_before(
    desk: Desk, clock: StillClock, today: date, *, listed: bool,
) -> None:
    set_years(desk, 10)
    clock.day = today
    found = desk.retention.passed()
    assert bool(found) is listed
    assert [(one.last_seen, one.kept_until) for one in found] == [(SEEN, date(2036, 11, 12))][:len(found)]


def test_without_a_time_nobody_is_proposed(desk: Desk, clock: StillClock) -> None:
    set_years(desk, 0)
    clock.day = date(2090, 1, 1)
    assert desk.retention.passed() == ()


def test_the_newest_visit_counts(desk: Desk, clock: StillClock) -> None:
    set_years(desk, 5)
    patient = desk.find("")[0]
    clock.day = date(2030, 1, 1)
    atom = next(one for one in desk.pack.atoms.values() if one.type.value == "yes_no")
    desk.open(patient.id).answer(atom.id, Answer(False))  # the draft is taken up on that day
    clock.day = date(2035, 1, 1)
    assert desk.retention.passed() == ()
    clock.day = date(2035, 1, 2)
    assert [one.last_seen for one in desk.retention.passed()] == [date(2030, 1, 1)]


@pytest.mark.parametrize(("day", "years", "then"), [
    (date(2024, 2, 29), 1, date(2025, 2, 28)), (date(2024, 2, 29), 4, date(2028, 2, 29)),
    (date(2026, 11, 12), -10, date(2016, 11, 12))])
def test_years_are_counted_by_the_calendar(day: date, years: int, then: date) -> None:
    assert years_after(day, years) == then


def test_it_is_set_in_the_settings_and_leads_to_the_patient(
    made: Door, prepare: Prepare, start: Start, clock: StillClock,
) -> None:
    prepare({})
    hands: Hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_settings()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    hands.click(page.years["5"])
    page.keep()
    assert hands.window.desk.clinic.retention_years == 5
    clock.day = date(2040, 1, 1)
    hands.window.settings.show_retention()
    listed = hands.window.stack.currentWidget()
    assert isinstance(listed, RetentionPage)
    told = " ".join(label.text() for label in listed.findChildren(QLabel))
    assert "Last entry 12 Nov 2026, kept until 12 Nov 2031" in told
    hands.click(listed.buttons[0])
    assert isinstance(hands.window.stack.currentWidget(), PatientPage)
