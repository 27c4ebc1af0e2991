"""Which questions are asked now, and which of them are still open: the one count of page, review, help and paper.

What does not apply is the engine's word; this only adds the order of asking.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.engine.answers import Answer, AnswerSheet, Unknown
from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.decision import Decision, OpenQuestion, Status
from desktop_app.engine.effective import what_counts
from desktop_app.engine.model import Clause, Option, Pack, Question
from desktop_app.language import later, tr

FROM_THE_RECORD = frozenset({"sex", "date_of_birth"})  # known from the patient; never asked twice
_ON_OFFER = frozenset({Status.OFFERED, Status.CONDITIONAL})
# All that is left of an item that cannot raise the urgency any more.
ON_THE_SCREEN = later("completes the emergency screen")


class Asking:
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
        # Questions that are asked in one go do not wait for each other.
        self._limits = tuple((option, tuple(clause for clause in option.conditional_when if clause.settle_first))
                             for option in pack.options.values())
        self._together = {q: frozenset(group.questions) for screen in pack.screens for group in screen.groups
                          if group.all_yes_label for q in group.questions}

    def _questions(self, atom: str) -> Iterator[str]:
        derived = self._pack.atoms[atom].derived
        if derived is None:
            yield self._pack.atoms[atom].question
        else:
            for name in derived.inputs:
                yield from self._questions(name)

    def on_page(self, question: Question, decision: Decision) -> bool:
        """Whether a question is shown. Answers never vanish, and no open emergency question is ever hidden."""
        sheet = decision.answers
        if any(given is not None and given.value is not None for given in map(sheet.get, question.atoms)):
            return True
        return question.id not in decision.not_applicable and not self._waits(question, sheet)

    def open(self, decision: Decision) -> tuple[OpenQuestion, ...]:
        """The open questions that are asked now, most important first: what can still change the advice, then the
        rest of the emergency screen, which has to be complete, then the figures and days that an option needs whose
        limits are said to be settled.
        """
        questions = self._pack.questions
        now = tuple(q for q in decision.questions
                    if q.question not in questions or self.on_page(questions[q.question], decision))
        known = {q.question for q in now}
        rest = (OpenQuestion(q.id, q.atoms[0], q.short, tr(ON_THE_SCREEN), None, ()) for q in questions.values()
                if q.emergency and not q.derived and q.id not in known and self.on_page(q, decision)
                and not all(self._settled(atom, decision) for atom in q.atoms))
        every = {q.question: q for q in (*now, *rest)}
        for needed in self._to_write(decision):
            every.setdefault(needed.question, needed)
        return tuple(every.values())

    def _to_write(self, decision: Decision) -> Iterator[OpenQuestion]:
        """What was said to be settled and is not written: asked right away, for nothing is accepted without it."""
        advice = {one.id: one for one in decision.options}
        for option, clauses in self._limits:
            if clauses and (told := advice[option.id]).status in _ON_OFFER:
                for clause in clauses:
                    if clause.id not in told.cautions_met and clause.id not in told.cautions_open:
                        yield from self._of(option, clause, decision)

    def _of(self, option: Option, clause: Clause, decision: Decision) -> Iterator[OpenQuestion]:
        for atom in clause.settle_first:
            question = self._pack.questions[self._pack.atoms[atom].question]
            if not _asked(decision.answers.get(atom)) and self.on_page(question, decision):
                effect = tr("is needed before {title} can be accepted").format(title=option.title)
                yield OpenQuestion(question.id, atom, question.short, effect, None, (option.id,))

    def left_on_screen(self, decision: Decision) -> int:
        """How many questions of the emergency screen nobody answered though none of them can raise the urgency."""
        return sum(one.effect == tr(ON_THE_SCREEN) for one in self.open(decision))

    def later(self, decision: Decision) -> tuple[OpenQuestion, ...]:
        """What can still change the advice, but is asked only after other answers, if at all."""
        known = {q.question for q in self.open(decision)}
        return tuple(q for q in decision.questions if q.question not in known)

    def _settled(self, atom: str, decision: Decision) -> bool:
        """Whether an answer stands on the as-of date; that it cannot be known is an answer too."""
        given = decision.answers.get(atom)
        if given is None or given.value is None:
            return _asked(given)
        return what_counts(given, self._pack.atoms[atom], decision.as_of) is not None

    def _waits(self, question: Question, sheet: AnswerSheet) -> bool:
        """Nothing that decides about the question has been asked yet, so what decides comes first."""
        deciding = self._deciders.get(question.id, ())
        if question.emergency or not deciding or self._together.get(question.id, frozenset()) >= set(deciding):
            return False
        return not any(_asked(sheet.get(atom)) for name in deciding for atom in self._pack.questions[name].atoms)

    def asked_instead(self, question: str) -> tuple[str, ...]:
        """The questions that come before one that is not on the page yet."""
        return self._deciders.get(question, ())


def _asked(given: Answer | None) -> bool:
    return given is not None and (given.value is not None or given.unknown not in {None, Unknown.NOT_ASKED})
