"""Review before signing: what was not answered and which of it matters, what was decided, what blocks."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.decision import Status
from desktop_app.language import tr
from desktop_app.presentation import advice, options, standing, words
from desktop_app.presentation.standing import Told
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.asking import FROM_THE_RECORD
from desktop_app.use_cases.permissions import Action

REASON = 70  # letters of a reason beside the button

@dataclass(frozen=True, slots=True)
class Gap:
    question: str
    screen: str
    title: str
    line: str
    matters: bool


@dataclass(frozen=True, slots=True)
class Decided:
    option: str
    title: str
    status: str
    words: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An option that nobody can decide about before a question is answered."""

    title: str
    line: str
    question: str


@dataclass(frozen=True, slots=True)
class ReviewModel:
    emergency_words: str
    emergency_state: str  # complete, incomplete, positive
    tier: str
    tier_words: str
    when: str
    final: bool
    decided: tuple[Decided, ...]
    undecided: tuple[Decided, ...]
    waiting: tuple[Waiting, ...]
    gaps: tuple[Gap, ...]
    settled_words: str
    contradictions: tuple[str, ...]
    blocks: tuple[str, ...]
    why_not: str  # the same beside the button, in a few words
    signed: bool
    signed_words: str
    state: str
    standing: Told
    can_correct: bool  # signed, and nothing has taken its place
    can_void: bool


def build(wizard: Wizard) -> ReviewModel:
    consultation, decision = wizard.consultation, wizard.decision
    pack = consultation.pack
    groups = tuple(g for s in pack.screens for g in s.option_groups)
    every = options.briefs(consultation, groups)
    decided, undecided = [], []
    for card in every:
        line = Decided(card.id, card.title, card.status_words, card.choice_words,
                       card.choice.verdict.value if card.choice else "")
        if card.choice is not None:
            decided.append(line)
        elif card.can_decide:
            undecided.append(line)
    state, told = _emergency(wizard)
    known, may = consultation.standing, consultation.access.may
    holds = wizard.signed and known.holds
    gaps = _gaps(wizard)
    matter = sum(g.matters for g in gaps)
    blocks = () if wizard.signed else tuple(consultation.blocks_to_sign())
    return ReviewModel(
        emergency_words=told, emergency_state=state, tier=decision.tier.floor.name,
        tier_words=words.tier_line(decision.tier.floor), when=advice.when(decision), final=decision.tier.final,
        decided=tuple(decided), undecided=tuple(undecided), waiting=_waiting(wizard), gaps=gaps,
        settled_words=_gap_words(len(gaps), matter), contradictions=decision.contradictions,
        blocks=blocks, why_not=_why_not(blocks), signed=wizard.signed,
        signed_words=tr("Signed. A correction starts a new consultation that replaces this one.") if holds else "",
        state=pack.info.state_words, standing=standing.told(known),
        can_correct=holds and may(Action.CORRECT),
        can_void=wizard.signed and known.void is None and may(Action.VOID),
    )


def waiting(wizard: Wizard) -> str:
    """What would be signed without a decision, in one sentence; "" when nothing is."""
    model = build(wizard)
    left, every = len(model.undecided), len(model.undecided) + len(model.decided)
    if not left:
        return ""
    return tr("{left} of {every} not decided; in the plan they stand as not decided.").format(
               left=left, every=words.count(every, "option")
           )


def _waiting(wizard: Wizard) -> tuple[Waiting, ...]:
    """Options that wait for an answer, with the question that comes first."""
    pack = wizard.consultation.pack
    found = []
    for advice_ in wizard.decision.options if not wizard.signed else ():
        if advice_.status is Status.OPEN and advice_.missing and pack.options[advice_.id].decidable:
            question = wizard.where(pack.atoms[advice_.missing[0].atom].question)
            line = tr("waits for: {question}").format(question=pack.questions[question].short)
            found.append(Waiting(advice_.title, line, question))
    return tuple(found)


def _why_not(blocks: tuple[str, ...]) -> str:
    """The first reason up to its first colon; the page holds them whole."""
    if not blocks:
        return ""
    first = words.shortened(blocks[0].split(":")[0].rstrip("."), REASON)
    if len(blocks) == 1:
        return first
    return tr("{first}, and {count}").format(first=first, count=words.count(len(blocks) - 1, "more point"))


def _emergency(wizard: Wizard) -> tuple[str, str]:
    screen = wizard.decision.emergency
    if screen.positive:
        labels = "; ".join(wizard.consultation.pack.criteria[c].label for c in screen.positive)
        return "positive", tr("Emergency screen positive: {labels}").format(labels=labels)
    if not screen.complete:
        left = words.count(len(screen.unanswered), "question")
        return "incomplete", tr(
            "Emergency screen incomplete: {left} open. Elective options cannot be accepted."
        ).format(left=left)
    if unanswered := wizard.asking.left_on_screen(wizard.decision):  # then it is not that all were answered
        return "complete", tr("Emergency screen complete: every criterion is ruled out; {left} not answered.").format(
            left=words.count(unanswered, "question"))
    if wizard.signed:
        day = words.day(wizard.consultation.as_of)
        return "complete", tr("Emergency screen complete: every question answered no on {day}.").format(day=day)
    return "complete", tr("Emergency screen complete: every question answered no today.")


def _gap_words(number: int, matter: int) -> str:
    if not number:
        return tr("Every question was answered.")
    if not matter:
        return tr("{number} not fully answered; none of them can change the advice.").format(
                   number=words.count(number, "question")
               )
    return tr("{number} not fully answered; {matter} can still change the advice.").format(
               number=words.count(number, "question"), matter=matter
           )


def _gaps(wizard: Wizard) -> tuple[Gap, ...]:
    pack = wizard.consultation.pack
    effect = {q.question: advice.effect(pack, q) for q in wizard.open_questions()}
    found = []
    for screen in wizard.screens:
        for card in wizard.page(screen).cards:
            if card.id in FROM_THE_RECORD or card.state == "settled":
                continue
            line = effect.get(card.id, card.chip)
            found.append(Gap(card.id, screen, card.title, line, card.id in effect))
    order = {q.question: i for i, q in enumerate(wizard.open_questions())}
    found.sort(key=lambda g: (not g.matters, order.get(g.question, 0)))
    return tuple(found)
