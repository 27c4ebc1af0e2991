"""The letterhead of the clinic: its logo, the size of its paper, what pre-printed paper needs free at the top."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("clinic", sa.Column("logo", sa.LargeBinary, nullable=False, server_default=sa.text("x''")))
    op.add_column("clinic", sa.Column("page_size", sa.String, nullable=False, server_default=sa.text("'A4'")))
    op.add_column("clinic", sa.Column("top_margin", sa.Integer, nullable=False, server_default=sa.text("0")))
