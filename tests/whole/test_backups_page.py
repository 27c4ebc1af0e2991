"""Backups through the window, over the real encrypted store: made beside it, told when they fail, checked again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from db.kept_backups import STICK_FOLDER
from desktop_app.door import Door
from desktop_app.widgets.backup_rounds import EVERY_SECONDS
from desktop_app.widgets.backups_page import BackupsPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands


def said(hands: Hands, text: str) -> bool:
    """Whether it stands on the page, once what was put there is in sight."""
    hands.wait(lambda: text in walk.words_of(hands.window.stack.currentWidget()))
    return True


def page_of(hands: Hands) -> BackupsPage:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, BackupsPage)
    return page


def to_backups(hands: Hands) -> BackupsPage:
    """From the worklist through the settings, by clicks."""
    hands.window.settings.show_settings()
    settings = hands.window.stack.currentWidget()
    assert isinstance(settings, SettingsPage)
    hands.click(settings.backups)
    return page_of(hands)


def asked_for(hands: Hands) -> BackupsPage:
    page = to_backups(hands)
    hands.click(page.now)
    hands.wait(lambda: not hands.window.rounds.gate.running)
    return page_of(hands)


def folder_of(profile: Path) -> Path:
    return profile / "backups"


def test_one_is_made_beside_the_window_and_shown_with_its_check(at_desk: Hands, folder: Path) -> None:
    page = to_backups(at_desk)
    assert said(at_desk, "There is no backup yet")
    assert said(at_desk, "same disk")
    heard: list[float] = []
    at_desk.window.rounds.growing.connect(lambda _folder, done: heard.append(done))
    at_desk.click(page.now)
    assert at_desk.window.rounds.gate.running
    assert at_desk.window.stack.isEnabled()  # the window can be used meanwhile
    assert page.bar.isVisible()
    assert not page.now.isEnabled()
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert said(at_desk, "Last good backup: 12 Nov 2026, 10:05 (today)")
    assert said(at_desk, "Read whole when it was made")
    assert said(at_desk, str(folder_of(folder) / "backup-000001"))
    assert not page.bar.isVisible()
    assert page.now.isEnabled()


def test_a_round_goes_on_when_its_page_is_left(at_desk: Hands, folder: Path) -> None:
    page = to_backups(at_desk)
    at_desk.click(page.now)
    at_desk.window.show_worklist()
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert (folder_of(folder) / "backup-000001").is_dir()
    assert at_desk.page(WorklistPage)


def test_a_damaged_one_is_found_when_it_is_read_again(at_desk: Hands, folder: Path) -> None:
    page = asked_for(at_desk)
    again = next(button for (words, _), button in page.lists[0].buttons.items() if "again" in words)
    at_desk.click(again)
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert said(at_desk, "nothing is missing")

    store = folder_of(folder) / "backup-000001" / "store.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    store.write_bytes(content)
    at_desk.click(next(button for (words, _), button in page.lists[0].buttons.items() if "again" in words))
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert said(at_desk, "is damaged")
    assert not page.lists[0].buttons  # it is not offered to be brought back
    assert said(at_desk, "There is no backup yet")  # and not counted as a good one

    (folder_of(folder) / "backup-000001" / "manifest.json").unlink()
    page.show_all()
    assert said(at_desk, "A part is missing")


def test_a_round_that_failed_is_told_on_the_worklist_until_one_succeeds(
        made: Door, start: object, prepare: Prepare, folder: Path) -> None:
    prepare({})
    folder_of(folder).write_bytes(b"a file where the folder should be")
    hands = start(made)  # type: ignore[operator]
    walk.sign_in(hands)
    hands.window.rounds.timer.timeout.emit()
    hands.wait(lambda: not hands.window.rounds.gate.running)
    worklist = hands.window.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    assert said(hands, f"No backup was made in {folder_of(folder)}")
    assert said(hands, "See Settings, Backups")

    hands.program.lock()
    walk.sign_in(hands)  # it is told from the record of use after another start as well
    assert said(hands, "at the last try")

    folder_of(folder).unlink()
    hands.window.rounds.timer.timeout.emit()
    hands.wait(lambda: not hands.window.rounds.gate.running)
    assert "No backup was made" not in walk.words_of(hands.window.stack.currentWidget())
    assert (folder_of(folder) / "backup-000001").is_dir()


def test_the_half_hour_comes_through_the_window_s_own_timer(
        made: Door, start: object, prepare: Prepare, folder: Path) -> None:
    prepare({})
    hands = start(made)  # type: ignore[operator]
    walk.sign_in(hands)
    timer = hands.window.rounds.timer
    assert timer.isActive()
    assert timer.interval() == EVERY_SECONDS * 1000 == 1_800_000
    assert not timer.isSingleShot()
    reports: list[int] = []
    hands.window.rounds.over.connect(lambda report: reports.append(len(report.made)))
    timer.setInterval(1)  # the half hour passes
    hands.wait(lambda: len(reports) > 1)
    timer.setInterval(EVERY_SECONDS * 1000)
    hands.wait(lambda: not hands.window.rounds.gate.running)
    assert reports[:2] == [1, 0]  # nothing changed between the two
    assert [path.name for path in folder_of(folder).iterdir()] == ["backup-000001"]

    before = list(reports)
    hands.program.lock()
    timer.timeout.emit()
    assert not hands.window.rounds.gate.running  # nobody is signed in: there is no key
    walk.sign_in(hands)
    hands.wait(lambda: len(reports) > len(before))  # so it is made up for as soon as there is one


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the dialog of the system answers."""
    answers: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0) if answers else "")
    return answers


def test_a_folder_and_a_stick_are_chosen_and_written_to(at_desk: Hands, tmp_path: Path, chosen: list[str]) -> None:
    elsewhere, stick = tmp_path / "elsewhere", tmp_path / "stick"
    elsewhere.mkdir()
    stick.mkdir()
    page = to_backups(at_desk)
    chosen += [str(elsewhere), str(stick)]
    at_desk.click(page.buttons["folder"])
    at_desk.click(page.buttons["stick"])
    page = asked_for(at_desk)
    assert (elsewhere / "backup-000001").is_dir()
    assert (stick / STICK_FOLDER / "backup-000001").is_dir()
    stick.rename(tmp_path / "taken away")
    at_desk.click(page.now)
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert said(at_desk, "The stick is not there")
    at_desk.window.show_worklist()
    assert said(at_desk, "The stick for backups is not there")
    assert (elsewhere / "backup-000002").is_dir()
    assert not stick.exists()  # nothing is written to the disk under a stick that is away
    page = to_backups(at_desk)
    at_desk.click(page.buttons["no stick"])
    assert said(at_desk, "No stick was chosen")


def test_a_folder_that_cannot_be_written_to_is_refused_with_a_sentence(
        at_desk: Hands, tmp_path: Path, chosen: list[str]) -> None:
    (tmp_path / "a file").write_bytes(b"")
    page = to_backups(at_desk)
    chosen.append(str(tmp_path / "a file" / "folder"))
    at_desk.click(page.buttons["folder"])
    assert said(at_desk, "Backups cannot be written to")
    assert said(at_desk, os.strerror(20))
    at_desk.click(page.now)
    at_desk.wait(lambda: not at_desk.window.rounds.gate.running)
    assert said(at_desk, "Made and read whole")  # the old folder holds
