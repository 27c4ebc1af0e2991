"""The log and the crash file: bounded, one line an event, no patient in them, and both in the problem report."""

from __future__ import annotations

import inspect
import io
import os
import re
import signal
import subprocess
import sys
import typing
from collections.abc import Callable, Iterator
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_app import log
from desktop_app.door import Door
from desktop_app.use_cases.errors import IoFailed
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.unlock_page import UnlockPage
from tests.whole import walk
from tests.whole.canary import NAME, NUMBER
from tests.whole.hands import Hands

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 \d+ [a-z-]+( [\w.:/<> -]+)?")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "state"
    yield folder
    log.end()


def lines_of(folder: Path) -> list[str]:
    return (folder / log.LOG_FILE).read_text(encoding="ascii").splitlines()


def test_one_line_is_one_event_in_universal_time(state: Path) -> None:
    log.watch(state)
    log.note(log.Event.SIGNED_IN)  # before the log is open
    log.begin("1.2.3")
    log.note(log.Event.BACKUP_FAILED, 1, 2)
    log.note(log.Event.TROUBLE, IoFailed)
    lines = lines_of(state)
    assert [line.split(" ", 2)[2] for line in lines] == ["started 1 2 3", "signed-in", "backup-failed 1 2",
                                                         "trouble IoFailed"]
    for line in lines:
        assert LINE.fullmatch(line)
        assert datetime.fromisoformat(line.split(" ")[0]).tzinfo is not None
    assert (state / log.LOG_FILE).stat().st_mode & 0o077 == 0
    assert (state / log.CRASH_FILE).stat().st_mode & 0o077 == 0


def test_there_is_no_way_to_note_text() -> None:
    """Numbers and kinds of errors only: a name has no place to stand."""
    told = typing.get_type_hints(log.note)["told"]
    assert set(typing.get_args(told)) == {int, type[BaseException]}
    assert list(inspect.signature(log.note).parameters) == ["event", "told"]
    with pytest.raises((AttributeError, ValueError, TypeError)):
        log.note(log.Event.TROUBLE, NAME)  # type: ignore[arg-type]


def test_old_lines_go_when_there_are_too_many(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE", 2000)
    log.watch(state)
    log.begin("0.1.0")
    for number in range(1000):
        log.note(log.Event.BACKED_UP, number)
    files = sorted(state.glob(f"{log.LOG_FILE}*"))
    assert len(files) == log.FILES == 5
    assert all(file.stat().st_size <= 2000 for file in files)
    assert lines_of(state)[-1].endswith("backed-up 999")
    assert (log.FILES, 1024 * 1024) == (5, 1 << 20)


def test_a_full_disk_stops_nobody(state: Path, capfd: pytest.CaptureFixture[str],
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    log.watch(state)
    log.begin("0.1.0")
    assert log._State.logger is not None
    [handler] = [one for one in log._State.logger.handlers if isinstance(one, RotatingFileHandler)]

    def full(_text: str) -> int:
        raise OSError(28, "No space left on device")

    handler.stream.close()
    handler.stream = io.StringIO()  # type: ignore[assignment]
    monkeypatch.setattr(handler.stream, "write", full)
    log.note(log.Event.LOCKED)
    assert capfd.readouterr().err == ""


def test_a_mistake_of_ours_is_noted_by_its_place_and_not_by_its_words(state: Path) -> None:
    log.watch(state)
    log.begin("0.1.0")
    with pytest.raises(ValueError, match=NAME) as told:
        int(NAME)
    log.note_mistake(told.type, told.tb)
    last = lines_of(state)[-1]
    assert "our-mistake ValueError" in last
    assert "tests/whole/test_log.py:" in last
    assert NAME.split()[0] not in last
    assert str(Path.home()) not in last


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory, guideline_folder: Path) -> tuple[Path, str]:
    """The folder of state after a crash below Python with a patient on the screen, and what the terminal got."""
    folder = tmp_path_factory.mktemp("crash")
    done = subprocess.run(
        [sys.executable, "-m", "tests.whole.crash", str(folder / "profile"), str(guideline_folder),
         str(folder / "state")], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True,
        text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGSEGV, done.stderr
    return folder / "state", done.stdout + done.stderr


def test_a_crash_is_written_down_without_the_patient(crashed: tuple[Path, str]) -> None:
    state, terminal = crashed
    left = (state / log.CRASH_FILE).read_text(encoding="ascii")
    assert "Segmentation fault" in left
    assert "in fall" in left
    for text in (left, terminal, (state / log.LOG_FILE).read_text(encoding="ascii")):
        assert not [word for word in (*NAME.split(), NUMBER) if word in text]


def test_the_next_start_says_so_and_the_report_takes_it_along(
        crashed: tuple[Path, str], made: Door, start: Callable[[Door], Hands], tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch) -> None:
    state, _ = crashed
    log.watch(state)
    try:
        log.begin("0.1.0")
        assert log.ended_badly()
        hands = start(made)
        unlock = hands.window.stack.currentWidget()
        assert isinstance(unlock, UnlockPage)
        assert "ended by itself last time" in walk.words_of(unlock)
        walk.sign_in(hands)
        hands.window.settings.show_settings()
        page = hands.window.stack.currentWidget()
        assert isinstance(page, SettingsPage)
        target = tmp_path / "problem.txt"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        hands.click(page.report.button)
        report = target.read_text(encoding="utf-8")
        assert "ended-badly-before" in report
        assert "Segmentation fault" in report
        assert "in fall" in report
        assert str(ROOT) not in report
        assert not [word for word in (*NAME.split(), NUMBER) if word in report]
        assert (state / log.CRASH_BEFORE).exists()
        log.end()
        log.watch(state)  # after an ordinary end nothing is said any more
        assert not log.ended_badly()
    finally:
        log.end()


def test_a_crash_leaves_no_image_of_the_memory() -> None:
    """One byte, and not none: Linux then does not hand the image to a crash reporter either."""
    words = ("import resource, sys; from desktop_app.__main__ import main; main(['hazards']); "
             "print(resource.getrlimit(resource.RLIMIT_CORE), file=sys.stderr)")
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.split("\n")[-2] in ("(1, 1)", "(0, 0)")
