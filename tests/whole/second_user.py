"""A second window in a process of its own: ``python -m tests.whole.second_user FOLDER GUIDELINE``.

Signs in, says so, and holds the records until its standard input ends.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from desktop_app.door import Door
from desktop_app.seal import keeper
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper


def main(folder: str, guideline: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    door = Door(Path(folder), Path(guideline), StillClock())
    desk = door.sign_in(door.users()[0].id, PASSPHRASE)
    if not desk.find(""):
        desk.new_patient(name="Amina Second", number="S-1", born=date(1960, 1, 1), sex="female")
    print("open", flush=True)
    sys.stdin.readline()
    door.lock()
    print("shut", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
