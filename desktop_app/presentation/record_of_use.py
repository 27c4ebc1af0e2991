"""The record of use in words: one line a row, and what checking it says."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.model import Pack
from desktop_app.language import tr, trn
from desktop_app.presentation import words
from desktop_app.use_cases.audit import AuditVerdict, Deed
from desktop_app.use_cases.record_of_use import ANSWER, Named

DEEDS = {
    Deed.CREATED: tr("Created"),
    Deed.VIEWED: tr("Looked at"),
    Deed.CHANGED: tr("Changed"),
    Deed.SIGNED: tr("Signed"),
    Deed.VOIDED: tr("Voided"),
    Deed.PRINTED: tr("Printed"),
    Deed.EXPORTED: tr("Saved or copied out"),
    Deed.IMPORTED: tr("Brought in"),
    Deed.SIGNED_IN: tr("Signed in"),
    Deed.SIGNED_OUT: tr("Signed out"),
    Deed.FAILED: tr("Failed"),
    Deed.EMERGENCY_ACCESS: tr("Emergency access"),
    Deed.ERASED: tr("Erased"),
    Deed.BACKED_UP: tr("Backed up"),
    Deed.RESTORED: tr("Restored"),
}
EVERYBODY, EVERYTHING = tr("Everybody"), tr("Everything")
PLAIN = {"encounter": tr("consultation"), "visits": tr("list of consultations")}  # of what is written shorter
LOUD = frozenset({Deed.EMERGENCY_ACCESS, Deed.ERASED, Deed.FAILED, Deed.RESTORED, Deed.VOIDED})
LONGEST = 160  # letters of what was changed


@dataclass(frozen=True, slots=True)
class RecordRow:
    sequence: int
    when: str
    who: str
    what: str
    whose: str  # "" where the row is about no patient
    detail: str
    loud: bool  # stands out: what somebody who looks through it must not miss


@dataclass(frozen=True, slots=True)
class Checked:
    sound: bool
    title: str
    lines: tuple[str, ...]


def row(found: Named, pack: Pack) -> RecordRow:
    audited, event = found.row, found.row.event
    at = audited.at.astimezone()
    whose = found.patient or (tr("a patient") if event.patient_id else "")
    if event.patient_id and not audited.readable:
        whose = tr("a patient who was erased")
    return RecordRow(audited.sequence, f"{words.day(at.date())}, {at:%H:%M:%S}",
                     found.by or tr("With the recovery key"), _what(found, pack), whose, _detail(found, pack),
                     event.deed in LOUD)


def _what(found: Named, pack: Pack) -> str:
    event = found.row.event
    about = event.what
    if about == ANSWER and (atom := pack.atoms.get(event.detail)) is not None:
        about = tr("answer “{label}”").format(label=atom.label)
    elif about == "choice" and (option := pack.options.get(event.detail)) is not None:
        about = tr("decision on “{title}”").format(title=option.title)
    about = PLAIN.get(about, about)
    return f"{DEEDS[event.deed]}: {about}" if about else DEEDS[event.deed]


def _detail(found: Named, pack: Pack) -> str:
    event = found.row.event
    if not found.row.readable:
        return tr("What was written here went with the patient.")
    if event.what == ANSWER and (atom := pack.atoms.get(event.detail)) is not None:
        return f"{words.answer(atom, found.before)} → {words.answer(atom, found.after)}"
    change = f"{event.old} → {event.new}" if event.old and event.new else event.new or event.old
    if event.deed is Deed.BACKED_UP:  # the mark of the last row stands there for the check, not for a reader
        change = ""
    known = event.what == "choice" and event.detail in pack.options
    return words.shortened(" · ".join(part for part in ("" if known else event.detail, change) if part), LONGEST)


def checked(verdict: AuditVerdict) -> Checked:
    rows = trn("{count} row", "{count} rows", verdict.rows).format(count=f"{verdict.rows:,}")
    heads = trn("{count} mark outside these records", "{count} marks outside these records",
                verdict.compared).format(count=f"{verdict.compared:,}")
    compared = tr("{rows} read, {heads} compared: in signed documents, on backups and beside the records.").format(
        rows=rows, heads=heads)
    restored = (tr("A backup was restored at row {rows}: what came after it is not here.").format(
        rows=", ".join(map(str, verdict.restored))),) if verdict.restored else ()
    if verdict.sound:
        return Checked(True, tr("Whole: every row is as it was written"), (compared, *restored))
    return Checked(False, tr("Changed: the record of use is not as it was written"),
                   (*verdict.problems, compared, *restored))


def kinds() -> tuple[tuple[str, str], ...]:
    """What the list can be narrowed to."""
    return (("", EVERYTHING), *((deed.value, label) for deed, label in DEEDS.items()))
