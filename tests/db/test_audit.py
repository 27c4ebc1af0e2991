"""The record of use: what is written into it, and that nobody changes it unseen."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db import profile
from db.audit_check import verify
from db.database import Database, connect
from db.profile import Opened, open_profile
from db.store import SqlStore
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.seal.chain import Chain
from desktop_app.seal.keeper import Keeper
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.audit import AuditEvent, AuditFilter, AuditHead, AuditVerdict, Deed, OuterHead
from desktop_app.use_cases.domain import Choice, EmergencyEvent, StoredDocument, Verdict
from desktop_app.use_cases.errors import Conflict, NotInStore
from desktop_app.use_cases.fingerprint import sha256_of
from desktop_app.use_cases.ports import SignatureRequest
from tests.benchmarks import record
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, draft, log_for
from tests.seal.paper import plan_pdf

ROUNDS = 20


def told(store: SqlStore, **wanted: str) -> list[tuple[str, str, str, str, str]]:
    """Oldest first: deed, what, detail, old, new."""
    rows = store.audit_rows(AuditFilter(**wanted))
    return [(row.event.deed.value, row.event.what, row.event.detail, row.event.old, row.event.new)
            for row in reversed(rows)]


def test_each_change_is_a_row_with_its_old_and_new_value(store: SqlStore) -> None:
    store.start_encounter(draft())
    store.save_answers("encounter-1", {"cancer": Answer(True)})
    store.save_answers("encounter-1", {"cancer": Answer(unknown=Unknown.DECLINED), "fever": Answer(False)})
    store.save_answers("encounter-1", {"cancer": None})
    store.save_choice("encounter-1", "imaging", Choice("imaging", Verdict.ACCEPT))
    store.add_event("encounter-1", EmergencyEvent(NOW, CLINICIAN.name, "shown", "A1"))
    yes, declined, no = ('{"value":{"yes_no":true}}', '{"unknown":"declined"}', '{"value":{"yes_no":false}}')
    rows = told(store, patient_id=PATIENT.id)
    assert [row[:2] for row in rows[:2]] == [("created", "patient"), ("created", "encounter")]
    assert PATIENT.name.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00") in rows[0][4]
    assert rows[2:6] == [("changed", "answer", "cancer", "", yes), ("changed", "answer", "cancer", yes, declined),
                         ("changed", "answer", "fever", "", no), ("changed", "answer", "cancer", declined, "")]
    assert [row[1:3] for row in rows[6:]] == [("choice", "imaging"), ("emergency event", "shown")]
    assert store.verify_audit().sound


def test_settings_and_people_are_told_field_by_field(store: SqlStore) -> None:
    store.save_clinic(replace(CLINIC, telephone="+00 7"))
    store.save_clinic(replace(CLINIC, telephone="+00 7"))
    assert told(store)[-1] == ("changed", "clinic", "telephone", CLINIC.telephone, "+00 7")
    assert [row for row in told(store) if row[1] == "clinic"][:-1] == told(store, deed="created")[1:2]


def test_signing_in_and_out_are_told(opened: Opened, folder: Path, keeper: Keeper) -> None:
    opened.close()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    rows = again.store.audit_rows()
    assert [(row.event.deed, row.by) for row in reversed(rows[:3])] == [
        (Deed.SIGNED_IN, CLINICIAN.id), (Deed.SIGNED_OUT, CLINICIAN.id), (Deed.SIGNED_IN, CLINICIAN.id)]
    again.close()


def test_what_is_refused_leaves_no_row(store: SqlStore) -> None:
    store.start_encounter(draft())
    before = store.audit_head()
    for refused in (lambda: store.start_encounter(draft("encounter-2")), lambda: store.add_patient(PATIENT)):
        with pytest.raises(Conflict):
            refused()
    assert store.audit_head() == before


def test_values_are_locked_with_the_patients_own_key(store: SqlStore) -> None:
    """Erasure: when the key is gone nothing of the patient can be read, and the chain is whole."""
    store.start_encounter(draft())
    store.save_answers("encounter-1", {"goals": Answer("walk to Elmbridge")})
    with store._database.write() as connection:
        dump = connection.exec_driver_sql("SELECT * FROM audit").all()
        assert "Elmbridge" not in repr([row for row in dump if PATIENT.id in row])
        connection.exec_driver_sql("DELETE FROM patient_keys")
        store._log.note(connection, AuditEvent(Deed.ERASED, "patient", PATIENT.id, detail="asked for by the patient"))
    rows = store.audit_rows(AuditFilter(patient_id=PATIENT.id))
    assert rows[0].event.detail == "asked for by the patient"
    assert rows[0].readable
    assert not any(row.readable or row.event.new or row.event.detail for row in rows[1:])
    assert store.verify_audit().sound
    with pytest.raises(NotInStore):
        store.record(AuditEvent(Deed.PRINTED, "care plan", PATIENT.id, detail="on the ward printer"))


def test_filters_and_pages(store: SqlStore) -> None:
    for number in range(30):
        store.record(AuditEvent(Deed.PRINTED if number % 2 else Deed.EXPORTED, f"care plan {number}"))
    assert len(store.audit_rows(AuditFilter(deed="printed"))) == 15
    first = store.audit_rows(limit=10)
    assert [row.sequence for row in store.audit_rows(before=first[-1].sequence, limit=3)] == [
        first[-1].sequence - one for one in (1, 2, 3)]
    assert len(store.audit_rows(AuditFilter(by="nobody"))) == 0


def test_a_full_disk_keeps_the_row_until_it_can_be_written(store: SqlStore) -> None:
    store.start_encounter(draft())
    before = store.audit_head().sequence
    with store._database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limited = store._database.engine.connect()
    limited.close()
    for number in range(2):
        with store._database.engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        store.record(AuditEvent(Deed.VIEWED, f"{number}", detail="x" * 20000))
    assert store.audit_head().sequence == before
    with store._database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.record(AuditEvent(Deed.VIEWED, "2"))
    assert [row.event.what for row in store.audit_rows(limit=3)] == ["2", "1", "0"]


def test_the_head_stands_in_the_signature_and_nowhere_before(opened: Opened, store: SqlStore) -> None:
    pdf, head = plan_pdf(), str(store.audit_head())
    signed = opened.signer().sign(SignatureRequest(pdf, "Care plan signed", CLINICIAN.name, NOW, head))
    assert signed[:len(pdf)] == pdf
    assert head.encode() not in pdf
    found = store.head_in("a file", signed)
    assert found is not None
    assert found.head == store.audit_head()
    assert PdfSeal().verify(signed, [opened.authority]).accepted
    without = opened.signer().sign(SignatureRequest(pdf, "Care plan signed", CLINICIAN.name, NOW))
    assert store.head_in("a file", without) is None


def test_checking_reads_the_record_once_and_seals_each_row_once(tmp_path: Path) -> None:
    """The figure for 100,000 rows comes from the benchmark; here the work is counted, which no slow day moves."""
    sealed, asked = [], []

    class Counted(Chain):
        def link(self, previous: bytes, fields: Sequence[bytes]) -> bytes:
            sealed.append(previous)
            return super().link(previous, fields)

    database = record.filled(tmp_path, 3_000)
    with database.read() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
    verdict = verify(database, Counted(record.KEY))
    database.close()
    assert verdict.sound
    assert verdict.rows == len(sealed) == 3_000
    assert len([one for one in asked if "SELECT" in one]) == 1


@pytest.mark.parametrize("text", ["", "1", "1:ab", f"-1:{'0' * 64}", f"1:{'G' * 64}", f"1:{'0' * 64} ",
                                  f"١:{'0' * 64}", f"1:{'0' * 64}\n"])
def test_a_head_is_read_only_as_it_is_written(text: str) -> None:
    assert AuditHead.read(text) is None


# ---- attacks by somebody who has the open file, as root or with the key of the store --------------------------------

Raw = Any


class Scene:
    """A closed store with a record of some sixty rows, signed documents, and heads that lie elsewhere."""

    def __init__(self, opened: Opened, folder: Path, place: Path) -> None:
        self.folder, self.place, self.key = folder, place, opened._keys.store_key
        store = opened.store
        store.add_patient(PATIENT)
        store.start_encounter(draft())
        for number in range(40):
            store.save_answers("encounter-1", {f"atom{number}": Answer(True)})
        self.older = place / "older.db"
        opened.close()
        shutil.copyfile(folder / profile.STORE_FILE, self.older)
        database = Database(folder / profile.STORE_FILE, self.key)
        later = SqlStore(database, log_for(self.key))
        for _ in range(12):
            later.record(AuditEvent(Deed.VIEWED, "encounter", PATIENT.id))
        self.outside = OuterHead("the backup on the stick", later.audit_head())
        later.close()

    def after(self, attack: Callable[[Raw], None]) -> AuditVerdict:
        """What checking says of a copy that was attacked with every safeguard taken away first."""
        path = self.place / "attacked.db"
        shutil.copyfile(self.folder / profile.STORE_FILE, path)
        raw = connect(path, self.key)
        for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "record of use" in sql:
                raw.execute(f"DROP TRIGGER {name}")
        attack(raw)
        raw.close()
        return self.check(path)

    def check(self, path: Path) -> AuditVerdict:
        database = Database(path, self.key)
        try:
            return verify(database, Chain(self.key), [self.outside])
        finally:
            database.close()


@pytest.fixture
def scene(opened: Opened, folder: Path, tmp_path: Path) -> Scene:
    return Scene(opened, folder, tmp_path)


def rows_of(raw: Raw) -> int:
    return int(raw.execute("SELECT max(sequence) FROM audit").fetchone()[0])


def edit(raw: Raw, chance: random.Random) -> None:
    column, value = chance.choice([("at", "'2020-01-01T00:00:00+00:00'"), ("by", "'somebody'"), ("deed", "'printed'"),
                                   ("what", "'nothing'"), ("patient_id", "'p2'"), ("subject", "'e2'"),
                                   ("content", "x'00'"), ("seal", "zeroblob(32)")])
    raw.execute(f'UPDATE audit SET "{column}" = {value} WHERE sequence = ?',  # noqa: S608  our own words
                (chance.randint(1, rows_of(raw)),))


def delete(raw: Raw, chance: random.Random) -> None:
    raw.execute("DELETE FROM audit WHERE sequence = ?", (chance.randint(1, rows_of(raw) - 1),))


def delete_and_close_the_gap(raw: Raw, chance: random.Random) -> None:
    gone, last = chance.randint(1, rows_of(raw) - 1), rows_of(raw)
    raw.execute("DELETE FROM audit WHERE sequence = ?", (gone,))
    for number in range(gone + 1, last + 1):
        raw.execute("UPDATE audit SET sequence = sequence - 1 WHERE sequence = ?", (number,))


def swap(raw: Raw, chance: random.Random) -> None:
    one, other = sorted(chance.sample(range(1, rows_of(raw) + 1), 2))
    for old, new in ((one, -1), (other, one), (-1, other)):
        raw.execute("UPDATE audit SET sequence = ? WHERE sequence = ?", (new, old))


def insert(raw: Raw, chance: random.Random) -> None:
    at = chance.randint(1, rows_of(raw))
    for number in range(rows_of(raw), at - 1, -1):
        raw.execute("UPDATE audit SET sequence = sequence + 1 WHERE sequence = ?", (number,))
    raw.execute("INSERT INTO audit SELECT ?, at, by, deed, what, patient_id, subject, content, seal FROM audit "
                "WHERE sequence = ?", (at, at + 1))


def append(raw: Raw, chance: random.Random) -> None:
    raw.execute("INSERT INTO audit SELECT sequence + 1, at, by, deed, what, patient_id, subject, content, "
                "randomblob(32) FROM audit ORDER BY sequence DESC LIMIT 1")


def cut_tail(raw: Raw, chance: random.Random) -> None:
    raw.execute("DELETE FROM audit WHERE sequence > ?", (chance.randint(0, rows_of(raw) - 1),))


def write_anew(raw: Raw, chance: random.Random, key: bytes) -> None:
    """One row is changed and every seal after it made anew."""
    raw.execute("UPDATE audit SET by = 'somebody' WHERE sequence = ?", (chance.randint(1, rows_of(raw)),))
    seal, chain = bytes(32), Chain(key)
    for row in raw.execute("SELECT * FROM audit ORDER BY sequence").fetchall():
        fields = [one if isinstance(one, bytes) else str(one).encode() for one in row[:-1]]
        seal = chain.link(seal, fields)
        raw.execute("UPDATE audit SET seal = ? WHERE sequence = ?", (seal, row[0]))


@pytest.mark.parametrize("attack", [edit, delete, delete_and_close_the_gap, swap, insert, append, cut_tail])
def test_every_attack_on_the_rows_is_found(scene: Scene, attack: Callable[[Raw, random.Random], None]) -> None:
    found = 0
    for number in range(ROUNDS):
        found += not scene.after(lambda raw, seed=number: attack(raw, random.Random(seed))).sound
    assert found == ROUNDS


@pytest.mark.parametrize("knows_the_key", [False, True])
def test_a_record_written_anew_is_found(scene: Scene, knows_the_key: bool) -> None:
    """With the key of the store every seal fits again; then the head that lies elsewhere does not."""
    found = 0
    for number in range(ROUNDS):
        key = scene.key if knows_the_key else bytes([number]) * 32
        verdict = scene.after(lambda raw, seed=number, key=key: write_anew(raw, random.Random(seed), key))
        found += not verdict.sound
        if knows_the_key:
            [problem] = verdict.problems
            assert problem == (f"Row {scene.outside.head.sequence} is not the one that the backup on the stick names: "
                               "the rows up to it were written anew.")
    assert found == ROUNDS


def test_an_older_copy_in_the_place_of_the_store_is_found(scene: Scene) -> None:
    for _ in range(ROUNDS):
        verdict = scene.check(scene.older)
        assert len(verdict.problems) == 1
        assert "an older copy of the store" in verdict.problems[0]


def test_a_record_that_nobody_touched_is_sound(scene: Scene) -> None:
    verdict = scene.after(lambda raw: None)
    assert verdict.sound
    assert verdict.compared == 1
    assert verdict.rows == scene.outside.head.sequence


def test_documents_in_the_store_watch_its_record(opened: Opened, store: SqlStore) -> None:
    """Somebody with the store's key writes the record anew; the signed documents, whose keys he lacks, tell of it."""
    store.start_encounter(draft())
    signed = opened.signer().sign(SignatureRequest(plan_pdf(), "Care plan signed", CLINICIAN.name, NOW,
                                                   str(store.audit_head())))
    number = store.next_document_number("care_plan")
    store.sign_encounter("encounter-1", "{}", StoredDocument(
        "document-1", "encounter-1", "care_plan", number, NOW, sha256_of(signed), signed))
    assert store.verify_audit().sound
    assert store.verify_audit().compared == 1
    raw = connect(store._database.path, opened._keys.store_key)
    for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if "record of use" in sql:
            raw.execute(f"DROP TRIGGER {name}")
    raw.execute("UPDATE audit SET by = 'somebody' WHERE sequence = 2")
    write_anew(raw, random.Random(1), opened._keys.store_key)
    raw.close()
    [problem] = store.verify_audit().problems
    assert f"document {number}" in problem
