"""A clinic's work on a disk that fills up: ``python -m tests.db.full_disk_work FOLDER GUIDELINE HOW``.

FOLDER lies on a small disk of its own (HOW ``mount``), or the system refuses to let any file grow (HOW ``limit``). For
each amount of room that is left, answering, signing, backing up and exporting are tried; what was acknowledged and what
was said goes to standard output, one JSON line for each amount.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db import reserve
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case, load_case
from desktop_app.seal import keeper
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import EncounterState, Verdict
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.outputs import write_files
from desktop_app.use_cases.training import TRAINING_CLINIC
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper
from tests.whole import walk

SIZE = "40m"
TOLD = "patient_goals"  # free text: no rule reads it
ROOMS = {"mount": (0, 1, 16, 96, 700, 1500), "limit": (0, 96, 700)}  # KiB


def mount(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)


class Disk:
    """Takes all room but some, and gives it back."""

    def __init__(self, folder: Path, how: str) -> None:
        self._filler, self._how, self._profile = folder / "filler", how, folder / "profile"

    def leave(self, kib: int) -> None:
        if self._how == "limit":
            # No quota needed: the largest file may grow by so much and no more.
            largest = max(path.stat().st_size for path in self._profile.rglob("*") if path.is_file())
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest + kib * 1024, resource.RLIM_INFINITY))
            return
        room = shutil.disk_usage(self._profile).free - kib * 1024
        with self._filler.open("ab") as file:
            os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), max(1, room))

    def free(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self._filler.unlink(missing_ok=True)


def tried(job: Callable[[], object]) -> str:
    """"" when it was done, else the sentence that was said; anything but a sentence ends the test."""
    try:
        job()
    except LumbarError as error:
        return f"{error} {error.next_step}"
    return ""


class Clinic:
    """A profile on that disk, and one worked case."""

    def __init__(self, door: Door, case: Case, disk: Disk, folder: Path) -> None:
        self.door, self.case, self.disk, self.folder = door, case, disk, folder

    def one_day(self, desk: Desk, number: int, room: int) -> Desk:
        """A patient is worked on until there is no room; what was acknowledged and said is printed."""
        me = self.door.users()[0].id
        patient = desk.new_patient(name=f"Patient {number}", number=f"P-{number}", born=date(1954, 3, 3), sex="female")
        consultation = desk.open(patient.id)
        consultation.answer_many({**walk.answers_of(self.case), TOLD: Answer("at first")})
        for choice in self.case.choices:
            consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
        name = consultation.encounter.id
        held = "at first"
        if number % 2:
            reserve.keep_room(self.folder / "profile")
        self.disk.leave(room)
        told: dict[str, object] = {"room": room, "kept_room": bool(number % 2)}
        said, wanted = "", held
        for turn in range(40):  # answered until the disk is full
            wanted = f"{turn} " + "word " * 200
            said = tried(lambda wanted=wanted: consultation.answer_many({TOLD: Answer(wanted)}))  # type: ignore[misc]
            if said:
                break
            held = wanted
        told["answer"] = said
        # The answer may have been stored and only the line of the worklist not: then it is there, never lost.
        held = wanted if consultation.answers[TOLD].value == wanted else held
        told["shown"] = consultation.answers[TOLD].value == held
        if said and number % 2:  # the room that was kept lets the same words be saved
            told["again"] = tried(lambda: consultation.answer_many({TOLD: Answer("after room was given up")}))
            held = held if told["again"] else "after room was given up"
        told["sign"] = tried(lambda: consultation.sign(desk.signer(PASSPHRASE)))
        report = self.door.back_up()
        told["backup"] = " ".join(report.failed)
        told["made"] = len(report.made)
        told["export"] = tried(lambda: write_files({self.folder / "export.pdf": os.urandom(3 << 20)}))
        told["exported"] = (self.folder / "export.pdf").exists()
        told["parts"] = [path.name for path in self.folder.iterdir() if path.name.endswith(".part")]
        told["lock"] = tried(self.door.lock)
        opened: list[Desk] = []
        told["read_when_full"] = tried(lambda: opened.append(self.door.sign_in(me, PASSPHRASE)))
        if opened:
            told["kept_when_full"] = opened[0].open_encounter(name).answers[TOLD].value == held
            self.door.lock()
        self.disk.free()
        (self.folder / "export.pdf").unlink(missing_ok=True)
        desk = self.door.sign_in(me, PASSPHRASE)
        again = desk.open_encounter(name)
        told["kept"] = again.answers[TOLD].value == held and len(again.choices) == len(self.case.choices)
        documents = desk.documents_of(name)
        signed = again.encounter.state is EncounterState.SIGNED
        told["whole"] = bool(documents) is signed and all(one.content.startswith(b"%PDF-") for one in documents)
        told["signed"] = signed
        places = self.door.backup_places()
        told["broken"] = [path.name for found in places for path in found.broken]
        told["good"] = all(not tried(lambda path=one.path: self.door.users_of_backup(path))  # type: ignore[misc]
                           for found in places for one in found.backups)
        told["record"] = self.door.verify_audit().sound
        print(json.dumps(told), flush=True)
        return desk


def main(place: str, guideline: str, how: str) -> None:
    folder = Path(place)
    if how == "mount":
        mount(folder)
    reserve.SIZE = 2 << 20  # as small as the disk
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    door = Door(folder / "profile", Path(guideline), StillClock())
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    door.recovery_key_kept()
    case = load_case(Path(guideline) / "cases" / "c01_decided.yaml", door.pack)
    clinic = Clinic(door, case, Disk(folder, how), folder)
    assert door.back_up().made
    for number, room in enumerate(ROOMS[how]):
        desk = clinic.one_day(desk, number, room)
    door.lock()


if __name__ == "__main__":
    main(*sys.argv[1:])
