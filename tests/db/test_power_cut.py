"""The power fails at any write or sync: nothing acknowledged is lost, nothing half-made is left, no false alarm."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db import profile
from db.backup import backups_in, require_whole
from db.database import connect
from db.profile import create_profile, open_profile, profile_exists
from desktop_app.engine.answers import Answer, Quantity
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.domain import EncounterState
from desktop_app.use_cases.errors import LumbarError, NotInStore, WrongPassphrase
from tests.db.power_cut import Disk, State, states, trace
from tests.db.power_cut_work import ANSWERS, NEW_PASSPHRASE, PDF
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, draft

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("kept")
BOUNDED = 20  # states of each kind; all of them with --long

Check = Callable[[State, Path, Keeper], None]


class Lost(AssertionError):
    """Something acknowledged is not there, or only half of something is."""


def need(held: bool, words: str) -> None:
    if not held:
        raise Lost(words)


def after_first_start(state: State, folder: Path, keeper: Keeper) -> None:
    if not profile_exists(folder):
        need("made" not in state.acknowledged, "the profile")
        need(not folder.exists() or not any(folder.iterdir()), "a folder with something in it and no profile")
        return
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    try:
        need(opened.store.clinic() == CLINIC, "the clinic")
        need(opened.signer().name == CLINICIAN.name, "the signing key")
    finally:
        opened.close()


def after_answering(state: State, folder: Path, keeper: Keeper) -> None:
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    try:
        store = opened.store
        try:
            found = store.encounter("encounter-1")
        except NotInStore:
            need("started" not in state.acknowledged, "the encounter")
            return
        atoms = {int(name[4:]) for name in found.answers if name.startswith("atom")}
        need(atoms == {int(name[4:]) for name in found.answers if name.startswith("twin")}, "half a transaction")
        need(atoms == set(range(len(atoms))), "an answer between others")
        need(all(found.answers[f"atom{one}"] == Answer(Quantity(one, one, "mg")) for one in atoms), "a value")
        need({int(word[6:]) for word in state.acknowledged if word.startswith("answer")} <= atoms, "an answer")
        need("signed" not in state.acknowledged or found.state is EncounterState.SIGNED, "the signature")
        if found.state is EncounterState.SIGNED:
            need(len(atoms) == ANSWERS, "answers of a signed plan")
            need([one.content for one in store.documents_of(found.id)] == [PDF], "the document of a signed plan")
        told = [row.event for row in store.audit_rows() if row.event.subject == "encounter-1"]
        need(sum(event.what == "answer" for event in told) == 2 * len(atoms), "a row of the record of use")
        need(sum(event.deed.value == "signed" for event in told) == (found.state is EncounterState.SIGNED), "its row")
        need(store.verify_audit().sound, "the record of use")
    finally:
        opened.close()


def after_passphrase_and_backup(state: State, folder: Path, keeper: Keeper) -> None:
    try:
        opened = open_profile(folder, CLINICIAN.id, NEW_PASSPHRASE, keeper)
    except WrongPassphrase:
        need("passphrase" not in state.acknowledged, "the new passphrase")
        opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    try:
        need(opened.store.encounter("encounter-1").patient_id == PATIENT.id, "the encounter")
        made = backups_in(folder / "backups")
        need("backed-up" not in state.acknowledged or len(made) == 1, "the backup")
        for one in made:
            require_whole(one.path)
    finally:
        opened.close()


def after_migrating(state: State, folder: Path, keeper: Keeper) -> None:
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    try:
        [patient] = opened.store.find_patients("öberg")
        need([one.sequence for one in opened.store.encounters_of(patient.id)] == [2, 1], "the encounters")
    finally:
        opened.close()


def ready(kind: str, folder: Path, keeper: Keeper) -> None:
    """What is there before, long since on the disk."""
    if kind == "migrating":
        shutil.copytree(KEPT / "schema_0001", folder)
    elif kind != "first_start":
        opened = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
        if kind == "passphrase_and_backup":
            opened.store.add_patient(PATIENT)
            opened.store.start_encounter(draft())
        opened.close()


def cut(kind: str, place: Path, keeper: Keeper, synchronous: str = "FULL") -> list[State]:
    """Every state that a power cut can leave."""
    work = place / "work"
    work.mkdir()
    ready(kind, work / "profile", keeper)
    disk, log = Disk(work), place / "calls"
    trace([sys.executable, "-m", "tests.db.power_cut_work", kind, str(work / "profile"), synchronous], log, ROOT)
    found = list(states(disk, log, seed=20261122))
    assert found[-1].acknowledged, "the work came to its end"
    return found


CHECKS: dict[str, Check] = {
    "first_start": after_first_start, "answering": after_answering,
    "passphrase_and_backup": after_passphrase_and_backup, "migrating": after_migrating}


def losses(kind: str, chosen: list[State], place: Path, keeper: Keeper) -> list[str]:
    found = []
    for number, state in enumerate(chosen):
        folder = place / f"state-{number}"
        state.write_to(folder)
        try:
            CHECKS[kind](state, folder / "profile", keeper)
        except (Lost, LumbarError) as problem:
            found.append(f"step {state.step}, {state.how}: {problem}")
        shutil.rmtree(folder)
    return found


@pytest.mark.parametrize("kind", CHECKS)
def test_a_power_cut_loses_nothing(kind: str, tmp_path: Path, keeper: Keeper) -> None:
    every = cut(kind, tmp_path, keeper)
    chosen = random.Random(7).sample(every, min(BOUNDED, len(every) - 1)) + every[-1:]
    assert losses(kind, chosen, tmp_path, keeper) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", CHECKS)
def test_a_power_cut_at_every_write_and_sync_loses_nothing(kind: str, tmp_path: Path, keeper: Keeper) -> None:
    every = cut(kind, tmp_path, keeper)
    print(f"{kind}: {len(every)} states")
    assert losses(kind, every, tmp_path, keeper) == []


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_the_test_finds_what_weaker_settings_lose(synchronous: str, tmp_path: Path, keeper: Keeper) -> None:
    every = cut("answering", tmp_path, keeper, synchronous)
    chosen = random.Random(7).sample(every, min(BOUNDED, len(every)))
    assert losses("answering", chosen, tmp_path, keeper) != []


def test_the_store_is_opened_with_the_strong_settings(tmp_path: Path, keeper: Keeper) -> None:
    opened = create_profile(tmp_path / "profile", CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    with opened.store._database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    key = opened._keys.store_key
    opened.close()
    raw = connect(tmp_path / "profile" / profile.STORE_FILE, key)
    assert raw.execute("PRAGMA synchronous").fetchone() == (2,)
    raw.close()
