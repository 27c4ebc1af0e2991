"""A date field says how it reads what stands in it, and nothing else; a doubtful date is asked back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.engine.answers import Answer
from desktop_app.presentation.wizard import Place
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.editors import DateEditor
from desktop_app.widgets.main_window import MainWindow
from tests.widgets.conftest import Press

ONSET = "radicular_onset"


@pytest.fixture
def view(consult: MainWindow) -> ConsultationView:
    view = consult.view
    assert view is not None
    view.answer({"radicular_pain": Answer(value=True)})
    return view


def asked(view: ConsultationView, question: str) -> DateEditor:
    place = view.wizard.screen_of(question)
    view.go(Place(place, question))
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, DateEditor)
    card.editor.field.setFocus()
    card.editor.field.selectAll()
    return card.editor


def test_the_reading_follows_what_is_typed_and_never_the_answer_before(view: ConsultationView, press: Press) -> None:
    editor = asked(view, ONSET)
    QTest.keyClicks(editor.field, "12 Oct 2026")
    assert editor.echo.text() == "12 Oct 2026"
    press(Qt.Key.Key_Return)
    editor = asked(view, ONSET)
    QTest.keyClicks(editor.field, "3 mo")
    assert editor.echo.text().startswith("between ")
    QTest.keyClicks(editor.field, "x")
    assert not editor.echo.text()
    press(Qt.Key.Key_Return)
    assert editor.wrong.isVisible()
    assert not editor.echo.text()


def test_a_day_before_the_birth_is_refused_and_an_old_one_is_asked_back(view: ConsultationView, press: Press) -> None:
    editor = asked(view, ONSET)
    QTest.keyClicks(editor.field, "1 Jan 1953")
    press(Qt.Key.Key_Return)
    assert "before the patient was born" in editor.wrong.text()
    assert not editor.confirm.isVisible()
    editor.field.selectAll()
    QTest.keyClicks(editor.field, "1 Jan 1990")
    press(Qt.Key.Key_Return)
    assert "more than 20 years ago" in editor.wrong.text()
    assert editor.confirm.isVisible()
    assert ONSET not in view.wizard.consultation.answers
    editor.confirm.click()
    assert ONSET in view.wizard.consultation.answers
