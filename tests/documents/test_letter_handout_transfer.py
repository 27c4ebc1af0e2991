"""Letter, patient's sheet and transfer note of real cases: what stands on them, what must not, how long they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pikepdf
import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.choices_tree import choices_of
from desktop_app.documents.handout_tree import handout_tree
from desktop_app.documents.ipdas import self_check
from desktop_app.documents.picture import body_map
from desktop_app.documents.tree import Block, ChoiceCard, Heading, Listing, NextSteps, Paragraph, Side, plain
from desktop_app.documents.view import PlanView
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Check, Pack
from desktop_app.pictures import body
from desktop_app.use_cases.domain import Choice, Clinic, Clinician, EmergencyEvent, PaperKind, Patient, Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.plan_case import plan_case
from desktop_app.use_cases.ports import PlanInput
from tests.documents.pdf_tools import attachments_of, boxes_of, info_of, one_line, pages_of, text_of
from tests.documents.test_structure import elements

Make = Callable[[str], PlanInput]
A4_HALF = 421.0


@pytest.fixture
def make(cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic) -> Make:
    def of(name: str) -> PlanInput:
        case = cases[name]
        plan = plan_case(pack, clinical, case, case.as_of)
        given = case.patient
        assert given.born is not None
        numbers = {phone.id: f"555 01{place:02d}" for place, phone in enumerate(pack.phones)}
        return PlanInput(
            pack=pack,
            decision=plan.decision,
            record=plan.record,
            patient=Patient("1", given.number, given.name, given.born, given.sex),
            clinician=Clinician("2", case.clinician.name, case.clinician.title) if case.clinician else None,
            clinic=Clinic("Hillside Clinic", "1 Example Road", "555 0190", "HI01", phones=numbers),
            choices=plan.choices,
            events=(),
            number="XX-HI01-000001",
            signed_at=datetime.combine(case.as_of, time(10, 5, tzinfo=UTC)),
            pictures=pictures(clinical, plan.decision),
        )

    return of


def kept(folder: Path, pdf: bytes) -> Path:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    return file


# -- letter -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_every_letter_is_one_page_with_its_slip(
    make: Make, cases: dict[str, Case], tmp_path: Path, size: str
) -> None:
    written = [name for name, case in cases.items() if case.choices]
    emergencies = [name for name in written if make(name).decision.emergency.positive]
    assert len(written) - len(emergencies) >= 12
    for name in written:
        if name in emergencies:
            with pytest.raises(BadData, match="not referred by letter"):
                Paper().letter(make(name))
            continue
        plan = replace(make(name), page_size=size)
        for one in (plan, replace(plan, signed_at=None)):  # a draft has a line more to sign by hand
            assert info_of(kept(tmp_path, Paper().letter(one)))["Pages"] == "1", name
        words = one_line(pages_of(kept(tmp_path, Paper().letter(plan)))[0])
        # Cut off, the slip has to find its way and its patient by itself.
        assert "Please send back to Hillside Clinic, 1 Example Road, telephone 555 0190" in words, name
        slip = words[words.index("Please send back"):]
        assert f"{plan.patient.name}, born" in slip, name
        assert "Seen on" in words, name


def test_a_changed_medicine_stands_on_the_letter_with_its_change(make: Make, tmp_path: Path) -> None:
    """By its name alone it would be read as going on as it was."""
    words = text_of(kept(tmp_path, Paper().letter(make("c01_decided"))))
    assert ("Changed Continue the anti-inflammatory painkiller: lowest dose that works, 250 mg twice a day, "
            "for two more weeks") in words
    words = text_of(kept(tmp_path, Paper().letter(make("medicines_decided"))))
    assert "Reassess the opioid and plan a taper: ten per cent every two weeks, oxycodone first" in words
    decided = words[words.index("Decided Review benefit"):words.index("Changed Opioid")]
    assert "taper" not in decided


def test_a_letter_says_urgency_first_then_what_is_asked_found_and_normal(make: Make, tmp_path: Path) -> None:
    pdf = kept(tmp_path, Paper().letter(make("c01_decided")))
    words = text_of(pdf)
    order = ["URGENT: specialist within 2 weeks", "26 Nov 2026", "What is asked", "Diagnosis", "Medicines and"]
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    for part in (
        "Accepted: Fluoroscopy-guided epidural steroid injection: L4, left",
        "Concordant: left L4",
        "Power of the key muscles: all",
        "knee jerk left: reduced",
        "Continue the anti-inflammatory painkiller",
    ):
        assert part in words, part
    assert attachments_of(pdf) == ["decision-record.json", "fhir-r4-bundle.json"]


def test_unasked_allergies_are_never_none(make: Make, tmp_path: Path, pack: Pack) -> None:
    plan = make("c01_decided")
    asked = {atom for name in ("allergy", "drug_allergy") for atom in pack.questions[name].atoms}
    answers = {atom: answer for atom, answer in plan.decision.answers.items() if atom not in asked}
    words = text_of(kept(tmp_path, Paper().letter(replace(plan, decision=replace(plan.decision, answers=answers)))))
    assert f"not known; {len(asked)} of {len(asked)} not answered" in words
    assert "none of those asked about" not in words


def test_what_is_to_be_done_stands_above_what_was_declined(make: Make, tmp_path: Path) -> None:
    words = text_of(kept(tmp_path, Paper().letter(make("surgery_decided"))))
    asked = words[words.index("What is asked") : words.index("Diagnosis")]
    assert "Targeted decompression of the root" in asked
    assert asked.index("Accepted: ") < asked.index("Declined: ")


def test_a_letter_tells_what_went_before(make: Make, tmp_path: Path) -> None:
    words = text_of(kept(tmp_path, Paper().letter(make("scs_decided"))))
    assert "spinal surgery done" in words
    assert "The specialist has seen this patient" in words
    assert "specialist within" not in words
    assert "for 6 weeks" in text_of(kept(tmp_path, Paper().letter(make("c01_decided"))))


# -- the patient's sheet -------------------------------------------------------------------------------


def test_the_sheet_holds_only_what_was_accepted(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    words = text_of(kept(tmp_path, Paper().handout(plan)))
    assert "The injection" in words
    assert "Bone cement" not in words  # declined
    assert "Pregabalin" not in words  # declined
    refused = Choice("epidural_injection", Verdict.DECLINE, "no")
    others = tuple(refused if choice.option == refused.option else choice for choice in plan.choices)
    words = text_of(kept(tmp_path, Paper().handout(replace(plan, choices=others))))
    assert "The injection" not in words
    assert "X-ray" not in words


def test_a_changed_option_is_told_in_the_clinicians_words(make: Make, tmp_path: Path) -> None:
    words = text_of(kept(tmp_path, Paper().handout(make("surgery_decided"))))
    assert "Your doctor changed this: Stop a week before the operation." in words
    assert "Go on with your anti-inflammatory tablets" not in words


def test_who_takes_tablets_reads_about_anti_inflammatory_ones_also_when_the_doctor_changed_them(
    make: Make, tmp_path: Path
) -> None:
    """A changed option prints the clinician's words alone, so the warning of the pack has to stand by itself."""
    warning = "can hurt your stomach, kidneys or heart"
    assert ("continue_nsaid", Verdict.CHANGE) in [(one.option, one.verdict) for one in make("c01_decided").choices]
    for name in ("c01_decided", "medicines_decided"):
        assert warning in one_line(text_of(kept(tmp_path, Paper().handout(make(name)))))
    assert warning not in one_line(text_of(kept(tmp_path, Paper().handout(make("overdue_decided")))))


def test_only_after_a_fresh_break_the_sheet_says_how_a_fresh_break_goes(make: Make, tmp_path: Path) -> None:
    fresh = "After a fresh break many people get better"
    assert fresh in one_line(text_of(kept(tmp_path, Paper().handout(make("c01_decided")))))
    assert fresh not in one_line(text_of(kept(tmp_path, Paper().handout(make("scs_decided")))))


def test_a_same_day_call_is_told_beside_the_date(make: Make, tmp_path: Path) -> None:
    words = text_of(kept(tmp_path, Paper().handout(make("c01_decided"))))
    assert "We call the spine team today" in words
    assert words.count("A specialist sees you within two weeks") == 0  # the dated line says it


def test_the_sheet_says_who_by_when_and_whom_to_call(make: Make, tmp_path: Path) -> None:
    words = text_of(kept(tmp_path, Paper().handout(make("c01_decided"))))
    assert "We have asked a specialist to see you by Thu 26 Nov 2026." in words
    assert "call us: 555 0190" in words
    assert "Get help NOW" in words
    assert "555 0100" in words
    late = text_of(kept(tmp_path, Paper().handout(make("overdue_decided"))))
    assert re.search(r"You should have been seen by \w{3} \d+ \w{3} \d{4}\. We have asked", late)


def test_nothing_about_a_referral_that_was_not_decided(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    alone = (Choice("activity", Verdict.ACCEPT),)
    words = text_of(kept(tmp_path, Paper().handout(replace(plan, choices=alone))))
    assert "We have asked" not in words
    assert "Get help NOW" in words


def test_a_piece_that_may_not_apply_is_left_out(make: Make) -> None:
    """Leg pain that nobody asked about is not told to the patient as a fact."""
    plan = make("c01_decided")
    known = "\n".join(_said(handout_tree(plan).first[0]))
    assert "your left leg" in known
    texts = {name: truth for name, truth in plan.decision.texts.items() if name != "handout_why"}
    unknown = "\n".join(_said(handout_tree(replace(plan, decision=replace(plan.decision, texts=texts))).first[0]))
    assert "leg" not in unknown.split("Get help")[0].replace("Your back and leg pain", "")


def test_the_sheet_is_large_short_and_carries_no_record(make: Make, cases: dict[str, Case], tmp_path: Path) -> None:
    for name, case in cases.items():
        if not case.choices or make(name).decision.emergency.positive:
            continue
        plan = make(name)
        pdf = kept(tmp_path, Paper().handout(plan))
        assert attachments_of(pdf) == [], name
        pages = pages_of(pdf)
        assert len(pages) <= 3, name
        assert "Get help NOW" in one_line(pages[0]), name
        assert "Call us the same day if" in one_line(" ".join(pages)), name


def _said(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.text))
        elif isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Listing):
            found += [plain(item) for item in block.items]
        elif isinstance(block, NextSteps):
            found += [plain(words) for _, words in block.rows]
        elif isinstance(block, Side):
            found += [*_said(block.left), *_said(block.right)]
    return found


def test_without_a_decision_and_in_an_emergency_there_is_no_sheet(make: Make) -> None:
    with pytest.raises(BadData, match="Nothing was decided"):
        Paper().handout(replace(make("c01_decided"), choices=()))
    with pytest.raises(BadData, match="no sheet to take home"):
        Paper().handout(make("emergency_decided"))


# -- transfer note ---------------------------------------------------------------------------------------


def test_the_transfer_note_is_half_a_page(make: Make, tmp_path: Path) -> None:
    pdf = kept(tmp_path, Paper().transfer_note(make("emergency_decided")))
    assert info_of(pdf)["Pages"] == "1"
    body = [box for box in boxes_of(pdf) if box[2] < 780]  # without the footer
    assert max(box[4] for box in body) <= A4_HALF + 42
    words = text_of(pdf)
    assert "Suspected cauda equina syndrome" in words
    assert "To whom:" in words


def test_the_note_has_a_line_for_each_result_that_the_emergency_page_sends_to_it(make: Make, tmp_path: Path) -> None:
    plan = make("emergency_decided")
    page = next(one.page for one in plan.pack.criteria.values() if one.id == plan.decision.emergency.positive[0])
    assert page is not None
    assert any("on the transfer note" in detail for _, detail in page.do_now)
    words = text_of(kept(tmp_path, Paper().transfer_note(plan)))
    below = words[words.index("Done, with time and result"):words.index("Handed over")]
    assert all(what in below for what, _ in page.do_now)


def test_the_note_says_how_soon_what_else_is_open_and_when_it_was_signed(make: Make, tmp_path: Path) -> None:
    plan = make("emergency_decided")
    words = text_of(kept(tmp_path, Paper().transfer_note(plan)))
    for told in ("Emergency MRI within 4 hours", "incomplete; 17 questions not answered", "12 Nov 2026, 10:05 (UTC)",
                 "Anticoagulant not known: not asked"):
        assert told in words, told
    answers = {**plan.decision.answers, "takes.anticoagulant": Answer(value=True)}
    taken = replace(plan, decision=replace(plan.decision, answers=answers))
    assert "Anticoagulant yes" in text_of(kept(tmp_path, Paper().transfer_note(taken)))


def test_a_recorded_handover_stands_on_the_note(make: Make, tmp_path: Path) -> None:
    at = datetime(2026, 11, 12, 10, 5)  # noqa: DTZ001  (this computer's clock, as everywhere on paper)
    event = EmergencyEvent(at, "Dr Marsh", "handed_over", "A1", "To Dr Okoye, emergency department")
    words = text_of(kept(tmp_path, Paper().transfer_note(replace(make("emergency_decided"), events=(event,)))))
    assert "To Dr Okoye, emergency department. Dr Marsh, 12 Nov 2026, 10:05 by this computer's clock." in words
    assert "To whom:" not in words


def test_the_note_tells_the_receiver_what_was_found_and_not_found_and_prompts_nobody(
    make: Make, cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = cases["a05_grid_3"]
    monkeypatch.setitem(cases, "a05_grid_3", replace(case, patient=replace(case.patient, born=date(1950, 3, 4))))
    plan = make("a05_grid_3")
    page = next(one.page for one in plan.pack.criteria.values() if one.id == plan.decision.emergency.positive[0])
    assert page is not None
    words = text_of(kept(tmp_path, Paper().transfer_note(plan)))
    assert "Say:" not in words
    assert page.tell.removeprefix("Say: ") not in words
    assert "Asked, and no" in words
    assert "Normal" in words


def test_the_letter_carries_the_checks_of_signs_without_entrapment_with_their_days(make: Make, tmp_path: Path) -> None:
    plan = make("c18_decided")
    answers = {
        **plan.decision.answers,
        "s41.second_read": Answer(value=True, on=date(2026, 11, 3)),
    }
    pdf = kept(tmp_path, Paper().letter(replace(plan, decision=replace(plan.decision, answers=answers))))
    [page] = map(one_line, pages_of(pdf))
    label = plan.pack.atoms["s41.second_read"].label
    assert f"1 of 11 checked: {label[:1].lower()}{label[1:]} (3 Nov 2026)" in page
    assert "What to look for without entrapment is listed in the care plan." in page
    whole = text_of(kept(tmp_path, Paper().care_plan(replace(plan, decision=replace(plan.decision, answers=answers)))))
    for words in ("No entrapment reported, but signs of a root", "Checked 3 Nov 2026.", "Still to do."):
        assert words in whole


def test_the_sheet_with_choices_says_what_about_this_patient_to_talk_about(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    shown = choices_of(PlanView(plan))
    met = [(one, name) for one in shown for name in one.cautions_met]
    words = text_of(kept(tmp_path, Paper().choices(plan)))
    for one, name in met:
        (label,) = (clause.label for clause in plan.pack.options[one.id].conditional_when if clause.id == name)
        assert label[1:] in words
    first = shown[0]
    caution = replace(shown[1], cautions_met=(plan.pack.options[shown[1].id].conditional_when[0].id,))
    options = tuple(caution if one.id == caution.id else one for one in plan.decision.options)
    told = text_of(kept(tmp_path, Paper().choices(replace(plan, decision=replace(plan.decision, options=options)))))
    assert "For you, to talk about: " in told
    assert first.status is not Status.PROHIBITED


def test_a_source_nobody_checked_is_marked_on_the_sheet_with_choices(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    place = "aid.epidural_injection."
    texts = tuple(
        replace(one, check=Check.UNCHECKED) if one.place.startswith(place) else one for one in plan.pack.texts
    )
    changed = replace(plan, pack=replace(plan.pack, texts=texts))
    assert "We have not checked the source of this" not in text_of(kept(tmp_path, Paper().choices(plan)))
    assert "We have not checked the source of this" in text_of(kept(tmp_path, Paper().choices(changed)))


def test_a_transfer_note_that_names_nobody_says_so_in_a_sentence_of_its_own(make: Make, tmp_path: Path) -> None:
    plan = replace(make("emergency_decided"), clinician=None, events=())
    words = one_line(text_of(kept(tmp_path, Paper().transfer_note(plan))))
    assert "Handed over No clinician named. " in words
    assert "By No" not in words


def test_without_an_emergency_there_is_no_transfer_note(make: Make) -> None:
    with pytest.raises(BadData, match="No emergency item is positive"):
        Paper().transfer_note(make("c01_decided"))


def test_the_same_input_makes_the_same_bytes(make: Make) -> None:
    plan, paper = make("c01_decided"), Paper()
    assert paper.letter(plan) == paper.letter(plan)
    assert paper.handout(plan) == paper.handout(plan)


# -- the sheet with the choices ---------------------------------------------------------------------------


def test_the_choices_are_what_can_be_had_and_waiting_is_one(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    pdf = kept(tmp_path, Paper().choices(plan))
    words = text_of(pdf)
    assert words.index("Wait, with good care") < words.index("Steroid injection next to the sore nerve")
    statuses = {one.id: one.status for one in plan.decision.options}
    titles = {one.place.split(".")[1]: one.text for one in plan.pack.texts
              if one.place.count(".") == 2 and one.place.startswith("aid.") and one.place.endswith(".title")}
    declined = {choice.option for choice in plan.choices if choice.verdict is Verdict.DECLINE}
    assert declined & titles.keys()
    for option, title in titles.items():
        can_be_had = statuses[option] in {Status.OFFERED, Status.CONDITIONAL} and option not in declined
        assert (title in words) is can_be_had, option
    assert attachments_of(pdf) == []


def test_a_refused_treatment_is_not_shown_as_a_choice(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    barred = tuple(replace(one, status=Status.PROHIBITED) if one.id == "epidural_injection" else one
                   for one in plan.decision.options)
    words = text_of(kept(tmp_path, Paper().choices(replace(plan, decision=replace(plan.decision, options=barred)))))
    assert "Steroid injection next to the sore nerve" not in words
    with pytest.raises(BadData, match="nothing to choose from"):
        Paper().choices(make("emergency_decided"))


def test_the_self_check_says_what_is_missing(make: Make, tmp_path: Path, pack: Pack) -> None:
    words = text_of(kept(tmp_path, Paper().choices(make("c01_decided"))))
    assert re.search(r"Self-check against IPDAS: 11 of 12 items that apply\. Not met: says who paid for it", words)
    card = ChoiceCard("x", ("Good", "It helps."), ("Bad", "It can " + "hurt " * 9), ("Sure", "Not."))
    items = {item.number: item.met for item in self_check((card,), pack.info, 1, payer_named=False)}
    assert items["2.1.1"] is False
    assert items["1.1.3"] is False
    assert items["2.4.1"] is None


def test_that_nobody_knows_who_paid_is_said_and_a_named_payer_meets_the_item(make: Make, tmp_path: Path) -> None:
    plan = make("c01_decided")
    words = text_of(kept(tmp_path, Paper().choices(plan)))
    assert "Who paid for this sheet? Nobody has written that down, so we cannot tell you." in words
    (unknown,) = (one for one in plan.pack.texts if one.place == "aid.paid.unknown")
    named = replace(unknown, id="aid_paid", place="aid.paid", text="A county clinic paid for this sheet.")
    told = replace(plan, pack=replace(plan.pack, texts=(*plan.pack.texts, named)))
    words = text_of(kept(tmp_path, Paper().choices(told)))
    assert "A county clinic paid for this sheet." in words
    assert "Nobody has written that down" not in words
    assert "12 of 12 items that apply" in words


def test_every_letter_with_a_drawn_patient_carries_the_body_map_or_says_where_it_is(
    make: Make, cases: dict[str, Case], tmp_path: Path
) -> None:
    drawn = 0
    for name, case in cases.items():
        plan = make(name) if case.choices else None
        if plan is None or plan.decision.emergency.positive or not body_map(PlanView(plan)).marks.any_known:
            continue
        pdf = kept(tmp_path, Paper().letter(plan))
        with pikepdf.open(pdf) as file:
            figures = [str(element.Alt) for element, _ in elements(file) if str(element.S) == "/Figure"]
        shown = body.body(body_map(PlanView(plan)).marks).alt in figures
        drawn += shown
        assert shown or "drawn in the care plan" in text_of(pdf), name
    assert drawn >= 10


def test_provocation_tests_stand_among_signs_and_normal_findings(make: Make) -> None:
    plan = make("c01_decided")
    cells = {name: Answer(value=name == "provocation.femoral_stretch.left", on=plan.decision.as_of)
             for name in plan.pack.questions["provocation"].atoms}
    answers = {**plan.decision.answers, **cells}
    plan = replace(plan, decision=replace(plan.decision, answers=answers))
    words = one_line(Paper().text(PaperKind.LETTER, plan))
    assert "femoral nerve stretch positive, left" in words
    assert "Provocation tests: all others negative." in words
    assert "Sensation: all others. Reflexes: all others." in words


def test_places_not_examined_are_never_called_normal(make: Make) -> None:
    plan = make("c01_decided")
    answers = {name: one for name, one in plan.decision.answers.items()
               if not name.startswith(("sensation.outer_heel", "sensation.S1"))}
    assert len(answers) < len(plan.decision.answers)
    plan = replace(plan, decision=replace(plan.decision, answers=answers))
    words = one_line(Paper().text(PaperKind.LETTER, plan))
    assert "Sensation: all" not in words
    assert "right and left groin" in words
    assert "outer heel" not in words
