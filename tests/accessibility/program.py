"""The program in a process of its own, for a screen reader: FOLDER, PLAN and AUTHORITY as arguments.

A profile in FOLDER is set up first, with cheap keys, and locked. The plan is saved to PLAN without the dialog of the
operating system, which is another program's. The clinic's certificate is written to AUTHORITY.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_app import bootstrap
from desktop_app.door import Door
from desktop_app.parts import ComputerClock
from desktop_app.seal import keeper
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.none_guard import keep_none_alive
from tests.people import PASSPHRASE, cheap_keeper


def main(folder: str, plan: str, authority: str) -> int:
    keep_none_alive()
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    app = application()
    door = Door(Path(folder), bootstrap.shipped_guideline(), ComputerClock())
    door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    Path(authority).write_bytes(door.authority)
    door.recovery_key_kept()
    door.lock()
    program = Program(app, door)
    program.window.choose_file = lambda _name: plan  # type: ignore[method-assign]
    program.window.show()
    program.window.activateWindow()  # no window manager is there to do it
    program.begin()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
