"""Alembic's scripts, shipped with the program. They stand alone: nothing of ours is imported here."""
