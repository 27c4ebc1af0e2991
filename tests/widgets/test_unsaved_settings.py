"""Settings that were changed are not dropped without a word when the page is left."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop_app.use_cases.desk import Desk
from desktop_app.widgets.desk_shell import NavButton
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.unsaved import Unsaved
from desktop_app.widgets.worklist_page import WorklistPage


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.settings.show_settings()
    return shown(window)


def shown(window: MainWindow) -> SettingsPage:
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


def write(page: SettingsPage, name: str, text: str) -> None:
    edit = page.form.fields[name]
    assert isinstance(edit, QLineEdit)
    edit.selectAll()
    QTest.keyClicks(edit, text)


def to_worklist(page: SettingsPage) -> None:
    next(one for one in page.findChildren(NavButton) if one.accessibleName() == "Worklist").click()


def asked(window: MainWindow) -> Unsaved | None:
    return next((one for one in window.findChildren(Unsaved) if one.isVisible()), None)


def test_a_page_that_was_only_looked_at_is_left_without_a_question(window: MainWindow, page: SettingsPage) -> None:
    assert not page.unsaved()
    to_worklist(page)
    assert asked(window) is None
    assert isinstance(window.stack.currentWidget(), WorklistPage)


def test_a_changed_number_is_saved_before_it_is_left(window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    phone = next(one.id for one in desk.pack.phones if one.required)
    write(page, f"phone.{phone}", "555 0199")
    to_worklist(page)
    ask = asked(window)
    assert ask is not None
    assert shown(window) is page
    ask.go.click()
    assert isinstance(window.stack.currentWidget(), WorklistPage)
    assert desk.clinic.phones[phone] == "555 0199"


def test_it_can_be_left_without_saving_and_one_can_stay(window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    before = desk.clinic
    write(page, "name", "Another name")
    to_worklist(page)
    ask = asked(window)
    assert ask is not None
    ask.cancel.click()
    assert shown(window) is page
    assert page.clinic.typed().name == "Another name"
    to_worklist(page)
    again = asked(window)
    assert again is not None
    again.drop.click()
    assert isinstance(window.stack.currentWidget(), WorklistPage)
    assert desk.clinic == before


def test_what_cannot_be_saved_keeps_the_page_with_its_red_words(window: MainWindow, page: SettingsPage) -> None:
    write(page, "name", " ")
    to_worklist(page)
    ask = asked(window)
    assert ask is not None
    ask.go.click()
    assert shown(window) is page
    assert "Not saved" in page.said.text()


def test_a_choice_counts_as_a_change_and_a_saved_one_does_not(window: MainWindow, page: SettingsPage) -> None:
    other = next(button for button in page.locks.values() if not button.isChecked())
    other.click()
    assert page.unsaved()
    assert page.keep()
    assert not page.unsaved()
    page.impression.click()
    assert page.unsaved()


def test_closing_the_window_asks_too_and_staying_keeps_it_open(window: MainWindow, page: SettingsPage) -> None:
    write(page, "name", "Another name")
    assert not window.close()
    ask = asked(window)
    assert ask is not None
    ask.cancel.click()
    assert window.isVisible()
    assert page.clinic.typed().name == "Another name"


@pytest.mark.parametrize("save", [True, False])
def test_the_window_closes_once_the_question_is_answered(window: MainWindow, page: SettingsPage, desk: Desk,
                                                         save: bool) -> None:
    before = desk.clinic.name
    write(page, "name", "Another name")
    window.close()
    ask = asked(window)
    assert ask is not None
    (ask.go if save else ask.drop).click()
    assert not window.isVisible()
    assert desk.clinic.name == ("Another name" if save else before)


def test_what_cannot_be_saved_keeps_the_window_open(window: MainWindow, page: SettingsPage) -> None:
    write(page, "name", " ")
    window.close()
    ask = asked(window)
    assert ask is not None
    ask.go.click()
    assert window.isVisible()
    assert page.said.text() == "Not saved: see the red words."


def test_a_computer_that_is_shut_down_is_not_held_up(window: MainWindow, page: SettingsPage,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    write(page, "name", "Another name")
    monkeypatch.setattr("desktop_app.widgets.main_window.QApplication.isSavingSession", lambda _program: True)
    assert window.close()
    assert asked(window) is None
