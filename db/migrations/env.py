"""Alembic runs this: the connection comes open, keyed and inside its transaction from ``db/migrate.py``."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
