"""The panel "Advice so far": urgency first, then what is still needed, offered and blocked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.decision import Decision, OpenQuestion, Status
from desktop_app.engine.model import Pack, Tier
from desktop_app.engine.words import titled
from desktop_app.language import tr
from desktop_app.presentation import pairs, standing, words
from desktop_app.presentation.pairs import Pair
from desktop_app.presentation.wizard import LastChange, Wizard
from desktop_app.use_cases.asking import ON_THE_SCREEN

_ORDER = (Tier.E, Tier.E24, Tier.U14, Tier.R3, Tier.NONE)
STILL_NEEDED = 3
NAMED = 3  # options that a question decides; the name of one among more than these would weigh too much
LISTED = 4


@dataclass(frozen=True, slots=True)
class Rung:
    """One tier on the ladder: ``floor`` filled, ``ceiling`` dashed, ``final`` both, ``open`` between,
    ``out`` ruled out, ``below`` less than the floor.
    """

    tier: str
    name: str
    time: str
    place: str
    word: str


@dataclass(frozen=True, slots=True)
class Needed:
    question: str
    label: str
    effect: str
    tier: str  # the tier it can raise to, "" when it decides an option


@dataclass(frozen=True, slots=True)
class Line:
    option: str
    title: str
    detail: str
    screen: str


@dataclass(frozen=True, slots=True)
class Advice:
    final: bool
    lead: str  # "Act at least on" or "Act on"
    tier: str
    certain: bool  # False: no tier holds so far, and one still may
    tier_words: str
    when: str
    when_brief: str  # the same without the day it is counted from, for one line
    overdue: bool
    rule_out: str
    ceiling: str  # the tier that is not ruled out
    open_words: str  # the same and a contradiction in one line, for pages without the panel; "" when all is settled
    ladder: tuple[Rung, ...]
    title: str
    needed_title: str
    needed: tuple[Needed, ...]  # every one; the first STILL_NEEDED are always in sight
    needed_rest: str  # what the others can do, "" when there are none
    offered: tuple[Line, ...]
    blocked: tuple[Line, ...]
    waits: str  # why options are not listed yet; "" when they are
    scope: str
    contradictions: tuple[Pair, ...]
    doubts: tuple[Pair, ...]  # unusual pairs of answers: worth a second look, no bar to signing
    last: LastChange
    foot: str  # what stands in its place before the first answer
    state: str  # content state, always
    emergency: bool


def build(wizard: Wizard) -> Advice:
    decision, pack = wizard.decision, wizard.consultation.pack
    tier = decision.tier
    waits = wizard.consultation.asks_impression
    gone = standing.mark(wizard.consultation.standing) if wizard.signed else ""
    asked = wizard.open_questions()
    return Advice(
        final=tier.final,
        lead=tr("Does not hold any more") if gone else _lead(decision),
        tier=tier.floor.name,
        certain=not _nothing_certain(decision),
        tier_words=tr("Nothing certain yet") if _nothing_certain(decision) else words.tier_line(tier.floor),
        when=tr("Clock stopped: {mark}").format(mark=gone) if gone else when(decision),
        when_brief=tr("Clock stopped: {mark}").format(mark=gone) if gone
        else "" if _nothing_certain(decision) else when(decision, counted=False),  # the line below it says the rest
        overdue=tier.overdue_days > 0 and not gone,
        rule_out=_rule_out(decision),
        ceiling=tier.ceiling.name,
        open_words="" if gone else _open_words(decision),
        ladder=ladder(tier.floor, tier.ceiling, final=tier.final, certain=not _nothing_certain(decision)),
        title=tr("Signed advice") if wizard.signed else tr("Advice so far"),
        needed_title=_needed_title(wizard),
        needed=tuple(
            Needed(q.question, pack.questions[q.question].short, effect(pack, q),
                   q.raises_to.name if q.raises_to else "")
            for q in asked
        ),
        needed_rest=_rest(asked[STILL_NEEDED:]),
        offered=() if waits else _lines(wizard, {Status.OFFERED, Status.CONDITIONAL}),
        blocked=() if waits else _lines(wizard, {Status.PROHIBITED}),
        waits=tr("Options are shown after your own impression has been asked for.") if waits else "",
        scope=_scope(decision),
        contradictions=pairs.contradictions(wizard),
        doubts=pairs.doubts(wizard),
        last=wizard.last_change,
        foot=tr("Nothing here can be changed.") if wizard.only_look else tr("Every answer is saved as you give it."),
        state=wizard.consultation.pack.info.state_words,
        emergency=wizard.emergency(),
    )


def _nothing_certain(decision: Decision) -> bool:
    """No tier holds, and none of those above is ruled out: that must not read as "no time limit"."""
    tier = decision.tier
    return tier.floor is Tier.NONE and not tier.final and not tier.clock_stopped


def _lead(decision: Decision) -> str:
    if _nothing_certain(decision):
        return tr("So far")
    return tr("Act on") if decision.tier.final else tr("Act at least on")


def effect(pack: Pack, question: OpenQuestion) -> str:
    """What an answer can do, in a few words: the tier first, else the options it decides."""
    if question.raises_to is not None:
        return tr("can raise to {TIER}").format(TIER=words.TIER[question.raises_to][0])
    titles = [pack.options[o].title for o in question.decides if o in pack.options]
    if not titles:
        return question.effect
    if len(titles) > NAMED:
        return tr("decides {titles}").format(titles=words.count(len(titles), "option"))
    rest = tr(" and {count}").format(count=words.count(len(titles) - 1, "more option")) if len(titles) > 1 else ""
    return tr("decides {titles}{rest}").format(titles=titled(titles[0]), rest=rest)


def _rest(asked: Sequence[OpenQuestion]) -> str:
    """50 more: 18 can raise the urgency, 32 decide options."""
    raising = sum(q.raises_to is not None for q in asked)
    deciding = sum(q.raises_to is None and bool(q.decides) for q in asked)
    screen = sum(q.effect == tr(ON_THE_SCREEN) for q in asked)
    kinds = ((raising, "can raise the urgency", "can raise the urgency"),
             (deciding, "decides options", "decide options"),
             (screen, "completes the emergency screen", "complete the emergency screen"),
             (len(asked) - raising - deciding - screen, "adds to what is said", "add to what is said"))
    told = ", ".join(words.count(number, one, many) for number, one, many in kinds if number)
    return tr("{count} more: {told}").format(count=len(asked), told=told) if told else ""


def _scope(decision: Decision) -> str:
    if decision.scope.value == "no":
        return tr("Outside what this guideline is for. Urgency still counts; the other advice may not fit.")
    return ""


def when(decision: Decision, *, counted: bool = True) -> str:
    """The line under the tier: the date, or what stands in its place. ``counted``: since which day, when overdue."""
    tier = decision.tier
    if tier.floor >= Tier.E24:
        return tr("Now: do not wait for more answers")
    if tier.clock_stopped:
        return tr("The specialist has seen the patient: the clock has stopped")
    if tier.act_today and tier.due_date is None:
        return tr("Act today: the day the clock started is not known")
    if tier.due_date is None:
        if tier.final:
            return tr("No date from this guideline")
        return tr("{tier} not ruled out").format(tier=words.TIER[tier.ceiling][0])
    if tier.overdue_days > 0:
        began = next((r.clock_start for r in tier.reasons if r.limit_date == tier.due_date), None)
        since = tr(", counted from {began}").format(began=words.day(began)) if began and counted else ""
        return tr("Was due {due_date}{counted}: act today").format(
            due_date=words.weekday(tier.due_date), counted=since
        )
    left = words.days_left(tier.days_left, tier.overdue_days)
    return tr("Specialist by {due_date}").format(due_date=words.weekday(tier.due_date)) + (f" · {left}" if left else "")


def _rule_out(decision: Decision) -> str:
    tier = decision.tier
    if tier.final:
        return ""
    by = tr(" by {rule_out_by}").format(rule_out_by=words.weekday(tier.rule_out_by)) if tier.rule_out_by else ""
    return tr("Not yet ruled out: {ceiling}{by}").format(ceiling=words.tier_line(tier.ceiling), by=by)


def _open_words(decision: Decision) -> str:
    """What a short line may not leave out: a higher tier that is still possible, and answers that cannot both be."""
    tier = decision.tier
    told = [] if tier.final else [tr("Not ruled out: {ceiling}").format(ceiling=words.tier_line(tier.ceiling))]
    if decision.contradictions:
        told.append(tr("Answers contradict each other") if not told else tr("answers contradict each other"))
    return " · ".join(told)


def _needed_title(wizard: Wizard) -> str:
    if wizard.signed:
        return tr("Open when it was signed") if wizard.open_questions() else tr("Nothing was open when it was signed")
    if not wizard.open_questions():
        return tr("No open question can change this advice")
    if wizard.decision.tier.final:
        return tr("Can still change the advice")
    return tr("Still needed, most decisive first")


def ladder(floor: Tier, ceiling: Tier, *, final: bool, certain: bool = True) -> tuple[Rung, ...]:
    """The tiers from above. Not ``certain``: no tier holds, and that there is no limit is as open as any of them."""
    rungs = []
    for tier in _ORDER:
        if tier is Tier.NONE and Tier.NONE not in {floor, ceiling}:
            continue
        name, time = words.TIER[tier]
        if final and tier is floor:
            place, word = "final", tr("Final")
        elif tier is floor and not certain:
            place, word = "open", tr("open")
        elif tier is floor:
            place, word = "floor", tr("Act at least on")
        elif tier is ceiling:
            place, word = "ceiling", tr("Not yet ruled out")
        elif ceiling < tier:
            place, word = "out", tr("ruled out")
        elif floor < tier:
            place, word = "open", tr("open")
        else:
            place, word = "below", ""
        rungs.append(Rung(tier.name, name, time, place, word))
    return tuple(rungs)


def _lines(wizard: Wizard, statuses: set[Status]) -> tuple[Line, ...]:
    screens = {group: s.id for s in wizard.consultation.pack.screens for group in s.option_groups}
    found = [o for o in wizard.decision.options if o.status in statuses]
    known = wizard.consultation.pack.options
    # What is aimed at a root or elective asks for a decision first; what is always good to do stands after it.
    found.sort(key=lambda o: (not known[o.id].targets_root, not known[o.id].elective, o.status is Status.CONDITIONAL))
    return tuple(Line(o.id, o.title, words.STATUS[o.status], screens.get(o.group, "")) for o in found[:LISTED])
