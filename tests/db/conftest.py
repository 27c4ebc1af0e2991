"""One fresh profile for each test, closed at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.profile import Opened, create_profile
from db.store import SqlStore
from desktop_app.seal.keeper import Keeper
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, cheap_keeper


@pytest.fixture
def keeper() -> Keeper:
    return cheap_keeper()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def opened(folder: Path, keeper: Keeper) -> Iterator[Opened]:
    profile = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    yield profile
    profile.close()


@pytest.fixture
def store(opened: Opened) -> SqlStore:
    opened.store.add_patient(PATIENT)
    return opened.store
