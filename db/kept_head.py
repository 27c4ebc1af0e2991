"""The newest seal of the record of use, kept on this computer outside the profile: an older copy of the whole store in
the place of the present one is noticed when it is opened.

Nothing of a patient is in it. Whoever can write both folders can change both; then signed documents and backups still
tell. A file that is missing or cannot be read says nothing.
"""

from __future__ import annotations

import json
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


def read_head(state: Path, store_id: str) -> KeptHead | None:
    """None also of a file that nobody can read."""
    try:
        found = json.loads(read_at_most(state / HEADS / f"{store_id}.json", _LONGEST))
        head = AuditHead.read(found["head"])
        return None if head is None else KeptHead(head, datetime.fromisoformat(found["at"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def forget_head(state: Path, store_id: str) -> None:
    """After a backup was brought back: it is older on purpose."""
    with suppress(OSError):
        (state / HEADS / f"{store_id}.json").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ComputersHead:
    """The ``KeepsHead`` of ``use_cases.older_records``. ``state`` None: nothing is kept, and nothing noticed."""

    _opened: Opened = field(repr=False)
    _state: Path | None
    _clock: Clock

    def missed(self) -> KeptHead | None:
        known = self.known()
        return None if known is None or self._opened.store.has_head(known.head) else known

    def known(self) -> KeptHead | None:
        return None if self._state is None else read_head(self._state, self._opened.store_id)

    def keep(self) -> None:
        """What is missed stays remembered until somebody has accepted it. A full disk keeps nobody from working."""
        if self.missed() is None:
            self.keep_anyway()

    def keep_anyway(self) -> None:
        if self._state is None:
            return
        content = {"head": str(self._opened.store.audit_head()), "at": self._clock.now().isoformat()}
        with suppress(CannotCreate, OSError):
            (self._state / HEADS).mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_whole(self._state / HEADS / f"{self._opened.store_id}.json", json.dumps(content).encode())
