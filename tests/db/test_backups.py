"""Backups: checked before they count, thinned by number, never half, and brought back with nothing deleted."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db import backup, change_over, profile
from db.backup import PLACES_FILE, backups_in, places_of, require_whole, save_places
from db.profile import Opened, open_profile, profile_exists, profile_users
from db.restore import restore
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.backups import Backup, BackupPlaces, kept
from desktop_app.use_cases.errors import (
    BadData,
    LumbarError,
    NoInput,
    NotPermitted,
    StoreNewer,
    WrongPassphrase,
)
from tests.benchmarks import restore as benchmark
from tests.people import CLINICIAN, NOW, PASSPHRASE, PATIENT, draft


@pytest.fixture
def places(tmp_path: Path) -> BackupPlaces:
    return BackupPlaces(tmp_path / "backups", tmp_path / "stick" / "backups")


@pytest.fixture
def full(store: SqlStore, opened: Opened) -> Opened:
    """A profile whose administrator may restore, with a draft."""
    store.save_clinician(replace(CLINICIAN, administers=True))
    store.start_encounter(draft(answers={"cancer": Answer(True)}))
    return opened


def one(opened: Opened, places: BackupPlaces) -> Backup:
    report = opened.back_up(NOW, BackupPlaces(places.folder), always=True)
    assert report.remarks == ()
    [made] = report.made
    return made


def prints(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith("-shm")}


def test_a_backup_holds_everything_that_opens_it(full: Opened, places: BackupPlaces) -> None:
    head = full.store.audit_head()
    made = one(full, places)
    assert sorted(path.name for path in made.path.iterdir()) == sorted([*change_over.FILES, backup.MANIFEST])
    assert made.head == head
    assert made.encounters == 1
    assert made.data_hash == backup.data_hash(full.folder / profile.STORE_FILE, full._keys.store_key)
    assert require_whole(made.path) == made
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.path.iterdir())
    said = (made.path / backup.MANIFEST).read_text() + (made.path / profile.STORE_FILE).read_bytes().decode("latin-1")
    assert PATIENT.name not in said
    row = full.store.audit_rows(limit=1)[0].event
    assert (row.deed, row.what, row.new) == (Deed.BACKED_UP, "backup 1", str(head))


def test_only_what_changed_is_backed_up(full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper) -> None:
    only = BackupPlaces(places.folder)
    assert len(full.back_up(NOW, only).made) == 1
    assert full.back_up(NOW, only).made == ()
    full.store.record(AuditEvent(Deed.VIEWED, "encounter", PATIENT.id))
    full.close()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert again.back_up(NOW, only).made == ()
    again.store.save_answers("encounter-1", {"cancer": Answer(False)})
    assert [made.number for made in again.back_up(NOW, only).made] == [2]
    again.close()


def test_a_missing_stick_is_said_and_is_nothing_worse(full: Opened, places: BackupPlaces) -> None:
    report = full.back_up(NOW, places)
    assert [made.path.parent for made in report.made] == [places.folder]
    assert [remark for remark in report.remarks if "stick" in remark] == list(report.remarks)
    assert places.stick is not None
    places.stick.mkdir(parents=True)
    report = full.back_up(NOW, places)  # the folder has everything; the stick has nothing yet
    assert [made.path.parent for made in report.made] == [places.stick]


def test_a_full_disk_is_said_with_its_folder_and_leaves_no_half_backup(
        full: Opened, places: BackupPlaces, monkeypatch: pytest.MonkeyPatch) -> None:
    first = one(full, places)
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    full.store.save_answers("encounter-1", {"cancer": Answer(False)})
    report = full.back_up(NOW, BackupPlaces(places.folder))
    assert report.made == ()
    assert str(places.folder) in report.remarks[0]
    assert "0 MB are free" in report.remarks[0]
    assert backups_in(first.path.parent) == [first]
    [newest] = full.store.audit_rows(limit=1)
    assert newest.event.deed is Deed.FAILED
    assert newest.event.new == "DiskFull"  # one wording, whatever language the screens speak


def test_an_interrupted_backup_never_looks_like_one(full: Opened, places: BackupPlaces,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    first = one(full, places)
    for step in ("check_whole", "_contents", "_print_of", "_sealed", "write_new"):
        def cut(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(backup, step, cut)
            patch.setattr("db.whole_folder.shutil.rmtree", lambda *_, **__: None)  # a power cut tidies nothing up
            with pytest.raises(KeyboardInterrupt):
                full.back_up(NOW, BackupPlaces(places.folder), always=True)
        assert backups_in(first.path.parent) == [first]
    second = one(full, places)
    assert second.number == 2
    assert sorted(path.name for path in first.path.parent.iterdir()) == ["backup-000001", "backup-000002"]


def test_a_backup_without_a_part_is_not_listed_and_a_changed_one_is_refused(
        full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper) -> None:
    made = one(full, places)
    full.close()
    whole = {path.name: path.read_bytes() for path in made.path.iterdir()}
    before = prints(folder)
    for name, content in whole.items():
        (made.path / name).unlink()
        assert backups_in(made.path.parent) == []
        with pytest.raises(BadData):
            require_whole(made.path)
        for position in range(0, len(content), max(1, len(content) // 20)):
            (made.path / name).write_bytes(content[:position] + bytes([content[position] ^ 1]) + content[position + 1:])
            with pytest.raises((BadData, StoreNewer)):
                restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
        (made.path / name).write_bytes(content)
    assert prints(folder) == before
    with pytest.raises(NoInput):
        restore(folder, made.path / "nothing", CLINICIAN.id, PASSPHRASE, keeper, NOW)


def test_a_manifest_written_anew_around_a_changed_store_is_refused(
        full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper) -> None:
    made = one(full, places)
    store = made.path / profile.STORE_FILE
    content = bytearray(store.read_bytes())
    content[5000] ^= 1
    store.write_bytes(content)
    manifest = json.loads((made.path / backup.MANIFEST).read_bytes())
    manifest["files"][profile.STORE_FILE] = backup._print_of(store)
    (made.path / backup.MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    with pytest.raises(BadData):
        restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)


def test_thinning_goes_by_number_and_keeps_the_newest(full: Opened, places: BackupPlaces) -> None:
    assert places.folder is not None
    for number in range(20):  # the clock runs backwards
        full.back_up(NOW - timedelta(days=number), BackupPlaces(places.folder), always=True)
    assert [made.number for made in backups_in(places.folder)] == [*range(20, 4, -1)]
    older, oldest = range(928, 1001, 8), range(256, 1001, 64)
    assert kept(range(1, 1001)) == frozenset({*range(985, 1001), *older, *oldest})
    assert kept([]) == frozenset()


def test_places_are_kept_beside_the_store(folder: Path, opened: Opened, tmp_path: Path) -> None:
    assert places_of(folder) == BackupPlaces(folder / "backups")
    chosen = BackupPlaces(None, tmp_path / "stick")
    save_places(folder, chosen)
    assert places_of(folder) == chosen
    (folder / backup.PLACES_FILE).write_bytes(b"{")
    assert places_of(folder) == BackupPlaces(folder / "backups")
    for damaged in (b'{"folder": "/a\\u0000b", "stick": ""}', b'{"folder": "\\ud800", "stick": ""}', b"[" * 100_000):
        (folder / PLACES_FILE).write_bytes(damaged)
        assert places_of(folder) == BackupPlaces(folder / "backups")


# ---- bringing one back -----------------------------------------------------------------------------------------------


def test_restoring_brings_everything_back_and_sets_the_present_aside(
        full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper) -> None:
    made = one(full, places)
    full.store.save_answers("encounter-1", {"cancer": Answer(False)})
    head = full.store.audit_head()
    full.close()
    before = prints(folder)
    aside = restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    assert {f"{aside.name}/{name}": found for name, found in before.items()}.items() <= prints(folder).items()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert again.store.encounter("encounter-1").answers == {"cancer": Answer(True)}
    assert backup.data_hash(folder / profile.STORE_FILE, again._keys.store_key) == made.data_hash
    [row] = [row.event for row in again.store.audit_rows() if row.event.deed is Deed.RESTORED]
    assert row.detail == str(made.head)
    assert row.old.startswith(f"{head.sequence + 1}:")  # the sign-out after it
    verdict = again.store.verify_audit()
    assert verdict.sound
    assert len(verdict.restored) == 1
    again.close()


@pytest.mark.parametrize("missing", [(), (profile.STORE_FILE,), (profile.KEY_FILE,),
                                     (profile.STORE_FILE, profile.KEY_FILE, profile.AUTHORITY_FILE)])
def test_a_lost_or_damaged_profile_comes_back(full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper,
                                              missing: tuple[str, ...]) -> None:
    made = one(full, places)
    full.close()
    for name in missing:
        (folder / name).unlink()
    if not missing:
        (folder / profile.STORE_FILE).write_bytes(b"damaged" * 1000)
    with pytest.raises(LumbarError):
        open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert again.store.encounter("encounter-1").answers == {"cancer": Answer(True)}
    again.close()


def test_who_may_not_restore_changes_nothing(store: SqlStore, opened: Opened, places: BackupPlaces, folder: Path,
                                             keeper: Keeper) -> None:
    store.save_clinician(replace(CLINICIAN, administers=False))
    made = one(opened, places)
    opened.close()
    before = prints(folder)
    for passphrase, refused in ((PASSPHRASE, NotPermitted), ("brown tractor on the moon", WrongPassphrase)):
        with pytest.raises(refused):
            restore(folder, made.path, CLINICIAN.id, passphrase, keeper, NOW)
    assert prints(folder) == before


def test_a_newer_backup_is_refused(full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper,
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    made = one(full, places)
    full.close()
    monkeypatch.setattr(backup.migrate, "HEAD", "0001")
    before = prints(folder)
    with pytest.raises(StoreNewer):
        restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    assert prints(folder) == before


def test_a_restore_that_is_cut_at_any_step_is_finished_or_did_not_happen(
        full: Opened, places: BackupPlaces, folder: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process ends at the first, second, third … change of a name; the next start finds one of the two states."""
    made = one(full, places)
    full.store.save_answers("encounter-1", {"cancer": Answer(False)})
    full.close()
    pristine = folder.with_name("pristine")
    shutil.copytree(folder, pristine)
    seen = set()
    for last in range(12):
        shutil.rmtree(folder)
        shutil.copytree(pristine, folder)
        steps = iter(range(100))

        def counted(change: Callable[..., object], steps: object = steps, last: int = last) -> Callable[..., object]:
            def run(*given: object) -> object:
                if next(steps) >= last:  # type: ignore[call-overload]
                    raise KeyboardInterrupt
                return change(*given)
            return run

        with monkeypatch.context() as patch:
            for name in ("rename", "replace", "unlink"):
                patch.setattr(Path, name, counted(getattr(Path, name)))
            patch.setattr(shutil, "rmtree", lambda *_, **__: None)
            with contextlib.suppress(KeyboardInterrupt):
                restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
        assert profile_exists(folder)
        assert [user.id for user in profile_users(folder, keeper)] == [CLINICIAN.id]
        again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
        answer = again.store.encounter("encounter-1").answers["cancer"]
        seen.add(answer.value)
        again.close()
        everything = b"".join(path.read_bytes() for path in folder.rglob(profile.STORE_FILE))
        assert len(everything) > 0
        if answer.value:
            assert hashlib.sha256((folder / "set-aside-001" / profile.STORE_FILE).read_bytes()).digest() == \
                hashlib.sha256((pristine / profile.STORE_FILE).read_bytes()).digest()
    assert seen == {True, False}


def test_the_restore_drill(tmp_path: Path) -> None:
    """A small one; the figure for 10,000 encounters comes from the benchmark."""
    benchmark.drill(tmp_path, 200)


@pytest.mark.long
def test_the_restore_drill_with_ten_thousand_encounters(tmp_path: Path) -> None:
    _, restored, _ = benchmark.drill(tmp_path, benchmark.ENCOUNTERS)
    print(f"restored in {restored:.0f} s")
