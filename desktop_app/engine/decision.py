"""What the engine says about one patient: the decision and the reasons recorded while deciding.

Printers (screen, PDF, JSON) only read this; none of them decides anything again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.engine.answers import AnswerSheet
    from desktop_app.engine.model import Check, Tier


class Truth(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    OFFERED = "offered"
    CONDITIONAL = "conditional"
    OPEN = "open"
    NOT_OFFERED = "not_offered"
    PROHIBITED = "prohibited"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer (or derived value) that took part in a reason."""

    atom: str
    label: str
    value: str  # in words, with unit; "not known" when unknown
    known: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the trace: what it is about, how it came out, on which facts and which basis."""

    text: str
    truth: Truth
    facts: tuple[Fact, ...]
    basis: tuple[str, ...]
    lines: tuple[str, ...] = ()  # the text part by part, complete; the text itself counts what is too long


@dataclass(frozen=True, slots=True)
class Change:
    atom: str
    label: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest change of answers after which an option has another status."""

    changes: tuple[Change, ...]
    status: Status
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    id: str
    fits: Truth  # whether it fits this patient; YES when it carries no condition


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note of an option that applies, or that is not excluded."""

    text: str
    fits: Truth  # YES or UNKNOWN
    basis: tuple[str, ...]
    check: Check


@dataclass(frozen=True, slots=True)
class OptionAdvice:
    id: str
    title: str  # with root and side when it targets them and they are known
    group: str
    kind: str
    status: Status
    text: str
    summary: str  # one reason, one line
    why: tuple[Reason, ...]
    why_not: tuple[Reason, ...]
    missing: tuple[Fact, ...]  # unanswered findings that still decide it, most decisive first
    cautions_met: tuple[str, ...]  # clause ids
    cautions_open: tuple[str, ...]
    prohibited_by: tuple[str, ...]  # clause ids
    flips: tuple[Flip, ...]
    blocked_by: tuple[str, ...]  # sentences "blocked by ...; reconsider when excluded or treated"
    not_here: tuple[str, ...]  # sentences about services that this hospital lacks
    statements: tuple[str, ...] = ()  # S-ids the advice states
    disagreements: tuple[ShownDisagreement, ...] = ()
    notes: tuple[ShownNote, ...] = ()
    never_open: tuple[str, ...] = ()  # contraindications not excluded, clause ids


@dataclass(frozen=True, slots=True)
class CriterionResult:
    id: str
    tier: Tier
    truth: Truth
    label: str
    action: str
    why: tuple[Reason, ...]
    basis: tuple[str, ...]
    clock_start: date | None
    limit_date: date | None
    start_unknown: bool
    missing: tuple[Fact, ...]
    not_here: tuple[str, ...]
    disagreements: tuple[ShownDisagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class TierResult:
    floor: Tier
    ceiling: Tier
    final: bool
    due_date: date | None
    rule_out_by: date | None  # for the ceiling, when it lies above the floor
    overdue_days: int
    days_left: int | None
    act_today: bool  # a clock's start is unknown, or an addition says so
    clock_stopped: bool
    reasons: tuple[CriterionResult, ...]  # certain, highest first
    open_criteria: tuple[CriterionResult, ...]  # not excluded, highest first


@dataclass(frozen=True, slots=True)
class EmergencyScreen:
    complete: bool
    positive: tuple[str, ...]  # criterion ids
    unanswered: tuple[str, ...]  # question ids, in the order of the screen


@dataclass(frozen=True, slots=True)
class Imaging:
    verdict: str  # one verdict id, or "unknown"
    possible: tuple[str, ...]
    adequacy: str  # adequate, inadequate, unknown
    action: str  # none, outpatient, refer_instead, emergency, unknown
    action_text: str
    basis: tuple[str, ...]
    root: str  # "L4.left", "uncertain" or "unknown"
    root_possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unanswered question that can still change the advice."""

    question: str
    atom: str
    label: str
    effect: str  # "can raise to Emergency", "decides “Vertebroplasty or kyphoplasty”"
    raises_to: Tier | None
    decides: tuple[str, ...]  # option ids


@dataclass(frozen=True, slots=True)
class Decision:
    guideline_id: str
    guideline_version: str
    content_hash: str
    as_of: date
    scope: Truth  # YES = in scope
    scope_reasons: tuple[Reason, ...]
    tier: TierResult
    emergency: EmergencyScreen
    imaging: Imaging
    options: tuple[OptionAdvice, ...]
    medicines: Mapping[str, object]  # plain JSON data of clinical arithmetic: clearance, bands, MME
    questions: tuple[OpenQuestion, ...]  # empty: no unanswered question can change the advice
    contradictions: tuple[str, ...]  # answers that cannot both be true: nothing is signed on them
    conditions: Mapping[str, Truth]
    derived: Mapping[str, tuple[str, ...]]  # possible values in words
    answers: AnswerSheet
    texts: Mapping[str, Truth] = field(default_factory=dict)  # texts with a condition: whether it holds
    lapsed: tuple[str, ...] = ()  # emergency atoms whose "no" is older than the as-of date
    not_applicable: tuple[str, ...] = ()  # questions that certainly do not apply
    doubts: tuple[str, ...] = ()  # unusual pairs of answers: shown to be looked at again, signing stays possible
