"""Crashes below Python with a patient on the screen: ``python -m tests.whole.crash FOLDER GUIDELINE STATE``."""

from __future__ import annotations

import faulthandler
import sys
from pathlib import Path

from desktop_app import VERSION, log
from desktop_app.door import Door
from desktop_app.seal import keeper
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper
from tests.whole.canary import BORN, NAME, NUMBER


def fall(name: str) -> None:
    """The name is an argument of the frame that crashes."""
    faulthandler._sigsegv()  # type: ignore[attr-defined]
    raise AssertionError(name)


def main(folder: str, guideline: str, state: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    log.watch(Path(state))
    app = application()
    door = Door(Path(folder), Path(guideline), StillClock())
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    door.recovery_key_kept()
    program = Program(app, door)
    log.begin(VERSION)
    program.window.show()
    program.window.sit_down(desk)
    patient = desk.new_patient(name=NAME, number=NUMBER, born=BORN, sex="female")
    program.window.open_consultation(desk.open(patient.id))
    fall(NAME)


if __name__ == "__main__":
    main(*sys.argv[1:])
