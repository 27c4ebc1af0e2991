"""Whether what the clinician decided may stand: the same rules for the window and for a case file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from desktop_app.engine.answers import DateRange
from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.decision import Decision, OptionAdvice, Status
from desktop_app.engine.model import Pack
from desktop_app.engine.words import value_in_words
from desktop_app.language import tr
from desktop_app.use_cases.domain import Choice, Verdict

ACCEPTABLE = frozenset({Status.OFFERED, Status.CONDITIONAL})
STATUS_WORDS = {
    Status.OFFERED: "offered",
    Status.CONDITIONAL: tr("offered with conditions"),
    Status.OPEN: tr("still open"),
    Status.NOT_OFFERED: tr("not offered"),
    Status.PROHIBITED: "prohibited",
    Status.SUPPRESSED: tr("held back, the emergency comes first"),
}


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Something that has to be settled before an option is accepted, and the question that settles it."""

    words: str
    question: str


def advice_by_id(decision: Decision) -> dict[str, OptionAdvice]:
    return {option.id: option for option in decision.options}


def objection(pack: Pack, decision: Decision, choice: Choice) -> str:
    """Why a choice cannot stand, in one sentence; empty when it can.

    An option is accepted or changed only while it is offered, and an elective one only after a
    complete emergency screen; what the pack wants settled first has to be settled (see :func:`unsettled`).
    Anything may be declined. Changing and declining need a reason.
    """
    option = pack.options.get(choice.option)
    if option is None:
        return tr("'{option}' is not an option of this guideline.").format(option=choice.option)
    if choice.verdict is not Verdict.ACCEPT and not choice.reason.strip():
        return tr("{title}: a reason is needed to {value} it.").format(title=option.title, value=choice.verdict.value)
    if choice.verdict is Verdict.DECLINE:
        return ""
    if not option.decidable:
        return tr("{title}: this is shown for information, there is nothing to accept.").format(title=option.title)
    status = advice_by_id(decision)[choice.option].status
    if status not in ACCEPTABLE:
        return tr("{title} cannot be accepted: it is {STATUS_WORDS}.").format(
                   title=option.title, STATUS_WORDS=STATUS_WORDS[status]
               )
    if option.elective and not decision.emergency.complete:
        return tr("{title} cannot be accepted before the emergency screen is complete.").format(title=option.title)
    if missing := unsettled(pack, decision, choice.option):
        return tr("{title} cannot be accepted yet: {join}.").format(
                   title=option.title, join=", ".join(_inside(each.words) for each in missing)
               )
    return ""


def unsettled(pack: Pack, decision: Decision, option: str) -> tuple[Unsettled, ...]:
    """What still bars an option: cautions with ``settle_first`` that are not certainly gone, and the findings
    named there that nobody answered or whose date has passed; days of its course that cannot follow one another. A
    caution that is not known counts as not gone.
    """
    advice = advice_by_id(decision)[option]
    named = {key: each.when for key, each in pack.conditions.items()}
    found: dict[Unsettled, None] = {}
    for clause in pack.options[option].conditional_when:
        if not clause.settle_first:
            continue
        if clause.id in advice.cautions_met or clause.id in advice.cautions_open:
            asked = [pack.atoms[atom].question for atom in sorted(atoms_of(clause.when, named))]
            found[Unsettled(clause.label, asked[0] if asked else "")] = None
            continue
        for atom in clause.settle_first:
            if words := _not_written(pack, decision, atom):
                found[Unsettled(words, pack.atoms[atom].question)] = None
    if any(clause.settle_first for clause in pack.options[option].conditional_when):
        found.update(dict.fromkeys(_out_of_order(pack, decision, option)))
    return tuple(found)


def _out_of_order(pack: Pack, decision: Decision, option: str) -> Iterable[Unsettled]:
    """Days of the course that cannot follow one another, as a last dose before the first."""
    days: list[tuple[str, DateRange]] = []
    for stage in pack.options[option].course:
        given = decision.answers.get(stage.on) if stage.on else None
        if given is not None and isinstance(given.value, DateRange):
            days.append((stage.on, given.value))
    for (first, earlier), (then, later) in pairwise(days):
        if earlier.earliest > later.latest:
            words = tr("{label} lies before {label2}").format(
                        label=pack.atoms[then].label, label2=_inside(pack.atoms[first].label)
                    )
            yield Unsettled(words, pack.atoms[then].question)


def _not_written(pack: Pack, decision: Decision, atom: str) -> str:
    """Why an answer does not settle anything; empty when it does."""
    label = pack.atoms[atom].label
    given = decision.answers.get(atom)
    if given is None or given.value is None or given.value == "":
        return tr("{label}: not answered").format(label=label)
    if isinstance(given.value, str) and pack.atoms[atom].lacks_figure(given.value):
        return tr("{label}: no figure in it").format(label=label)
    if isinstance(given.value, DateRange) and given.value.latest < decision.as_of:
        return tr("{label}: {value} has passed").format(
                   label=label, value=value_in_words(given.value, pack.atoms[atom])
               )
    return ""


def _inside(label: str) -> str:
    """A label as it stands inside a sentence; abbreviations stay."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def objections(pack: Pack, decision: Decision, choices: Iterable[Choice]) -> list[str]:
    """Why the choices cannot stand, each by itself and each with those before it."""
    return [words for _, words in named_objections(pack, decision, choices)]


def named_objections(pack: Pack, decision: Decision, choices: Iterable[Choice]) -> list[tuple[str, str]]:
    """The same with the option that each is about."""
    found: list[tuple[str, str]] = []
    before: list[Choice] = []
    for choice in choices:
        words = objection(pack, decision, choice) or clash(pack, choice, before)
        found += [(choice.option, words)] if words else []
        before.append(choice)
    return found


def clash(pack: Pack, choice: Choice, others: Iterable[Choice]) -> str:
    """Which accepted option the pack bars beside this one, in one sentence; empty when there is none."""
    option = pack.options.get(choice.option)
    if option is None or choice.verdict is Verdict.DECLINE:
        return ""
    for other in others:
        beside = pack.options.get(other.option)
        if beside is None or other.verdict is Verdict.DECLINE or other.option == choice.option:
            continue
        if other.option in option.not_with or choice.option in beside.not_with:
            return tr("{title} cannot be accepted together with {title2}: take back one of the two.").format(
                       title=option.title, title2=beside.title
                   )
    return ""
