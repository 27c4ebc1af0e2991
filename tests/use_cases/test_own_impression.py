"""The clinician's own words from before the advice: asked once, kept at once, on the plan, never re-written."""

from __future__ import annotations

import dataclasses

import pytest

from desktop_app.use_cases.domain import Impression, Verdict
from desktop_app.use_cases.errors import NotPermitted
from tests.fakes import CLINICIAN, MarkingSigner
from tests.use_cases.conftest import Surgery


def test_it_is_asked_once_and_stored_as_it_is_typed(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    assert consultation.asks_impression
    assert consultation.impression is None
    consultation.note_impression(" L5 root, from the disc ")
    noted = Impression("L5 root, from the disc", surgery.clock.now(), CLINICIAN.name)
    assert surgery.store.encounter(consultation.encounter.id).impression == noted
    assert consultation.asks_impression
    consultation.close_impression()
    assert surgery.store.encounter(consultation.encounter.id).impression == dataclasses.replace(noted, closed=True)
    assert not consultation.asks_impression


def test_a_draft_taken_up_again_does_not_ask_again(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.close_impression()
    again = surgery.desk.open(consultation.patient.id)
    assert again.impression is not None
    assert again.impression.text == ""
    assert not again.asks_impression


def test_what_was_noted_before_the_advice_is_not_written_afterwards(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.note_impression("a muscle, no root")
    consultation.close_impression()
    with pytest.raises(NotPermitted, match="stays as it is"):
        consultation.note_impression("of course an L5 root")
    consultation.close_impression()
    assert consultation.impression is not None
    assert consultation.impression.text == "a muscle, no root"


def test_a_clinic_may_leave_it_out(surgery: Surgery) -> None:
    surgery.desk.save_clinic(dataclasses.replace(
        surgery.desk.clinic, ask_impression=False, phones={p.id: "555" for p in surgery.desk.pack.phones}))
    assert not surgery.consult("c29").asks_impression


def test_it_goes_into_the_signed_plan_and_not_into_the_next_visit(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.note_impression("L5 root")
    consultation.close_impression()
    consultation.choose("epidural_injection", Verdict.ACCEPT)
    consultation.sign(MarkingSigner())
    assert surgery.documents.plans[-1].impression == consultation.impression
    assert not consultation.asks_impression
    with pytest.raises(NotPermitted, match="signed"):
        consultation.note_impression("something else")
    assert surgery.desk.open(consultation.patient.id).impression is None
