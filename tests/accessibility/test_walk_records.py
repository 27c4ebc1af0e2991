"""The pages that only real records have (people, backups, record of use, what leaves), walked over like all others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets import render, shots
from desktop_app.widgets.shots_desk import render_doors
from tests.accessibility import walker
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper
from tests.presentation.conftest import answered
from tests.whole.walk import NAME, ROLE

PAGES = {"desk-people", "desk-backups", "desk-record", "desk-everything", "desk-everything-question", "desk-erase",
         "desk-erase-question", "desk-erased", "desk-older-records", "desk-older-records-question"}


@pytest.mark.parametrize(("theme", "scale", "size"), [
    ("light", 2.0, (1280, 720)),
    pytest.param("high contrast", 1.0, (1280, 720), marks=pytest.mark.long),
    pytest.param("dark", 1.0, (1280, 720), marks=pytest.mark.long),
])
def test_every_page_of_real_records_can_be_read_and_reached(
    looks: None, folder: Path, guideline_folder: Path, pack: Pack, c01: Case, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, theme: str, scale: float, size: tuple[int, int],
) -> None:
    monkeypatch.setattr("desktop_app.seal.keeper.Keeper", cheap_keeper)
    door = Door(folder, guideline_folder, StillClock(), state=tmp_path / "state")
    door.__dict__["pack"] = pack
    desk, _ = door.first_start(TRAINING_CLINIC, NAME, ROLE, PASSPHRASE)
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    consultation = desk.open(patient.id)
    consultation.answer_many(answered(dict(c01.sheet.items())))
    consultation.close_impression()
    option = next(one.id for one in consultation.decision.options if one.status.value == "offered"
                  and pack.options[one.id].decidable)
    consultation.choose(option, Verdict.DECLINE, "She wants to wait")
    consultation.sign(desk.signer(PASSPHRASE))
    assert door.back_up(tmp_path / "stick").made
    pages: list[str] = []
    found: dict[str, str] = {}

    def walk(window: QWidget, target: Path, name: str) -> Path:
        shots.settle()
        pages.append(name)
        for fault in walker.faults(window, contrast=True):
            found.setdefault(fault, name)
        return target / f"{name}.png"

    monkeypatch.setattr(shots, "take", walk)
    try:
        with render._window(desk, theme, scale, size) as window:
            render_doors(window, desk, tmp_path)
    finally:
        door.lock()
    assert set(pages) >= PAGES
    assert not found, "\n".join(f"{name}: {fault}" for fault, name in found.items())
