"""The whole consultation by keyboard alone, in the real window over real store and keys: unlocked, signed, saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.door import Door
from desktop_app.engine.answers import Answer, DateRange
from desktop_app.engine.cases import Case
from desktop_app.parts import seal
from desktop_app.presentation import words
from desktop_app.presentation.wizard import REVIEW
from desktop_app.use_cases.domain import EncounterState, Verdict
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.accessibility.keys_only import KeysOnly
from tests.people import PASSPHRASE, cheap_keeper
from tests.whole.hands import Hands, same

Key = Qt.Key


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch, door: Door) -> Door:
    """A profile of a clinic that asks for the own impression, set up before and locked."""
    monkeypatch.setattr("desktop_app.seal.keeper.Keeper", cheap_keeper)
    door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    door.recovery_key_kept()
    door.lock()
    return door


def unlock(hands: Hands, keys: KeysOnly) -> None:
    assert hands.page(UnlockPage)
    keys.tab_to("Passphrase")
    keys.write(PASSPHRASE)
    keys.key(Key.Key_Return)
    hands.wait(lambda: hands.page(WorklistPage))


def new_patient(hands: Hands, keys: KeysOnly, case: Case) -> None:
    person = case.patient
    assert person.born is not None
    keys.press("New patient")
    assert hands.page(NewPatientPage)
    for field, text in (("Name", str(person.name)), ("Number", str(person.number)),
                        ("Date of birth", words.day(person.born))):
        keys.tab_to(field)
        keys.write(text)
    keys.press(str(person.sex).capitalize())
    keys.press("Begin consultation")
    hands.wait(lambda: hands.page(ConsultationView))


def sign(hands: Hands, keys: KeysOnly) -> None:
    keys.press("Sign…")
    hands.wait(lambda: isinstance(QApplication.activeModalWidget(), SignNow))
    asks = QApplication.activeModalWidget()
    assert asks is not None
    secret = next((f for f in asks.findChildren(QLineEdit) if f.echoMode() is QLineEdit.EchoMode.Password), None)
    if secret is not None:
        keys.tab_to(secret.accessibleName())
        keys.write(PASSPHRASE)
    keys.press("Sign")
    hands.wait(lambda: hands.window.signed is not None)


def save(hands: Hands, keys: KeysOnly, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the question for the file, which the operating system asks with a dialog of its own."""
    monkeypatch.setattr(hands.window, "choose_file", lambda _name: str(target))
    keys.press("Save the signed PDF")
    hands.wait(target.exists)


def agrees(wanted: Answer, kept: Answer) -> bool:
    """The same answer; a day may have been told as roughly as by "6 weeks ago", with the day inside."""
    if isinstance(wanted.value, DateRange) and isinstance(kept.value, DateRange):
        return kept.value.earliest <= wanted.value.earliest <= wanted.value.latest <= kept.value.latest
    return same(wanted, kept)


def test_from_unlocking_to_the_signed_and_saved_plan_by_keys_alone(
    locked: Door, start: Callable[[Door], Hands], c01: Case, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hands = start(locked)
    keys = KeysOnly(hands.window, c01, hands.wait)
    unlock(hands, keys)
    new_patient(hands, keys, c01)
    accepted, declined = keys.consult({"Accept": "", "Decline": "The patient prefers to wait"})
    consultation = hands.view.wizard.consultation
    assert keys.steps_seen == list(hands.view.wizard.screens)
    assert keys.steps_seen[-1] == REVIEW
    assert consultation.impression is not None
    assert consultation.impression.closed
    assert not consultation.impression.text
    assert consultation.choices[accepted].verdict is Verdict.ACCEPT
    assert consultation.choices[declined].verdict is Verdict.DECLINE
    assert consultation.choices[declined].reason == "The patient prefers to wait"
    kept = consultation.answers
    assert [atom for atom, given in keys.wanted.items() if atom in kept and not agrees(given, kept[atom])] == []
    assert hands.view.wizard.decision.emergency.complete
    assert not hands.view.wizard.unanswered()

    sign(hands, keys)
    assert consultation.encounter.state is EncounterState.SIGNED
    save(hands, keys, tmp_path / "plan.pdf", monkeypatch)
    told = seal().verify((tmp_path / "plan.pdf").read_bytes(), [locked.authority])
    assert told.accepted, told
    assert str(c01.patient.name) in told.patient
