"""What locks, and what is left behind: nothing to see at once, the same consultation after unlocking."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.use_cases.errors import IoFailed
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.idle import SESSION_HOURS, Idle
from desktop_app.widgets.numbers_page import NumbersPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]


@pytest.fixture
def consulting(made: Door, prepare: Prepare, start: Start) -> Hands:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    assert hands.page(ConsultationView)
    return hands


def test_the_content_is_gone_within_a_second_to_the_last_pixel(consulting: Hands, c01: Case) -> None:
    program, window = consulting.program, consulting.window
    before = window.grab().toImage()
    begun = time.monotonic()
    program.locking.due.emit()
    QApplication.processEvents()
    after = window.grab().toImage()
    assert time.monotonic() - begun < 1
    assert after != before
    assert str(c01.patient.name) not in walk.words_of(window)
    assert str(c01.patient.name) not in window.windowTitle()
    program.show_unlock()  # a page that never knew a patient
    QApplication.processEvents()
    assert window.grab().toImage() == after


def test_whoever_unlocks_again_goes_on_in_the_same_consultation(consulting: Hands) -> None:
    encounter = consulting.view.wizard.consultation.encounter.id
    place = consulting.place
    consulting.key("l", Qt.KeyboardModifier.ControlModifier)
    assert consulting.page(UnlockPage)
    consulting.type(PASSPHRASE)
    consulting.key(Qt.Key.Key_Return)
    consulting.wait(lambda: consulting.page(ConsultationView))
    assert consulting.view.wizard.consultation.encounter.id == encounter
    assert consulting.place == place


def test_an_open_question_to_sign_goes_with_the_lock(consulting: Hands) -> None:
    dialog = SignNow(consulting.window, "Dr N. Karim", "State")
    dialog.open()
    consulting.program.locking.due.emit()
    assert not dialog.isVisible()
    assert consulting.page(UnlockPage)


def test_what_was_copied_here_is_cleared_at_the_lock(consulting: Hands) -> None:
    board = QApplication.clipboard()
    board.setText("Marta Lindqvist")
    consulting.program.locking.due.emit()
    assert "Marta" not in board.text()


def test_what_was_copied_here_is_cleared_after_a_time(consulting: Hands) -> None:
    QApplication.clipboard().setText("Marta Lindqvist")
    clipboard = consulting.program.locking.clipboard
    assert clipboard._timer.isActive()
    assert clipboard._timer.interval() <= 30_000
    clipboard._timer.timeout.emit()
    assert QApplication.clipboard().text() == ""


def test_a_lock_in_the_middle_of_a_job_hides_at_once_and_closes_the_store_after_it(consulting: Hands) -> None:
    told: list[object] = []
    consulting.window.gate.run(lambda: "a signature", told.append, told.append)
    consulting.program.locking.due.emit()
    assert consulting.page(UnlockPage)
    consulting.wait(lambda: not consulting.window.gate.running)
    assert told == []
    door = consulting.program.door
    assert isinstance(door, Door)
    assert door._opened is None


def test_the_emergency_numbers_open_from_the_locked_screen_without_a_patient(consulting: Hands, c01: Case) -> None:
    consulting.program.locking.due.emit()
    page = consulting.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    consulting.click(page.call)
    numbers = consulting.window.stack.currentWidget()
    assert isinstance(numbers, NumbersPage)
    words = " ".join(label.text() for label in numbers.findChildren(QLabel))
    assert walk.PHONES["ambulance"] in words
    assert walk.PHONES["spinal_team"] in words
    assert str(c01.patient.name) not in words
    consulting.click(numbers.back)
    assert consulting.page(UnlockPage)


def test_idle_time_counts_on_a_clock_that_nobody_sets_and_begins_anew_with_each_key(
    qtbot: QtBot, qapp: QApplication, consulting: Hands,
) -> None:
    now = [1000.0]
    idle = Idle(qapp, lambda: now[0])
    told: list[str] = []
    idle.due.connect(lambda: told.append("due"))
    idle.watch(5)
    now[0] += 299
    idle.look()
    assert told == []
    handle = consulting.window.windowHandle()
    idle._listen(handle)
    QTest.mouseMove(handle, QPoint(200, 200))
    QApplication.processEvents()
    now[0] += 299
    idle.look()
    assert told == []
    now[0] += 2
    idle.look()
    assert told == ["due"]
    idle.watch(30)
    for _ in range(SESSION_HOURS * 4):
        now[0] += 15 * 60
        QTest.mouseMove(handle, QPoint(210, 210 + _))
        QApplication.processEvents()
    idle.look()
    assert told == ["due", "due"]  # a whole working day, however busy
    handle.removeEventFilter(idle)


def test_somebody_else_begins_at_the_worklist(made: Door, prepare: Prepare, start: Start) -> None:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.program._left = ("another person", hands.view.wizard.consultation.encounter.id)
    hands.program.window.stand_up()
    hands.program.door.lock()
    hands.program.show_unlock()
    hands.type(PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.page(WorklistPage))


def test_it_locks_although_nothing_can_be_noted_any_more(at_desk: Hands, made: Door,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick with the records that is pulled out: the keys go all the same."""
    assert made._opened is not None
    database = made._opened.store._database

    def gone(_store: object) -> object:
        raise IoFailed("The store could not be read or written: the disk reports an error.")

    monkeypatch.setattr(type(made._opened.store), "clinic", gone)
    at_desk.program.lock()
    assert at_desk.page(UnlockPage)
    assert not made.is_open
    assert database.closed
