"""Emergency access: somebody who may not consult does so because nobody else can, with a reason and a loud record.

It ends at the lock. It never signs, and opens nothing that cannot be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, AuditFilter, AuditRow, Deed
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Store

SHORTEST_REASON = 10
TAKEN, LOOKED_THROUGH = "taken", "looked through"
NOBODY_ELSE = "no other administrator"
"""What the record of use says where somebody looked through their own."""
_ROWS = 500  # read at once


@dataclass(frozen=True, slots=True)
class Taken:
    """An emergency access that no administrator has looked through yet."""

    at: datetime
    by: str  # name of the person; their id where nobody of that id is known any more
    reason: str
    own: bool = False  # of the signed-in administrator: another one has to look it through, where there is one


class EmergencyAccess:
    """``confirm`` raises ``WrongPassphrase`` or ``MustWait`` unless it is given the signed-in person's own."""

    def __init__(self, access: Access, store: Store, confirm: Callable[[str], None]) -> None:
        self.access, self._store, self._confirm = access, store, confirm

    @property
    def offered(self) -> bool:
        """To whoever may take it and has not."""
        return (not self.access.emergency and self.access.may(Action.EMERGENCY_ACCESS)
                and not self.access.may(Action.CONSULT))

    @needs(Action.EMERGENCY_ACCESS)
    def take(self, reason: str, passphrase: str) -> None:
        """Recorded before anything opens. After ``BadData`` or ``WrongPassphrase`` nothing is open."""
        told = " ".join(reason.split())
        if len(told) < SHORTEST_REASON:
            raise BadData(tr("Say why nobody else can do it; it stays in the record of use."))
        self._confirm(passphrase)
        self._store.record(AuditEvent(Deed.EMERGENCY_ACCESS, TAKEN, subject=self.access.person.id, detail=told))
        self.access.emergency = told

    @needs(Action.SEE_EMERGENCY_ACCESS)
    def unseen(self) -> tuple[Taken, ...]:
        """What nobody else than who took it has looked through since, oldest first. Where there is no other
        administrator, one looks through one's own.
        """
        names = {one.id: one.name for one in self._store.clinicians()}
        found, looked = [], set[str]()
        for row in self._rows():
            who = row.event.subject
            if row.event.what == LOOKED_THROUGH:
                looked.add(who)
                if len(looked) > 1 or row.event.detail == NOBODY_ELSE:  # whoever took what lies before, all was seen
                    break
            elif not looked - {who}:
                found.append(Taken(row.at, names.get(who, who), row.event.detail, who == self.access.person.id))
        return tuple(reversed(found))

    @needs(Action.SEE_EMERGENCY_ACCESS)
    def others(self) -> tuple[str, ...]:
        """The names of the other administrators who work here."""
        return tuple(one.name for one in self._store.clinicians()
                     if one.id != self.access.person.id and not one.retired
                     and Access(one).may(Action.SEE_EMERGENCY_ACCESS))

    def _rows(self) -> Iterator[AuditRow]:
        """Newest first, however many there are."""
        before = 0
        while page := self._store.audit_rows(AuditFilter(deed=Deed.EMERGENCY_ACCESS.value), before=before,
                                             limit=_ROWS):
            yield from page
            if len(page) < _ROWS:
                return
            before = page[-1].sequence

    @needs(Action.SEE_EMERGENCY_ACCESS)
    def looked_through(self) -> None:
        """The signed-in administrator knows of every one until now; of their own, another one has to know."""
        self._store.record(AuditEvent(Deed.EMERGENCY_ACCESS, LOOKED_THROUGH, subject=self.access.person.id,
                                      detail="" if self.others() else NOBODY_ELSE))
