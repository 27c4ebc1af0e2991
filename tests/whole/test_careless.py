"""A careless user in front of the real window: keys pressed too often, too late, and in the wrong place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.door import Door
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import EncounterState, Verdict
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.unlock_page import UnlockPage
from tests.fakes import StillClock
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ready(made: Door, prepare: Prepare, start: Start, guideline_folder: Path, pack: Pack) -> Hands:
    """On the review of a consultation that can be signed."""
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    encounter = prepare(walk.answers_of(case))
    consultation = made.sign_in(made.users()[0].id, PASSPHRASE).open_encounter(encounter)
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    made.lock()
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.part = "review"
    if hands.view.step != "review":
        hands.go_to("review")
    return hands


def asked(hands: Hands) -> SignNow:
    hands.click(hands.review.sign_button)
    asks = walk.dialog(hands, SignNow)
    assert isinstance(asks, SignNow)
    hands.type(PASSPHRASE)
    return asks


def kept(door: Door, encounter: str) -> tuple[EncounterState, list[str]]:
    """What the store holds after another sign-in."""
    door.lock()
    desk = door.sign_in(door.users()[0].id, PASSPHRASE)
    documents = desk.documents_of(encounter)
    return desk.open_encounter(encounter).encounter.state, [one.kind for one in documents]


def test_sign_pressed_again_and_again_signs_once(ready: Hands, made: Door) -> None:
    consultation = ready.view.wizard.consultation
    asks = asked(ready)
    for _ in range(5):
        QTest.keyClick(asks.passphrase, Qt.Key.Key_Return)
        asks.go.click()
    ready.wait(lambda: ready.window.signed is not None)
    for _ in range(20):
        QTest.keyClick(ready.window, Qt.Key.Key_Return)
        QTest.keyClick(ready.window, Qt.Key.Key_Z, CONTROL)
    state, kinds = kept(made, consultation.encounter.id)
    assert state is EncounterState.SIGNED
    assert len(kinds) == len(set(kinds))


def test_taking_back_after_the_signature_changes_nothing(ready: Hands) -> None:
    consultation = ready.view.wizard.consultation
    before = dict(consultation.answers)
    walk.sign(ready)
    for step in ready.view.wizard.screens:
        ready.go_to(step)
        QTest.keyClick(ready.window, Qt.Key.Key_Z, CONTROL)
        for letter in "ynacd":
            QTest.keyClicks(QApplication.focusWidget() or ready.window, letter)
    assert dict(consultation.answers) == before
    assert consultation.encounter.state is EncounterState.SIGNED


@pytest.mark.parametrize("how", ["close", "escape", "lock"])
def test_leaving_in_the_middle_of_the_signature_leaves_all_of_it_or_none(
        ready: Hands, made: Door, how: str) -> None:
    encounter = ready.view.wizard.consultation.encounter.id
    asks = asked(ready)
    asks.go.click()
    assert ready.window.gate.running
    if how == "close":
        ready.window.close()
    elif how == "escape":
        ready.key(Qt.Key.Key_Escape)
        ready.wait(lambda: not ready.window.gate.running)
    else:
        ready.program.locking.due.emit()
        ready.wait(lambda: ready.page(UnlockPage) and not ready.window.gate.running)
    QApplication.processEvents()
    state, kinds = kept(made, encounter)
    assert state in (EncounterState.SIGNED, EncounterState.DRAFT)
    assert bool(kinds) == (state is EncounterState.SIGNED)


def test_the_disk_of_the_records_pulled_out_is_told_and_the_lock_still_shuts_the_store(
        ready: Hands, made: Door, folder: Path, guideline_folder: Path, pack: Pack) -> None:
    consultation = ready.view.wizard.consultation
    before, name = dict(consultation.answers), consultation.patient.name
    away = folder.with_name("moved")
    folder.rename(away)
    asked(ready).go.click()
    ready.wait(lambda: not ready.window.gate.running)
    ready.program.locking.due.emit()
    ready.wait(lambda: ready.page(ErrorPage))
    assert not made.is_open
    assert name not in walk.words_of(ready.window)
    assert "key file" in walk.words_of(ready.window)
    page = ready.window.stack.currentWidget()
    assert isinstance(page, ErrorPage)
    page.again.emit()  # before the disk is back: nobody is asked to set up a clinic
    assert ready.page(ErrorPage)
    assert not folder.exists()
    away.rename(folder)
    ready.window.stack.currentWidget().again.emit()  # type: ignore[attr-defined]
    assert ready.page(UnlockPage)
    again = Door(folder, guideline_folder, StillClock())
    again.__dict__["pack"] = pack
    desk = again.sign_in(again.users()[0].id, PASSPHRASE)
    assert dict(desk.open_encounter(consultation.encounter.id).answers) == before
    again.lock()
