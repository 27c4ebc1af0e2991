"""What a receiving team reads on the letter and the note: what was done, what bears on a procedure, why so soon."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.documents.care_plan import Paper
from desktop_app.documents.letter_tree import ROOMS, _page
from desktop_app.documents.view import PlanView
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.ports import PlanInput
from tests.documents.pdf_tools import one_line, text_of
from tests.documents.test_letter_handout_transfer import Make, kept, make  # noqa: F401 - a fixture


def test_a_letter_tells_what_came_of_what_was_done(make: Make, tmp_path: Path) -> None:  # noqa: F811
    """S29, S34: whether the injection failed and the block was positive is why the patient is sent."""
    words = one_line(text_of(kept(tmp_path, Paper().letter(make("surgery_decided")))))
    assert "epidural steroid injection done, injections have failed, still limited after a procedure" in words
    words = one_line(text_of(kept(tmp_path, Paper().letter(make("rfd_decided")))))
    assert "diagnostic medial branch block done, medial branch block positive" in words
    assert "injections have failed" not in words


def answering(make: Make, name: str, *yes: str, no: tuple[str, ...] = ()) -> PlanInput:  # noqa: F811
    """The plan of a case with some answers set."""
    plan = make(name)
    answers = {**plan.decision.answers, **{atom: Answer(True) for atom in yes}, **{atom: Answer(False) for atom in no}}
    return replace(plan, decision=replace(plan.decision, answers=answers))


BEARING = ("pregnant", "cancer", "needle_safety.active_infection", "illness.sleep_apnoea", "infection_risk.diabetes")


def test_a_letter_tells_what_bears_on_a_procedure_and_only_what_was_answered_yes(make: Make, tmp_path: Path) -> None:  # noqa: F811
    """Pregnancy, cancer, infection: whoever holds the needle has to read it on the letter itself."""
    told = one_line(text_of(kept(tmp_path, Paper().letter(answering(make, "c01_decided", *BEARING)))))
    assert "Pregnancy yes" in told
    for one in ("known or suspected cancer", "infection of the skin at the site", "sleep apnoea", "diabetes"):
        assert one in told
    assert told.index("known or suspected cancer") < told.index("sleep apnoea")  # a short list keeps its beginning
    weeks = answering(make, "c01_decided", "pregnant", "pregnant_20_weeks")
    assert "from 20 weeks of pregnancy" in one_line(text_of(kept(tmp_path, Paper().letter(weeks))))
    none = one_line(text_of(kept(tmp_path, Paper().letter(answering(make, "c01_decided", no=BEARING)))))
    assert "Pregnancy" not in none
    assert "Illness" not in none


@pytest.mark.parametrize("place", range(len(ROOMS)))
def test_however_dense_a_letter_is_it_says_that_something_is_not_known(make: Make, place: int) -> None:  # noqa: F811
    room = ROOMS[place]
    view = PlanView(make("c01_decided"))
    assert len(view.questions) > 1
    said = repr(_page(view, room))
    assert "Not known" in said
    named = view.questions[0].label if room.unknown else f"{len(view.questions)}, named in the care plan"
    assert named in said
    settled = PlanView(replace(view.plan, decision=replace(view.decision, questions=())))
    assert "Not known" not in repr(_page(settled, room))


def test_what_decides_about_cement_and_about_holding_the_spine_stands_beside_the_fracture(
    make: Make, tmp_path: Path  # noqa: F811
) -> None:
    words = one_line(text_of(kept(tmp_path, Paper().letter(make("surgery_decided")))))
    assert "unhealed, unstable segment" in words
    broken = answering(make, "c01_decided", "posterior_wall_defect")
    assert "back wall of the vertebra broken" in one_line(text_of(kept(tmp_path, Paper().letter(broken))))
    whole = one_line(text_of(kept(tmp_path, Paper().letter(make("c01_decided")))))
    assert "back wall of the vertebra broken" not in whole
    assert "unstable segment" not in whole


def test_pain_and_signs_on_other_sides_stand_in_the_care_plan(make: Make, tmp_path: Path) -> None:  # noqa: F811
    told = "The leg pain is drawn on one side only, but the signs name a root of the other side."
    assert told in one_line(text_of(kept(tmp_path, Paper().care_plan(make("x_l4_pain_right_signs_left")))))
    assert told not in one_line(text_of(kept(tmp_path, Paper().care_plan(make("x_pain_left_signs_left")))))


def test_a_service_is_told_why_the_patient_comes_ahead_of_its_queue(make: Make, tmp_path: Path) -> None:  # noqa: F811
    """S44: refer directly and tell the service why; only when the clinician decided it."""
    why = "The wait in the local queue is longer than this guideline allows"
    plan = make("overdue_decided")
    words = one_line(text_of(kept(tmp_path, Paper().letter(plan))))
    assert why in words
    assert "should have been seen by 6 Nov 2026" in words
    declined = tuple(replace(one, verdict=Verdict.DECLINE) if one.option == "override_queue" else one
                     for one in plan.choices)
    for other in (replace(plan, choices=declined), make("c01_decided")):
        assert why not in one_line(text_of(kept(tmp_path, Paper().letter(other))))
    in_time = one_line(text_of(kept(tmp_path, Paper().letter(make("c01_decided")))))
    assert "should have been seen" not in in_time


def test_the_note_tells_pregnancy_and_illness_that_are_known(make: Make, tmp_path: Path) -> None:  # noqa: F811
    known = answering(make, "emergency_decided", "pregnant", "infection_risk.diabetes")
    words = one_line(text_of(kept(tmp_path, Paper().transfer_note(known))))
    assert "Pregnancy yes" in words
    assert "Illness diabetes" in words
    plain_note = one_line(text_of(kept(tmp_path, Paper().transfer_note(make("emergency_decided")))))
    assert "Pregnancy" not in plain_note
    assert "Illness" not in plain_note
