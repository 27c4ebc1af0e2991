"""An older key file beside the present store opens nothing that was changed since, and locks nobody out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from db import profile, ways_in
from db.profile import KEY_FILE, Opened, create_profile, open_profile, open_with_code, open_with_recovery
from db.restore import restore
from db.roll import ProfileRoll
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.domain import Clinician
from desktop_app.use_cases.errors import CannotCreate, NoKeySlot, OldKeyFile, WrongPassphrase
from desktop_app.use_cases.people import Entry
from tests.db.test_migrations import KEPT
from tests.fakes import StillClock
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE

NEW = "purple bicycle under the bridge"
SECOND = Clinician("second", "Dr B. Second", "general practitioner")
SECONDS_OWN = "eleven quiet herons at noon"


@pytest.fixture
def first(folder: Path, keeper: Keeper) -> Iterator[Opened]:
    opened = create_profile(folder, CLINIC, Clinician(CLINICIAN.id, CLINICIAN.name, CLINICIAN.role_title,
                                                      administers=True), PASSPHRASE, NOW, keeper)
    yield opened
    opened.close()


def add_second(opened: Opened) -> str:
    opened.store.save_clinician(SECOND)
    return opened.give_code(SECOND, NOW + timedelta(days=7))


def failures(opened: Opened) -> list[tuple[str, str, str]]:
    return [(row.event.what, row.event.subject, row.event.detail)
            for row in opened.store.audit_rows(AuditFilter(deed=Deed.FAILED.value))]


def test_a_changed_passphrase_opens_nothing_with_the_old_key_file(first: Opened, folder: Path, keeper: Keeper) -> None:
    add_second(first)
    old = (folder / KEY_FILE).read_bytes()
    first.change_passphrase(NEW, NOW)
    first.close()
    new = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile, match="opens these records no more") as told:
        open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert "recovery key" in told.value.next_step
    (folder / KEY_FILE).write_bytes(new)
    again = open_profile(folder, CLINICIAN.id, NEW, keeper)
    assert failures(again) == [("sign-in", CLINICIAN.id, "through an older key file")]
    assert again.store.verify_audit().sound
    again.close()


def test_the_change_of_a_passphrase_stands_in_the_record_of_use(first: Opened) -> None:
    first.change_passphrase(NEW, NOW)
    newest = first.store.audit_rows()[0]
    assert (newest.event.deed, newest.event.what, newest.event.subject) == (Deed.CHANGED, "passphrase", CLINICIAN.id)


def test_a_used_code_opens_nothing_any_more(first: Opened, folder: Path, keeper: Keeper) -> None:
    code = add_second(first)
    first.close()
    old = (folder / KEY_FILE).read_bytes()
    open_with_code(folder, SECOND.id, code, SECONDS_OWN, NOW, keeper).close()
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile):
        open_with_code(folder, SECOND.id, code, "another one of the thief's own", NOW, keeper)
    assert (folder / KEY_FILE).read_bytes() == old, "nothing was set"


def test_a_recovery_key_that_was_replaced_opens_nothing(first: Opened, folder: Path, keeper: Keeper) -> None:
    old, printed = (folder / KEY_FILE).read_bytes(), first.recovery_key
    first.new_recovery_key()
    first.close()
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile):
        open_with_recovery(folder, printed, keeper)


def test_who_signs_in_beside_an_old_place_of_another_is_let_in_and_it_is_recorded(
        first: Opened, folder: Path, keeper: Keeper) -> None:
    code = add_second(first)
    open_with_code(folder, SECOND.id, code, SECONDS_OWN, NOW, keeper).close()
    old = (folder / KEY_FILE).read_bytes()
    add_second(first)  # another code
    first.close()
    (folder / KEY_FILE).write_bytes(old)
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert ("key file", SECOND.id, "holds a place that was replaced") in failures(opened)
    ways = {one.clinician.id: one.entry for one in ProfileRoll(opened, StillClock()).people()}
    assert ways == {CLINICIAN.id: Entry.PASSPHRASE, SECOND.id: Entry.NONE}
    # An administrator gives the person another way in.
    code = opened.give_code(SECOND, NOW + timedelta(days=7))
    opened.close()
    open_with_code(folder, SECOND.id, code, SECONDS_OWN, NOW, keeper).close()
    again = open_profile(folder, SECOND.id, SECONDS_OWN, keeper)
    again.close()


def test_the_passphrase_again_is_not_the_old_one_either(first: Opened, folder: Path) -> None:
    """To sign, to erase or to vouch while the window is open."""
    old = (folder / KEY_FILE).read_bytes()
    first.change_passphrase(NEW, NOW)
    new = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).write_bytes(old)
    for ask in (first.confirm, lambda word: first.vouch(CLINICIAN.id, word)):
        with pytest.raises(OldKeyFile):
            ask(PASSPHRASE)
    (folder / KEY_FILE).write_bytes(new)
    first.confirm(NEW)


def test_whoever_was_taken_out_has_no_place_whatever_lies_in_the_folder(first: Opened, folder: Path,
                                                                        keeper: Keeper) -> None:
    code = add_second(first)
    open_with_code(folder, SECOND.id, code, SECONDS_OWN, NOW, keeper).close()
    old = (folder / KEY_FILE).read_bytes()
    first.take_out(SECOND)
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile):
        open_profile(folder, SECOND.id, SECONDS_OWN, keeper)


@pytest.mark.parametrize("moment", ["before the file", "after the file"])
def test_a_change_that_is_cut_short_locks_nobody_out(moment: str, first: Opened, folder: Path, keeper: Keeper,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    old = (folder / KEY_FILE).read_bytes()
    write = ways_in.replace_whole

    def cut(path: Path, content: bytes) -> None:
        if moment == "after the file":
            write(path, content)
        raise CannotCreate("The power failed.")

    with monkeypatch.context() as patched:
        patched.setattr(ways_in, "replace_whole", cut)
        with pytest.raises(CannotCreate):
            first.change_passphrase(NEW, NOW)
    first.close()
    word = NEW if moment == "after the file" else PASSPHRASE
    open_profile(folder, CLINICIAN.id, word, keeper).close()
    if moment == "after the file":  # and now the old one is of the past
        (folder / KEY_FILE).write_bytes(old)
        with pytest.raises(OldKeyFile):
            open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)


def test_a_backup_brings_its_own_passphrases(first: Opened, folder: Path, keeper: Keeper, tmp_path: Path) -> None:
    [made] = first.back_up(NOW, BackupPlaces(tmp_path / "backups"), always=True).made
    first.change_passphrase(NEW, NOW)
    first.close()
    restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper).close()
    with pytest.raises(WrongPassphrase):
        open_profile(folder, CLINICIAN.id, NEW, keeper)


def test_a_backup_whose_keys_are_of_a_moment_before_its_records_opens(
        first: Opened, folder: Path, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase may be changed beside a backup: after its key file was read, before its records were."""
    from db import backup

    read = backup.read_key_file

    def changed_after(place: Path) -> bytes:
        content = read(place)
        if place == folder:
            first.change_passphrase(NEW, NOW)
        return content

    with monkeypatch.context() as patched:
        patched.setattr(backup, "read_key_file", changed_after)
        [made] = first.back_up(NOW, BackupPlaces(tmp_path / "backups"), always=True).made
    first.close()
    restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper).close()


def test_a_changed_passphrase_is_worth_a_backup(first: Opened, tmp_path: Path) -> None:
    """Whoever loses the key file finds the newest passphrase in the newest backup."""
    places = BackupPlaces(tmp_path / "backups")
    assert first.back_up(NOW, places).made
    assert not first.back_up(NOW, places).made
    first.change_passphrase(NEW, NOW)
    assert first.back_up(NOW, places).made


def test_the_recovery_key_gives_a_way_in_and_takes_nobody_elses(first: Opened, folder: Path, keeper: Keeper) -> None:
    code = add_second(first)
    open_with_code(folder, SECOND.id, code, SECONDS_OWN, NOW, keeper).close()
    printed = first.recovery_key
    first.close()
    opened = open_with_recovery(folder, printed, keeper)
    opened.set_passphrase(CLINICIAN, NEW, NOW)
    opened.close()
    for who, word in ((CLINICIAN, NEW), (SECOND, SECONDS_OWN)):
        open_profile(folder, who.id, word, keeper).close()
    open_with_recovery(folder, printed, keeper).close()


def test_the_first_sign_in_takes_on_the_key_file_of_a_store_from_before(keeper: Keeper, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(KEPT / "schema_0010", tmp_path / "old"))
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert opened.store.key_places() == frozenset(keeper.places((folder / KEY_FILE).read_bytes()))
    old = (folder / KEY_FILE).read_bytes()
    opened.change_passphrase(NEW, NOW)
    opened.close()
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile):
        open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)


def test_a_copy_on_another_computer_opens_as_before(first: Opened, folder: Path, keeper: Keeper,
                                                    tmp_path: Path) -> None:
    first.change_passphrase(NEW, NOW)
    first.close()
    moved = Path(shutil.copytree(folder, tmp_path / "moved"))
    open_profile(moved, CLINICIAN.id, NEW, keeper).close()


def test_a_greater_effort_takes_the_place_of_the_smaller_one(first: Opened, folder: Path) -> None:
    from desktop_app.seal.keyfile import Effort

    first.close()
    old = (folder / KEY_FILE).read_bytes()
    stronger = Keeper(Effort(rounds=2, kib=64))
    open_profile(folder, CLINICIAN.id, PASSPHRASE, stronger).close()
    assert (folder / KEY_FILE).read_bytes() != old
    open_profile(folder, CLINICIAN.id, PASSPHRASE, stronger).close()
    (folder / KEY_FILE).write_bytes(old)
    with pytest.raises(OldKeyFile):
        open_profile(folder, CLINICIAN.id, PASSPHRASE, stronger)


def test_a_person_without_a_place_is_told_so(first: Opened, folder: Path, keeper: Keeper) -> None:
    first.store.save_clinician(SECOND)
    first.close()
    with pytest.raises(NoKeySlot):
        open_profile(folder, SECOND.id, SECONDS_OWN, keeper)
    assert profile.profile_exists(folder)
