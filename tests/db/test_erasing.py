"""After an erasure the patient's words are on no page of the decrypted store; the record of use stays whole."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from db.profile import Opened
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.domain import Choice, EmergencyEvent, Patient, StoredDocument, Verdict
from desktop_app.use_cases.errors import NotInStore, RecordLocked
from tests.people import CLINICIAN, NOW, PATIENT, TODAY, draft

GONE = ("Zyxwanda Quorlimp", "zyxwanda", "CNRY-77341", "1931-02-17", "wishes for Quorlimp")
CANARY = Patient("patient-canary", "CNRY-77341", "Zyxwanda Quorlimp", TODAY.replace(1931, 2, 17), "female")


PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16


def pages(opened: Opened) -> bytes:
    """Every page of the closed store, free ones among them, without its encryption, as the format has it."""
    opened.close()
    content = (opened.folder / "store.db").read_bytes()
    plain = []
    for start in range(0, len(content), PAGE):
        page = content[start:start + PAGE]
        locked = page[SALT if start == 0 else 0:PAGE - RESERVED]
        vector = page[PAGE - RESERVED:PAGE - RESERVED + IV]
        opener = Cipher(algorithms.AES(opened._keys.store_key), modes.CBC(vector)).decryptor()
        plain.append(opener.update(locked) + opener.finalize())
    return b"".join(plain)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """The canary with a signed plan and a draft beside another patient."""
    store.add_patient(CANARY)
    store.start_encounter(draft("encounter-c", CANARY, answers={"goals": Answer("wishes for Quorlimp")}))
    store.save_choice("encounter-c", "imaging", Choice("imaging", Verdict.DECLINE, "Zyxwanda Quorlimp refuses"))
    store.add_event("encounter-c", EmergencyEvent(NOW, CLINICIAN.id, "shown", "A1", "told Quorlimp"))
    store.save_summary("encounter-c", "U14", final=True, due_date=TODAY, emergency=False, next_step="Quorlimp waits")
    number = store.next_document_number("care_plan")
    content = b"plan of Zyxwanda Quorlimp " * 400
    store.sign_encounter("encounter-c", '{"name": "Zyxwanda Quorlimp"}', StoredDocument(
        "document-c", "encounter-c", "care_plan", number, NOW, hashlib.sha256(content).hexdigest(), content))
    store.start_encounter(draft("encounter-d", CANARY))
    store.start_encounter(draft("encounter-other", PATIENT))
    return store


def test_the_words_are_found_before(filled: SqlStore, opened: Opened) -> None:
    found = pages(opened)
    assert [word for word in GONE if word.encode() not in found] == []


def test_and_on_no_page_after_it_free_or_in_use(filled: SqlStore, opened: Opened) -> None:
    assert filled.erase_patient(CANARY.id, "asked for it in writing", "clinician-2") == 2
    assert (opened.folder / "store.db-wal").stat().st_size == 0
    left = pages(opened)
    assert PATIENT.number.encode() in left
    assert [word for word in GONE if word.encode() in left] == []


def test_the_record_of_use_stays_whole_and_says_who_and_why(filled: SqlStore) -> None:
    filled.erase_patient(CANARY.id, "asked for it in writing", "clinician-2")
    assert filled.verify_audit().sound
    rows = filled.audit_rows(AuditFilter(patient_id=CANARY.id))
    assert rows[0].event.deed is Deed.ERASED
    assert (rows[0].event.subject, rows[0].event.detail) == ("clinician-2", "asked for it in writing")
    assert not any(row.readable for row in rows[1:] if row.event.deed is Deed.CHANGED)


def test_what_is_signed_of_others_is_guarded_as_before(filled: SqlStore) -> None:
    filled.erase_patient(CANARY.id, "asked for it in writing", "clinician-2")
    assert [row.patient.id for row in filled.worklist()] == [PATIENT.id]
    with pytest.raises(NotInStore):
        filled.patient(CANARY.id)
    content = b"plan of another"
    number = filled.next_document_number("care_plan")
    filled.sign_encounter("encounter-other", "{}", StoredDocument(
        "document-o", "encounter-other", "care_plan", number, NOW, hashlib.sha256(content).hexdigest(), content))
    with pytest.raises(RecordLocked):
        filled.save_choice("encounter-other", "imaging", Choice("imaging", Verdict.ACCEPT))


def test_nobody_is_erased_who_is_not_there(filled: SqlStore) -> None:
    with pytest.raises(NotInStore):
        filled.erase_patient("patient-nobody", "a reason", "clinician-2")
