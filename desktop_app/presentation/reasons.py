"""Reasons as a reader takes them in: one a line, the engine's trace with the patient's facts, contraindications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.engine.answers import Answer
from desktop_app.engine.conditions import Condition, atoms_of
from desktop_app.engine.decision import Decision, Fact, OptionAdvice, Reason, Status, Truth
from desktop_app.engine.model import Clause, Option, Pack
from desktop_app.engine.words import not_known, yes_or_no
from desktop_app.language import tr
from desktop_app.presentation import words

SHORT_VALUE = 24  # letters of a value that may stand behind its reason


@dataclass(frozen=True, slots=True)
class TraceFact:
    """One answer of this patient that took part in a step, and the question it stands on."""

    label: str
    value: str
    known: bool
    question: str


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the engine's trace."""

    truth: Truth
    text: str
    facts: tuple[TraceFact, ...]
    basis: tuple[words.Provenance, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One contraindication or caution of an option with the answer it has."""

    label: str
    state: str  # bars, plan, open, clear
    answer: str
    plan: str
    question: str


def lines(reason: Reason) -> tuple[str, ...]:
    """A reason one part a line: a yes is not repeated, a short value stands behind what it belongs to."""
    parts = [line(text) for text in (reason.lines or (reason.text,))]
    if len(parts) == 1:
        values = dict.fromkeys(f.value for f in reason.facts if f.known and f.value.lower() not in _plain())
        told = next(iter(values), "")
        if len(values) == 1 and len(told) <= SHORT_VALUE and told.lower() not in parts[0].lower():
            parts = [f"{parts[0]} ({words.inside(told)})"]
    return tuple(dict.fromkeys(parts))


def _plain() -> frozenset[str]:
    """Values that say nothing that their label does not say."""
    return frozenset({yes_or_no(True), yes_or_no(False), tr("none")})


def line(text: str) -> str:
    """One part without ": yes", its value as it stands inside a sentence."""
    yes = f": {yes_or_no(True)}"
    if text.endswith(yes):
        return words.capital(text.removesuffix(yes))
    label, colon, value = text.partition(": ")
    return words.capital(f"{label}{colon}{words.inside(value)}")


def grouped(what_ifs: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What would change an option, under the status it would then have: "Offered" and the answers that lead there."""
    found: dict[str, list[str]] = {}
    for sentence in what_ifs:
        head, if_, rest = sentence.partition(tr(" if "))
        if if_ and len(head) < SHORT_VALUE + 8:
            found.setdefault(tr("{head}, if").format(head=head), []).append(words.capital(rest))
        else:
            found.setdefault("", []).append(sentence)
    return tuple((head, tuple(rest)) for head, rest in found.items())


def nothing_changes(status: Status) -> str:
    """What stands where no change of answers was found: which ones were tried, so that silence is no promise."""
    if status is Status.SUPPRESSED:
        return tr("The emergency comes first and holds this back, whatever else is answered.")
    return tr("Of the answers that can change, no one and no two give it another status. A danger that is present is "
              "not tried as absent.")


def against_lines(reason: Reason) -> tuple[str, ...]:
    """Why something is not offered, one part a line; "no" stays, it is what speaks against."""
    return tuple(dict.fromkeys(line(text) for text in (reason.lines or (reason.text,))))


def trace(pack: Pack, decision: Decision, advice: OptionAdvice) -> tuple[TraceStep, ...]:
    """Every step that led to the status, with the patient's facts, cautions last."""
    steps = [_step(pack, reason) for reason in (*advice.why, *advice.why_not)]
    option = pack.options[advice.id]
    if advice.status is not Status.NOT_OFFERED:
        steps += [_clause_step(pack, decision, clause, advice) for clause in option.conditional_when
                  if clause.id in {*advice.cautions_met, *advice.cautions_open}]
        steps += [_clause_step(pack, decision, clause, advice) for clause in option.never_when
                  if clause.id in advice.never_open]
    return tuple(steps)


def _step(pack: Pack, reason: Reason) -> TraceStep:
    told = reason.lines or (reason.text,)
    if reason.truth is Truth.YES:  # what speaks against keeps its "yes": it is the danger that is present
        told = tuple(line(text) for text in told)
    facts = tuple(_fact(pack, fact) for fact in reason.facts)
    if len(told) == len(facts) == 1 and told[0].removesuffix(f": {facts[0].value}") == facts[0].label:
        told = (facts[0].label,)  # the step is one answer: label and value stand in one line
    return TraceStep(reason.truth, " · ".join(dict.fromkeys(told)), facts, _chips(pack, reason.basis))


def _clause_step(pack: Pack, decision: Decision, clause: Clause, advice: OptionAdvice) -> TraceStep:
    barring = clause.id in advice.never_open
    met = clause.id in advice.cautions_met
    head = tr("Contraindication") if barring else tr("Caution")
    told = f"{head}: {words.inside(clause.label)}" + ("" if met else tr(", not known"))
    return TraceStep(Truth.YES if met else Truth.UNKNOWN, told,
                     tuple(_atom_fact(pack, decision, atom) for atom in _telling(pack, decision, clause, met=met)),
                     _chips(pack, clause.basis))


def _chips(pack: Pack, basis: Iterable[str]) -> tuple[words.Provenance, ...]:
    return tuple(words.provenance(pack, name) for name in basis)


def _fact(pack: Pack, fact: Fact) -> TraceFact:
    atom = pack.atoms.get(fact.atom)
    question = question_of(pack, fact.atom) if atom is not None else fact.atom
    return TraceFact(fact.label, words.inside(fact.value), fact.known, question)


def _atom_fact(pack: Pack, decision: Decision, atom: str) -> TraceFact:
    value = value_of(pack, decision, atom)
    return TraceFact(pack.atoms[atom].label, value, bool(_known(decision, atom)), question_of(pack, atom))


def question_of(pack: Pack, atom: str) -> str:
    """The question that settles an atom; for a derived finding the first one it is worked out from."""
    found = pack.atoms[atom]
    seen = {atom}
    while found.derived is not None and found.derived.inputs and found.derived.inputs[0] not in seen:
        seen.add(found.derived.inputs[0])
        found = pack.atoms[found.derived.inputs[0]]
    return found.question


def _known(decision: Decision, atom: str) -> str | Answer | None:
    if atom in decision.derived:
        told = decision.derived[atom]
        return told[0] if len(told) == 1 and told[0] != not_known() else None
    given = decision.answers.get(atom)
    return given if given is not None and given.value is not None else None


def value_of(pack: Pack, decision: Decision, atom: str) -> str:
    """What is known of an atom, in words inside a sentence."""
    if atom in decision.derived:
        return words.inside(tr(" or ").join(decision.derived[atom])) or not_known()
    return words.inside(words.answer(pack.atoms[atom], decision.answers.get(atom)))


def checks(pack: Pack, decision: Decision, option: Option, advice: OptionAdvice) -> tuple[Check, ...]:
    """Contraindications and cautions with their answers: what bars, what is open, what needs a plan, what is clear."""
    found = []
    for clause in (*option.never_when, *option.conditional_when):
        if not atoms_of(clause.when, _named(pack)):
            continue  # holds for everybody; it is no question
        never = clause in option.never_when
        if clause.id in advice.prohibited_by and never:
            state = "bars"
        elif clause.id in (advice.never_open if never else advice.cautions_open):
            state = "open"
        elif clause.id in advice.cautions_met and not never:
            state = "plan"
        else:
            state = "clear"
        telling = _telling(pack, decision, clause, met=state in {"bars", "plan"})
        first = telling[0]
        told = {"clear": yes_or_no(False), "open": not_known()}.get(state) or _met_words(pack, decision, first)
        found.append(Check(clause.label, state, told, clause.plan, question_of(pack, first)))
    order = ("bars", "open", "plan", "clear")
    return tuple(sorted(found, key=lambda check: order.index(check.state)))


def _met_words(pack: Pack, decision: Decision, atom: str) -> str:
    told = value_of(pack, decision, atom)
    return yes_or_no(True) if told in {tr("not asked"), yes_or_no(False)} else told


def _telling(pack: Pack, decision: Decision, clause: Clause, *, met: bool) -> tuple[str, ...]:
    """The atoms of a clause that tell most: those answered yes when it holds, else those not known."""
    atoms = sorted(atoms_of(clause.when, _named(pack)), key=list(pack.atoms).index)
    if met:
        wanted = [a for a in atoms if _known(decision, a) and value_of(pack, decision, a) != "no"]
    else:
        wanted = [a for a in atoms if not _known(decision, a)]
    return tuple(wanted[:3] or atoms[:1])


def _named(pack: Pack) -> Mapping[str, Condition]:
    return {key: each.when for key, each in pack.conditions.items()}
