"""A whole consultation in a process of its own: ``python -m tests.whole.canary FOLDER GUIDELINE EXPORTS``.

First start, new patient, answers, decisions, a document in the preview, copied as text, saved and signed, an error of
the program's own, a lock, and the end. Whoever starts it watches what it writes and which sockets it opens.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import VERSION, log, places
from desktop_app.door import Door
from desktop_app.engine.cases import load_case
from desktop_app.presentation.papers import LOOK
from desktop_app.seal import keeper
from desktop_app.use_cases.domain import PaperKind, Verdict
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.kept_look import KeptLook
from desktop_app.widgets.preview_page import COPY
from tests.fakes import StillClock
from tests.people import PASSPHRASE, cheap_keeper
from tests.whole import walk
from tests.whole.driver import wait

NAME, NUMBER, BORN = "Zyxwanda Quorlimp", "CNRY-77341", date(1954, 3, 3)


def main(folder: str, guideline: str, exports: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    log.watch(places.state_folder())
    app = application()
    door = Door(Path(folder), Path(guideline), StillClock())
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", PASSPHRASE)
    door.recovery_key_kept()
    log.begin(VERSION)
    program = Program(app, door, kept=KeptLook(Path(folder).parent / "look"))
    window = program.window
    window.show()
    window.sit_down(desk)
    patient = desk.new_patient(name=NAME, number=NUMBER, born=BORN, sex="female")
    window.open_consultation(desk.open(patient.id))
    view = window.view
    assert view is not None
    case = load_case(Path(guideline) / "cases" / "c01_decided.yaml", door.pack)
    view.answer(walk.answers_of(case))
    consultation = view.wizard.consultation
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    for screen in view.wizard.screens:
        view.steps.chosen.emit(screen)
        QApplication.processEvents()
    window.papers.do(LOOK, PaperKind.CARE_PLAN.value)
    wait(lambda: window.papers.preview is not None)
    window.papers.do(COPY, PaperKind.CARE_PLAN.value)
    wait(lambda: not window.gate.running)
    signed = consultation.sign(desk.signer(PASSPHRASE))
    (Path(exports) / "plan.pdf").write_bytes(signed.content)  # what a clinician chose to save
    error = RuntimeError(f"an error whose words hold {NAME}")
    program.bug(type(error), error, None)
    QApplication.processEvents()
    program.lock()
    window.close()
    door.lock()
    log.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # the order in which an interpreter takes down open widgets is not what is looked at here
