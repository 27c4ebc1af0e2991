"""An older copy of the whole store in the place of the present one is noticed when somebody signs in."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from db.kept_head import HEADS
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import IoFailed
from desktop_app.use_cases.older_records import KeptHead
from desktop_app.widgets.older_records_part import AcceptOlder
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import StillClock
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

ROOT = Path(__file__).resolve().parents[2]
SAID = "These records are older than they were"
Start = Callable[[Door], Hands]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def door(folder: Path, state: Path, guideline_folder: Path, clock: StillClock, pack: Pack) -> Iterator[Door]:
    made = Door(folder, guideline_folder, clock, state=state)
    made.__dict__["pack"] = pack
    yield made
    made.lock()


def come_in(door: Door) -> None:
    door.sign_in(door.users()[0].id, PASSPHRASE)


@pytest.fixture
def rolled_back(made: Door, prepare: Prepare, folder: Path, tmp_path: Path) -> Door:
    """Cancer was answered; then the whole folder of the records was put back to the day before."""
    encounter = prepare({})
    shutil.copytree(folder, tmp_path / "older")
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    desk.open_encounter(encounter).answer_many({"cancer": Answer(value=True)})
    made.lock()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "older", folder)
    return made


def test_it_is_said_until_an_administrator_goes_on(rolled_back: Door, start: Start) -> None:
    hands = start(rolled_back)
    walk.sign_in(hands)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert SAID in walk.words_of(page)
    verdict = rolled_back.verify_audit()
    assert not verdict.sound
    assert any("the note of this computer" in problem for problem in verdict.problems)
    assert page.older is not None
    hands.click(page.older)
    dialog = next(one for one in hands.window.findChildren(AcceptOlder) if one.isVisible())
    dialog.passphrase.setText(PASSPHRASE)
    hands.click(dialog.go)
    assert dialog.isVisible()  # no reason, nothing accepted
    dialog.reason.setPlainText("The disk was copied back after a repair")
    hands.click(dialog.go)
    hands.wait(lambda: not hands.window.gate.running)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert SAID not in walk.words_of(page)
    assert rolled_back.verify_audit().sound
    found = rolled_back.audit_rows(AuditFilter(deed=Deed.FAILED.value))
    assert found[0].event.what == "records older than they were"
    [row] = [one for one in rolled_back.audit_rows(AuditFilter(deed=Deed.CHANGED.value))
             if one.event.what == "records older than they were"]
    assert row.event.detail == "The disk was copied back after a repair"


def test_it_is_said_again_at_the_next_sign_in(rolled_back: Door) -> None:
    for _ in range(3):
        desk = rolled_back.sign_in(rolled_back.users()[0].id, PASSPHRASE)
        assert desk.older_records is not None
        assert desk.older_records.missed is not None
        rolled_back.lock()


def test_nothing_is_said_when_all_is_well(made: Door, prepare: Prepare, folder: Path, state: Path,
                                          tmp_path: Path) -> None:
    prepare({"cancer": Answer(value=True)})
    shutil.copytree(folder, tmp_path / "moved")
    for _ in range(2):
        desk = made.sign_in(made.users()[0].id, PASSPHRASE)
        assert desk.older_records is not None
        assert desk.older_records.missed is None
        made.lock()
    notes = list((state / HEADS).iterdir())
    assert len(notes) == 2
    for note in notes:  # a number, a seal and a time: no patient
        assert set(note.read_text()) <= set('{"head:,at}0123456789abcdefT-+. ')


def test_a_backup_that_was_brought_back_is_older_on_purpose(made: Door, prepare: Prepare) -> None:
    encounter = prepare({})
    come_in(made)
    [backup] = made.back_up().made
    made.lock()
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    desk.open_encounter(encounter).answer_many({"cancer": Answer(value=True)})
    made.lock()
    made.restore(backup.path, made.users()[0].id, PASSPHRASE)
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    assert desk.older_records is not None
    assert desk.older_records.missed is None


LOSSES: dict[str, Callable[[Path], object]] = {
    "deleted": lambda wal: wal.unlink(),
    "emptied": lambda wal: wal.write_bytes(b""),
    "garbled": lambda wal: wal.write_bytes(bytes(len(wal.read_bytes()))),
    "cut in half": lambda wal: wal.write_bytes(wal.read_bytes()[:len(wal.read_bytes()) // 2]),
    "one bit": lambda wal: wal.write_bytes(flipped(wal.read_bytes())),
}


def flipped(raw: bytes) -> bytes:
    changed = bytearray(raw)
    changed[len(raw) // 2] ^= 1
    return bytes(changed)


@dataclass(frozen=True)
class Killing:
    """Each time with the same records from before."""

    folder: Path
    state: Path
    guideline: Path
    before: Path

    def again(self) -> None:
        for place in (self.folder, self.state):
            shutil.rmtree(place)
            shutil.copytree(self.before / place.name, place)

    def after(self, stored: int) -> int:
        """Killed in the middle of entering patients, at once when so many were said to be stored. How many were."""
        entering = subprocess.Popen([sys.executable, "-m", "tests.whole.entering", str(self.folder),
                                     str(self.guideline), str(self.state)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert entering.stdout is not None
        said = [entering.stdout.readline() for _ in range(stored)]
        entering.kill()
        said += entering.stdout.readlines()
        entering.stdout.close()
        assert entering.wait() == -signal.SIGKILL
        return sum(line.endswith("\n") for line in said)


@pytest.fixture
def killing(made: Door, folder: Path, state: Path, guideline_folder: Path, tmp_path: Path) -> Killing:
    come_in(made)
    made.lock()
    for place in (folder, state):
        shutil.copytree(place, tmp_path / "before" / place.name)
    return Killing(folder, state, guideline_folder, tmp_path / "before")


def found_after(door: Door) -> tuple[int, KeptHead | None]:
    """How many patients the next sign-in finds, and what it misses."""
    desk = door.sign_in(door.users()[0].id, PASSPHRASE)
    assert desk.older_records is not None
    missed = desk.older_records.missed
    assert missed is None or not door._need_open().store.has_head(missed.head)
    found = len(desk.find(""))
    door.lock()
    return found, missed


def loss_is_missed(door: Door, killing: Killing, loss: str, stored: int) -> None:
    said = killing.after(stored)
    LOSSES[loss](killing.folder / "store.db-wal")
    found, missed = found_after(door)
    assert found < said
    assert missed is not None


def nothing_is_missed(door: Door, killing: Killing, stored: int) -> None:
    said = killing.after(stored)
    found, missed = found_after(door)
    assert found in {said, said + 1}  # the last one may be stored and not yet said
    assert missed is None


@pytest.mark.parametrize("loss", LOSSES)
def test_what_a_lost_write_ahead_file_held_is_missed(made: Door, killing: Killing, loss: str) -> None:
    loss_is_missed(made, killing, loss, 12)


def test_after_a_kill_nothing_is_missed_where_nothing_was_lost(made: Door, killing: Killing) -> None:
    nothing_is_missed(made, killing, 12)


@pytest.mark.long
@pytest.mark.parametrize("loss", LOSSES)
def test_each_of_twenty_losses_is_missed(made: Door, killing: Killing, loss: str) -> None:
    for stored in range(3, 23):  # of fewer, half a file may lack only what was stored and not yet said
        killing.again()
        loss_is_missed(made, killing, loss, stored)


@pytest.mark.long
def test_none_of_twenty_kills_gives_a_false_alarm(made: Door, killing: Killing) -> None:
    for stored in range(1, 21):
        killing.again()
        nothing_is_missed(made, killing, stored)


def test_what_is_stored_is_not_called_lost_because_it_could_not_be_noted(made: Door,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    asked = []

    def fails(connection: object) -> None:
        asked.append(connection)
        raise IoFailed("The disk does not answer.", next_step="Check it.")

    with monkeypatch.context() as patch:
        patch.setattr("db.audit.head_of", fails)
        desk.new_patient(name="Ana Example", number="N1", born=date(1960, 1, 1), sex="female")
    assert asked
    assert len(desk.find("Ana")) == 1


def test_the_synced_note_is_made_after_each_signature_and_each_backup(
        made: Door, prepare: Prepare, guideline_folder: Path, pack: Pack, state: Path) -> None:
    """A power cut may take the one that follows each entry."""
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    encounter = prepare(walk.answers_of(case))
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    opened = made._opened
    assert opened is not None
    assert desk.backups is not None

    def noted() -> str:
        known = json.loads((state / HEADS / f"{opened.store_id}.json").read_text())
        return str(known["head"])

    consultation = desk.open_encounter(encounter)
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    assert noted() != str(opened.store.audit_head())
    consultation.sign(desk.signer(PASSPHRASE))
    assert noted() == str(opened.store.audit_head())
    assert desk.backups.round(always=True).made
    assert noted() == str(opened.store.audit_head())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"head": 1, "at": 2}', b"\xff" * 4000, b"[" * 1000])
def test_a_note_that_cannot_be_read_keeps_nobody_out(made: Door, state: Path, content: bytes) -> None:
    come_in(made)
    made.lock()
    for note in (state / HEADS).iterdir():
        note.write_bytes(content)
    come_in(made)
    made.lock()
    assert [len(note.read_bytes()) > 64 for note in (state / HEADS).iterdir()] == [True, True]
