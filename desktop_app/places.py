"""Where things are: what the program ships, and where it keeps a person's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PROGRAM = "lumbar-pathway"
GUIDELINE = "lumbar_fracture_radicular_pain"


def shipped() -> Path:
    """The folder that holds ``resources``: the bundle's when installed, else the project's root."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    return shipped() / "resources"


def guideline(name: str = GUIDELINE) -> Path:
    return resources() / "guidelines" / name


def hazard_log() -> Path:
    return resources() / "safety" / "hazards.yaml"


def data_folder() -> Path:
    """Patient data of this user, in the place the system has for it."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Lumbar Pathway"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Lumbar Pathway"
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else home / ".local" / "share") / PROGRAM
