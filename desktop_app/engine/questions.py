"""What is still to be asked: per option and criterion, and for the advice as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.engine.decision import Fact, OpenQuestion, TierResult, Truth
from desktop_app.engine.evaluate import Term
from desktop_app.engine.model import Tier
from desktop_app.engine.plan import OptionTerms
from desktop_app.engine.situation import Situation
from desktop_app.engine.words import join, not_known, titled
from desktop_app.language import tr


def tier_in_words(tier: Tier) -> str:
    return {
        Tier.NONE: tr("no time limit"),
        Tier.R3: tr("within 3 months"),
        Tier.U14: tr("within 14 days"),
        Tier.E24: tr("same day"),
        Tier.E: tr("emergency"),
    }[tier]


_SEPARATE = 3  # more open boxes of one question than this are told as the question


def open_terms(situation: Situation, option: OptionTerms) -> tuple[Term, ...]:
    """The unsettled conditions whose answer can still change what is said about an option."""
    truth, slots = situation.truth, situation.slots
    for _, term in option.never:
        if slots[term.holds]:
            return ()
    never = tuple(term for _, term in option.never if truth(term) is Truth.UNKNOWN)
    match truth(option.when):
        case Truth.NO:
            return never
        case Truth.UNKNOWN:
            return (option.when, *never)
        case Truth.YES:
            cautions = (term for _, term in option.conditional if truth(term) is Truth.UNKNOWN)
            return (*never, *cautions)


def missing(situation: Situation, terms: Iterable[Term]) -> tuple[Fact, ...]:
    """The unanswered findings that still decide these conditions, most decisive first, of one question in its order.

    Equal conditions of several rules are asked once, in the order of whichever rule came first: no order to rely on.
    """
    weight: dict[str, int] = {}
    for term in terms:
        for atom in situation.to_ask(term):
            weight[atom] = weight.get(atom, 0) + 1
    by_question: dict[str, list[str]] = {}
    for atom in weight:
        by_question.setdefault(situation.atom(atom).question, []).append(atom)
    rank = situation.plan.rank
    ordered = sorted(
        by_question.items(),
        key=lambda entry: (-max(weight[atom] for atom in entry[1]), rank.get(entry[0], 0)),
    )
    found: list[Fact] = []
    for question, named in ordered:
        atoms = [atom for atom in situation.plan.pack.questions[question].atoms if atom in named]
        if len(atoms) > _SEPARATE:
            short = situation.plan.pack.questions[question].short
            found.append(Fact(atoms[0], short, not_known(), known=False))
        else:
            found.extend(
                Fact(atom, situation.atom(atom).label, situation.in_words(atom), known=False)
                for atom in atoms
            )
    return tuple(found)


def _stands(situation: Situation, option: OptionTerms) -> bool:
    """Whether an option certainly is for this patient, so that a note on it counts."""
    slots = situation.slots
    return bool(slots[option.when.holds]) and not any(slots[term.holds] for _, term in option.never)


@dataclass(slots=True)
class _Matter:
    """What the open atoms of one question can still change."""

    atom: str
    raises_to: Tier | None = None
    keeps: bool = False  # decides a criterion that cannot raise the tier any more
    dates: bool = False  # the day from which a running limit counts
    decides: dict[str, None] = field(default_factory=dict)
    other: dict[str, None] = field(default_factory=dict)


def open_questions(situation: Situation, urgency: TierResult) -> tuple[OpenQuestion, ...]:
    """The unanswered questions that can still change the advice, most important first.

    Empty exactly when every criterion, every option's rules, the notes on options that are for this
    patient, the scope and the imaging advice are settled and every running limit has its first day:
    an unsettled condition always has an unsettled leaf, and every leaf leads to a question.
    """
    floor = urgency.floor
    found: dict[str, _Matter] = {}
    pack = situation.plan.pack

    asked: dict[tuple[int, int], list[_Matter]] = {}

    def matters(term: Term) -> list[_Matter]:
        key = (term.holds, term.fails)
        these = asked.get(key)
        if these is None:
            these = asked[key] = []
            for name, atom in situation.questions_to_ask(term).items():
                matter = found.get(name)
                if matter is None:
                    matter = found[name] = _Matter(atom)
                these.append(matter)
        return these

    for name, term in situation.plan.criteria.items():
        tier = pack.criteria[name].tier
        for matter in matters(term):
            if tier <= floor:
                matter.keeps = True
            elif matter.raises_to is None or matter.raises_to < tier:
                matter.raises_to = tier
    for result in urgency.reasons if not urgency.clock_stopped else ():
        start = pack.criteria[result.id].clock_start
        if result.start_unknown and start:
            found.setdefault(situation.atom(start).question, _Matter(start)).dates = True
    for name, option in situation.plan.options.items():
        for term in open_terms(situation, option):
            for matter in matters(term):
                matter.decides[name] = None
    for (name, _), term in situation.plan.notes.items():
        if situation.truth(term) is Truth.UNKNOWN and _stands(situation, situation.plan.options[name]):
            for matter in matters(term):
                matter.other[tr("what is said about {title}").format(title=pack.options[name].title)] = None
    for matter in matters(situation.plan.scope):
        matter.other[tr("whether this guideline fits the patient")] = None
    for _, term in situation.plan.actions:
        for matter in matters(term):
            matter.other[tr("the imaging advice")] = None
    for name in tuple(found):
        relevance = situation.plan.relevance.get(name)
        # Whether a question applies at all is asked before it: what it decides hangs on both.
        if relevance is not None and situation.truth(relevance) is Truth.UNKNOWN:
            for matter in matters(relevance):
                matter.decides.update(found[name].decides)
                matter.other.update(found[name].other)
                matter.keeps |= found[name].keeps
    everything = sorted(found.items(), key=lambda entry: _importance(situation, *entry))
    hidden = {name for name, term in situation.plan.relevance.items() if situation.truth(term) is Truth.NO}
    # A question that does not apply is not asked; it is named only when nothing else explains what stays open.
    ordered = [entry for entry in everything if entry[0] not in hidden] or everything
    return tuple(_open_question(situation, question, matter) for question, matter in ordered)


def _importance(situation: Situation, question: str, matter: _Matter) -> tuple[int, int, int, int]:
    """By the tier it can raise to; then the emergency screen in its order, the rest by what they decide."""
    pack, rank = situation.plan.pack, situation.plan.rank
    tier = matter.raises_to.value if matter.raises_to is not None else 0
    screen = question in pack.questions and pack.questions[question].emergency
    decides = 0 if screen and tier else len(matter.decides)
    return (-tier, not screen, -decides - matter.dates * len(pack.options), rank.get(question, len(rank)))


def _open_question(situation: Situation, question: str, matter: _Matter) -> OpenQuestion:
    pack = situation.plan.pack
    asked = pack.questions.get(question)
    parts: list[str] = []
    if matter.raises_to is not None:
        parts.append(tr("can raise the urgency to {tier}").format(tier=tier_in_words(matter.raises_to)))
    if matter.dates:
        parts.append(tr("sets the day until which somebody has to act"))
    told = [titled(pack.options[name].title) for name in matter.decides]
    told.extend(matter.other)
    if told:
        parts.append(tr("decides {options}").format(options=join(told, limit=3)))
    if not parts:
        parts.append(tr("adds to the reasons for the urgency"))
    label = asked.short if asked is not None else situation.atom(matter.atom).label
    return OpenQuestion(
        question, matter.atom, label, join(parts), matter.raises_to, tuple(matter.decides)
    )
