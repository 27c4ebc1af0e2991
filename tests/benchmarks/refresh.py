"""Answer to painted advice, and page change, in the real window over ten scripted cases.

Every time ends when nothing waits to be laid out or painted any more. The floor of each is a bare page of as many
labels as the window then shows, laid out and painted in the same run.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop_app import places
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case, load_case
from desktop_app.presentation.wizard import OPTIONS, QUESTIONS, Place
from desktop_app.seal import keeper
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.consultation_view import ConsultationView
from tests.benchmarks.ratio import in_ms
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper

CASES = ("c01", "c02", "c03", "c05", "c07", "c11", "c15", "c16", "c18", "c20")
"""Concordant, discordant, overdue, many medicines, cancer: none leaves the wizard before its end."""

BARE_EVERY = 10  # a floor is measured after each so many samples


@dataclass(slots=True)
class Samples:
    """Seconds of what was done, and of the bare pages shown in between; what of them the processor worked."""

    ours: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    bare_worked: list[float] = field(default_factory=list)

    def lines(self, title: str) -> list[str]:
        """As a clinician waits, and what of it was this program's: the rest other programs had the processor."""
        found = []
        for name, ours, bare in ((title, self.ours, self.bare), ("   processor time", self.worked, self.bare_worked)):
            p95, floor = statistics.quantiles(ours, n=20)[-1], statistics.median(bare)
            found.append(f"{name:<36} {in_ms(statistics.median(ours)):>9}   p95 {in_ms(p95):>9}   bare page"
                         f" {in_ms(floor):>9}   p95 ratio {p95 / floor:.1f}")
        found[0] += f"   ({len(self.ours)} times; aim p95 100 ms)"
        return found


def painted() -> None:
    """Let everything go, be laid out and painted that waits for it; work put off to idle moments does not run."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # by itself only inside exec()
    QCoreApplication.sendPostedEvents()


class Stopwatch:
    """Times what is done in the window, with a bare page of the same number of widgets now and then."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.answers, self.pages = Samples(), Samples()

    def run(self, samples: Samples, act: Callable[[], object]) -> None:
        QApplication.processEvents()  # what the act before put off
        begun, worked = time.perf_counter(), time.process_time()
        act()
        painted()
        samples.ours.append(time.perf_counter() - begun)
        samples.worked.append(time.process_time() - worked)
        if len(samples.ours) % BARE_EVERY == 1:
            self._bare_page(samples)

    def _bare_page(self, samples: Samples) -> None:
        count = sum(child.isVisible() for child in self._window.findChildren(QWidget))
        page = QWidget()
        page.resize(self._window.size())
        begun, worked = time.perf_counter(), time.process_time()
        column = QVBoxLayout(page)
        for number in range(count):
            column.addWidget(QLabel(f"line {number}"))
        page.show()
        painted()
        samples.bare.append(time.perf_counter() - begun)
        samples.bare_worked.append(time.process_time() - worked)
        page.close()
        page.deleteLater()


@contextmanager
def opened() -> Iterator[Program]:
    """The program over a fresh profile, somebody signed in, the worklist in the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    kept, keeper.Keeper = keeper.Keeper, cheap_keeper  # type: ignore[misc, assignment]
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        door = Door(Path(folder) / "profile", places.guideline(), StillClock())
        desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
        program = Program(app, door)
        program.window.show()
        program.window.sit_down(desk)
        try:
            yield program
        finally:
            program.window.close()
            program.window.stand_up()
            door.lock()
            program.window.deleteLater()
            QApplication.processEvents()
            keeper.Keeper = kept  # type: ignore[misc]


def begin(program: Program, case: Case, number: int) -> ConsultationView:
    """A new patient's consultation, open at its first question."""
    person, window = case.patient, program.window
    patient = window.desk.new_patient(name=person.name or "Someone", number=f"B-{number}",
                                      born=person.born or date(1950, 1, 1), sex=person.sex or "female")
    window.open_consultation(window.desk.open(patient.id))
    assert window.view is not None
    QApplication.processEvents()
    return window.view


def answer_pages(view: ConsultationView, wanted: Mapping[str, Answer], watch: Stopwatch) -> None:
    """Every page in its order: arrive, answer what the case answers, look at the options."""
    for screen in view.wizard.screens:
        if view.step != screen:
            watch.run(watch.pages, lambda screen=screen: view.go(Place(screen)))
        asked: set[str] = set()
        while todo := [card for card in view.wizard.page(screen).cards
                       if card.id not in asked and any(cell.atom in wanted for cell in card.cells)]:
            card = todo[0]
            asked.add(card.id)
            if view.step != screen or view.page.part != QUESTIONS:  # the last answer that mattered led on from here
                view.go(Place(screen, card.id))
            view.page.questions.open_question(card.id)
            given = {cell.atom: wanted[cell.atom] for cell in card.cells if cell.atom in wanted}
            watch.run(watch.answers, lambda given=given: _answer(view, given))
        if view.step == screen and view.page.has_options and view.page.part != OPTIONS:
            watch.run(watch.pages, lambda: view.page.show_part(OPTIONS))


def _answer(view: ConsultationView, given: Mapping[str, Answer]) -> None:
    """What an editor does that has an answer and hands the keyboard on."""
    card = view.page.questions.open_card
    assert card is not None
    card.answered.emit(dict(given))
    card.moved_on.emit(card.card.id)


def report() -> list[str]:
    with opened() as program:
        watch = Stopwatch(program.window)
        folder = places.guideline() / "cases"
        for number, name in enumerate(CASES):
            case = load_case(folder / f"{name}.yaml", program.door.pack)
            view = begin(program, case, number)
            answer_pages(view, {a: v for a, v in case.sheet.items() if a not in {SEX, DATE_OF_BIRTH}}, watch)
            for screen in view.wizard.screens:  # once more, now that every page has been made
                watch.run(watch.pages, lambda view=view, screen=screen: view.go(Place(screen)))
            program.window.show_worklist()
        platform = QApplication.platformName()
        return [*watch.answers.lines(f"answer to painted advice, {platform}"), *watch.pages.lines("page change")]
