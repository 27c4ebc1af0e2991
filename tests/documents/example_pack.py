"""A small content pack made by hand, and answers to its questions: what the hand-made plans are about."""

from __future__ import annotations

from datetime import date

from desktop_app.engine.answers import Answer, DateRange, Medicine, Quantity, Unknown
from desktop_app.engine.conditions import Ref
from desktop_app.engine.model import (
    Check,
    Clause,
    Criterion,
    Disagreement,
    Effect,
    EmergencyPage,
    FixedText,
    Named,
    Note,
    Option,
    Pack,
    PackInfo,
    Phone,
    QuestionGroup,
    Screen,
    Source,
    Statement,
    Tier,
    TimeLimit,
)
from tests.documents.example_findings import YES, findings

AS_OF = date(2026, 11, 12)


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
    questions, atoms = findings()
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
