"""Around the signature: what it would sign undecided, how it is left, where files go, and on to the next patient."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.engine.cases import Case
from desktop_app.presentation import papers, review
from desktop_app.presentation.papers import SAVE_ALL
from desktop_app.use_cases.domain import EncounterState
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import PASSPHRASE
from tests.widgets.conftest import Press, activate
from tests.widgets.test_signing import decide_all, review_page


@pytest.fixture
def ready(consult: MainWindow, cases: dict[str, Case]) -> MainWindow:
    decide_all(consult, cases["c01"])
    review_page(consult)
    return consult


def ask(window: MainWindow) -> SignNow:
    review_page(window).sign_button.click()
    dialog = window.findChild(SignNow)
    assert dialog is not None
    return dialog


def signed(window: MainWindow, qtbot: QtBot) -> MainWindow:
    dialog = ask(window)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: window.signed is not None)
    activate(qtbot, window)  # the dialog over it has gone
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert window.view is not None
    assert window.view.wizard.consultation.encounter.state is EncounterState.SIGNED
    return window


def test_the_dialog_says_who_signs_and_how_many_options_are_undecided(ready: MainWindow) -> None:
    assert ready.view is not None
    dialog = ask(ready)
    shown = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    left = len(review.build(ready.view.wizard).undecided)
    assert left
    assert f"{left} of " in shown
    assert "Signed as Dr N. Karim" in shown
    dialog.reject()


def test_enter_on_the_way_out_leaves_and_enter_elsewhere_never_signs(ready: MainWindow, press: Press) -> None:
    dialog = ask(ready)
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.cancel.setFocus()
    press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert ready.signed is None


def test_all_is_saved_under_numbers_and_replaces_nothing(
    ready: MainWindow, qtbot: QtBot, saved: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    window = signed(ready, qtbot)
    assert window.view is not None
    consultation = window.view.wizard.consultation
    rows = papers.build(consultation).rows
    assert all(row.file == f"{row.number}-TR-0001.pdf" for row in rows)
    assert not any("Lindqvist" in row.file for row in rows)
    (tmp_path / rows[0].file).write_bytes(b"another plan")
    monkeypatch.setattr(window, "choose_folder", lambda: str(tmp_path))
    window.papers.do(SAVE_ALL, "")
    qtbot.waitUntil(lambda: len(saved) == len(rows))
    assert str(tmp_path / rows[0].file) not in saved
    assert str(tmp_path / rows[0].file.replace(".pdf", " (2).pdf")) in saved


def test_from_a_signed_plan_on_to_the_worklist_and_the_next_patient(
    ready: MainWindow, qtbot: QtBot, press: Press,
) -> None:
    view = ready.view
    assert view is not None
    press("n", ctrl=True)
    assert ready.stack.currentWidget() is view  # an open consultation is left on purpose only
    signed(ready, qtbot)
    assert view.worklist.isVisible()
    press("n", ctrl=True)
    qtbot.waitUntil(lambda: isinstance(ready.stack.currentWidget(), NewPatientPage))
    ready.show_worklist()
    assert isinstance(ready.stack.currentWidget(), WorklistPage)
