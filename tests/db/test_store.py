"""What goes into the store comes out of it, in the right order and only once where once is meant."""

from __future__ import annotations

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from db.profile import Opened, open_profile
from db.store import SqlStore
from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.domain import (
    Choice,
    Clinician,
    EmergencyEvent,
    Encounter,
    EncounterState,
    Letterhead,
    LocalService,
    Patient,
    Role,
    StoredDocument,
    Verdict,
)
from desktop_app.use_cases.errors import Conflict, NotInStore
from tests.db.test_answer_json import answers as any_answer
from tests.documents.logos import logo
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, TODAY, draft


def paper(encounter_id: str, number: str = "CP-TR01-000001", content: bytes = b"%PDF") -> StoredDocument:
    return StoredDocument(f"document-{number}", encounter_id, "care_plan", number, NOW,
                          hashlib.sha256(content).hexdigest(), content)


def signed(store: SqlStore, encounter: Encounter) -> Encounter:
    stored = store.start_encounter(encounter)
    store.sign_encounter(stored.id, '{"as_of": "2026-11-22"}',
                         paper(stored.id, store.next_document_number("care_plan")))
    return store.encounter(stored.id)


def test_clinic_and_clinicians(store: SqlStore) -> None:
    assert store.clinic() == CLINIC
    moved = replace(CLINIC, address="2 Mill Road", phones={}, services={"ct": LocalService("none")})
    store.save_clinic(moved)
    assert store.clinic() == moved
    second = Clinician("clinician-2", "Dr A. Bell", "physiotherapist", Role.REVIEWER)
    store.save_clinician(second)
    assert store.clinician("clinician-2") == second
    assert [one.name for one in store.clinicians()] == ["Dr A. Bell", "Dr N. Karim"]


def test_the_letterhead_is_kept_with_its_picture(opened: Opened, folder: Path, keeper: Keeper) -> None:
    """In the encrypted file, and read from it again after it was closed."""
    paper = Letterhead(logo(), "Letter", 30, "fr")
    opened.store.save_clinic(replace(opened.store.clinic(), letterhead=paper))
    assert logo() not in b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    opened.close()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    assert again.store.clinic().letterhead == paper
    again.close()


def test_finding_patients(store: SqlStore) -> None:
    other = Patient("patient-2", "TR-0002", "Karl 100% Test_Case", date(1940, 2, 29), "male")
    store.add_patient(other)
    assert store.patient("patient-2") == other
    assert store.find_patients("") == (other, PATIENT) or store.find_patients("") == (PATIENT, other)
    assert store.find_patients("öberg") == (PATIENT,)
    assert store.find_patients("ÖBERG tr-0001") == (PATIENT,)
    assert store.find_patients("100%") == (other,)
    assert store.find_patients("t_c") == (other,)
    assert store.find_patients("%") == (other,)
    assert store.find_patients("nobody") == ()


@pytest.mark.parametrize(("name", "typed"), [
    ("Zoë Müller-O’Brien", "muller o'brien"),
    ("Zoë Müller-O’Brien", "müller obrien zoe"),
    ("Zoe Muller O'Brien", "Müller-O’Brien"),
    ("José Cœur", "jose coeur"),
    ("Søren Łukasz", "soren lukasz"),
    ("Nguyễn Văn", "nguyen van"),
    ("Ιωάννης", "ιωαννης"),
    ("Groß", "gross"),
    ("मीरा", "मीरा"),
    ("محمد", "محمد"),
])
def test_accents_apostrophes_and_hyphens_keep_nobody_from_being_found(store: SqlStore, name: str, typed: str) -> None:
    other = Patient("patient-2", "TR-0002", name, date(1940, 2, 29), "male")
    store.add_patient(other)
    assert store.find_patients(typed) == (other,)
    assert store.patient("patient-2").name == name


def test_the_signs_of_hindi_are_letters(store: SqlStore) -> None:
    store.add_patient(Patient("patient-2", "TR-0002", "मीरा", date(1940, 2, 29), "female"))
    assert store.find_patients("मर") == ()


def test_the_language_of_the_patients_sheet_is_kept(store: SqlStore) -> None:
    store.save_patient_language(PATIENT.id, "hi")
    assert store.patient(PATIENT.id) == replace(PATIENT, language="hi")
    other = Patient("patient-3", "TR-0003", "Fatima Test", date(1950, 1, 1), "female", language="ar")
    store.add_patient(other)
    assert store.patient("patient-3") == other


def test_a_patient_number_is_given_once(store: SqlStore) -> None:
    with pytest.raises(Conflict, match="TR-0001 is already given"):
        store.add_patient(replace(PATIENT, id="patient-9", name="Somebody Else"))
    assert len(store.find_patients("TR-0001")) == 1


def test_whose_number_it_is_is_found_among_many(store: SqlStore) -> None:
    """A search shows 200 at most; a number must not be given twice because it stands in more names than that."""
    for number in range(250):
        store.add_patient(Patient(f"many-{number}", f"X{number}", "Aa TR-0001 Namesake", date(1950, 1, 1), "female"))
    assert store.patient_numbered("tr-0001") == PATIENT
    assert store.patient_numbered("\u03a4R-0001") == PATIENT  # a Greek T
    assert store.patient_numbered("TR-00") is None


def test_an_encounter_comes_back_whole(store: SqlStore) -> None:
    local = timezone(timedelta(hours=5, minutes=45))
    events = (EmergencyEvent(datetime(2026, 11, 22, 18, 50, tzinfo=local), "clinician-1", "shown", "A1"),
              EmergencyEvent(datetime(2026, 11, 22, 18, 40, tzinfo=local), "clinician-1", "excluded", "A1", "scan"))
    whole = replace(
        draft(answers={"age": Answer(Quantity(75.0, 75.0, "years")), "opioids": Answer(()),
                       "fall": Answer(DateRange(date(2026, 1, 1), date(2026, 1, 31)), note="about January"),
                       "goals": Answer(unknown=Unknown.DECLINED)}),
        choices=(Choice("surgery", Verdict.DECLINE, "refused"), Choice("imaging", Verdict.ACCEPT)),
        events=events, position="imaging/compression", reason="first visit")
    stored = store.start_encounter(whole)
    assert stored.sequence == 1
    # Events stay in the order they were recorded in, also when the clock was set back between them.
    assert store.encounter(whole.id) == replace(whole, sequence=1)
    assert store.open_draft(PATIENT.id) == stored


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(answer=any_answer)
def test_any_answer_survives_the_store(store: SqlStore, answer: Answer) -> None:
    patient = Patient(uuid.uuid4().hex, uuid.uuid4().hex, "Somebody", TODAY, "male")
    store.add_patient(patient)
    stored = store.start_encounter(draft(uuid.uuid4().hex, patient))
    store.save_answers(stored.id, {"atom": answer})
    assert store.encounter(stored.id).answers == {"atom": answer}


def test_answers_change_and_are_taken_back(store: SqlStore) -> None:
    store.start_encounter(draft(answers={"cancer": Answer(True), "fever": Answer(False)}))
    store.save_answers("encounter-1", {"cancer": None, "fever": Answer(True), "pain": Answer("severe")})
    assert store.encounter("encounter-1").answers == {"fever": Answer(True), "pain": Answer("severe")}
    store.save_answers("encounter-1", {"never_given": None})


def test_choices_keep_their_place_when_changed(store: SqlStore) -> None:
    store.start_encounter(draft())
    store.save_choice("encounter-1", "b", Choice("b", Verdict.ACCEPT))
    store.save_choice("encounter-1", "a", Choice("a", Verdict.ACCEPT))
    store.save_choice("encounter-1", "b", Choice("b", Verdict.DECLINE, "refused"))
    assert store.encounter("encounter-1").choices == (
        Choice("b", Verdict.DECLINE, "refused"), Choice("a", Verdict.ACCEPT))
    store.save_choice("encounter-1", "b", None)
    assert [choice.option for choice in store.encounter("encounter-1").choices] == ["a"]
    with pytest.raises(ValueError):
        store.save_choice("encounter-1", "a", Choice("b", Verdict.ACCEPT))


def test_position_and_basis_of_a_draft(store: SqlStore) -> None:
    store.start_encounter(draft())
    store.save_clinician(Clinician("clinician-2", "Dr A. Bell", "neurologist"))
    store.save_position("encounter-1", "review/0")
    store.save_basis("encounter-1", as_of=date(2026, 11, 23), clinician_id="clinician-2", guideline_id="blank",
                     guideline_version="1.1", content_hash="def")
    found = store.encounter("encounter-1")
    assert (found.position, found.as_of, found.clinician_id) == ("review/0", date(2026, 11, 23), "clinician-2")
    assert (found.guideline_version, found.content_hash) == ("1.1", "def")


def test_one_open_draft_for_a_patient_and_guideline(store: SqlStore) -> None:
    store.start_encounter(draft())
    with pytest.raises(Conflict, match="unfinished encounter already"):
        store.start_encounter(draft("encounter-2"))
    store.start_encounter(replace(draft("encounter-3"), guideline_id="another"))


def test_order_is_the_sequence_and_not_the_clock(store: SqlStore) -> None:
    first = signed(store, draft("encounter-1"))
    earlier = datetime(1999, 1, 1, tzinfo=UTC)
    second = signed(store, replace(draft("encounter-2"), started=earlier))
    third = store.start_encounter(replace(draft("encounter-3"), started=earlier - timedelta(days=1)))
    assert [one.sequence for one in (first, second, third)] == [1, 2, 3]
    assert [one.id for one in store.encounters_of(PATIENT.id)] == ["encounter-3", "encounter-2", "encounter-1"]


def test_only_drafts_without_a_record_are_started(store: SqlStore) -> None:
    with pytest.raises(ValueError):
        store.start_encounter(replace(draft(), state=EncounterState.SIGNED))
    with pytest.raises(ValueError):
        store.start_encounter(replace(draft(), record="{}"))


@pytest.mark.parametrize("missing", [{"patient_id": "nobody"}, {"clinician_id": "nobody"}, {"supersedes": "none"}])
def test_what_an_encounter_names_must_be_there(store: SqlStore, missing: dict[str, str]) -> None:
    with pytest.raises(NotInStore):
        store.start_encounter(replace(draft(), **missing))
    assert store.encounters_of(PATIENT.id) == ()


def test_unknown_ids_are_said_in_words(store: SqlStore) -> None:
    for ask in (store.patient, store.encounter, store.clinician):
        with pytest.raises(NotInStore, match="no such"):
            ask("nobody")
    with pytest.raises(NotInStore):
        store.save_answers("nobody", {})
    assert store.documents_of("nobody") == ()
    assert store.open_draft("nobody") is None


def test_signing_stores_record_and_document(store: SqlStore) -> None:
    store.start_encounter(draft())
    document = paper("encounter-1", content=b"%PDF signed")
    store.sign_encounter("encounter-1", '{"as_of": "2026-11-22"}', document)
    found = store.encounter("encounter-1")
    assert (found.state, found.record) == (EncounterState.SIGNED, '{"as_of": "2026-11-22"}')
    assert store.documents_of("encounter-1") == (document,)
    assert store.open_draft(PATIENT.id) is None


def test_a_document_with_a_wrong_fingerprint_is_not_stored(store: SqlStore) -> None:
    store.start_encounter(draft())
    for wrong in (replace(paper("encounter-1"), content=b"other"), paper("encounter-2")):
        with pytest.raises(ValueError):
            store.sign_encounter("encounter-1", "{}", wrong)
    assert store.encounter("encounter-1").state is EncounterState.DRAFT


def test_a_correction_supersedes(store: SqlStore) -> None:
    signed(store, draft("encounter-1"))
    store.start_encounter(draft("encounter-2", supersedes="encounter-1"))
    assert store.encounter("encounter-1").state is EncounterState.SIGNED
    store.sign_encounter("encounter-2", "{}", paper("encounter-2", "CP-TR01-000002"))
    assert store.encounter("encounter-1").state is EncounterState.SUPERSEDED
    assert store.encounter("encounter-2").supersedes == "encounter-1"
    with pytest.raises(Conflict, match="corrected already"):
        store.start_encounter(draft("encounter-3", supersedes="encounter-1"))


def test_a_draft_cannot_be_corrected_nor_another_patients_encounter(store: SqlStore) -> None:
    store.start_encounter(draft("encounter-1"))
    with pytest.raises(Conflict, match="not finished"):
        store.start_encounter(replace(draft("encounter-2", supersedes="encounter-1"), guideline_id="another"))
    other = Patient("patient-2", "TR-0002", "Karl Test", date(1940, 2, 29), "male")
    store.add_patient(other)
    with pytest.raises(NotInStore, match="another patient"):
        store.start_encounter(draft("encounter-3", other, supersedes="encounter-1"))


def test_document_numbers_count_by_kind_and_station_and_are_used_once(store: SqlStore) -> None:
    given = [store.next_document_number("care_plan") for _ in range(3)]
    assert given == ["CP-TR01-000001", "CP-TR01-000002", "CP-TR01-000003"]
    assert store.next_document_number("referral_letter") == "RL-TR01-000001"
    assert store.next_document_number("patient_handout") == "PH-TR01-000001"
    assert store.next_document_number("fitness_note") == "FN-TR01-000001"
    store.save_clinic(replace(CLINIC, station="TR02"))
    assert store.next_document_number("care_plan") == "CP-TR02-000001"


def test_numbers_asked_for_at_the_same_time_are_all_different(store: SqlStore) -> None:
    with ThreadPoolExecutor(4) as several:
        given = list(several.map(lambda _: store.next_document_number("care_plan"), range(60)))
    assert sorted(given) == [f"CP-TR01-{number:06d}" for number in range(1, 61)]


def test_worklist_has_the_most_urgent_first(store: SqlStore) -> None:
    wanted = [("e", "E", date(2026, 11, 22), True), ("soon", "R3", date(2026, 11, 25), False),
              ("same-day-urgent", "U14", date(2026, 12, 1), False), ("same-day", "R3", date(2026, 12, 1), False),
              ("newest-undated", "NONE", None, False), ("undated", "NONE", None, False)]
    for name, tier, due, emergency in reversed(wanted):
        patient = Patient(f"p-{name}", f"N-{name}", name, date(1950, 1, 1), "male")
        store.add_patient(patient)
        store.start_encounter(draft(name, patient))
        store.save_summary(name, tier, final=tier == "U14", due_date=due, emergency=emergency, next_step=f"see {name}")
    rows = store.worklist()
    assert [row.encounter_id for row in rows] == [name for name, *_ in wanted]
    assert rows[0].emergency
    assert rows[0].patient.name == "e"
    assert rows[0].next_step == "see e"
    assert rows[2].final
    assert rows[2].tier_floor == "U14"
    assert rows[2].due_date == date(2026, 12, 1)
    assert rows[-1].due_date is None
    assert rows[-1].started == NOW
    assert rows[-1].state is EncounterState.DRAFT
    assert [row.encounter_id for row in store.worklist(limit=2)] == ["e", "soon"]


def test_worklist_shows_each_patients_newest_signed_encounter_and_the_open_draft(store: SqlStore) -> None:
    signed(store, draft("encounter-1"))
    signed(store, draft("encounter-2"))
    store.start_encounter(draft("encounter-3"))
    assert {row.encounter_id for row in store.worklist()} == {"encounter-2", "encounter-3"}


def test_a_summary_is_worked_out_again_after_signing_too(store: SqlStore) -> None:
    signed(store, draft("encounter-1"))
    store.save_summary("encounter-1", "R3", final=True, due_date=TODAY, emergency=False, next_step="refer")
    assert store.worklist()[0].next_step == "refer"
    with pytest.raises(NotInStore):
        store.save_summary("nobody", "R3", final=True, due_date=TODAY, emergency=False, next_step="refer")


def test_the_worklists_page_is_cut_out_of_its_index(store: SqlStore) -> None:
    with store._database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT encounter_id FROM summaries WHERE shown IS 1 "
            "ORDER BY emergency DESC, due_on, urgency DESC, sequence DESC LIMIT 200").all()
    assert "COVERING INDEX summaries_in_order" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_clinician_of_an_encounter(store: SqlStore) -> None:
    stored = store.start_encounter(draft())
    assert store.clinician(stored.clinician_id) == CLINICIAN
