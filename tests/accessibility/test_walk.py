"""Every page that ``build/screens`` draws, walked over: nothing nameless, too small, out of reach, cut or faint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets import render, shots
from tests.accessibility import walker
from tests.presentation.conftest import answered


@pytest.mark.parametrize(("theme", "scale", "size", "contrast"), [
    ("light", 1.0, (1280, 800), True),
    ("light", 2.0, (1280, 720), False),
    ("high contrast", 1.0, (1280, 720), True),
    pytest.param("dark", 1.0, (1280, 720), True, marks=pytest.mark.long),
    pytest.param("dark", 2.0, (1280, 800), True, marks=pytest.mark.long),
    pytest.param("high contrast", 2.0, (1280, 720), True, marks=pytest.mark.long),
    pytest.param("light", 1.5, (1280, 720), True, marks=pytest.mark.long),
])
def test_every_page_can_be_read_and_reached(looks: None, desk: Desk, cases: dict[str, Case], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch, theme: str, scale: float,
                                            size: tuple[int, int], contrast: bool) -> None:
    """The pages come from the renderer itself, so that none can be forgotten here."""
    one = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    two = desk.new_patient(name="Josef Tamm", number="TR-0007", born=date(1960, 6, 21), sex="male")
    first, second = desk.open(one.id), desk.open(two.id)
    first.answer_many(answered(dict(cases["c01"].sheet)))
    second.answer_many({"cauda_equina.saddle_numbness": Answer(value=True)})
    pages: list[str] = []
    found: dict[str, str] = {}

    def walk(window: QWidget, folder: Path, name: str) -> Path:
        shots.settle()
        pages.append(name)
        dimmed = name.startswith("tour-")  # the tour darkens on purpose what it does not speak about
        for fault in walker.faults(window, contrast=contrast and not dimmed):
            found.setdefault(fault, name)
        return folder / f"{name}.png"

    monkeypatch.setattr(shots, "take", walk)
    render.render_desk(tmp_path, desk, {"c01": first, "emergency": second}, theme_name=theme, scale=scale, size=size)
    assert len(pages) > 30
    assert not found, "\n".join(f"{name}: {fault}" for fault, name in found.items())
