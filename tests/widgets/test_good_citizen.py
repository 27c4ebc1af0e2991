"""The window among other programs: where it stood, one per user, damaged settings, a report of an error of ours."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.presentation.forms import Trouble
from desktop_app.widgets.app import save_file
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.kept_look import FILE, SET_ASIDE, KeptLook, Look, clamped
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.one_instance import OneInstance, bring_to_front
from desktop_app.widgets.problem_report import problem_report
from desktop_app.widgets.theme import AS_SYSTEM

ROOT = Path(__file__).resolve().parents[2]
WIDE, SECOND = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 680)


@pytest.mark.parametrize(("place", "screens", "shown"), [
    (QRect(100, 50, 1280, 800), [WIDE], QRect(100, 50, 1280, 800)),
    (QRect(2000, 10, 1280, 800), [WIDE], QRect(640, 10, 1280, 800)),  # the second screen has gone
    (QRect(2000, 10, 1280, 800), [WIDE, SECOND], QRect(1920, 0, 1280, 680)),  # smaller than it was
    (QRect(-5000, -5000, 1280, 800), [WIDE], QRect(0, 0, 1280, 800)),
    (QRect(0, 0, 0, 0), [WIDE], QRect(0, 0, 0, 0)),
    (QRect(0, 0, 800, 600), [], QRect(0, 0, 0, 0)),
])
def test_the_window_comes_back_where_a_screen_shows_it(place: QRect, screens: list[QRect], shown: QRect) -> None:
    assert clamped(place, screens) == shown


def test_size_place_and_look_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(save_file=save_file)
    qtbot.addWidget(window)
    kept = KeptLook(tmp_path / "settings")
    window.setGeometry(3, 5, 1030, 650)
    kept.remember(window)
    kept.keep(theme="dark", text_scale=1.5)
    again = KeptLook(tmp_path / "settings")
    assert (again.now.theme, again.now.text_scale) == ("dark", 1.5)
    assert again.now.place == window.geometry()
    assert list((tmp_path / "settings").iterdir()) == [tmp_path / "settings" / FILE]


def test_safe_mode_keeps_nothing_and_reads_nothing() -> None:
    kept = KeptLook(None)
    kept.keep(theme="dark")
    assert KeptLook(None).now == Look()


def _damaged(draw: random.Random, whole: bytes) -> bytes:
    kind = draw.randrange(5)
    if kind == 0:
        return draw.randbytes(draw.randrange(400))
    if kind == 1:
        return whole[:draw.randrange(len(whole))]
    if kind == 2:
        changed = bytearray(whole)
        for _ in range(draw.randrange(1, 20)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        return bytes(changed)
    values = [None, True, -1, 10**30, 1e400, -1e-9, "dark", "", [], {}, [[]], "\x00", "nan"]
    if kind == 3:
        return json.dumps({name: draw.choice(values) for name in ("theme", "text_scale", "x", "width", "maximised")
                           }).encode()
    return draw.choice([b"[" * 50_000, b'{"x":' * 20_000, b"null", b"7", b'"dark"', b"\xff\xfe", b"", b" " * 70_000])


def test_a_thousand_damaged_settings_never_stop_a_start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    draw, path = random.Random(20), tmp_path / FILE
    KeptLook(tmp_path).keep(theme="dark", text_scale=1.25, x=40, y=40, width=1100, height=700)
    whole = path.read_bytes()
    window = MainWindow(save_file=save_file)
    qtbot.addWidget(window)
    usual = 0
    for _ in range(1000):
        path.write_bytes(_damaged(draw, whole))
        kept = KeptLook(tmp_path)
        assert isinstance(kept.now.theme, str)
        assert kept.now.text_scale == AS_SYSTEM or 1.0 <= kept.now.text_scale <= 2.0
        place = clamped(kept.now.place, [qapp.primaryScreen().availableGeometry()])
        assert place.isEmpty() or qapp.primaryScreen().availableGeometry().contains(place)
        usual += not path.exists()
        assert path.exists() or (tmp_path / SET_ASIDE).exists()
    assert usual > 300  # what cannot be read was set aside, not left to be met again


HOLDER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_app.widgets.one_instance import OneInstance
app = QCoreApplication([])
one = OneInstance(Path(sys.argv[1]), Path(sys.argv[2]))
if not one.first():
    print("second", one.raise_first(), flush=True)
    raise SystemExit
one.listen(lambda file: print("raised", file, flush=True))
print("first", flush=True)
app.exec()
"""


@contextmanager
def _started(tmp_path: Path, place: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is gone afterwards, whatever became of the test. ``place``: a short one, since the path of a
    socket has few letters.
    """
    environment = {**os.environ, "TMPDIR": place, "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / "state"), str(tmp_path / "data")],
                               cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_a_second_start_raises_the_first_and_a_killed_one_bars_nobody(tmp_path: Path) -> None:
    with TemporaryDirectory() as place:
        with _started(tmp_path, place) as first:
            assert _says(first) == "first\n"
            with _started(tmp_path, place) as second:
                assert _says(second) == "second True\n"
            assert _says(first) == "raised \n"
            first.send_signal(signal.SIGKILL)
            first.wait()
        with _started(tmp_path, place) as third:
            assert _says(third) == "first\n"
            with _started(tmp_path, place) as fourth:  # it can be reached, although the killed one left its socket
                assert _says(fourth) == "second True\n"


def test_another_user_cannot_take_the_name_and_be_told_of_files(tmp_path: Path) -> None:
    """The way between two starts lies where only their user can write, not in the folder that all users share."""
    with TemporaryDirectory() as place, _started(tmp_path, place) as first:
        assert _says(first) == "first\n"
        assert not list(Path(place).iterdir())
        [way] = [path for path in (tmp_path / "state").iterdir() if path.is_socket()]
        assert way.parent.stat().st_mode & 0o077 == 0
        with socket.socket(socket.AF_UNIX) as flood:
            flood.connect(str(way))
            with pytest.raises((BrokenPipeError, ConnectionResetError)):  # it hangs up on a line that never ends
                flood.sendall(bytes(64 * 1024 * 1024))
        with _started(tmp_path, place) as second:
            assert _says(second) == "second True\n"


def test_two_data_folders_are_two_programs(qapp: QCoreApplication, tmp_path: Path) -> None:
    one, other = (OneInstance(tmp_path / "state", tmp_path / name) for name in ("a", "b"))
    assert one.first()
    assert other.first()
    one.leave()
    other.leave()


def test_where_no_lock_can_be_made_nobody_is_kept_out(qapp: QCoreApplication, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    assert OneInstance(tmp_path / "state", tmp_path / "data").first()


def test_a_minimised_window_comes_back(qtbot: QtBot) -> None:
    window = MainWindow(save_file=save_file)
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert window.isVisible()
    assert not window.isMinimized()


def _refuse(patient: str) -> None:
    raise ValueError(f"no such answer: {patient}")


def _trace() -> BaseException:
    with pytest.raises(ValueError, match="Kestrelman") as told:
        _refuse("Canary Kestrelman")
    return told.value


def test_the_problem_report_says_where_and_names_nobody(qtbot: QtBot, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    error = _trace()
    report = problem_report(type(error), error.__traceback__, "0.1.0")
    assert "ValueError" in report
    assert "test_good_citizen.py" in report
    assert "_trace" in report
    assert "Kestrelman" not in report
    assert str(Path.home()) not in report
    page = ErrorPage(Trouble("This program made a mistake", "It is not your doing.", "Try again.", True),
                     details="ValueError", report=report, save_file=save_file)
    qtbot.addWidget(page)
    target = tmp_path / "problem.txt"
    monkeypatch.setattr(page.report_button, "choose_file", lambda: str(target))
    page.report_button.button.click()
    assert target.read_text(encoding="utf-8") == report
    assert str(target) in page.report_button.said.text()
    monkeypatch.setattr(page.report_button, "choose_file", lambda: str(tmp_path / "not there" / "problem.txt"))
    page.report_button.button.click()
    assert "not there" in page.report_button.said.text()
