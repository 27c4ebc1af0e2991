"""Draws every screen into PNG files, so that each can be looked at in every theme and text size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop_app.presentation.ports import ClinicDesk, Door, OpenConsultation
from desktop_app.presentation.wizard import CORRELATION, Place
from desktop_app.use_cases.domain import EncounterState, WorklistRow
from desktop_app.widgets import shots, theme
from desktop_app.widgets.application import application
from desktop_app.widgets.focus_ring import FocusRing
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.shots_consultation import render_consultation, render_signed, render_untouched
from desktop_app.widgets.shots_desk import render_doors, render_empty_desk
from desktop_app.widgets.shots_help import render_consultation_help, render_help

PATIENTS = 3
BORN = date(1954, 3, 3)


@contextmanager
def _window(desk: ClinicDesk, theme_name: str, scale: float, size: tuple[int, int]) -> Iterator[MainWindow]:
    """The window of a desk in one look, and nothing left of it afterwards."""
    app = application()
    ring = FocusRing(app)
    theme.apply(app, theme_name, scale)
    look = (theme_name.replace("_", " "), scale)  # as the settings know it
    window = MainWindow(desk, save_file=lambda _name, _content: None, how_it_looks=lambda: look)
    window.resize(*size)
    window.show()
    window.activateWindow()
    yield window
    window.close()
    window.deleteLater()
    app.focusChanged.disconnect(ring.follow)
    ring.deleteLater()
    shots.settle()


def render_screens(door: Door, passphrase: str, folder: Path, theme_name: str = "light",
                   scale: float = 1.0) -> list[Path]:
    """Every page of the program on three of the door's patients, one of them an emergency where there is one."""
    desk = door.sign_in(door.users()[0].id, passphrase)
    try:
        return render_desk(folder, desk, {str(number): desk.open_encounter(row.encounter_id)
                                          for number, row in enumerate(_three(list(desk.worklist())), start=1)},
                           theme_name=theme_name, scale=scale)
    finally:
        door.lock()


def _three(rows: list[WorklistRow]) -> list[WorklistRow]:
    """As different as the list has them: an emergency, then drafts of different tiers and next steps."""
    drafts = [row for row in rows if row.state is EncounterState.DRAFT]
    alarm = [row for row in drafts if row.emergency][:1]
    kinds = {(row.tier_floor, row.next_step): row for row in reversed(drafts) if not row.emergency}
    calm = sorted(kinds.values(), key=lambda row: row.final)
    others = (row for row in drafts if row not in alarm and row not in calm)
    return [*alarm, *calm, *others][:PATIENTS]


def render_desk(folder: Path, desk: ClinicDesk, consultations: dict[str, OpenConsultation], *,
                theme_name: str = "light", scale: float = 1.0, size: tuple[int, int] = (1280, 800)) -> list[Path]:
    """Every page of the program as a PNG in ``folder``; returns the files in the order of a session."""
    folder.mkdir(parents=True, exist_ok=True)
    with _window(desk, theme_name, scale, size) as window:
        found = render_doors(window, desk, folder)
        for prefix, consultation in consultations.items():
            found += render_consultation(window, consultation, folder, prefix)
            found += render_consultation_help(window, folder, prefix)
        found += render_signed(window, desk, folder)
        if window.training:
            found += render_help(window, folder)
    return found


def render_first_day(folder: Path, desk: ClinicDesk, *, theme_name: str = "light", scale: float = 1.0,
                     size: tuple[int, int] = (1280, 800)) -> list[Path]:
    """The pages of a desk that has no patient yet, then those of its first patient, nothing answered."""
    folder.mkdir(parents=True, exist_ok=True)
    with _window(desk, theme_name, scale, size) as window:
        found = render_empty_desk(window, folder)
        first = desk.new_patient(name="Marta Lindqvist", number="1", born=BORN, sex="female")
        return [*found, *render_untouched(window, desk.open(first.id), folder)]


def render_correlations(folder: Path, desk: ClinicDesk, consultations: Mapping[str, OpenConsultation], *,
                        theme_name: str = "light", scale: float = 1.0,
                        size: tuple[int, int] = (1280, 800)) -> list[Path]:
    """The correlation of each consultation: how it opens, and downwards to its checklist and lists."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    with _window(desk, theme_name, scale, size) as window:
        for name, consultation in consultations.items():
            window.open_consultation(consultation)
            if window.view is not None:
                window.view.go(Place("imaging", CORRELATION))
                found.append(shots.take(window, folder, f"correlation-{name}"))
                found += shots.downwards(window, window.view.page, folder, f"correlation-{name}")
    return found
