"""From the passphrase accepted to the first answer stored: one process with the real window over the real store.

Processor time of the whole process, so that a busy machine does not count; the passphrase is typed once what is loaded
meanwhile is loaded. The pages between are the recovery key's confirmation (given before), worklist and first step.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.ratio import in_ms
from tests.benchmarks.window import _make_profile

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys, time
from datetime import date
from pathlib import Path
from PySide6.QtTest import QTest
from desktop_app import bootstrap, places
from desktop_app.door import Door, TRAINING_PASSPHRASE
from desktop_app.parts import ComputerClock
from desktop_app.seal.keeper import Keeper
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.worklist_page import WorklistPage
app = application()
door = Door(Path(sys.argv[1]), places.guideline(), ComputerClock(), training=True)
program = Program(app, door)
window = program.window
window.show()
program.begin()
program.warm_up()
program.warming.wait()
accepted = []
unlock = Keeper.unlock
def told(self, *given):
    keys = unlock(self, *given)
    accepted.append(time.process_time())
    return keys
Keeper.unlock = told
page = window.stack.currentWidget()
page.passphrase.setText(TRAINING_PASSPHRASE)
page.press()
while not isinstance(window.stack.currentWidget(), WorklistPage):
    app.processEvents()
begun = time.process_time() - accepted[0]
patient = window.desk.new_patient(name="Someone", number=sys.argv[2], born=date(1950, 1, 1), sex="female")
window.open_consultation(window.desk.open(patient.id))
while not window.isActiveWindow():
    window.activateWindow()
    app.processEvents()
while not window.view.wizard.consultation.answers:
    QTest.keyClick(app.focusWidget(), "n")
    app.processEvents()
print(begun, time.process_time() - accepted[0], flush=True)
os._exit(0)
"""


def report(runs: int = 7) -> list[str]:
    from desktop_app import places
    from desktop_app.door import TRAINING_PASSPHRASE, Door
    from desktop_app.parts import ComputerClock

    worklist, answer = [], []
    with tempfile.TemporaryDirectory() as place:
        profile = str(Path(place) / "profile")
        _make_profile(profile)
        door = Door(Path(profile), places.guideline(), ComputerClock(), training=True)
        door.sign_in("", TRAINING_PASSPHRASE)
        door.recovery_key_kept()
        door.lock()
        environment = {**os.environ, "HOME": place, "QT_QPA_PLATFORM": "offscreen"}
        for number in range(runs + 1):
            said = subprocess.run([sys.executable, "-c", SCRIPT, profile, f"N-{number}"], cwd=ROOT, env=environment,
                                  capture_output=True, text=True, check=True).stdout.split()
            worklist.append(float(said[-2]))
            answer.append(float(said[-1]))
    first, stored = statistics.median(worklist[1:]), statistics.median(answer[1:])
    return [f"passphrase accepted to worklist {in_ms(first):>12}   to the first answer stored {in_ms(stored):>12}"]
