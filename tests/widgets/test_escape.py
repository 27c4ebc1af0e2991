"""One Escape by habit leaves what was written in a question over the window where it is, and says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop_app.use_cases.desk import Desk
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.edition_dialogs import WithReason
from desktop_app.widgets.emergency_access_dialog import TakeEmergencyAccess
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.older_records_part import AcceptOlder
from desktop_app.widgets.people_page import PersonDialog

QUESTIONS: dict[str, Callable[[MainWindow], Ask]] = {
    "emergency access": TakeEmergencyAccess,
    "older records": AcceptOlder,
    "one step back": lambda window: WithReason(window, "One step back?", "", "Go back"),
    "a new person": lambda window: PersonDialog(window, None),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_words_are_left_by_a_second_escape_only(window: MainWindow, name: str) -> None:
    dialog = QUESTIONS[name](window)
    dialog.open()
    field = dialog.focusWidget()
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    QTest.keyClicks(field, "The only clinician")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not recorded yet" in dialog.wrong.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_passphrase_alone_is_nothing_to_keep(window: MainWindow, name: str) -> None:
    dialog = QUESTIONS[name](window)
    dialog.open()
    secret = next(one for one in dialog.findChildren(QLineEdit) if one.echoMode() is QLineEdit.EchoMode.Password)
    QTest.keyClicks(secret, "something secret")
    QTest.keyClick(secret, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_words_that_stood_there_before_are_nothing_to_keep_until_they_are_changed(window: MainWindow,
                                                                                 desk: Desk) -> None:
    dialog = PersonDialog(window, desk.clinician)
    dialog.open()
    assert dialog.name.text()
    QTest.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = PersonDialog(window, desk.clinician)
    again.open()
    QTest.keyClicks(again.profession, ", head of the ward")
    QTest.keyClick(again.profession, Qt.Key.Key_Escape)
    assert again.isVisible()
