"""Records that are older than they were: an older copy was put in their place, or their end was cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, AuditHead, Deed
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Store

SHORTEST_REASON = 10
WHAT = "records older than they were"
"""What the record of use calls it."""


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The newest entry of the record of use as this computer remembers it."""

    head: AuditHead
    at: datetime


class KeepsHead(Protocol):
    """What this computer remembers outside the records. ``db`` implements it."""

    def missed(self) -> KeptHead | None:
        """What is remembered and not in the records; None where it is, or where nothing is remembered."""

    def keep(self) -> None:
        """Remember the present newest entry, unless something is missed."""

    def keep_anyway(self) -> None: ...


class OlderRecords:
    """Found once, when somebody signs in, and told to everybody until an administrator accepts it."""

    def __init__(self, access: Access, store: Store, confirm: Callable[[str], None], keeper: KeepsHead) -> None:
        self.access = access
        self._store, self._confirm, self._keeper = store, confirm, keeper
        self.missed = keeper.missed()
        if self.missed is None:
            if not access.read_only:
                keeper.keep()
        elif not access.read_only:
            store.record(AuditEvent(Deed.FAILED, WHAT, old=str(self.missed.head), new=str(store.audit_head())))

    def keep(self) -> None:
        """What is now in the records has to stay in them: remembered after each signature and each backup too, so that
        a copy from this morning in their place is noticed.
        """
        if not self.access.read_only:
            self._keeper.keep()

    @needs(Action.ACCEPT_OLDER_RECORDS)
    def accept(self, reason: str, passphrase: str) -> None:
        """Work goes on with the records as they are. After ``BadData`` or ``WrongPassphrase`` nothing is accepted."""
        told = " ".join(reason.split())
        if len(told) < SHORTEST_REASON:
            raise BadData(tr("Say how it came about; it stays in the record of use."))
        self._confirm(passphrase)
        missed = self.missed
        if missed is None:
            return
        self._store.record(AuditEvent(Deed.CHANGED, WHAT, detail=told, old=str(missed.head),
                                      new=str(self._store.audit_head())))
        self._keeper.keep_anyway()
        self.missed = None
