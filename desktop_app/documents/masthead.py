"""What every document of a decision has in common: clinic, number, dates, whose paper it is, content version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.documents import fhir_bundle, record_file
from desktop_app.documents.style import MM
from desktop_app.documents.tree import Attachment, Document, Fitting, Identity, Note, bold, text
from desktop_app.documents.view import PlanView
from desktop_app.documents.words import day, moment, signature_of, unbroken, visible
from desktop_app.language import in_english, is_draft, later, paper, tr, trn
from desktop_app.use_cases.domain import PaperKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.tree import Block
    from desktop_app.use_cases.ports import PlanInput

_FOR_PATIENTS = (PaperKind.HANDOUT.value, PaperKind.CHOICES.value)
_WITHOUT_BLOCK = (*_FOR_PATIENTS, PaperKind.TRANSFER_NOTE.value)  # for a signature; theirs has its field in the head


def document_of(
    plan: PlanInput,
    *,
    title: str,
    kind: str,
    first: Sequence[tuple[Block, ...]],
    rest: tuple[Block, ...] = (),
    with_record: bool = True,
) -> Document:
    """The document around its blocks. ``first`` holds page one from roomy to dense.

    ``with_record`` attaches the decision record and the FHIR bundle; the patient's sheets never carry them.
    """
    patient, clinic = plan.patient, plan.clinic
    as_of = plan.decision.as_of
    by_clock = tr("signed on {day}") if plan.clock_doubt is None else tr("signed on {day}, by a clock in doubt")
    signed = by_clock.format(day=day(plan.signed_on)) if plan.signed_on is not None else tr("not signed")
    sex = {"female": tr("Female"), "male": tr("Male")}.get(
        patient.sex, patient.sex.capitalize() or tr("Sex not recorded"))
    name, number = visible(patient.name) or tr("Name not entered"), visible(patient.number) or tr("no number")
    born_known = patient.born != date.min  # a case file may leave the birth date out
    born = tr("born {day}").format(day=day(patient.born)) if born_known else tr("birth date not known")
    years = _age(patient.born, as_of)
    age = trn("{count} year", "{count} years", years).format(count=years) if born_known else tr("age not known")
    files = _files(plan.in_other_words(), kind) if with_record else ()
    return Document(
        title=title,
        kind=kind,
        language=plan.language,
        number=plan.number,
        dates=(tr("as of {day}").format(day=day(as_of)), signed),
        clinic=clinic.name if clinic is not None else tr("No clinic entered"),
        clinic_lines=tuple(line for line in (clinic.address, clinic.telephone) if line) if clinic is not None else (),
        draft=plan.signed_on is None,
        training=patient.training,
        identity=Identity(name, patient.training, (f"{sex}, {age}", born), number),
        footer_identity=f"{name} · {unbroken(number)} · {unbroken(born)}",
        notice=notice(),
        footer_content=tr("Guideline {version}").format(version=plan.decision.guideline_version)
        + f" · {plan.pack.info.state_words}",
        first=Fitting(len(first), lambda place: (*_replaces(plan, kind), *first[place])),
        rest=rest,
        subject=tr("{title} for {name}, number {number}, born {day}").format(
            title=title, name=name, number=number, day=patient.born.isoformat() if born_known else tr("not known")),
        author=visible(plan.clinician.name) if plan.clinician is not None else tr("no clinician named"),
        keywords=tr("{number}; as of {day}; guideline {version}").format(
            number=plan.number, day=as_of.isoformat(),
            version=f"{plan.decision.guideline_id} {plan.decision.guideline_version}"),
        page_size=plan.page_size,
        attachments=files,
        logo=clinic.letterhead.logo if clinic is not None else b"",
        top=clinic.letterhead.top * MM if clinic is not None else 0.0,
        signed_in_head=_signature(plan) if kind in _WITHOUT_BLOCK else "",
    )


def _signature(plan: PlanInput) -> str:
    who = plan.clinician
    if plan.signed_at is None or who is None:
        return ""
    when = tr("{moment}, by this computer's clock").format(moment=moment(plan.signed_at))
    return signature_of(visible(who.name), who.role_title, when)


_NOTICES = {
    "fr": later("In French: machine-drafted, not reviewed."),
    "es": later("In Spanish: machine-drafted, not reviewed."),
}


def notice() -> str:
    """For the foot of each page in a language whose words nobody has approved: said in it and in English."""
    words = _NOTICES.get(paper(), "")
    return f"{tr(words)} {words}" if words and is_draft(paper()) else ""


def _files(plan: PlanInput, kind: str) -> tuple[Attachment, ...]:
    """What travels inside the file: the record, and the plan for other record systems."""
    with in_english():  # data have one wording, whatever the pages speak
        record = record_file.record_file(plan, kind)
        bundle = fhir_bundle.fhir_bundle(PlanView(plan), kind)
    return (
        Attachment(record_file.FILE_NAME, tr("The whole record of this advice as data"), "application/json", record),
        Attachment(fhir_bundle.FILE_NAME, tr("The plan as a FHIR R4 bundle"), "application/fhir+json", bundle),
    )


def _replaces(plan: PlanInput, kind: str) -> tuple[Block, ...]:
    """On a correction: which paper it takes the place of. The reason is not for the patient's own sheets."""
    old = plan.replaces
    if old is None:
        return ()
    title = tr("Takes the place of {number} of {day}").format(
        number=visible(old.number_for(kind)), day=day(old.signed_on)
    )
    if kind in _FOR_PATIENTS:
        return (Note(title, (text(tr("Please do not use the older sheet any more.")),), "cancel"),)
    why = text(tr("The older paper does not hold any more. Corrected because: "), bold(visible(old.reason)))
    return (Note(title, (why,), "cancel"),)


def _age(born: date, as_of: date) -> int:
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
