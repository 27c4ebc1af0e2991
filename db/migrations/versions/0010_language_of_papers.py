"""The language of the clinic's papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("paper_language", sa.String, nullable=False, server_default=sa.text("'en'")))
