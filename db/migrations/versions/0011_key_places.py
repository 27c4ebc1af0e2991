"""Which places of the key file are in force; filled by the first opening, which alone has the key file at hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_places",
        sa.Column("mark", sa.String, primary_key=True),
        sa.Column("owner", sa.String, nullable=False))
