"""The language of what a patient is given to read; empty for the clinic's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("patients", sa.Column("language", sa.String, nullable=False, server_default=sa.text("''")))
