"""How the program is opened: each way in from the command line, with the parts joined.

Heavy libraries are imported where they are needed: the first window must not wait for reportlab,
pyHanko or Alembic.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import VERSION, language, places
from desktop_app.door import TRAINING_PASSPHRASE, Door
from desktop_app.parts import ComputerClock, OneMoment, documents, seal

if TYPE_CHECKING:
    from desktop_app.cli.plan import Parts
    from desktop_app.cli.self_check import Step


def shipped_guideline() -> Path:
    return places.guideline()


def plan_parts(folder: Path) -> Parts:
    """What `lumbar-pathway plan` needs."""
    from desktop_app.cli.plan import Parts
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.loader import load_pack

    pack = load_pack(folder)
    return Parts(pack, ClinicalArithmetic(pack), ComputerClock(), documents, seal)


def door(guideline: Path, data_dir: Path | None) -> Door:
    """The way into the profile of this user, or of the folder that was named."""
    return Door(data_dir or places.data_folder(), guideline, ComputerClock(), state=places.state_folder())


def self_check_parts(folder: Path) -> list[Step]:
    """The steps of `lumbar-pathway self-check`."""
    from desktop_app.cli.self_check_steps import SelfCheck

    moment = OneMoment(ComputerClock())

    def door(place: Path) -> Door:
        return Door(place, folder, moment, training=True)

    def window(resources: Path) -> str:
        from desktop_app.widgets.window_check import draw_a_window

        return draw_a_window(resources)

    def around(place: Path) -> str:
        from desktop_app.widgets.around_check import reach_around

        return reach_around(place)

    def look_at(pdf: bytes) -> tuple[str, str]:
        from desktop_app.widgets.paper_check import look_at

        return look_at(pdf)

    return SelfCheck(folder, seal, door, window, around, look_at).steps()


def training_door(place: Path, guideline: Path) -> Door:
    """A throw-away profile filled with fictional patients, signed out again."""
    from desktop_app.engine.cases import load_cases
    from desktop_app.use_cases.training import TRAINING_CLINIC, fill_desk, trainees

    door = Door(place, guideline, ComputerClock(), training=True)
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", TRAINING_PASSPHRASE)
    fill_desk(desk, trainees(load_cases(guideline / "cases", door.pack)), TRAINING_PASSPHRASE)
    door.recovery_key_kept()
    door.lock()
    return door


def _say_ready() -> None:
    from PySide6.QtWidgets import QApplication

    print("ready", flush=True)  # noqa: T201  asked for on the command line
    QApplication.quit()


def open_window(
    guideline: Path,
    *,
    demo: bool = False,
    data_dir: Path | None = None,
    safe_mode: bool = False,
    read_only: bool = False,
    say_ready: bool = False,
    file: str = "",
    when_ready: Callable[[], None] | None = None,
) -> int:
    """Open the window and stay until it is closed. ``safe_mode`` starts with the usual look and keeps none;
    ``read_only`` shows the records and changes none; ``say_ready`` prints “ready” once the window can be used and
    closes it; about ``file`` the window asks.
    """
    language.begin(places.settings_folder(), places.resources() / "translations")  # before any sentence is made
    from desktop_app.widgets.app import run
    from desktop_app.widgets.application import application

    way = partial(run, application(), when_ready=_say_ready if say_ready else when_ready, version=VERSION, file=file)
    return _at_the_desk(way, guideline, data_dir, demo=demo, safe_mode=safe_mode, read_only=read_only)


def _at_the_desk(way: Callable[..., int], guideline: Path, data_dir: Path | None, *, demo: bool, safe_mode: bool,
                 read_only: bool) -> int:
    """Find the records, or make throw-away ones, and stay until the window is closed."""
    import tempfile

    if not demo:
        folder = data_dir or places.data_folder()
        way_in = Door(folder, guideline, ComputerClock(), read_only=read_only, state=places.state_folder())
        if read_only and way_in.is_first_start():
            from desktop_app.use_cases.errors import NoInput

            raise NoInput(f"There are no records in {folder} that could be shown.",
                          next_step="Name the folder with --data-dir, or start without --read-only to set up a clinic.")
        if not read_only and not way_in.is_first_start():
            from db.reserve import keep_room

            keep_room(folder)
        try:
            return way(way_in, settings=None if safe_mode else places.settings_folder(),
                       alone=(places.state_folder(), folder / "reading" if read_only else folder))
        finally:
            way_in.leave()
    with tempfile.TemporaryDirectory(prefix="lumbar-pathway-demo-") as place:
        door = training_door(Path(place) / "profile", guideline)
        try:
            return way(door)
        finally:
            door.lock()
