"""What a content pack is once it has been read: findings, conditions, options, criteria, sources.

Everything here is frozen data without behaviour beyond look-ups. It knows no medicine; names and
texts come from the pack. Authors' mistakes are reported by the loader, so whoever holds a ``Pack``
may trust every name in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.engine.conditions import Condition
    from desktop_app.engine.reader import Node


class Tier(Enum):
    """Urgency, from no time limit up to emergency. Comparable by rank."""

    NONE = 0
    R3 = 1
    U14 = 2
    E24 = 3
    E = 4

    def __lt__(self, other: Tier) -> bool:
        return self.value < other.value

    def __le__(self, other: Tier) -> bool:
        return self.value <= other.value


EMERGENCIES = (Tier.E, Tier.E24)
"""The tiers that leave the wizard and hold back elective advice."""


class Check(StrEnum):
    """How far a source was checked; shown wherever the source is shown."""

    READ = "read"  # V1
    SECONDARY = "secondary"  # V2
    UNCHECKED = "unchecked"  # M
    OWN = "own"  # a decision of this program, no source claimed


class FindingType(StrEnum):
    YES_NO = "yes_no"
    CHOICE = "choice"  # exactly one of the options
    SCALE = "scale"  # ordered choice, compared with < <= > >=
    NUMBER = "number"
    DATE = "date"
    MEDICINES = "medicines"
    TEXT = "text"  # free text for the record; never in a rule


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit a number may be entered in. ``value_in_base = entered * factor``."""

    id: str
    label: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Limits in the base unit. Outside ``warn``: may be confirmed. Outside ``error``: refused."""

    error_min: float
    error_max: float
    warn_min: float
    warn_max: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest thing that can be known or unknown: one question, one tick box, one grid cell.

    ``id`` is ``question``, ``question.item`` (several) or ``question.row.column`` (grid).
    """

    id: str
    type: FindingType
    label: str  # stands alone in an explanation: "Left knee extension, power"
    question: str  # id of the question it belongs to
    options: tuple[ChoiceOption, ...] = ()  # CHOICE and SCALE, SCALE in ascending order
    units: tuple[Unit, ...] = ()  # NUMBER, the first is the base unit
    range: NumberRange | None = None
    derived: Derived | None = None
    item: str = ""
    row: str = ""
    column: str = ""
    normal: str = ""  # grid: the option that "all normal" enters
    emergency: bool = False
    can_change: bool = False  # may be named in "what would change this" although answered
    allow_future: bool = False  # DATE
    figure: bool = False  # TEXT: the words have to name a figure, as a dose does

    def lacks_figure(self, text: str) -> bool:
        """Whether words settle nothing because they name no figure."""
        return self.figure and not any(letter.isdecimal() for letter in text)

    def option_label(self, option: str) -> str:
        """The words of one option; KeyError when there is none."""
        return {o.id: o.label for o in self.options}[option]


@dataclass(frozen=True, slots=True)
class Derived:
    """A finding that a function of ``clinical`` (or a date function of the engine) works out."""

    function: str
    inputs: tuple[str, ...]  # atom ids, grids and "several" spelled out
    arguments: Mapping[str, object] = field(default_factory=dict)


class QuestionShape(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"
    GRID = "grid"


@dataclass(frozen=True, slots=True)
class GridAxis:
    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One entry of the data dictionary."""

    id: str
    shape: QuestionShape
    type: FindingType  # of its atoms
    short: str  # title of the shut card
    question: str
    why: str
    how: str
    atoms: tuple[str, ...]
    rows: tuple[GridAxis, ...] = ()
    columns: tuple[GridAxis, ...] = ()
    none_label: str = ""  # several: words of "none of the others"
    all_normal_label: str = ""  # grid
    all_yes_label: str = ""  # several: words of "yes to all"; never for an emergency question
    basis: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    relevant_when: Condition | None = None
    when_not_relevant_no: bool = False
    emergency: bool = False
    derived: bool = False
    help: str = ""
    follows_yes: str = ""  # emergency: what follows from a yes


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that cannot both be true; shown to the clinician, never settled silently."""

    id: str
    when: Condition
    message: str
    blocks: bool = True  # False: unusual, but it can be so; shown, and no reason to refuse a signature


@dataclass(frozen=True, slots=True)
class Named:
    """A named clinical condition."""

    id: str
    label: str
    when: Condition
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    title: str
    year: str
    kind: str  # article, guideline, review, trial, observational study, label ...: see read_evidence.SOURCE_KINDS
    check: Check
    confidence: str  # high, moderate, low
    locator: str = ""  # doi, number, page; never invented
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """S1-S47, H0-H4, A1-A17, I1-I6, T1-T11 in our own words."""

    id: str
    kind: str  # statement, heading, addition, decision, tension
    text: str
    section: str = ""
    cited_as: tuple[str, ...] = ()  # as printed in the article, e.g. ("[1]", "[2]")
    strength: str = ""  # quoted words, or "not stated"
    evidence: str = ""
    timing: str = ""
    sources: tuple[str, ...] = ()
    check: Check = Check.OWN
    confidence: str = ""
    role: str = "rule"  # rule or text
    not_computed_because: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """D1-D30: shown beside the advice, never merged into it."""

    id: str
    source: str
    year: str
    says: str
    direction: str  # opposes, restricts, qualifies, warns, weakens, adds, supports, nuance, evidence gap
    strength: str
    touches: tuple[str, ...]  # statement ids
    check: Check
    confidence: str
    applies_when: Condition | None = None  # whether it fits this patient
    not_computed_because: str = ""
    short: str = ""  # a few words for a list of what speaks against


@dataclass(frozen=True, slots=True)
class Clause:
    """One named contraindication, caution or criterion of an option."""

    id: str
    label: str
    when: Condition
    basis: tuple[str, ...]
    check: Check
    plan: str = ""  # caution: what the plan has to say
    settle_first: tuple[str, ...] = ()  # atoms: until they are known and the caution is gone, nothing is accepted
    lower_start: bool = False  # caution: the medicine begins below the start of its label


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    basis: tuple[str, ...]
    check: Check
    when: Condition | None = None
    short: str = ""  # a few words for a list of what the plan has to settle


@dataclass(frozen=True, slots=True)
class Effect:
    """How long an effect was seen; never how long to treat."""

    minimum: int
    maximum: int
    unit: str  # weeks, months
    basis: str
    in_article: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One mark on the time line of a medicine: a day that is asked, or days counted from the first dose."""

    id: str
    kind: str  # start, titration, review, stop
    label: str
    on: str  # atom id of a date; "" when nothing asks for it
    days: tuple[int, int] | None  # from the first dose, first and last day; None: not known beforehand
    basis: tuple[str, ...]
    check: Check
    when: str = ""  # id of a condition: only where it certainly holds; "" always


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    title: str
    group: str  # intervention, medicine, surgery, second_line, imaging, referral, general, bone
    kind: str  # offer, consider, continue, do, stop, never
    text: str
    when: Condition
    conditional_when: tuple[Clause, ...]
    never_when: tuple[Clause, ...]
    elective: bool
    targets_root: bool
    strength: str
    evidence: str
    statements: tuple[str, ...]
    basis: tuple[str, ...]
    disagreements: tuple[str, ...]
    effect: Effect | None = None
    notes: tuple[Note, ...] = ()
    consent: tuple[str, ...] = ()
    monitor: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()  # never offered together
    not_with: tuple[str, ...] = ()  # may both be offered, never both be accepted
    services: tuple[str, ...] = ()
    decidable: bool = True  # the clinician accepts, changes or declines it
    for_patient: str = ""  # plain words for the handout
    medicine: str = ""  # id of the drug in the table of medicines whose dose band belongs to it
    course: tuple[Stage, ...] = ()
    topic: str = ""  # how the patient's sheet names what it is about; "": as it names its group


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The earlier of the given parts, inclusive. ``now`` needs no clock."""

    days: int | None = None
    months: int | None = None
    hours: int | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """The fixed page that a positive emergency criterion opens."""

    title: str
    sentence: str
    figure_label: str
    figure: str  # "4 hours"
    do_now: tuple[tuple[str, str], ...]  # (what, detail)
    not_now: tuple[str, ...]
    tell: str
    services: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One reason for a tier."""

    id: str
    tier: Tier
    label: str
    when: Condition
    basis: tuple[str, ...]
    check: Check
    action: str
    clock_start: str = ""  # atom id of a date; empty for now
    limit: TimeLimit = TimeLimit(now=True)
    screen: bool = False  # belongs to the emergency screen
    page: EmergencyPage | None = None
    services: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    act_today: bool = False  # the limit is only the outer one: act on the day the criterion is met


@dataclass(frozen=True, slots=True)
class ImagingAction:
    id: str  # none, outpatient, refer_instead, emergency
    label: str
    text: str
    when: Condition
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A safety claim in words, proved by the tests: ``always`` holds wherever ``given`` holds."""

    id: str
    words: str
    given: Condition
    always: Condition | None  # None: proved by another named proof
    proof: str = ""
    tier_at_least: Tier | None = None
    status_never: tuple[tuple[str, str], ...] = ()  # (option, status)
    status_always: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    title: str
    questions: tuple[str, ...]
    intro: str = ""
    all_no_label: str = ""  # words of "no to all of these"; never takes in an emergency question
    all_yes_label: str = ""  # words of "yes to all of these"; only for questions of one yes or no


@dataclass(frozen=True, slots=True)
class Screen:
    id: str
    title: str
    intro: str
    groups: tuple[QuestionGroup, ...]
    results: tuple[str, ...] = ()  # what the page shows besides questions
    option_groups: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FixedText:
    """A sentence that a page or the plan shows because a statement says so."""

    id: str
    text: str
    basis: tuple[str, ...]
    place: str  # screen id, option id or document part where it stands
    check: Check
    when: Condition | None = None
    picture: str = ""  # name of a drawing that says the same without words


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number the settings must hold for the emergency page."""

    id: str
    label: str
    hint: str
    required: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A local service of the settings: here, elsewhere, none."""

    id: str
    label: str
    missing: str  # sentence when it is not here


@dataclass(frozen=True, slots=True)
class PackInfo:
    id: str
    version: str
    title: str
    for_whom: str
    not_for: tuple[str, ...]
    intended_user: str
    approved: bool
    approved_by: str
    approved_on: str
    review_by: str
    language: str
    change_notes: tuple[str, ...]
    article: str

    @property
    def state_words(self) -> str:
        """The sentence that every page with advice carries."""
        if self.approved:
            return tr("Guideline content approved by {name}, {day}").format(name=self.approved_by, day=self.approved_on)
        return tr("Guideline content not clinically approved")


@dataclass(frozen=True, slots=True)
class Pack:
    info: PackInfo
    content_hash: str  # SHA-256 over every file of the pack but the cases
    folder: str
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    disagreements: Mapping[str, Disagreement]
    questions: Mapping[str, Question]
    atoms: Mapping[str, Atom]
    conditions: Mapping[str, Named]  # in an order in which each refers only to earlier ones
    contradictions: tuple[Contradiction, ...]
    scope: Condition
    criteria: Mapping[str, Criterion]
    options: Mapping[str, Option]
    imaging_actions: tuple[ImagingAction, ...]
    imaging_adequate: str  # id of a named condition
    imaging_verdict: str  # id of a derived atom
    clinical_root: str  # id of a derived atom
    clock_stopped: str  # id of a named condition: the specialist has seen the patient
    claims: tuple[Claim, ...]
    screens: tuple[Screen, ...]
    texts: tuple[FixedText, ...]
    phones: tuple[Phone, ...]
    services: Mapping[str, Service]
    tables: Mapping[str, Node]  # anatomy, medicines, imaging, handout: typed by whoever uses them
    order: tuple[str, ...] = ()  # derived atoms and relevance in the order they can be worked out

    def label(self, atom: str) -> str:
        return self.atoms[atom].label
