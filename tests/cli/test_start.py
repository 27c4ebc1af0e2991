"""What the first window loads: nothing that only a later step needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATER = ("sqlalchemy", "alembic", "sqlcipher3", "reportlab", "pyhanko", "cryptography", "argon2", "yaml", "pikepdf",
         "uharfbuzz", "bidi", "pkcs11", "zxcvbn", "zxingcpp", "aiohttp", "asyncio", "lxml", "PySide6.QtNetwork",
         "desktop_app.engine.model", "desktop_app.presentation.forms", "desktop_app.use_cases.domain")

CODE = """
import sys
from pathlib import Path
from desktop_app import bootstrap, places
loaded = []
def ready():
    loaded.extend(name for name in sys.argv[2].split() if name in sys.modules)
    from PySide6.QtWidgets import QApplication
    QApplication.quit()
bootstrap.open_window(places.guideline(), data_dir=Path(sys.argv[1]), when_ready=ready)
print("loaded:", *loaded)
"""


def test_the_unlock_page_waits_for_no_heavy_library(tmp_path: Path) -> None:
    from desktop_app import bootstrap, places
    from desktop_app.use_cases.training import TRAINING_CLINIC

    door = bootstrap.Door(tmp_path / "profile", places.guideline(), bootstrap.ComputerClock(), training=True)
    door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", bootstrap.TRAINING_PASSPHRASE)
    door.lock()
    ran = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path / "profile"), " ".join(LATER)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "loaded:"
