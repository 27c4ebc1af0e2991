"""A profile in a temporary folder with the real store, keys and pack, and the real window before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper
from tests.whole.hands import Hands
from tests.whole.walk import NAME, ROLE, sign_in

QUIET = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""The offscreen platform says this of whatever only a real screen can do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(QUIET)


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cryptography with little work in each guess."""
    monkeypatch.setattr("desktop_app.seal.keeper.Keeper", cheap_keeper)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def door(folder: Path, guideline_folder: Path, clock: StillClock, pack: Pack) -> Iterator[Door]:
    made = Door(folder, guideline_folder, clock)
    made.__dict__["pack"] = pack  # loaded once for all tests
    yield made
    made.lock()


@pytest.fixture
def start(qtbot: QtBot, qapp: object) -> Iterator[Callable[[Door], Hands]]:
    """Start the program over a door: a window on the screen, the first page in it."""
    begun: list[Program] = []

    def begin(door: Door) -> Hands:
        program = Program(application(), door)
        begun.append(program)
        program.window.show()
        program.window.activateWindow()
        qtbot.waitExposed(program.window)
        qtbot.waitUntil(program.window.isActiveWindow)
        program.begin()
        return Hands(program, lambda ready: qtbot.waitUntil(ready, timeout=20000))

    yield begin
    for program in begun:
        program.window.close()
        program.window.stand_up()
        program.window.deleteLater()
        program._ring.deleteLater()
        program.deleteLater()


@pytest.fixture
def made(door: Door) -> Door:
    """A profile that was set up before, locked."""
    door.first_start(dataclasses.replace(TRAINING_CLINIC, ask_impression=False), NAME, ROLE, PASSPHRASE)
    door.recovery_key_kept()
    door.lock()
    return door


@pytest.fixture
def at_desk(made: Door, start: Callable[[Door], Hands]) -> Hands:
    """Signed in, before the worklist."""
    hands = start(made)
    sign_in(hands)
    return hands


@pytest.fixture(scope="session")
def c01(guideline_folder: Path, pack: Pack) -> Case:
    """The first worked case: leg pain of one root, severe, nothing alarming."""
    return load_case(guideline_folder / "cases" / "c01.yaml", pack)


Prepare = Callable[[Mapping[str, Answer | None]], str]


@pytest.fixture
def prepare(made: Door, c01: Case) -> Prepare:
    """A patient with a consultation begun earlier and these answers given in it; returns the encounter's id."""

    def begun(answers: Mapping[str, Answer | None]) -> str:
        desk = made.sign_in(made.users()[0].id, PASSPHRASE)
        person = c01.patient
        assert person.born is not None
        patient = desk.new_patient(name=str(person.name), number=str(person.number), born=person.born,
                                   sex=str(person.sex))
        consultation = desk.open(patient.id)
        if answers:
            consultation.answer_many(answers)
        made.lock()
        return consultation.encounter.id

    return begun
