"""The decision about one patient: scope, urgency, emergency screen, imaging, options, questions.

``decide`` is the engine's front door. The same pack, sheet, date and services always give the same
decision; nothing here knows a clock, a screen or a store.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.decision import (
    CriterionResult,
    Decision,
    EmergencyScreen,
    Imaging,
    OptionAdvice,
    Status,
    TierResult,
    Truth,
)
from desktop_app.engine.derive import Clinical
from desktop_app.engine.due import due
from desktop_app.engine.effective import Effective, effective
from desktop_app.engine.explain import reasons
from desktop_app.engine.flips import flips_in_pieces
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import EMERGENCIES, Pack, Tier
from desktop_app.engine.options import advise, blocked_by, not_here, shown_disagreements, status_now, title_of
from desktop_app.engine.plan import OptionTerms, Plan, plan_of
from desktop_app.engine.questions import missing, open_questions
from desktop_app.engine.situation import Situation
from desktop_app.engine.words import all_possible_in_words
from desktop_app.language import in_english


def decide(
    pack: Pack,
    sheet: AnswerSheet,
    as_of: date,
    clinical: Clinical,
    *,
    services: Mapping[str, str] | None = None,
    explain: bool = True,
) -> Decision:
    """What the guideline says about one patient on one day.

    ``services`` maps service ids to "here", "none" or where else in words. Without ``explain`` the
    reasons, the missing findings and the what-ifs are left out; everything decided is the same.
    Its words are English, whatever the screens speak: this is what is kept, signed and compared.
    Raises ``ValueError`` when the sheet answers something that the pack does not ask.
    """
    with in_english():
        judged = judge(pack, sheet, as_of, clinical, services=services, explain=explain)
        return judged.complete() if explain else judged.decision


def judge(
    pack: Pack,
    sheet: AnswerSheet,
    as_of: date,
    clinical: Clinical,
    *,
    services: Mapping[str, str] | None = None,
    explain: bool = True,
    before: Judged | None = None,
) -> Judged:
    """The same in two stages: everything decided at once, what would change it whenever there is time.

    ``before`` was judged a moment ago: what is said about options on which no changed answer bears is taken from it.
    The result is the same with it and without.
    """
    plan = plan_of(pack)
    situation = situate(plan, sheet, as_of, clinical, services or {})
    kept = _still_true(before, situation) if before is not None and explain else {}
    statuses, decision = _decide(plan, situation, sheet, clinical, explain=explain, kept=kept)
    return Judged(decision, situation, statuses)


def _still_true(before: Judged, now: Situation) -> Mapping[str, OptionAdvice]:
    """What was said about each option whose answers, and all that is worked out from them, are what they were."""
    old = before.situation
    if old.plan is not now.plan or old.effective.as_of != now.effective.as_of or old.services != now.services:
        return {}
    pairs = ((old.state, now.state), (old.effective.answers, now.effective.answers),
             (old.effective.values, now.effective.values), (old.effective.derived, now.effective.derived))
    changed = {atom for one, other in pairs for atom in one.keys() | other.keys() if one.get(atom) != other.get(atom)}
    told_by = now.plan.told_by
    return {advice.id: advice for advice in before.decision.options if changed.isdisjoint(told_by[advice.id])}


@dataclass(frozen=True, slots=True)
class Judged:
    """``decision`` has everything but the what-ifs of the options and what follows from there being none."""

    decision: Decision
    situation: Situation
    _statuses: Mapping[str, Status]

    def in_pieces(self) -> Generator[None, None, Decision]:
        """Work out the what-ifs; yields after each piece of a few milliseconds, returns the whole decision."""
        flips = yield from flips_in_pieces(self.situation, self._statuses)
        options = self.situation.plan.options
        return replace(
            self.decision,
            options=tuple(
                replace(
                    advice,
                    flips=flips.get(advice.id, ()),
                    blocked_by=blocked_by(
                        self.situation, options[advice.id], advice.status, flips.get(advice.id, ())
                    ),
                )
                for advice in self.decision.options
            ),
        )

    def complete(self) -> Decision:
        """All of it at once."""
        pieces = self.in_pieces()
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                whole: Decision = end.value
                return whole


def _decide(
    plan: Plan, situation: Situation, sheet: AnswerSheet, clinical: Clinical, *, explain: bool,
    kept: Mapping[str, OptionAdvice],
) -> tuple[Mapping[str, Status], Decision]:
    pack, as_of = plan.pack, situation.effective.as_of
    tier = _tier(situation, explain=explain)
    emergency = tier.floor in EMERGENCIES
    statuses = {
        name: status_now(situation, option, emergency=emergency) for name, option in plan.options.items()
    }
    imaging = _imaging(situation)
    root_label = pack.atoms[pack.clinical_root].option_label(imaging.root) if "." in imaging.root else ""
    return statuses, Decision(
        guideline_id=pack.info.id,
        guideline_version=pack.info.version,
        content_hash=pack.content_hash,
        as_of=as_of,
        scope=situation.truth(plan.scope),
        scope_reasons=reasons(situation, plan.scope, ()) if explain else (),
        tier=tier,
        emergency=_screen(situation),
        imaging=imaging,
        options=tuple(
            _same(kept.get(name), option, statuses[name], root_label)
            or advise(situation, option, statuses[name], explain=explain, root_label=root_label)
            for name, option in plan.options.items()
        ),
        medicines=clinical.medicines(sheet, situation.effective.derived, as_of),
        questions=open_questions(situation, tier),
        contradictions=_contradictions(situation),
        doubts=tuple(
            pair.message
            for pair, term in situation.plan.contradictions
            if not pair.blocks and situation.truth(term) is Truth.YES
        ),
        conditions=situation.truths(plan.conditions),
        derived={
            name: all_possible_in_words(possible, pack.atoms[name])
            for name, possible in situation.effective.derived.items()
        },
        answers=sheet,
        texts=situation.truths(plan.texts),
        lapsed=situation.effective.lapsed,
        not_applicable=tuple(name for name, term in plan.relevance.items() if situation.slots[term.fails]),
    )


def _same(
    advice: OptionAdvice | None, option: OptionTerms, status: Status, root_label: str
) -> OptionAdvice | None:
    """What was said before, where nothing outside the option's own answers changes it."""
    held_back = Status.SUPPRESSED  # its words name the emergency
    if advice is None or advice.status is not status or status is held_back:
        return None
    return advice if advice.title == title_of(option, root_label) else None


def situate(
    plan: Plan, sheet: AnswerSheet, as_of: date, clinical: Clinical, services: Mapping[str, str]
) -> Situation:
    """What counts of the answers, and how every condition of the pack comes out."""
    derivations = plan.derivations(clinical)
    counts = effective(plan, sheet, as_of, derivations)
    state = counts.state(plan)
    slots = plan.program.run(Lanes.from_state(plan.domains, state))
    return Situation(plan, counts, state, slots, derivations, services)


def _tier(situation: Situation, *, explain: bool) -> TierResult:
    pack = situation.plan.pack
    as_of = situation.effective.as_of
    stopped = situation.truth(situation.plan.conditions[pack.clock_stopped]) is Truth.YES
    certain: list[CriterionResult] = []
    possible: list[CriterionResult] = []
    for name, term in situation.plan.criteria.items():
        truth = situation.truth(term)
        if truth is not Truth.NO:
            result = _criterion(situation, name, truth, stopped=stopped, explain=explain)
            (certain if truth is Truth.YES else possible).append(result)
    certain.sort(key=lambda result: -result.tier.value)
    possible.sort(key=lambda result: -result.tier.value)
    floor = max((result.tier for result in certain), key=_value, default=Tier.NONE)
    ceiling = max((result.tier for result in possible), key=_value, default=Tier.NONE)
    ceiling = max(ceiling, floor)
    due_date = min((r.limit_date for r in certain if r.limit_date is not None), default=None)
    return TierResult(
        floor=floor,
        ceiling=ceiling,
        final=floor is ceiling,
        due_date=due_date,
        rule_out_by=_rule_out_by(possible, ceiling, as_of, stopped=stopped) if floor < ceiling else None,
        overdue_days=max(0, (as_of - due_date).days) if due_date is not None else 0,
        days_left=max(0, (due_date - as_of).days) if due_date is not None else None,
        act_today=any(_acts_today(pack, result, as_of) for result in certain),
        clock_stopped=stopped,
        reasons=tuple(certain),
        open_criteria=tuple(possible),
    )


def _acts_today(pack: Pack, result: CriterionResult, as_of: date) -> bool:
    """An unknown start, an emergency, or an addition that says so; a stopped clock asks for nothing."""
    if result.limit_date is None and not result.start_unknown:
        return False
    now = result.clock_start is None and result.limit_date == as_of
    return now or result.start_unknown or pack.criteria[result.id].act_today


def _value(tier: Tier) -> int:
    return tier.value


def _rule_out_by(possible: list[CriterionResult], ceiling: Tier, as_of: date, *, stopped: bool) -> date | None:
    """Until when the ceiling must be ruled out: the earliest limit of its criteria, today if unknown."""
    at_the_top = [result for result in possible if result.tier is ceiling]
    if stopped and ceiling not in EMERGENCIES:
        return None
    return min((r.limit_date or as_of for r in at_the_top), default=None)


def _criterion(
    situation: Situation, name: str, truth: Truth, *, stopped: bool, explain: bool
) -> CriterionResult:
    criterion = situation.plan.pack.criteria[name]
    term = situation.plan.criteria[name]
    counts = situation.effective
    clock = due(criterion, counts.values.get(criterion.clock_start), counts.as_of, stopped=stopped)
    return CriterionResult(
        id=name,
        tier=criterion.tier,
        truth=truth,
        label=criterion.label,
        action=criterion.action,
        why=reasons(situation, term, criterion.basis, truth) if explain else (),
        basis=criterion.basis,
        clock_start=clock.start,
        limit_date=clock.limit,
        start_unknown=clock.start_unknown,
        missing=missing(situation, (term,)) if explain and truth is Truth.UNKNOWN else (),
        not_here=not_here(situation, criterion.services),
        disagreements=shown_disagreements(situation, criterion.disagreements),
    )


def _screen(situation: Situation) -> EmergencyScreen:
    """Complete when no criterion of the screen is unknown and none that holds has open items left.

    An item beside a positive one still matters: the next hospital has to know whether it was asked.
    """
    pack = situation.plan.pack
    positive: list[str] = []
    unanswered: set[str] = set()
    complete = True
    for name, criterion in pack.criteria.items():
        if not criterion.screen:
            continue
        term = situation.plan.criteria[name]
        truth = situation.truth(term)
        if truth is Truth.NO:
            continue
        still = situation.open_beside(term)
        if truth is Truth.YES:
            positive.append(name)
            still = {atom: None for atom in still if situation.atom(atom).emergency}
        complete = complete and not still and truth is not Truth.UNKNOWN
        questions = {situation.atom(atom).question for atom in still}
        # A measurement may stand in for a screening item; the screen asks for its own items.
        unanswered |= {name for name in questions if pack.questions[name].emergency} or questions
    return EmergencyScreen(
        complete=complete,
        positive=tuple(positive),
        unanswered=tuple(sorted(unanswered, key=lambda question: situation.plan.rank[question])),
    )


def _imaging(situation: Situation) -> Imaging:
    plan = situation.plan
    pack = plan.pack
    verdicts = _options_left(situation.effective, pack, pack.imaging_verdict)
    roots = _options_left(situation.effective, pack, pack.clinical_root)
    adequacy = {Truth.YES: "adequate", Truth.NO: "inadequate", Truth.UNKNOWN: "unknown"}
    action, text = "none", ""
    basis: tuple[str, ...] = ()
    # The first action that certainly holds. One that is only possible is passed over: to withhold emergency
    # imaging because a question further up is open would read an unknown as a no.
    for candidate, term in plan.actions:
        truth = situation.truth(term)
        if truth is Truth.YES:
            action, text, basis = candidate.id, candidate.text, candidate.basis
            break
        if truth is Truth.UNKNOWN:
            action = "unknown"
    return Imaging(
        verdict=verdicts[0] if len(verdicts) == 1 else "unknown",
        possible=verdicts,
        adequacy=adequacy[situation.truth(plan.conditions[pack.imaging_adequate])],
        action=action,
        action_text=text,
        basis=basis,
        root=roots[0] if len(roots) == 1 else "unknown",
        root_possible=roots,
    )


def _options_left(counts: Effective, pack: Pack, atom: str) -> tuple[str, ...]:
    possible = counts.derived[atom]
    if not isinstance(possible, frozenset):
        raise TypeError(f"{atom} is a choice in every pack")
    return tuple(option.id for option in pack.atoms[atom].options if option.id in possible)


def _contradictions(situation: Situation) -> tuple[str, ...]:
    """Answers that cannot both be true, and answers to what was not to be asked. The yes counts."""
    plan = situation.plan
    found = [c.message for c, term in plan.contradictions if c.blocks and situation.truth(term) is Truth.YES]
    for name, term in plan.relevance.items():
        if situation.truth(term) is not Truth.NO:
            continue
        question = plan.pack.questions[name]
        for atom in question.atoms:
            if situation.effective.answers.get(atom) is True:
                label = situation.atom(atom).label
                found.append(
                    f"{label}: answered yes, although by the other answers the question "
                    f"“{question.short}” does not apply. Check both; the yes counts."
                )
    return tuple(found)
