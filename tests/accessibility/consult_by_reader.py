"""A screen reader's side of a consultation: ``consult_by_reader.py PASSPHRASE ANSWERS REASON PLAN``.

Run by the system's Python. ANSWERS is a JSON list of [beginning of a question, keys]; a question that is not in it is
answered "not assessed". The first option that can be accepted is, the next one is declined with REASON. Prints one JSON
line for each stop.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from reader import BUTTON, OPEN, WORDS, Atspi, GLib, Node, Reader, State, begin_consultation, has, name, role, tell

IMPRESSION = "Your own impression"
REVIEW = "Review and sign"


class Clinician(Reader):
    def answer(self, question: Node, keys: list[str]) -> None:
        words = name(question)
        self.type_keys(keys)
        self.until(f"an answer to “{words}”", lambda: not waits(question, words))
        tell(question=words.removesuffix(f" {OPEN}"), keys=keys)

    def skip_impression(self) -> None:
        self.type_keys(["Escape"])
        self.until("the own impression to be skipped", lambda: self.find(WORDS, IMPRESSION) is None)
        tell(impression="skipped")

    def decide(self, option: Node, reason: str) -> None:
        """The open option: accepted, or declined with a reason."""
        words = name(option)
        if reason:
            self.press("Decline…", whole=True)
            self.write("Reason", reason)
            self.press("Keep this decision", whole=True)
        else:
            self.press("Accept", whole=True)
        title = words.split(":")[0]
        self.until(f"the decision on {title}", lambda: self.find({"panel", *BUTTON}, f"{title}: ", other_than=words))
        tell(option=title, verdict="declined" if reason else "accepted")

    def go_on(self) -> None:
        """What the button Next says, by its action."""
        before = (self.step(), words := name(self.until("Next", lambda: self.find(BUTTON, "Next: "))))
        self.press(words, whole=True)
        self.until(f"what follows {before}", lambda: self.place() != before)
        tell(step=self.step(), nameless=self.nameless())

    def place(self) -> tuple[str, str]:
        following = self.find(BUTTON, "Next: ")
        return self.step(), "" if following is None else name(following)

    def consult(self, answers: dict[str, list[str]], reasons: list[str]) -> None:
        while True:
            node = self.until("something with the keyboard that has a name", self.keyboard)
            words = name(node)
            if role(node) == "panel" and words.endswith(OPEN):
                self.answer(node, next((keys for start, keys in answers.items() if words.startswith(start)), ["a"]))
                continue
            if (step := self.step()) == REVIEW:
                return
            if self.find(WORDS, IMPRESSION):
                self.skip_impression()
            elif reasons and role(node) == "panel" and (accept := self.find(BUTTON, "Accept", whole=True)) and has(
                    accept, State.ENABLED):
                self.decide(node, reasons.pop(0))
            else:
                tell(leaves=step, keyboard=words)
                self.go_on()

    def sign(self, passphrase: str) -> None:
        self.press("Sign…", whole=True)
        secret = self.until("the question whether to sign", lambda: self.find(BUTTON, "Cancel", whole=True)
                            and (self.find({"password text"}, "") or True))
        tell(asks="whether to sign", nameless=self.nameless())
        if secret is not True:
            Atspi.EditableText.set_text_contents(secret.get_editable_text_iface(), passphrase)
        self.press("Sign", whole=True)
        self.until("the signature", lambda: self.find(BUTTON, "Save the signed PDF"))
        tell(signed=True, nameless=self.nameless())


def waits(question: Node, words: str) -> bool:
    """Whether the question still stands there without an answer."""
    try:
        question.clear_cache()
        return name(question) == words and has(question, State.SHOWING)
    except GLib.Error:
        return False


def main(passphrase: str, answers: str, reason: str, plan: str) -> None:
    reader = Clinician()
    begin_consultation(reader, passphrase)
    reader.consult(dict(json.loads(answers)), ["", reason])
    reader.sign(passphrase)
    reader.press("Save the signed PDF")
    reader.until("the saved plan", Path(plan).exists)


if __name__ == "__main__":
    main(*sys.argv[1:])
