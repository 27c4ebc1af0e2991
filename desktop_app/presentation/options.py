"""Options as cards: status, for and against, what is missing, what would change it, the decision."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.decision import Fact, OptionAdvice, Reason, Status, Truth
from desktop_app.engine.model import Effect, Option, Pack
from desktop_app.presentation import words
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.domain import Choice

CHIP = {
    Status.OFFERED: ("accent", "check-circle-outline"),
    Status.CONDITIONAL: ("accent", "check-circle-outline"),
    Status.OPEN: ("unknown", "help"),
    Status.NOT_OFFERED: ("neutral", "minus"),
    Status.PROHIBITED: ("neutral", "cancel"),
    Status.SUPPRESSED: ("neutral", "minus"),
}
_RANK = {s: i for i, s in enumerate((Status.OFFERED, Status.CONDITIONAL, Status.OPEN, Status.PROHIBITED,
                                     Status.SUPPRESSED, Status.NOT_OFFERED))}
_FITS = {Truth.YES: "fits this patient", Truth.NO: "does not fit this patient", Truth.UNKNOWN: "may fit this patient"}
VERDICT_WORDS = {"accept": "Accepted", "change": "Accepted with a change", "decline": "Declined"}


@dataclass(frozen=True, slots=True)
class Differs:
    """A disagreement as the card shows it: calm, with source, year, strength and how it was checked."""

    id: str
    head: str
    says: str
    strength: str
    check: str
    fits: str


@dataclass(frozen=True, slots=True)
class OptionCard:
    id: str
    title: str
    group: str
    status: Status
    status_words: str
    chip_kind: str
    chip_icon: str
    summary: str
    text: str
    strength: str
    chips: tuple[words.Provenance, ...]
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]  # (question id, label)
    why: tuple[str, ...]
    would_change: tuple[str, ...]
    effect: Effect | None
    disagreements: tuple[Differs, ...]
    notes: tuple[tuple[str, str], ...]  # (sentence, how checked)
    consent: tuple[str, ...]
    monitor: tuple[str, ...]
    not_here: tuple[str, ...]
    choice: Choice | None
    choice_words: str
    can_decide: bool
    can_accept: bool
    why_no_accept: str


def cards(consultation: OpenConsultation, groups: tuple[str, ...]) -> tuple[OptionCard, ...]:
    """The options of some groups, those that ask for a decision first."""
    decision = consultation.decision
    found = [o for o in decision.options if o.group in groups]
    found.sort(key=lambda o: _RANK[o.status])
    return tuple(card(consultation, advice) for advice in found)


def card(consultation: OpenConsultation, advice: OptionAdvice) -> OptionCard:
    pack, decision = consultation.pack, consultation.decision
    option = pack.options[advice.id]
    choice = consultation.choices.get(advice.id)
    kind, icon = CHIP[advice.status]
    can_accept, why_not = _acceptable(consultation, option, advice)
    offered = advice.status in {Status.OFFERED, Status.CONDITIONAL}
    return OptionCard(
        id=advice.id, title=advice.title, group=advice.group, status=advice.status,
        status_words=words.STATUS[advice.status], chip_kind=kind, chip_icon=icon, summary=advice.summary,
        text=advice.text or option.text, strength=_strength(option),
        chips=tuple(words.provenance(pack, b) for b in option.statements),
        speaks_for=tuple(dict.fromkeys(line for r in advice.why if r.truth is Truth.YES for line in _facts(r))),
        against=_against(option, advice), missing=_missing(pack, advice.missing),
        why=tuple(_traced(r) for r in (*advice.why, *advice.why_not)),
        would_change=(*advice.blocked_by, *(f.sentence for f in advice.flips)), effect=option.effect,
        disagreements=_differ(pack, advice),
        notes=tuple((n.text, words.CHECK[n.check]) for n in advice.notes),
        consent=option.consent, monitor=option.monitor, not_here=advice.not_here, choice=choice,
        choice_words=_choice_words(choice), can_decide=option.decidable and offered and bool(decision),
        can_accept=can_accept, why_no_accept=why_not,
    )


def _acceptable(consultation: OpenConsultation, option: Option, advice: OptionAdvice) -> tuple[bool, str]:
    decision = consultation.decision
    if not option.decidable:
        return False, ""
    if advice.status is Status.SUPPRESSED:
        return False, "The emergency comes first."
    if advice.status not in {Status.OFFERED, Status.CONDITIONAL}:
        return False, ""
    if option.elective and not decision.emergency.complete:
        left = words.count(len(decision.emergency.unanswered), "question")
        are = "is" if len(decision.emergency.unanswered) == 1 else "are"
        return False, f"Cannot be accepted yet: {left} of the emergency screen {are} open."
    return True, ""


def _choice_words(choice: Choice | None) -> str:
    if choice is None:
        return ""
    head = VERDICT_WORDS[choice.verdict.value]
    return f"{head}: {choice.reason}" if choice.reason else head


def _strength(option: Option) -> str:
    strength = option.strength or "not stated"
    evidence = option.evidence or "not stated"
    return f"Article: {strength} · evidence {evidence}"


def _facts(reason: Reason) -> tuple[str, ...]:
    """The reason, one line a fact, each with its value where that says more than yes."""
    plain = reason.text.replace(": yes", "")
    parts = plain.split(" and ") if " and " in plain and _each_a_fact(reason) else [plain]
    values = dict.fromkeys(f.value for f in reason.facts
                           if f.known and f.value.lower() not in {"yes", "no"} and f.value not in reason.text)
    if len(parts) == 1 and values:
        return (f"{plain} ({'; '.join(list(values)[:2])})",)
    return tuple(words.capital(p) for p in parts)


def _each_a_fact(reason: Reason) -> bool:
    """Whether a joined text names its facts, so that it can be parted between them."""
    labels = [f.label for f in reason.facts if f.label in reason.text]
    return len(labels) > 1 and all(" and " not in label for label in labels)


def _traced(reason: Reason) -> str:
    mark = {Truth.YES: "Yes", Truth.NO: "No", Truth.UNKNOWN: "Not known"}[reason.truth]
    facts = "; ".join(f"{f.label}: {f.value}" for f in reason.facts)
    basis = f" [{', '.join(reason.basis)}]" if reason.basis else ""
    return f"{mark}: {reason.text}" + (f" ({facts})" if facts else "") + basis


def _against(option: Option, advice: OptionAdvice) -> tuple[str, ...]:
    clauses = {c.id: c for c in (*option.conditional_when, *option.never_when)}
    told = [clauses[i].label for i in advice.prohibited_by if i in clauses]
    met = [clauses[i] for i in advice.cautions_met if i in clauses]
    told += [f"{c.label}: {c.plan}" if c.plan else c.label for c in met]
    told += [f"Not known: {clauses[i].label}" for i in advice.cautions_open if i in clauses]
    told += [r.text for r in advice.why_not if r.text not in told and r.truth is not Truth.YES]
    return tuple(dict.fromkeys(told))


def _missing(pack: Pack, facts: tuple[Fact, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for fact in facts:
        atom = pack.atoms.get(fact.atom)
        if atom is not None:
            found.setdefault(atom.question, fact.label)
    return tuple(found.items())


def _differ(pack: Pack, advice: OptionAdvice) -> tuple[Differs, ...]:
    found = []
    for shown in advice.disagreements:
        d = pack.disagreements.get(shown.id)
        if d is None:
            continue
        source = pack.sources.get(d.source)
        title = source.title if source is not None else d.source
        found.append(Differs(d.id, f"{title} {d.year}" if d.year not in title else title, d.says,
                             f"{d.direction}; {d.strength}" if d.strength else d.direction,
                             f"{d.id} · {words.CHECK[d.check]}", _FITS[shown.fits]))
    return tuple(found)
