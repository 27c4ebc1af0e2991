"""A consultation: answers are stored at once, choices must be allowed, a signature is final."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from desktop_app import language, places
from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Status
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Tier
from desktop_app.engine.record import record_text
from desktop_app.parts import Spoken
from desktop_app.use_cases.choosing import advice_by_id
from desktop_app.use_cases.consultation import where_services_are
from desktop_app.use_cases.domain import EncounterState, Letterhead, PaperKind, Verdict
from desktop_app.use_cases.errors import BadData, NotPermitted
from tests.fakes import MarkingSigner
from tests.use_cases.conftest import Surgery

ESI = "epidural_injection"
YES = Answer(value=True)
NO = Answer(value=False)


def test_an_answer_is_stored_before_it_is_shown(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.answer("radicular_pain", YES)
    stored = surgery.store.encounter(consultation.encounter.id).answers
    assert stored["radicular_pain"].value is True
    assert stored["radicular_pain"].on == surgery.clock.today()


def test_undo_takes_one_step_back_to_not_asked(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.answer("radicular_pain", YES)
    assert consultation.undo()
    assert "radicular_pain" not in consultation.answers
    assert "radicular_pain" not in surgery.store.encounter(consultation.encounter.id).answers


def test_a_group_of_answers_is_one_step(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    before = dict(consultation.answers)
    consultation.answer_many({"aorta.collapse": NO, "aorta.hypotension": NO})
    consultation.undo()
    assert dict(consultation.answers) == before


def test_emergency_no_of_yesterday_is_asked_again_and_a_yes_stays(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    assert consultation.decision.emergency.complete
    surgery.clock.day += timedelta(days=1)
    assert not consultation.decision.emergency.complete
    emergency = surgery.consult("c09")
    surgery.clock.day += timedelta(days=1)
    assert emergency.decision.tier.floor is Tier.E


def test_an_elective_option_waits_for_the_emergency_screen(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    assert advice_by_id(consultation.decision)[ESI].status is Status.OFFERED
    consultation.choose(ESI, Verdict.ACCEPT)
    surgery.clock.day += timedelta(days=1)
    with pytest.raises(BadData, match=r"emergency screen|still open"):
        consultation.choose(ESI, Verdict.ACCEPT)
    assert consultation.blocks_to_sign()


def test_an_option_that_is_not_offered_cannot_be_accepted_but_can_be_declined(surgery: Surgery) -> None:
    consultation = surgery.consult("c02")
    with pytest.raises(BadData, match="cannot be accepted: it is not offered"):
        consultation.choose(ESI, Verdict.ACCEPT)
    consultation.choose(ESI, Verdict.DECLINE, "Pain is mild")
    assert consultation.choices[ESI].reason == "Pain is mild"


@pytest.mark.parametrize("verdict", [Verdict.CHANGE, Verdict.DECLINE])
def test_changing_and_declining_need_a_reason(surgery: Surgery, verdict: Verdict) -> None:
    consultation = surgery.consult("c01")
    with pytest.raises(BadData, match="a reason is needed"):
        consultation.choose(ESI, verdict, "  ")
    assert ESI not in consultation.choices


def test_nothing_decided_cannot_be_signed(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    with pytest.raises(BadData, match="Nothing has been decided yet"):
        consultation.sign(MarkingSigner())
    assert surgery.store.documents == []


def test_signing_is_final_and_stores_what_was_decided(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.choose(ESI, Verdict.ACCEPT)
    document = consultation.sign(MarkingSigner())
    assert document.content.endswith(b"signed by Dr N. Karim")
    assert surgery.store.encounter(consultation.encounter.id).state is EncounterState.SIGNED
    assert '"guideline"' in surgery.store.encounter(consultation.encounter.id).record
    with pytest.raises(NotPermitted, match="signed and cannot be changed"):
        consultation.answer("cancer", YES)


def test_a_signed_encounter_keeps_its_own_day(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.choose(ESI, Verdict.ACCEPT)
    consultation.sign(MarkingSigner())
    signed_for = consultation.decision
    surgery.clock.day += timedelta(days=30)
    assert consultation.as_of == date(2026, 11, 12)
    assert consultation.decision.tier == signed_for.tier


def test_an_emergency_ends_only_by_a_recorded_exclusion(surgery: Surgery) -> None:
    consultation = surgery.consult("c09")
    consultation.emergency_shown()
    consultation.emergency_shown()
    atoms = [a for a, given in consultation.answers.items() if a.startswith("cauda_equina") and given.value is True]
    with pytest.raises(BadData, match="Say how"):
        consultation.end_emergency(atoms, how=" ")
    assert consultation.decision.tier.floor is Tier.E
    consultation.end_emergency(atoms, how="MRI at 14:00: no compression, Dr Lund")
    assert consultation.decision.tier.floor < Tier.E
    assert [event.kind for event in consultation.events] == ["shown", "excluded"]
    kept = consultation.answers[atoms[0]]
    assert kept.value is True
    assert kept.excluded is not None
    assert kept.excluded.how.startswith("MRI at 14:00")


def test_an_exclusion_cannot_be_undone_by_undo(surgery: Surgery) -> None:
    consultation = surgery.consult("c09")
    consultation.end_emergency(["cauda_equina.saddle_numbness"], how="asked again", entered_in_error=True)
    assert not consultation.undo()


def test_an_emergency_is_handed_over_by_name(surgery: Surgery) -> None:
    consultation = surgery.consult("c09")
    with pytest.raises(BadData, match="to whom"):
        consultation.hand_over("")
    consultation.hand_over("Ambulance 12, Dr Lund informed")
    assert "handed over" in surgery.store.summaries[consultation.encounter.id].next_step


def test_contradicting_answers_block_the_signature(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.choose(ESI, Verdict.ACCEPT)
    consultation.answer("fracture_cause", Answer(value="malignant"))
    assert any("contradict" in words for words in consultation.blocks_to_sign())


def test_the_position_is_kept_for_resuming(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.set_position("examination/power")
    again = surgery.desk.open(consultation.patient.id)
    assert again.position == "examination/power"
    assert again.encounter.id == consultation.encounter.id


def test_the_advice_is_there_at_once_and_what_would_change_it_follows_in_pieces(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    decision = consultation.decision
    assert consultation.whole is None
    assert all(advice.flips == () for advice in decision.options)
    assert any(advice.why or advice.why_not for advice in decision.options)
    pieces = 1
    while consultation.work_on():
        assert consultation.whole is None
        pieces += 1
    assert pieces > len(decision.options)  # small enough to stop between any two
    whole = consultation.whole
    assert whole is not None
    assert any(advice.flips for advice in whole.options)
    assert consultation.decision is decision
    assert not consultation.work_on()
    settled = [dataclasses.replace(o, flips=(), blocked_by=()) for o in whole.options]
    assert settled == [dataclasses.replace(o, blocked_by=()) for o in decision.options]
    assert whole == decide(surgery.desk.pack, consultation.sheet, consultation.as_of, surgery.clinical,
                           services=where_services_are(consultation.clinic))


def test_what_would_change_the_advice_is_never_that_of_older_answers(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    for _ in range(5):
        assert consultation.work_on()
    consultation.answer("radicular_pain", NO)
    assert consultation.whole is None
    while consultation.work_on():
        pass
    assert consultation.whole == consultation.whole_now()
    assert consultation.whole is not None
    assert consultation.whole.answers["radicular_pain"].value is False
    consultation.undo()
    assert consultation.whole is None
    surgery.clock.day += timedelta(days=1)
    assert consultation.whole_now().as_of == surgery.clock.day


def test_the_printed_plan_has_every_what_if(surgery: Surgery) -> None:
    consultation = surgery.consult("c29")
    consultation.draft(PaperKind.CARE_PLAN)
    plan = surgery.documents.plans[-1]
    assert any(advice.flips for advice in plan.decision.options)
    assert plan.record == record_text(plan.decision)
    assert consultation.whole is plan.decision


def test_papers_are_told_in_the_language_of_the_clinic_and_the_record_is_not(surgery: Surgery) -> None:
    language.use(language.ENGLISH, places.resources() / "translations")
    consultation = surgery.consult("c01")
    english = consultation.plan_input("1", None)
    assert (english.language, english.words) == ("en", None)
    clinic = surgery.store.clinic()
    surgery.store.save_clinic(dataclasses.replace(clinic, letterhead=Letterhead(language="fr")))
    consultation._in_language = Spoken()
    french = consultation.plan_input("1", None)
    assert (french.language, french.record, french.decision) == ("fr", english.record, english.decision)
    assert french.words is not None
    told = french.words.decision
    assert [one.status for one in told.options] == [one.status for one in english.decision.options]
    assert [one.title for one in told.options] != [one.title for one in english.decision.options]
    assert french.in_other_words().in_other_words() == french
