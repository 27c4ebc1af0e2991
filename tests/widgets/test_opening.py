"""A file opened by a double click: asked about in the window, and nothing comes into a clinic's records from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import places
from desktop_app.presentation import opening as words
from desktop_app.presentation.opening import Kind
from desktop_app.use_cases import training
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.errors import BadData, NotPermitted
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.one_instance import OPEN, RAISE, asked
from desktop_app.widgets.opening import AboutFile, Opening
from tests.people import CLINICIAN

ROOT = Path(__file__).resolve().parents[2]
CASE = places.guideline() / "cases" / "c01.yaml"


@pytest.fixture
def elsewhere() -> list[str]:
    return []


@pytest.fixture
def opening(window: MainWindow, desk: Desk, elsewhere: list[str]) -> Iterator[Opening]:
    def other(file: str) -> bool:
        elsewhere.append(file)
        return True

    made = Opening(window, lambda: desk.pack, training=desk.training, other_window=other)
    yield made
    if made.dialog is not None:
        made.dialog.reject()


def _asked(opening: Opening) -> AboutFile:
    assert opening.dialog is not None
    assert opening.dialog.isVisible()
    return opening.dialog


@pytest.mark.parametrize(("name", "kind"), [("a.lumbar-case", Kind.CASE), ("A.LUMBAR-CASE.YAML", Kind.CASE),
                                            ("b.lumbar-pack", Kind.EDITION)])
def test_the_ending_says_what_it_is(name: str, kind: Kind) -> None:
    assert words.kind_of(f"/somewhere/{name}") is kind


def test_any_other_file_is_named_and_refused() -> None:
    with pytest.raises(BadData, match=r"plan\.pdf"):
        words.kind_of("/somewhere/plan.pdf")


def test_in_training_a_case_becomes_one_more_patient(opening: Opening, window: MainWindow, desk: Desk) -> None:
    before = len(desk.worklist())
    opening.put(str(CASE))
    opening.go_on()
    assert len(desk.worklist()) == before  # nothing without a yes
    _asked(opening).go.click()
    assert len(desk.worklist()) == before + 1
    assert window.view is not None
    consultation = window.view.wizard.consultation
    assert consultation.patient.training
    assert consultation.encounter.answers
    assert not consultation.choices
    opening.put(str(CASE))
    opening.go_on()
    _asked(opening).go.click()  # a second time it has a number of its own
    assert len(desk.worklist()) == before + 2


def test_a_clinic_takes_nothing_from_it(opening: Opening, desk: Desk, elsewhere: list[str]) -> None:
    desk.training = opening._training = False
    opening.put(str(CASE))
    opening.go_on()
    dialog = _asked(opening)
    assert "take nothing" in dialog.asked.text
    dialog.go.click()
    assert elsewhere == [str(CASE)]
    assert not desk.worklist()
    with pytest.raises(NotPermitted):
        training.take_case(desk, None)  # type: ignore[arg-type]  # refused before it is looked at


def test_saying_no_leaves_everything_as_it_is(opening: Opening, desk: Desk) -> None:
    opening.put(str(CASE))
    opening.go_on()
    _asked(opening).cancel.click()
    assert not desk.worklist()


def test_every_mistake_of_a_case_has_its_place(opening: Opening, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.lumbar-case"
    wrong.write_text("as_of: 2026-02-30\nanswers:\n  no_such: yes\n", encoding="utf-8")
    opening.put(str(wrong))
    opening.go_on()
    dialog = _asked(opening)
    assert "wrong.lumbar-case:1:8" in dialog.asked.text
    assert dialog.go.isHidden()


def test_a_patient_that_is_not_told_is_refused_in_words(opening: Opening, desk: Desk, tmp_path: Path) -> None:
    bare = tmp_path / "bare.lumbar-case.yaml"
    bare.write_text("as_of: 2026-01-05\nanswers: {}\n", encoding="utf-8")
    opening.put(str(bare))
    opening.go_on()
    _asked(opening).go.click()
    assert "date of birth and sex" in _asked(opening).asked.text
    assert not desk.worklist()


def test_an_edition_is_for_an_administrator(opening: Opening, desk: Desk) -> None:
    desk.access.person = replace(CLINICIAN, administers=False)
    opening.put("/stick/new.lumbar-pack")
    opening.go_on()
    dialog = _asked(opening)
    assert dialog.asked.text.startswith("You may not install")
    assert dialog.go.isHidden()


def test_files_wait_for_somebody_who_has_unlocked_and_for_a_dialog_to_end(opening: Opening, window: MainWindow,
                                                                         desk: Desk, qtbot: QtBot) -> None:
    window.stand_up()
    opening.put(str(CASE))
    opening.go_on()
    assert opening.dialog is None
    assert "c01.yaml" in opening.waits
    window.sit_down(desk)
    first = Confirm(window, "Something else?", "", "Do it")
    first.open()
    opening.go_on()
    assert opening.dialog is None
    first.reject()
    qtbot.waitUntil(lambda: opening.dialog is not None)
    assert _asked(opening).asked.action
    assert opening.waits == ""


def test_a_later_start_hands_its_file_over() -> None:
    assert asked(RAISE) == ""
    assert asked(OPEN + b'"/a\\nb.lumbar-case"\n') == "/a\nb.lumbar-case"
    assert asked(b"open {}\n") is None
    assert asked(b"delete everything\n") is None


@pytest.mark.parametrize(("name", "code", "told"), [("gone.lumbar-case", 66, "There is no file"),
                                                    ("letter.odt", 65, "neither a case nor an edition")])
def test_the_command_line_refuses_before_a_window_opens(tmp_path: Path, name: str, code: int, told: str) -> None:
    ran = subprocess.run([sys.executable, "-m", "desktop_app", "--open", str(tmp_path / name)], cwd=ROOT, check=False,
                         env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True)
    assert ran.returncode == code
    assert told in ran.stderr


def test_any_other_file_is_told_of_and_the_next_one_is_asked_about(opening: Opening) -> None:
    opening.put("/somewhere/plan.pdf")
    opening.put(str(CASE))
    opening.go_on()
    told = _asked(opening)
    assert "plan.pdf" in told.asked.title
    assert not told.asked.action
    told.reject()
    QApplication.processEvents()
    assert _asked(opening).asked.action


SENT_BY_MACOS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from desktop_app import bootstrap, places
def sent():
    app = QApplication.instance()
    for file in (QUrl("https://example.invalid/a.lumbar-case"), sys.argv[2]):
        app.postEvent(app, QFileOpenEvent(file))
    QTimer.singleShot(0, looked)
def looked():
    from desktop_app.widgets.opening import AboutFile
    dialog = QApplication.activeModalWidget()
    print("asked:", isinstance(dialog, AboutFile) and dialog.asked.text, flush=True)
    dialog.reject()
    QTimer.singleShot(0, QApplication.quit)
sys.exit(bootstrap.open_window(places.guideline(), data_dir=Path(sys.argv[1]), when_ready=sent))
"""


def test_macos_sends_a_file_to_the_window_that_is_open(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SENT_BY_MACOS, str(tmp_path / "none yet"), str(CASE)], cwd=ROOT, capture_output=True,
        text=True, timeout=60, check=False,
        env={**os.environ, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")})
    assert done.returncode == 0, done.stderr
    assert "asked: “c01.yaml” holds" in done.stdout, done.stdout + done.stderr
