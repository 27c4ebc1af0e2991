"""The newest seal of the record of use, kept on this computer outside the profile: an older copy of the whole store in
the place of the present one is noticed when it is opened, and so is a write-ahead file that was lost after a crash.

Two notes: one that is synced, made at each sign-in, signature, backup and lock; and one that follows each entry without
waiting for the disk. Both are written after what they name is durable, so that neither is ever ahead of the records.
Nothing of a patient is in it. Whoever can write both folders can change both; then signed documents and backups still
tell. A file that is missing or cannot be read says nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.whole_folder import replace_whole
from desktop_app.use_cases.audit import AuditHead
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.older_records import KeptHead
from desktop_app.use_cases.ports import Clock

if TYPE_CHECKING:
    from db.profile import Opened

HEADS = "record-heads"
"""The folder of them below the state folder; a file for each store."""
_LONGEST = 1024  # bytes of such a file
_SYNCED, _FOLLOWS = ".json", ".now"
_OVER = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_WIDTH = 256  # bytes of the note that follows: always as many, so that it is written over in one piece


def read_heads(state: Path, store_id: str) -> list[KeptHead]:
    """The newest first; without files that nobody can read."""
    found = (_read(state / HEADS / f"{store_id}{kind}") for kind in (_SYNCED, _FOLLOWS))
    return sorted((one for one in found if one is not None), key=lambda one: one.head.sequence, reverse=True)


def _read(path: Path) -> KeptHead | None:
    try:
        found = json.loads(read_at_most(path, _LONGEST))
        head = AuditHead.read(found["head"])
        return None if head is None else KeptHead(head, datetime.fromisoformat(found["at"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def forget_head(state: Path, store_id: str) -> None:
    """After a backup was brought back: it is older on purpose."""
    with suppress(OSError):
        for kind in (_SYNCED, _FOLLOWS):
            (state / HEADS / f"{store_id}{kind}").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ComputersHead:
    """The ``KeepsHead`` of ``use_cases.older_records``. ``state`` None: nothing is kept, and nothing noticed."""

    _opened: Opened = field(repr=False)
    _state: Path | None
    _clock: Clock

    def missed(self) -> KeptHead | None:
        has = self._opened.store.has_head
        return next((one for one in self._known() if not has(one.head)), None)

    def known(self) -> KeptHead | None:
        return next(iter(self._known()), None)

    def _known(self) -> list[KeptHead]:
        return [] if self._state is None else read_heads(self._state, self._opened.store_id)

    def keep(self) -> None:
        """What is missed stays remembered until somebody has accepted it. A full disk keeps nobody from working."""
        if self.missed() is None:
            self.keep_anyway()

    def keep_anyway(self) -> None:
        if self._state is None:
            return
        place = self._state / HEADS
        with suppress(CannotCreate, OSError):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            head = self._opened.store.audit_head()
            replace_whole(place / f"{self._opened.store_id}{_SYNCED}", self._note(head))
            self._follow(head)
            self._opened.store.follow(self._follow)

    def _note(self, head: AuditHead) -> bytes:
        return json.dumps({"head": str(head), "at": self._clock.now().isoformat()}).encode()

    def _follow(self, head: AuditHead) -> None:
        """Nobody waits for the disk: what a power cut takes of it leaves the synced note."""
        if self._state is None:
            return
        with suppress(OSError):
            handle = os.open(self._state / HEADS / f"{self._opened.store_id}{_FOLLOWS}", _OVER, 0o600)
            try:
                os.write(handle, self._note(head).ljust(_WIDTH))
            finally:
                os.close(handle)
