"""Hand-made plans: a decision on the example pack, a clinic and a patient, built from the dataclasses alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_app.engine.answers import Answer, Exclusion
from desktop_app.engine.decision import (
    CriterionResult,
    Decision,
    EmergencyScreen,
    Fact,
    Flip,
    Imaging,
    OpenQuestion,
    OptionAdvice,
    Reason,
    ShownDisagreement,
    ShownNote,
    Status,
    TierResult,
    Truth,
)
from desktop_app.engine.model import (
    Tier,
)
from desktop_app.use_cases.domain import Choice, Clinic, Clinician, EmergencyEvent, Patient, Verdict
from desktop_app.use_cases.ports import PlanInput
from tests.documents.example_pack import AS_OF, answers, pack

SIGNED_AT = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)


def _advice(name: str, status: Status, summary: str, **more: object) -> OptionAdvice:
    option = pack().options[name]
    base: dict[str, object] = {
        "id": name,
        "title": option.title,
        "group": option.group,
        "kind": option.kind,
        "status": status,
        "text": option.text,
        "summary": summary,
        "why": (
            Reason(
                "Severe leg pain: yes",
                Truth.YES,
                (Fact("pain_judged_severe", "Pain judged severe", "yes", known=True),),
                ("S24",),
            ),
        ),
        "why_not": (),
        "missing": (),
        "cautions_met": (),
        "cautions_open": (),
        "prohibited_by": (),
        "flips": (),
        "blocked_by": (),
        "not_here": (),
        "statements": option.statements,
        "disagreements": tuple(ShownDisagreement(one, Truth.YES) for one in option.disagreements),
        "notes": tuple(ShownNote(one.text, Truth.YES, one.basis, one.check) for one in option.notes),
    }
    return OptionAdvice(**{**base, **more})  # type: ignore[arg-type]


def decision() -> Decision:
    missing = Fact("limb_ischaemia", "Acute limb ischaemia", "not known", known=False)
    severe = CriterionResult(
        "severe",
        Tier.U14,
        Truth.YES,
        "Severe leg pain",
        "Urgent specialist referral",
        (
            Reason(
                "Pain judged severe: yes",
                Truth.YES,
                (Fact("pain_judged_severe", "Pain judged severe", "yes", known=True),),
                ("S24",),
            ),
        ),
        ("S24", "I1"),
        AS_OF,
        date(2026, 11, 26),
        start_unknown=False,
        missing=(),
        not_here=(),
    )
    return Decision(
        guideline_id="example",
        guideline_version="0.1.0",
        content_hash="0" * 64,
        as_of=AS_OF,
        scope=Truth.YES,
        scope_reasons=(),
        tier=TierResult(
            Tier.U14,
            Tier.U14,
            final=True,
            due_date=date(2026, 11, 26),
            rule_out_by=None,
            overdue_days=0,
            days_left=14,
            act_today=False,
            clock_stopped=False,
            reasons=(severe,),
            open_criteria=(),
        ),
        emergency=EmergencyScreen(complete=True, positive=(), unanswered=()),
        imaging=Imaging("concordant", ("concordant",), "adequate", "none", "", ("S38",), "L4.left", ("L4.left",)),
        options=(
            _advice(
                "epidural_injection",
                Status.CONDITIONAL,
                "Imaging fits the examination",
                cautions_met=("diabetes",),
                cautions_open=("pregnancy",),
            ),
            _advice(
                "cement",
                Status.OPEN,
                "Pain relief not known to be optimal",
                missing=(missing,),
                flips=(Flip((), Status.CONDITIONAL, "If pain relief is optimal, it becomes conditional"),),
            ),
            _advice("blind_injection", Status.PROHIBITED, "Never inject blind", prohibited_by=("always",)),
            _advice("gabapentinoid", Status.OFFERED, "Nerve pain"),
            _advice("nsaid", Status.OFFERED, "Already taken"),
            _advice("decompression", Status.NOT_OFFERED, "Conservative care has not failed"),
        ),
        medicines={"clearance": {"words": "75 ml/min, entered"}, "mme": {"words": "20 MME a day"}},
        questions=(
            OpenQuestion(
                "limb_ischaemia",
                "limb_ischaemia",
                "Whether pain relief is optimal",
                "decides “Vertebroplasty or kyphoplasty”",
                None,
                ("cement",),
            ),
        ),
        contradictions=(),
        conditions={"severe_pain": Truth.YES},
        derived={"imaging_verdict": ("Imaging fits the examination",), "clinical_root": ("L4, left",)},
        answers=answers(),
    )


PICTURES: dict[str, object] = {
    "roots": [
        {
            "root": "L3",
            "side": "left",
            "total": 4,
            "blocks": [{"kind": "reflex", "weight": 3}, {"kind": "pain", "weight": 1}],
            "imaged": [],
        },
        {
            "root": "L4",
            "side": "left",
            "total": 6,
            "blocks": [
                {"kind": "reflex", "weight": 3},
                {"kind": "sensory", "weight": 2},
                {"kind": "pain", "weight": 1},
            ],
            "imaged": [{"level": "L4-L5", "zone": "foramen", "state": "touched"}],
        },
    ]
}

CLINIC = Clinic(
    "Hillside Clinic",
    "1 Example Road, Sampleton",
    "555 0110",
    "TR01",
    phones={"ambulance": "555 0100", "spine": "555 0199"},
)
PATIENT = Patient("p1", "TR-0001", "Marta Lindqvist", date(1954, 3, 3), "female", training=True)
CLINICIAN = Clinician("c1", "Dr N. Karim", "general practitioner")
CHOICES = (
    Choice("epidural_injection", Verdict.ACCEPT),
    Choice("gabapentinoid", Verdict.DECLINE, "fear of falls"),
    Choice("nsaid", Verdict.ACCEPT),
)
RECORD = json.dumps({"guideline": {"id": "example"}, "answers": {}})


def plan(**changes: object) -> PlanInput:
    base = PlanInput(
        pack(), decision(), RECORD, PATIENT, CLINICIAN, CLINIC, CHOICES, (), "CP-TR01-000001", None, pictures=PICTURES
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def open_plan() -> PlanInput:
    """Nothing decided, the emergency screen incomplete, the tier not final."""
    found = decision()
    missing = Fact("cauda_equina.saddle_numbness", "New numbness of the saddle area", "not known", known=False)
    possible = CriterionResult(
        "cauda_equina",
        Tier.E,
        Truth.UNKNOWN,
        "Suspected cauda equina syndrome",
        "Emergency department now",
        (),
        ("A1",),
        None,
        None,
        start_unknown=False,
        missing=(missing,),
        not_here=(),
    )
    tier = replace(found.tier, ceiling=Tier.E, final=False, rule_out_by=AS_OF, open_criteria=(possible,))
    screen = EmergencyScreen(complete=False, positive=(), unanswered=("cauda_equina", "limb_ischaemia"))
    sheet = {name: answer for name, answer in found.answers.items() if not name.startswith("cauda_equina")}
    return plan(decision=replace(found, tier=tier, emergency=screen, answers=sheet), choices=())


def overdue_plan() -> PlanInput:
    found = decision()
    tier = replace(found.tier, due_date=date(2026, 11, 6), overdue_days=6, days_left=-6)
    return plan(decision=replace(found, tier=tier))


def _clock(hour: int, minute: int) -> datetime:
    """A time of this computer's clock on the as-of day."""
    return datetime(2026, 11, 12, hour, minute)  # noqa: DTZ001 - the store's times are of this computer's clock


def emergency_plan() -> PlanInput:
    found = decision()
    fact = Fact("cauda_equina.urinary_retention", "New retention of urine", "yes", known=True)
    result = CriterionResult(
        "cauda_equina",
        Tier.E,
        Truth.YES,
        "Suspected cauda equina syndrome",
        "Emergency department now",
        (Reason("Retention: yes", Truth.YES, (fact,), ("A1",)),),
        ("A1",),
        AS_OF,
        AS_OF,
        start_unknown=False,
        missing=(),
        not_here=("MRI is not available here: transfer to County Hospital, 2 hours away.",),
    )
    tier = replace(
        found.tier, floor=Tier.E, ceiling=Tier.E, due_date=AS_OF, days_left=0, reasons=(result, *found.tier.reasons)
    )
    options = tuple(
        replace(one, status=Status.SUPPRESSED, summary="An emergency comes first")
        if one.status is not Status.PROHIBITED
        else one
        for one in found.options
    )
    sheet = {
        **found.answers,
        "cauda_equina.urinary_retention": Answer(True, on=AS_OF),
        "limb_ischaemia": Answer(
            True, on=date(2026, 11, 10), excluded=Exclusion("pulses present", "Dr N. Karim", AS_OF)
        ),
    }
    events = (
        EmergencyEvent(_clock(10, 5), "Dr N. Karim", "shown", "cauda_equina"),
        EmergencyEvent(_clock(10, 20), "Dr N. Karim", "handed_over", "cauda_equina", "Ambulance called"),
    )
    return plan(
        decision=replace(
            found,
            tier=tier,
            options=options,
            answers=sheet,
            emergency=EmergencyScreen(complete=True, positive=("cauda_equina",), unanswered=()),
        ),
        choices=(),
        events=events,
    )
