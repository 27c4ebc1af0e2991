"""Finishes the change of a profile's files for those of a backup, also after a power cut in its middle."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from db.file_names import AUTHORITY_FILE, KEY_FILE, STORE_FILE, UNDER_WAY
from db.whole_folder import clear_away, sync_folder
from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.inputs import read_at_most

FILES = (STORE_FILE, KEY_FILE, AUTHORITY_FILE)
INCOMING = "restoring"
_LARGEST_NOTE = 4096  # bytes; the name of a folder
_SIDE_FILES = (f"{STORE_FILE}-wal", f"{STORE_FILE}-shm")


def finish(profile: Path) -> None:
    """Goes on with a restore that was interrupted after everything was ready. What one left that was interrupted before
    that, or after its end, is a copy of patients' data that nothing reads: it goes.
    """
    note = profile / UNDER_WAY
    if not note.exists():
        clear_away(profile / INCOMING)
        return
    try:
        aside, incoming = profile / str(json.loads(read_at_most(note, _LARGEST_NOTE))["aside"]), profile / INCOMING
        aside.mkdir(exist_ok=True, mode=0o700)
        for name in (*_SIDE_FILES, *FILES):
            present, coming = profile / name, incoming / name
            if present.exists() and (coming.exists() or name in _SIDE_FILES):
                present.rename(aside / name)
            if coming.exists():
                coming.rename(present)
        for folder in (aside, incoming, profile):
            sync_folder(folder)
        note.unlink()
        shutil.rmtree(incoming, ignore_errors=True)
        sync_folder(profile)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CannotCreate(
            tr("A backup is being restored in {profile} and that cannot be finished: {problem}.").format(
                profile=profile, problem=problem
            ),
            next_step=tr(
                "Check the free space and the rights of the folder, then open the program again. No file was deleted."
            ),
        ) from problem
