"""Key strokes and clicks are safety figures: the typical case and a red flag keep within theirs."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.presentation import advice
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.widgets.advice_panel import LinkRow
from desktop_app.widgets.grid_editor import GridEditor
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.several_editor import SeveralEditor
from tests.benchmarks import inputs
from tests.fakes import MemoryStore
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_typical_case_takes_no_more_than_sixty(looks: None, pack: Pack, clinical: ClinicalArithmetic) -> None:
    found = inputs.count(pack, clinical, inputs.TYPICAL)
    assert found.end == "nothing open can change the advice"
    assert found.inputs <= inputs.MOST_TYPICAL, "; ".join(found.steps)
    assert not found.differs  # few inputs are worth nothing when the advice is another one
    assert len(found.messages) <= inputs.MOST_MESSAGES
    assert len(set(found.messages)) == len(found.messages)


@pytest.mark.parametrize("case", [inputs.RED_FLAG, "c11"])
def test_a_red_flag_reaches_the_emergency_page_within_twelve(
    looks: None, pack: Pack, clinical: ClinicalArithmetic, case: str,
) -> None:
    found = inputs.count(pack, clinical, case)
    assert found.end == "emergency page"
    assert found.inputs <= inputs.MOST_RED_FLAG


@pytest.mark.long
@pytest.mark.parametrize("case", [*inputs.CASES, inputs.RED_FLAG])
def test_the_readme_says_what_each_case_takes(looks: None, pack: Pack, clinical: ClinicalArithmetic, case: str) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| {case.partition('_')[0]}\b[^|]*\|([^\n]*)\|$", readme, re.MULTILINE)
    assert row is not None
    found = inputs.count(pack, clinical, case)
    assert [int(cell) for cell in row.group(1).split("|")] == [found.pages, found.keys, found.clicks, found.inputs]
    assert len(set(found.messages)) == len(found.messages) <= inputs.MOST_MESSAGES


def test_a_number_says_yes_to_its_item_and_n_no_to_the_rest(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("medicines", "takes"))
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, SeveralEditor)
    atoms = [c.atom for c in card.card.cells]
    press("1", "2", "2", "n")
    answers = view.wizard.consultation.answers
    assert answers[atoms[0]].value is True
    assert all(answers[a].value is False and answers[a].bulk for a in atoms[1:])


def test_yes_to_all_stands_only_where_the_pack_offers_it_and_never_on_the_emergency_screen(
    consult: MainWindow, press: Press,
) -> None:
    view = consult.view
    assert view is not None
    page = view.wizard.page("emergency")
    for card in page.cards:
        assert not card.all_yes_label
        assert not any(g.together(card.id, yes=yes) for g in page.groups for yes in (True, False))
    view.answer({"imaging_done": Answer(value=True)})
    view.go(Place("imaging", "imaging_adequacy"))
    press("y")
    given = {a: g for a, g in view.wizard.consultation.answers.items() if a.startswith("imaging_adequacy")}
    assert given
    assert all(g.value is True and g.bulk for g in given.values())


def test_one_no_answers_the_group_that_stands_beside_it_word_for_word(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("presentation", "pathology_signs"))
    card = view.page.questions.open_card
    assert card is not None
    together = [c.id for c in card.together(yes=False)]
    assert len(together) > 1
    press("N", shift=True)
    answers = view.wizard.consultation.answers
    pack = view.wizard.consultation.pack
    for name in together:
        assert all(answers[a].value is False and answers[a].bulk for a in pack.questions[name].atoms)
    press("z", ctrl=True)
    assert not any(a in view.wizard.consultation.answers for name in together for a in pack.questions[name].atoms)


def test_n_fills_the_rest_from_anywhere_in_a_grid_and_over_not_assessed(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("examination", "power"))
    press("a")  # the whole grid was put aside
    view.go(Place("examination", "power"))
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, GridEditor)
    press("n")
    answers = view.wizard.consultation.answers
    rows = [c.atom for c in card.card.cells]
    assert all(answers[a].value == "5" and answers[a].bulk for a in rows)


def test_what_changes_nothing_lies_folded_and_the_step_counts_as_done(
    consult: MainWindow, cases: dict[str, Case],
) -> None:
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    assert not [s for s in view.wizard.steps("review") if s.state == "not_started" and "to answer" in s.line]
    view.go(Place("presentation"))
    questions = view.page.questions
    folded = [c.id for c in view.wizard.page("presentation").folded]
    assert folded
    assert questions.fold is not None
    assert questions.fold.text() == f"Will not change the advice ({len(folded)})"
    assert not set(folded) & set(questions.lines)
    questions.fold.click()
    assert set(folded) <= set(questions.lines)


def test_after_the_last_question_of_a_step_the_next_one_that_matters_opens(
    consult: MainWindow, press: Press, cases: dict[str, Case],
) -> None:
    view = consult.view
    assert view is not None
    sheet = answered(dict(cases["c01"].sheet))
    pack = view.wizard.consultation.pack
    asked = {c.id for c in view.wizard.page("emergency").cards} | {"motor_course"}
    view.answer({a: g for a, g in sheet.items()
                 if pack.atoms[a].question in asked and pack.atoms[a].question != "suicidal_thoughts"})
    view.go(Place("emergency", "suicidal_thoughts"))
    press("n")
    assert view.step == "presentation"
    assert view.page.questions.open_id
    assert QApplication.focusWidget() is view.page.questions.open_card
    press(Qt.Key.Key_1, alt=True)
    assert view.step == "emergency"


def test_the_own_impression_is_asked_once_before_any_option_and_skipped_by_one_key(
    consult: MainWindow, press: Press, cases: dict[str, Case], store: MemoryStore,
) -> None:
    view = consult.view
    assert view is not None
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view.answer(answered(dict(cases["c01"].sheet)))
    assert not advice.build(view.wizard).offered
    view.go(Place("interventions", OPTIONS))
    assert view.page.own.isVisible()
    assert not view.page.options.isVisible()
    press(Qt.Key.Key_Escape)
    assert not view.page.own.isVisible()
    assert view.page.options.isVisible()
    assert advice.build(view.wizard).offered
    view.go(Place("medicines", OPTIONS))
    assert not view.page.own.isVisible()


def test_next_right_after_a_step_that_opened_by_itself_passes_over_nothing(
    consult: MainWindow, press: Press, cases: dict[str, Case],
) -> None:
    view = consult.view
    assert view is not None
    sheet = answered(dict(cases["c01"].sheet))
    pack = view.wizard.consultation.pack
    asked = {c.id for c in view.wizard.page("emergency").cards} | {"motor_course"}
    view.answer({a: g for a, g in sheet.items()
                 if pack.atoms[a].question in asked and pack.atoms[a].question != "suicidal_thoughts"})
    view.go(Place("emergency", "suicidal_thoughts"))
    press("n")
    press(Qt.Key.Key_Right, alt=True)  # the habitual Next
    assert view.step == "presentation"
    assert "opened by itself" in texts(view)
    press(Qt.Key.Key_Right, alt=True)  # meant
    assert view.step != "presentation"


def test_escape_shuts_the_question_and_stays_on_its_line(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("emergency", "limb_ischaemia"))
    press(Qt.Key.Key_Escape)
    questions = view.page.questions
    assert not questions.open_id
    assert QApplication.focusWidget() is questions.lines["limb_ischaemia"]
    press("n")
    assert not view.wizard.consultation.answers  # a shut question takes no answer
    press(Qt.Key.Key_Return)
    assert questions.open_id == "limb_ischaemia"


def test_where_all_fulfilled_is_the_good_answer_n_says_nothing(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.answer({"imaging_done": Answer(value=True)})
    view.go(Place("imaging", "imaging_adequacy"))
    before = dict(view.wizard.consultation.answers)
    press("n")
    assert dict(view.wizard.consultation.answers) == before
    press("0")
    given = [g for a, g in view.wizard.consultation.answers.items() if a.startswith("imaging_adequacy")]
    assert given
    assert not any(g.value for g in given)


def test_a_group_says_how_many_answers_one_key_writes_and_wrote(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("presentation", "pathology_signs"))
    card = view.page.questions.open_card
    assert card is not None
    many = sum(len(c.cells) for c in card.together(yes=False))
    assert card.to_all[False].text().endswith(f"· {many} answers")
    press("N", shift=True)
    assert f"{many} times no" in view.wizard.last_change.answer
    assert view.wizard.last_change.can_undo


def test_what_is_typed_as_own_impression_is_never_lost(
    consult: MainWindow, press: Press, cases: dict[str, Case], store: MemoryStore,
) -> None:
    view = consult.view
    assert view is not None
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    press(*"Inject")
    press(Qt.Key.Key_Escape)  # words are never skipped
    assert view.page.own.isVisible()
    press(Qt.Key.Key_Right, alt=True)
    view.go(Place("medicines", OPTIONS))
    assert view.page.own.area.toPlainText() == "Inject"
    view.page.own.finish()
    noted = view.wizard.consultation.impression
    assert noted is not None
    assert (noted.text, noted.closed) == ("Inject", True)


def test_the_review_names_no_option_before_the_own_impression_was_asked(
    consult: MainWindow, press: Press, cases: dict[str, Case], store: MemoryStore,
) -> None:
    view = consult.view
    assert view is not None
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("review"))
    page = view.page
    assert isinstance(page, ReviewPage)
    assert page.own.isVisible()
    assert not page.findChildren(LinkRow)
    assert not page.papers.isVisible()
    assert not page.pdf_button.isEnabled()
    assert not page.sign_button.isEnabled()
    press(Qt.Key.Key_Escape)
    assert not page.own.isVisible()
    assert page.papers.isVisible()
    assert page.pdf_button.isEnabled()
    assert any("pidural" in row.accessibleName() for row in page.findChildren(LinkRow))


def test_what_is_folded_is_named_and_can_be_entered(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    view.answer(answered({a: g for a, g in cases["c01"].sheet.items() if not a.startswith("provocation")}))
    view.go(Place("examination"))
    page = view.wizard.page("examination")
    assert "provocation" in [c.id for c in page.folded]
    shown = texts(view.page.questions)
    assert all(card.title in shown for card in page.folded)
    view.go(Place("examination", "provocation"))
    assert view.page.questions.open_id == "provocation"
