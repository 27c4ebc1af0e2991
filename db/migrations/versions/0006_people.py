"""Who administers and who has retired; after how long it locks, how long records are kept; words not yet an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("administers", "retired"):
        op.add_column("clinicians", sa.Column(name, sa.Boolean(create_constraint=False), nullable=False,
                                              server_default=sa.text("0")))
    # Until now whoever had a passphrase looked after the computer; somebody has to go on with it.
    op.execute("UPDATE clinicians SET administers = 1")
    op.add_column("clinic", sa.Column("lock_minutes", sa.Integer, nullable=False, server_default=sa.text("5")))
    op.add_column("clinic", sa.Column("retention_years", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.create_table(
        "typed",
        sa.Column("clinician_id", sa.String, sa.ForeignKey("clinicians.id"), primary_key=True),
        sa.Column("encounter_id", sa.String, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("fields", sa.Text, nullable=False))
