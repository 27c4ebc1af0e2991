"""The status of an option, one table for one patient and for many; and the advice made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.engine.conditions import Always
from desktop_app.engine.decision import (
    Fact,
    Flip,
    OptionAdvice,
    Reason,
    ShownDisagreement,
    ShownNote,
    Status,
    Truth,
)
from desktop_app.engine.evaluate import Term, Truths
from desktop_app.engine.explain import reason, reasons, sentence
from desktop_app.engine.model import EMERGENCIES, Option
from desktop_app.engine.plan import OptionTerms
from desktop_app.engine.questions import missing, open_terms
from desktop_app.engine.situation import Situation
from desktop_app.engine.words import join, labelled
from desktop_app.language import tr


def status_planes(
    when: Truths, never: Sequence[Truths], conditional: Sequence[Truths], full: int
) -> dict[Status, int]:
    """The lanes of each status, before any emergency. Every lane has exactly one status.

    ``never_when`` yes: prohibited; else ``when`` no: not offered; else either unknown: open; else
    every caution no: offered, otherwise conditional.
    """
    prohibited = 0
    free = careless = full
    for clause in never:
        prohibited |= clause.holds
        free &= clause.fails
    for clause in conditional:
        careless &= clause.fails
    not_offered = when.fails & ~prohibited
    settled = when.holds & free
    return {
        Status.PROHIBITED: prohibited,
        Status.NOT_OFFERED: not_offered,
        Status.OPEN: full & ~(prohibited | not_offered | settled),
        Status.OFFERED: settled & careless,
        Status.CONDITIONAL: settled & ~careless,
    }


def suppress(planes: Mapping[Status, int], emergency: int, *, elective: bool) -> dict[Status, int]:
    """The same with elective advice held back wherever an emergency certainly holds."""
    if not elective:
        return {**planes, Status.SUPPRESSED: 0}
    held = emergency & ~planes[Status.PROHIBITED]
    kept = {
        status: plane if status is Status.PROHIBITED else plane & ~emergency
        for status, plane in planes.items()
    }
    return {**kept, Status.SUPPRESSED: held}


def planes_of(
    option: OptionTerms, slots: Sequence[int], full: int, moved: Mapping[int, int] | None = None
) -> dict[Status, int]:
    """The status planes of an option after a run; ``moved`` when only its own cone was run."""

    def truths(term: Term) -> Truths:
        if moved is None:
            return Truths(slots[term.holds], slots[term.fails])
        return Truths(slots[moved[term.holds]], slots[moved[term.fails]])

    return status_planes(
        truths(option.when),
        [truths(term) for _, term in option.never],
        [truths(term) for _, term in option.conditional],
        full,
    )


def status_now(situation: Situation, option: OptionTerms, *, emergency: bool) -> Status:
    """The status of an option for one patient."""
    planes = planes_of(option, situation.slots, 1)
    if emergency:
        planes = suppress(planes, 1, elective=option.option.elective)
    return next(status for status, plane in planes.items() if plane)


def advise(
    situation: Situation,
    option: OptionTerms,
    status: Status,
    *,
    explain: bool,
    root_label: str = "",
) -> OptionAdvice:
    """What is said about one option, but for its what-ifs and what follows from there being none."""
    rule = option.option
    truth = situation.truth
    slots = situation.slots
    prohibiting = [(clause, term) for clause, term in option.never if slots[term.holds]]
    met = tuple([clause.id for clause, term in option.conditional if slots[term.holds]])
    not_settled = tuple([clause.id for clause, term in option.conditional if truth(term) is Truth.UNKNOWN])
    why: tuple[Reason, ...] = ()
    why_not: tuple[Reason, ...] = ()
    still: tuple[Fact, ...] = ()
    summary = ""
    if explain:
        why = reasons(situation, option.when, rule.basis, Truth.YES)
        why_not = (
            *(reason(situation, term, clause.basis, clause.label) for clause, term in prohibiting),
            *reasons(situation, option.when, rule.basis, Truth.NO),
        )
        still = missing(situation, open_terms(situation, option))
        summary = _summary(situation, option, status, why, why_not, still)
    return OptionAdvice(
        id=rule.id,
        title=title_of(option, root_label),
        group=rule.group,
        kind=rule.kind,
        status=status,
        text=rule.text,
        summary=summary,
        why=why,
        why_not=why_not,
        missing=still,
        cautions_met=met,
        cautions_open=not_settled,
        prohibited_by=tuple(clause.id for clause, _ in prohibiting),
        flips=(),
        blocked_by=blocked_by(situation, option, status, ()) if explain and status is Status.SUPPRESSED else (),
        not_here=not_here(situation, rule.services),
        statements=rule.statements,
        disagreements=shown_disagreements(situation, rule.disagreements),
        notes=_notes(situation, rule),
        never_open=tuple(clause.id for clause, term in option.never if truth(term) is Truth.UNKNOWN),
    )


def title_of(option: OptionTerms, root_label: str) -> str:
    """An option's title, with the root it is aimed at once that is known."""
    rule = option.option
    return labelled(rule.title, root_label) if rule.targets_root and root_label else rule.title


def shown_disagreements(situation: Situation, names: Sequence[str]) -> tuple[ShownDisagreement, ...]:
    """Disagreements with whether each fits this patient."""
    if not names:
        return ()
    terms = situation.plan.disagreements
    return tuple(
        ShownDisagreement(name, situation.truth(terms[name]) if name in terms else Truth.YES)
        for name in names
    )


def not_here(situation: Situation, names: Sequence[str]) -> tuple[str, ...]:
    """Sentences about services that this hospital lacks.

    The settings say "here" (or nothing), "none", or where the service is in words.
    """
    found: list[str] = []
    for name in names:
        service = situation.plan.pack.services[name]
        where = situation.services.get(name, "here")
        if where == "none":
            told = tr("{label} is not available here.").format(label=service.label)
            found.append(f"{told} {service.missing}".rstrip())
        elif where not in ("", "here"):
            told = tr("{label} is not available here: transfer to {where}.")
            found.append(told.format(label=service.label, where=where))
    return tuple(found)


def _notes(situation: Situation, rule: Option) -> tuple[ShownNote, ...]:
    """Notes that apply or may apply: a warning is dropped only when it certainly does not."""
    if not rule.notes:
        return ()
    found: list[ShownNote] = []
    for number, note in enumerate(rule.notes):
        term = situation.plan.notes.get((rule.id, number))
        fits = Truth.YES if term is None else situation.truth(term)
        if fits is not Truth.NO:
            found.append(ShownNote(note.text, fits, note.basis, note.check))
    return tuple(found)


def _summary(
    situation: Situation,
    option: OptionTerms,
    status: Status,
    why: Sequence[Reason],
    why_not: Sequence[Reason],
    still: Sequence[Fact],
) -> str:
    match status:
        case Status.SUPPRESSED:
            return tr("Held back: the emergency comes first")
        case Status.PROHIBITED:
            return tr("Must not be done: {reason}").format(reason=why_not[0].text)
        case Status.NOT_OFFERED:
            return why_not[0].text if why_not else sentence(situation, option.when)
        case Status.OPEN:
            return tr("Not yet known: {facts}").format(facts=join((fact.label for fact in still), limit=3))
        case Status.CONDITIONAL:
            labels = [
                clause.label if situation.truth(term) is Truth.YES
                else tr("not yet known: {label}").format(label=clause.label)
                for clause, term in option.conditional
                if situation.truth(term) is not Truth.NO
            ]
            return tr("With caution: {reasons}").format(reasons=join(labels, limit=3))
        case Status.OFFERED:
            if isinstance(option.when.node, Always):
                return tr("Applies to every patient of this guideline")
            return join((part.text for part in why), limit=3)


def blocked_by(
    situation: Situation, option: OptionTerms, status: Status, flips: Sequence[Flip]
) -> tuple[str, ...]:
    """What stands in the way and is no answer to be changed."""
    if status is Status.PROHIBITED and not flips:
        return tuple(
            tr("Blocked by: {label}. Reconsider when excluded or treated.").format(label=clause.label)
            for clause, term in option.never
            if situation.truth(term) is Truth.YES and not isinstance(term.node, Always)
        )
    if status is Status.SUPPRESSED:
        criteria = situation.plan.pack.criteria
        return tuple(
            tr("Blocked by: {label}. Reconsider when excluded or treated.").format(label=criteria[name].label)
            for name, term in situation.plan.criteria.items()
            if criteria[name].tier in EMERGENCIES and situation.truth(term) is Truth.YES
        )
    return ()
