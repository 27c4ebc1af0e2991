"""A profile with the real store and keys, three patients in it, and the real window on the page of the guideline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import places
from desktop_app.door import Door
from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Role
from desktop_app.use_cases.guideline_editions import GuidelineEditions
from desktop_app.use_cases.training import TRAINING_CLINIC, Trainee, fill_desk
from desktop_app.widgets.application import application
from desktop_app.widgets.guideline_page import GuidelinePage
from desktop_app.widgets.main_window import MainWindow
from tests.editions import house
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper

SEVERE, MILD, SIGNED = "Marta Lindqvist", "Bodo Hauge", "Anna Severin"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.seal.keeper.Keeper", cheap_keeper)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


class Clinic:
    """One profile, signed in to again and again."""

    def __init__(self, folder: Path, clock: StillClock, pack: Pack) -> None:
        self.folder, self.clock, self.pack = folder, clock, pack
        self.door = self._door()
        self.desk, _ = self.door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
        self.door.recovery_key_kept()

    def _door(self) -> Door:
        door = Door(self.folder, places.guideline(), self.clock)
        door.__dict__["pack"] = self.pack
        return door

    def sign_in(self) -> Desk:
        """The program is started anew."""
        self.door.lock()
        self.door = self._door()
        self.desk = self.door.sign_in(self.door.users()[0].id, PASSPHRASE)
        return self.desk

    def become(self, role: Role) -> Desk:
        """The same person in another role, administrator as before."""
        assert self.door._opened is not None
        self.door._opened.store.save_clinician(replace(self.desk.clinician, role=role))
        return self.sign_in()

    def fill(self) -> None:
        """A draft whose advice changes, one whose does not, and a signed plan whose clock runs."""
        def case(name: str) -> Case:
            return load_case(places.guideline() / "cases" / f"{name}.yaml", self.pack)

        fill_desk(self.desk, [Trainee(case("c01"), SEVERE), Trainee(case("c02"), MILD),
                              Trainee(case("c01_decided"), SIGNED, sign=True)], PASSPHRASE)

    @property
    def editions(self) -> GuidelineEditions:
        assert self.desk.editions is not None
        return self.desk.editions

    def believe(self) -> None:
        self.editions.trust(house.publishers(), self.editions.look_at_publishers(house.publishers()), PASSPHRASE)

    def switch_on(self, **what: object) -> None:
        known = self.editions.install(house.edition(**what))  # type: ignore[arg-type]
        self.editions.switch_on(self.editions.prepare(known.number), PASSPHRASE)

    def later(self, days: int) -> None:
        self.clock.day += timedelta(days=days)


@pytest.fixture
def clinic(tmp_path: Path, clock: StillClock, pack: Pack) -> Iterator[Clinic]:
    made = Clinic(tmp_path / "profile", clock, pack)
    yield made
    made.door.lock()


@pytest.fixture
def window_on(qtbot: QtBot, qapp: object) -> Iterator[Callable[[Desk], MainWindow]]:
    begun: list[MainWindow] = []

    def begin(desk: Desk) -> MainWindow:
        application()
        window = MainWindow(desk, save_file=lambda _name, _content: None)
        begun.append(window)
        window.show()
        window.settings.show_guideline()
        return window

    yield begin
    for window in begun:
        window.gate.wait()
        window.close()
        window.stand_up()
        window.deleteLater()


def page_of(window: MainWindow) -> GuidelinePage:
    page = window.stack.currentWidget()
    assert isinstance(page, GuidelinePage)
    return page
