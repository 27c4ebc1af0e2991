"""A small fictional guideline built in code, with its arithmetic, so that engine tests stand alone.

It has one of everything that makes the engine think: an emergency question with several items, a
question that counts as no when it does not apply, numbers with thresholds, a scale, a derived finding
on top of a derived finding, approximate dates, cautions and contraindications, an elective option and
one that is not, and a criterion of every tier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.engine.answers import Answer, AnswerSheet, DateRange, Quantity, Value
from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes
from desktop_app.engine.derive import Inputs, Interval, Possible
from desktop_app.engine.model import (
    Atom,
    Check,
    ChoiceOption,
    Claim,
    Clause,
    Contradiction,
    Criterion,
    Derived,
    Disagreement,
    FindingType,
    ImagingAction,
    Named,
    Note,
    NumberRange,
    Option,
    Pack,
    PackInfo,
    Question,
    QuestionGroup,
    QuestionShape,
    Screen,
    Service,
    Tier,
    TimeLimit,
    Unit,
)

AS_OF = date(2026, 11, 16)
_POWER = ("0", "3", "4", "5")
_SIDES = ("left", "right")


def yes_no(name: str, label: str, question: str = "", *, emergency: bool = False, change: bool = False) -> Atom:
    return Atom(name, FindingType.YES_NO, label, question or name, emergency=emergency, can_change=change)


def choices(*names: str) -> tuple[ChoiceOption, ...]:
    return tuple(ChoiceOption(name, name.replace(".", " ").replace("_", " ")) for name in names)


ATOMS = (
    yes_no("alarm.bladder", "New retention of urine", "alarm", emergency=True),
    yes_no("alarm.saddle", "Saddle numbness", "alarm", emergency=True),
    yes_no("cancer", "Cancer", emergency=True),
    yes_no("cancer_pain.night", "Night pain", "cancer_pain", emergency=True),
    yes_no("leg_pain", "Leg pain"),
    yes_no("severe", "Pain judged severe", change=True),
    Atom("onset", FindingType.DATE, "Onset of leg pain", "onset"),
    Atom("severe_since", FindingType.DATE, "Severe since", "severe_since"),
    Atom(
        "score",
        FindingType.NUMBER,
        "Leg pain score",
        "score",
        units=(Unit("of_10", "of 10"),),
        range=NumberRange(0, 10, 0, 10),
        can_change=True,
    ),
    *(
        Atom(
            f"power.knee.{side}",
            FindingType.SCALE,
            f"{side.title()} knee extension, power",
            "power",
            options=choices(*_POWER),
            row="knee",
            column=side,
            normal="5",
        )
        for side in _SIDES
    ),
    yes_no("numb.left", "Left shin numb", "numb"),
    yes_no("numb.right", "Right shin numb", "numb"),
    Atom(
        "imaged",
        FindingType.CHOICE,
        "Side that the image shows",
        "imaged",
        options=choices("left", "right", "nothing", "not_done"),
    ),
    yes_no("anticoagulant", "Anticoagulant taken"),
    yes_no("allergy", "Allergy to the injectate"),
    yes_no("seen", "Seen by the specialist"),
    yes_no("failed", "Initial treatment failed", change=True),
    Atom("days", FindingType.NUMBER, "Days since the onset", "days", derived=Derived("days_since", ("onset",))),
    Atom(
        "root",
        FindingType.CHOICE,
        "Clinical root",
        "root",
        options=choices("L4.left", "L4.right", "uncertain"),
        derived=Derived("side", ("power.knee.left", "power.knee.right", "numb.left", "numb.right")),
    ),
    Atom(
        "verdict",
        FindingType.CHOICE,
        "Imaging verdict",
        "verdict",
        options=choices("concordant", "discordant_side", "not_done", "root_uncertain"),
        derived=Derived("verdict", ("root", "imaged")),
    ),
)

CONDITIONS: dict[str, Condition] = {
    "severe_leg_pain": All((Yes("leg_pain"), Any((Yes("severe"), Compare("score", ">=", 7))))),
    "weak": Any(
        (Compare("power.knee.left", "<=", "3"), Compare("power.knee.right", "<=", "3")),
        label="Power",
        question="power",
    ),
    "seen_by_specialist": Yes("seen"),
    "adequate": Not(Is("imaged", "not_done")),
}


def _question(name: str, atoms: tuple[Atom, ...]) -> Question:
    shape = QuestionShape.SINGLE if len(atoms) == 1 else QuestionShape.SEVERAL
    irrelevant = name == "cancer_pain"
    return Question(
        id=name,
        shape=shape,
        type=atoms[0].type,
        short=name.replace("_", " ").capitalize(),
        question=f"{name}?",
        why="because",
        how="ask",
        atoms=tuple(atom.id for atom in atoms),
        relevant_when=Yes("cancer") if irrelevant else None,
        when_not_relevant_no=irrelevant,
        emergency=atoms[0].emergency,
        derived=atoms[0].derived is not None,
    )


def _clause(name: str, label: str, when: Condition) -> Clause:
    return Clause(name, label, when, ("A1",), Check.OWN)


def _option(
    name: str,
    when: Condition,
    never: tuple[Clause, ...] = (),
    conditional: tuple[Clause, ...] = (),
    *,
    elective: bool = True,
    targets_root: bool = False,
    notes: tuple[Note, ...] = (),
) -> Option:
    return Option(
        id=name,
        title=name.capitalize(),
        group="intervention",
        kind="offer",
        text=f"Do {name}.",
        when=when,
        conditional_when=conditional,
        never_when=never,
        elective=elective,
        targets_root=targets_root,
        strength="not stated",
        evidence="",
        statements=("S1",),
        basis=("S1",),
        disagreements=("D1",),
        notes=notes,
        services=("mri",),
    )


OPTIONS = (
    _option(
        "injection",
        All((Yes("leg_pain"), Yes("failed"), Is("verdict", "concordant"))),
        (_clause("allergic", "Allergy to the injectate", Yes("allergy")),),
        (_clause("bleeding", "Anticoagulant taken", Yes("anticoagulant")),),
        targets_root=True,
        notes=(Note("Watch the score", ("S1",), Check.OWN, Compare("score", ">=", 7)),),
    ),
    _option("walking", Always(), elective=False),
    _option("surgery", AtLeast(2, (Ref("severe_leg_pain"), Ref("weak"), Yes("failed")))),
    _option("tablets", Compare("score", ">=", 4), (_clause("allergic", "Allergy", Yes("allergy")),)),
)

CRITERIA = (
    Criterion(
        "A1",
        Tier.E,
        "Cauda equina",
        Any((Yes("alarm.bladder"), Yes("alarm.saddle"))),
        ("A1",),
        Check.OWN,
        "Go now",
        screen=True,
    ),
    Criterion(
        "A3",
        Tier.E24,
        "Cancer and night pain",
        All((Yes("cancer"), Yes("cancer_pain.night"))),
        ("A3",),
        Check.OWN,
        "Today",
        screen=True,
        services=("mri",),
    ),
    Criterion(
        "S24",
        Tier.U14,
        "Severe leg pain",
        Ref("severe_leg_pain"),
        ("S24",),
        Check.OWN,
        "Refer",
        clock_start="severe_since",
        limit=TimeLimit(days=14),
    ),
    Criterion(
        "S25",
        Tier.U14,
        "Weakness",
        Ref("weak"),
        ("S25",),
        Check.OWN,
        "Refer",
        clock_start="severe_since",
        limit=TimeLimit(days=14),
    ),
    Criterion(
        "S27",
        Tier.R3,
        "Leg pain",
        Yes("leg_pain"),
        ("S27",),
        Check.OWN,
        "Refer",
        clock_start="onset",
        limit=TimeLimit(months=3, days=91),
    ),
)


def small_pack() -> Pack:
    """The pack; a new one a call, so that nothing is shared by accident."""
    questions: dict[str, list[Atom]] = {}
    for atom in ATOMS:
        questions.setdefault(atom.question, []).append(atom)
    asked = {name: _question(name, tuple(atoms)) for name, atoms in questions.items()}
    return Pack(
        info=PackInfo("small", "1", "Small", "adults", (), "tests", False, "", "", "", "en", (), "fiction"),
        content_hash="0" * 64,
        folder="",
        sources={},
        statements={},
        disagreements={
            "D1": Disagreement("D1", "x", "2020", "Less", "opposes", "", ("S1",), Check.OWN, "low", Yes("cancer"))
        },
        questions=asked,
        atoms={atom.id: atom for atom in ATOMS},
        conditions={
            name: Named(name, name.replace("_", " ").capitalize(), when, ("S1",))
            for name, when in CONDITIONS.items()
        },
        contradictions=(
            Contradiction("pain", All((Not(Yes("leg_pain")), Yes("severe"))), "Severe pain, but no leg pain"),
        ),
        scope=Yes("leg_pain"),
        criteria={criterion.id: criterion for criterion in CRITERIA},
        options={option.id: option for option in OPTIONS},
        imaging_actions=(
            ImagingAction("emergency", "Now", "Scan now.", Yes("alarm.bladder"), ("A1",)),
            ImagingAction("outpatient", "Later", "Ask for a scan.", Is("imaged", "not_done"), ("S47",)),
        ),
        imaging_adequate="adequate",
        imaging_verdict="verdict",
        clinical_root="root",
        clock_stopped="seen_by_specialist",
        claims=(
            Claim("c1", "Weakness is urgent", Ref("weak"), None, tier_at_least=Tier.U14),
            Claim(
                "c2",
                "Allergy forbids",
                Yes("allergy"),
                None,
                status_never=(("injection", "offered"), ("injection", "conditional")),
            ),
        ),
        screens=(
            Screen("emergency", "Emergency", "", (QuestionGroup("", ("alarm", "cancer", "cancer_pain")),)),
            Screen(
                "rest",
                "Rest",
                "",
                (
                    QuestionGroup(
                        "", tuple(name for name in asked if name not in ("alarm", "cancer", "cancer_pain"))
                    ),
                ),
            ),
        ),
        texts=(),
        phones=(),
        services={"mri": Service("mri", "MRI", "Plan the transfer.")},
        tables={},
    )


class SmallArithmetic:
    """Root: the one side with weakness or numbness. Verdict: whether the image shows that side."""

    def __init__(self) -> None:
        self.calls = 0

    def derive(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        self.calls += 1
        if function == "side":
            return _side(inputs)
        roots, imaged = inputs["root"], inputs["imaged"]
        assert isinstance(roots, frozenset)
        images = ("left", "right", "nothing", "not_done") if imaged is None else (str(imaged),)
        return frozenset(_verdict(str(root), image) for root in roots for image in images)

    def medicines(self, sheet: AnswerSheet, derived: Mapping[str, Possible], as_of: date) -> Mapping[str, object]:
        return {}


def _side(inputs: Inputs) -> Possible:
    found: set[str] = set()
    signs: dict[str, set[bool]] = {}
    for side in _SIDES:
        power, numb = inputs[f"power.knee.{side}"], inputs[f"numb.{side}"]
        weak = {True, False} if power is None else {power != "5"}
        dull = {True, False} if numb is None else {bool(numb)}
        signs[side] = {a or b for a in weak for b in dull}
    for left in signs["left"]:
        for right in signs["right"]:
            found.add("uncertain" if left == right else "L4.left" if left else "L4.right")
    return frozenset(found)


def _verdict(root: str, image: str) -> str:
    if image == "not_done":
        return "not_done"
    if root == "uncertain":
        return "root_uncertain"
    return "concordant" if root == f"L4.{image}" else "discordant_side"


def sheet(**answers: Value) -> dict[str, Answer]:
    """Answers of today; two underscores stand for a dot."""
    return {name.replace("__", "."): Answer(value) for name, value in answers.items()}


def of_10(score: float) -> Quantity:
    return Quantity(score, score, "of_10")


def on(year: int, month: int, day: int) -> DateRange:
    return DateRange(date(year, month, day), date(year, month, day))


PRESENT = Yes("leg_pain")

__all__ = ["AS_OF", "PRESENT", "Interval", "SmallArithmetic", "of_10", "on", "sheet", "small_pack"]
