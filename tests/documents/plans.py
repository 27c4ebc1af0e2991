"""A hand-made plan: a small pack, a decision and a clinic, built from the dataclasses alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown
from desktop_app.engine.conditions import Always, Ref
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
    Atom,
    Check,
    ChoiceOption,
    Clause,
    Criterion,
    Disagreement,
    Effect,
    EmergencyPage,
    FindingType,
    FixedText,
    GridAxis,
    Named,
    Note,
    NumberRange,
    Option,
    Pack,
    PackInfo,
    Phone,
    Question,
    QuestionGroup,
    QuestionShape,
    Screen,
    Source,
    Statement,
    Tier,
    TimeLimit,
    Unit,
)
from desktop_app.use_cases.domain import Choice, Clinic, Clinician, EmergencyEvent, Patient, Verdict
from desktop_app.use_cases.ports import PlanInput

AS_OF = date(2026, 11, 12)
SIGNED_AT = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
YES = Always()
SIDES = (GridAxis("right", "Right"), GridAxis("left", "Left"))
ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1", "S2")


def _question(
    name: str,
    short: str,
    kind: FindingType,
    shape: QuestionShape = QuestionShape.SINGLE,
    atoms: tuple[str, ...] = (),
    rows: tuple[GridAxis, ...] = (),
    **more: object,
) -> Question:
    return Question(
        name,
        shape,
        kind,
        short,
        f"{short}?",
        "It decides.",
        "Ask.",
        atoms or (name,),
        rows=rows,
        columns=SIDES if rows else (),
        **more,  # type: ignore[arg-type]
    )


def _options(*names: str) -> tuple[ChoiceOption, ...]:
    return tuple(ChoiceOption(name, name.replace("_", " ").capitalize()) for name in names)


def _findings() -> tuple[dict[str, Question], dict[str, Atom]]:
    questions: dict[str, Question] = {}
    atoms: dict[str, Atom] = {}

    def single(name: str, short: str, kind: FindingType, **more: object) -> None:
        questions[name] = _question(name, short, kind)
        atoms[name] = Atom(name, kind, short, name, **more)  # type: ignore[arg-type]

    def several(name: str, short: str, items: dict[str, str], *, emergency: bool = False) -> None:
        names = tuple(f"{name}.{item}" for item in items)
        questions[name] = _question(
            name,
            short,
            FindingType.YES_NO,
            QuestionShape.SEVERAL,
            names,
            none_label="None of these",
            emergency=emergency,
        )
        for item, label in items.items():
            atoms[f"{name}.{item}"] = Atom(
                f"{name}.{item}", FindingType.YES_NO, label, name, item=item, emergency=emergency
            )

    def grid(name: str, short: str, rows: dict[str, str], kind: FindingType, normal: str, *options: str) -> None:
        axes = tuple(GridAxis(row, label) for row, label in rows.items())
        names = tuple(f"{name}.{row}.{side.id}" for row in rows for side in SIDES)
        questions[name] = _question(name, short, kind, QuestionShape.GRID, names, axes)
        for row, label in rows.items():
            for side in SIDES:
                atoms[f"{name}.{row}.{side.id}"] = Atom(
                    f"{name}.{row}.{side.id}",
                    kind,
                    f"{side.label} {label.lower()}",
                    name,
                    options=_options(*options),
                    row=row,
                    column=side.id,
                    normal=normal,
                )

    several(
        "cauda_equina",
        "Bladder, bowel, saddle, sexual function, both legs",
        {
            "urinary_retention": "New retention of urine",
            "saddle_numbness": "New numbness of the saddle area",
            "bowel_incontinence": "New loss of bowel control",
        },
        emergency=True,
    )
    single("limb_ischaemia", "Acute limb ischaemia", FindingType.YES_NO, emergency=True)
    single("fracture_level", "Fracture level", FindingType.CHOICE, options=_options("L1", "L2", "L3", "L4", "L5"))
    single(
        "fracture_cause",
        "Cause of the fracture",
        FindingType.CHOICE,
        options=_options("osteoporotic", "trauma", "malignant", "unclear"),
    )
    single("fracture_date", "Date of the fracture", FindingType.DATE)
    single("fracture_state", "State of the fracture", FindingType.CHOICE, options=_options("unhealed", "healed"))
    single("radicular_onset", "Onset of the leg pain", FindingType.DATE)
    score = {"units": (Unit("of_10", "of 10"),), "range": NumberRange(0, 10, 0, 10)}
    single("leg_pain_score", "Leg pain", FindingType.NUMBER, **score)
    single("back_pain_score", "Back pain", FindingType.NUMBER, **score)
    single("pain_judged_severe", "Pain judged severe", FindingType.YES_NO)
    single("patient_goals", "What matters to the patient", FindingType.TEXT)
    grid(
        "power",
        "Power",
        {"knee_extension": "Knee extension", "ankle_dorsiflexion": "Ankle dorsiflexion"},
        FindingType.SCALE,
        "5",
        "0",
        "1",
        "2",
        "3",
        "4-",
        "4",
        "4+",
        "5",
    )
    grid(
        "sensation",
        "Sensation",
        {root: f"{root} zone, sensation" for root in ROOTS},
        FindingType.CHOICE,
        "normal",
        "normal",
        "changed",
    )
    grid(
        "reflex",
        "Reflexes",
        {"knee": "Knee jerk", "ankle": "Ankle jerk"},
        FindingType.SCALE,
        "normal",
        "absent",
        "reduced",
        "normal",
        "brisk",
    )
    grid("pain_area", "Where pain is felt", {root: f"{root} zone, pain" for root in ROOTS}, FindingType.YES_NO, "")
    single("imaging_done", "Imaging done", FindingType.YES_NO)
    single(
        "imaging_modality",
        "Kind of imaging",
        FindingType.CHOICE,
        options=(ChoiceOption("mri", "MRI"), ChoiceOption("ct", "CT")),
    )
    single("imaging_date", "Date of the imaging", FindingType.DATE)
    single("compression_list_complete", "Report covers every level and place", FindingType.YES_NO)
    several(
        "takes",
        "Medicines taken",
        {"nsaid": "Takes an anti-inflammatory painkiller (NSAID)", "anticoagulant": "Takes an anticoagulant"},
    )
    single("opioids", "Opioids taken", FindingType.MEDICINES)
    verdicts = {
        "concordant": "Imaging fits the examination",
        "partial": "Imaging fits in part",
        "not_done": "Imaging not done",
        "root_uncertain": "No root named yet",
    }
    atoms["imaging_verdict"] = Atom(
        "imaging_verdict",
        FindingType.CHOICE,
        "Whether imaging fits the examination",
        "imaging_verdict",
        options=tuple(ChoiceOption(name, label) for name, label in verdicts.items()),
    )
    atoms["clinical_root"] = Atom(
        "clinical_root",
        FindingType.CHOICE,
        "Nerve root named by the examination",
        "clinical_root",
        options=_options("L4.left", "uncertain"),
    )
    return questions, atoms


def _clause(name: str, label: str, plan: str = "", check: Check = Check.SECONDARY) -> Clause:
    return Clause(name, label, YES, ("S8", "label_source"), check, plan)


def _option(name: str, title: str, group: str, **more: object) -> Option:
    base: dict[str, object] = {
        "id": name,
        "title": title,
        "group": group,
        "kind": "offer",
        "text": f"{title}: text for the clinician.",
        "when": YES,
        "conditional_when": (),
        "never_when": (),
        "elective": True,
        "targets_root": False,
        "strength": "not stated",
        "evidence": "not stated",
        "statements": ("S8",),
        "basis": ("S8",),
        "disagreements": (),
    }
    return Option(**{**base, **more})  # type: ignore[arg-type]


def pack() -> Pack:
    questions, atoms = _findings()
    options = (
        _option(
            "epidural_injection",
            "Fluoroscopy-guided epidural steroid injection",
            "interventions",
            strength="essential",
            statements=("S1", "S8", "S12"),
            targets_root=True,
            never_when=(
                _clause("infection", "Infection, local or of the whole body"),
                _clause("blind", "No imaging guidance planned"),
            ),
            conditional_when=(
                _clause("diabetes", "Diabetes", "Measure glucose for a week."),
                _clause("pregnancy", "Pregnancy", check=Check.UNCHECKED),
            ),
            consent=("Effects are small and short", "Rare severe nerve damage is known"),
            monitor=("Pain and walking after 2 weeks",),
            disagreements=("D9", "D10"),
            notes=(
                Note("Start bone treatment", ("A1",), Check.UNCHECKED),
                Note("Count steroid doses", ("S8",), Check.READ, Ref("severe_pain")),
            ),
            effect=Effect(2, 12, "weeks", "S12", in_article=False, sentence="Small effect over some weeks"),
        ),
        _option(
            "cement",
            "Vertebroplasty or kyphoplasty",
            "interventions",
            strength="considering",
            evidence="observational, 6-12 months",
            statements=("S2", "S5"),
            disagreements=("D3",),
        ),
        _option(
            "blind_injection",
            "Injection without imaging guidance",
            "interventions",
            kind="never",
            never_when=(_clause("always", "Never inject blind"),),
        ),
        _option(
            "gabapentinoid",
            "Gabapentin or pregabalin",
            "medicines",
            strength="effective",
            evidence="Category A1, 5-12 weeks",
            statements=("S13",),
            disagreements=("D9",),
            monitor=("Stop when there is no benefit after 4 to 8 weeks",),
        ),
        _option(
            "nsaid",
            "Continue the NSAID with stomach protection",
            "medicines",
            kind="continue",
            statements=("S18",),
            monitor=("Review in 2 weeks", "Stop with ulcer, bleeding or kidney trouble"),
        ),
        _option("decompression", "Targeted decompression", "surgery", statements=("S31",)),
    )
    page = EmergencyPage(
        "Suspected cauda equina syndrome",
        "Send to the emergency department now. Do not wait for a complete picture.",
        "MRI within",
        "4 hours",
        (
            ("Call the ambulance or send at once", "Not tomorrow, not to a clinic."),
            ("Emergency MRI of the lumbar spine within 4 hours", "Of arrival or of the request."),
            ("Bladder scan before and after voiding", ""),
        ),
        ("No injection", "No outpatient MRI"),
        "Time of onset, bladder, saddle sensation, both legs.",
        services=("mri",),
        phones=("ambulance", "spine"),
    )
    criteria = (
        Criterion(
            "cauda_equina",
            Tier.E,
            "Suspected cauda equina syndrome",
            YES,
            ("A1", "girft"),
            Check.SECONDARY,
            "Emergency department now",
            screen=True,
            page=page,
        ),
        Criterion(
            "severe",
            Tier.U14,
            "Severe leg pain",
            YES,
            ("S24", "I1"),
            Check.READ,
            "Urgent specialist referral",
            "severe_first_met",
            TimeLimit(days=14),
            disagreements=("D9",),
        ),
    )
    sources = (
        Source("bmj_2025", "BMJ Rapid Recommendation", "2025", "guideline", Check.READ, "high", "388:e079970"),
        Source("cochrane_2018", "Cochrane review of vertebroplasty", "2018", "review", Check.SECONDARY, "high"),
        Source("fda_2014", "FDA Drug Safety Communication", "2014", "safety communication", Check.READ, "high"),
        Source(
            "girft", "National pathway for suspected cauda equina syndrome", "2026", "policy", Check.SECONDARY, "high"
        ),
        Source("label_source", "General knowledge", "", "own", Check.UNCHECKED, "moderate"),
    )
    statements = tuple(
        Statement(name, kind, text, sources=("label_source",))
        for name, kind, text in (
            ("S1", "statement", "Offer the injection without a further wait"),
            ("S8", "statement", "Guided injection matters when leg pain persists"),
            ("S24", "statement", "Severe pain is urgent"),
            ("A1", "addition", "Suspected cauda equina syndrome is an emergency"),
            ("I1", "decision", "The two weeks start on the first day on which the criterion was met"),
            ("I5", "decision", "Missing data are never read as no"),
        )
    )
    disagreements = (
        Disagreement(
            "D3",
            "cochrane_2018",
            "2018",
            "No support for routine use against sham",
            "opposes",
            "high to moderate certainty",
            ("S3", "S5"),
            Check.SECONDARY,
            "high",
        ),
        Disagreement(
            "D9",
            "bmj_2025",
            "2025",
            "Strongly against injection for chronic pain of three months or more",
            "opposes",
            "strong",
            ("S1", "S8"),
            Check.READ,
            "high",
            Ref("severe_pain"),
        ),
        Disagreement(
            "D10",
            "fda_2014",
            "2014",
            "Rare loss of vision, stroke, paralysis, death",
            "warns",
            "",
            ("S1",),
            Check.UNCHECKED,
            "high",
        ),
        Disagreement("D24", "fda_2014", "2008", "Restricts stimulation", "restricts", "", ("S36",), Check.READ, "high"),
    )
    texts = (
        FixedText(
            "net",
            "Return at once with new numbness around the bottom or trouble passing urine",
            ("A1",),
            "safety_netting",
            Check.OWN,
        ),
        FixedText("net2", "Call the same day when a leg gets weaker", ("A1",), "safety_netting", Check.OWN),
        FixedText("move", "Rest only for short spells and walk early", (), "activity", Check.UNCHECKED),
    )
    screens = (
        Screen("emergency", "Emergency screen", "", (QuestionGroup("", ("cauda_equina", "limb_ischaemia")),)),
        Screen(
            "presentation",
            "Presentation",
            "",
            (
                QuestionGroup("Fracture", ("fracture_level", "fracture_cause", "fracture_date")),
                QuestionGroup(
                    "Pain",
                    ("radicular_onset", "leg_pain_score", "back_pain_score", "pain_judged_severe", "patient_goals"),
                ),
            ),
        ),
        Screen("examination", "Examination", "", (QuestionGroup("", ("power", "sensation", "reflex", "pain_area")),)),
        Screen(
            "imaging",
            "Imaging correlation",
            "",
            (
                QuestionGroup(
                    "",
                    ("imaging_done", "imaging_modality", "imaging_date", "compression_list_complete", "fracture_state"),
                ),
            ),
        ),
        Screen("medicines", "Medicines", "", (QuestionGroup("", ("takes", "opioids")),)),
    )
    return Pack(
        info=PackInfo(
            "example",
            "0.1.0",
            "Leg pain after a lumbar compression fracture",
            "Adults whose leg pain persists after initial treatment of a lumbar compression fracture",
            ("children", "emergencies"),
            "a clinician who can check the basis",
            approved=False,
            approved_by="",
            approved_on="",
            review_by="2027-06-30",
            language="en",
            change_notes=(),
            article="an article of an AI answer site, read as such",
        ),
        content_hash="0" * 64,
        folder="",
        sources={one.id: one for one in sources},
        statements={one.id: one for one in statements},
        disagreements={one.id: one for one in disagreements},
        questions=questions,
        atoms=atoms,
        conditions={"severe_pain": Named("severe_pain", "Severe pain", YES, ("S24",))},
        contradictions=(),
        scope=YES,
        criteria={one.id: one for one in criteria},
        options={one.id: one for one in options},
        imaging_actions=(),
        imaging_adequate="",
        imaging_verdict="imaging_verdict",
        clinical_root="clinical_root",
        clock_stopped="",
        claims=(),
        screens=screens,
        texts=texts,
        phones=(
            Phone("ambulance", "Ambulance", "", required=True),
            Phone("spine", "Spinal surgeon on call", "", required=True),
        ),
        services={},
        tables={},
    )


def answers() -> dict[str, Answer]:
    def normal(value: str | bool, question: str, skip: tuple[str, ...] = ()) -> dict[str, Answer]:
        return {
            name: Answer(value, bulk=True)
            for name, atom in pack().atoms.items()
            if atom.question == question and name not in skip
        }

    found: dict[str, Answer] = {
        **{name: Answer(False, on=AS_OF) for name in pack().questions["cauda_equina"].atoms},
        "limb_ischaemia": Answer(False, on=AS_OF),
        "fracture_level": Answer("L4"),
        "fracture_cause": Answer("osteoporotic"),
        "fracture_date": Answer(DateRange(date(2026, 10, 1), date(2026, 10, 1))),
        "fracture_state": Answer("unhealed"),
        "radicular_onset": Answer(DateRange(date(2026, 10, 1), date(2026, 10, 8))),
        "leg_pain_score": Answer(Quantity(8, 8, "of_10"), confirmed=True),
        "pain_judged_severe": Answer(True, note="cannot dress or shop"),
        "patient_goals": Answer("Walk to the shop again"),
        **normal("5", "power", ("power.ankle_dorsiflexion.left",)),
        "power.ankle_dorsiflexion.left": Answer(unknown=Unknown.CANNOT_ASSESS, note="plaster"),
        **normal("normal", "sensation"),
        "sensation.L4.left": Answer("changed"),
        **normal("normal", "reflex"),
        "reflex.knee.left": Answer("reduced"),
        "pain_area.L3.left": Answer(True),
        "pain_area.L4.left": Answer(True),
        "imaging_done": Answer(True),
        "imaging_modality": Answer("mri"),
        "imaging_date": Answer(DateRange(date(2026, 11, 5), date(2026, 11, 5))),
        "compression_list_complete": Answer(True),
        "takes.nsaid": Answer(True),
        "takes.anticoagulant": Answer(unknown=Unknown.DECLINED),
        "opioids": Answer((Medicine("morphine", 20, "mg", "oral"),)),
    }
    return found


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
