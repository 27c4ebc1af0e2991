"""Room that is kept for the day the disk is full: given up, it lets the store be opened and what is typed be saved.

A store with a write-ahead file cannot even be read on a disk without room for that file. The room lies beside the store
and holds nothing.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

RESERVE_FILE = "room-for-a-full-disk"
SIZE = 16 * 1024 * 1024
_PLENTY = 8  # times as much has to be free before room is set aside


def keep_room(folder: Path) -> None:
    """Where there is plenty; anything that stands against it leaves the folder as it is."""
    path = folder / RESERVE_FILE
    with contextlib.suppress(OSError):
        if path.exists() or shutil.disk_usage(folder).free < _PLENTY * SIZE:
            return
        with path.open("xb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, SIZE)
            else:
                file.write(bytes(SIZE))
        path.chmod(0o600)


def give_up(folder: Path) -> bool:
    """Whether there is more room now."""
    try:
        (folder / RESERVE_FILE).unlink()
    except OSError:
        return False
    return True


def given_up(folder: Path) -> bool:
    """Whether the disk lacks even that room now."""
    with contextlib.suppress(OSError):
        return not (folder / RESERVE_FILE).exists() and shutil.disk_usage(folder).free < SIZE
    return False
