"""A named pipe, a device or a folder under the name of a file: refused in words or taken for missing, never waited for.

Each way in is tried in a process of its own, which is ended when it waits.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.attempts import ATTEMPTS_FILE, Attempts
from db.profile import KEY_FILE, Opened
from tests.fakes import StillClock

ROOT = Path(__file__).resolve().parents[2]
LONGEST_WAIT = 60  # seconds; a pipe that is waited for waits for ever

COME_IN = """
import sys
from pathlib import Path
from desktop_app.door import Door
from desktop_app.use_cases.errors import LumbarError
from tests.fakes import StillClock
from tests.people import CLINICIAN, PASSPHRASE
guideline = Path("resources/guidelines/lumbar_fracture_radicular_pain")
door = Door(Path(sys.argv[1]), guideline, StillClock(), state=Path(sys.argv[2]))
try:
    door.emergency_numbers()
    door.backups()
    door.come_in(CLINICIAN.id, PASSPHRASE)
    door.verify_audit()
    assert door.pack
    door.leave()
    print("open")
except LumbarError as error:
    print(type(error).__name__, error)
"""


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder_instead(path: Path) -> None:
    path.mkdir()


@pytest.fixture(autouse=True)
def nothing_was_wrong_yet(opened: Opened, folder: Path) -> None:
    Attempts(folder, StillClock()).begin()


KINDS: tuple[Callable[[Path], None], ...] = (pipe, device, folder_instead)


def come_in(folder: Path, state: Path) -> str:
    done = subprocess.run([sys.executable, "-c", COME_IN, str(folder), str(state)], cwd=ROOT, capture_output=True,
                          text=True, timeout=LONGEST_WAIT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_file_that_is_no_ordinary_file_is_refused(kind: Callable[[Path], None], opened: Opened, folder: Path,
                                                        tmp_path: Path) -> None:
    opened.close()
    (folder / KEY_FILE).unlink()
    kind(folder / KEY_FILE)
    told = come_in(folder, tmp_path / "state")
    assert told.startswith("IoFailed The key file")
    assert "directory" in told if kind is folder_instead else "no ordinary file" in told


@pytest.mark.parametrize("kind", KINDS)
def test_other_files_beside_the_store_keep_nobody_waiting(kind: Callable[[Path], None], opened: Opened, folder: Path,
                                                          tmp_path: Path) -> None:
    from db.backup import PLACES_FILE
    from db.kept_head import HEADS
    from db.open_numbers import NUMBERS_FILE

    store_id = opened.store_id
    opened.close()
    heads = tmp_path / "state" / HEADS
    heads.mkdir(parents=True)
    for path in (folder / PLACES_FILE, folder / NUMBERS_FILE, heads / f"{store_id}.json"):
        path.unlink(missing_ok=True)
        kind(path)
    assert come_in(folder, tmp_path / "state") == "open"
    (folder / ATTEMPTS_FILE).unlink(missing_ok=True)
    kind(folder / ATTEMPTS_FILE)
    assert come_in(folder, tmp_path / "state").startswith("MustWait"), "an altered count costs one wait, as ever"


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_interrupted_job_left_is_cleared_whatever_it_is(kind: Callable[[Path], None], opened: Opened,
                                                                folder: Path, tmp_path: Path) -> None:
    opened.close()
    left = [folder / "restoring", folder / "guidelines" / ".incoming-0",
            folder / "backups" / ".backup-000001.unfinished-0"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        kind(path)
    assert come_in(folder, tmp_path / "state") == "open"
    assert [path for path in left if os.path.lexists(path)] == []


def test_a_pipe_in_a_backup_makes_it_a_broken_one(opened: Opened, folder: Path, tmp_path: Path) -> None:
    from db.backup import MANIFEST, broken_in
    from desktop_app.use_cases.backups import BackupPlaces
    from tests.people import NOW

    places = BackupPlaces(folder / "backups")
    for name in (MANIFEST, KEY_FILE):
        [made] = opened.back_up(NOW, places, always=True).made
        (made.path / name).unlink()
        os.mkfifo(made.path / name)
    opened.close()
    assert len(broken_in(folder / "backups")) == 2
    assert come_in(folder, tmp_path / "state") == "open"
