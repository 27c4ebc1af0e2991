"""From the first start to a signed PDF through the real window, store and keys; and killed in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app import bootstrap
from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.parts import ComputerClock, seal
from desktop_app.presentation.wizard import OPTIONS, REVIEW, Place
from desktop_app.use_cases.ports import Verification
from desktop_app.widgets.app import Program
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate

ROOT = Path(__file__).resolve().parents[2]
GOOD = "green tractor on the moon"
DIES = """
import os, signal, sys
from pathlib import Path
from PySide6.QtTest import QTest
from desktop_app import bootstrap
from desktop_app.door import Door
from desktop_app.parts import ComputerClock, seal
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
app = application()
door = Door(Path(sys.argv[1]), bootstrap.shipped_guideline(), ComputerClock())
program = Program(app, door)
program.window.show()
desk = door.sign_in(door.users()[0].id, sys.argv[2])
program.window.sit_down(desk)
program.window.open_consultation(desk.open(desk.find("TR-0001")[0].id))
QTest.keyClick(program.window.view.page.questions.open_card, "n")
QTest.keyClick(program.window.view.page.questions.open_card, "d")
os.kill(os.getpid(), signal.SIGKILL)
"""


def write(page: FirstStartPage | NewPatientPage | RecoveryKeyPage, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        edit = page.form.fields[name]
        assert isinstance(edit, QLineEdit)
        edit.setText(text)


def first_start(program: Program, qtbot: QtBot) -> None:
    page = program.window.stack.currentWidget()
    assert isinstance(page, FirstStartPage)
    write(page, {"clinician": "Dr N. Karim", "role": "general practitioner", "passphrase": GOOD, "again": GOOD,
                 "name": "Hillside Clinic", "station": "TR01"})
    write(page, {f"phone.{p.id}": "555 0142" for p in program.door.pack.phones if p.required})
    page.press()
    qtbot.waitUntil(lambda: isinstance(program.window.stack.currentWidget(), RecoveryKeyPage), timeout=20_000)
    key = program.window.stack.currentWidget()
    assert isinstance(key, RecoveryKeyPage)
    write(key, {"last": key._key.replace(" ", "-").split("-")[-1]})
    key.tick.setChecked(True)
    key.press()


def new_patient(program: Program) -> None:
    page = program.window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    page.new.click()
    form = program.window.stack.currentWidget()
    assert isinstance(form, NewPatientPage)
    write(form, {"name": "Marta Lindqvist", "number": "TR-0001", "born": "3 Mar 1954"})
    form.sex["female"].click()
    form.begin()


@pytest.fixture
def begun(qapp: QApplication) -> Iterator[Callable[[Door], Program]]:
    """Starts a program; it is gone before the next test, which it would follow into other colours otherwise."""
    made: list[Program] = []

    def begin(door: Door) -> Program:
        made.append(Program(qapp, door))
        return made[-1]

    yield begin
    for program in made:
        program.window.close()
        program.window.deleteLater()
        program._ring.deleteLater()
        program.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.usefixtures("looks")
def test_first_start_to_signed_pdf_with_a_kill_in_between(begun: Callable[[Door], Program], qtbot: QtBot,
                                                         tmp_path: Path, cases: dict[str, Case], press: Press,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "profile"
    door = Door(folder, bootstrap.shipped_guideline(), ComputerClock())
    program = begun(door)
    program.window.show()
    program.begin()
    first_start(program, qtbot)
    new_patient(program)
    assert program.window.view is not None
    activate(qtbot, program.window)
    assert program.window.view.page.questions.open_id == "cauda_equina"
    program.lock()

    died = subprocess.run([sys.executable, "-c", DIES, str(folder), GOOD], cwd=ROOT, check=False, timeout=120)
    assert died.returncode == -signal.SIGKILL

    unlock = program.window.stack.currentWidget()
    assert isinstance(unlock, UnlockPage)
    unlock.passphrase.setText(GOOD)
    unlock.press()
    # Whoever locked in the middle of a consultation comes back to it.
    qtbot.waitUntil(lambda: isinstance(program.window.stack.currentWidget(), ConsultationView), timeout=20_000)
    view = program.window.view
    assert view is not None
    consultation = view.wizard.consultation
    assert {a.split(".")[0] for a in consultation.answers} == {"cauda_equina", "motor_emergency"}
    assert view.page.questions.open_id == view.wizard.page("emergency").next_open()

    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    activate(qtbot, program.window)
    assert view.page.asking_impression  # on a new clinic it is asked before the first options
    press(Qt.Key.Key_Escape)
    card = view.page.options.open_card
    assert card is not None
    card.accept.setFocus()
    press(Qt.Key.Key_Space)
    view.go(Place(REVIEW))
    page = view.page
    assert isinstance(page, ReviewPage)
    loaded: list[bool] = []
    monkeypatch.setattr(program.window.desk, "get_ready_to_sign", lambda: loaded.append(True))
    page.sign_button.click()
    dialog = program.window.findChild(SignNow)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(loaded))  # what signs is loaded while the passphrase is typed
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: program.window.signed is not None or bool(page.message.text()), timeout=30_000)
    assert page.message.text() == ""
    monkeypatch.setattr(program.window, "choose_file", lambda name: str(tmp_path / name))
    page.pdf_button.click()
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))))  # fetched beside the window
    pdf = next(tmp_path.glob("*.pdf"))
    verification: Verification = seal().verify(pdf.read_bytes(), [door.authority])
    assert verification.accepted, verification
    assert "Marta Lindqvist" in verification.patient
    program.lock()
