"""A patient's data on their way out, in words: what a saved folder holds, what an erasure takes and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.language import tr, trn
from desktop_app.presentation import words
from desktop_app.presentation.backups import moment
from desktop_app.use_cases.backups import Place
from desktop_app.use_cases.domain import Clinician, Patient
from desktop_app.use_cases.patient_folder import CONSULTATIONS, INDEX, RECORD, Counts, SavedFolder
from desktop_app.use_cases.permissions import ROLE_WORDS
from desktop_app.use_cases.privacy import Erased, Goes

NOT_ENCRYPTED = tr("The files are not encrypted and name the patient. Keep them where only those can read them who "
                   "may, and delete them when they are not needed any more.")
ONLY_CLINICIANS = tr("A clinician saves everything about a patient, or erases one.")


@dataclass(frozen=True, slots=True)
class Told:
    """A heading with its points."""

    heading: str
    points: tuple[str, ...]


def in_folder(counts: Counts) -> Told:
    """What will be saved."""
    return Told(tr("What is saved"), (
        tr("{documents}, as they were signed, with what is attached to them: FHIR bundle and decision record").format(
            documents=words.count(counts.documents, "document").capitalize()),
        tr("{consultations} with every answer, also those that were not finished ({file})").format(
            consultations=words.count(counts.consultations, "consultation").capitalize(), file=CONSULTATIONS),
        tr("Who did what with these data ({file})").format(file=RECORD),
        tr("A page to read that says what each file is ({file})").format(file=INDEX)))


def saved(found: SavedFolder) -> str:
    return tr("Saved: {files} in {place}. Open {index} there to read what each one is.").format(
        files=words.count(found.files, "file"), place=found.place, index=INDEX)


def goes(patient: Patient, counts: Goes) -> Told:
    """What an erasure takes away."""
    return Told(tr("What is erased"), (
        tr("Name, number, date of birth: everything by which {name} is known here").format(name=patient.name),
        tr("{consultations} with every answer and decision, also half-typed words").format(
            consultations=words.count(counts.consultations, "consultation").capitalize()),
        tr("{documents}, signed ones too").format(documents=words.count(counts.documents, "document").capitalize()),
        tr("The key with which the record of use can read what was done for this patient")))


def stays(backups: Sequence[str]) -> Told:
    """``backups``: what ``still_in`` says."""
    return Told(tr("What stays"), (
        tr("That somebody was erased, when, by which two people and with your reason; of what was done before only "
           "that it was done"),
        tr("Backups that were made until now. They still hold the patient until they are thinned out or deleted."),
        *backups,
        tr("Papers that were printed, and files that were saved or sent")))


def still_in(places: Sequence[Place], store_id: str, entry: int | None = None) -> tuple[str, ...]:
    """Which backups of these records lie where; after an erasure those only whose record of use ends before its
    ``entry``.
    """
    found = []
    for place in places:
        own = [one for one in place.backups if one.store_id == store_id
               and (entry is None or one.head.sequence < entry)]
        if own:
            newest = max(own, key=lambda one: one.number)
            found.append(tr("{backups} in {folder}, up to backup {number} of {moment}").format(
                backups=trn("{count} backup", "{count} backups", len(own)).format(count=len(own)),
                folder=place.folder, number=newest.number, moment=moment(newest.made)))
        elif not place.there:
            found.append(tr("Whatever lies in {folder}, which is not there now").format(folder=place.folder))
    return tuple(found)


def nobody_else() -> str:
    return tr("Nobody else here could agree. It takes a second person who is a clinician or an administrator, and one "
              "of the two has to be an administrator: Settings, People.")


def second(person: Clinician) -> str:
    """How somebody stands in the list: O. Sander (administrator)."""
    roles = ", ".join(tr(ROLE_WORDS[role]) for role in ROLE_WORDS if role in person.roles)
    return f"{person.name} ({roles})"


def second_people(found: Sequence[Clinician]) -> tuple[tuple[str, str], ...]:
    return (("", tr("Choose who agrees")), *((one.id, second(one)) for one in found))


def erased(found: Erased, backups: Sequence[str]) -> tuple[str, ...]:
    """On the page after it; ``backups`` as ``still_in`` says."""
    whole = (tr("The record of use is whole: {rows} entries read.").format(rows=f"{found.record.rows:,}")
             if found.record.sound else
             tr("The record of use is not whole. This comes from something else than the erasure: look at Settings, "
                "Record of use."))
    return (tr("Erased: {consultations}. Nothing in these records names the patient any more.").format(
        consultations=words.count(found.consultations, "consultation")), whole, *_backups_gone(found), *(
        tr("Still with the patient: {backups}.").format(backups=one) for one in backups))


def _backups_gone(found: Erased) -> tuple[str, ...]:
    gone = (trn("{count} backup that held the patient was deleted. A new one was made first and read whole.",
                "{count} backups that held the patient were deleted. A new one was made first and read whole.",
                found.backups).format(count=found.backups),) if found.backups else ()
    return (*gone, *found.failed)
