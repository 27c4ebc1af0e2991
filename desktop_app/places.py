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


def program_file() -> Path:
    """The file from which the parts of the running program are read as they are needed; from source, its first one."""
    return Path(sys.executable) if getattr(sys, "frozen", False) else Path(__file__).with_name("__init__.py")


def resources() -> Path:
    return shipped() / "resources"


def guideline(name: str = GUIDELINE) -> Path:
    return resources() / "guidelines" / name


def hazard_log() -> Path:
    return resources() / "safety" / "hazards.yaml"


def _folder(variable: str, fallback: tuple[str, ...]) -> Path:
    """The base directory specification's folder: an absolute path in the variable, else below the home folder."""
    base = os.environ.get(variable, "")
    return (Path(base) if Path(base).is_absolute() else Path.home().joinpath(*fallback)) / PROGRAM


def _on_windows(variable: str, *below: str) -> Path:
    base = os.environ.get(variable) or Path.home().joinpath("AppData", below[0])
    return Path(base).joinpath("Lumbar Pathway", *below[1:])


def data_folder() -> Path:
    """Patient data of this user, in the place the system has for it."""
    if sys.platform == "win32":
        return _on_windows("LOCALAPPDATA", "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Lumbar Pathway"
    return _folder("XDG_DATA_HOME", (".local", "share"))


def settings_folder() -> Path:
    """How the window looks; nothing of a patient."""
    if sys.platform == "win32":
        return _on_windows("APPDATA", "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / "Lumbar Pathway"
    return _folder("XDG_CONFIG_HOME", (".config",))


def state_folder() -> Path:
    """Logs, and the lock of the one instance; nothing of a patient."""
    if sys.platform == "win32":
        return _on_windows("LOCALAPPDATA", "Local", "State")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Logs" / "Lumbar Pathway"
    return _folder("XDG_STATE_HOME", (".local", "state"))


def cache_folder() -> Path:
    """What can be made again."""
    if sys.platform == "win32":
        return _on_windows("LOCALAPPDATA", "Local", "Cache")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "Lumbar Pathway"
    return _folder("XDG_CACHE_HOME", (".cache",))
