"""Worklist, new patient and settings through the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Patient, Verdict
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import AT_ONCE, WorklistPage
from tests.fakes import PASSPHRASE
from tests.widgets.conftest import Press, activate


def write(page: NewPatientPage | SettingsPage, name: str, text: str) -> None:
    edit = page.form.fields[name]
    assert isinstance(edit, QLineEdit)
    edit.setText(text)


def test_from_an_empty_worklist_to_a_consultation_and_back(window: MainWindow, desk: Desk) -> None:
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert "No consultation yet" in [label.text() for label in page.findChildren(QLabel)]
    page.new.click()
    form = window.stack.currentWidget()
    assert isinstance(form, NewPatientPage)
    form.begin()
    assert form.form._wrong["born"].text()
    for name, text in {"name": "Marta Lindqvist", "number": "TR-0001", "born": "3 Mar 1954"}.items():
        write(form, name, text)
    form.sex["female"].click()
    form.begin()
    view = window.stack.currentWidget()
    assert isinstance(view, ConsultationView)
    view.back.click()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    page.search.setText("lindq")
    assert [b.accessibleName() for b in page.found_buttons] == ["Continue: Marta Lindqvist",
                                                                "All consultations: Marta Lindqvist"]


def test_the_same_number_twice_is_refused_at_its_field(window: MainWindow, desk: Desk) -> None:
    window.show_new_patient()
    for _ in range(2):
        form = window.stack.currentWidget()
        if not isinstance(form, NewPatientPage):
            window.show_new_patient()
            form = window.stack.currentWidget()
        assert isinstance(form, NewPatientPage)
        for name, text in {"name": "Marta", "number": "TR-0001", "born": "3 Mar 1954"}.items():
            write(form, name, text)
        form.sex["female"].click()
        form.begin()
    assert isinstance(form, NewPatientPage)
    assert "already a patient" in form.form._wrong["number"].text()


def test_letters_that_cannot_be_seen_are_told_at_their_field(window: MainWindow, desk: Desk) -> None:
    """Pasted from another program they would make a second patient who looks like the first."""
    window.show_new_patient()
    form = window.stack.currentWidget()
    assert isinstance(form, NewPatientPage)
    for name, text in {"name": "Mar\u200bta", "number": "TR\u00ad1", "born": "3 Mar 1954"}.items():
        write(form, name, text)
    form.sex["female"].click()
    form.begin()
    assert "cannot be seen" in form.form._wrong["name"].text()
    assert "cannot be seen" in form.form._wrong["number"].text()
    assert not desk.find("")


def test_a_mandatory_number_cannot_be_taken_out_of_the_settings(window: MainWindow, desk: Desk) -> None:
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    required = next(p.id for p in desk.pack.phones if p.required)
    write(page, f"phone.{required}", "")
    page.save.click()
    assert page.form._wrong[f"phone.{required}"].text()
    write(page, f"phone.{required}", "555 0199")
    assert page.form._wrong[f"phone.{required}"].text()  # set by the program, not typed
    page.form.being_mended(f"phone.{required}")
    assert not page.form._wrong[f"phone.{required}"].text()
    page.save.click()
    assert desk.clinic.phones[required] == "555 0199"
    assert page.said.text() == "Saved."


def test_a_number_typed_onto_none_here_goes_into_its_field(window: MainWindow, qtbot: QtBot) -> None:
    """One Tab too few: the space inside the number must not say that there is no such service."""
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    none, edit = page.clinic.none_here["vascular"], page.form.fields["phone.vascular"]
    assert isinstance(edit, QLineEdit)
    edit.clear()
    none.setFocus()
    for letter in "555 0133":
        qtbot.keyClicks(window.focusWidget(), letter)
    assert edit.text() == "555 0133"
    assert not none.isChecked()
    none.setFocus()
    qtbot.keyClick(none, Qt.Key.Key_Space)
    assert none.isChecked()


def test_no_such_service_here_is_an_answer_that_the_emergency_page_shows(window: MainWindow, desk: Desk) -> None:
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    edit = page.form.fields["phone.vascular"]
    assert isinstance(edit, QLineEdit)
    page.clinic.none_here["vascular"].click()
    assert not edit.isEnabled()
    page.save.click()
    assert desk.clinic.phones_none == ("vascular",)
    assert "vascular" not in desk.clinic.phones
    patient = desk.new_patient(name="Marta", number="TR-0001", born=date(1954, 3, 3), sex="female")
    consultation = desk.open(patient.id)
    consultation.answer_many({"limb_ischaemia": Answer(True)})
    assert consultation.decision.emergency.positive
    window.open_consultation(consultation)
    shown = window.stack.currentWidget()
    assert isinstance(shown, EmergencyPage)
    texts = [label.text() for label in shown.findChildren(QLabel)]
    assert "none here" in texts
    assert "not kept in the settings" not in texts
    page_of_paper = consultation.plan_input("CP-1", None).clinic
    assert page_of_paper is not None
    assert page_of_paper.phones_none == ("vascular",)


def test_changing_the_look_keeps_what_was_typed(window: MainWindow) -> None:
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    write(page, "name", "Riverside")
    page.impression.setChecked(False)
    page.themes["dark"].click()
    after = window.stack.currentWidget()
    assert isinstance(after, SettingsPage)
    assert after is not page
    assert after.form.text("name") == "Riverside"
    assert not after.impression.isChecked()


def test_a_form_is_no_taller_than_its_words(window: MainWindow) -> None:
    """Hidden words and words that wrap must not leave a screen of nothing below the last line."""
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    page.clinic.none_here["vascular"].click()
    for name in ("name", "station"):
        write(page, name, "")
    page.save.click()
    QApplication.processEvents()
    inside, item = page.form.widget(), page.form.column.itemAt(page.form.column.count() - 2)  # the last is the stretch
    last = item.widget() if item is not None else None
    assert inside is not None
    assert last is not None
    below = inside.height() - last.mapTo(inside, last.rect().bottomLeft()).y()
    assert below < 60


def signed(desk: Desk, cases: dict[str, Case], number: str, name: str) -> Patient:
    """A patient whose plan is signed."""
    patient = desk.new_patient(name=name, number=number, born=date(1954, 3, 3), sex="female")
    consultation = desk.open(patient.id)
    case = cases["c01_decided"]
    record = {"sex", "date_of_birth"}
    consultation.answer_many({atom: given for atom, given in case.sheet.items() if atom not in record})
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    consultation.sign(desk.signer(PASSPHRASE))
    return patient


def test_a_signed_plan_is_looked_at_and_a_new_consultation_is_begun_on_purpose(
    window: MainWindow, desk: Desk, cases: dict[str, Case],
) -> None:
    patient = signed(desk, cases, "TR-0001", "Marta Lindqvist")
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    texts = [b.text() for b in page.findChildren(Button) if "Marta" in b.accessibleName()]
    assert texts == ["Look at the signed plan", "New consultation"]
    page.row_buttons[0].click()
    view = window.view
    assert view is not None
    assert view.wizard.signed
    assert isinstance(view.page, ReviewPage)
    assert len(desk.visits(patient.id).draft) == 0
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    next(b for b in page.findChildren(Button) if b.accessibleName() == "New consultation: Marta Lindqvist").click()
    assert window.view is not None
    assert not window.view.wizard.signed
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    page.search.setText("marta")
    assert [b.text() for b in page.found_buttons] == ["Continue", "Look at the signed plan", "All consultations"]
    hers = [b for b in page.findChildren(Button) if "Marta" in b.accessibleName()]
    names = [b.text() for b in hers if b not in page.found_buttons]
    assert sorted(names) == ["Continue", "Look at the signed plan"]


def test_the_search_is_used_with_the_keyboard_alone(window: MainWindow, desk: Desk, cases: dict[str, Case],
                                                    press: Press, qtbot: QtBot) -> None:
    signed(desk, cases, "TR-0001", "Marta Lindqvist")
    desk.new_patient(name="Martin Osei", number="TR-0002", born=date(1950, 1, 1), sex="male")
    window.show_worklist()
    activate(qtbot, window)
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    press("f", ctrl=True)
    assert page.search.hasFocus()
    press("m", "a", "r", "t")
    press(Qt.Key.Key_Return)  # two were found: nobody is opened, the keyboard goes to the first
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.accessibleName() == "Look at the signed plan: Marta Lindqvist"
    press(Qt.Key.Key_Down)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.accessibleName() == "New consultation: Martin Osei"
    press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert page.search.hasFocus()
    press(Qt.Key.Key_Tab)
    assert page.found_buttons[0].hasFocus()
    press("f", ctrl=True)
    press(Qt.Key.Key_Escape)
    assert page.search.text() == ""
    press("o", "s", "e", "i", Qt.Key.Key_Return)
    assert window.view is not None
    assert window.view.wizard.consultation.patient.name == "Martin Osei"


BORN = date(1954, 3, 3)


def test_a_long_group_is_drawn_in_parts_and_emergencies_whole(window: MainWindow, desk: Desk) -> None:
    """A clinic of years has hundreds of open drafts; the worklist still opens at once, and says what is below."""
    for number in range(AT_ONCE + 7):
        one = desk.new_patient(name=f"Person {number:03}", number=f"TR-{number:04}", born=BORN, sex="female")
        desk.open(one.id)
    for number in range(AT_ONCE + 2):
        one = desk.new_patient(name=f"Urgent {number:03}", number=f"UR-{number:04}", born=BORN, sex="male")
        desk.open(one.id).answer_many({"cauda_equina.saddle_numbness": Answer(value=True)})
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert len(page.row_buttons) == AT_ONCE + 2 + AT_ONCE
    (rest,) = page.rest_buttons
    assert rest.text() == "7 more in this group"
    hidden = len(page.row_buttons)
    rest.click()
    assert len(page.row_buttons) == 2 * AT_ONCE + 9
    assert not page.rest_buttons
    assert window.focusWidget() is page.row_buttons[hidden]
    assert "Person 050" in page.row_buttons[hidden].accessibleName()


def test_the_rest_of_a_group_that_has_changed_meanwhile_leads_nowhere_wrong(window: MainWindow, desk: Desk) -> None:
    """The day or another computer's work may have moved the row before the button is pressed."""
    patients = [desk.new_patient(name=f"Person {number:03}", number=f"TR-{number:04}", born=BORN, sex="female")
                for number in range(AT_ONCE + 1)]
    visits = [desk.open(patient.id) for patient in patients]
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    (rest,) = page.rest_buttons
    visits[-1].answer_many({"cauda_equina.saddle_numbness": Answer(value=True)})  # now an emergency, first of all
    rest.click()
    here = window.focusWidget()
    assert isinstance(here, Button)
    assert "Person 050" in here.accessibleName()
