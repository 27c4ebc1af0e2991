"""The referral letter as a content tree: one page that a specialist's clinic can act on, with a slip to send back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.documents import urgency
from desktop_app.documents.closing_part import closing
from desktop_app.documents.decided_part import decided_lines
from desktop_app.documents.diagnosis_part import correlation, diagnosis
from desktop_app.documents.following import entrapment_missing
from desktop_app.documents.illness_part import answered_yes, bearing
from desktop_app.documents.masthead import document_of
from desktop_app.documents.medicines_part import brief_checks
from desktop_app.documents.normal_part import normal_findings
from desktop_app.documents.picture import body_map
from desktop_app.documents.summary import proof_page
from desktop_app.documents.tree import (
    Block,
    Document,
    Facts,
    Fitting,
    Heading,
    Note,
    Paragraph,
    ReturnSlip,
    Text,
    bold,
    text,
    worded,
)
from desktop_app.documents.view import PlanView
from desktop_app.documents.words import VERDICT_WORDS, age_in_words, beginning, day, listed, low, sentence, unbroken
from desktop_app.engine.decision import Status
from desktop_app.language import later, tr, trc
from desktop_app.use_cases.checklist import checks
from desktop_app.use_cases.domain import PaperKind, Verdict

if TYPE_CHECKING:
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.use_cases.ports import PlanInput

KIND = "referral_letter"


SHARE = 0.44


@dataclass(frozen=True, slots=True)
class Room:
    """How much of the lists the one page holds; the care plan that goes with it has all of them."""

    reasons: int
    options: int
    normal: int
    unknown: int  # named; none: how many there are, and where they are named
    style: str = "small"
    with_map: bool = True
    unknown_beside: bool = False  # what is not known stands among the findings, without a heading
    risks_beside: bool = False  # medicines and allergies stand under the picture
    share: float = SHARE  # of the width, for the findings; the picture has the rest
    letters: int = 90  # of a reason or a change, at the most


ROOMS = (
    Room(reasons=3, options=6, normal=14, unknown=6),
    Room(reasons=2, options=5, normal=10, unknown=4),
    Room(reasons=2, options=4, normal=6, unknown=3),
    Room(reasons=2, options=4, normal=6, unknown=3, style="fine"),
    Room(reasons=1, options=3, normal=4, unknown=2, style="fine"),
    Room(reasons=1, options=2, normal=0, unknown=1, style="fine"),
    Room(reasons=1, options=1, normal=0, unknown=1, style="fine", unknown_beside=True),
    Room(reasons=1, options=1, normal=0, unknown=0, style="fine", unknown_beside=True),
    Room(reasons=1, options=1, normal=-1, unknown=0, style="fine", unknown_beside=True),
    Room(reasons=1, options=1, normal=-1, unknown=0, style="fine", with_map=False, unknown_beside=True),
    Room(reasons=1, options=1, normal=-1, unknown=0, style="fine", with_map=False, unknown_beside=True,
         share=0.6),  # for longer languages
    Room(reasons=1, options=0, normal=-1, unknown=0, style="fine", with_map=False, unknown_beside=True, share=0.48,
         risks_beside=True),
)
"""From roomy to dense."""


def letter_tree(plan: PlanInput) -> Document:
    """The letter to the specialist: urgency and due date first, then the question, the findings, what was decided."""
    view = PlanView(plan)
    pages = Fitting(len(ROOMS), lambda place: _page(view, ROOMS[place]))
    # The code never stands on the letter's own page: that one is full, and its foot is cut off and sent back.
    rest = proof_page(plan, PaperKind.LETTER)
    return document_of(plan, title=tr("Referral letter"), kind=KIND, first=pages, rest=rest)


def _page(view: PlanView, room: Room) -> tuple[Block, ...]:
    blocks: list[Block] = [*urgency.incomplete(view, 4)]
    if view.decision.tier.clock_stopped:  # the limits of a first visit are met; they would only mislead
        blocks.append(Note(tr("The specialist has seen this patient"), (text(tr(_AGAIN)),), "calendar"))
    else:
        blocks += urgency.banner(view, room.reasons)
    blocks += [Heading(tr("What is asked")), *_question(view, room)]
    found = (*diagnosis(view), *_checks(view), *_history(view, room), *_normal(view, room), *_elsewhere(view, room))
    unknown = _not_known(view, room)
    if room.unknown_beside and unknown:
        found = (*found, (tr("Not known"), unknown))
    facts = Facts(found, label_share=0.2 if room.share == SHARE else 0.26, style=room.style)
    findings = correlation(view, facts, share=room.share, with_map=room.with_map)
    rows = (*brief_checks(view), *_decided_medicines(view, room))
    risks = (Heading(tr("Medicines and allergies")),
             Facts(rows, label_share=0.21 if room.risks_beside else 0.12, style=room.style))
    blocks += (replace(findings, right=(*findings.right, *risks)),) if room.risks_beside else (findings, *risks)
    if unknown and not room.unknown_beside:
        blocks += [Heading(tr("Not known")), Paragraph(unknown, "small", 1.0)]
    blocks.append(closing(view))
    blocks.append(_slip(view))
    return tuple(blocks)


_AGAIN = later("This letter is about what follows. No limit of this guideline for a first visit is running.")


def _question(view: PlanView, room: Room) -> list[Block]:
    """The pack's question, then what was decided that the specialist is to do or judge."""
    taken = (name for name, choice in view.choices.items() if choice.verdict in {Verdict.ACCEPT, Verdict.CHANGE})
    asked = ("letter.question", *(f"letter.accepted.{name}" for name in taken))
    said = [one.text for one in (*view.texts(*asked), *view.texts("letter.sent"))]
    blocks: list[Block] = [
        Paragraph(text(sentence(" ".join(said))), "small" if room.share == SHARE else room.style, 1.0)
    ]
    chosen = [advice for advice in view.to_decide if _for_the_specialist(view, advice)]
    lines = list(decided_lines(view, chosen, room.options, room.letters, in_plan=True))
    if room.risks_beside and len(lines) > 1:  # one line less
        *lines, last, left = lines
        lines.append((*last, *text(" "), *left))
    return [*blocks, *(Paragraph(line, room.style, 2.0) for line in lines)]


def _for_the_specialist(view: PlanView, advice: OptionAdvice) -> bool:
    """Decided, or open to a decision, and not the referring clinic's own work."""
    if advice.group not in {"interventions", "surgery", "second_line", "imaging"}:
        return False
    return advice.id in view.choices or advice.status in {Status.OFFERED, Status.CONDITIONAL}


def _history(view: PlanView, room: Room) -> tuple[tuple[str, Text], ...]:
    """How long the leg pain lasts, what was tried and done so far, and illness that bears on a procedure."""
    rows: list[tuple[str, Text]] = []
    since = view.days_since("radicular_onset")
    if since is not None:
        how_long = bold(tr("for {span}").format(span=age_in_words(since)))
        rows.append((tr("Leg pain"), worded(tr("{how_long}, since {day}"), how_long=how_long,
                                            day=view.value("radicular_onset"))))
    elif onset := view.value("radicular_onset"):
        rows.append((tr("Leg pain"), text(tr("since {day}").format(day=onset))))
    if tried := answered_yes(view, _TRIED):
        rows.append((tr("So far"), text(listed(tried))))
    most = 0 if room.normal >= 0 else 3
    if done := answered_yes(view, _DONE):
        rows.append((tr("Before"), text(bold(listed(done, most)))))
    return (*rows, *bearing(view, most))


def _checks(view: PlanView) -> tuple[tuple[str, Text], ...]:
    """Signs of a root that no image explains: what was looked for, with its day. The care plan has the whole list."""
    if not entrapment_missing(view):
        return ()
    every = checks(view.pack, view.decision.answers)
    done = [one for one in every if one.done]
    named = [f"{low(view.pack.atoms[one.atom].label)} ({day(one.on)})" if one.on is not None
             else low(view.pack.atoms[one.atom].label) for one in done]
    told = tr("{count} of {all} checked: {names}") if done else tr("{count} of {all} checked")
    said = bold(told.format(count=len(done), all=len(every), names=listed(named, 3)))
    return ((tr("Checks"), worded(tr("{checked}. What to look for without entrapment is listed in the care plan."),
                                  checked=said)),)


def _elsewhere(view: PlanView, room: Room) -> tuple[tuple[str, Text], ...]:
    """A picture that the page has no room for is said to be elsewhere."""
    drawn = room.with_map or not body_map(view).marks.any_known
    return () if drawn else ((tr("Body map"), text(tr("drawn in the care plan that goes with this letter"))),)


_TRIED = ("conservative_care_tried", "initial_treatment_failed")
_DONE = ("procedures_done", "mbb_positive", "sij_steroid_failed", "injections_failed", "limitation_after_procedure")


def _normal(view: PlanView, room: Room) -> tuple[tuple[str, Text], ...]:
    return normal_findings(view, room.normal) if room.normal >= 0 else ()


def _decided_medicines(view: PlanView, room: Room) -> tuple[tuple[str, Text], ...]:
    """What was accepted, by name; what was changed, with the change: a name alone would say that it stays as it was."""
    medicines = [one for one in view.to_decide if view.is_medicine(one) and one.id in view.choices]
    choices = [(one, view.choices[one.id]) for one in medicines]
    accepted = [one.title for one, choice in choices if choice.verdict is Verdict.ACCEPT]
    changed = [
        tr("{label}: {words}").format(label=one.title, words=low(beginning(choice.reason, room.letters)))
        for one, choice in choices
        if choice.verdict is Verdict.CHANGE
    ]
    rows = ((tr("Decided"), accepted), (VERDICT_WORDS[Verdict.CHANGE], changed))
    return tuple((label, text(bold(listed(names)))) for label, names in rows if names)


def _not_known(view: PlanView, room: Room) -> Text:
    """What can still change the advice, on every letter: the one page may lack the room to name it."""
    labels = [one.label for one in view.questions]
    if labels and not room.unknown:
        return text(tr("{number}, named in the care plan").format(number=len(labels)))
    return text(sentence(listed(labels, room.unknown))) if labels else ()


def _slip(view: PlanView) -> ReturnSlip:
    plan = view.plan
    clinic = plan.clinic
    due = view.decision.tier.due_date
    name = ", ".join((clinic.name, *clinic.address.splitlines())) if clinic is not None else tr("the referring clinic")
    telephone = clinic.telephone if clinic is not None else ""
    birth = plan.patient.born
    born = () if birth == date.min else (unbroken(tr("born {day}").format(day=day(birth))),)
    to = tr("Please send back to {clinic}, telephone {number}") if telephone else tr("Please send back to {clinic}")
    late = view.decision.tier.overdue_days > 0
    by = tr("{patient}, letter {number}, should have been seen by {day}") if late else tr(
        "{patient}, letter {number}, to be seen by {day}")
    about = tr("{patient}, letter {number}") if due is None else by
    return ReturnSlip(
        to.format(clinic=name, number=telephone),
        about.format(patient=", ".join((plan.patient.name, *born, plan.patient.number)), number=plan.number,
                     day=day(due) if due is not None else ""),
        (tr("Seen on"), trc("person", "By"), tr("Root and level confirmed"), tr("Decided")),
    )
