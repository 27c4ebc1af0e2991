"""What is wrong: fracture, root, imaging and its verdict, signs; in words, and beside the pictures of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.illness_part import answered_yes
from desktop_app.documents.normal_part import GRADED, PROVOKED
from desktop_app.documents.picture import body_map, chart
from desktop_app.documents.tree import Facts, Heading, Side, Text, bold, mark, quiet, text
from desktop_app.documents.words import (
    ADEQUACY_WORDS,
    IMAGING_MARKS,
    age_in_words,
    beginning,
    listed,
    low,
    root_in_words,
    sentence,
    statement_ids,
)
from desktop_app.engine.model import FindingType
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

# What decides about cement and about holding the spine: whoever operates looks for it beside the fracture.
_OF_THE_BONE = (
    "posterior_wall_defect", "near_complete_collapse", "instability", "unknown_lesion", "malignant_features",
)


def correlation(view: PlanView, facts: Facts, *, share: float = 0.43, with_map: bool = True) -> Side:
    """Diagnosis in words at the left, the signs and the imaging as a picture at the right.

    ``with_map``: with the body map, where anything on it was asked.
    """
    felt, signs = body_map(view), chart(view)
    both = with_map and felt.marks.any_known
    picture = Side((felt,), (signs,), share=0.285, gap=8) if both else signs
    return Side((Heading(tr("Diagnosis")), facts), (Heading(tr("Signs and imaging together")), picture), share=share)


def diagnosis(view: PlanView) -> tuple[tuple[str, Text], ...]:
    imaging = view.decision.imaging
    rows = [
        (tr("Fracture"), _fracture(view)),
        (tr("Root"), _root(view)),
        (tr("Imaging"), _imaging(view)),
        (tr("Verdict"), _verdict(view)),
    ]
    action = {one.id: one.label for one in view.pack.imaging_actions}.get(imaging.action, imaging.action_text)
    if action:
        rows.append((tr("To do"), text(bold(sentence(action)))))
    if signs := _signs(view):
        rows.append((tr("Signs"), signs))
    if baseline := _baseline(view):
        rows.append((tr("Baseline"), text(baseline)))
    if sent := view.value("referral_sent"):
        rows.append((tr("Referral"), text(tr("Sent on {day}").format(day=sent))))
    if goals := view.value("patient_goals"):
        rows.append((tr("Goal"), text(tr("“{words}”").format(words=beginning(goals, 120)))))
    return tuple(rows)


def _fracture(view: PlanView) -> Text:
    parts = []
    for atom_id, missing in (("fracture_level", tr("level {unknown}")), ("fracture_cause", tr("cause {unknown}"))):
        if view.atom(atom_id) is not None:
            parts.append(low(view.value(atom_id)) or missing.format(unknown=view.unknown_word(atom_id)))
    since = view.days_since("fracture_date")
    if since is not None:
        parts.append(tr("{span} old").format(span=age_in_words(since)))
    elif view.value("fracture_date"):
        parts.append(view.value("fracture_date"))
    elif view.atom("fracture_date") is not None:
        parts.append(tr("age not known"))
    if part := view.value("endplate"):
        parts.append(low(part))
    if view.atom("fracture_state") is not None:
        parts.append(low(view.value("fracture_state")) or tr("healing not known"))
    parts += answered_yes(view, _OF_THE_BONE)
    return text(bold(", ".join(parts) or tr("not known")))


def _root(view: PlanView) -> Text:
    imaging = view.decision.imaging
    if imaging.root == "unknown":
        possible = [root_in_words(root) for root in imaging.root_possible if root != "uncertain"]
        if 0 < len(possible) <= 4:
            return text(bold(tr("not settled")), tr("; still possible: {names}").format(names=listed(possible)))
        return text(bold(tr("not settled")), tr("; examination incomplete"))
    if imaging.root == "uncertain":
        return text(bold(tr("No single root named by the signs")))
    return text(bold(root_in_words(imaging.root)))


def _imaging(view: PlanView) -> Text:
    parts = []
    kind = view.value("imaging_modality")
    when = view.value("imaging_date")
    if kind or when:
        parts.append(f"{kind or tr('Imaging')} {when}".strip())
    elif view.is_yes("imaging_done"):
        parts.append(tr("done"))
    elif view.known("imaging_done"):
        parts.append(tr("not done"))
    else:
        parts.append(tr("done or not: {unknown}").format(unknown=view.unknown_word("imaging_done")))
    if view.decision.imaging.verdict != "not_done":
        parts.append(ADEQUACY_WORDS.get(view.decision.imaging.adequacy, view.decision.imaging.adequacy))
    return text(bold(", ".join(parts)))


def _verdict(view: PlanView) -> Text:
    """The imaging verdict in the pack's words, with its sign; a question mark while it cannot be given."""
    imaging = view.decision.imaging
    if imaging.verdict == "unknown":
        possible = listed((low(view.verdict_label(one)) for one in imaging.possible), 4)
        left = tr("; still possible: {names}.").format(names=possible) if possible else ""
        return text(mark("question"), bold(tr("Not known")), left)
    title = view.verdict_label(imaging.verdict)
    if imaging.verdict == "concordant" and "." in imaging.root:
        title = tr("{label}: {words}").format(label=title, words=low(root_in_words(imaging.root)))
    known = imaging.verdict in IMAGING_MARKS
    return text(
        mark(IMAGING_MARKS.get(imaging.verdict, "question"), "accent" if known else ""),
        bold(title, "accent" if known else ""),
        quiet(statement_ids(imaging.basis, 3)),
    )


def _baseline(view: PlanView) -> str:
    """What the next review is measured against."""
    found = (("peg_score", "PEG"), ("rmdq_score", "Roland-Morris"), ("walking_metres", tr("walks")),
             ("disturbed_nights", tr("sleep disturbed on")))
    return listed(f"{label} {view.value(atom_id)}" for atom_id, label in found if view.value(atom_id))


def _signs(view: PlanView) -> Text:
    """Scores, and every examined sign that is not normal."""
    scores = []
    for atom_id, label in (("leg_pain_score", tr("leg pain")), ("back_pain_score", tr("back pain"))):
        if value := view.value(atom_id):
            scores.append(f"{label} {value}")
    found: list[str] = []
    for atom_id, answer in view.decision.answers.items():
        atom = view.atom(atom_id)
        if atom is not None and atom.question == PROVOKED and answer.value is True:
            found.append(low(atom.label))
        if atom is None or not atom.normal or answer.value is None or answer.value == atom.normal:
            continue
        if atom.type in {FindingType.CHOICE, FindingType.SCALE} and atom.question in GRADED:
            found.append(tr("{label}: {words}").format(label=low(atom.label), words=low(view.value(atom_id))))
    words = listed((*scores, *found), 7)
    return text(sentence(words)) if words else ()
