"""What made a new user stumble on a first day with the program, one test for each."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QStandardPaths, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.documents.care_plan import Paper
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.presentation.wizard import OPTIONS, REVIEW, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets import where_to
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.preview_page import PreviewPage
from desktop_app.widgets.question_page import QuestionPage
from desktop_app.widgets.review_page import ReviewPage
from tests.fakes import PASSPHRASE, MemoryStore
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate
from tests.widgets.test_signing import decide_all, review_page


def turn_wheel_over(pick: Pick, by: int) -> None:
    middle = QPointF(pick.rect().center())
    event = QWheelEvent(middle, QPointF(pick.mapToGlobal(pick.rect().center())), QPoint(), QPoint(0, by),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(pick, event)


def test_the_wheel_scrolls_and_never_chooses_a_language(
    qtbot: QtBot, consult: MainWindow, store: MemoryStore
) -> None:
    """A plan was nearly signed with a sheet in Swahili: the pointer had passed over the list while scrolling."""
    view = consult.view
    assert view is not None
    view.go(Place(REVIEW))
    page = consult.findChild(ReviewPage)
    assert page is not None
    pick = page.language.pick
    for keyboard_is_there in (False, True):
        if keyboard_is_there:
            pick.setFocus()
        for by in (-120, -120, 120, -240):
            turn_wheel_over(pick, by)
        assert pick.currentText() == "English, as in the clinic"
    assert [one.language for one in store.patients.values()] == [""]


def test_tab_goes_from_the_passphrase_to_its_repetition(qtbot: QtBot, looks: None, pack: Pack) -> None:
    """Typed onto the button between them, each blank of the repetition showed the first to whoever stood behind."""
    page = FirstStartPage(pack, training=False)
    qtbot.addWidget(page)
    page.show()
    activate(qtbot, page)
    fields = page.form.fields
    fields["passphrase"].setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "four tired owls sleep")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "four tired owls sleep")
    first, second = fields["passphrase"], fields["again"]
    assert isinstance(first, QLineEdit)
    assert isinstance(second, QLineEdit)
    assert first.text() == second.text() == "four tired owls sleep"
    assert first.echoMode() == second.echoMode() == QLineEdit.EchoMode.Password
    reached = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget().accessibleName())
    assert reached == ["Show Passphrase", "Show Passphrase again", "Name of the clinic"]


@pytest.mark.parametrize("documents_exist", [True, False])
def test_saving_begins_among_the_persons_own_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, documents_exist: bool
) -> None:
    """Not in the folder in which the program was started, here its own source code."""
    home, named = tmp_path, tmp_path / "Documents"
    if documents_exist:
        named.mkdir()
    places = {where_to.Place.DocumentsLocation: str(named), where_to.Place.HomeLocation: str(home)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: places[place])
    begins = named if documents_exist else home
    assert where_to.suggested("plan.pdf") == str(begins / "plan.pdf")
    assert where_to.documents() == str(begins)


def answered_page(consult: MainWindow) -> QuestionPage:
    """Step 2 with everything answered that can change the advice; the keyboard is on the page."""
    view = consult.view
    assert view is not None
    while name := view.wizard.page("presentation").next_open():
        view.wizard.answer({cell.atom: Answer(None, unknown=Unknown.NOT_ASSESSED)
                            for cell in view.wizard.page("presentation").card(name).cells})
    view.show_all()
    view.go(Place("presentation"))
    return view.page


def test_what_changes_no_advice_is_entered_one_after_another(qtbot: QtBot, consult: MainWindow) -> None:
    """Each such answer threw her to the next step; pain scores took five inputs each."""
    page = answered_page(consult)
    assert not page.wizard.page("presentation").left
    fold = page.questions.fold
    assert fold is not None
    fold.setFocus(Qt.FocusReason.MouseFocusReason)
    fold.click()
    assert QApplication.focusWidget() is page.questions.fold  # not the next best button beside the page
    folded = [card.id for card in page.wizard.page("presentation").folded]
    score = next(name for name in folded if page.wizard.page("presentation").card(name).title == "Leg pain, 0 to 10")
    page.questions.open_question(score)
    QTest.keyClicks(QApplication.focusWidget(), "8")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    view = consult.view
    assert view is not None
    assert view.step == "presentation"
    assert page.wizard.page("presentation").card(score).chip == "8 of 10"
    left = [card.id for card in page.wizard.page("presentation").folded]
    assert QApplication.focusWidget() is page.questions.lines[left[0]]


def test_a_changed_answer_leaves_her_where_she_is(qtbot: QtBot, consult: MainWindow) -> None:
    """A corrected weight led to the pictures of another step."""
    page = answered_page(consult)
    first = page.wizard.page("presentation").cards[0].id
    page.questions.open_question(first)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
    view = consult.view
    assert view is not None
    assert view.step == "presentation"
    assert QApplication.focusWidget() is page.questions.lines[first]


def test_enter_presses_the_button_that_keeps_her_words(
    qtbot: QtBot, consult: MainWindow, store: MemoryStore, cases: dict[str, Case], press: Press
) -> None:
    """Tab and Enter went past the options to the next step."""
    view = consult.view
    assert view is not None
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    press(*"Inject")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.page.own.go
    press(Qt.Key.Key_Return)
    assert (view.step, view.page.part) == ("interventions", OPTIONS)
    noted = view.wizard.consultation.impression
    assert noted is not None
    assert (noted.text, noted.closed) == ("Inject", True)


def test_after_signing_the_keyboard_is_where_saving_is(
    qtbot: QtBot, consult: MainWindow, cases: dict[str, Case]
) -> None:
    """It stood on Lock: one blank more and the screen was gone."""
    decide_all(consult, cases["c01"])
    page = review_page(consult)
    page.sign_button.click()
    dialog = consult.findChild(SignNow)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    lock = next(b for b in consult.findChildren(Button) if b.text() == "Lock" and b.isVisible())
    lock.setFocus()  # as a real desktop hands it on when the button that signed goes away
    dialog.go.click()
    qtbot.waitUntil(lambda: consult.signed is not None)
    qtbot.waitUntil(lambda: consult.focusWidget() is page.pdf_button)


def test_the_transfer_note_is_one_press_from_the_emergency_page(
    qtbot: QtBot, consult: MainWindow, press: Press
) -> None:
    """The page named it and led nowhere: it lay behind handover, review and the end of a long page."""
    assert consult.view is not None
    consultation = consult.view.wizard.consultation
    consultation._documents = Paper  # type: ignore[attr-defined]  # the port, as the door hands it in
    press("y", "y")
    emergency = consult.stack.currentWidget()
    assert isinstance(emergency, EmergencyPage)
    emergency.note_button.click()
    qtbot.waitUntil(lambda: isinstance(consult.stack.currentWidget(), PreviewPage))
    preview = consult.stack.currentWidget()
    assert isinstance(preview, PreviewPage)
    assert preview.row.title == "Transfer note"
    assert preview.row.draft
    preview.leave.emit()
    assert isinstance(consult.stack.currentWidget(), EmergencyPage)  # where whom to call stands
    assert consult.emergencies.page is consult.stack.currentWidget()
    assert [e.kind for e in consultation.events] == ["shown"]  # once, not once more


def test_signed_nothing_asks_any_more_to_look_through_what_was_decided(
    qtbot: QtBot, window: MainWindow, desk: Desk, cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.use_cases.desk.edition_note", lambda *_: "Look through what was decided.")
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    window.open_consultation(desk.open(patient.id))
    decide_all(window, cases["c01"])
    page = review_page(window)
    assert window.view is not None
    assert window.view.edition.isVisible()
    page.sign_button.click()
    dialog = window.findChild(SignNow)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: window.signed is not None)
    assert not window.view.edition.isVisible()


def test_the_questions_of_an_answered_step_come_as_a_list(
    qtbot: QtBot, consult: MainWindow, cases: dict[str, Case]
) -> None:
    """Whoever looked for the weight met 25 rows of medicines, wide open."""
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("medicines", OPTIONS))
    page = view.page
    assert not page.wizard.page("medicines").left
    page.to_questions.click()
    assert page.questions.open_card is None
    assert QApplication.focusWidget() is next(iter(page.questions.lines.values()))
