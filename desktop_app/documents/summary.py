"""The paper in a few lines, for the code on it. Its words are those that stand on the pages."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.documents.allergies import allergies, settled
from desktop_app.documents.tree import Paragraph, Proof, plain, text
from desktop_app.documents.view import PlanView
from desktop_app.documents.words import TIER_NAMES, VERDICT_WORDS, beginning, day, listed, low, root_in_words, visible
from desktop_app.engine.model import Tier
from desktop_app.language import ENGLISH, in_english, paper, tr
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.proof import CARRIES_CODE, PaperSummary, SummaryLine

if TYPE_CHECKING:
    from desktop_app.documents.tree import Block
    from desktop_app.use_cases.domain import PaperKind
    from desktop_app.use_cases.ports import PlanInput

_MOST_INITIALS = 3
_MOST_NAMES = 4  # options of one decision by name; the code has to stay coarse enough for a poor printer
_LETTERS = 60  # of one option's name: level and side stand at its end
_ANTICOAGULANT = "takes.anticoagulant"


def summary_of(plan: PlanInput, kind: PaperKind) -> PaperSummary:
    """What anyone who scans the code learns. The patient by initials, number and year of birth."""
    view, patient = PlanView(plan), plan.patient
    words = visible(kind.words)
    training = [SummaryLine(tr("Training"), tr("fictional patient"))] if patient.training else []
    lines = (
        SummaryLine(
            tr("Document"),
            tr("{paper} {number}, as of {day}").format(paper=words, number=plan.number, day=day(view.decision.as_of)),
        ),
        *training,
        *(
            [SummaryLine(tr("Takes the place of"), visible(plan.replaces.number_for(kind.value)))]
            if plan.replaces
            else []
        ),
        _urgency(view),
        _due(view),
        _level(view),
        _root(view),
        _verdict(view),
        _decided(view),
        _allergies(view),
        anticoagulant(view),
    )
    return PaperSummary(
        number=plan.number,
        initials=_initials(patient.name),
        patient_number=visible(patient.number),
        birth_year=patient.born.year if patient.born != date.min else None,  # a case file may leave it out
        lines=lines,
    )


def proof_page(plan: PlanInput, kind: PaperKind) -> tuple[Block, ...]:
    """The code with its lines in words; nothing on paper that is not signed, or that carries none."""
    if plan.signed_on is None or kind not in CARRIES_CODE or not plan.code:
        return ()
    with in_english():  # as the code holds them
        found = summary_of(plan.in_other_words(), kind)
        patient = tr("Patient"), text(_patient(found))
    rows = (patient, *((line.label, text(line.words)) for line in found.lines))
    return (
        Proof(
            plan.code,
            tr("Check this paper"),
            tr("The code holds these lines, signed by the clinician, with the time of signing: nothing more."),
            rows,
            language=ENGLISH if paper() not in {"", ENGLISH} else "",
        ),
        Paragraph(
            text(
                tr(
                    "To check it without a network: start “lumbar-pathway verify -” and scan the code. It is what "
                    "it seems when the lines that appear there are the lines of this paper."
                )
            ),
            "small",
            6.0,
        ),
    )


def _patient(found: PaperSummary) -> str:
    year = found.birth_year
    born = tr("born in {year}").format(year=year) if year is not None else tr("year of birth not known")
    return tr("{initials}, number {number}, {born}").format(
        initials=found.initials or tr("initials not known"), number=found.patient_number or tr("not known"), born=born)


def _initials(name: str) -> str:
    """The first letter of up to three names; the first, and the last ones, which tell people apart."""
    words = [word for word in visible(name).split() if unicodedata.category(word[0])[0] in "LN"]
    chosen = words if len(words) <= _MOST_INITIALS else [words[0], *words[-_MOST_INITIALS + 1:]]
    return " ".join(f"{word[0].upper()}." for word in chosen)


def _urgency(view: PlanView) -> SummaryLine:
    tier = view.decision.tier
    floor = TIER_NAMES[tier.floor]
    certain = tr("at least {tier}").format(tier=low(floor)) if tier.floor is not Tier.NONE else tr("not settled")
    left = tr("{certain}; not excluded: {tier}").format(certain=certain, tier=low(TIER_NAMES[tier.ceiling]))
    words = floor if tier.final else left
    screen = "" if view.decision.emergency.complete else tr("; emergency screen not complete")
    return SummaryLine(tr("Urgency"), words + screen, known=tier.final or tier.floor is not Tier.NONE)


def _due(view: PlanView) -> SummaryLine:
    tier = view.decision.tier
    if tier.clock_stopped:
        return SummaryLine(tr("Due"), tr("seen already; no date runs"))
    today = tr("act today") if tier.act_today else ""
    if tier.due_date is not None:
        return SummaryLine(tr("Due"), listed((day(tier.due_date), today)))
    if today:
        return SummaryLine(tr("Due"), tr("{today}; date not known").format(today=today))
    if tier.reasons and any(result.start_unknown for result in tier.reasons):
        return SummaryLine(tr("Due"), tr("date not known"), known=False)
    if tier.final:
        return SummaryLine(tr("Due"), tr("no date"))
    return SummaryLine(tr("Due"), tr("not known: the urgency is not settled"), known=False)


def _level(view: PlanView) -> SummaryLine:
    label = tr("Fracture level")
    if value := view.value("fracture_level"):
        return SummaryLine(label, value)
    return _unknown(view, label, "fracture_level")


def _root(view: PlanView) -> SummaryLine:
    root = view.decision.imaging.root
    if root == "unknown":
        return SummaryLine(tr("Root"), tr("not settled"), known=False)
    return SummaryLine(
        tr("Root"), tr("no single root named by the signs") if root == "uncertain" else root_in_words(root)
    )


def _verdict(view: PlanView) -> SummaryLine:
    verdict = view.decision.imaging.verdict
    if verdict == "unknown":
        return SummaryLine(tr("Verdict"), tr("not settled"), known=False)
    return SummaryLine(tr("Verdict"), view.verdict_label(verdict))


def _decided(view: PlanView) -> SummaryLine:
    if not view.choices:
        return SummaryLine(tr("Decided"), tr("nothing"))
    said = []
    decided = [one for one in view.to_decide if one.id in view.choices]
    for kind in (Verdict.ACCEPT, Verdict.CHANGE, Verdict.DECLINE):
        titles = [beginning(one.title, _LETTERS) for one in decided if view.choices[one.id].verdict is kind]
        if titles:
            said.append(tr("{label}: {words}").format(label=VERDICT_WORDS[kind], words=listed(titles, _MOST_NAMES)))
    return SummaryLine(tr("Decided"), ". ".join(said))


def _allergies(view: PlanView) -> SummaryLine:
    label, words = allergies(view)
    return SummaryLine(label, plain(words), known=settled(view))


def anticoagulant(view: PlanView) -> SummaryLine:
    """Whether a blood thinner is taken."""
    if view.is_yes(_ANTICOAGULANT):
        return SummaryLine(tr("Anticoagulant"), tr("yes"))
    answer = view.answer(_ANTICOAGULANT)
    if answer is not None and answer.value is False:
        return SummaryLine(tr("Anticoagulant"), tr("no"))
    return _unknown(view, tr("Anticoagulant"), _ANTICOAGULANT)


def _unknown(view: PlanView, label: str, atom_id: str) -> SummaryLine:
    """Not known, and which kind of not knowing; "declined" alone could be read as an answer."""
    return SummaryLine(label, tr("not known: {unknown}").format(unknown=view.unknown_word(atom_id)), known=False)
