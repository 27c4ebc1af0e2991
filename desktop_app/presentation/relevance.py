"""Which questions are on the page: what does not apply is the engine's word; this only adds the order of asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.engine.answers import Answer, AnswerSheet, Unknown
from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Pack, Question

FROM_THE_RECORD = frozenset({"sex", "date_of_birth"})  # known from the patient; never asked twice


class Relevance:
    """Reads the pack once: which questions decide whether a question is asked at all. It judges no condition."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        named = {name: found.when for name, found in pack.conditions.items()}
        self._deciders = {
            question.id: tuple(dict.fromkeys(
                q for atom in sorted(atoms_of(question.relevant_when, named)) for q in self._questions(atom)
                if q not in FROM_THE_RECORD))
            for question in pack.questions.values() if question.relevant_when is not None
        }

    def _questions(self, atom: str) -> Iterator[str]:
        derived = self._pack.atoms[atom].derived
        if derived is None:
            yield self._pack.atoms[atom].question
        else:
            for name in derived.inputs:
                yield from self._questions(name)

    def on_page(self, question: Question, sheet: AnswerSheet, decision: Decision,
                together: Sequence[str] = ()) -> bool:
        """Whether a question is shown. Answers never vanish, and no open emergency question is ever hidden.

        ``together`` names questions that are asked in one go: these do not wait for each other.
        """
        if any(given is not None and given.value is not None for given in map(sheet.get, question.atoms)):
            return True
        if question.id in decision.not_applicable:
            return False
        deciding = self._deciders.get(question.id, ())
        return (question.emergency or not self._waits(question.id, sheet)
                or all(name in together for name in deciding))

    def _waits(self, question: str, sheet: AnswerSheet) -> bool:
        """Nothing that decides about the question has been asked yet, so what decides comes first."""
        deciding = self._deciders.get(question, ())
        return bool(deciding) and not any(_asked(sheet.get(atom)) for name in deciding
                                          for atom in self._pack.questions[name].atoms)

    def asked_instead(self, question: str) -> tuple[str, ...]:
        """The questions that come before one that is not on the page yet."""
        return self._deciders.get(question, ())


def _asked(given: Answer | None) -> bool:
    return given is not None and (given.value is not None or given.unknown not in {None, Unknown.NOT_ASKED})
