"""The record of use as a person looks at it: page by page, checked on demand, an extract to take along."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.engine.answers import Answer
from desktop_app.use_cases.audit import ALL_ROWS, AuditEvent, AuditFilter, AuditRow, AuditVerdict, Deed
from desktop_app.use_cases.domain import Patient
from desktop_app.use_cases.errors import NotInStore
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Store

PAGE = 50
ANSWER = "answer"  # what a row is about when somebody answered
EXTRACT_AT_MOST = 200_000  # rows; a clinic of ten people writes fewer in many years
_SLICE = 500
_HEAD = ("row", "at (UTC)", "by", "deed", "what", "patient", "about", "detail", "before", "after")


@dataclass(frozen=True, slots=True)
class Named:
    """A row with the names that go with its ids; ``patient`` is empty for whoever may not see patients."""

    row: AuditRow
    by: str
    patient: str
    before: Answer | None = None  # of a changed answer
    after: Answer | None = None


class RecordOfUse:
    """``checked`` reads the whole chain and compares it with every head that lies outside the store; ``read_answer``
    reads an answer as the record holds it.
    """

    def __init__(self, access: Access, store: Store, confirm: Callable[[str], None],
                 checked: Callable[[], AuditVerdict], read_answer: Callable[[str], Answer]) -> None:
        self.access = access
        self._store, self._confirm, self._checked, self._read_answer = store, confirm, checked, read_answer

    @needs(Action.SEE_AUDIT)
    def rows(self, wanted: AuditFilter = ALL_ROWS, *, before: int = 0) -> tuple[Named, ...]:
        """The next page, newest first; ``before`` is the last row of the page before."""
        return self._named(self._store.audit_rows(wanted, before=before, limit=PAGE))

    @needs(Action.SEE_AUDIT)
    def people(self) -> Mapping[str, str]:
        """Id to name of everybody who ever worked here."""
        return {one.id: one.name for one in self._store.clinicians()}

    @needs(Action.SEE_AUDIT)
    def patients(self, text: str) -> Sequence[Patient]:
        """Whoever has this in their name or number; nobody for whoever may not see patients."""
        return self._store.find_patients(text) if self.access.may(Action.SEE_PATIENTS) else ()

    @needs(Action.SEE_AUDIT)
    def check(self) -> AuditVerdict:
        return self._checked()

    @needs(Action.SEE_AUDIT)
    def extract(self, passphrase: str, wanted: AuditFilter = ALL_ROWS) -> bytes:
        """The rows of the filter, newest first, as a table in CSV (UTF-8). That it was taken is recorded first."""
        self._confirm(passphrase)
        self._store.record(AuditEvent(Deed.EXPORTED, "extract of the record of use", wanted.patient_id,
                                      detail=" ".join(filter(None, (wanted.by, wanted.deed)))))
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(_HEAD)
        before, count = 0, 0
        while count < EXTRACT_AT_MOST:
            found = self._named(self._store.audit_rows(wanted, before=before, limit=_SLICE))
            for one in found:
                table.writerow(_safe(_cells(one)))
            count += len(found)
            if len(found) < _SLICE:
                break
            before = found[-1].row.sequence
        return text.getvalue().encode()

    def _named(self, rows: Sequence[AuditRow]) -> tuple[Named, ...]:
        people = {one.id: one.name for one in self._store.clinicians()}
        sees = self.access.may(Action.SEE_PATIENTS)
        names: dict[str, str] = {}
        found = []
        for row in rows:
            event = row.event
            if event.patient_id and sees and event.patient_id not in names:
                names[event.patient_id] = self._name(event.patient_id, row)
            if event.patient_id and not sees and event.deed is not Deed.ERASED:
                event = replace(event, detail="", old="", new="")
            answers = [self._read_answer(text) if text and event.what == ANSWER else None
                       for text in (event.old, event.new)]
            found.append(Named(replace(row, event=event), people.get(row.by, row.by),
                               names.get(event.patient_id, ""), *answers))
        return tuple(found)

    def _name(self, patient_id: str, row: AuditRow) -> str:
        if not row.readable or row.event.deed is Deed.ERASED:
            return ""
        try:
            found = self._store.patient(patient_id)
        except NotInStore:
            return ""
        return f"{found.name} · {found.number}"


def _cells(one: Named) -> tuple[str, ...]:
    row, event = one.row, one.row.event
    return (str(row.sequence), row.at.isoformat(), one.by, event.deed.value, event.what,
            one.patient or event.patient_id, event.subject, event.detail if row.readable else "(erased)",
            event.old, event.new)


def _safe(cells: tuple[str, ...]) -> tuple[str, ...]:
    """No cell that a table program would take for a formula."""
    return tuple(f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell for cell in cells)
