"""A wrong passphrase, a missing key file and a damaged store are told apart where the passphrase is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from db.profile import KEY_FILE, STORE_FILE
from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.recovery_page import RecoveryPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]
NEW_PASSPHRASE = "seven lanterns in the harbour"


def told(hands: Hands, passphrase: str) -> str:
    """What the unlock page says after a passphrase that opens nothing."""
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    hands.click(page.passphrase)
    page.passphrase.clear()
    hands.type(passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.wait(page.trouble.isVisible)
    return walk.words_of(page.trouble)


def damage(store: Path) -> None:
    """What a failing disk does: pages in the middle of the file are no longer what was written."""
    content = bytearray(store.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 + 100 : page * 4096 + 400] = bytes(300)
    store.write_bytes(content)


def test_three_troubles_three_messages(made: Door, folder: Path, start: Start) -> None:
    hands = start(made)
    wrong = told(hands, PASSPHRASE + "!")
    assert "The passphrase is not right" in wrong
    assert walk.NAME in wrong

    keys = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).unlink()
    missing = told(hands, PASSPHRASE)
    assert "The key file is missing" in missing
    (folder / KEY_FILE).write_bytes(keys)

    damage(folder / STORE_FILE)
    damaged = told(hands, PASSPHRASE)
    assert "damaged" in damaged
    assert len({wrong, missing, damaged}) == 3
    assert not any("Error" in words or "Traceback" in words for words in (wrong, missing, damaged))


def test_an_older_key_file_is_told_from_all_of_these(made: Door, folder: Path, start: Start) -> None:
    """Put back by whoever knows the passphrase that was changed; the newest one opens once its file is back."""
    old = (folder / KEY_FILE).read_bytes()
    people = made.sign_in("", PASSPHRASE).people
    assert people is not None
    people.change_own_passphrase(PASSPHRASE, NEW_PASSPHRASE)
    made.lock()
    new = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).write_bytes(old)
    hands = start(made)
    words = told(hands, PASSPHRASE)
    assert "The key file is an older one" in words
    assert "restore a backup" in words
    (folder / KEY_FILE).write_bytes(new)
    unlock = hands.window.stack.currentWidget()
    assert isinstance(unlock, UnlockPage)
    hands.click(unlock.passphrase)
    unlock.passphrase.clear()
    hands.type(NEW_PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.page(WorklistPage))


def test_after_a_wrong_passphrase_the_right_one_opens(made: Door, start: Start) -> None:
    hands = start(made)
    told(hands, "not this one at all")
    hands.type(PASSPHRASE)  # the wrong words are marked, so that typing replaces them
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.page(WorklistPage))


def test_a_key_file_missing_at_the_start_is_said_and_nothing_is_made_anew(
    made: Door, folder: Path, start: Start,
) -> None:
    keys = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).unlink()
    hands = start(made)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, ErrorPage)
    assert "The key file is missing" in walk.words_of(page)
    assert not (folder / KEY_FILE).exists()
    (folder / KEY_FILE).write_bytes(keys)
    hands.click(page.again_button)
    walk.sign_in(hands)


def test_the_recovery_key_gives_a_new_passphrase(door: Door, start: Start) -> None:
    hands = start(door)
    key = walk.first_start(hands)
    hands.program.lock()
    unlock = hands.window.stack.currentWidget()
    assert isinstance(unlock, UnlockPage)
    hands.click(unlock.lost)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, RecoveryPage)
    assert page.who.currentText() == walk.NAME
    for field, text in (("key", key), ("passphrase", NEW_PASSPHRASE), ("again", NEW_PASSPHRASE)):
        walk.write(hands, page.form, field, text)
    hands.click(page.go)
    hands.wait(lambda: hands.page(WorklistPage))
    hands.program.lock()
    walk.sign_in(hands, NEW_PASSPHRASE)


def test_locking_leaves_nothing_of_the_patient_in_the_window(
    made: Door, prepare: Prepare, start: Start, c01: Case,
) -> None:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    assert hands.page(ConsultationView)
    hands.click(hands.view._bar.lock_button)
    assert hands.page(UnlockPage)
    assert hands.window.view is None
    assert str(c01.patient.name) not in walk.words_of(hands.window)
