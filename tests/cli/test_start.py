"""What the first window and the first answer load: nothing that only a later step needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATER = ("sqlalchemy", "alembic", "sqlcipher3", "reportlab", "pyhanko", "cryptography", "argon2", "yaml", "pikepdf",
         "uharfbuzz", "bidi", "pkcs11", "zxcvbn", "zxingcpp", "aiohttp", "asyncio", "lxml", "PySide6.QtNetwork",
         "desktop_app.engine.model", "desktop_app.presentation.forms", "desktop_app.use_cases.domain")

NOT_BEFORE_THE_FIRST_ANSWER = (
    "reportlab", "pyhanko", "alembic", "cryptography.x509", "cryptography.hazmat.primitives.serialization.pkcs12",
    "pikepdf", "uharfbuzz", "bidi", "lxml", "aiohttp", "asn1crypto", "pkcs11", "zxingcpp", "pypdfium2", "PIL",
    "desktop_app.documents.care_plan", "desktop_app.seal.verify")

CODE = """
import sys
from pathlib import Path
from desktop_app import bootstrap, places
from desktop_app.door import Door, TRAINING_PASSPHRASE
from desktop_app.parts import ComputerClock
loaded = []
def ready():
    loaded.extend(name for name in sys.argv[2].split() if name in sys.modules)
    from PySide6.QtWidgets import QApplication
    QApplication.quit()
bootstrap.open_window(places.guideline(), data_dir=Path(sys.argv[1]), when_ready=ready)
print("loaded:", *loaded)
"""

TO_THE_FIRST_ANSWER = """
import os, sys
from datetime import date
from pathlib import Path
from PySide6.QtTest import QTest
from desktop_app import bootstrap, places
from desktop_app.door import Door, TRAINING_PASSPHRASE
from desktop_app.engine.plan import plan_of
from desktop_app.parts import ComputerClock
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
prepared = plan_of(door.pack)
unlock = window.stack.currentWidget()
unlock.passphrase.setText(TRAINING_PASSPHRASE)
unlock.press()
while not isinstance(window.stack.currentWidget(), WorklistPage):
    app.processEvents()
patient = window.desk.new_patient(name="Someone", number="N-1", born=date(1950, 1, 1), sex="female")
window.open_consultation(window.desk.open(patient.id))
while not window.isActiveWindow():
    window.activateWindow()
    app.processEvents()
while not (given := window.view.wizard.consultation.answers):
    QTest.keyClick(app.focusWidget(), "n")
    app.processEvents()
print("answered:", bool(given))
print("as prepared:", plan_of(window.desk.pack) is prepared)
print("loaded:", *(name for name in sys.argv[2].split() if name in sys.modules))
window.desk.get_ready_to_sign()
print("then:", *(name for name in ("reportlab", "zxingcpp", "pyhanko.sign.signers") if name in sys.modules), flush=True)
os._exit(0)
"""


def _told(code: str, tmp_path: Path, watched: tuple[str, ...]) -> list[str]:
    """What a fresh process says, on a clinic that has been set up."""
    from desktop_app import places
    from desktop_app.door import TRAINING_PASSPHRASE, Door
    from desktop_app.parts import ComputerClock
    from desktop_app.use_cases.training import TRAINING_CLINIC

    door = Door(tmp_path / "profile", places.guideline(), ComputerClock(), training=True)
    door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", TRAINING_PASSPHRASE)
    door.recovery_key_kept()
    door.lock()
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "profile"), " ".join(watched)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout.splitlines()


def test_the_unlock_page_waits_for_no_heavy_library(tmp_path: Path) -> None:
    assert _told(CODE, tmp_path, LATER) == ["loaded:"]


def test_an_answer_can_be_given_before_anything_for_paper_or_signing_is_there(tmp_path: Path) -> None:
    assert _told(TO_THE_FIRST_ANSWER, tmp_path, NOT_BEFORE_THE_FIRST_ANSWER) == [
        "answered: True", "as prepared: True", "loaded:", "then: reportlab zxingcpp pyhanko.sign.signers",
    ]
