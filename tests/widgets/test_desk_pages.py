"""Worklist, new patient and settings through the window."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.use_cases.desk import Desk
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage


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
    assert any("Open consultation" in b.accessibleName() for b in page.findChildren(type(page.new)))


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


def test_a_mandatory_number_cannot_be_taken_out_of_the_settings(window: MainWindow, desk: Desk) -> None:
    window.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    required = next(p.id for p in desk.pack.phones if p.required)
    write(page, f"phone.{required}", "")
    page.save.click()
    assert page.form._wrong[f"phone.{required}"].text()
    write(page, f"phone.{required}", "555 0199")
    page.save.click()
    assert desk.clinic.phones[required] == "555 0199"
    assert page.said.text() == "Saved."
