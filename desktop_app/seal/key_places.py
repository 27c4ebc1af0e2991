"""Who has a place in a key file, and whether the file is whole: asked before the first window, so it loads little."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from desktop_app.language import tr
from desktop_app.use_cases.errors import KeyFileDamaged, StoreNewer
from desktop_app.use_cases.key_user import KeyUser

FORMAT = "lumbar-pathway-keys"
VERSION = 1
PASSPHRASE, RECOVERY, CODE = "passphrase", "recovery", "code"
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def content_of(file: bytes) -> dict[str, Any]:
    """The fields of a key file whose digest is right. Raises ``KeyFileDamaged`` or ``StoreNewer``."""
    try:
        found = json.loads(file)
        if found["format"] != FORMAT or not isinstance(found["version"], int):
            raise damaged()
        if found["version"] > VERSION:
            raise StoreNewer(
                tr("The key file was written by a newer version of this program."),
                next_step=tr("Nothing was changed. Open it with the newer program."),
            )
        if found.pop("digest") != digest(found):
            raise damaged()
    except _BROKEN as problem:
        raise damaged() from problem
    return dict(found)


def users(file: bytes) -> Sequence[KeyUser]:
    """Everybody who can be chosen; ``by_code`` when a one-time code is needed."""
    try:
        return tuple(KeyUser(slot["user"], slot["name"], by_code=slot["kind"] == CODE)
                     for slot in content_of(file)["slots"] if slot["kind"] in {PASSPHRASE, CODE})
    except _BROKEN as problem:
        raise damaged() from problem


def digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def damaged() -> KeyFileDamaged:
    return KeyFileDamaged(
        tr("The key file is damaged: its contents are not what this program wrote."),
        next_step=tr(
            "Nothing was changed. Put the key file of the newest backup in its place; every backup holds one."
        ),
    )
