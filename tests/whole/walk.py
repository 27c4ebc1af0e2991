"""Longer ways through the window that several tests go: first start, a new patient, a page, the signature."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation import words
from desktop_app.use_cases.domain import StoredDocument
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.controls import Chip
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.form import Form
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole.hands import Hands

NAME, ROLE = "Dr N. Karim", "general practitioner"
PHONES = {
    "ambulance": "555 0100",
    "emergency_department": "555 0120",
    "spinal_team": "555 0142",
    "mscc_coordinator": "555 0177",
    "vascular": "555 0155",
    "mental_health_crisis": "555 0166",
}


def answers_of(case: Case) -> dict[str, Answer]:
    """A case's answers without what the patient's record already says."""
    return {atom: given for atom, given in case.sheet.items() if atom not in {SEX, DATE_OF_BIRTH}}


def write(hands: Hands, form: Form, field: str, text: str) -> None:
    edit = form.fields[field]
    assert isinstance(edit, QLineEdit)
    hands.click(edit)
    edit.clear()
    hands.type(text)


def shown(form: Form, field: str) -> str:
    """The words under a field."""
    return form._wrong[field].text() if form._wrong[field].isVisible() else ""


def fill_first_start(hands: Hands, passphrase: str = PASSPHRASE) -> None:
    """Everything a new computer is asked for, until the recovery key is shown."""
    page = hands.window.stack.currentWidget()
    assert isinstance(page, FirstStartPage)
    for field, text in (("clinician", NAME), ("role", ROLE), ("passphrase", passphrase), ("again", passphrase),
                        ("name", "Hillside Clinic"), ("station", "HC01")):
        write(hands, page.form, field, text)
    for phone, number in PHONES.items():
        write(hands, page.form, f"phone.{phone}", number)
    hands.click(page.go)
    hands.wait(lambda: hands.page(RecoveryKeyPage))


def first_start(hands: Hands, passphrase: str = PASSPHRASE) -> str:
    """The whole of a first start; returns the recovery key that was shown."""
    fill_first_start(hands, passphrase)
    key_page = hands.window.stack.currentWidget()
    assert isinstance(key_page, RecoveryKeyPage)
    shown_key = next(label for label in key_page.findChildren(QLabel)
                     if label.accessibleName().startswith("Recovery key"))
    key = shown_key.text()
    write(hands, key_page.form, "last", key.replace(" ", "-").split("-")[-1])
    hands.click(key_page.tick)
    hands.click(key_page.go)
    hands.wait(lambda: hands.page(WorklistPage))
    return key


def sign_in(hands: Hands, passphrase: str = PASSPHRASE, to: type[QWidget] = WorklistPage) -> None:
    """The clinician of the walk; whoever locked in the middle of something comes back to it."""
    assert hands.page(UnlockPage)
    hands.type(passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.page(to))


def new_patient(hands: Hands, case: Case) -> None:
    """From the worklist to the first question of a new patient's consultation."""
    worklist = hands.window.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    hands.click(worklist.new)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    person = case.patient
    assert person.born is not None
    hands.type(str(person.name))
    for field, text in (("number", str(person.number)), ("born", words.day(person.born))):
        write(hands, page.form, field, text)
    hands.click(page.sex[str(person.sex)])
    hands.click(page.go)
    hands.wait(lambda: hands.page(ConsultationView))


def answer_screen(hands: Hands, screen: str, wanted: Mapping[str, Answer]) -> list[str]:
    hands.part = screen
    if hands.view.step != screen:
        hands.go_to(screen)
    return hands.answer_page(wanted)


def resume(hands: Hands) -> None:
    """The first line of the worklist, as a clinician goes on with it."""
    worklist = hands.window.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    hands.click(worklist.row_buttons[0])


def words_of(widget: QWidget) -> str:
    """Every word that can be read in it."""
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    found += [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]
    found += [chip.text for chip in widget.findChildren(Chip) if chip.isVisible()]
    return " | ".join(found)


def dialog(hands: Hands, kind: type[QDialog]) -> QDialog:
    hands.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def sign(hands: Hands) -> StoredDocument:
    """Press Sign on the review and again in the question that follows; returns what the store keeps."""
    hands.part = "review"
    if hands.view.step != "review":
        hands.go_to("review")
    hands.click(hands.review.sign_button)
    asks = dialog(hands, SignNow)
    assert isinstance(asks, SignNow)
    hands.type(PASSPHRASE)
    hands.click(asks.go)
    hands.wait(lambda: hands.window.signed is not None)
    document, *_ = hands.window.desk.documents_of(hands.view.wizard.consultation.encounter.id)
    return document
