"""The documents of a consultation as rows, and what is typed about their pages: which to print, how large to show."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.language import tr
from desktop_app.presentation import standing, words
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import EncounterState, PaperKind, StoredDocument
from desktop_app.use_cases.permissions import Action

LOOK, PRINT, SAVE, SAVE_ALL = "look", "print", "save", "save_all"
ZOOMS = (25, 50, 75, 100, 125, 150, 200, 300)  # per cent of the true size
MOST_COPIES = 20
NO_PRINTER = (tr("No printer is set up on this computer. Connect one in the system's settings and open this "
                 "again, or save the PDF and print it elsewhere."))

_READER = {
    PaperKind.CARE_PLAN: tr("For the record"),
    PaperKind.LETTER: tr("For the specialist"),
    PaperKind.HANDOUT: tr("For the patient, to take home"),
    PaperKind.CHOICES: tr("For the patient, to decide with"),
    PaperKind.TRANSFER_NOTE: tr("For the receiving team, along with the patient"),
}
_TITLE = {
    PaperKind.CARE_PLAN: tr("Care plan"),
    PaperKind.LETTER: tr("Referral letter"),
    PaperKind.HANDOUT: tr("Patient's sheet"),
    PaperKind.CHOICES: tr("Sheet with the patient's choices"),
    PaperKind.TRANSFER_NOTE: tr("Transfer note"),
}
_FILE = {
    PaperKind.CARE_PLAN: "care-plan",
    PaperKind.LETTER: "referral-letter",
    PaperKind.HANDOUT: "patients-sheet",
    PaperKind.CHOICES: "sheet-with-choices",
    PaperKind.TRANSFER_NOTE: "transfer-note",
}
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One document. ``number`` is empty for a draft."""

    kind: PaperKind | None  # None: about nobody yet
    title: str
    number: str
    reader: str
    file: str  # the name a saved file is offered
    mark: str = ""  # what goes across each page that is shown or printed, because the paper does not hold any more

    @property
    def draft(self) -> bool:
        return self.kind is not None and not self.number

    @property
    def line(self) -> str:
        return " · ".join(part for part in (self.number, self.reader) if part)

    @property
    def name(self) -> str:
        """Title and number, or that it is a draft, for headings and screen readers."""
        return tr("{title}, draft").format(title=self.title) if self.draft else f"{self.title} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class PapersModel:
    rows: tuple[PaperRow, ...]
    signed: bool
    note: str
    may_take_out: bool = True  # print, save, copy; looking is for everybody who sees the patient

    def row(self, kind: PaperKind) -> PaperRow:
        """LookupError when there is no document of this kind."""
        for row in self.rows:
            if row.kind is kind:
                return row
        raise LookupError(kind)


def build(consultation: OpenConsultation) -> PapersModel:
    """The signed documents, or those that signing would make now."""
    signed = consultation.encounter.state is not EncounterState.DRAFT
    patient = consultation.patient.number
    if signed:
        kept = {PaperKind(one.kind): one.number for one in consultation.documents}
        mark = standing.mark(consultation.standing)
        rows = tuple(_row(kind, kept[kind], f"{kept[kind]}-{_in_a_name(patient)}", mark)
                     for kind in PaperKind if kind in kept)
        told = tr("{count}, signed.").format(count=words.count(len(rows), "document"))
        return PapersModel(rows, signed, tr("{told} Shown and printed with “{mark}” across each page.").format(
                                             told=told, mark=mark
                                         ) if mark else told, consultation.access.may(Action.TAKE_OUT))
    rows = tuple(_row(kind, "", f"{_in_a_name(patient)}-{_FILE[kind]}-draft") for kind in consultation.draft_kinds())
    return PapersModel(rows, signed, tr("What signing would make now. Every page of a draft says that nobody "
                                        "signed it."))


def _in_a_name(number: str) -> str:
    """The patient's number as a part of a file's name; a name of a person never stands there."""
    return re.sub(r"[^\w.-]+", "_", number)


def free_name(folder: Path, name: str) -> Path:
    """Where a file of this name can be written without replacing another one: plan.pdf, then plan (2).pdf."""
    wanted = folder / name
    again = (folder / f"{wanted.stem} ({n}){wanted.suffix}" for n in itertools.count(2))
    return next(path for path in itertools.chain((wanted,), again) if not path.exists())


def _row(kind: PaperKind, number: str, file: str, mark: str = "") -> PaperRow:
    title = _TITLE[kind]
    return PaperRow(kind, title, number, _READER[kind], f"{file}.pdf", mark)


def blank(what: Blank) -> PaperRow:
    """A paper that needs no patient, as a row."""
    return PaperRow(None, what.words[0].upper() + what.words[1:], "", "", f"{what.value}.pdf")


def content(consultation: OpenConsultation, kind: PaperKind) -> bytes:
    """The signed file, or the draft as it stands. Raises ``BadData`` where there is none of this kind."""
    kept: Sequence[StoredDocument] = consultation.documents
    return next((one.content for one in kept if one.kind == kind.value), b"") or consultation.draft(kind)


def pages(text: str, count: int) -> tuple[tuple[int, ...], str]:
    """Page indexes from "1-3, 5", in the order of the document, and what is wrong with it ("" when nothing is).

    Nothing typed means all pages.
    """
    if not text.strip():
        return tuple(range(count)), ""
    found: set[int] = set()
    for part in re.split(r"[,;]", text):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            return (), tr("Write pages like 1-3, 5.")
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= count:
            return (), tr("There are pages 1 to {count}.").format(count=count) if count > 1 else tr(
                "There is only page 1."
            )
        found.update(range(first - 1, last))
    return tuple(sorted(found)), ""


def nearest_zoom(now: float, step: int) -> float:
    """The next size of the scale above (step 1) or below (step -1) what is shown now; sizes in parts of 1."""
    sizes = [size / 100 for size in ZOOMS]
    if step > 0:
        return next((size for size in sizes if size > now + 0.005), sizes[-1])
    return next((size for size in reversed(sizes) if size < now - 0.005), sizes[0])
