"""Said in passing: two lines for the last answer, one reason beside the signature, folded notes."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.engine.cases import Case
from desktop_app.presentation import advice
from desktop_app.presentation.advice import STILL_NEEDED
from desktop_app.presentation.interruptions import OPENED_BY_ITSELF, OWN_IMPRESSION
from desktop_app.presentation.wizard import OPTIONS, Place, Wizard
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets import theme
from desktop_app.widgets.advice_panel import LinkRow, TwoLines
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.shots import settle
from tests.fakes import MemoryStore
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press


def test_the_caption_has_two_lines_at_most_and_keeps_the_answer(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    for atom, answer in list(answered(dict(cases["c01"].sheet)).items())[:40]:
        view.answer({atom: answer})
    caption = consult.findChild(TwoLines)
    assert caption is not None
    tall = caption.fontMetrics().lineSpacing()
    assert caption.height() <= 3 * tall
    told = view.wizard.last_change
    assert caption.shown[0].split()[-1] == told.lines[0].split()[-1]
    assert caption.accessibleName() == f"{told.answer} {told.effect}"


def test_why_it_cannot_be_signed_stands_beside_the_button(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("review"))
    page = view.page
    assert isinstance(page, ReviewPage)
    assert page.waits.isVisible()
    assert page.waits.text() == "Nothing has been decided yet"
    assert page.sign_button.geometry().left() - page.waits.geometry().right() < page.sign_button.width() * 3


def test_long_notes_fold_and_open(consult: MainWindow) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("review"))
    more = next(b for b in view.page.findChildren(Button) if b.text().startswith("Show all") and "note" in b.text())
    more.click()
    assert not more.isVisible()


def test_what_interrupted_counts_when_the_consultation_is_opened_again(
    consult: MainWindow, desk: Desk, store: MemoryStore, press: Press, cases: dict[str, Case],
) -> None:
    """Habitual Next, own impression: told once each, also after the consultation was left and opened anew."""
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view = consult.view
    assert view is not None
    patient = view.wizard.consultation.patient.id
    pack = view.wizard.consultation.pack
    asked = {c.id for c in view.wizard.page("emergency").cards} | {"motor_course"}
    view.answer({a: g for a, g in answered(dict(cases["c01"].sheet)).items()
                 if pack.atoms[a].question in asked and pack.atoms[a].question != "suicidal_thoughts"})
    view.go(Place("emergency", "suicidal_thoughts"))
    press("n")
    press(Qt.Key.Key_Right, alt=True)
    assert view.step == "presentation"
    assert view.wizard.interruptions.told == (OPENED_BY_ITSELF,)
    view.go(Place("examination", "reflex"))
    for _ in range(2):
        consult.show_worklist()
        consult.open_consultation(desk.open(patient))
        view = consult.view
        assert view is not None
        assert (view.step, view.page.questions.open_id) == ("examination", "reflex")
        assert view.wizard.interruptions.told == (OPENED_BY_ITSELF,)
    view.go(Place("interventions", OPTIONS))
    assert view.page.own.isVisible()
    consult.show_worklist()
    again = Wizard(desk.open(patient))
    assert again.interruptions.told == (OPENED_BY_ITSELF, OWN_IMPRESSION)
    assert not again.interrupt(OPENED_BY_ITSELF)
    assert again.interrupt("a third")
    assert not Wizard(desk.open(patient)).interrupt("a fourth")


def test_a_step_that_opens_by_itself_is_told_once(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    assert view.wizard.interrupt(OPENED_BY_ITSELF)
    view._came_by_itself = view.step
    before = view.step
    view.go_on()
    assert view.step != before


def test_with_large_text_the_reason_stands_beside_the_button_too(qapp: QApplication, consult: MainWindow,
                                                                 desk: Desk) -> None:
    theme.apply(qapp, "light", 2.0)
    try:
        consult.open_consultation(desk.open(desk.find("Lindqvist")[0].id))
        view = consult.view
        assert view is not None
        view.go(Place("review"))
        page = view.page
        assert isinstance(page, ReviewPage)
        page.own.done.emit("")
        settle()
        assert page.waits.isVisible()
        assert page.waits.height() >= page.waits.heightForWidth(page.waits.width())
        assert page.pdf_button.accessibleName() == "Save the draft as PDF…"
        assert page.sign_button.mapTo(consult, page.sign_button.rect().bottomRight()).x() < consult.width()
    finally:
        theme.apply(qapp, "light", 1.0)


def test_what_is_still_needed_is_short_and_unfolds(consult: MainWindow) -> None:
    view = consult.view
    assert view is not None
    told = advice.build(view.wizard)
    many = len(view.wizard.open_questions())
    names = [f"{need.label}: {need.effect}" for need in told.needed]
    assert len(names) == many > STILL_NEEDED
    assert told.needed_rest.startswith(f"{many - STILL_NEEDED} more: ")

    def rows() -> list[str]:
        settle()
        return [row.accessibleName() for row in view.panel.findChildren(LinkRow) if row.accessibleName() in names]

    def button(words: str) -> Button:
        return next(b for b in view.panel.findChildren(Button) if b.text() == words)

    assert rows() == names[:STILL_NEEDED]
    button(f"Show all {many}").click()
    assert rows() == names
    focus = QApplication.focusWidget()
    assert isinstance(focus, LinkRow)
    assert focus.accessibleName() == names[STILL_NEEDED]
    button("Show fewer").click()
    assert rows() == names[:STILL_NEEDED]
    assert button(f"Show all {many}").hasFocus()
