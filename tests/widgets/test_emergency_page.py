"""The fixed emergency page: numbers, steps, how it ends, handover."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app.engine.answers import Answer
from desktop_app.presentation.wizard import REVIEW
from desktop_app.use_cases.errors import DiskFull
from desktop_app.widgets.advice_panel import TwoLines
from desktop_app.widgets.dialogs import AnswerWasWrong, Ask, Handover
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.main_window import MainWindow
from tests.widgets.conftest import Press


def page_of(window: MainWindow) -> EmergencyPage:
    page = window.stack.currentWidget()
    assert isinstance(page, EmergencyPage)
    return page


def texts(page: EmergencyPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_it_shows_numbers_steps_and_the_answer_that_led_here(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    shown = texts(page_of(consult))
    assert "555 0142" in shown
    assert "Do now" in shown
    assert "Not now" in shown
    assert page_of(consult).footer.state.text() == "Guideline content not clinically approved"
    assert page_of(consult).model.because[0].label in shown


def test_it_ends_only_by_a_recorded_exclusion(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    page_of(consult).wrong_button.click()
    dialog = page_of(consult).findChild(AnswerWasWrong)
    assert dialog is not None
    dialog.go.click()
    assert "excluded, or entered in error" in dialog.wrong.text()
    dialog.in_error.click()
    dialog.go.click()
    assert "Write how" in dialog.wrong.text()
    dialog.how.setPlainText("Ticked in the wrong row")
    dialog.go.click()
    assert consult.view is not None
    assert consult.stack.currentWidget() is consult.view
    consultation = consult.view.wizard.consultation
    assert [e.kind for e in consultation.events] == ["shown", "entered_in_error"]
    excluded = next(a for a in consultation.answers.values() if a.value is True).excluded
    assert excluded is not None
    assert (excluded.how, excluded.by) == ("Ticked in the wrong row", "Dr N. Karim")
    view = consult.view
    assert view.page.questions.open_id == "cauda_equina"  # open again: nobody said no
    assert "asked again" in view.panel.findChild(TwoLines).accessibleName()
    assert "Saved just now" in texts(view)


def test_a_handover_is_recorded_and_opens_the_way_to_the_record(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    assert not page_of(consult).review_button.isVisible()
    page_of(consult).handover_button.click()
    dialog = page_of(consult).findChild(Handover)
    assert dialog is not None
    dialog.go.click()
    assert dialog.wrong.text()
    dialog.to.setText("Dr Osei, spinal team")
    dialog.go.click()
    assert "Dr Osei" in texts(page_of(consult))
    page_of(consult).review_button.click()
    assert consult.view is not None
    assert consult.view.step == REVIEW


def test_it_is_shown_again_when_the_consultation_is_opened_again(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    assert consult.view is not None
    patient = consult.view.wizard.consultation.patient
    consult.show_worklist()
    consult.open_consultation(consult.desk.open(patient.id))
    assert page_of(consult)
    kinds = [e.kind for e in consult.view.wizard.consultation.events]
    assert kinds == ["shown"]


def test_a_wrong_examination_is_corrected_where_it_was_entered(consult: MainWindow) -> None:
    assert consult.view is not None
    consult.view.answer({"motor_course": Answer("worsening")})
    page = page_of(consult)
    assert not any(b.can_end for b in page.model.because)
    page.wrong_button.click()
    dialog = page.findChild(AnswerWasWrong)
    assert dialog is not None
    dialog.how.setPlainText("Clicked the wrong button")
    dialog.excluded.click()
    dialog.go.click()
    assert "corrected" in dialog.wrong.text()
    dialog.in_error.click()
    dialog.go.click()
    assert consult.stack.currentWidget() is consult.view
    assert consult.view.page.questions.open_id == "motor_course"
    assert consult.view.wizard.consultation.events[-1].kind == "entered_in_error"
    consult.view.answer({"motor_course": Answer("long_known")})
    assert consult.stack.currentWidget() is consult.view


@pytest.mark.parametrize("kind", [Handover, AnswerWasWrong])
def test_what_cannot_be_recorded_is_asked_again_with_its_words(
    consult: MainWindow, press: Press, monkeypatch: pytest.MonkeyPatch, kind: type[Ask]
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise DiskFull("The disk is full.", next_step="Make room and try again.")

    press("y", "y")
    assert consult.view is not None
    consultation = consult.view.wizard.consultation
    page = page_of(consult)
    (page.handover_button if kind is Handover else page.wrong_button).click()
    dialog = page.findChild(kind)
    if isinstance(dialog, Handover):
        dialog.to.setText("Dr Osei, spinal team")
    else:
        assert isinstance(dialog, AnswerWasWrong)
        dialog.in_error.click()
        dialog.how.setPlainText("Ticked in the wrong row")
    with monkeypatch.context() as patched:
        for act in ("hand_over", "end_emergency"):
            patched.setattr(type(consultation), act, full)
        dialog.go.click()
    assert dialog.isVisible()
    assert "Make room" in dialog.wrong.text()
    assert page_of(consult) is page
    dialog.go.click()
    assert not dialog.isVisible()
    assert len(consultation.events) == 2
