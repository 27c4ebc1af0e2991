"""A clock that cannot be right is told on the worklist, and every date that counts from it is marked (R6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.surroundings import ComputerAround
from desktop_app.door import Door
from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.model import Pack
from desktop_app.presentation.notices import clock
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.surroundings import AHEAD, BEHIND, clock_doubt
from desktop_app.widgets.worklist_page import WorklistPage
from tests.documents.pdf_tools import one_line, pages_of
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

MARK = "by a doubtful clock"
Start = Callable[[Door], Hands]


def entered_at(door: Door, moment: datetime) -> None:
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


def signed_in(door: Door, start: Start) -> tuple[Hands, str]:
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
        made: Door, prepare: Prepare, c01: Case, start: Start, away: timedelta, said: str) -> None:
    prepare(walk.answers_of(c01))
    entered_at(made, datetime.now(UTC) + away)
    hands, told = signed_in(made, start)
    assert said in told
    assert "put the clock right" in told
    assert MARK in told
    hands.program.lock()
    walk.sign_in(hands)
    assert said in worklist(hands)  # coming and going alone do not make it right


@pytest.mark.parametrize(("away", "doubted"), [(timedelta(days=2), True), (timedelta(days=-2), False)])
def test_what_is_signed_by_a_doubtful_clock_says_so_on_every_paper(
        made: Door, prepare: Prepare, guideline_folder: Path, pack: Pack, tmp_path: Path, away: timedelta,
        doubted: bool) -> None:
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    encounter = prepare(walk.answers_of(case))
    entered_at(made, datetime.now(UTC) + away)
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    consultation = desk.open_encounter(encounter)
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    consultation.sign(desk.signer(PASSPHRASE))
    papers = {}
    for document in consultation.documents:
        file = tmp_path / f"{document.kind}.pdf"
        file.write_bytes(document.content)
        papers[document.kind] = pages_of(file)
    assert {"care_plan", "referral_letter", "patient_handout"} <= set(papers)
    for pages in papers.values():
        assert ("by a clock in doubt" in one_line("".join(pages))) is doubted
    for kind in ("care_plan", "referral_letter"):
        assert ("The newest entry in the records was made on" in one_line("".join(papers[kind]))) is doubted


def test_a_clock_before_the_approval_of_the_guideline_is_wrong_for_certain(tmp_path: Path, at: datetime) -> None:
    around = ComputerAround(tmp_path, None, lambda: at)
    for approved, doubted in (("", False), ("2026-11-22", False), ("2026-11-23", False), ("2026-11-25", True)):
        doubt = clock_doubt(around, approved)
        assert (doubt is not None) is doubted, approved
        assert doubt is None or (doubt.behind and "the guideline was approved on 25 Nov 2026" in clock(doubt))


def test_a_clock_that_fits_is_not_mentioned(made: Door, prepare: Prepare, c01: Case, start: Start) -> None:
    prepare(walk.answers_of(c01))
    entered_at(made, datetime.now(UTC) - timedelta(days=90))  # a holiday is no jump
    _, told = signed_in(made, start)
    assert "The clock of this computer" not in told
    assert MARK not in told


def test_a_clock_put_back_while_somebody_works_is_noticed(made: Door, start: Start) -> None:
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


def test_a_full_disk_is_told_before_an_entry_is_lost(made: Door, start: Start,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.surroundings.given_up", lambda _folder: True)
    _, told = signed_in(made, start)
    assert "nearly full" in told
