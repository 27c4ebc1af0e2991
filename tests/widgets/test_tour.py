"""The tour on training patients: offered once, driven to its end, left and taken up; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.training import Trainee, fill_desk
from desktop_app.widgets import shots, theme
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.shell import Shell
from desktop_app.widgets.tour import place_beside
from desktop_app.widgets.tour_targets import TARGETS
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import PASSPHRASE, MemoryStore
from tests.widgets.conftest import Press, activate
from tests.widgets.test_every_page import problems


@pytest.fixture
def training(window: MainWindow, desk: Desk, cases: dict[str, Case], qtbot: QtBot) -> Iterator[MainWindow]:
    fill_desk(desk, [Trainee(cases["c09"], "Rosa Imhof"), Trainee(cases["c01"], "Marta Lindqvist")], PASSPHRASE)
    window.sit_down(desk)
    window.resize(1280, 720)
    activate(qtbot, window)
    yield window
    window.tour.leave()


def settle(window: MainWindow) -> None:
    """Let the page come to rest, and the note follow it."""
    for _ in range(8):
        shots.settle()
        window.tour.follow()


def test_it_is_offered_once_and_takes_no_keyboard(training: MainWindow, desk: Desk) -> None:
    offer = training.tour.offer_note
    assert offer is not None
    assert offer.isVisible()
    focused = QApplication.focusWidget()
    assert focused is None or not offer.isAncestorOf(focused)
    offer.no.click()
    assert training.tour.offer_note is None
    training.sit_down(desk)
    assert training.tour.offer_note is None
    assert not training.tour.on


def test_the_offer_is_reached_by_f6(training: MainWindow, press: Press) -> None:
    press(Qt.Key.Key_F6, Qt.Key.Key_Return)
    assert training.tour.on


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_is_driven_to_its_end_and_changes_nothing(training: MainWindow, store: MemoryStore, press: Press,
                                                     scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if scale > 1:
        theme.apply(app, "dark", scale)
        training.tour.decline()
        training.show_worklist()
    answers = {e.id: (dict(e.answers), e.choices, e.state) for e in store.encounters.values()}
    training.take_tour()
    tour = training.tour
    seen = []
    while tour.on:
        settle(training)
        stop, note, spot = tour.stop, tour.note, tour.spot
        assert note is not None
        assert spot is not None
        assert stop.points_at in TARGETS
        assert spot.isVisible(), (stop.id, tour._target(), tour._leads, training.view and training.view.step)
        assert not note.show_button.isVisible()
        assert not spot.geometry().isEmpty(), stop.id
        assert training.rect().contains(note.geometry()), stop.id
        assert problems(note) == []
        page = training.stack.currentWidget()
        assert isinstance(page, Shell)
        assert note.geometry().top() >= page.header.height(), stop.id
        if scale == 1:
            assert not note.geometry().intersects(spot.geometry().adjusted(8, 8, -8, -8)) or tall(spot.geometry())
        seen.append(stop.id)
        press(Qt.Key.Key_Return)  # the button with the keyboard leads on
    assert seen == [s.id for s in tour.script.stops]
    assert tour.note is None
    assert {e.id: (dict(e.answers), e.choices, e.state) for e in store.encounters.values()} == answers


def tall(part: QRect) -> bool:
    """So large that a note has to lie over a corner of it."""
    return part.width() > 500 and part.height() > 200


def test_it_points_at_the_training_patient(training: MainWindow) -> None:
    training.take_tour()
    training.tour.next()
    assert training.view is not None
    assert training.view.wizard.consultation.patient.training
    assert training.view.wizard.consultation.patient.name == "Marta Lindqvist"


def test_it_is_left_by_esc_and_goes_on_where_it_was(training: MainWindow, press: Press) -> None:
    training.take_tour()
    training.tour.next()
    training.tour.next()
    settle(training)
    place = training.tour.stop.id
    press(Qt.Key.Key_Escape)
    assert not training.tour.on
    assert training.tour.note is None
    training.open_help()
    panel = training.help.panel
    assert panel is not None
    assert panel.tour_link.text().startswith("Go on with the tour (3 of")
    panel.tour_link.click()
    assert not panel.isVisible()
    assert training.tour.on
    assert training.tour.stop.id == place


def test_the_window_works_while_it_runs(training: MainWindow, press: Press) -> None:
    training.take_tour()
    training.tour.next()
    settle(training)
    press(Qt.Key.Key_F6)
    view = training.view
    assert view is not None
    assert view.isAncestorOf(QApplication.focusWidget() or training)
    press("3", alt=True)
    settle(training)
    note = training.tour.note
    assert note is not None
    assert note.show_button.isVisible()  # elsewhere: it waits in the corner and can lead back
    note.show_button.click()
    assert view.step == training.tour.stop.at
    training.tour.back()
    assert isinstance(training.stack.currentWidget(), WorklistPage)


def test_an_emergency_ends_it(training: MainWindow) -> None:
    training.take_tour()
    training.tour.next()
    view = training.view
    assert view is not None
    view.answer({"cauda_equina.saddle_numbness": Answer(value=True)})
    training.tour.follow()
    assert not training.tour.on
    assert training.tour.note is None


def test_locking_ends_it(training: MainWindow) -> None:
    training.take_tour()
    training.stand_up()
    training.tour.follow()
    assert not training.tour.on


def test_real_patients_have_no_tour(qtbot: QtBot, looks: None, desk: Desk) -> None:
    desk.training = False
    window = MainWindow(save_file=lambda _n, _c: None)
    qtbot.addWidget(window)
    window.show()
    window.sit_down(desk)
    window.take_tour()
    assert "tour" not in window.__dict__
    window.open_help()
    panel = window.help.panel
    assert panel is not None
    assert panel.tour_link.isHidden()
    panel.show_topic("tour")
    assert panel.topic == "tour"


@pytest.mark.parametrize(("target", "corner"), [
    (QRect(0, 100, 200, 400), QPoint(213, 200)), (QRect(1000, 100, 280, 400), QPoint(646, 200)),
    (QRect(300, 60, 700, 100), QPoint(479, 173))])
def test_the_note_stands_beside_what_it_is_about(target: QRect, corner: QPoint) -> None:
    area = QRect(12, 56, 1256, 600)
    found = place_beside(target, 340, 200, area)
    assert (found - corner).manhattanLength() < 4
    assert not QRect(found.x(), found.y(), 340, 200).intersects(target)
