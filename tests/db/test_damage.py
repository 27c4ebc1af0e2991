"""A damaged store is found before any value is shown; a crash is not taken for damage."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from db import integrity, profile
from db.database import Database, connect
from db.profile import Opened, open_profile
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.domain import Patient
from desktop_app.use_cases.errors import DiskFull, IoFailed, NotPermitted, StoreBusy, StoreDamaged
from tests.people import CLINICIAN, PASSPHRASE, TODAY, draft, log_for


@pytest.fixture
def closed(store: SqlStore, opened: Opened, folder: Path) -> Path:
    for number in range(40):
        patient = Patient(f"p{number}", f"N{number}", "Somebody", TODAY, "male")
        store.add_patient(patient)
        store.start_encounter(draft(f"e{number}", patient, answers={"goals": Answer("walk again " * 40)}))
    opened.close()
    return folder / profile.STORE_FILE


def open_again(path: Path, keeper: Keeper) -> Opened:
    return open_profile(path.parent, CLINICIAN.id, PASSPHRASE, keeper)


def test_every_flipped_bit_is_found(closed: Path, keeper: Keeper) -> None:
    whole, chance = closed.read_bytes(), random.Random(7)
    for _ in range(60):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        closed.write_bytes(changed)
        with pytest.raises(StoreDamaged):
            open_again(closed, keeper)
        assert hashlib.sha256(closed.read_bytes()).digest() == hashlib.sha256(changed).digest()
    closed.write_bytes(whole)
    open_again(closed, keeper).close()


def test_every_truncation_and_every_swap_of_pages_is_found(closed: Path, keeper: Keeper) -> None:
    whole, chance = closed.read_bytes(), random.Random(8)
    pages = [whole[start:start + 4096] for start in range(0, len(whole), 4096)]
    damaged = [whole[:chance.randrange(1, len(whole))] for _ in range(15)]
    damaged += [b"".join(pages[:count]) for count in chance.sample(range(1, len(pages)), 10)]
    for _ in range(10):
        left, right = chance.sample(range(len(pages)), 2)
        swapped = list(pages)
        swapped[left], swapped[right] = swapped[right], swapped[left]
        damaged.append(b"".join(swapped))
    for content in damaged:
        closed.write_bytes(content)
        with pytest.raises(StoreDamaged):
            open_again(closed, keeper)
        assert closed.read_bytes() == content


def test_a_large_store_is_not_read_whole_but_damage_is_still_never_shown(
        closed: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "ALWAYS_CHECKED_UP_TO", 0)
    whole = closed.read_bytes()
    last = len(whole) // 4096 - 1
    found = 0
    for page in range(1, last + 1):
        changed = bytearray(whole)
        changed[page * 4096 + 100] ^= 1
        closed.write_bytes(changed)
        try:
            opened = open_again(closed, keeper)
        except StoreDamaged:
            found += 1
            continue
        try:
            for number in range(40):
                answers = opened.store.encounter(f"e{number}").answers
                assert answers == {"goals": Answer("walk again " * 40)}
        except StoreDamaged:
            found += 1
        finally:
            opened.close()
    assert found > last // 3


def test_what_a_crash_leaves_is_not_damage(store: SqlStore, opened: Opened, folder: Path, tmp_path: Path,
                                           keeper: Keeper) -> None:
    """A copy of the files while the program runs is what a power cut leaves: rows wait in the side file."""
    for number in range(30):
        store.add_patient(Patient(f"p{number}", f"N{number}", "Somebody", TODAY, "male"))
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    (crashed / "store.db-shm").unlink()
    assert integrity.ended_uncleanly(crashed / profile.STORE_FILE)
    # Without the checkpoint first, the page check would call this store damaged.
    again = open_profile(crashed, CLINICIAN.id, PASSPHRASE, keeper)
    assert len(again.store.find_patients("Somebody")) == 30
    again.close()
    assert not integrity.ended_uncleanly(crashed / profile.STORE_FILE)
    assert not (crashed / "store.db-wal").exists()


def test_a_torn_last_write_loses_only_what_was_never_acknowledged(
        store: SqlStore, folder: Path, tmp_path: Path, keeper: Keeper) -> None:
    store.add_patient(Patient("p1", "N1", "Acknowledged", TODAY, "male"))
    size = (folder / "store.db-wal").stat().st_size
    store.add_patient(Patient("p2", "N2", "Torn", TODAY, "male"))
    crashed = tmp_path / "crashed"
    shutil.copytree(folder, crashed)
    (crashed / "store.db-shm").unlink()
    log = crashed / "store.db-wal"
    log.write_bytes(log.read_bytes()[:size + 1000])
    again = open_profile(crashed, CLINICIAN.id, PASSPHRASE, keeper)
    assert [found.id for found in again.store.find_patients("Acknowledged")] == ["p1"]
    assert again.store.find_patients("Torn") == ()
    again.close()


def test_another_program_holding_the_store_is_said_in_words(
        store: SqlStore, opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.database.BUSY_SECONDS", 0.05)
    path, key = folder / profile.STORE_FILE, opened._keys.store_key
    other = connect(path, key)
    other.execute("BEGIN IMMEDIATE")
    mine = Database(path, key)
    with pytest.raises(StoreBusy, match="Another program"):
        SqlStore(mine, log_for(key)).add_patient(Patient("p1", "N1", "Somebody", TODAY, "male"))
    other.execute("ROLLBACK")
    other.close()
    SqlStore(mine, log_for(key)).add_patient(Patient("p1", "N1", "Somebody", TODAY, "male"))
    mine.close()


@pytest.mark.parametrize(("said", "kind"), [
    ("database or disk is full", DiskFull), ("attempt to write a readonly database", NotPermitted),
    ("disk I/O error", IoFailed), ("unable to open database file", IoFailed),
    ("database disk image is malformed", StoreDamaged), ("file is not a database", StoreDamaged),
])
def test_trouble_with_the_disk_is_said_in_words(said: str, kind: type[Exception], tmp_path: Path) -> None:
    from sqlcipher3.dbapi2 import OperationalError

    from db.failures import in_plain_words

    told = in_plain_words(OperationalError(said), tmp_path / "store.db")
    assert type(told) is kind
    assert told.next_step


def test_our_own_mistakes_stay_mistakes(tmp_path: Path) -> None:
    from db.failures import in_plain_words

    assert in_plain_words(ValueError("near SELECT: syntax error"), tmp_path) is None


def test_one_key_does_not_open_anothers_store(closed: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreDamaged):
        integrity.check_whole(closed, bytes(32))
    with pytest.raises(ValueError):
        connect(closed, b"short")
    # SQLCipher writes its own lines about this unless told not to.
    assert capfd.readouterr() == ("", "")
