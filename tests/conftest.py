"""Shared by all tests: no screen needed, the shipped packs loaded once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import REFUSED, Case, load_cases
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
GUIDELINES = ROOT / "resources" / "guidelines"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the documents under review anew")


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the program notes outside its records stays outside the home folder of whoever runs the tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def guideline_folder() -> Path:
    return GUIDELINES / "lumbar_fracture_radicular_pain"


@pytest.fixture(scope="session")
def blank_folder() -> Path:
    return GUIDELINES / "blank"


@pytest.fixture(scope="session")
def pack(guideline_folder: Path) -> Pack:
    return load_pack(guideline_folder)


@pytest.fixture(scope="session")
def clinical(pack: Pack) -> ClinicalArithmetic:
    return ClinicalArithmetic(pack)


@pytest.fixture(scope="session")
def cases(guideline_folder: Path, pack: Pack) -> dict[str, Case]:
    return {case.id: case for case in load_cases(guideline_folder / "cases", pack)}


@pytest.fixture(scope="session")
def refused_cases(guideline_folder: Path, pack: Pack) -> list[Case]:
    """Cases whose answers contradict one another: nothing may be written on them."""
    return load_cases(guideline_folder / "cases" / REFUSED, pack)
