"""What a good care plan contains, point by point: each stands on the page of a real case and goes when taken out.

The points are those of the clinical dossier, section 7.1. A phrase is read from the finished PDF in its order
of drawing. Beside it stands what is taken out of the case: without it the phrase must be gone, so that none of them
is a text that would stand there anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import pypdfium2
import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.answers import Answer, DateRange, Quantity
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack
from desktop_app.engine.record import record_text
from desktop_app.use_cases.domain import Choice, Clinic, Clinician, EmergencyEvent, Patient, Verdict
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.ports import PlanInput
from tests.documents.pdf_tools import one_line

AT = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
EVENT = EmergencyEvent(AT, "Dr N. Karim", "excluded", "cauda_equina", "Saddle area tested, normal")


@dataclass(frozen=True)
class Out:
    """What is taken out: answers by the beginning of their name, decisions, options, who decides, the clinic."""

    answers: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    rest: str = ""  # clinician, clinic, choices, events


def answers(*names: str) -> Out:
    return Out(answers=names)


def decisions(*names: str) -> Out:
    return Out(decisions=names)


def options(*names: str) -> Out:
    return Out(options=names)


MORE: Mapping[str, Mapping[str, Answer]] = {
    "c01_decided": {
        "peg_score": Answer(Quantity(7.0, 7.0, "of 10")),
        "rmdq_score": Answer(Quantity(15.0, 15.0, "of 24")),
        "walking_metres": Answer(Quantity(200.0, 200.0, "metres")),
        "disturbed_nights": Answer(Quantity(3.0, 3.0, "of 7 nights")),
        "patient_goals": Answer("To climb the stairs to my flat"),
        "daily_life.driving": Answer(value=True),
        "referral_sent": Answer(DateRange(date(2026, 11, 12), date(2026, 11, 12))),
    },
    "medicines_decided": {},
}
"""What the case does not tell and a whole baseline has."""

PLAIN, MEDICINES = "c01_decided", "medicines_decided"
INJECTION, CEMENT = options("epidural_injection"), options("cement_augmentation")
ACTIVITY, MRI, SURGEON = options("activity"), options("request_mri"), options("surgical_opinion_refractory")
POINTS: Mapping[str, tuple[tuple[str, str, Out], ...]] = {
    "1 who, when, who decided, version, what was not known": (
        (PLAIN, "as of 12 Nov 2026, signed on 12 Nov 2026", Out(rest="signature")),
        (PLAIN, "Signed electronically by Dr N. Karim, general practitioner", Out(rest="clinician")),
        (PLAIN, "Local wait for a specialist: decides “Override the local queue”", options("override_queue")),
    ),
    "2 every emergency item with answer and time": (
        (PLAIN, "every item that applies answered no, as of 12 Nov 2026", answers("cauda_equina.")),
        (PLAIN, "Bladder, bowel, saddle, sexual function, both legs (11)", answers("cauda_equina.")),
        (PLAIN, "12 Nov 2026 10:05 Emergency excluded", Out(rest="events")),
    ),
    "3 working diagnosis": (
        (PLAIN, "L4, osteoporotic", answers("fracture_level")),
        (PLAIN, "6 weeks old", answers("fracture_date")),
        (PLAIN, "osteoporotic (low-energy)", answers("fracture_cause")),
        (PLAIN, "Root Left L4", answers("reflex.")),
        (PLAIN, "Concordant: left L4", answers("compression.")),
    ),
    "4 baseline": (
        (PLAIN, "Leg pain 8 of 10", answers("leg_pain_score")),
        (PLAIN, "back pain 6 of 10", answers("back_pain_score")),
        (PLAIN, "PEG 7", answers("peg_score")),
        (PLAIN, "Roland-Morris 15", answers("rmdq_score")),
        (PLAIN, "walks 200 metres", answers("walking_metres")),
        (PLAIN, "sleep disturbed on 3 of 7 nights", answers("disturbed_nights")),
        (PLAIN, "Power of the key muscles: 5 (full) on both sides", answers("power.")),
        (PLAIN, "Inner ankle and shin: right Normal; left Changed", answers("sensation.")),
        (PLAIN, "Knee jerk: right Normal; left Reduced", answers("reflex.")),
        (PLAIN, "Thoughts of suicide. Not asked", answers("suicidal_thoughts")),
    ),
    "5 goals in the patient's words, shared decisions, nothing invasive": (
        (PLAIN, "“To climb the stairs to my flat”", answers("patient_goals")),
        (PLAIN, "Decided with the patient", Out(rest="choices")),
        (PLAIN, "Nothing invasive for now: offered", options("nothing_invasive")),
    ),
    "6 referral": (
        (PLAIN, "Severe radicular pain (S24, H2, T9, I1). Clock started 12 Nov 2026", answers("pain_judged_severe")),
        (PLAIN, "limit 26 Nov 2026", answers("severe_first_met", "deficit_first_met")),
        (PLAIN, "Sent on 12 November 2026", answers("referral_sent")),
        (PLAIN, "Refer urgently, seen within 2 weeks: accepted", decisions("refer_urgently")),
        (PLAIN, "Who chases the appointment, and on which day.", options("refer_urgently")),
    ),
    "7 interventions": (
        (PLAIN, "Fluoroscopy-guided epidural steroid injection: L4, left: accepted, advice offered (S1, S8", INJECTION),
        (PLAIN, 'Strength: "proceed immediately"', INJECTION),
        (PLAIN, "Contraindications: all 12 answered no.", INJECTION),
        (PLAIN, "Consent: Size of the benefit.", INJECTION),
        (PLAIN, "Very rarely loss of vision, stroke, paralysis or death", INJECTION),
        (PLAIN, "Bone. Steroid injections may raise the risk of another vertebral fracture", INJECTION),
        (PLAIN, "D12 Decision of this program, 2026, evidence gap", INJECTION),
        (PLAIN, "Vertebroplasty or kyphoplasty: declined, advice open", decisions("cement_augmentation")),
        (PLAIN, "Epidural injection without image guidance: prohibited", options("blind_injection")),
    ),
    "8 medicines": (
        (MEDICINES, "CrCl 80 ml/min (entered)", answers("clearance_entered")),
        (MEDICINES, "Morphine equivalents 90 a day", answers("opioid")),
        (MEDICINES, "Highest dose of the opioid: Morphine 30 mg twice a day", answers("opioid")),
        (MEDICINES, "last dose 11 Feb 2027", answers("opioid")),
        (MEDICINES, "Offer naloxone: accepted", decisions("naloxone")),
        (MEDICINES, "Down to the lowest dose that works, one prescriber", decisions("continue_opioid")),
        (MEDICINES, "Together with a gabapentinoid: Lower both, naloxone at home",
         answers("takes_alert.gabapentinoid", "gabapentinoid_taken")),
        (MEDICINES, "Taper over at least 1 week, and never stop suddenly.", options("taper_gabapentinoid")),
        (PLAIN, "Gabapentin 900 to 3600 mg a day, here at most 1800", answers("clearance_entered")),
    ),
    "9 activity": (
        (PLAIN, "Short rest only, early walking, physiotherapy, no heavy lifting or bending", ACTIVITY),
        (PLAIN, "A brace for comfort only, the evidence is weak. Aids at work and at home, and a look at falls.",
         ACTIVITY),
    ),
    "10 bone health": (
        (PLAIN, "Blood tests for a hidden cause: accepted", decisions("bone_tests")),
        (PLAIN, "Bone density, fracture risk and height: accepted", decisions("bone_density")),
        (PLAIN, "Bone medicine without waiting: accepted", decisions("bone_treatment")),
        (PLAIN, "Fracture liaison service: accepted", decisions("fracture_liaison")),
    ),
    "11 imaging": (
        (MEDICINES, "Request MRI of the lumbar spine: accepted", decisions("request_mri")),
        (MEDICINES, "Name the root and side to look for, and ask for parasagittal slices", MRI),
        (MEDICINES, "Who reads it, who explains it to the patient, and when.", MRI),
    ),
    "12 second line": (
        (PLAIN, "Surgical opinion for severe pain that resisted injections (S29)", SURGEON),
        (PLAIN, "Diagnostic medial branch block (S34)", options("medial_branch_block")),
    ),
    "13 safety-netting": (
        (PLAIN, "Call: Ambulance 555 0100", Out(rest="clinic")),
        (PLAIN, "in the patient's language. Ask the patient to tell you when to go to hospital.",
         options("safety_netting")),
        (PLAIN, "Emergency signs explained, in writing: accepted", decisions("safety_netting")),
    ),
    "14 review": (
        (PLAIN, "Review in 1 to 2 weeks: accepted", decisions("review_soon")),
        (PLAIN, "then at 4 to 6 weeks and 3 months", options("review_soon")),
        (PLAIN, "Would change it: Offered if “Local wait for a specialist” is 3.", options("override_queue")),
    ),
    "15 open questions, disagreements accepted or overridden, with reason": (
        (PLAIN, "Fracture pain despite optimal treatment (not asked): Decides “Vertebroplasty or kyphoplasty”", CEMENT),
        (PLAIN, "Reason given: Pain management is not optimal yet", decisions("cement_augmentation")),
        (PLAIN, "Reason given: She drives and has fallen; NICE advises against it", decisions("start_pregabalin")),
        (PLAIN, "D13 NICE NG59, 2020, opposes", options("start_pregabalin", "start_gabapentin")),
    ),
}


@pytest.fixture(scope="module")
def told(
    cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic
) -> Callable[[str, Out], str]:
    @cache
    def of(name: str, out: Out) -> str:
        with pypdfium2.PdfDocument(Paper().care_plan(_plan(cases[name], pack, clinical, out))) as document:
            return one_line(" ".join(page.get_textpage().get_text_range() for page in document))

    return of


def _plan(case: Case, pack: Pack, clinical: ClinicalArithmetic, out: Out) -> PlanInput:
    sheet = {atom: given for atom, given in {**case.sheet, **MORE[case.id]}.items()
             if not (out.answers and atom.startswith(out.answers))}
    whole = decide(pack, sheet, case.as_of, clinical)
    unwanted = {one.id for one in whole.options if out.options and one.id.startswith(out.options)}
    assert unwanted or not out.options, "no such option"
    assert sheet.keys() != {**case.sheet, **MORE[case.id]}.keys() or not out.answers, "no such answer"
    asked = tuple(one for one in whole.questions if not unwanted & set(one.decides))
    found = replace(whole, options=tuple(one for one in whole.options if one.id not in unwanted), questions=asked)
    choices = tuple(Choice(one.option, Verdict(one.verdict), one.reason) for one in case.choices
                    if one.option not in {*unwanted, *out.decisions})
    assert len(choices) < len(case.choices) or not out.decisions, "no such decision"
    clinic = Clinic("Hillside Clinic", "1 Example Road", "555 0110", "T", {one.id: "555 0100" for one in pack.phones})
    who = case.patient
    return PlanInput(
        pack=pack,
        decision=found,
        record=record_text(found),
        patient=Patient("p1", who.number, who.name, who.born or date.min, who.sex),
        clinician=None if out.rest == "clinician" else Clinician("u1", "Dr N. Karim", "general practitioner"),
        clinic=None if out.rest == "clinic" else clinic,
        choices=() if out.rest == "choices" else choices,
        events=() if out.rest == "events" else (EVENT,),
        number="TR01-000001",
        signed_at=None if out.rest == "signature" else AT,
        pictures=pictures(clinical, found),
    )


@pytest.mark.parametrize("point", POINTS)
def test_the_point_stands_on_the_page_and_goes_when_it_is_taken_out(
    point: str, told: Callable[[str, Out], str]
) -> None:
    for case, words, out in POINTS[point]:
        assert words in told(case, Out()), words
        assert words not in told(case, out), f"stands there without {out}: {words}"


def test_an_undecided_nerve_pain_medicine_says_what_a_driver_must_know(told: Callable[[str, Out], str]) -> None:
    open_ = decisions("start_pregabalin")
    words = "No driving until the effect is known"
    assert words in told(PLAIN, open_)
    assert words not in told(PLAIN, replace(open_, answers=("daily_life.driving",)))
