"""A signed encounter is not changed: neither through the repository nor by SQL that goes round it."""

from __future__ import annotations

import pytest

from db import failures
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.domain import Choice, EmergencyEvent, Impression, Verdict
from desktop_app.use_cases.errors import RecordLocked
from tests.db.test_store import paper, signed
from tests.people import CLINICIAN, NOW, TODAY, draft


@pytest.fixture
def locked(store: SqlStore) -> SqlStore:
    start = draft(answers={"cancer": Answer(True)})
    store.start_encounter(start)
    store.save_choice(start.id, "imaging", Choice("imaging", Verdict.ACCEPT))
    store.add_event(start.id, EmergencyEvent(NOW, CLINICIAN.id, "shown", "A1"))
    store.save_impression(start.id, Impression("a root", NOW, CLINICIAN.name, closed=True))
    store.sign_encounter(start.id, "{}", paper(start.id, "CP-TR01-000009"))
    return store


def test_the_repository_refuses(locked: SqlStore) -> None:
    before = locked.encounter("encounter-1")
    attempts = [
        lambda: locked.save_answers("encounter-1", {"cancer": Answer(False)}),
        lambda: locked.save_answers("encounter-1", {"cancer": None}),
        lambda: locked.save_answers("encounter-1", {}),
        lambda: locked.save_position("encounter-1", "review"),
        lambda: locked.save_basis("encounter-1", as_of=TODAY, clinician_id=CLINICIAN.id, guideline_id="blank",
                                  guideline_version="2", content_hash="x"),
        lambda: locked.save_choice("encounter-1", "imaging", None),
        lambda: locked.save_choice("encounter-1", "imaging", Choice("imaging", Verdict.DECLINE, "no")),
        lambda: locked.add_event("encounter-1", EmergencyEvent(NOW, CLINICIAN.id, "excluded", "A1")),
        lambda: locked.save_impression("encounter-1", Impression("written afterwards", NOW, CLINICIAN.name)),
        lambda: locked.sign_encounter("encounter-1", "{}", paper("encounter-1", "CP-TR01-000002")),
    ]
    for attempt in attempts:
        with pytest.raises(RecordLocked, match="signed and cannot be changed") as told:
            attempt()
        assert "correction" in told.value.next_step
    assert locked.encounter("encounter-1") == before


@pytest.mark.parametrize("statement", [
    "UPDATE encounters SET as_of = '2020-01-01'",
    "UPDATE encounters SET record = ''",
    "UPDATE encounters SET state = 'draft'",
    "UPDATE encounters SET state = 'superseded', record = 'other'",
    "DELETE FROM encounters",
    ("INSERT OR REPLACE INTO encounters SELECT id, sequence, patient_id, clinician_id, 'signed', started, as_of, "
    "guideline_id, guideline_version, content_hash, position, 'forged', supersedes, reason FROM encounters"),
    "INSERT INTO answers VALUES ('encounter-1', 'fever', '{}')",
    "INSERT OR REPLACE INTO answers VALUES ('encounter-1', 'cancer', '{}')",
    "UPDATE answers SET value = '{}'",
    "DELETE FROM answers",
    "UPDATE choices SET verdict = 'decline'",
    "DELETE FROM choices",
    "INSERT INTO choices VALUES ('encounter-1', 'surgery', 'accept', '')",
    ("INSERT INTO emergency_events (encounter_id, at, by, kind, criterion, note) "
    "VALUES ('encounter-1', '2026-01-01', 'x', 'excluded', 'A1', '')"),
    "UPDATE impressions SET text = 'written afterwards'",
    "INSERT OR REPLACE INTO impressions VALUES ('encounter-1', 'x', '2026-01-01', 'x', 1)",
    "DELETE FROM impressions",
    "UPDATE emergency_events SET kind = 'excluded'",
    "DELETE FROM emergency_events",
    "UPDATE documents SET content = x'00'",
    "DELETE FROM documents",
])
def test_the_database_refuses(locked: SqlStore, statement: str) -> None:
    before = locked.encounter("encounter-1"), locked.documents_of("encounter-1")
    with pytest.raises(RecordLocked), locked._database.write() as connection:
        connection.exec_driver_sql(statement)
    assert (locked.encounter("encounter-1"), locked.documents_of("encounter-1")) == before


def test_a_signed_encounter_is_superseded_once_and_never_comes_back(locked: SqlStore) -> None:
    signed(locked, draft("encounter-2", supersedes="encounter-1"))
    with pytest.raises(RecordLocked), locked._database.write() as connection:
        connection.exec_driver_sql("UPDATE encounters SET state = 'signed' WHERE id = 'encounter-1'")


def test_a_draft_answer_is_not_moved_into_a_signed_encounter(locked: SqlStore) -> None:
    locked.start_encounter(draft("encounter-2", answers={"fever": Answer(True)}))
    with pytest.raises(RecordLocked), locked._database.write() as connection:
        connection.exec_driver_sql("UPDATE answers SET encounter_id = 'encounter-1' WHERE atom = 'fever'")


def test_emergency_events_of_a_draft_are_append_only_too(store: SqlStore) -> None:
    store.start_encounter(draft())
    store.add_event("encounter-1", EmergencyEvent(NOW, CLINICIAN.id, "shown", "A1"))
    with pytest.raises(RecordLocked), store._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM emergency_events")


def test_the_triggers_use_the_words_the_program_looks_for(store: SqlStore) -> None:
    with store._database.read() as connection:
        triggers = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").all()
    of_use = [row for row in triggers if "the record of use is not changed" in row[0]]
    assert len(of_use) == 5  # nothing in the program changes that record, so breaking it is a mistake of ours
    assert len(triggers) == 25 + len(of_use)
    assert all(failures.SIGNED in row[0] for row in triggers if row not in of_use)
