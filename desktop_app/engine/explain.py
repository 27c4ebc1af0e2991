"""Why a condition came out as it did: sentences and the facts they rest on, read off one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Is, Not, Ref, Yes
from desktop_app.engine.decision import Fact, Reason, Truth
from desktop_app.engine.evaluate import Term
from desktop_app.engine.situation import Situation
from desktop_app.engine.words import join, labelled, not_known, threshold_in_words, yes_or_no
from desktop_app.language import tr

_MOST_PARTS = 4  # of a sentence; the facts are complete


def _answer(truth: Truth) -> str:
    return not_known() if truth is Truth.UNKNOWN else yes_or_no(truth is Truth.YES)


def sentence(situation: Situation, term: Term) -> str:
    """How a condition came out, with the values that made it so."""
    truth = situation.truth(term)
    node = term.node
    match node:
        case Yes():
            return labelled(situation.atom(node.atom).label, situation.in_words(node.atom))
        case Is():
            return _is_sentence(situation, node, truth)
        case Compare():
            return _compare_sentence(situation, node, truth)
        case Ref():
            return labelled(situation.plan.pack.conditions[node.condition].label, _answer(truth))
        case Always():
            return tr("Applies in every case")
        case Not():
            return sentence(situation, term.parts[0])
        case Any() if node.label:
            return _question_sentence(situation, term, node.label, truth)
        case AtLeast():
            met = [part for part in term.parts if situation.truth(part) is Truth.YES]
            told = _together(situation, met) or tr("none so far")
            return tr("{met} of at least {count}: {told}").format(met=len(met), count=node.count, told=told)
        case _:
            return _together(situation, _deciding(situation, term))


def _together(situation: Situation, terms: Sequence[Term]) -> str:
    """Several parts in one sentence, each thing said once."""
    told = dict.fromkeys(sentence(situation, term) for term in terms)
    return join(told, limit=_MOST_PARTS)


def lines(situation: Situation, term: Term) -> tuple[str, ...]:
    """What :func:`sentence` joins, one part a line, complete and each thing said once."""
    return tuple(dict.fromkeys(_lines(situation, term)))


def _lines(situation: Situation, term: Term) -> Iterator[str]:
    node = term.node
    told_whole = isinstance(node, Any) and node.label and situation.truth(term) is not Truth.YES
    if isinstance(node, Not):
        yield from _lines(situation, term.parts[0])
    elif isinstance(node, All | Any | AtLeast) and not told_whole:
        for part in _deciding(situation, term):
            yield from _lines(situation, part)
    else:
        yield sentence(situation, term)


def facts(situation: Situation, term: Term) -> tuple[Fact, ...]:
    """The answers and derived findings that made a condition come out as it did."""
    found: dict[Fact, None] = {}
    found.update(dict.fromkeys(_facts(situation, term)))
    return tuple(found)


def reason(situation: Situation, term: Term, basis: Sequence[str], label: str = "") -> Reason:
    """One step of the trace. ``label`` names a clause in the pack's own words."""
    node = term.node
    own = situation.plan.pack.conditions[node.condition].basis if isinstance(node, Ref) else ()
    return Reason(
        label or sentence(situation, term),
        situation.truth(term),
        facts(situation, term),
        tuple(dict.fromkeys((*own, *basis))),
        (label,) if label else lines(situation, term),
    )


def reasons(
    situation: Situation, term: Term, basis: Sequence[str], wanted: Truth | None = None
) -> tuple[Reason, ...]:
    """The parts that a reader sees as separate reasons: those of an outermost ``all``, named or not.

    ``wanted`` keeps those that came out so. A named condition at the top is opened, since the rule that
    it decides already says what it is about; inside, named conditions stand under their own name.
    """
    if isinstance(term.node, Ref):
        own = situation.plan.pack.conditions[term.node.condition].basis
        return reasons(situation, term.parts[0], (*own, *basis), wanted)
    return tuple(
        reason(situation, part, basis)
        for part in _flat(term)
        if wanted is None or situation.truth(part) is wanted
    )


def _flat(term: Term) -> tuple[Term, ...]:
    if not isinstance(term.node, All):
        return (term,)
    return tuple(part for outer in term.parts for part in _flat(outer))


def _deciding(situation: Situation, term: Term) -> tuple[Term, ...]:
    """The parts that decide: those that came out like the whole."""
    truth = situation.truth(term)
    return tuple(part for part in term.parts if situation.truth(part) is truth)


def _facts(situation: Situation, term: Term) -> Iterator[Fact]:
    node = term.node
    match node:
        case Yes() | Is() | Compare():
            yield situation.fact(node.atom)
        case Always():
            return
        case Any() if node.label and situation.truth(term) is Truth.NO:
            yield Fact(node.question or node.label, node.label, "none", known=True)
        case Not() | Ref():
            yield from _facts(situation, term.parts[0])
        case AtLeast():
            wanted = situation.truth(term)
            for part in term.parts:
                if situation.truth(part) is wanted:
                    yield from _facts(situation, part)
        case _:
            for part in _deciding(situation, term):
                yield from _facts(situation, part)


def _is_sentence(situation: Situation, node: Is, truth: Truth) -> str:
    atom = situation.atom(node.atom)
    if truth is Truth.NO and not situation.known(node.atom):
        return tr("{label}: not {value}").format(label=atom.label, value=atom.option_label(node.option))
    return labelled(atom.label, situation.in_words(node.atom))


def _compare_sentence(situation: Situation, node: Compare, truth: Truth) -> str:
    atom = situation.atom(node.atom)
    told = tr("{label} is {value}").format(label=atom.label, value=situation.in_words(node.atom))
    threshold = threshold_in_words(node, atom)
    if truth is Truth.UNKNOWN:
        return told
    if truth is Truth.YES:
        return f"{told} ({threshold})"
    return tr("{told}, not {threshold}").format(told=told, threshold=threshold)


def _question_sentence(situation: Situation, term: Term, label: str, truth: Truth) -> str:
    if truth is Truth.NO:
        return labelled(label, tr("none"))
    if truth is Truth.UNKNOWN:
        return labelled(label, not_known())
    met = [sentence(situation, part) for part in _deciding(situation, term)]
    yes = labelled("", yes_or_no(True))
    return join((told.removesuffix(yes) for told in met), limit=_MOST_PARTS) + (
        yes if all(told.endswith(yes) for told in met) else ""
    )
