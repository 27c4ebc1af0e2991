"""The desk: patients are checked before they are stored, a new visit carries over only what lasts."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Status
from desktop_app.use_cases.choosing import advice_by_id
from desktop_app.use_cases.domain import LocalService, Verdict
from desktop_app.use_cases.errors import BadData
from tests.fakes import MarkingSigner
from tests.use_cases.conftest import Surgery


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "name is missing"),
        ({"number": ""}, "number is missing"),
        ({"name": "\u200b\u2060"}, "name: This holds letters that cannot be seen"),
        ({"name": "Amina \u202eDiallo"}, "name: This holds letters that cannot be seen"),
        ({"name": "Amina\x00"}, "name: This holds letters that cannot be seen"),
        ({"name": "\u3164"}, "name: This holds letters that cannot be seen"),
        ({"name": "---"}, "name: This holds neither a letter nor a digit"),
        ({"name": "A" * 201}, "name: This is longer than 200 letters"),
        ({"number": "N1\u200b"}, "number: This holds letters that cannot be seen"),
        ({"number": "1\u200d"}, "number: This holds letters that cannot be seen"),
        ({"number": "1" * 65}, "number: This is longer than 64 letters"),
        ({"born": date(2027, 1, 1)}, "lies in the future"),
        ({"born": date(1850, 1, 1)}, "more than 120 years ago"),
    ],
)
def test_a_patient_is_checked(surgery: Surgery, change: dict[str, object], words: str) -> None:
    good: dict[str, object] = {"name": "A B", "number": "1", "born": date(1950, 1, 1), "sex": "male"}
    with pytest.raises(BadData, match=words):
        surgery.desk.new_patient(**{**good, **change})  # type: ignore[arg-type]
    assert surgery.store.patients == {}


def test_a_number_is_given_once(surgery: Surgery) -> None:
    surgery.desk.new_patient(name="A B", number="7", born=date(1950, 1, 1), sex="male")
    with pytest.raises(BadData, match="already a patient with the number 7"):
        surgery.desk.new_patient(name="C D", number="7", born=date(1950, 1, 1), sex="male")


@pytest.mark.parametrize("typed", ["n7", " N7 ", "\uff2e\uff17", "N\u2077"])
def test_a_number_that_looks_the_same_is_the_same(surgery: Surgery, typed: str) -> None:
    surgery.desk.new_patient(name="A B", number="N7", born=date(1950, 1, 1), sex="male")
    with pytest.raises(BadData, match="already a patient with the number N7"):
        surgery.desk.new_patient(name="C D", number=typed, born=date(1950, 1, 1), sex="male")
    assert surgery.desk.new_patient(name="C D", number="N 7", born=date(1950, 1, 1), sex="male").number == "N 7"


@pytest.mark.parametrize("typed", ["\u041d7", "\u03977", "\u043d\u0667"], ids=ascii)
def test_a_number_of_another_alphabet_that_looks_the_same_is_told_as_such(surgery: Surgery, typed: str) -> None:
    surgery.desk.new_patient(name="A B", number="H7", born=date(1950, 1, 1), sex="male")
    with pytest.raises(BadData, match=r"looks the same: H7\. One of the two is typed in another alphabet"):
        surgery.desk.new_patient(name="C D", number=typed, born=date(1950, 1, 1), sex="male")


def test_a_name_is_kept_in_one_form(surgery: Surgery) -> None:
    """Typed with a separate accent and two blanks it is found like the one typed with a single letter."""
    made = surgery.desk.new_patient(name=" Rene\u0301  Diallo ", number="1", born=date(1950, 1, 1), sex="male")
    assert made.name == "Ren\u00e9 Diallo"
    # Persian and Hindi need the joiners between letters.
    for name in ("\u0645\u06cc\u200c\u0631\u0627", "\u0915\u094d\u200d\u0937"):
        assert surgery.desk.new_patient(name=name, number=name, born=date(1950, 1, 1), sex="male").name == name


def test_required_telephone_numbers_are_mandatory(surgery: Surgery) -> None:
    required = [phone.id for phone in surgery.desk.pack.phones if phone.required]
    assert required
    with pytest.raises(BadData, match="telephone numbers are missing"):
        surgery.desk.save_clinic(dataclasses.replace(surgery.desk.clinic, phones={}))
    surgery.desk.save_clinic(dataclasses.replace(surgery.desk.clinic, phones=dict.fromkeys(required, "555")))
    assert surgery.desk.clinic.phones[required[0]] == "555"


def test_a_new_visit_keeps_dates_and_an_emergency_yes_only(surgery: Surgery) -> None:
    first = surgery.consult("c01")
    first.choose("epidural_injection", Verdict.DECLINE, "wants to wait")
    first.answer("suicidal_thoughts", Answer(value=True))
    first.sign(MarkingSigner())
    surgery.clock.day += timedelta(days=7)
    second = surgery.desk.open(first.patient.id)
    assert second.encounter.id != first.encounter.id
    assert second.answers["radicular_onset"] == first.answers["radicular_onset"]
    assert second.answers["suicidal_thoughts"].value is True
    assert "cancer" not in second.answers
    assert "leg_pain_score" not in second.answers


def test_an_open_draft_is_resumed(surgery: Surgery) -> None:
    first = surgery.consult("c03")
    assert surgery.desk.open(first.patient.id).encounter.id == first.encounter.id


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (LocalService("elsewhere", "Regional centre", 2), "Regional centre, 2 h away"),
        (LocalService("none"), "not available"),
    ],
)
def test_a_missing_service_is_named_and_lowers_nothing(surgery: Surgery, place: LocalService, words: str) -> None:
    before = surgery.consult("c01").decision
    surgery.store.save_clinic(dataclasses.replace(surgery.desk.clinic, services={"fluoroscopy": place}))
    after = surgery.consult("c01").decision
    injection = advice_by_id(after)["epidural_injection"]
    assert any(words in sentence for sentence in injection.not_here)
    assert (after.tier.floor, after.tier.due_date) == (before.tier.floor, before.tier.due_date)
    assert advice_by_id(after)["blind_injection"].status is Status.PROHIBITED


def test_a_service_that_is_here_is_not_mentioned(surgery: Surgery) -> None:
    surgery.store.save_clinic(dataclasses.replace(surgery.desk.clinic, services={"fluoroscopy": LocalService("here")}))
    assert advice_by_id(surgery.consult("c01").decision)["epidural_injection"].not_here == ()


def test_looking_at_a_patient_and_taking_a_paper_out_are_recorded(surgery: Surgery) -> None:
    desk, store = surgery.desk, surgery.store
    patient = desk.new_patient(name="Anna Example", number="TR-77", born=date(1950, 1, 1), sex="female")
    consultation = desk.open(patient.id)
    desk.open(patient.id)
    desk.open_encounter(consultation.encounter.id)
    desk.history(patient.id)
    consultation.taken_out("CP-TR01-000001", printed=True)
    consultation.taken_out("CP-TR01-000001", printed=False)
    assert [(event.deed.value, event.what) for event in store.recorded] == [
        ("viewed", "encounter"), ("viewed", "encounter"), ("viewed", "visits"),
        ("printed", "CP-TR01-000001"), ("exported", "CP-TR01-000001")]
    assert {event.patient_id for event in store.recorded} == {patient.id}
