"""The record of use, one sealed row for each event, and a key for each patient that locks what it says of them."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_REFUSED = "SELECT RAISE(ABORT, 'the record of use is not changed')"


def upgrade() -> None:
    op.create_table(
        "patient_keys",
        sa.Column("patient_id", sa.String, primary_key=True),
        sa.Column("key", sa.LargeBinary, nullable=False))
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("deed", sa.String, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("patient_id", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False))
    op.create_index("audit_by_patient", "audit", ["patient_id", "sequence"])
    connection = op.get_bind()
    keys = sa.table("patient_keys", sa.column("patient_id", sa.String), sa.column("key", sa.LargeBinary))
    patients = connection.execute(sa.text("SELECT id FROM patients")).scalars().all()
    for patient_id in patients:
        connection.execute(sa.insert(keys).values(patient_id=patient_id, key=secrets.token_bytes(32)))
    _trigger("audit_in_order", "INSERT ON audit",
             "NEW.sequence IS NOT 1 + (SELECT ifnull(max(sequence), 0) FROM audit)")
    _trigger("audit_never_updated", "UPDATE ON audit", "1")
    _trigger("audit_never_deleted", "DELETE ON audit", "1")
    _trigger("patient_keys_never_updated", "UPDATE ON patient_keys", "1")
    _trigger("patient_keys_once", "INSERT ON patient_keys",
             "NEW.patient_id IN (SELECT patient_id FROM patient_keys)")


def _trigger(name: str, what: str, when: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} WHEN {when} BEGIN {_REFUSED}; END")
