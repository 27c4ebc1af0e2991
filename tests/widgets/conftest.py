"""A real window on the shipped guideline, driven by keys; nothing waits for a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.model import Pack
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic
from desktop_app.widgets import theme
from desktop_app.widgets.focus_ring import FocusRing
from desktop_app.widgets.main_window import MainWindow
from tests.fakes import CLINICIAN, MarkingSigner, MemoryStore, PlainDocuments, StillClock, confirm

Press = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform says what only a real screen can do; that is no fault of a test."""
    for item in items:
        if "widgets" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def store(pack: Pack) -> MemoryStore:
    return MemoryStore(Clinic("Hillside Clinic", "1 Example Road", "555 0110", "TR01",
                              {p.id: "555 0142" for p in pack.phones if p.required},
                              ask_impression=False))


@pytest.fixture
def desk(pack: Pack, clinical: ClinicalArithmetic, store: MemoryStore) -> Desk:
    return Desk(pack=pack, clinical=clinical, store=store, clock=StillClock(), documents=PlainDocuments,
                signer=MarkingSigner, confirm=confirm, clinician=CLINICIAN, training=True)


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    ring = FocusRing(qapp)
    yield
    qapp.focusChanged.disconnect(ring.follow)


@pytest.fixture
def saved() -> dict[str, bytes]:
    return {}


@pytest.fixture
def window(qtbot: QtBot, looks: None, desk: Desk, saved: dict[str, bytes]) -> Iterator[MainWindow]:
    made = MainWindow(desk, save_file=saved.__setitem__)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.gate.wait()


@pytest.fixture
def consult(window: MainWindow, desk: Desk, qtbot: QtBot) -> MainWindow:
    """The window with an untouched consultation."""
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    window.open_consultation(desk.open(patient.id))
    activate(qtbot, window)
    return window


def activate(qtbot: QtBot, window: QWidget) -> None:
    def active() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    qtbot.waitUntil(active)


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    """Press keys where the focus is: ``press("y")``, ``press(Qt.Key.Key_Return)``, ``press("2", alt=True)``."""

    def pressed(*keys: str | Qt.Key, alt: bool = False, ctrl: bool = False, shift: bool = False) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for on, modifier in ((alt, Qt.KeyboardModifier.AltModifier), (ctrl, Qt.KeyboardModifier.ControlModifier),
                             (shift, Qt.KeyboardModifier.ShiftModifier)):
            if on:
                held |= modifier
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None, "nothing has the keyboard"
            QTest.keyClick(target, key, held)
            QApplication.processEvents()

    return pressed
