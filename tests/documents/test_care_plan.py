"""The care plan as a file: the same bytes, whose it is on every page, what page one says, what is attached."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from desktop_app.documents.care_plan import Paper
from desktop_app.documents.fonts import REPLACEMENT
from desktop_app.use_cases.domain import Choice, Impression, Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.ports import PlanInput
from desktop_app.use_cases.surroundings import ClockDoubt
from tests.documents import plans
from tests.documents.pdf_tools import (
    attached,
    attachments_of,
    fonts_of,
    info_of,
    one_line,
    pages_of,
    sound,
    text_of,
)

SIGNED = plans.plan(signed_at=plans.SIGNED_AT)
KINDS = {
    "decided": plans.plan(),
    "signed": SIGNED,
    "incomplete": plans.open_plan(),
    "overdue": plans.overdue_plan(),
    "emergency": plans.emergency_plan(),
    "letter": plans.plan(page_size="Letter"),
}


def printed(folder: Path, plan: PlanInput) -> Path:
    file = folder / "plan.pdf"
    file.write_bytes(Paper().care_plan(plan))
    return file


@pytest.mark.parametrize("kind", KINDS)
def test_same_plan_same_bytes(kind: str) -> None:
    assert Paper().care_plan(KINDS[kind]) == Paper().care_plan(KINDS[kind])


def test_another_number_or_day_makes_another_file() -> None:
    first = Paper().care_plan(plans.plan())
    assert first != Paper().care_plan(plans.plan(number="CP-TR01-000002"))
    assert first != Paper().care_plan(plans.plan(signed_at=plans.SIGNED_AT))


@pytest.mark.parametrize("kind", KINDS)
def test_file_is_sound_and_embeds_only_its_own_fonts(kind: str, tmp_path: Path) -> None:
    pdf = printed(tmp_path, KINDS[kind])
    assert "No syntax or stream encoding errors" in sound(pdf)
    fonts = fonts_of(pdf)
    assert fonts
    assert all("NotoSans" in name and embedded and readable for name, embedded, readable in fonts)
    assert len(pdf.read_bytes()) < 400_000


@pytest.mark.parametrize("kind", KINDS)
def test_identity_number_content_and_page_on_every_page(kind: str, tmp_path: Path) -> None:
    pages = [one_line(page) for page in pages_of(printed(tmp_path, KINDS[kind]))]
    for number, page in enumerate(pages, 1):
        assert "Marta Lindqvist · TR-0001 · born 3 Mar 1954" in page
        assert "CP-TR01-000001" in page
        assert "Guideline 0.1.0 · Guideline content not clinically approved" in page
        assert f"Page {number} of {len(pages)}" in page


def test_draft_on_every_page_until_signed(tmp_path: Path) -> None:
    for page in pages_of(printed(tmp_path, plans.plan())):
        assert "DRAFT, NOT SIGNED" in one_line(page)
    assert "DRAFT" not in text_of(printed(tmp_path, SIGNED))


def test_watermark_lies_under_every_draft_page() -> None:
    """The drawing is stored once and used by every page, and by no page of a signed plan."""
    assert b"draft-watermark" in Paper().care_plan(plans.plan())
    assert b"draft-watermark" not in Paper().care_plan(SIGNED)


def test_information_and_language(tmp_path: Path) -> None:
    pdf = printed(tmp_path, plans.plan())
    info = info_of(pdf)
    assert info["Title"] == "Care plan CP-TR01-000001"
    assert info["Subject"] == "Care plan for Marta Lindqvist, number TR-0001, born 1954-03-03"
    assert info["Author"] == "Dr N. Karim"
    assert info["CreationDate"].startswith("Thu Nov 12 00:00:00 2026")
    assert info["Metadata Stream"] == "yes"
    assert info["Page size"].endswith("(A4)")
    assert b"/Lang (en)" in pdf.read_bytes()
    assert info_of(printed(tmp_path, KINDS["letter"]))["Page size"].endswith("(letter)")


def test_page_size_in_small_letters() -> None:
    assert Paper().care_plan(plans.plan(page_size="letter")) == Paper().care_plan(KINDS["letter"])


def test_unknown_page_size_is_refused_in_words() -> None:
    with pytest.raises(BadData, match="No page size is called"):
        Paper().care_plan(plans.plan(page_size="A5"))


# -- the attached record --------------------------------------------------------------------------


def test_record_is_attached_with_patient_and_document(tmp_path: Path) -> None:
    pdf = printed(tmp_path, SIGNED)
    assert attachments_of(pdf) == ["decision-record.json", "fhir-r4-bundle.json"]
    record = json.loads(attached(pdf, "decision-record.json"))
    assert record["guideline"] == {"id": "example"}
    assert record["patient"] == {"name": "Marta Lindqvist", "number": "TR-0001", "born": "1954-03-03"}
    assert record["document"] == {
        "number": "CP-TR01-000001",
        "kind": "care_plan",
        "as_of": "2026-11-12",
        "signed_on": "2026-11-12",
        "language": "en",
    }


def test_draft_says_in_its_record_that_nobody_signed(tmp_path: Path) -> None:
    record = json.loads(attached(printed(tmp_path, plans.plan()), "decision-record.json"))
    assert record["document"]["signed_on"] is None


def test_unreadable_record_is_refused() -> None:
    with pytest.raises(BadData, match="not readable"):
        Paper().care_plan(plans.plan(record="{"))
    with pytest.raises(BadData, match="not a record"):
        Paper().care_plan(plans.plan(record="[]"))


# -- page one ---------------------------------------------------------------------------------------


def test_page_one_lets_a_specialist_act(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.plan()))[0])
    for words in (
        "Hillside Clinic",
        "Care plan",
        "as of 12 Nov 2026, not signed",
        "TRAINING",
        "Female, 72 years",
        "URGENT: specialist within 2 weeks",
        "by Thu 26 Nov 2026",
        "14 days left",
        "Severe leg pain (S24, I1).",
        "Clock started 12 Nov 2026, limit 26 Nov 2026.",
        "Emergency screen complete:",
        "L4, osteoporotic, 6 weeks old, unhealed",
        "Left L4",
        "MRI 5 November 2026, adequate",
        "Walk to the shop again",
        "Decided with the patient",
        "Accepted",
        "“essential” (S1, S8, S12)",
        "BMJ Rapid Recommendation 2025 opposes (D9)",
        "Declined",
        "Fear of falls.",
        "morphine 20 mg a day",
        "Not known",
        "Safety-netting",
        "Ambulance 555 0100",
        "Not signed. The time will be this computer's clock.",
        "Dr N. Karim, general practitioner",
        "Guideline content not clinically approved.",
    ):
        assert words in page, words


def test_reading_order_of_page_one(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.plan()))[0])
    order = [
        "Hillside Clinic",
        "DRAFT, NOT SIGNED",
        "Marta Lindqvist",
        "URGENT",
        "Diagnosis",
        "Decided with the patient",
        "Medicines",
        "Not known",
        "Signature",
        "Page 1 of",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_signed_plan_says_whose_clock(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, SIGNED))[0])
    assert "as of 12 Nov 2026, signed on 12 Nov 2026" in page
    assert "Signed electronically by Dr N. Karim, general practitioner" in page
    assert "12 Nov 2026, 10:05 (UTC), by this computer's clock" in page


@pytest.mark.parametrize(("doubt", "said"), [
    (ClockDoubt(plans.SIGNED_AT, datetime(2027, 1, 3, 8, 0, tzinfo=UTC)),
     "This clock was in doubt. The newest entry in the records was made on 3 Jan 2027, 08:00 (UTC)."),
    (ClockDoubt(plans.SIGNED_AT, datetime(2026, 12, 1, tzinfo=UTC), date(2026, 12, 1)),
     "This clock was wrong. It lay before the day on which the guideline was approved, 1 Dec 2026."),
], ids=["newest entry", "guideline"])
def test_a_clock_in_doubt_is_named_at_its_time(tmp_path: Path, doubt: ClockDoubt, said: str) -> None:
    page = one_line(pages_of(printed(tmp_path, replace(SIGNED, clock_doubt=doubt)))[0])
    assert "signed on 12 Nov 2026, by a clock in doubt" in page
    assert said in page
    record = json.loads(attached(tmp_path / "plan.pdf", "decision-record.json"))
    assert list(record["document"]["clock_in_doubt"].values()) == [doubt.newest.isoformat()]


def test_signed_later_shows_both_days(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.plan(signed_at=datetime(2026, 11, 14, 9, 30, tzinfo=UTC))))[0])
    assert "as of 12 Nov 2026, signed on 14 Nov 2026" in page
    assert "Answers and dates as of 12 Nov 2026." in page


def test_without_choices_it_is_an_advice_printout(tmp_path: Path) -> None:
    pdf = printed(tmp_path, plans.plan(choices=()))
    page = one_line(pages_of(pdf)[0])
    assert "Advice printout, nothing decided" in page
    assert "Advice, nothing decided" in page
    assert "Decided with the patient" not in text_of(pdf)
    assert info_of(pdf)["Title"].startswith("Advice printout, nothing decided")


def test_signed_without_choices_says_so(tmp_path: Path) -> None:
    pdf = printed(tmp_path, replace(plans.emergency_plan(), signed_at=plans.SIGNED_AT))
    assert info_of(pdf)["Title"] == "Care plan, nothing decided CP-TR01-000001"


def test_list_of_contents_leads_to_the_parts() -> None:
    with pypdfium2.PdfDocument(Paper().care_plan(plans.plan())) as document:
        titles = [entry.get_title() for entry in document.get_toc()]
    assert titles[0] == "Care plan"
    assert titles[1:4] == ["Urgency in full", "All options", "Medicines and kidneys"]
    assert "All answers" in titles


def test_incomplete_screen_opens_the_plan(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.open_plan()))[0])
    for words in (
        "EMERGENCY SCREEN INCOMPLETE",
        "Not answered (2): Bladder, bowel, saddle, sexual function, both legs; Acute limb ischaemia.",
        "Act at least on",
        "Not yet ruled out: Emergency, now. Rule out today.",
        "Rule out by asking: New numbness of the saddle area.",
    ):
        assert words in page, words
    assert page.index("EMERGENCY SCREEN INCOMPLETE") < page.index("URGENT")
    assert "Emergency screen complete" not in page
    assert "No unanswered question" not in page


def test_final_tier_says_act_on(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.plan()))[0])
    assert "Act on" in page
    assert "Not yet ruled out" not in page


def test_overdue_in_words(tmp_path: Path) -> None:
    page = one_line(pages_of(printed(tmp_path, plans.overdue_plan()))[0])
    assert "OVERDUE by 6 days: act today" in page
    assert "was due 6 Nov 2026" in page


def test_unknown_start_prints_no_date(tmp_path: Path) -> None:
    found = plans.decision()
    reason = replace(found.tier.reasons[0], clock_start=None, limit_date=None, start_unknown=True)
    tier = replace(found.tier, due_date=None, days_left=None, act_today=True, reasons=(reason,))
    page = one_line(pages_of(printed(tmp_path, plans.plan(decision=replace(found, tier=tier))))[0])
    assert "act today" in page
    assert "Start of the clock not known: act today." in page
    assert "26 Nov 2026" not in page


def test_stopped_clock(tmp_path: Path) -> None:
    found = plans.decision()
    tier = replace(found.tier, due_date=None, days_left=None, clock_stopped=True)
    page = one_line(pages_of(printed(tmp_path, plans.plan(decision=replace(found, tier=tier))))[0])
    assert "clock stopped: the specialist has seen the patient" in page


def test_emergency_replaces_elective_content(tmp_path: Path) -> None:
    pages = [one_line(page) for page in pages_of(printed(tmp_path, plans.emergency_plan()))]
    first = pages[0]
    for words in (
        "Suspected cauda equina syndrome",
        "MRI within",
        "4 hours",
        "Do now",
        "Emergency MRI of the lumbar spine within 4 hours",
        "Ambulance",
        "555 0100",
        "Spinal surgeon on call",
        "555 0199",
        "No outpatient MRI",
        "New retention of urine: yes",
        "transfer to County Hospital",
        "Signature",
    ):
        assert words in first, words
    assert "Fluoroscopy-guided epidural" not in first
    rest = " ".join(pages[1:])
    assert "held back: the emergency comes first" in rest
    assert "Handed over" in rest
    assert "12 Nov 2026 10:20" in rest
    assert "excluded: pulses present; Dr N. Karim, 12 Nov 2026" in rest


# -- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Žofia Müller-Østergård", "Ελένη Παπαδοπούλου", "Людмила Щербакова", "राम प्रसाद द्विवेदी"]
)
def test_names_in_the_scripts_of_the_fonts(name: str, tmp_path: Path) -> None:
    text = text_of(printed(tmp_path, plans.plan(patient=replace(plans.PATIENT, name=name))))
    assert name in text
    assert REPLACEMENT not in text


def test_an_arabic_name(tmp_path: Path) -> None:
    """A reader of PDF gives the joined forms of the letters, which mean the same letters."""
    name = "محمد عبد الله"
    printed_name = plans.plan(patient=replace(plans.PATIENT, name=name))
    text = unicodedata.normalize("NFKC", text_of(printed(tmp_path, printed_name)))
    assert name in text
    assert REPLACEMENT not in text


@pytest.mark.parametrize("name", ["中村 花子", "สมชาย", "Zoë \U0001f600"])
def test_names_that_the_fonts_lack_are_marked_and_noted(name: str, tmp_path: Path) -> None:
    pdf = printed(tmp_path, plans.plan(patient=replace(plans.PATIENT, name=name)))
    page = one_line(pages_of(pdf)[0])
    assert REPLACEMENT in page
    assert "letters that this program cannot print" in page
    assert all(f"U+{ord(letter):04X}" in page for letter in name if not letter.isspace())
    assert json.loads(attached(pdf, "decision-record.json"))["patient"]["name"] == name
    assert "No syntax or stream encoding errors" in sound(pdf)


def test_control_letters_do_no_harm(tmp_path: Path) -> None:
    pdf = printed(tmp_path, plans.plan(patient=replace(plans.PATIENT, name="Ma\x00rta\x1b \u202eLind\u200bqvist")))
    assert "Marta Lindqvist" in text_of(pdf)
    assert "No syntax or stream encoding errors" in sound(pdf)


def test_comparison_signs_become_readable(tmp_path: Path) -> None:
    choices = (Choice("cement", Verdict.DECLINE, "pain ≤ 4 and age ≥ 65 → later"),)
    assert "Pain <= 4 and age >= 65 -> later." in text_of(printed(tmp_path, plans.plan(choices=choices)))


def test_the_clinicians_own_impression_stands_with_its_time_and_only_where_there_is_one(tmp_path: Path) -> None:
    at = datetime(2026, 11, 12, 9, 41, tzinfo=UTC)
    noted = Impression("An L5 root, from the disc.", at, "Dr N. Karim", closed=True)
    file = printed(tmp_path, plans.plan(impression=noted))
    words = one_line(text_of(file))
    assert "The clinician's own impression" in words
    assert "12 Nov 2026, 09:41" in words
    assert "An L5 root, from the disc." in words
    record = json.loads(attached(file, "decision-record.json"))
    assert record["own_impression"] == {
        "text": noted.text, "noted": "2026-11-12T09:41:00+00:00", "by": "Dr N. Karim"}
    for nothing in (None, dataclasses.replace(noted, text="")):
        file = printed(tmp_path, plans.plan(impression=nothing))
        assert "own impression" not in one_line(text_of(file))
        assert json.loads(attached(file, "decision-record.json"))["own_impression"] is None
