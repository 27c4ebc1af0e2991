"""A plan seen through the questions that its pages ask: look-ups over pack, decision, answers and choices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.documents.words import UNKNOWN_WORDS
from desktop_app.engine.answers import DateRange, Unknown
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.words import value_in_words
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.courses import courses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from desktop_app.engine.answers import Answer
    from desktop_app.engine.decision import Decision, OpenQuestion, OptionAdvice
    from desktop_app.engine.model import Atom, FixedText, Option, Pack
    from desktop_app.pictures.timeline import Course
    from desktop_app.use_cases.domain import Choice
    from desktop_app.use_cases.ports import PlanInput


_GROUPS_FIRST = ("interventions", "surgery", "second_line", "medicines", "imaging", "referral")
"""What a specialist looks for first; groups not named here follow."""


_STANDS = {Status.OFFERED, Status.CONDITIONAL}
_ACTS = {"do", "stop"}
_BY_TIER = {"referral", "surgery"}
HANDOUT = "handout."  # places of texts that stand on the patient's sheet
CHOICES = "aid."  # places of texts that stand on the sheet with the choices
_TOTALS = {"mme"}  # the derived opioid total of clinical arithmetic


@dataclass(frozen=True)
class PlanView:
    plan: PlanInput

    @property
    def pack(self) -> Pack:
        return self.plan.pack

    @property
    def decision(self) -> Decision:
        return self.plan.decision

    @property
    def draft(self) -> bool:
        return self.plan.signed_on is None

    @property
    def emergency(self) -> bool:
        return bool(self.decision.emergency.positive)

    @cached_property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """The open questions, most important first: as many as the screen shows."""
        return self._asking.open(self.decision)

    @property
    def more_follow(self) -> bool:
        """Whether some answers to them bring further questions."""
        return bool(self._asking.later(self.decision))

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.pack)

    @property
    def left_on_screen(self) -> int:
        """Questions of the emergency screen that nobody answered though none can raise the urgency."""
        return self._asking.left_on_screen(self.decision)

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        return {choice.option: choice for choice in self.plan.choices}

    @cached_property
    def advice(self) -> Mapping[str, OptionAdvice]:
        return {advice.id: advice for advice in self.decision.options}

    def option(self, option_id: str) -> Option | None:
        return self.pack.options.get(option_id)

    # -- answers ----------------------------------------------------------------------------------

    def answer(self, atom_id: str) -> Answer | None:
        return self.decision.answers.get(atom_id)

    def atom(self, atom_id: str) -> Atom | None:
        return self.pack.atoms.get(atom_id)

    def known(self, atom_id: str) -> bool:
        answer = self.answer(atom_id)
        return answer is not None and answer.value is not None

    def value(self, atom_id: str) -> str:
        """The answer in words, without how it was given; "" when it is not known."""
        answer, atom = self.answer(atom_id), self.atom(atom_id)
        if answer is None or answer.value is None or atom is None:
            return ""
        return value_in_words(answer.value, atom)

    def is_yes(self, atom_id: str) -> bool:
        answer = self.answer(atom_id)
        return answer is not None and answer.value is True and answer.excluded is None

    def unknown_word(self, atom_id: str) -> str:
        """Which kind of not knowing: "not asked" for an untouched answer."""
        answer = self.answer(atom_id)
        kind = Unknown.NOT_ASKED if answer is None or answer.unknown is None else answer.unknown
        return UNKNOWN_WORDS[kind]

    def days_since(self, atom_id: str) -> int | None:
        """Days from an exact date answer to the as-of date."""
        answer = self.answer(atom_id)
        if answer is None or not isinstance(answer.value, DateRange):
            return None
        when = answer.value
        if when.earliest != when.latest:
            return None
        return (self.decision.as_of - when.earliest).days

    def derived(self, atom_id: str) -> str:
        """A derived finding in words when it is settled."""
        found = self.decision.derived.get(atom_id, ())
        return found[0] if len(found) == 1 else ""

    # -- options ----------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> Mapping[str, tuple[OptionAdvice, ...]]:
        """Options by group, those a specialist looks for first, then in the order of the pack."""
        found: dict[str, list[OptionAdvice]] = {}
        for advice in self.decision.options:
            found.setdefault(advice.group, []).append(advice)
        first = [group for group in _GROUPS_FIRST if group in found]
        return {group: tuple(found[group]) for group in dict.fromkeys((*first, *found))}

    @cached_property
    def to_decide(self) -> tuple[OptionAdvice, ...]:
        """What page one shows: decided options, then what is offered, conditional or open and undecided."""
        rank = {Status.OFFERED: 1, Status.CONDITIONAL: 1, Status.OPEN: 2}

        def place(advice: OptionAdvice) -> tuple[int, int]:
            group = _GROUPS_FIRST.index(advice.group) if advice.group in _GROUPS_FIRST else len(_GROUPS_FIRST)
            return (0 if advice.id in self.choices else rank.get(advice.status, 9)), group

        shown = [
            advice
            for advice in self.decision.options
            if advice.id in self.choices or (advice.status in rank and self.decidable(advice))
        ]
        return tuple(sorted(shown, key=place))

    @cached_property
    def courses(self) -> Sequence[Course]:
        """Start, review and stop of the medicines that were accepted."""
        return [one for one in courses(self.pack, self.decision, self.choices) if one.id in self.choices]

    @cached_property
    def first_acts(self) -> Mapping[str, OptionAdvice]:
        """Safety acts that stand and are not decided: what is not elective, stopping, referral and surgical acts of a
        tier, and acts that rest on an opioid total which reaches the alert.
        """
        mme = self.decision.medicines.get("mme")
        alert = isinstance(mme, dict) and mme.get("reaches_alert") in {"yes", True}

        def place(advice: OptionAdvice) -> int | None:
            option = self.option(advice.id)
            if option is None or advice.id in self.choices or advice.status not in _STANDS:
                return None
            if not option.elective and option.kind in _ACTS:
                return 0
            if option.kind == "stop":
                return 1
            about_total = any(fact.atom in _TOTALS for reason in advice.why for fact in reason.facts)
            if alert and about_total and option.kind in {*_ACTS, "offer"}:
                return 2
            return 3 if option.kind == "do" and option.group in _BY_TIER else None

        found = [(rank, advice) for advice in self.decision.options if (rank := place(advice)) is not None]
        return {advice.id: advice for _, advice in sorted(found, key=lambda one: one[0])}

    def decidable(self, advice: OptionAdvice) -> bool:
        option = self.option(advice.id)
        return option is None or option.decidable

    def is_medicine(self, advice: OptionAdvice) -> bool:
        return advice.group.startswith("medicine")

    # -- imaging verdict ---------------------------------------------------------------------------

    def verdict_text(self, verdict: str, part: str) -> str:
        """A part (label, sentence, output) of a verdict in the pack's imaging table; "" when it has none."""
        table = self.pack.tables.get("imaging")
        for key in ("verdicts", verdict, part):
            table = table.nodes.get(key) if table is not None else None
        return table.words if table is not None else ""

    def verdict_next(self, verdict: str) -> tuple[str, ...]:
        """What the pack says to do next after a verdict."""
        table = self.pack.tables.get("imaging")
        for key in ("verdicts", verdict, "next"):
            table = table.nodes.get(key) if table is not None else None
        return tuple(part.words for part in table.parts) if table is not None else ()

    def verdict_label(self, verdict: str) -> str:
        atom = self.atom(self.pack.imaging_verdict)
        labels = {option.id: option.label for option in atom.options} if atom is not None else {}
        return self.verdict_text(verdict, "label") or labels.get(verdict, verdict.replace("_", " "))

    # -- fixed texts ------------------------------------------------------------------------------

    @property
    def plan_texts(self) -> tuple[FixedText, ...]:
        """The texts of the plan: those of the patient's own sheets stand there only."""
        return tuple(one for one in self.pack.texts if not one.place.startswith((HANDOUT, CHOICES)))

    def texts(self, *places: str) -> tuple[FixedText, ...]:
        """The pack's texts for some places, those left out that certainly do not apply."""
        return tuple(one for one in self.pack.texts if one.place in places and self.text_fits(one) is not Truth.NO)

    def text_fits(self, one: FixedText) -> Truth:
        """Whether a text applies, as the engine found it; a text without a condition always does."""
        if one.when is None:
            return Truth.YES
        return self.decision.texts.get(one.id, Truth.UNKNOWN)

    def disagreements_of(self, advice: OptionAdvice) -> tuple[str, ...]:
        """Disagreements with an option, those left out that certainly do not fit this patient."""
        return tuple(
            one.id for one in advice.disagreements if one.fits is not Truth.NO and one.id in self.pack.disagreements
        )

    def short_source(self, source_id: str) -> str:
        """The first words of a source's title, for a narrow cell."""
        title = self.source_title(source_id)
        for stop in (":", " (", ", "):
            title = title.partition(stop)[0]
        words = title.split()
        return " ".join(words[:5])

    def source_title(self, source_id: str) -> str:
        source = self.pack.sources.get(source_id)
        return source.title if source is not None else source_id
