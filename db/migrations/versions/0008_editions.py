"""Editions of the guideline: whom to believe, what was installed, what is in use, what the clinic's lead approved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publishers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "editions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("minimum_program", sa.String, nullable=False),
        sa.Column("review_by", sa.String, nullable=False),
        sa.Column("signers", sa.Text, nullable=False),
        sa.Column("installed", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
    )
    op.create_table(
        "edition_uses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("returned", sa.Boolean(create_constraint=False), nullable=False),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("statement", sa.LargeBinary, nullable=False),
        sa.Column("withdrawn_at", sa.String, nullable=True),
        sa.Column("withdrawn_by", sa.Text, nullable=True),
        sa.Column("withdrawn_reason", sa.Text, nullable=True),
        sa.Index("approvals_by_content", "content_hash", "id"),
    )
