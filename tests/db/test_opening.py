"""Each thing that can be wrong with a profile says what it is, and nothing is deleted or made anew."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from db import profile
from db.profile import Opened, create_profile, open_profile, open_with_recovery, profile_exists, profile_users
from db.whole_folder import replace_whole
from desktop_app.engine.answers import Answer
from desktop_app.seal.keeper import Keeper
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.domain import Clinician
from desktop_app.use_cases.errors import (
    CannotCreate,
    KeyFileDamaged,
    KeyFileError,
    KeyFileMissing,
    LumbarError,
    NoKeySlot,
    NotPermitted,
    ProfileExists,
    StoreDamaged,
    StoreMissing,
    StoreNewer,
    WeakPassphrase,
    WrongPassphrase,
)
from desktop_app.use_cases.keys import KeyUser
from desktop_app.use_cases.ports import SignatureRequest
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, cheap_keeper, draft
from tests.seal.conftest import SECRET, new_clinic
from tests.seal.paper import plan_pdf


@pytest.fixture
def closed(opened: Opened, folder: Path) -> Opened:
    opened.store.add_patient(PATIENT)
    opened.store.start_encounter(draft(answers={"cancer": Answer(True)}))
    opened.close()
    return opened


def fingerprints(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def refused(folder: Path, keeper: Keeper, kind: type[LumbarError], passphrase: str = PASSPHRASE,
            user: str = CLINICIAN.id) -> LumbarError:
    before = fingerprints(folder)
    with pytest.raises(kind) as told:
        open_profile(folder, user, passphrase, keeper)
    assert type(told.value) is kind
    assert str(told.value).endswith(".")
    assert told.value.next_step.endswith(".")
    assert fingerprints(folder) == before
    return told.value


def test_what_was_stored_is_there_after_opening_again(closed: Opened, folder: Path, keeper: Keeper) -> None:
    assert closed.recovery_key
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    try:
        assert again.user == CLINICIAN
        assert again.store.clinic() == CLINIC
        assert again.store.encounter("encounter-1").answers == {"cancer": Answer(True)}
        assert again.recovery_key == ""
        assert again.authority == (folder / profile.AUTHORITY_FILE).read_bytes()
    finally:
        again.close()


def test_the_only_user_need_not_be_named(closed: Opened, folder: Path, keeper: Keeper) -> None:
    assert profile_users(folder, keeper) == (KeyUser(CLINICIAN.id, CLINICIAN.name),)
    again = open_profile(folder, "", PASSPHRASE, keeper)
    assert again.user == CLINICIAN
    again.close()


def test_every_mishap_has_words_of_its_own(closed: Opened, folder: Path, keeper: Keeper) -> None:
    said = [refused(folder, keeper, WrongPassphrase, "brown tractor on the moon"),
            refused(folder, keeper, NoKeySlot, user="somebody else")]
    keys, store = folder / profile.KEY_FILE, folder / profile.STORE_FILE
    key_bytes, store_bytes = keys.read_bytes(), store.read_bytes()

    keys.unlink()
    said.append(refused(folder, keeper, KeyFileMissing))
    keys.write_bytes(key_bytes.replace(b'"wrapped": "', b'"wrapped": "A', 1))
    said.append(refused(folder, keeper, KeyFileDamaged))
    keys.write_bytes(key_bytes)

    store.unlink()
    said.append(refused(folder, keeper, StoreMissing))
    store.write_bytes(store_bytes[:5000] + b"\x00" * 64 + store_bytes[5064:])
    said.append(refused(folder, keeper, StoreDamaged))
    store.write_bytes(store_bytes)

    assert len({str(problem) for problem in said}) == len({type(problem) for problem in said}) == 6
    assert len({problem.next_step for problem in said}) == 6
    open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper).close()


def test_a_key_file_of_another_store(closed: Opened, folder: Path, keeper: Keeper, tmp_path: Path) -> None:
    create_profile(tmp_path / "other", CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper).close()
    (folder / profile.KEY_FILE).write_bytes((tmp_path / "other" / profile.KEY_FILE).read_bytes())
    assert "key file" in str(refused(folder, keeper, StoreDamaged))


def test_a_key_file_of_a_newer_program(closed: Opened, folder: Path, keeper: Keeper) -> None:
    path = folder / profile.KEY_FILE
    content = json.loads(path.read_bytes())
    path.write_text(json.dumps({**content, "version": 2, "something": "new"}))
    refused(folder, keeper, StoreNewer)


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"SQLite format 3\x00" + b"\x00" * 5000, b"{}"])
def test_a_foreign_or_empty_store_file(closed: Opened, folder: Path, keeper: Keeper, content: bytes) -> None:
    (folder / profile.STORE_FILE).write_bytes(content)
    refused(folder, keeper, StoreDamaged)


def test_the_recovery_key_lets_somebody_in_again(closed: Opened, folder: Path, keeper: Keeper) -> None:
    recovered = open_with_recovery(folder, closed.recovery_key.lower().replace("-", " "), keeper)
    assert recovered.user is None
    assert recovered.store.encounter("encounter-1").answers == {"cancer": Answer(True)}
    with pytest.raises(NotPermitted, match="no signing key"):
        recovered.signer()
    recovered.set_passphrase(CLINICIAN, "seven yellow boats upstream", NOW)
    assert recovered.signer().name == CLINICIAN.name
    recovered.close()
    refused(folder, keeper, WrongPassphrase, PASSPHRASE)
    again = open_profile(folder, CLINICIAN.id, "seven yellow boats upstream", keeper)
    assert again.signer().sign(SignatureRequest(plan_pdf(), "Care plan", CLINICIAN.name, NOW))
    again.close()
    open_with_recovery(folder, closed.recovery_key, keeper).close()


def test_a_new_passphrase_keeps_the_signing_key(opened: Opened, folder: Path, keeper: Keeper) -> None:
    before = opened.store.signing_key(CLINICIAN.id)
    opened.set_passphrase(CLINICIAN, "seven yellow boats upstream", NOW)
    opened.close()
    again = open_profile(folder, CLINICIAN.id, "seven yellow boats upstream", keeper)
    assert again.store.signing_key(CLINICIAN.id) == before
    assert again.signer().name == CLINICIAN.name
    again.close()


def test_a_second_user_gets_a_place_and_a_key_of_their_own(closed: Opened, folder: Path, keeper: Keeper) -> None:
    second = Clinician("clinician-2", "Dr A. Bell", "neurologist")
    first = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    first.set_passphrase(second, "nine quiet owls at dawn", NOW)
    first.close()
    assert len(profile_users(folder, keeper)) == 2
    refused(folder, keeper, NoKeySlot, user="")
    refused(folder, keeper, WrongPassphrase, user=second.id)
    theirs = open_profile(folder, second.id, "nine quiet owls at dawn", keeper)
    assert theirs.signer().name == second.name
    theirs.close()
    own = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert own.signer().name == CLINICIAN.name
    own.close()


def test_what_was_signed_stays_valid_after_a_recovery(opened: Opened, folder: Path, keeper: Keeper) -> None:
    request = SignatureRequest(plan_pdf(), "Care plan", CLINICIAN.name, NOW)
    before = opened.signer().sign(request)
    opened.close()
    recovered = open_with_recovery(folder, opened.recovery_key, keeper)
    recovered.set_passphrase(CLINICIAN, "seven yellow boats upstream", NOW)
    after = recovered.signer().sign(request)
    recovered.close()
    assert before != after
    for signed in (before, after):
        assert PdfSeal().verify(signed, [recovered.authority]).accepted


def test_a_signing_key_goes_out_and_another_comes_in(opened: Opened, folder: Path, keeper: Keeper) -> None:
    request = SignatureRequest(plan_pdf(), "Care plan", CLINICIAN.name, NOW)
    outside = opened.export_signing_key("a purse of old coins")
    assert PdfSeal().open_key(outside, b"a purse of old coins").sign(request) == opened.signer().sign(request)
    with pytest.raises(WeakPassphrase):
        opened.export_signing_key("short")

    elsewhere = new_clinic("Regional Hospital")
    opened.import_signing_key(elsewhere.p12, SECRET, NOW)
    opened.close()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert PdfSeal().verify(again.signer().sign(request), elsewhere.trust).accepted
    with pytest.raises(KeyFileError, match="passphrase does not open"):
        again.import_signing_key(elsewhere.p12, b"another", NOW)
    assert PdfSeal().verify(again.signer().sign(request), elsewhere.trust).accepted
    again.close()


def test_signing_asks_for_the_passphrase_again(opened: Opened) -> None:
    opened.confirm(PASSPHRASE)
    assert opened.signer().name == CLINICIAN.name
    with pytest.raises(WrongPassphrase):
        opened.confirm("brown tractor on the moon")


def test_a_first_start_never_touches_what_is_there(closed: Opened, folder: Path, keeper: Keeper) -> None:
    before = fingerprints(folder)
    with pytest.raises(ProfileExists):
        create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    assert fingerprints(folder) == before
    assert profile_exists(folder)


def test_an_empty_folder_is_taken_and_leftovers_are_cleared(tmp_path: Path, keeper: Keeper) -> None:
    folder, leftover = tmp_path / "profile", tmp_path / ".profile.unfinished-0a1b"
    folder.mkdir()
    leftover.mkdir()
    (leftover / "keys.json").write_text("half")
    assert not profile_exists(folder)
    create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper).close()
    assert not leftover.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["clinic-certificate.pem", "keys.json", "store.db"]


def test_a_place_that_cannot_be_made(tmp_path: Path, keeper: Keeper) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotCreate, match="cannot be written"):
        create_profile(tmp_path / "file" / "profile", CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)


def test_a_weak_passphrase_makes_nothing(tmp_path: Path, keeper: Keeper) -> None:
    with pytest.raises(WeakPassphrase, match="at least 15"):
        create_profile(tmp_path / "profile", CLINIC, CLINICIAN, "too short", NOW, keeper)
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_can_read_any_file(tmp_path: Path, keeper: Keeper) -> None:
    folder, before = tmp_path / "profile", os.umask(0)  # the most careless setting there is
    try:
        opened = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
        opened.store.add_patient(PATIENT)
        replace_whole(folder / "keys.json", (folder / "keys.json").read_bytes())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        opened.close()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(
        ("clinic-certificate.pem", "keys.json", "store.db", "store.db-shm", "store.db-wal"), 0o600)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_name_stands_readable_in_any_file_of_the_store(store: object, opened: Opened, folder: Path) -> None:
    opened.store.start_encounter(draft(answers={"goals": Answer("canary goal")}))
    for path in folder.glob("store.db*"):
        content = path.read_bytes()
        for secret in ("Öberg".encode(), b"canary", b"TR-0001", b"SQLite format", b"CREATE TABLE"):
            assert secret not in content


def test_keys_and_passphrases_are_not_shown(opened: Opened) -> None:
    shown = repr(opened)
    assert opened.recovery_key not in shown
    assert opened._keys.store_key.hex() not in shown
    assert repr(opened._keys.store_key) not in shown + repr(opened._keys)


def test_the_real_effort_is_what_the_threat_model_asks_for() -> None:
    effort = Keeper()._effort
    assert (effort.rounds, effort.kib, effort.lanes) == (3, 65536, 1)
    assert cheap_keeper()._effort != effort
