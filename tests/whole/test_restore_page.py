"""Bringing a backup back through the window: from the settings, and when nobody can get in."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from db.change_over import FILES
from db.profile import KEY_FILE, STORE_FILE
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack
from desktop_app.seal.recovery import new_recovery_key
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.keys import THE_RECOVERY_KEY
from desktop_app.widgets.backups_page import BackupsPage
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.restore_dialog import RestoreNow
from desktop_app.widgets.restore_page import RestorePage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import StillClock
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]


@pytest.fixture
def kept(made: Door, prepare: Prepare) -> Path:
    """The path of a backup in which cancer was answered with yes; now the answer is no."""
    encounter = prepare({"cancer": Answer(True)})
    made.sign_in(made.users()[0].id, PASSPHRASE)
    [backup] = made.back_up().made
    made.lock()
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    desk.open_encounter(encounter).answer_many({"cancer": Answer(False)})
    made.lock()
    return backup.path


def prints(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES
            if (folder / name).exists()}


def dialog_of(hands: Hands) -> RestoreNow:
    hands.wait(lambda: hands.program.restoring.dialog is not None and hands.program.restoring.dialog.isVisible())
    dialog = hands.program.restoring.dialog
    assert dialog is not None
    return dialog


def restore_button(page: RestorePage | BackupsPage) -> Button:
    return next(button for listed in page.lists for (words, _), button in listed.buttons.items()
                if words.startswith("Restore"))


def confirm(hands: Hands, passphrase: str) -> RestoreNow:
    dialog = dialog_of(hands)
    dialog.passphrase.setText(passphrase)
    hands.click(dialog.go)
    hands.wait(lambda: not hands.window.gate.running)
    return dialog


def answered(hands: Hands) -> object:
    """What the only consultation says of cancer."""
    desk = hands.window.desk
    [row] = desk.worklist()
    return desk.open_encounter(row.encounter_id).answers["cancer"].value


def unlocked_again(hands: Hands) -> str:
    """What the unlock page says after a restore; then sign in."""
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    said = walk.words_of(page)
    hands.wait(page.passphrase.hasFocus)
    walk.sign_in(hands)
    return said


def test_from_the_settings(made: Door, start: Start, kept: Path, folder: Path) -> None:
    hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_backups()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, BackupsPage)
    hands.click(restore_button(page))
    told = walk.words_of(dialog_of(hands))
    assert "Restore backup 1 of 12 Nov 2026, 10:05?" in told
    assert "What was entered after that is not in them" in told
    assert "set aside" in told

    before = (folder / KEY_FILE).read_bytes()
    dialog = confirm(hands, "not this one at all")
    assert dialog.isVisible()  # a wrong passphrase changes nothing, and nobody is signed out
    assert "passphrase" in dialog.wrong.text().lower() or "opens" in dialog.wrong.text()
    assert made.is_open
    assert (folder / KEY_FILE).read_bytes() == before
    assert not list(folder.glob("set-aside-*"))

    confirm(hands, PASSPHRASE)
    said = unlocked_again(hands)
    assert "The backup is in place" in said
    assert str(folder / "set-aside-001") in said
    assert answered(hands) is True
    assert sorted(prints(folder / "set-aside-001")) == sorted(FILES)
    [row] = made.audit_rows(AuditFilter(deed=Deed.RESTORED.value))
    assert row.event.what == "backup 1"
    assert made.verify_audit().sound


def damage(store: Path) -> bytes:
    content = bytearray(store.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 100 : page * 4096 + 400] = bytes(300)
    store.write_bytes(content)
    return bytes(content)


def test_from_the_unlock_page_when_the_records_are_damaged(
        made: Door, start: Start, kept: Path, folder: Path) -> None:
    damaged = damage(folder / STORE_FILE)
    hands = start(made)
    unlock = hands.window.stack.currentWidget()
    assert isinstance(unlock, UnlockPage)
    assert not unlock.bring_back.isVisible()
    unlock.passphrase.setText(PASSPHRASE)
    hands.click(unlock.go)
    hands.wait(unlock.bring_back.isVisible)
    assert "The newest backup there is was made on 12 Nov 2026, 10:05: 1 consultation." in walk.words_of(unlock)
    hands.click(unlock.bring_back)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    hands.click(restore_button(page))
    assert "cannot be opened to be compared" in walk.words_of(dialog_of(hands))
    confirm(hands, PASSPHRASE)
    unlocked_again(hands)
    assert answered(hands) is True
    assert (folder / "set-aside-001" / STORE_FILE).read_bytes() == damaged


@pytest.mark.parametrize("missing", [KEY_FILE, STORE_FILE])
def test_when_a_file_is_missing(made: Door, start: Start, kept: Path, folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    hands = start(made)
    page = hands.window.stack.currentWidget()
    if isinstance(page, UnlockPage):
        page.passphrase.setText(PASSPHRASE)
        hands.click(page.go)
        hands.wait(page.bring_back.isVisible)
        assert "The records are missing" in walk.words_of(page)
    assert isinstance(page, (UnlockPage, ErrorPage))
    hands.click(page.bring_back)
    found = hands.window.stack.currentWidget()
    assert isinstance(found, RestorePage)
    hands.click(restore_button(found))
    confirm(hands, PASSPHRASE)
    unlocked_again(hands)
    assert answered(hands) is True


def test_the_role_on_the_day_of_the_backup_counts(
        made: Door, start: Start, prepare: Prepare, folder: Path) -> None:
    prepare({"cancer": Answer(True)})
    made.sign_in(made.users()[0].id, PASSPHRASE)
    store = made._opened.store  # type: ignore[union-attr]
    [person] = store.clinicians()
    store.save_clinician(replace(person, administers=False))
    made.back_up()
    store.save_clinician(person)  # today an administrator, on the day of the backup none
    made.lock()
    hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_backups()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, BackupsPage)
    hands.click(restore_button(page))
    dialog = confirm(hands, PASSPHRASE)
    assert "You may not restore a backup." in dialog.wrong.text()
    assert made.is_open
    assert not list(folder.glob("set-aside-*"))
    assert not (folder / "restoring").exists()
    dialog.reject()
    hands.window.show_worklist()
    assert answered(hands) is True  # the window goes on


def test_on_a_new_computer_from_a_stick(start: Start, kept: Path, tmp_path: Path, guideline_folder: Path,
                                        clock: StillClock, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "stick" / "Lumbar Pathway backups"
    shutil.copytree(kept, stick / kept.name)
    fresh = Door(tmp_path / "new" / "profile", guideline_folder, clock)
    fresh.__dict__["pack"] = pack
    hands = start(fresh)
    first = hands.window.stack.currentWidget()
    assert isinstance(first, FirstStartPage)
    hands.click(first.bring_back)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    answers = [str(tmp_path), str(stick.parent)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    hands.click(page.other)
    assert "There is no backup in" in walk.words_of(page)
    hands.click(page.other)
    hands.click(restore_button(page))
    confirm(hands, PASSPHRASE)
    unlocked_again(hands)
    assert answered(hands) is True
    fresh.lock()


def test_with_the_recovery_key_when_nobody_knows_a_passphrase_of_that_day(
        made: Door, start: Start, prepare: Prepare, folder: Path) -> None:
    encounter = prepare({"cancer": Answer(True)})
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    assert desk.keys is not None
    printed = desk.keys.new_recovery_key(PASSPHRASE)
    made.recovery_key_kept()
    made.back_up()
    made.lock()
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    desk.open_encounter(encounter).answer_many({"cancer": Answer(False)})
    made.lock()
    (folder / KEY_FILE).unlink()
    hands = start(made)
    lost = hands.window.stack.currentWidget()
    assert isinstance(lost, (UnlockPage, ErrorPage))
    hands.click(lost.bring_back)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    hands.click(restore_button(page))
    dialog = dialog_of(hands)
    dialog.who.setCurrentIndex(dialog.who.findData(THE_RECOVERY_KEY))
    for wrong, said in (("no key at all", "recovery key"), (new_recovery_key(), "not the one of this store")):
        confirm(hands, wrong)
        assert dialog.isVisible()
        assert said in dialog.wrong.text()
        assert not list(folder.glob("set-aside-*"))
    confirm(hands, f" {printed.lower()} ")
    said = unlocked_again(hands)
    assert "The backup is in place" in said
    assert answered(hands) is True
    [row] = made.audit_rows(AuditFilter(deed=Deed.RESTORED.value))
    assert row.event.new == "with the recovery key"
    assert made.verify_audit().sound


def test_a_damaged_backup_is_refused_before_anything_is_asked(
        made: Door, start: Start, kept: Path, folder: Path) -> None:
    content = bytearray((kept / STORE_FILE).read_bytes())
    content[5000] ^= 1
    (kept / STORE_FILE).write_bytes(content)
    hands = start(made)
    walk.sign_in(hands)
    before = prints(folder)
    hands.window.settings.show_backups()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, BackupsPage)
    hands.click(restore_button(page))
    hands.wait(page.wrong.isVisible)
    assert "is damaged" in page.wrong.text()
    assert "Nothing was changed" in page.wrong.text()
    assert hands.program.restoring.dialog is None
    assert prints(folder) == before


def test_a_disk_that_fails_after_the_last_check_is_told_and_nothing_is_lost(
        made: Door, start: Start, kept: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_backups()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, BackupsPage)
    hands.click(restore_button(page))
    dialog_of(hands)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("db.restore.replace_whole", full)
        confirm(hands, PASSPHRASE)
    failed = hands.window.stack.currentWidget()
    assert isinstance(failed, ErrorPage)
    assert "No space left on device" in walk.words_of(failed)
    hands.click(failed.again_button)
    walk.sign_in(hands)
    assert hands.page(WorklistPage)
    assert answered(hands) is False
    assert not list(folder.glob("set-aside-*"))
