"""The wizard's brain: which screens there are, where the clinician is, what an answer sets off.

It is a plain object around one open consultation; widgets only show what it returns.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Decision, OpenQuestion, OptionAdvice
from desktop_app.engine.model import Tier
from desktop_app.language import tr, trn
from desktop_app.pictures.body_marks import drawn_questions
from desktop_app.presentation import cards, words
from desktop_app.presentation.cards import Page
from desktop_app.presentation.interruptions import Interruptions
from desktop_app.presentation.looking import only_look
from desktop_app.presentation.options import tally
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.asking import FROM_THE_RECORD, Asking
from desktop_app.use_cases.domain import EncounterState

REVIEW = "review"
EMERGENCY_SCREEN = "emergency"
OPTIONS = "options"
QUESTIONS = "questions"
CORRELATION = "correlation"  # the parts of a step
NAMED = 40  # letters of an option's name in the caption of the last answer
IMAGING = "imaging"
TOLD = "#"  # in the stored place: behind it stands what has interrupted, so that it counts when opened again
INTERVENTIONS = "interventions"  # the screen whose advice waits for a complete emergency screen


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the step list."""

    id: str
    number: int
    title: str
    state: str  # not_started, begun, current, settled, waits, alarm
    line: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """What the last answer did to the advice: in sentences, and in two short lines for the caption."""

    answer: str
    effect: str
    can_undo: bool
    lines: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Place:
    """A screen and, on it, the open question or ``options``."""

    screen: str
    question: str = ""

    @property
    def text(self) -> str:
        return f"{self.screen}/{self.question}"


class Wizard:
    """Flow through one consultation. Any step can be visited at any time; nothing is lost by it."""

    def __init__(self, consultation: OpenConsultation) -> None:
        self.consultation = consultation
        self._last = LastChange("", "", consultation.can_undo)
        self._pages: dict[str, Page] = {}
        self._open: tuple[OpenQuestion, ...] = ()
        self._for: Decision | None = None
        self.asking = Asking(consultation.pack)
        self._place, _, told = consultation.position.partition(TOLD)
        self.interruptions = Interruptions(filter(None, told.split(",")))
        self.taken_back = ""  # the question whose answer the last undo took back
        self._drawn = drawn_questions(consultation.pack)

    @property
    def decision(self) -> Decision:
        return self.consultation.decision

    @property
    def signed(self) -> bool:
        return self.consultation.encounter.state is not EncounterState.DRAFT

    @property
    def screens(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.consultation.pack.screens)

    def page(self, screen: str) -> Page:
        """The screen's questions as they stand now; the same object until an answer changes."""
        self._follow()
        if screen not in self._pages:
            self._pages[screen] = self._build(screen, self.decision)
        return self._pages[screen]

    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """The open questions that are asked now, most important first: the one count of every page and paper."""
        self._follow()
        return self._open

    def _follow(self) -> None:
        """Pages and open questions belong to one decision; they are made anew for the next."""
        decision = self.decision
        if decision is not self._for:
            self._pages, self._for, self._open = {}, decision, self.asking.open(decision)

    def _build(self, screen: str, decision: Decision) -> Page:
        pack, sheet = self.consultation.pack, self.consultation.sheet
        found = next(s for s in pack.screens if s.id == screen)
        matter = {q.question for q in self._open}
        groups = []
        for group in found.groups:
            built = []
            for name in group.questions:
                question = pack.questions[name]
                if name in FROM_THE_RECORD or question.derived:
                    continue
                if self.asking.on_page(question, decision):
                    built.append(cards.build(pack, question, sheet, decision.as_of, matters=name in matter,
                                             drawn=self._drawn.get(name, "")))
            if built:
                groups.append(cards.Group(group.title, group.intro, tuple(built), group.all_no_label,
                                          group.all_yes_label))
        every = [c for g in groups for c in g.cards]
        return Page(found.id, found.title, found.intro, tuple(groups), sum(c.settled for c in every),
                    len(every), found.option_groups, found.results, found.texts)

    def steps(self, current: str) -> tuple[Step, ...]:
        pack = self.consultation.pack
        return tuple(self._step(s.id, i + 1, s.title, current) for i, s in enumerate(pack.screens))

    def _step(self, screen: str, number: int, title: str, current: str) -> Step:
        page = self.page(screen)
        done, left = page.settled, page.left
        if screen == REVIEW:
            state, line = self._review_state()
        elif page.option_groups and not page.total:
            state, line = self._options_state(page)
        elif not done and left:
            state, line = "not_started", tr("{left} to answer").format(left=left)
        elif left:
            state, line = "begun", tr("{done} answered, {left} to go").format(done=done, left=left)
        elif not done:
            state, line = "settled", tr("Nothing needed")
        else:
            unknown = sum(c.state == "unknown" and c.matters for c in page.cards)
            state = "begun" if unknown else "settled"
            line = (
                tr("{unknown} not known").format(unknown=unknown)
                if unknown
                else trn("{count} answered", "{count} answered", done).format(count=done)
            )
        if page.option_groups and page.total:
            state, line = self._merged(screen, page, state, line)
        if screen == EMERGENCY_SCREEN and self.decision.emergency.complete:
            state, line = "settled", tr("Complete for today")
        if screen == EMERGENCY_SCREEN and self.decision.emergency.positive:
            state, line = "alarm", tr("Positive: act now")
        if screen == current and state != "alarm":
            state = "current"
        return Step(screen, number, title, state, line)

    def _merged(self, screen: str, page: Page, state: str, line: str) -> tuple[str, str]:
        if screen == INTERVENTIONS and not self.decision.emergency.complete and state == "not_started":
            return "waits", tr("Opens after the screen")
        opts, words_ = self._options_state(page)
        if state == "settled":
            return opts, words_
        return state, line

    def _options_state(self, page: Page) -> tuple[str, str]:
        offered, done = tally(self.consultation, page.option_groups)
        if not offered:
            return ("waits", tr("Opens after the screen")) if not self.decision.emergency.complete else (
                "settled", tr("Nothing to decide"))
        state = "settled" if done == offered else "begun" if done else "not_started"
        return state, tr("{done} of {offered} decided").format(done=done, offered=offered)

    def _review_state(self) -> tuple[str, str]:
        if self.signed:
            return "settled", tr("Signed")
        blocks = self.consultation.blocks_to_sign()
        return ("not_started", tr("Not ready to sign")) if blocks else ("begun", tr("Ready to sign"))

    def start(self) -> Place:
        """Where to go on: the stored place when it still exists, else the first open question."""
        screen, _, question = self._place.partition("/")
        if screen in self.screens:
            page = self.page(screen)
            if question in {OPTIONS, CORRELATION, QUESTIONS} or page.card(question) is not None or not page.cards:
                return Place(screen, question)
            return Place(screen, page.next_open())
        first = self.screens[0]
        return Place(first, self.page(first).next_open())

    def stand(self, place: Place) -> None:
        """Remember where the clinician is, to go on from there."""
        self._place = place.text
        self._keep_place()

    def interrupt(self, message: str) -> bool:
        """Whether this message may interrupt; when it may, it counts for the whole consultation."""
        if not self.interruptions.may(message):
            return False
        self._keep_place()
        return True

    def _keep_place(self) -> None:
        if not self.consultation.can_write:
            return  # who only looks leaves no trace
        told = ",".join(self.interruptions.told)
        self.consultation.set_position(f"{self._place}{TOLD}{told}" if told else self._place)

    @property
    def only_look(self) -> str:
        """Why nothing can be answered or decided here; empty where it can."""
        return only_look(self.consultation)

    def emergency(self) -> bool:
        """Whether the fixed emergency page has to be shown instead of the wizard."""
        return bool(self.emergency_criteria())

    def emergency_criteria(self) -> tuple[str, ...]:
        """Criteria of tier E or E24 that certainly hold and bring their own page, highest first."""
        pack = self.consultation.pack
        return tuple(r.id for r in self.decision.tier.reasons
                     if r.tier >= Tier.E24 and pack.criteria[r.id].page is not None)

    def answer(self, changes: Mapping[str, Answer | None]) -> bool:
        """Store one step of answers. True when the wizard has to be left for the emergency page."""
        before = self.decision
        self.consultation.answer_many(changes)
        self._note(before, changes)
        return self.emergency()

    def end_emergency(self, atoms: Sequence[str], *, how: str, in_error: bool) -> str:
        """Record how emergency answers ended. Gives the question that has to be asked again, "" where none has."""
        before = self.decision
        self.consultation.end_emergency(atoms, how=how, entered_in_error=in_error)
        found = [self.consultation.pack.atoms[a] for a in atoms]
        if not found:
            return ""
        told = words.inside(found[0].label) if len(found) == 1 else words.count(len(found), "answer")
        self._last = LastChange(
            tr("Entered in error: {told}. It is asked again.").format(told=told)
            if in_error
            else tr("Excluded: {told}.").format(told=told),
            self._told(before),
            self.consultation.can_undo,
            (tr("Entered in error: {told}").format(told=told) if in_error else tr("Excluded: {told}").format(told=told),
             self._briefly(before)),
        )
        return found[0].question if in_error else ""

    def undo(self) -> bool:
        before, answers = self.decision, dict(self.consultation.answers)
        if not self.consultation.undo():
            return False
        now, atoms = self.consultation.answers, self.consultation.pack.atoms
        self.taken_back = next((atoms[a].question for a in {**answers, **now} if answers.get(a) != now.get(a)), "")
        self._last = LastChange(tr("Last answer taken back."), self._told(before), self.consultation.can_undo,
                                (tr("Last answer taken back"), self._briefly(before)))
        return True

    @property
    def last_change(self) -> LastChange:
        return dataclasses.replace(self._last, can_undo=self.consultation.can_undo and not self.signed)

    def _note(self, before: Decision, changes: Mapping[str, Answer | None]) -> None:
        pack = self.consultation.pack
        atom = pack.atoms[next(iter(changes))]
        question = pack.questions.get(atom.question)
        title = question.short if question is not None else atom.label
        if len(changes) == 1:
            told = words.inside(words.answer(atom, next(iter(changes.values()))))
            title = atom.label if question is None or len(question.atoms) > 1 else title
        else:
            told = tr("{changes} answers").format(changes=len(changes))
            asked = tuple(dict.fromkeys(pack.questions[q].short for q in (pack.atoms[a].question for a in changes)
                                        if q in pack.questions))
            if len(asked) > 1:
                title = tr("{title} and {count}").format(
                    title=title, count=words.count(len(asked) - 1, "more question")
                )
                if (one := next(iter(changes.values()))) is not None and isinstance(one.value, bool):
                    told = tr("{changes} times {value}").format(
                        changes=len(changes), value="yes" if one.value else "no"
                    )
        self._last = LastChange(
            tr("Last answer: {title}, {told}.").format(title=title, told=told),
            self._told(before),
            self.consultation.can_undo,
            (f"{title}: {told}", self._briefly(before)),
        )

    def unanswered(self) -> tuple[str, ...]:
        """The open questions that were not asked for yet, in page order; asked and not known is settled for a page."""
        return tuple(card.id for screen in self.screens for card in self.page(screen).cards if card.open)

    def _told(self, before: Decision) -> str:
        """What changed; not yet of options while the own impression has not been asked for."""
        return _effect(before, self.decision, options=not self.consultation.asks_impression)

    def _briefly(self, before: Decision) -> str:
        return _brief_effect(before, self.decision, options=not self.consultation.asks_impression)

    def next_screen(self, screen: str) -> str:
        order = self.screens
        index = order.index(screen) + 1
        return order[index] if index < len(order) else ""

    def previous_screen(self, screen: str) -> str:
        index = self.screens.index(screen) - 1
        return self.screens[index] if index >= 0 else ""

    def title(self, screen: str) -> str:
        return next(s.title for s in self.consultation.pack.screens if s.id == screen)

    def where(self, question: str) -> str:
        """The question itself, or, while it is not on its page, the first shown one that decides about it."""
        for name in (question, *self.asking.asked_instead(question)):
            screen = self.screen_of(name)
            if screen and self.page(screen).card(name) is not None:
                return name
        return question

    def screen_of(self, question: str) -> str:
        """The screen on which a question stands; "" when it stands on none."""
        for screen in self.consultation.pack.screens:
            if any(question in group.questions for group in screen.groups):
                return screen.id
        return ""


def _effect(before: Decision, after: Decision, *, options: bool) -> str:
    told = []
    if before.tier.floor is not after.tier.floor:
        told.append(
            tr("Act at least on: {TIER} to {TIER2}.").format(
                TIER=words.TIER[before.tier.floor][0], TIER2=words.TIER[after.tier.floor][0]
            )
        )
    elif before.tier.ceiling is not after.tier.ceiling:
        told.append(
            tr("Not ruled out: {TIER} to {TIER2}.").format(
                TIER=words.TIER[before.tier.ceiling][0], TIER2=words.TIER[after.tier.ceiling][0]
            )
        )
    else:
        told.append(tr("Urgency unchanged."))
    if _due(before) != _due(after):
        told.append(tr("Due date: {before} to {after}.").format(before=_due(before), after=_due(after)))
    moved = _moved(before, after) if options else []
    if len(moved) == 1:
        told.append(f"{words.shortened(moved[0].title, NAMED)}: {words.STATUS[moved[0].status].lower()}.")
    elif moved:
        told.append(tr("{moved} options changed.").format(moved=len(moved)))
    return " ".join(told)


def _due(decision: Decision) -> str:
    """The day until which somebody has to act, in a few words."""
    tier = decision.tier
    if tier.clock_stopped:
        return tr("clock stopped")
    if tier.due_date is None:
        return tr("act today") if tier.act_today else tr("none")
    late = tr(", overdue") if tier.overdue_days > 0 else ""
    return f"{words.day(tier.due_date)}{late}"


def _moved(before: Decision, after: Decision) -> list[OptionAdvice]:
    old = {o.id: o.status for o in before.options}
    return [o for o in after.options if old.get(o.id) is not o.status]


def _brief_effect(before: Decision, after: Decision, *, options: bool) -> str:
    """The same in one short line: what is certain before what is possible, the options last."""
    told = []
    if before.tier.floor is not after.tier.floor:
        told.append(tr("At least {tier} now").format(tier=words.TIER[after.tier.floor][0]))
    elif before.tier.ceiling is not after.tier.ceiling:
        told.append(tr("At most {tier} now").format(tier=words.TIER[after.tier.ceiling][0]))
    if _due(before) != _due(after):
        told.append(tr("Due: {due}").format(due=_due(after)))
    moved = _moved(before, after) if options else []
    if len(moved) == 1 and not told:
        told.append(f"{moved[0].title}: {words.STATUS[moved[0].status].lower()}")
    elif moved:
        told.append(tr("{moved} moved").format(moved=words.count(len(moved), "option")))
    return " · ".join(told) or tr("Advice unchanged")
