"""Corrections and voided plans over a real store, with real documents and signatures: nothing signed ever changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from db.profile import Opened
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.seal.attached import RECORD
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import EncounterState, Role, TimeStamp, Verdict
from desktop_app.use_cases.errors import BadData, Conflict, NotPermitted, RecordLocked, WrongPassphrase
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from tests.fakes import PASSPHRASE, MarkingSigner, PlainDocuments, StillClock, confirm
from tests.people import CLINICIAN, NOW

WHY = "The fracture is at L2, not at L1"
WRONG = "Answers of another patient were entered here"


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW.date())


@pytest.fixture
def desk(opened: Opened, pack: Pack, clinical: ClinicalArithmetic, clock: StillClock) -> Desk:
    return Desk(pack=pack, clinical=clinical, store=opened.store, clock=clock, documents=PlainDocuments,
                confirm=confirm,
                signer=MarkingSigner, clinician=CLINICIAN)


Consult = Callable[..., Consultation]


@pytest.fixture
def signed(desk: Desk, cases: dict[str, Case]) -> Consult:
    """A consultation of one patient, answered as the case says and signed."""
    case = next(one for name, one in sorted(cases.items()) if one.choices and name.startswith("c01"))
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0009", born=case.patient.born or NOW.date(),
                               sex="female")

    def make() -> Consultation:
        consultation = desk.open(patient.id)
        consultation.answer_many({a: v for a, v in case.sheet.items() if a not in {SEX, DATE_OF_BIRTH}})
        for choice in case.choices:
            consultation.choose(choice.option, Verdict(choice.verdict), choice.reason or "as discussed")
        consultation.sign(desk.signer(PASSPHRASE))
        return consultation

    return make


def corrected(desk: Desk, old: Consultation, why: str = WHY) -> Consultation:
    draft = desk.correct(old.encounter.id, why)
    draft.sign(desk.signer(PASSPHRASE))
    return draft


def number(consultation: Consultation) -> str:
    return consultation.standing.number


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def record(pdf: bytes) -> dict[str, object]:
    names = PdfFileReader(BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    at = [str(one) for one in names].index(RECORD)
    found: dict[str, object] = json.loads(names[at + 1]["/EF"]["/F"].data)
    return found


def test_a_correction_begins_with_everything_the_old_plan_holds(desk: Desk, signed: Consult) -> None:
    old = signed()
    draft = desk.correct(old.encounter.id, f"  {WHY} ")
    assert draft.encounter.state is EncounterState.DRAFT
    assert draft.answers == old.answers
    assert dict(draft.choices) == dict(old.choices)
    assert draft.encounter.reason == WHY
    assert desk.open_encounter(old.encounter.id).standing.holds  # until the correction is signed


def test_the_new_papers_name_the_old_ones_with_number_and_reason(
    opened: Opened, desk: Desk, signed: Consult
) -> None:
    desk._documents, desk._signer = Paper, opened.signer
    old = signed()
    before = {one.kind: one for one in old.documents}
    new = corrected(desk, old)
    for document in new.documents:
        named = before.get(document.kind, before["care_plan"]).number
        assert named in words(document.content), document.kind
        if document.kind in {"care_plan", "referral_letter"}:
            assert WHY in words(document.content)
            assert record(document.content)["document"]["replaces"] == {"number": named, "reason": WHY}
        assert PdfSeal().verify(document.content, [opened.authority]).accepted


def test_the_old_plan_says_what_took_its_place_and_keeps_its_bytes(desk: Desk, signed: Consult) -> None:
    old = signed()
    before = old.documents
    new = corrected(desk, old)
    again = desk.open_encounter(old.encounter.id)
    assert again.documents == before
    standing = again.standing
    assert (standing.replaced_by, standing.why_replaced, standing.holds) == (number(new), WHY, False)
    assert standing.replaced_on == NOW.date()
    assert [row.encounter_id for row in desk.worklist()] == [new.encounter.id]
    assert [one.standing.number for one in desk.history(old.patient.id)] == [number(new), standing.number]


def test_what_cannot_be_corrected_says_why(desk: Desk, signed: Consult, clock: StillClock) -> None:
    old = signed()
    with pytest.raises(BadData, match="why"):
        desk.correct(old.encounter.id, "  ")
    clock.day += timedelta(days=20)
    later = signed()
    with pytest.raises(Conflict, match=number(later)):
        desk.correct(old.encounter.id, WHY)
    draft = desk.correct(later.encounter.id, WHY)
    with pytest.raises(Conflict, match="unfinished"):
        desk.correct(later.encounter.id, WHY)
    with pytest.raises(Conflict, match="unfinished"):
        desk.correct(draft.encounter.id, WHY)


def test_a_voided_plan_is_kept_its_clock_stops_and_the_one_before_is_in_sight_again(
    desk: Desk, signed: Consult, clock: StillClock
) -> None:
    first = signed()
    clock.day += timedelta(days=20)
    second = signed()
    due = {row.encounter_id: row.due_date for row in desk.worklist()}
    assert set(due) == {second.encounter.id}
    desk.void(second.encounter.id, WRONG, PASSPHRASE)
    rows = {row.encounter_id: row for row in desk.worklist()}
    assert set(rows) == {first.encounter.id, second.encounter.id}
    gone = rows[second.encounter.id]
    assert (gone.state, gone.due_date, gone.emergency) == (EncounterState.VOIDED, None, False)
    assert gone.void is not None
    assert (gone.void.reason, gone.void.by, gone.void.was_due) == (WRONG, CLINICIAN.name, due[second.encounter.id])
    assert desk.open_encounter(second.encounter.id).documents == second.documents
    assert desk.visits(first.patient.id).signed == first.encounter.id


def test_nothing_of_a_voided_plan_is_carried_into_the_next_consultation(desk: Desk, signed: Consult) -> None:
    wrong = signed()
    desk.void(wrong.encounter.id, WRONG, PASSPHRASE)
    assert dict(desk.open(wrong.patient.id).answers) == {}


def test_a_plan_holds_again_when_its_correction_is_voided(desk: Desk, signed: Consult) -> None:
    old = signed()
    due = desk.worklist()[0].due_date
    new = corrected(desk, old)
    desk.void(new.encounter.id, WRONG, PASSPHRASE)
    assert desk.open_encounter(old.encounter.id).standing.holds
    shown = {row.encounter_id: row.due_date for row in desk.worklist()}
    assert shown == {old.encounter.id: due, new.encounter.id: None}
    third = corrected(desk, old, "again, for the right patient")
    assert desk.open_encounter(old.encounter.id).standing.replaced_by == number(third)
    assert [row.encounter_id for row in desk.worklist()] == [third.encounter.id]


def test_a_correction_begun_before_the_old_plan_was_voided_can_be_signed(desk: Desk, signed: Consult) -> None:
    old = signed()
    draft = desk.correct(old.encounter.id, WHY)
    assert desk.took_over_from(old.encounter.id) == ("the unfinished consultation",)
    desk.void(old.encounter.id, WRONG, PASSPHRASE)
    draft.sign(desk.signer(PASSPHRASE))
    assert desk.open_encounter(old.encounter.id).standing.void is not None
    assert draft.standing.holds


def test_void_asks_for_a_reason_a_clinician_and_a_signed_plan(desk: Desk, signed: Consult) -> None:
    plan = signed()
    with pytest.raises(BadData, match="why"):
        desk.void(plan.encounter.id, " ", PASSPHRASE)
    desk.access.person = replace(CLINICIAN, role=Role.VIEWER)
    for act in (lambda: desk.void(plan.encounter.id, WRONG, PASSPHRASE),
                lambda: desk.correct(plan.encounter.id, WRONG)):
        with pytest.raises(NotPermitted, match="You may not"):
            act()
    desk.access.person = CLINICIAN
    draft = desk.correct(plan.encounter.id, WHY)
    with pytest.raises(Conflict, match="not signed"):
        desk.void(draft.encounter.id, WRONG, PASSPHRASE)
    desk.void(plan.encounter.id, WRONG, PASSPHRASE)
    with pytest.raises(Conflict, match="voided already"):
        desk.void(plan.encounter.id, WRONG, PASSPHRASE)


def test_void_asks_for_the_passphrase_as_the_signature_does(desk: Desk, signed: Consult) -> None:
    plan = signed()
    with pytest.raises(WrongPassphrase):
        desk.void(plan.encounter.id, WRONG, "whoever stands at an open window")
    assert desk.open_encounter(plan.encounter.id).standing.holds


@pytest.mark.parametrize("statement", [
    "UPDATE voids SET reason = 'other'",
    "DELETE FROM voids",
    "INSERT OR REPLACE INTO voids SELECT encounter_id, at, by, 'other', was_due FROM voids",
    "UPDATE encounters SET state = 'signed' WHERE state = 'voided'",
    "UPDATE encounters SET state = 'draft' WHERE state = 'voided'",
    "UPDATE encounters SET record = '' WHERE state = 'voided'",
    "DELETE FROM time_stamps",
    "INSERT OR REPLACE INTO time_stamps SELECT document_id, fetched, authority, x'00' FROM time_stamps",
])
def test_the_database_keeps_what_was_voided_and_stamped(opened: Opened, desk: Desk, signed: Consult,
                                                        statement: str) -> None:
    plan = signed()
    stamp = TimeStamp(plan.documents[0].id, NOW, "http://stamps.example", b"\x30\x00")
    opened.store.save_time_stamp(stamp)
    desk.void(plan.encounter.id, WRONG, PASSPHRASE)
    with pytest.raises(RecordLocked), opened.store._database.write() as connection:
        connection.exec_driver_sql(statement)
    assert opened.store.time_stamp(plan.documents[0].id) == stamp
    with pytest.raises(Conflict, match="already"):
        opened.store.save_time_stamp(stamp)


def test_a_void_without_its_state_is_refused(opened: Opened, desk: Desk, signed: Consult) -> None:
    signed()
    with pytest.raises(RecordLocked), opened.store._database.write() as connection:
        connection.exec_driver_sql("INSERT INTO voids SELECT id, 'x', 'y', 'z', '9999-12-31' FROM encounters")


def test_a_document_is_found_by_its_bytes_and_by_its_number(opened: Opened, desk: Desk, signed: Consult) -> None:
    plan = signed().documents[0]
    for found in (opened.store.find_document(sha256=plan.sha256), opened.store.find_document(number=plan.number)):
        assert found is not None
        assert (found.id, found.number, found.sha256) == (plan.id, plan.number, plan.sha256)
    assert opened.store.find_document(sha256="0" * 64) is None
    assert opened.store.find_document(number="CP-XX-1") is None
