"""Answers that do not fit each other: the guideline's sentence, and the questions where each of them was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.model import Contradiction
from desktop_app.presentation.wizard import Wizard

MOST = 4  # questions that one pair leads to


@dataclass(frozen=True, slots=True)
class Pair:
    """``questions``: id and short words of each question that an answer of the pair was given to."""

    text: str
    questions: tuple[tuple[str, str], ...]


def contradictions(wizard: Wizard) -> tuple[Pair, ...]:
    """Answers that cannot both be true; nothing is signed on them."""
    return _pairs(wizard, wizard.decision.contradictions)


def doubts(wizard: Wizard) -> tuple[Pair, ...]:
    """Unusual pairs: worth a second look, no bar to signing."""
    return _pairs(wizard, wizard.decision.doubts)


def _pairs(wizard: Wizard, told: tuple[str, ...]) -> tuple[Pair, ...]:
    by_words = {pair.message: pair for pair in wizard.consultation.pack.contradictions}
    return tuple(Pair(text, tuple(_questions(wizard, by_words[text])) if text in by_words else ()) for text in told)


def _questions(wizard: Wizard, pair: Contradiction) -> Iterator[tuple[str, str]]:
    """In the order of the pages; only those on which something was said."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    named = {name: found.when for name, found in pack.conditions.items()}
    involved = {name for atom in atoms_of(pair.when, named) for name in _answered(wizard, atom)}
    found = (card for screen in wizard.screens for card in wizard.page(screen).cards if card.id in involved)
    said = (card for card in found if any((given := sheet.get(atom)) is not None and given.value is not None
                                          for atom in pack.questions[card.id].atoms))
    for card in islice(said, MOST):
        yield card.id, card.title


def _answered(wizard: Wizard, atom: str) -> Iterator[str]:
    """The questions from which an atom is known: its own, or those that it is worked out from."""
    found = wizard.consultation.pack.atoms[atom]
    if found.derived is None:
        yield found.question
    else:
        for name in found.derived.inputs:
            yield from _answered(wizard, name)
