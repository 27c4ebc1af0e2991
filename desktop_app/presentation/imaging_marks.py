"""What a key pressed on a cell of the spine answers."""

from __future__ import annotations

from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack

KEYS = {str(number): number - 1 for number in range(1, 5)}  # key to the place of the answer in the grid's list


def cell_answer(pack: Pack, key: str, letter: str) -> Answer | None:
    """1 to 4 choose, N is reported clear. None when the letter means nothing."""
    atom = pack.atoms[key]
    if letter == "n":
        return Answer(atom.normal)
    at = KEYS.get(letter)
    return Answer(atom.options[at].id) if at is not None and at < len(atom.options) else None
