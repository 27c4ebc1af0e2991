"""Two windows of two processes on the same records: the second is told who has them and since when."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.in_use import IN_USE_FILE
from desktop_app.door import Door
from desktop_app.use_cases.errors import NotPermitted, StoreBusy
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def other(made: Door, folder: Path, guideline_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the records open."""
    with subprocess.Popen([sys.executable, "-m", "tests.whole.second_user", str(folder), str(guideline_folder)],
                          cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def told(hands: Hands) -> str:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    hands.click(page.passphrase)
    page.passphrase.clear()
    hands.type(PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.page(UnlockPage) or page.trouble.isVisible())
    return walk.words_of(page.trouble) if hands.page(UnlockPage) else ""


def test_the_second_is_told_by_whom_and_since_when(
        made: Door, other: subprocess.Popen[str], start: Callable[[Door], Hands]) -> None:
    hands = start(made)
    said = told(hands)
    assert "The records are in use" in said
    assert f"in use by {walk.NAME} since 2026-11-12 10:05" in said
    assert "Ask them to lock that window" in said
    assert not made.is_open
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdin.write("\n")  # they lock their window
    other.stdin.flush()
    assert other.stdout.readline() == "shut\n"
    assert told(hands) == ""
    hands.wait(lambda: hands.page(WorklistPage))


def test_the_second_looks_at_what_is_there_now(
        made: Door, other: subprocess.Popen[str], start: Callable[[Door], Hands]) -> None:
    """Also at what the other has not moved out of the write-ahead file; and changes nothing."""
    hands = start(made)
    assert "in use by" in told(hands)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    hands.click(page.look_in)
    hands.wait(lambda: hands.page(WorklistPage))
    said = walk.words_of(hands.window)
    assert "The records are only shown, as they were at 10:05: somebody is working in them" in said
    desk = hands.window.desk
    [patient] = desk.find("")
    assert patient.name == "Amina Second"  # entered by the other a moment ago
    with pytest.raises(NotPermitted, match="as they were at 10:05") as refused:
        desk.new_patient(name="A B", number="2", born=date(1950, 1, 1), sex="male")
    assert "Lock this window" in refused.value.next_step
    hands.window.locked.emit()
    hands.wait(lambda: hands.page(UnlockPage))
    assert other.poll() is None
    other.kill()
    other.wait()
    assert told(hands) == ""
    hands.wait(lambda: hands.page(WorklistPage))
    assert [one.name for one in hands.window.desk.find("")] == ["Amina Second"]
    assert hands.window.desk.access.only_shown == ""


def test_read_only_beside_a_window_shows_a_copy(made: Door, other: subprocess.Popen[str], folder: Path,
                                                guideline_folder: Path) -> None:
    assert other.poll() is None
    second = Door(folder, guideline_folder, made._clock, read_only=True)
    desk = second.sign_in(second.users()[0].id, PASSPHRASE)
    assert [one.name for one in desk.find("")] == ["Amina Second"]
    assert not desk.access.may(Action.CONSULT)
    second.lock()


def test_a_window_that_was_killed_holds_nothing(
        made: Door, other: subprocess.Popen[str], start: Callable[[Door], Hands]) -> None:
    other.kill()
    other.wait()
    hands = start(made)
    assert told(hands) == ""
    hands.wait(lambda: hands.page(WorklistPage))


def test_nothing_is_restored_under_another_window(made: Door, prepare: Prepare, folder: Path,
                                                  guideline_folder: Path) -> None:
    prepare({})
    made.sign_in(made.users()[0].id, PASSPHRASE)
    [backup] = made.back_up().made
    second = Door(folder, guideline_folder, made._clock)
    with pytest.raises(StoreBusy, match=f"in use by {walk.NAME}"):
        second.restore(backup.path, made.users()[0].id, PASSPHRASE)
    assert not list(folder.glob("set-aside-*"))
    made.lock()
    second.restore(backup.path, made.users()[0].id, PASSPHRASE)


def test_a_folder_without_locks_keeps_nobody_out(made: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_handle: int) -> bool:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("db.in_use._locked", none)
    made.sign_in(made.users()[0].id, PASSPHRASE)
    assert made.is_open


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_file_that_somebody_linked_under_that_name_is_not_emptied(
        made: Door, folder: Path, tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    """As another user can in a folder that several share."""
    precious = tmp_path / "precious"
    precious.write_text("the work of years")
    (folder / IN_USE_FILE).unlink(missing_ok=True)
    link(precious, folder / IN_USE_FILE)
    made.sign_in(made.users()[0].id, PASSPHRASE)
    made.lock()
    assert precious.read_text() == "the work of years"
