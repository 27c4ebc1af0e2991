"""Shared by all tests: no screen needed, the shipped packs loaded once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
GUIDELINES = ROOT / "resources" / "guidelines"


@pytest.fixture(scope="session")
def guideline_folder() -> Path:
    return GUIDELINES / "lumbar_fracture_radicular_pain"


@pytest.fixture(scope="session")
def blank_folder() -> Path:
    return GUIDELINES / "blank"
