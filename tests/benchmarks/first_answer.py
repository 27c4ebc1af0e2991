"""From the passphrase given to the first answer stored: one process with the real window over the real store.

Processor time of the whole process, so that a busy machine does not count; the passphrase is typed once what is loaded
meanwhile is loaded. The pages between are the recovery key's confirmation (given before), worklist and first step.

The floor is a bare PySide6 window that has loaded its libraries too, derives a key by the same Argon2, opens the same
file by the driver, shows one question and stores one row at one click. It has no worklist, makes no patient, keeps no
record of use and decides nothing, so the time after the passphrase is accepted is many times its own by design; from
the passphrase given on, the derivation is in both.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.benchmarks.ratio import in_ms, paired
from tests.benchmarks.window import _make_profile

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys, time
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop
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
given = time.process_time()
page.press()
while not isinstance(window.stack.currentWidget(), WorklistPage):
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
listed = time.process_time()
patient = window.desk.new_patient(name="Someone", number=sys.argv[2], born=date(1950, 1, 1), sex="female")
window.open_consultation(window.desk.open(patient.id))
while not window.isActiveWindow():
    window.activateWindow()
    app.processEvents()
while not window.view.wizard.consultation.answers:
    QTest.keyClick(app.focusWidget(), "n")
    app.processEvents()
stored = time.process_time()
print(accepted[0] - given, listed - accepted[0], stored - accepted[0], flush=True)
os._exit(0)
"""
BARE = """
import os, sys, time
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton
import sqlcipher3.dbapi2 as driver
from argon2.low_level import Type, hash_secret_raw
store, key, rounds, kib, lanes = sys.argv[1:]
app = QApplication([])
window = QMainWindow()
field = QLineEdit()
window.setCentralWidget(field)
window.resize(1280, 800)
window.show()
while not window.isActiveWindow():
    window.activateWindow()
    app.processEvents()
moments = []
def accept():
    hash_secret_raw(field.text().encode(), bytes(16), time_cost=int(rounds), memory_cost=int(kib),
                    parallelism=int(lanes), hash_len=32, type=Type.ID)
    moments.append(time.process_time())
    opened = driver.connect(store, isolation_level=None)
    opened.execute(f"PRAGMA key = \\"x'{key}'\\"")
    opened.execute("PRAGMA synchronous = FULL")
    opened.execute("SELECT count(*) FROM bare_answer").fetchall()
    question = QPushButton("No")
    question.clicked.connect(lambda: opened.execute("INSERT INTO bare_answer VALUES ('fever', 'no')"))
    question.clicked.connect(lambda: moments.append(time.process_time()))
    window.setCentralWidget(question)
    question.setFocus()
field.setText("a passphrase of some length")
field.returnPressed.connect(accept)
given = time.process_time()
QTest.keyClick(field, "\\r")
while len(moments) < 2:
    app.processEvents()
    if app.focusWidget() is not None and app.focusWidget() is window.centralWidget():
        QTest.keyClick(app.focusWidget(), " ")
print(moments[0] - given, 0, moments[1] - moments[0], flush=True)
os._exit(0)
"""
AIM = 1.3


def _profile(folder: Path) -> None:
    """A clinic that has been set up, whose recovery key is kept: the worklist follows the passphrase."""
    from desktop_app import places
    from desktop_app.door import TRAINING_PASSPHRASE, Door
    from desktop_app.parts import ComputerClock

    _make_profile(str(folder))
    door = Door(folder, places.guideline(), ComputerClock(), training=True)
    door.sign_in("", TRAINING_PASSPHRASE)
    door.recovery_key_kept()
    door.lock()


def _bare_store(profile: Path, place: Path) -> list[str]:
    """A copy of the store with one more table, and what the bare program is given: file, key, cost of deriving."""
    from db.database import connect
    from db.file_names import KEY_FILE, STORE_FILE
    from desktop_app.door import TRAINING_PASSPHRASE
    from desktop_app.seal.keeper import Keeper

    kept = (profile / KEY_FILE).read_bytes()
    slot = next(slot for slot in json.loads(kept)["slots"] if slot["kind"] == "passphrase")
    key = Keeper().unlock(kept, slot["user"], TRAINING_PASSPHRASE).store_key
    store = place / "bare.db"
    shutil.copyfile(profile / STORE_FILE, store)
    opened = connect(store, key)
    opened.execute("CREATE TABLE bare_answer (question TEXT, answer TEXT)")
    opened.close()
    return [str(store), key.hex(), *(str(slot["argon2id"][name]) for name in ("t", "m", "p"))]


def _told(code: str, home: str, *given: str) -> tuple[float, float, float]:
    """Seconds of the derivation, from there to the worklist and from there to the answer, as a fresh process says."""
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: the first run leaves its bytecode
    said = subprocess.run([sys.executable, "-c", code, *given], cwd=ROOT, env=environment, capture_output=True,
                          text=True, check=True).stdout.split()
    derived, listed, stored = map(float, said[-3:])
    return derived, listed, stored


def _lines(job: Callable[[], tuple[float, float, float]], floor: Callable[[], tuple[float, float, float]],
           runs: int) -> list[str]:
    ours: list[tuple[float, float, float]] = []
    bare: list[tuple[float, float, float]] = []

    def whole(run: Callable[[], tuple[float, float, float]], kept: list[tuple[float, float, float]]) -> float:
        kept.append(run())
        return kept[-1][0] + kept[-1][2]

    given, floor_given, ratio = paired(lambda: whole(job, ours), lambda: whole(floor, bare), runs)
    listed, stored = (statistics.median(run[part] for run in ours[1:]) for part in (1, 2))
    bare_stored = statistics.median(run[2] for run in bare[1:])
    whole_way = f"{in_ms(given.median):>12}   bare program {in_ms(floor_given.median):>12}   ratio {ratio:.2f}"
    after = f"{in_ms(listed):>12}, to the answer {in_ms(stored):>12}   bare program {in_ms(bare_stored):>12}"
    return [f"passphrase given to first answer stored {whole_way} (aim {AIM})",
            f"passphrase accepted to the worklist {after}   ratio {stored / bare_stored:.0f}"]


def report(runs: int = 9) -> list[str]:
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home) / "profile"
        _profile(profile)
        bare = _bare_store(profile, Path(home))
        number = count()
        return _lines(lambda: _told(SCRIPT, home, str(profile), f"N-{next(number)}"),
                      lambda: _told(BARE, home, *bare), runs)
