"""The program as a process of its own that can be killed: ``python -m tests.whole.driver FOLDER GUIDELINE CASE SEED``.

It opens the profile's first consultation through the window, answers its questions by keys and clicks in an order
drawn from the seed, wandering between the steps, and prints one JSON line for everything the window has acknowledged.
Before each step it reads a line: whoever wants it to stand still sends none.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import load_case
from desktop_app.seal import keeper
from desktop_app.widgets.app import Program
from desktop_app.widgets.application import application
from tests.fakes import StillClock
from tests.people import cheap_keeper
from tests.whole import walk
from tests.whole.hands import Hands

LONGEST_MS = 20000


def wait(ready: Callable[[], bool]) -> None:
    deadline = QDeadlineTimer(LONGEST_MS)
    while not ready():
        assert not deadline.hasExpired(), "the program did not get there"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def state(hands: Hands) -> str:
    """What a clinician can count on from now: the answers shown as saved, and where the keyboard is."""
    answers = {atom: repr((given.value, given.unknown)) for atom, given in hands.answers.items()}
    return json.dumps({"encounter": hands.view.wizard.consultation.encounter.id, "place": hands.place,
                       "answers": answers})


def tell(hands: Hands) -> None:
    print(state(hands), flush=True)
    if not sys.stdin.readline():
        os._exit(0)


def work(hands: Hands, wanted: Mapping[str, Answer], chance: random.Random) -> None:
    """Answer one open question after the other, on whatever step chance leads to, until nothing is left."""
    screens = list(hands.view.wizard.screens)[:-1]
    while screens:
        screen = chance.choice(screens)
        if hands.view.step != screen:
            hands.step_by_key(hands.view.wizard.screens.index(screen) + 1)
            tell(hands)
        todo = [c for c in hands.view.wizard.page(screen).cards
                if not c.settled and any(cell.atom in wanted for cell in c.cells)]
        if not todo:
            screens.remove(screen)
            continue
        for card in chance.sample(todo, min(len(todo), 3)):
            here = hands.view.wizard.page(screen).card(card.id)
            if here is None:
                continue
            if hands.view.page.part == "options":
                hands.click(hands.view.page.to_questions)
            hands.answer(card.id, {c.atom: wanted[c.atom] for c in here.cells if c.atom in wanted})
            tell(hands)


def main(folder: str, guideline: str, case: str, seed: str) -> None:
    keeper.Keeper = cheap_keeper  # type: ignore[misc, assignment]
    app = application()
    door = Door(Path(folder), Path(guideline), StillClock())
    program = Program(app, door)
    program.window.show()
    program.window.activateWindow()
    wait(program.window.isActiveWindow)
    program.begin()
    hands = Hands(program, wait)
    walk.sign_in(hands)
    walk.resume(hands)
    tell(hands)
    wanted = walk.answers_of(load_case(Path(guideline) / "cases" / f"{case}.yaml", door.pack))
    work(hands, wanted, random.Random(int(seed)))
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
