"""The tables of the store as they are now. Migrations never import this; a test compares the two.

Times are ISO text as given, for showing only: order always comes from ``encounters.sequence`` and from
row order, never from a clock.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

meta = Table(
    "meta", metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

clinic = Table(
    "clinic", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("telephone", Text, nullable=False),
    Column("station", String, nullable=False),
    Column("phones", Text, nullable=False),  # JSON
    Column("services", Text, nullable=False),  # JSON
    Column("ask_impression", Boolean(create_constraint=False), nullable=False, server_default=text("1")),
    Column("lock_minutes", Integer, nullable=False, server_default=text("5")),
    Column("retention_years", Integer, nullable=False, server_default=text("0")),  # 0: never proposed
    Column("logo", LargeBinary, nullable=False, server_default=text("x''")),  # PNG; empty: none
    Column("page_size", String, nullable=False, server_default=text("'A4'")),
    Column("top_margin", Integer, nullable=False, server_default=text("0")),  # millimetres
    Column("paper_language", String, nullable=False, server_default=text("'en'")),
)

clinicians = Table(
    "clinicians", metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role_title", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("administers", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
    Column("retired", Boolean(create_constraint=False), nullable=False, server_default=text("0")),
)

key_material = Table(
    "key_material", metadata,
    Column("owner", String, primary_key=True),  # clinician id, or "clinic"
    Column("kind", String, primary_key=True),  # authority, signing
    Column("content", LargeBinary, nullable=False),  # locked a second time, see desktop_app/seal
    Column("certificate", LargeBinary, nullable=False),
)

key_places = Table(  # of the key file that are in force
    "key_places", metadata,
    Column("mark", String, primary_key=True),
    Column("owner", String, nullable=False),  # clinician id; "" is the recovery key
)

patients = Table(
    "patients", metadata,
    Column("id", String, primary_key=True),
    Column("number", String, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("born", String, nullable=False),
    Column("sex", String, nullable=False),
    Column("training", Boolean(create_constraint=False), nullable=False),
    Column("search", Text, nullable=False),
    Column("language", String, nullable=False, server_default=text("''")),
)

encounters = Table(
    "encounters", metadata,
    Column("id", String, primary_key=True),
    Column("sequence", Integer, nullable=False, unique=True),
    Column("patient_id", String, ForeignKey("patients.id"), nullable=False),
    Column("clinician_id", String, ForeignKey("clinicians.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("started", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("guideline_id", String, nullable=False),
    Column("guideline_version", String, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("position", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("supersedes", String, ForeignKey("encounters.id"), nullable=True),
    Column("reason", Text, nullable=False),
    Index("encounters_by_patient", "patient_id", "sequence"),
    Index("one_open_draft", "patient_id", "guideline_id", unique=True, sqlite_where=text("state = 'draft'")),
)

answers = Table(
    "answers", metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("atom", String, primary_key=True),
    Column("value", Text, nullable=False),  # JSON, see db/answer_json.py
)

choices = Table(
    "choices", metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("option", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("reason", Text, nullable=False),
)

events = Table(
    "emergency_events", metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter_id", String, ForeignKey("encounters.id"), nullable=False),
    Column("at", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("criterion", String, nullable=False),
    Column("note", Text, nullable=False),
    Index("events_by_encounter", "encounter_id", "id"),
)

impressions = Table(
    "impressions", metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("noted", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("closed", Boolean(create_constraint=False), nullable=False),
)

documents = Table(
    "documents", metadata,
    Column("id", String, primary_key=True),
    Column("encounter_id", String, ForeignKey("encounters.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False, unique=True),
    Column("created", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("documents_by_encounter", "encounter_id"),
    Index("documents_by_sha256", "sha256"),
)

time_stamps = Table(
    "time_stamps", metadata,
    Column("document_id", String, ForeignKey("documents.id"), primary_key=True),
    Column("fetched", String, nullable=False),
    Column("authority", Text, nullable=False),  # the address that was asked
    Column("content", LargeBinary, nullable=False),  # DER, as it is written beside a saved file
)

voids = Table(
    "voids", metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("at", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("was_due", String, nullable=False),  # the clock that was stopped; "9999-12-31" when none ran
)

patient_keys = Table(
    "patient_keys", metadata,
    Column("patient_id", String, primary_key=True),
    Column("key", LargeBinary, nullable=False),  # locks what the record of use says of the patient
)

audit = Table(
    "audit", metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", String, nullable=False),  # UTC
    Column("by", String, nullable=False),  # id of the user
    Column("deed", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("patient_id", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("content", LargeBinary, nullable=False),  # JSON, locked with the patient's key where it is of a patient
    Column("seal", LargeBinary, nullable=False),
    Index("audit_by_patient", "patient_id", "sequence"),
)

typed = Table(  # words that are no answer yet, so that a lock or a crash loses none
    "typed", metadata,
    Column("clinician_id", String, ForeignKey("clinicians.id"), primary_key=True),
    Column("encounter_id", String, primary_key=True),  # "" on a page without a consultation
    Column("at", String, nullable=False),
    Column("fields", Text, nullable=False),  # JSON: field to text
)

publishers = Table(  # of editions of the guideline: the one list that is believed
    "publishers", metadata,
    Column("id", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("since", String, nullable=False),
    Column("by", Text, nullable=False),
)

editions = Table(  # every edition that was ever installed here: its number never comes back
    "editions", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_hash", String, nullable=False),
    Column("version", Text, nullable=False),
    Column("minimum_program", String, nullable=False),
    Column("review_by", String, nullable=False),
    Column("signers", Text, nullable=False),  # JSON
    Column("installed", String, nullable=False),
    Column("by", Text, nullable=False),
)

edition_uses = Table(  # the newest row is in use
    "edition_uses", metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", String, nullable=False),
    Column("number", Integer, nullable=False),  # 0: the one that came with the program
    Column("version", Text, nullable=False),
    Column("since", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("returned", Boolean(create_constraint=False), nullable=False),
)

approvals = Table(  # the newest row of a content counts, unless it was withdrawn
    "approvals", metadata,
    Column("id", Integer, primary_key=True),
    Column("content_hash", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("statement", LargeBinary, nullable=False),
    Column("withdrawn_at", String, nullable=True),
    Column("withdrawn_by", Text, nullable=True),
    Column("withdrawn_reason", Text, nullable=True),
    Index("approvals_by_content", "content_hash", "id"),
)

document_numbers = Table(
    "document_numbers", metadata,
    Column("kind", String, primary_key=True),
    Column("station", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

summaries = Table(
    "summaries", metadata,
    Column("encounter_id", String, ForeignKey("encounters.id"), primary_key=True),
    Column("patient_id", String, ForeignKey("patients.id"), nullable=False),
    Column("shown", Boolean(create_constraint=False), nullable=False),
    Column("due_on", String, nullable=False),  # "9999-12-31" when nothing is due, so that it sorts last
    Column("urgency", Integer, nullable=False),  # rank of the tier, highest most urgent
    Column("sequence", Integer, nullable=False),
    Column("tier_floor", String, nullable=False),
    Column("final", Boolean(create_constraint=False), nullable=False),
    Column("emergency", Boolean(create_constraint=False), nullable=False),
    Column("next_step", Text, nullable=False),
    Column("counted_from", String, nullable=False, server_default=text("''")),
    # Everything the worklist sorts by, so that a page of it is read from the index alone before any join.
    Index("summaries_in_order", "shown", text("emergency DESC"), "due_on", text("urgency DESC"),
          text("sequence DESC"), "encounter_id", "patient_id"),
    UniqueConstraint("sequence", name="summaries_sequence"),
)
