"""Imaging correlation: the roots that the signs point to beside the roots that the report names, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.clinical.verdict_changes import VerdictChange
from desktop_app.engine.decision import Truth
from desktop_app.language import tr
from desktop_app.pictures import correlation
from desktop_app.pictures.correlation import Leg
from desktop_app.pictures.spine import SpineMarks
from desktop_app.presentation import checklist, imaging_lists, imaging_marks, pairs, words
from desktop_app.presentation.checklist import Source
from desktop_app.presentation.imaging_lists import Line
from desktop_app.presentation.pairs import Pair
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.checklist import Check, checks

LOOK = {  # verdict: (icon, solid edge)
    "concordant": ("check-decagram", True),
    "partial": ("circle-half-full", True),
    "discordant_level": ("call-split", True),
    "discordant_side": ("call-split", True),
    "no_compression_seen": ("help-circle-outline", False),
    "incidental_only": ("minus", True),
    "not_done": ("help-circle-outline", False),
    "root_uncertain": ("help-circle-outline", False),
}
NOTE = tr("Weights are this guideline’s own, not taken from a source.")
ELSEWHERE = tr("Two answers contradict each other")
ON_THIS = tr("Two answers contradict each other; the verdict follows one of them")
_ALIKE = 3  # ways to the same verdict that are written out


@dataclass(frozen=True, slots=True)
class Way:
    """One verdict that another answer would give, and the answers that would."""

    verdict: str
    answers: tuple[str, ...]
    question: str  # where the first of them is given


@dataclass(frozen=True, slots=True)
class Correlation:
    verdict: str
    title: str
    icon: str
    solid: bool
    sentence: str
    output: str
    next_steps: tuple[str, ...]
    basis: tuple[words.Provenance, ...]
    adequacy: str
    action: str
    legs: tuple[Leg, ...]
    spine: SpineMarks
    signs: tuple[Line, ...]
    report: tuple[Line, ...]
    why: tuple[str, ...]
    ways: tuple[Way, ...]
    checklist: tuple[Check, ...]  # empty unless root signs meet a report without entrapment
    sources: tuple[Source, ...]  # other sources of the pain, beside the checklist
    done: bool | None  # whether there is imaging at all
    examined: bool
    when: str  # kind and day of the imaging
    whole: str  # what the report says of nerve entrapment as a whole
    contradictions: tuple[tuple[str, Pair], ...]  # answers that cannot both be true, each under its heading
    waits: str  # why what follows is not told yet, "" when it is
    known: bool


def build(wizard: Wizard) -> Correlation:
    consultation, decision = wizard.consultation, wizard.decision
    pack, imaging = consultation.pack, decision.imaging
    found = _verdict_text(wizard, imaging.verdict)
    icon, solid = LOOK.get(imaging.verdict, ("help-circle-outline", False))
    root = root_words(imaging.root)
    known = imaging.verdict in LOOK
    title = found.get("label", tr("Not known yet")) if known else tr("Not known yet")
    if imaging.verdict == "concordant" and root:
        title = f"{title}: {root}"
    sheet = consultation.sheet
    done = imaging_lists.truth(sheet, "imaging_done")
    complete = imaging_lists.truth(sheet, "compression_list_complete") is True
    disputed = _disputed(wizard)
    waits = tr("What follows is told after your own impression has been asked for.") \
        if consultation.asks_impression else ""
    both = correlation.legs(consultation.pictures.get("roots"), named=imaging.root, done=done, complete=complete)
    signs = imaging_lists.signs(wizard, both)
    return Correlation(
        verdict=imaging.verdict, title=title, icon=icon,
        solid=solid and known and not any(head == ON_THIS for head, _ in disputed),
        sentence=found.get("sentence", "" if known else _possible(wizard, imaging.possible)),
        output=found.get("output", ""),
        next_steps=tuple(found.get("next", "").split("\n")) if found.get("next") and not waits else (),
        basis=tuple(words.provenance(pack, b) for b in found.get("basis", "").split("\n") if b),
        adequacy=_adequacy(wizard, imaging.adequacy) if done else "", action="" if waits else imaging.action_text,
        legs=correlation.shown(both, imaging.root), spine=imaging_marks.spine_of(wizard),
        signs=signs, report=imaging_lists.report(wizard, done=done), why=_why(wizard, both),
        ways=_ways(wizard), checklist=checks(pack, sheet) if _discrepancy(wizard) else (),
        sources=checklist.other_sources(wizard) if _discrepancy(wizard) else (),
        done=done, examined=imaging_lists.examined(wizard), when=imaging_lists.when(wizard) if done else "",
        known=known, whole=imaging_lists.as_a_whole(wizard) if done else "", contradictions=disputed, waits=waits,
    )


def _disputed(wizard: Wizard) -> tuple[tuple[str, Pair], ...]:
    """Contradictions, those on which the verdict rests told apart: the page hides the panel that holds them all."""
    pack = wizard.consultation.pack
    rule = pack.atoms[pack.imaging_verdict].derived if pack.imaging_verdict in pack.atoms else None
    rests = set(rule.inputs) if rule is not None else set()
    return tuple((ON_THIS if rests & {name for name, _ in pair.questions} else ELSEWHERE, pair)
                 for pair in pairs.contradictions(wizard))


def root_words(root: str) -> str:
    """Say ``L4.left`` in words (left L4); empty when no root is named."""
    name, _, side = root.partition(".")
    if not side:
        return ""
    return (tr("left {root}") if side == "left" else tr("right {root}")).format(root=name)


def _discrepancy(wizard: Wizard) -> bool:
    return wizard.decision.conditions.get("entrapment_discrepancy") is Truth.YES


def _verdict_text(wizard: Wizard, verdict: str) -> dict[str, str]:
    table = wizard.consultation.pack.tables.get("imaging")
    verdicts = table.get("verdicts") if table is not None else None
    node = verdicts.get(verdict) if verdicts is not None else None
    if node is None:
        return {}
    return {"label": node.text_of("label"), "sentence": node.text_of("sentence"), "output": node.text_of("output"),
            "next": "\n".join(node.texts_of("next")) if "next" in node else "",
            "basis": "\n".join(node.texts_of("basis")) if "basis" in node else ""}


def _adequacy(wizard: Wizard, adequacy: str) -> str:
    """Beside the verdict: whether the imaging can answer the question, and what follows when it cannot."""
    table = wizard.consultation.pack.tables.get("imaging")
    every = table.get("adequacy") if table is not None else None
    node = every.get(adequacy) if every is not None else None
    if node is None:
        return ""
    return tr("Imaging: {inside}. {text_of} {text_of2}").format(
        inside=words.inside(node.text_of("label")), text_of=node.text_of("sentence"), text_of2=node.text_of("output")
    )


def _possible(wizard: Wizard, verdicts: tuple[str, ...]) -> str:
    labels = [_verdict_text(wizard, v).get("label", v) for v in verdicts]
    return (
        tr("Still possible: {labels}.").format(labels="; ".join(labels))
        if labels
        else tr("Answer the questions first.")
    )


def _why(wizard: Wizard, both: tuple[Leg, ...]) -> tuple[str, ...]:
    """The steps that led to the verdict, with this patient's facts in them."""
    consultation, imaging = wizard.consultation, wizard.decision.imaging
    pack, sheet = consultation.pack, consultation.sheet
    rule = pack.atoms[pack.imaging_verdict].derived
    told = [f"{pack.atoms[name].label}: {words.inside(words.answer(pack.atoms[name], sheet.get(name)))}."
            for role in ("done", "symptoms", "entrapment", "complete")
            if rule is not None and (name := str(rule.arguments.get(role))) in pack.atoms]
    named = root_words(imaging.root)
    rows = {f"{row.root}.{leg.side}": correlation.row_words(leg.side, row) for leg in both for row in leg.rows}
    if named:
        told.insert(
            0, tr("The examination names {named}. {root}.").format(named=named, root=rows.get(imaging.root, ""))
        )
    elif imaging.root == "uncertain":
        told.insert(0, tr("The examination does not name one root: too few kinds of sign, or two roots lie "
                          "too close."))
    else:
        possible = [root_words(one) for one in imaging.root_possible if root_words(one)]
        told.insert(0, tr("The examination does not settle the root yet. Still possible: {value}, or none "
                          "that can be named.").format(value=", ".join(possible) or tr("none")))
    imaged = [f"{root_words(f'{row.root}.{leg.side}')} ({row.report})" for leg in both for row in leg.rows
              if row.discs >= correlation.TOUCHED]
    if imaged:
        told.append(tr("Touched or pressed on imaging: {imaged}.").format(imaged="; ".join(imaged)))
    return tuple(told)


def _ways(wizard: Wizard) -> tuple[Way, ...]:
    """What would change the verdict, one line a verdict."""
    grouped: dict[str, list[VerdictChange]] = {}
    for change in wizard.consultation.verdict_changes:
        grouped.setdefault(change.verdict, []).append(change)
    return tuple(_way(wizard, verdict, changes) for verdict, changes in grouped.items())


def _way(wizard: Wizard, verdict: str, changes: list[VerdictChange]) -> Way:
    pack = wizard.consultation.pack
    by_atom: dict[str, list[str]] = {}
    for change in changes:
        if not change.atom:
            by_atom.setdefault(
                tr("The examination names {value}").format(value=root_words(str(change.value)) or tr("no root")), []
            )
            continue
        atom = pack.atoms[change.atom]
        value = (
            (tr("Yes") if change.value else tr("No"))
            if isinstance(change.value, bool)
            else atom.option_label(change.value)
        )
        by_atom.setdefault(atom.label, []).append(words.inside(value))
    told = [f"{label}: {' or '.join(values)}" if values else label for label, values in by_atom.items()]
    more = len(told) - _ALIKE
    lines = [*told[:_ALIKE], tr("and {more}").format(more=words.count(more, "other answer"))] if more > 1 else told
    first = next((pack.atoms[c.atom].question for c in changes if c.atom), "")
    return Way(_verdict_text(wizard, verdict).get("label", verdict), tuple(lines), first)
