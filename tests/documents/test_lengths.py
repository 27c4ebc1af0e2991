"""Plans of real pack cases stay short enough to be read, and say first what cannot wait."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import load_case
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Pack
from desktop_app.use_cases.plan_case import Plan, document_of, plan_case
from tests.documents import plans
from tests.documents.pdf_tools import info_of, one_line, pages_of, text_of

PACK = "lumbar_fracture_radicular_pain"
CASES = Path(__file__).resolve().parents[2] / "resources" / "guidelines" / PACK / "cases"
MOST_PAGES = {
    "c01": 8,
    "c09": 5,
    "c16": 8,  # with the body map among its answers
    "c18": 8,
    "c26": 9,  # with body map and spine among its answers
    "c29": 9,
    "c01_decided": 8,
    "emergency_decided": 5,
    "overdue_decided": 7,
    "rfd_decided": 7,
    "incomplete_decided": 9,  # the same
    "medicines_decided": 8,
}


def planned(pack: Pack, name: str) -> Plan:
    case = load_case(CASES / f"{name}.yaml", pack)
    return plan_case(pack, ClinicalArithmetic(pack), case, case.as_of)


def printed(folder: Path, pack: Pack, name: str) -> Path:
    file = folder / f"{name}.pdf"
    file.write_bytes(document_of(planned(pack, name), pack, ClinicalArithmetic(pack), Paper()))
    return file


@pytest.mark.parametrize("name", MOST_PAGES)
def test_a_plan_is_short_and_page_one_reaches_the_signature(name: str, tmp_path: Path, pack: Pack) -> None:
    pdf = printed(tmp_path, pack, name)
    assert int(info_of(pdf)["Pages"]) <= MOST_PAGES[name]
    first = one_line(pages_of(pdf)[0])
    assert "Signature" in first
    assert "decision-record.json" in first


def test_safety_acts_and_the_opioid_total_stand_before_elective_offers(tmp_path: Path, pack: Pack) -> None:
    page = one_line(pages_of(printed(tmp_path, pack, "c16"))[0])
    assert "Morphine equivalents 90 a day; 50 or more" in page
    places = [
        page.index(words)
        for words in (
            "Do first: Medication safety review today",
            "Reassess the opioid and plan a taper",
            "Offer naloxone",
            "Request MRI of the lumbar spine",
        )
    ]
    assert places == sorted(places)
    assert "not decided: see “All options”" in page


def test_what_was_decided_comes_first(tmp_path: Path, pack: Pack) -> None:
    page = one_line(pages_of(printed(tmp_path, pack, "c01_decided"))[0])
    assert page.index("Decided with the patient") < page.index("Accepted") < page.index("Not known")
    assert "Do first, not decided" not in page  # every act that cannot wait has been decided in this case


def test_options_held_back_are_one_paragraph(tmp_path: Path, pack: Pack) -> None:
    plan = planned(pack, "c09")
    words = text_of(printed(tmp_path, pack, "c09"))
    held = [one for one in plan.decision.options if one.status is Status.SUPPRESSED]
    assert f"{len(held)} elective options are held back: the emergency comes first." in words
    assert not any(one.text in words for one in held)


def test_no_note_that_certainly_does_not_apply(tmp_path: Path, pack: Pack) -> None:
    plan = planned(pack, "c01_decided")
    words = text_of(printed(tmp_path, pack, "c01_decided"))
    failing = [one.text for one in pack.texts if plan.decision.texts.get(one.id) is Truth.NO]
    shown = {note.text for one in plan.decision.options for note in one.notes}
    failing += [note.text for option in pack.options.values() for note in option.notes if note.text not in shown]
    assert failing
    for one in failing:
        assert one.replace("-", "") not in words.replace("-", "")


def test_a_missing_service_is_said_on_page_one(tmp_path: Path) -> None:
    decision = plans.decision()
    first, *others = decision.options
    lacking = replace(first, not_here=("Fluoroscopy is not available here: transfer to County Hospital.",))
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(Paper().care_plan(plans.plan(decision=replace(decision, options=(lacking, *others)))))
    assert "Fluoroscopy is not available here" in one_line(pages_of(pdf)[0])


def test_the_title_of_an_undecided_printout_is_one_line(tmp_path: Path, pack: Pack) -> None:
    page = pages_of(printed(tmp_path, pack, "c01"), layout=True)[0]
    assert "Advice printout, nothing decided" in page


def test_the_time_line_shows_what_was_decided_and_nothing_else(tmp_path: Path, pack: Pack) -> None:
    decided = one_line(text_of(printed(tmp_path, pack, "medicines_decided")))
    assert "not more; benefit and side effects 26 Nov 2026; last dose 11 Feb 2027" in decided
    assert "Start, review and stop" not in one_line(text_of(printed(tmp_path, pack, "c16")))


def test_what_was_changed_about_a_medicine_and_its_dates_stand_on_page_one(tmp_path: Path, pack: Pack) -> None:
    page = one_line(pages_of(printed(tmp_path, pack, "c01_decided"))[0])
    assert "Lowest dose that works, 250 mg twice a day, for two more weeks." in page
    assert "Declined: Pregabalin. She drives and has fallen" in page
    page = one_line(pages_of(printed(tmp_path, pack, "medicines_decided"))[0])
    assert "Down to the lowest dose that works, one prescriber" in page
    assert re.search(r"[Bb]enefit and side effects \d+ \w+ 2026", page)
    assert "Pregabalin or gabapentin: pregabalin" in page  # opioids of a complete list stand by their doses
