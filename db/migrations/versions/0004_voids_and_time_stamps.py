"""A signed plan can be voided, and comes back into force when the correction that replaced it is voided; time stamps
are kept beside the documents; a document is found by the SHA-256 of its bytes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_REFUSED = "SELECT RAISE(ABORT, 'a signed encounter is not changed')"


def upgrade() -> None:
    op.create_table(
        "voids",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("was_due", sa.String, nullable=False))
    op.create_table(
        "time_stamps",
        sa.Column("document_id", sa.String, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("fetched", sa.String, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False))
    op.create_index("documents_by_sha256", "documents", ["sha256"])
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in (
        "id", "sequence", "patient_id", "clinician_id", "started", "as_of", "guideline_id", "guideline_version",
        "content_hash", "position", "record", "supersedes", "reason"))
    later = "(SELECT 1 FROM encounters AS later WHERE later.supersedes = OLD.id AND later.state {})"
    voided, standing = later.format("= 'voided'"), later.format("IN ('signed', 'superseded')")
    moves = (
        "(OLD.state = 'signed' AND NEW.state IN ('superseded', 'voided'))"
        " OR (OLD.state = 'superseded' AND NEW.state = 'voided')"
        " OR (OLD.state = 'superseded' AND NEW.state = 'signed'"
        f" AND EXISTS {voided} AND NOT EXISTS {standing})")
    op.execute("DROP TRIGGER encounters_signed_stay")
    _trigger("encounters_signed_stay", "UPDATE ON encounters", f"OLD.state <> 'draft' AND NOT (({moves}) AND {same})")
    not_void = "(SELECT state FROM encounters WHERE id = NEW.encounter_id) <> 'voided'"
    there = "NEW.{} IN (SELECT {} FROM {})".format
    # Once only: to replace a row would take it away without asking the trigger that keeps it.
    _trigger("voids_insert", "INSERT ON voids", f"{not_void} OR {there('encounter_id', 'encounter_id', 'voids')}")
    _trigger("time_stamps_insert", "INSERT ON time_stamps", there("document_id", "document_id", "time_stamps"))
    for table in ("voids", "time_stamps"):
        _trigger(f"{table}_never_updated", f"UPDATE ON {table}", "1")
        _trigger(f"{table}_never_deleted", f"DELETE ON {table}", "1")


def _trigger(name: str, what: str, when: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} WHEN {when} BEGIN {_REFUSED}; END")
