"""A folder that cannot be written to: everything is shown, nothing can be entered, and the window says so (R4)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop_app import places
from desktop_app.door import Door
from desktop_app.seal import keeper
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.errors import NotPermitted
from desktop_app.use_cases.permissions import LOOKING, MAY, ONLY_SHOWN, SHOWN_AS_ASKED, Access, Action
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.main_window import MainWindow
from tests.fakes import StillClock
from tests.people import CLINICIAN, PASSPHRASE, cheap_keeper
from tests.unprivileged import as_nobody

ROOT = Path(__file__).resolve().parents[2]


def test_whoever_it_is_nothing_can_be_changed() -> None:
    access = Access(CLINICIAN, read_only=True)
    for action in Action:
        allowed = action in LOOKING and bool(MAY[action] & CLINICIAN.roles)
        assert access.may(action) is allowed
    with pytest.raises(NotPermitted, match="only shown"):
        access.require(Action.CONSULT)
    access.require(Action.SEE_PATIENTS)


def test_an_emergency_does_not_make_it_writable() -> None:
    access = Access(CLINICIAN, read_only=True)
    access.emergency = "nobody else is here"
    assert not access.may(Action.CONSULT)
    assert access.may(Action.SEE_PATIENTS)


def test_the_worklist_says_so_and_offers_no_new_patient(window: MainWindow, desk: Desk) -> None:
    desk.access.read_only = True
    window.sit_down(desk)
    page = window.stack.currentWidget()
    assert any(label.text() == ONLY_SHOWN for label in page.findChildren(QLabel))
    assert not page.new.isEnabled()


def test_everything_is_shown_and_nothing_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "Keeper", cheap_keeper)
    door = Door(tmp_path / "profile", places.guideline(), StillClock())
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    patient = desk.new_patient(name="Someone", number="B-1", born=date(1950, 1, 1), sex="female")
    desk.open(patient.id).answer_many({})
    door.lock()
    folder = tmp_path / "profile"
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)

    def look() -> None:
        shown = Door(folder, places.guideline(), StillClock())
        shown.__dict__["pack"] = door.pack  # loaded before: the project itself may lie where nobody else can read
        desk = shown.sign_in(shown.users()[0].id, PASSPHRASE)
        assert desk.access.read_only
        assert desk.find("Some")
        with pytest.raises(NotPermitted, match="only shown"):
            desk.new_patient(name="Another", number="B-2", born=date(1950, 1, 1), sex="female")
        shown.lock()

    as_nobody(look)


def test_asked_for_on_the_command_line_nothing_in_the_folder_changes(tmp_path: Path,
                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "Keeper", cheap_keeper)
    folder = tmp_path / "profile"
    door = Door(folder, places.guideline(), StillClock())
    desk, key = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    patient = desk.new_patient(name="Someone", number="B-1", born=date(1950, 1, 1), sex="female")
    desk.open(patient.id).answer_many({})
    door.lock()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    shown = Door(folder, places.guideline(), StillClock(), read_only=True)
    desk = shown.sign_in(shown.users()[0].id, PASSPHRASE)
    assert desk.access.only_shown == SHOWN_AS_ASKED
    assert desk.find("Some")
    assert shown.recovery_key_to_confirm() == ""
    with pytest.raises(NotPermitted, match="--read-only"):
        desk.open(patient.id).answer_many({})
    for change in (lambda: shown.recover(key, "Another", "nurse", PASSPHRASE),
                   lambda: shown.sign_in_with_code("any", "code", PASSPHRASE),
                   lambda: shown.first_start(TRAINING_CLINIC, "Another", "nurse", PASSPHRASE)):
        with pytest.raises(NotPermitted) as refused:
            change()
        assert "without --read-only" in refused.value.next_step
    assert not shown.back_up().made
    shown.leave()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def _ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "desktop_app", *arguments], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False)


def test_there_is_nothing_to_be_shown_where_no_records_are(tmp_path: Path) -> None:
    ran = _ran("--read-only", "--until-ready", "--data-dir", str(tmp_path / "nowhere"))
    assert ran.returncode == 66
    assert "no records" in ran.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("also", [["--demo"], ["self-check"]])
def test_it_is_for_the_window_with_own_records(also: list[str]) -> None:
    ran = _ran("--read-only", *also)
    assert ran.returncode == 2
    assert "--read-only is for the window" in ran.stderr
