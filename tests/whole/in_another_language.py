"""The program at its next start, in the language that was chosen: ``python -m tests.whole.in_another_language FOLDER
GUIDELINE SETTINGS QUESTION`` goes on with the first consultation and prints what stands in it as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop_app import language, places

if __name__ == "__main__":  # before anything else is imported, as the program itself does
    language.begin(Path(sys.argv[3]), places.resources() / "translations")

from PySide6.QtWidgets import QLabel

from desktop_app.door import Door
from desktop_app.seal import keeper
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from desktop_app.widgets.dialogs import Handover
from desktop_app.widgets.editors import NumberEditor
from tests.fakes import StillClock
from tests.people import cheap_keeper
from tests.whole import walk
from tests.whole.driver import state, wait
from tests.whole.hands import Hands


def main(folder: str, guideline: str, _settings: str, question: str) -> None:
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
    words = program.window._half_typed
    assert words is not None
    found = {**json.loads(state(hands)), "language": language.now(),
             "panel": [label.text() for label in hands.view.panel.findChildren(QLabel) if label.text()]}
    hands.view.go_to_question(question)
    words.put_back()
    card = hands.view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, NumberEditor)
    found["typed"] = card.editor.field.text()
    asked = Handover(program.window)
    asked.open()
    words.put_back()
    found["to"], found["note"] = asked.to.text(), asked.note.toPlainText()
    asked.reject()
    hands.view.answer({"back_pain": None})
    while hands.view.wizard.consultation.can_undo:  # the number in the field became an answer as its page was left
        hands.view.undo()
    found["after undo"] = json.loads(state(hands))["answers"]
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
