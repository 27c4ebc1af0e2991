"""Everything about one patient as a folder: documents, their data, every answer, the record of use, an index to read.

What a patient may ask for, or a clinic that takes over the care. The folder is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, AuditFilter, AuditRow, Deed, kind_of
from desktop_app.use_cases.domain import Clinic, Encounter, PaperKind, Patient, StoredDocument
from desktop_app.use_cases.errors import BadData, LumbarError
from desktop_app.use_cases.outputs import write_folder
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Store

WHAT = "everything about the patient"
"""What the record of use calls it."""
INDEX, CONSULTATIONS, RECORD = "index.html", "consultations.json", "record-of-use.csv"
_FORMAT = "lumbar-pathway patient 1"
_AT_ONCE = 2_000  # rows of the record of use read together
_HEAD = ("entry", "time (UTC)", "person", "deed", "what", "concerns", "detail", "before", "after")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of a patient."""

    consultations: int
    documents: int


@dataclass(frozen=True, slots=True)
class SavedFolder:
    place: Path
    files: int


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index names it, with the files that belong to it."""

    number: str
    kind: str
    signed: datetime
    files: tuple[tuple[str, str], ...]  # path inside the folder, what it is


@dataclass(frozen=True, slots=True)
class IndexedConsultation:
    begun: datetime
    by: str
    state: str  # in words
    documents: tuple[IndexedDocument, ...]


@dataclass(frozen=True, slots=True)
class FolderIndex:
    """All that the index says."""

    patient: Patient
    clinic: Clinic
    made: datetime
    by: str
    consultations: tuple[IndexedConsultation, ...]
    rows: int  # of the record of use


class FolderPapers(Protocol):
    """What needs to know files: ``documents`` implements it."""

    def attached(self, pdf: bytes) -> Mapping[str, bytes]:
        """The files that a document carries, by name."""

    def index(self, about: FolderIndex) -> bytes:
        """The page that says what lies in the folder."""


class PatientFolder:
    """``write_answer`` gives an answer as JSON text; ``confirm`` checks the signed-in person's passphrase."""

    def __init__(self, access: Access, store: Store, clock: Clock, confirm: Callable[[str], None],
                 papers: Callable[[], FolderPapers], write_answer: Callable[[Answer], str]) -> None:
        self.access = access
        self._store, self._clock, self._confirm = store, clock, confirm
        self._papers, self._write_answer = papers, write_answer

    @needs(Action.EXPORT_PATIENT)
    def counts(self, patient_id: str) -> Counts:
        """What would be saved."""
        visits = self._store.encounters_of(patient_id)
        return Counts(len(visits), sum(len(self._store.entries_of(one.id)) for one in visits))

    @needs(Action.EXPORT_PATIENT)
    def save(self, patient_id: str, place: Path, passphrase: str, pack: Pack) -> SavedFolder:
        """A new folder inside ``place``. That it is taken out is recorded first, and again when it failed.

        Raises ``WrongPassphrase``, ``CannotCreate``, ``IoFailed`` or ``NotPermitted``; then nothing was left behind.
        """
        patient = self._store.patient(patient_id)
        self._confirm(passphrase)
        if not place.is_dir():
            raise BadData(tr("{place}: there is no such folder.").format(place=place),
                          next_step=tr("Choose a folder that is there, for example on a stick."))
        target = _free(place, f"{_plain(patient.number)}-{self._clock.today().isoformat()}")
        self._store.record(AuditEvent(Deed.EXPORTED, WHAT, patient_id, detail=str(target)))
        try:
            files = self._files(patient, pack)
            write_folder(target, files)
        except LumbarError as problem:
            self._store.record(AuditEvent(Deed.FAILED, WHAT, patient_id, detail=kind_of(problem)))
            raise
        return SavedFolder(target, len(files))

    def _files(self, patient: Patient, pack: Pack) -> dict[str, bytes]:
        names = {one.id: one.name for one in self._store.clinicians()}
        visits = sorted(self._store.encounters_of(patient.id), key=lambda one: one.sequence)
        files: dict[str, bytes] = {}
        listed = []
        for visit in visits:
            documents = [self._document(one, files) for one in self._store.documents_of(visit.id)]
            listed.append(IndexedConsultation(visit.started, names.get(visit.clinician_id, ""), _state(visit),
                                              tuple(documents)))
        files[CONSULTATIONS] = self._consultations(patient, visits, names, pack)
        rows = list(_rows(self._store, patient.id))
        files[RECORD] = _table(rows, names)
        files[INDEX] = self._papers().index(FolderIndex(patient, self._store.clinic(), self._clock.now(),
                                                        self.access.person.name, tuple(listed), len(rows)))
        return files

    def _document(self, stored: StoredDocument, files: dict[str, bytes]) -> IndexedDocument:
        """Puts the document and what belongs to it among the files."""
        name, own = _plain(stored.number), []
        known = {kind.value: kind.words for kind in PaperKind}
        words = known.get(stored.kind, stored.kind.replace("_", " "))

        def put(path: str, content: bytes, what: str) -> None:
            files[path] = content
            own.append((path, what))

        put(f"documents/{name}.pdf", stored.content, words)
        stamp = self._store.time_stamp(stored.id)
        if stamp is not None:
            put(f"documents/{name}.pdf.tsr", stamp.content, "time stamp")
        for attached, content in sorted(self._papers().attached(stored.content).items()):
            put(f"data/{name}-{_plain(attached)}", content, "FHIR bundle" if "fhir" in attached else "decision record")
        return IndexedDocument(stored.number, words, stored.created, tuple(own))

    def _consultations(self, patient: Patient, visits: Sequence[Encounter], names: Mapping[str, str], pack: Pack
                       ) -> bytes:
        """Everything that is stored of each one; what was never signed is nowhere else."""
        found = []
        for visit in visits:
            one = asdict(visit)
            one["answers"] = {atom: {"question": pack.atoms[atom].label if atom in pack.atoms else atom,
                                     **json.loads(self._write_answer(answer))}
                              for atom, answer in visit.answers.items()}
            one["record"] = json.loads(visit.record) if visit.record else None
            one["clinician"] = names.get(visit.clinician_id, "")
            one["half_typed"] = {name: told for person, name in names.items()
                                 if (told := dict(self._store.half_typed(person, visit.id)))}
            found.append(one)
        whole = {"format": _FORMAT, "patient": asdict(patient), "consultations": found}
        return (json.dumps(whole, ensure_ascii=False, indent=1, default=_text) + "\n").encode("utf-8", "replace")


def _state(visit: Encounter) -> str:
    return {"draft": "not finished", "signed": "signed", "superseded": "signed; a correction took its place",
            "voided": "void: signed for the wrong patient"}[visit.state.value]


def _text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no way to write a {type(value).__name__}")


def _rows(store: Store, patient_id: str) -> Iterator[AuditRow]:
    """All of the patient's rows, newest first."""
    before = 0
    while found := store.audit_rows(AuditFilter(patient_id), before=before, limit=_AT_ONCE):
        yield from found
        if len(found) < _AT_ONCE:
            return
        before = found[-1].sequence


def _table(rows: Sequence[AuditRow], names: Mapping[str, str]) -> bytes:
    """Comma-separated, UTF-8 with its mark, so that every spreadsheet reads the letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEAD)
    for row in rows:
        event = row.event
        cells = (str(row.sequence), row.at.strftime("%Y-%m-%d %H:%M:%S"), names.get(row.by, row.by), event.deed.value,
                 event.what, event.subject, event.detail, event.old, event.new)
        # A spreadsheet takes a cell that begins like a formula for one and would work it out.
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig", "replace")


def _plain(name: str) -> str:
    """Letters, digits, dots and dashes: a name that every system takes for a file."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("._") or "patient"


def _free(place: Path, name: str) -> Path:
    """A name that is not taken yet."""
    target, number = place / name, 1
    while target.exists():
        number += 1
        target = place / f"{name}-{number}"
    return target
