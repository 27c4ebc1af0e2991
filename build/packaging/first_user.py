"""Uses the installed program as a clinician would, by what a screen reader is told: run by the system's Python.

``first_user.py set-up PICTURES PLAN ANSWERS REASON``  first start, one whole consultation, signature, the signed PDF
saved as PLAN; ANSWERS and REASON as in tests/accessibility/consult_by_reader.py

``first_user.py come-back PICTURES WORD``  unlocks and waits until WORD stands on the worklist
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "accessibility"))

from consult_by_reader import Clinician
from reader import BUTTON, WORDS, Atspi, begin_consultation, name, tell

PASSPHRASE = "four quiet herons wade"  # noqa: S105  opens nothing but the throw-away profile of this trial
FIRST_START = (
    ("Your name", "Dr N. Karim"), ("Profession", "general practitioner"), ("Passphrase", PASSPHRASE),
    ("Passphrase again", PASSPHRASE), ("Name of the clinic", "Valley Clinic"), ("Code of this computer", "TR01"),
    ("Ambulance", "0999 000 112"),
)
TICKS = {"check box", "push button", "toggle button", "radio button"}


class FirstUser(Clinician):
    def __init__(self, pictures: Path) -> None:
        super().__init__()
        self._pictures, self._count = pictures, 0

    def picture(self, what: str) -> None:
        """The whole screen as PNG; looked at by a person afterwards."""
        self._count += 1
        subprocess.run(["import", "-window", "root", str(self._pictures / f"{self._count:02d}-{what}.png")], check=True)
        tell(picture=what)

    @staticmethod
    def give_keyboard(title: str) -> None:
        """To the window of this title, as a window manager would: none is there."""
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync"],
                       check=True)

    def field(self, words: str, text: str) -> None:
        node = self.until(f"the field “{words}”",
                          lambda: self.find(WORDS, words, whole=True) or self.find(WORDS, words))
        Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    def first_start(self) -> None:
        self.until("the first page", lambda: self.find(WORDS, "Your name"))
        self.give_keyboard("^Lumbar Pathway$")
        self.picture("first-start")
        for words, text in FIRST_START:
            self.field(words, text)
        for node in [node for node in self.screen() if name(node).endswith(": none here")][1:]:
            self.act(node)
        self.picture("first-start-filled")
        self.press("Set up", whole=True)
        told = self.until("the recovery key", lambda: next(
            (name(node) for node in self.screen() if name(node).startswith("Recovery key: ")), None))
        self.picture("recovery-key")
        self.field("Type its last group", told.replace("\n", "-").rsplit("-", 1)[1].strip())
        self.press("It is printed or written down", TICKS)
        self.press("Go to the worklist")
        self.until("the worklist", lambda: self.find(BUTTON, "New patient"))
        self.picture("worklist")
        self.press("Lock", TICKS)

    def whole_consultation(self, plan: str, answers: str, reason: str) -> None:
        begin_consultation(self, PASSPHRASE)
        self.picture("first-question")
        self.consult(dict(json.loads(answers)), ["", reason])
        self.picture("review")
        self.sign(PASSPHRASE)
        self.picture("signed")
        self.press("Save the signed PDF")
        self.until("the system's question for the file", lambda: len(self.windows()) > 1)
        self.give_keyboard("^Save$")
        self.type_keys(["ctrl+a"])
        subprocess.run(["xdotool", "type", "--delay", "25", plan], check=True)
        self.picture("save")
        self.type_keys(["Return"])

    def come_back(self, word: str) -> None:
        self.until("the program", self.windows)
        self.field("Passphrase", PASSPHRASE)
        self.press("Unlock")
        self.until(f"{word} on the worklist", lambda: any(word in name(node) for node in self.screen()))
        self.picture("came-back")


def main(what: str, pictures: str, word: str, *consultation: str) -> None:
    user = FirstUser(Path(pictures))
    if what == "set-up":
        user.first_start()
        user.whole_consultation(word, *consultation)
    else:
        user.come_back(word)


if __name__ == "__main__":
    main(*sys.argv[1:])
