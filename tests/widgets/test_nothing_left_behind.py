"""Long sessions: page changes and consultations leave no widget behind, however many there were."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLayoutItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets import controls, tab_order
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.controls import Card
from desktop_app.widgets.main_window import MainWindow

CHANGES = 200
CONSULTATIONS = 4


def left() -> Counter[str]:
    """The widgets that exist once everything was let go that is to go."""
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
    return Counter(type(widget).__name__ for widget in QApplication.allWidgets())


def walk(view: ConsultationView, changes: int) -> None:
    """From page to page, on those with options to the options and back."""
    screens = view.wizard.screens
    for number in range(changes):
        screen = screens[number % len(screens)]
        view.go(Place(screen))
        if view.page.has_options:
            view.go(Place(screen, OPTIONS))


def answered(view: ConsultationView, case: Case) -> ConsultationView:
    view.answer({a: given for a, given in case.sheet.items() if a not in {SEX, DATE_OF_BIRTH}})
    while view.wizard.consultation.work_on():
        pass
    return view


def test_a_consultation_that_was_left_is_no_more_in_memory(window: MainWindow, desk: Desk,
                                                           cases: dict[str, Case]) -> None:
    """Widgets can be gone for Qt and still be held for Python, with everything that hangs on them."""
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")

    def seen() -> weakref.ref[ConsultationView]:
        window.open_consultation(desk.open(patient.id))
        assert window.view is not None
        walk(answered(window.view, cases["c01"]), len(window.view.wizard.screens))
        found = weakref.ref(window.view)
        window.show_worklist()
        return found

    before = seen()
    left()
    assert before() is None


def test_the_chain_of_tab_is_never_asked() -> None:
    """This binding makes the widget that it returns a child of the one that was asked: nothing would ever be let go."""
    folder = Path(tab_order.__file__).parent
    assert [path.name for path in folder.glob("*.py") if "InFocusChain(" in path.read_text(encoding="utf-8")] == []


class Taken(QVBoxLayout):
    """Knows what was taken out of it."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__(holder)
        self.items: list[QLayoutItem] = []

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802
        item = super().takeAt(index)
        if item is not None:
            self.items.append(item)
        return item


def test_the_places_of_what_is_cleared_are_gone_too(qapp: QApplication) -> None:
    """No widget, so nothing counts them: a hundred bytes each, many thousand in a long session."""
    holder = QWidget()
    column = Taken(holder)
    column.addWidget(QWidget())
    column.addSpacing(4)
    column.addStretch(1)
    inside = controls.row()
    inside.addStretch(1)
    column.addLayout(inside)
    controls.clear(column)
    assert [isValid(item) for item in column.items] == [False, False, False, False]


def test_two_hundred_page_changes_leave_no_widget_behind(consult: MainWindow, cases: dict[str, Case]) -> None:
    assert consult.view is not None
    view = answered(consult.view, cases["c01"])
    walk(view, 2 * len(view.wizard.screens))
    view.go(Place(view.wizard.screens[0]))
    before = left()
    walk(view, CHANGES)
    view.go(Place(view.wizard.screens[0]))
    assert left() - before == Counter()


def test_consultations_that_were_left_are_gone(window: MainWindow, desk: Desk, cases: dict[str, Case]) -> None:
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    counts = []
    for _ in range(CONSULTATIONS):
        window.open_consultation(desk.open(patient.id))
        assert window.view is not None
        walk(answered(window.view, cases["c01"]), len(window.view.wizard.screens))
        window.show_worklist()
        counts.append(left())
    assert counts[-1] - counts[1] == Counter()


@pytest.mark.parametrize("asks", [True, False])
def test_no_card_stands_alone_when_its_page_is_gone(window: MainWindow, desk: Desk, cases: dict[str, Case],
                                                    asks: bool) -> None:
    """What is made and put nowhere is a window of its own, and outlives the page: a card for each consultation.

    While the own impression is asked for, the review shows no documents.
    """
    desk.save_clinic(replace(desk.clinic, ask_impression=asks))
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    window.show_worklist()
    left()
    before = {*QApplication.topLevelWidgets()}
    window.open_consultation(desk.open(patient.id))
    assert window.view is not None
    for screen in window.view.wizard.screens:  # nothing answered yet, and then what the case says
        window.view.go(Place(screen))
    walk(answered(window.view, cases["c01"]), len(window.view.wizard.screens))
    window.show_worklist()
    left()
    alone = [type(one).__name__ for one in {*QApplication.topLevelWidgets()} - before if isinstance(one, Card)]
    assert alone == []
