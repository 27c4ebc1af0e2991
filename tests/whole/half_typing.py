"""A process to be killed: ``python -m tests.whole.half_typing FOLDER GUIDELINE QUESTION TEXT`` types and waits.

It prints one line when the window's own timer has stored what was typed, and then stands still.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest

from desktop_app.door import Door
from desktop_app.seal import keeper
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.editors import NumberEditor
from tests.fakes import StillClock
from tests.people import cheap_keeper
from tests.whole import walk
from tests.whole.driver import wait
from tests.whole.hands import Hands


def main(folder: str, guideline: str, question: str, text: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    app = application()
    program = Program(app, Door(Path(folder), Path(guideline), StillClock()))
    program.window.show()
    program.window.activateWindow()
    wait(program.window.isActiveWindow)
    program.begin()
    hands = Hands(program, wait)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.view.go_to_question(question)
    card = hands.view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, NumberEditor)
    card.editor.field.setFocus()
    QTest.keyClicks(card.editor.field, text)
    desk, encounter = program.window.desk, hands.view.wizard.consultation.encounter.id
    wait(lambda: bool(desk.half_typed.of(encounter)))
    print("kept", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
