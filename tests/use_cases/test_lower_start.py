"""Who begins a medicine below its label is told so beside the label's doses, also when it is not known."""

from __future__ import annotations

import pytest

from desktop_app.engine.answers import Answer
from desktop_app.presentation import kidneys
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.lower_start import cautions, lower_start
from tests.use_cases.conftest import Surgery

HELD = "Start lower than the label, in slower steps: older than 65"


@pytest.fixture
def consultation(surgery: Surgery) -> Consultation:
    return surgery.consult("c01")  # 72 years old


@pytest.mark.parametrize("drug", ["pregabalin", "gabapentin"])
def test_beside_the_doses_of_the_label_it_says_that_this_patient_begins_lower(
    consultation: Consultation, drug: str,
) -> None:
    told = lower_start(consultation.pack, consultation.decision, drug)
    assert told[0].startswith(HELD)
    band = kidneys.band_of(consultation.pack, consultation.decision, drug)
    assert band is not None
    assert band.lower == told


def test_a_caution_that_nobody_asked_about_is_told_as_not_known(consultation: Consultation) -> None:
    consultation.answer_many({"takes_alert.opioid": None})
    _, unknown = cautions(consultation.pack, consultation.decision, "pregabalin")
    assert "Takes an opioid" in unknown
    consultation.answer_many({"takes_alert.opioid": Answer(True)})
    held, unknown = cautions(consultation.pack, consultation.decision, "pregabalin")
    assert "Takes an opioid" in held
    assert "Takes an opioid" not in unknown


def test_every_caution_that_asks_for_a_lower_start_says_so_as_data(consultation: Consultation) -> None:
    for option in consultation.pack.options.values():
        for clause in option.conditional_when:
            assert clause.lower_start is ("ower start" in clause.plan), (option.id, clause.id)
