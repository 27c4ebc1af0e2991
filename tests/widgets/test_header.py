"""The header: whom it is about, when the last answer was stored, Lock and Help, on every page after signing in."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.presentation.wizard import Place
from desktop_app.widgets import controls, shots, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.controls import Chip
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.shell import BAR, Footer, Header, Initials, Shell
from tests.widgets.conftest import Press
from tests.widgets.test_every_page import problems


def header_of(window: MainWindow) -> Header:
    page = window.stack.currentWidget()
    assert isinstance(page, Shell)
    assert isinstance(page.header, Header)
    return page.header


def identity(header: Header) -> str:
    return " ".join(label.text() for label in header.findChildren(QLabel))


def whole(header: Header) -> None:
    told = identity(header)
    assert "Marta Lindqvist" in told
    assert "Female, 72 years · born 3 Mar 1954 · TR-0001" in told
    assert [c.text for c in header.findChildren(Chip)] == ["TRAINING"]
    assert header.findChild(Initials) is not None
    assert header.lock_button.isVisible()
    assert header.help_button.isVisible()


def test_every_step_and_the_emergency_page_say_whom_it_is_about(consult: MainWindow, press: Press) -> None:
    assert consult.view is not None
    assert header_of(consult).height() == BAR
    for screen in consult.view.wizard.screens:
        consult.view.go(Place(screen))
        whole(header_of(consult))
    consult.view.go(Place("emergency", "cauda_equina"))
    press("y", "y")
    whole(header_of(consult))


def test_the_desk_has_lock_and_help(window: MainWindow) -> None:
    for show in (window.show_worklist, window.show_new_patient, window.settings.show_settings):
        show()
        page = window.stack.currentWidget()
        assert isinstance(page, Shell)
        assert page.header.findChild(HelpButton) is not None
        assert "Lock" in [b.accessibleName() for b in page.header.findChildren(Button)]


def test_it_says_when_the_last_answer_was_stored(consult: MainWindow, press: Press) -> None:
    header = header_of(consult)
    assert header.saved.text() == ""
    press("n")
    assert header.saved.text() == "Saved just now"
    header.show_saved(12)
    assert header.saved.text() == "Saved 10 s ago"
    header.say("Signed CP-TR01-000001")
    assert header.saved.text() == "Signed CP-TR01-000001"
    assert not header._tick.isActive()
    header.saved_now()
    assert header._tick.isActive()


def test_lock_locks(consult: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(consult.locked):
        header_of(consult).lock_button.click()


@pytest.mark.parametrize(("scale", "name"), [
    (1.0, "Maria-Magdalena Wickramasinghe-Oyelaran van den Heuvel"), (1.25, "Maria-Magdalena Wickramasinghe-Oyelaran"),
    (2.0, "Maria-Magdalena Wickramasinghe")])
def test_nothing_of_it_is_cut(window: MainWindow, scale: float, name: str, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", scale)
    window.resize(1280, 720)
    long = Header(name, "Female, 72 years · born 3 Mar 1954 · TR-0001", training=True)
    qtbot.addWidget(long)
    long.resize(1280, long.height())
    long.show_saved(12)
    long.show()
    window.show_worklist()
    shots.settle()
    page = window.stack.currentWidget()
    assert isinstance(page, Shell)
    assert problems(long) == []
    assert problems(page.header) == []
    assert problems(page.footer) == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_footer_is_as_tall_as_what_it_says(window: MainWindow, scale: float, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", scale)
    page, footer = QWidget(), Footer("Guideline content not clinically approved", "0.1.0")
    qtbot.addWidget(page)
    footer.add(Button("Back"))
    footer.add(Button("Next: Imaging correlation", "primary"))
    column = controls.column(page, spacing=0)
    column.addWidget(QWidget(), 1)
    column.addWidget(footer)
    page.resize(1000, 700)
    page.show()
    shots.settle()
    state = footer.state
    assert not state.hasHeightForWidth() or state.height() >= state.heightForWidth(state.width())
    assert state.geometry().bottom() <= footer.height()
