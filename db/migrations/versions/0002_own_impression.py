"""The clinician's own impression, noted before advice on treatment, and the clinic's setting to ask for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSED = "SELECT RAISE(ABORT, 'a signed encounter is not changed')"
_NOT_DRAFT = "(SELECT state FROM encounters WHERE id = {row}.encounter_id) <> 'draft'"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("ask_impression", sa.Boolean(create_constraint=False), nullable=False,
                                      server_default=sa.text("1")))
    op.create_table(
        "impressions",
        sa.Column("encounter_id", sa.String, sa.ForeignKey("encounters.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("noted", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("closed", sa.Boolean(create_constraint=False), nullable=False))
    new, old = _NOT_DRAFT.format(row="NEW"), _NOT_DRAFT.format(row="OLD")
    _trigger("impressions_insert", "INSERT ON impressions", new)
    _trigger("impressions_update", "UPDATE ON impressions", f"{old} OR {new}")
    _trigger("impressions_delete", "DELETE ON impressions", old)


def _trigger(name: str, what: str, when: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} WHEN {when} BEGIN {_REFUSED}; END")
