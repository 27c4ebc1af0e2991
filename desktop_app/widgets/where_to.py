"""Where a dialog that saves begins: among the person's own documents, never in the folder the program started from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

Place = QStandardPaths.StandardLocation


def documents() -> str:
    """The person's folder of documents; where the system names one that is not there, their home."""
    named = QStandardPaths.writableLocation(Place.DocumentsLocation)
    return named if Path(named).is_dir() else QStandardPaths.writableLocation(Place.HomeLocation)


def suggested(name: str) -> str:
    """The path that a dialog offers for a file of this name."""
    return str(Path(documents()) / name)
