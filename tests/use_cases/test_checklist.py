"""Beside each tick of the named discrepancy stands what the answers already say, and open is never taken for no."""

from __future__ import annotations

import pytest

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import Pack
from desktop_app.use_cases.checklist import checks

AFTER, STIR, COUNTED = "imaging_adequacy.after_symptoms_changed", "imaging_adequacy.stir", "numbering_recorded"


def told(pack: Pack, atom: str, answers: dict[str, Answer]) -> str:
    return next(check.told for check in checks(pack, answers) if check.atom == atom)


@pytest.mark.parametrize(("given", "said"), [
    (Answer(value=True), "Yes"), (Answer(value=False), "No"), (Answer(unknown=Unknown.CANNOT_ASSESS), "Not known"),
    (None, "Not known"),
])
def test_each_answer_is_told_as_itself(pack: Pack, given: Answer | None, said: str) -> None:
    answers = {AFTER: given} if given is not None else {}
    assert told(pack, "s41.scan_after_symptoms", answers) == f"{said}: {pack.atoms[AFTER].label}."


def test_what_is_missing_comes_first_and_nothing_is_left_out(pack: Pack) -> None:
    said = told(pack, "s41.coverage", {STIR: Answer(value=False), "imaging_adequacy.both_foramina": Answer(value=True)})
    no, open_, yes = said.index("No: "), said.index("Not known: "), said.index("Yes: ")
    assert no < open_ < yes
    assert no < said.index(pack.atoms[STIR].label) < open_
    for row in ("axial_fracture_and_below", "extraforaminal", "whole_lumbar_and_conus"):
        assert open_ < said.index(pack.atoms[f"imaging_adequacy.{row}"].label) < yes


def test_a_check_that_no_finding_answers_tells_nothing(pack: Pack) -> None:
    assert told(pack, "s41.ct_fragment", {COUNTED: Answer(value=True)}) == ""


def test_what_is_told_is_spoken_with_the_tick(pack: Pack) -> None:
    spoken = next(check.spoken for check in checks(pack, {COUNTED: Answer(value=False)})
                  if check.atom == "s41.numbering")
    assert spoken.endswith(f"not answered. On record. No: {pack.atoms[COUNTED].label}.")
