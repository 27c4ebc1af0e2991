"""A clock that cannot be right is told on the worklist, and every date that counts from it is marked (R6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.surroundings import ComputerAround
from desktop_app import bootstrap
from desktop_app.engine.cases import Case
from desktop_app.use_cases.surroundings import AHEAD, BEHIND, clock_doubt
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

MARK = "by a doubtful clock"
Start = Callable[[bootstrap.Door], Hands]


def entered_at(door: bootstrap.Door, moment: datetime) -> None:
    """Somebody enters something while the clock says this."""
    desk = door.sign_in(door.users()[0].id, PASSPHRASE)
    assert door._opened is not None
    door._opened.store._log.now = lambda: moment
    desk.new_patient(name="Somebody Else", number="X-1", born=date(1950, 1, 1), sex="male")
    door.lock()


def worklist(hands: Hands) -> str:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    return walk.words_of(page)


def signed_in(door: bootstrap.Door, start: Start) -> tuple[Hands, str]:
    hands = start(door)
    walk.sign_in(hands)
    hands.wait(lambda: "For a day without power" in worklist(hands))
    return hands, worklist(hands)


@pytest.mark.parametrize(("away", "said"), [
    (timedelta(days=365), "but the newest entry was made on"),  # the clock is a year behind
    (timedelta(hours=3), "but the newest entry was made on"),
    (timedelta(days=-3653), "If today's date is wrong"),  # the clock has jumped ten years ahead
])
def test_a_clock_that_cannot_be_right_is_told_and_dates_are_marked(
        made: bootstrap.Door, prepare: Prepare, c01: Case, start: Start, away: timedelta, said: str) -> None:
    prepare(walk.answers_of(c01))
    entered_at(made, datetime.now(UTC) + away)
    hands, told = signed_in(made, start)
    assert said in told
    assert "put the clock right" in told
    assert MARK in told
    hands.program.lock()
    walk.sign_in(hands)
    assert said in worklist(hands)  # coming and going alone do not make it right


def test_a_clock_that_fits_is_not_mentioned(made: bootstrap.Door, prepare: Prepare, c01: Case, start: Start) -> None:
    prepare(walk.answers_of(c01))
    entered_at(made, datetime.now(UTC) - timedelta(days=90))  # a holiday is no jump
    _, told = signed_in(made, start)
    assert "The clock of this computer" not in told
    assert MARK not in told


def test_a_clock_put_back_while_somebody_works_is_noticed(made: bootstrap.Door, start: Start) -> None:
    hands, told = signed_in(made, start)
    assert "The clock of this computer" not in told
    around = hands.window.desk.surroundings
    assert isinstance(around, ComputerAround)
    real = around._now
    around._now = lambda: real() - timedelta(days=1)
    hands.window.show_worklist()
    assert "but the newest entry was made on" in worklist(hands)
    around._now = real
    hands.window.show_worklist()
    assert "The clock of this computer" not in worklist(hands)


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_few_minutes_and_a_new_store_are_no_doubt(tmp_path: Path, at: datetime) -> None:
    for newest, doubted in ((None, False), (at, False), (at + BEHIND, False), (at + 2 * BEHIND, True),
                            (at - AHEAD, False), (at - AHEAD - BEHIND, True)):
        doubt = clock_doubt(ComputerAround(tmp_path, newest, lambda: at))
        assert (doubt is not None) is doubted, newest
    assert clock_doubt(None) is None


def test_a_full_disk_is_told_before_an_entry_is_lost(made: bootstrap.Door, start: Start,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.surroundings.given_up", lambda _folder: True)
    _, told = signed_in(made, start)
    assert "nearly full" in told
