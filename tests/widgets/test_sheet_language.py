"""The language of the patient's sheet: chosen for a new patient and on the last step, kept with the patient."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.presentation import sheet_language
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.errors import BadData
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.review_page import ReviewPage
from tests.fakes import MemoryStore


def choose(pick: object, language: str) -> None:
    pick.setCurrentIndex(pick.findData(language))  # type: ignore[attr-defined]  # a Pick


def test_a_new_patient_gets_the_language_that_was_chosen(qtbot: QtBot, window: MainWindow, store: MemoryStore) -> None:
    window.show_new_patient()
    page = window.findChild(NewPatientPage)
    assert page is not None
    names = [page.language.pick.itemText(at) for at in range(page.language.pick.count())]
    assert names == ["English, as in the clinic", "Arabic", "French", "Hindi", "Portuguese", "Spanish", "Swahili"]
    page.form.fields["name"].setText("Meera Test")
    page.form.fields["number"].setText("TR-0042")
    page.form.fields["born"].setText("3 Mar 1954")
    page.sex["female"].click()
    choose(page.language.pick, "hi")
    page.begin()
    assert [one.language for one in store.patients.values() if one.number == "TR-0042"] == ["hi"]


def test_step_eight_changes_it_and_says_that_nobody_reviewed_the_words(
    qtbot: QtBot, consult: MainWindow, store: MemoryStore
) -> None:
    view = consult.view
    assert view is not None
    view.go(Place(REVIEW))
    page = consult.findChild(ReviewPage)
    assert page is not None
    assert page.tongue.isVisibleTo(consult)
    choose(page.language.pick, "ar")
    assert [one.language for one in store.patients.values()] == ["ar"]
    assert "Machine-drafted, not reviewed" in page.language.pick.accessibleDescription()
    choose(page.language.pick, "")
    assert [one.language for one in store.patients.values()] == [""]


def test_a_language_without_words_is_refused(desk: Desk) -> None:
    patient = desk.new_patient(name="Marta", number="TR-1", born=date(1954, 3, 3), sex="female")
    with pytest.raises(BadData, match="no words for patients"):
        desk.open(patient.id).speak("xx")
    assert "stays in English" in sheet_language.state(desk.pack, "xx")
