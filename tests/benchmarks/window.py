"""Start to the first usable window, against a bare PySide6 window, both as whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.ratio import in_ms, paired

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLineEdit())
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: (print("ready", flush=True), app.quit()))
sys.exit(app.exec())
"""

OURS = """
import sys
from pathlib import Path
from desktop_app import bootstrap, places
from desktop_app.door import Door, TRAINING_PASSPHRASE
from desktop_app.parts import ComputerClock
def ready():
    print("ready", flush=True)
    from PySide6.QtWidgets import QApplication
    QApplication.quit()
sys.exit(bootstrap.open_window(places.guideline(), data_dir=Path(sys.argv[1]), when_ready=ready))
"""


def _seconds_until_ready(code: str, *arguments: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: the warm-up run leaves its bytecode
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "ready":
                seconds = time.perf_counter() - begun
                break
        else:
            raise RuntimeError("the window never became ready")
        process.wait()
    return seconds


def _make_profile(folder: str) -> None:
    """A clinic that has been set up: the usual start, ready to type the passphrase."""
    from desktop_app import places
    from desktop_app.door import TRAINING_PASSPHRASE, Door
    from desktop_app.parts import ComputerClock
    from desktop_app.use_cases.training import TRAINING_CLINIC

    door = Door(Path(folder), places.guideline(), ComputerClock(), training=True)
    door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", TRAINING_PASSPHRASE)
    door.lock()


def report(runs: int = 7) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        profile = str(Path(folder) / "profile")
        _make_profile(profile)
        ours, bare, ratio = paired(
            lambda: _seconds_until_ready(OURS, profile), lambda: _seconds_until_ready(BARE), runs
        )
    times = f"{in_ms(ours.median):>12}   bare PySide6 {in_ms(bare.median):>12}"
    return [f"start to first usable window      {times}   ratio {ratio:.2f} (aim 1.5)"]
