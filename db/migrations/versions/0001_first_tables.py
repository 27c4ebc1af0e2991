"""The first tables, and the triggers that keep a signed encounter as it was signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSED = "SELECT RAISE(ABORT, 'a signed encounter is not changed')"
_NOT_DRAFT = "(SELECT state FROM encounters WHERE id = {row}.encounter_id) <> 'draft'"


def upgrade() -> None:
    _tables_of_people()
    _tables_of_encounters()
    _tables_of_papers()
    _triggers()


def _tables_of_people() -> None:
    op.create_table(
        "meta",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("telephone", sa.Text, nullable=False),
        sa.Column("station", sa.String, nullable=False),
        sa.Column("phones", sa.Text, nullable=False),
        sa.Column("services", sa.Text, nullable=False))
    op.create_table(
        "clinicians",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role_title", sa.Text, nullable=False),
        sa.Column("role", sa.String, nullable=False))
    op.create_table(
        "key_material",
        sa.Column("owner", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("certificate", sa.LargeBinary, nullable=False))
    op.create_table(
        "patients",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("born", sa.String, nullable=False),
        sa.Column("sex", sa.String, nullable=False),
        sa.Column("training", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("search", sa.Text, nullable=False))


def _tables_of_encounters() -> None:
    op.create_table(
        "encounters",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False, unique=True),
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("clinician_id", sa.String, sa.ForeignKey("clinicians.id"), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("started", sa.String, nullable=False),
        sa.Column("as_of", sa.String, nullable=False),
        sa.Column("guideline_id", sa.String, nullable=False),
        sa.Column("guideline_version", sa.String, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("position", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("supersedes", sa.String, sa.ForeignKey("encounters.id"), nullable=True),
        sa.Column("reason", sa.Text, nullable=False))
    op.create_index("encounters_by_patient", "encounters", ["patient_id", "sequence"])
    op.create_index("one_open_draft", "encounters", ["patient_id", "guideline_id"], unique=True,
                    sqlite_where=sa.text("state = 'draft'"))
    op.create_table(
        "answers",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("atom", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False))
    op.create_table(
        "choices",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("option", sa.String, primary_key=True),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False))
    op.create_table(
        "emergency_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("criterion", sa.String, nullable=False),
        sa.Column("note", sa.Text, nullable=False))
    op.create_index("events_by_encounter", "emergency_events", ["encounter_id", "id"])


def _tables_of_papers() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("number", sa.String, nullable=False, unique=True),
        sa.Column("created", sa.String, nullable=False),
        sa.Column("sha256", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False))
    op.create_index("documents_by_encounter", "documents", ["encounter_id"])
    op.create_table(
        "document_numbers",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("station", sa.String, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False))
    op.create_table(
        "summaries",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("patient_id", sa.String, sa.ForeignKey("patients.id"), nullable=False),
        sa.Column("shown", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("due_on", sa.String, nullable=False),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("tier_floor", sa.String, nullable=False),
        sa.Column("final", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("emergency", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("next_step", sa.Text, nullable=False),
        sa.UniqueConstraint("sequence", name="summaries_sequence"))
    op.create_index("summaries_in_order", "summaries",
                    ["shown", sa.text("emergency DESC"), "due_on", sa.text("urgency DESC"),
                     sa.text("sequence DESC"), "encounter_id", "patient_id"])


def _triggers() -> None:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (
        "id", "sequence", "patient_id", "clinician_id", "started", "as_of", "guideline_id", "guideline_version",
        "content_hash", "position", "record", "supersedes", "reason"))
    _trigger("encounters_signed_stay", "UPDATE ON encounters",
             f"OLD.state <> 'draft' AND NOT (OLD.state = 'signed' AND NEW.state = 'superseded' AND {same})")
    _trigger("encounters_signed_kept", "DELETE ON encounters", "OLD.state <> 'draft'")
    _trigger("encounters_start_as_drafts", "INSERT ON encounters", "NEW.state <> 'draft'")
    for table in ("answers", "choices", "emergency_events"):
        new, old = _NOT_DRAFT.format(row="NEW"), _NOT_DRAFT.format(row="OLD")
        _trigger(f"{table}_insert", f"INSERT ON {table}", new)
        _trigger(f"{table}_update", f"UPDATE ON {table}", f"{old} OR {new}")
        _trigger(f"{table}_delete", f"DELETE ON {table}", old)
    for table in ("emergency_events", "documents"):
        _trigger(f"{table}_never_updated", f"UPDATE ON {table}", "1")
        _trigger(f"{table}_never_deleted", f"DELETE ON {table}", "1")


def _trigger(name: str, what: str, when: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} WHEN {when} BEGIN {_REFUSED}; END")
