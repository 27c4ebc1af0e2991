"""The day from which the due date on the worklist is counted, so that a limit can be told with its beginning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("summaries", sa.Column("counted_from", sa.String, nullable=False, server_default=sa.text("''")))
