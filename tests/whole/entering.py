"""Enters patients and says each that is stored, until it is killed: ``python -m tests.whole.entering FOLDER GUIDELINE
STATE``.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import count
from pathlib import Path

from desktop_app.door import Door
from desktop_app.seal import keeper
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper


def main(folder: str, guideline: str, state: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    door = Door(Path(folder), Path(guideline), StillClock(), state=Path(state))
    desk = door.sign_in(door.users()[0].id, PASSPHRASE)
    for number in count():
        desk.new_patient(name=f"Patient {number}", number=f"N{number}", born=date(1960, 1, 1), sex="female")
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
