"""First start, unlock, recovery and lock through the window, over a door that only remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import places
from desktop_app.engine.model import Pack
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.errors import WrongPassphrase
from desktop_app.use_cases.keys import KeyUser
from desktop_app.widgets.app import Program
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.recovery_page import RecoveryPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage

GOOD = "green tractor on the moon"


class PaperDoor:
    training = False

    def __init__(self, desk: Desk, *, first: bool) -> None:
        self._desk, self._first = desk, first
        self.pack: Pack = desk.pack
        self.locked = 0
        self.fresh_key = ""
        self.clinic: Clinic | None = None

    def is_first_start(self) -> bool:
        return self._first

    def users(self) -> list[KeyUser]:
        return [KeyUser("c1", "Dr N. Karim")]

    def first_start(self, clinic: Clinic, name: str, role_title: str, passphrase: str) -> tuple[Desk, str]:
        assert (name, passphrase) == ("Dr N. Karim", GOOD)
        self.clinic, self._first = clinic, False
        return self._desk, "AAAA-BBBB-CCCC"

    def sign_in(self, user_id: str, passphrase: str, *, reading: bool = False) -> Desk:
        if passphrase != GOOD:
            raise WrongPassphrase("It does not open the key file.")
        return self._desk

    def sign_in_with_code(self, user_id: str, code: str, passphrase: str) -> Desk:
        raise AssertionError("nobody has a code here")

    def emergency_numbers(self) -> tuple[dict[str, str], tuple[str, ...]]:
        return {"ambulance": "555 0100"}, ()

    def recovery_key_to_confirm(self) -> str:
        return self.fresh_key

    def recovery_key_kept(self) -> None:
        self.fresh_key = ""

    def recover(self, recovery_key: str, name: str, role_title: str, passphrase: str) -> Desk:
        if recovery_key != "AAAA-BBBB-CCCC":
            raise WrongPassphrase("This is not the recovery key.")
        return self._desk

    def lock(self) -> None:
        self.locked += 1


@pytest.fixture
def open_program(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[Callable[..., Program]]:
    made: list[Program] = []

    def start(*, first: bool) -> Program:
        program = Program(qapp, PaperDoor(desk, first=first))
        qtbot.addWidget(program.window)
        program.window.show()
        program.begin()
        made.append(program)
        return program

    yield start
    for program in made:
        program.window.gate.wait()
        qapp.focusChanged.disconnect(program._ring.follow)
        program.deleteLater()


def page(program: Program, kind: type[QWidget]) -> object:
    found = program.window.stack.currentWidget()
    assert isinstance(found, kind), found
    return found


def test_first_start_asks_for_everything_and_shows_the_key_once(open_program: Callable[..., Program], qtbot: QtBot,
                                                                pack: Pack) -> None:
    program = open_program(first=True)
    first = page(program, FirstStartPage)
    assert isinstance(first, FirstStartPage)
    first.press()
    assert first.form.fields["clinician"].hasFocus() or not program.window.isActiveWindow()
    wrong = [name for name, label in first.form._wrong.items() if label.text()]
    assert "passphrase" in wrong
    assert [w for w in wrong if w.startswith("phone.")] == [f"phone.{p.id}" for p in pack.phones if p.required]
    for name, text in {"clinician": "Dr N. Karim", "role": "gp", "passphrase": GOOD, "again": GOOD,
                       "name": "Hillside", "station": "TR01"}.items():
        edit = first.form.fields[name]
        assert isinstance(edit, QLineEdit)
        edit.setText(text)
    for phone in pack.phones:
        edit = first.form.fields[f"phone.{phone.id}"]
        assert isinstance(edit, QLineEdit)
        edit.setText("555 0100" if phone.required else "")
    first.press()
    qtbot.waitUntil(lambda: isinstance(program.window.stack.currentWidget(), RecoveryKeyPage))
    key = page(program, RecoveryKeyPage)
    assert isinstance(key, RecoveryKeyPage)
    key.press()
    assert isinstance(program.window.stack.currentWidget(), RecoveryKeyPage)
    last = key.form.fields["last"]
    assert isinstance(last, QLineEdit)
    last.setText("cccc")
    key.tick.setChecked(True)
    key.press()
    page(program, WorklistPage)


def test_unlock_wrong_then_right_then_lock(open_program: Callable[..., Program], qtbot: QtBot) -> None:
    program = open_program(first=False)
    unlock = page(program, UnlockPage)
    assert isinstance(unlock, UnlockPage)
    unlock.passphrase.setText("wrong")
    unlock.press()
    qtbot.waitUntil(unlock.trouble.isVisible)
    assert unlock.trouble.accessibleName().startswith("The passphrase is not right")
    unlock.passphrase.setText(GOOD)
    unlock.press()
    qtbot.waitUntil(lambda: isinstance(program.window.stack.currentWidget(), WorklistPage))
    program.lock()
    page(program, UnlockPage)
    door = program.door
    assert isinstance(door, PaperDoor)
    assert door.locked == 1


def test_recovery(open_program: Callable[..., Program], qtbot: QtBot) -> None:
    program = open_program(first=False)
    program.show_recovery()
    form = page(program, RecoveryPage)
    assert isinstance(form, RecoveryPage)
    for name, text in {"key": "nonsense", "clinician": "Dr N. Karim", "role": "gp", "passphrase": GOOD,
                       "again": GOOD}.items():
        edit = form.form.fields[name]
        assert isinstance(edit, QLineEdit)
        edit.setText(text)
    form.press()
    qtbot.waitUntil(lambda: bool(form.form._wrong["key"].text()))
    key = form.form.fields["key"]
    assert isinstance(key, QLineEdit)
    key.setText("AAAA-BBBB-CCCC")
    form.press()
    qtbot.waitUntil(lambda: isinstance(program.window.stack.currentWidget(), WorklistPage))


def test_a_bug_is_told_apart_and_nothing_of_a_patient_stays(open_program: Callable[..., Program],
                                                            capsys: pytest.CaptureFixture[str]) -> None:
    program = open_program(first=False)
    error = RuntimeError("words that may name a patient")
    program.bug(RuntimeError, error, None)
    shown = program.window.stack.currentWidget()
    assert type(shown).__name__ == "ErrorPage"
    assert program.window._desk is None
    told = capsys.readouterr().err
    assert "RuntimeError" in told
    assert "patient" not in told


def test_files_that_were_exchanged_under_an_open_program_are_told_apart_from_a_bug(
    open_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "lumbar-pathway"
    file.write_bytes(b"of the older version")
    monkeypatch.setattr(places, "program_file", lambda: file)
    program = open_program(first=False)
    program.bug(RuntimeError, RuntimeError("a mistake of ours"), None)
    assert "made a mistake" in said_on(program)
    for exchange in (lambda: file.write_bytes(b"of the newer version, and longer"), file.unlink):
        exchange()
        program.bug(RuntimeError, RuntimeError("a part that is not there"), None)
        assert "updated or removed while it was open" in said_on(program)
        assert "Close this window and start the program again." in said_on(program)
        assert "made a mistake" not in said_on(program)


def said_on(program: Program) -> str:
    return " ".join(label.text() for label in program.window.stack.currentWidget().findChildren(QLabel))


def test_when_even_the_page_for_a_mistake_fails_the_window_is_not_empty(
    open_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of another version under a running program: the mistake and its page fail for the same reason."""
    program = open_program(first=False)

    def fails(*_given: object, **_named: object) -> None:
        raise ImportError("words that may name a patient")

    monkeypatch.setattr(program, "show_error", fails)
    program.bug(RuntimeError, RuntimeError("the first"), None)
    shown = program.window.stack.currentWidget()
    assert isinstance(shown, QLabel)
    assert shown.isVisible()
    assert "Every answer that was given is stored." in shown.text()
    assert "start the program again" in shown.text()
    assert "may name" not in shown.text()
    assert program.window._desk is None
    assert program.window.close()
