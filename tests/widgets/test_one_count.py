"""How many questions are open is one number: on the step list, in the panel, the review, the help page and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app import places
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.parts import documents
from desktop_app.presentation import advice, how_it_decides, review
from desktop_app.presentation.help import Library
from desktop_app.presentation.wizard import Place
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import PaperKind
from desktop_app.widgets.main_window import MainWindow
from tests.documents.pdf_tools import one_line, pages_of, text_of
from tests.fakes import CLINICIAN, MarkingSigner, MemoryStore, StillClock, confirm
from tests.presentation.conftest import answered

LIBRARY = Library(places.resources() / "help")
AT_ONCE = 9  # answers between two looks
CASES = ("c01", "c18", "c11", "a08_no_new_pain")  # the last leaves an emergency item that cannot raise the urgency


@pytest.fixture
def desk(pack: Pack, clinical: ClinicalArithmetic, store: MemoryStore) -> Desk:
    """With the real papers."""
    return Desk(pack=pack, clinical=clinical, store=store, clock=StillClock(), documents=documents,
                signer=MarkingSigner, confirm=confirm, clinician=CLINICIAN, training=True)


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def portions(case: Case) -> Iterator[dict[str, Answer | None]]:
    rest = iter(answered(dict(case.sheet)).items())
    yield {}
    while some := dict(islice(rest, AT_ONCE)):
        yield some


@pytest.mark.parametrize("name", CASES)
def test_every_page_counts_the_same_open_questions_at_every_moment(consult: MainWindow, cases: dict[str, Case],
                                                                   name: str) -> None:
    view = consult.view
    assert view is not None
    wizard = view.wizard
    for some in portions(cases[name]):
        if some:
            wizard.answer(some)
        many = len(wizard.open_questions())
        cards = [c for s in wizard.screens for c in wizard.page(s).cards]
        asked = sum(c.state == "unknown" and c.matters for c in cards)  # asked and not known: open, nothing to answer
        assert sum(wizard.page(s).left for s in wizard.screens) == many - asked
        panel = advice.build(wizard)
        assert len(panel.needed) == many
        gaps = review.build(wizard).gaps
        assert sum(g.matters for g in gaps) == many
        told = how_it_decides.this_patient(wizard)
        folds = [f.lines for f in told.folds if f.title.startswith("Can still change the advice")]
        assert [len(lines) for lines in folds] == ([many] if many else [])
        # Nothing that can still change the advice waits for ever behind a question that nobody asks.
        assert many or not wizard.decision.questions


def test_the_half_answered_draft_on_paper_shows_the_number_of_the_review(consult: MainWindow, cases: dict[str, Case],
                                                                         tmp_path: Path) -> None:
    view = consult.view
    assert view is not None
    some = list(islice(portions(cases["c18"]), 4))
    for part in some[1:]:
        view.answer(part)
    many = len(view.wizard.open_questions())
    assert 0 < many < len(view.wizard.decision.questions)
    view.go(Place("review"))
    assert f"{many} can still change the advice" in words_of(view.page)
    paper = tmp_path / "draft.pdf"
    paper.write_bytes(view.wizard.consultation.draft(PaperKind.CARE_PLAN))
    one = one_line(pages_of(paper)[0])
    first = re.search(r"(\d+) more under .Open questions.", one)
    assert first is not None
    named = [q for q in view.wizard.open_questions() if f"{q.label}: {q.effect}" in one]
    assert named
    assert len(named) + int(first.group(1)) == many
    whole = text_of(paper)
    part = whole[whole.index("Unanswered questions that can still change"):]
    assert all(q.label in part for q in view.wizard.open_questions())
    assert "Some of these answers bring further questions." in whole
