"""The clinic's emergency numbers in a file that can be read while everything is locked. Nothing of a patient.

It is written from the store at each sign-in and each lock, so a number that somebody changed in the file stands there
only until then.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from db.whole_folder import replace_whole
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.inputs import read_at_most

NUMBERS_FILE = "emergency-numbers.json"
_LARGEST = 64 * 1024


def write_numbers(folder: Path, clinic: Clinic) -> None:
    """Only when something differs; a folder that cannot be written to keeps the old file."""
    kept = {"phones": dict(clinic.phones), "none_here": list(clinic.phones_none)}
    content = json.dumps(kept, sort_keys=True).encode()
    path = folder / NUMBERS_FILE
    with contextlib.suppress(OSError, CannotCreate):
        if not path.is_file() or read_at_most(path, _LARGEST) != content:
            replace_whole(path, content)


def read_numbers(folder: Path) -> tuple[Mapping[str, str], Sequence[str]]:
    """Phone id to number, and the ids answered with "none here". Nothing when the file is missing or damaged."""
    path = folder / NUMBERS_FILE
    try:
        found = json.loads(read_at_most(path, _LARGEST))
        return ({str(key): str(value) for key, value in found["phones"].items()},
                tuple(str(one) for one in found["none_here"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, ()
