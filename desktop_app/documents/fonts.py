"""The open fonts of the pages, their widths, and what happens to letters that none of them has.

Latin, Greek and Cyrillic stand in the three faces of every page; Devanagari and Arabic have faces of their own
in the same three weights, registered when a page first needs them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app.documents.shaping import is_complex, logical_runs, script_of, shape

if TYPE_CHECKING:
    from collections.abc import Sequence

REGULAR = "LumbarSans"
SEMIBOLD = "LumbarSans-SemiBold"
BOLD = "LumbarSans-Bold"
_SCRIPTS = {"deva": "Devanagari", "arab": "Arabic"}
_FILES = {REGULAR: "NotoSans-Regular.ttf", SEMIBOLD: "NotoSans-SemiBold.ttf", BOLD: "NotoSans-Bold.ttf"}

_MOST_WORDS = 20_000  # remembered widths a face: far more than a document's vocabulary
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INSTEAD = {
    "≥": ">=",
    "≤": "<=",
    "→": "->",
    "←": "<-",
    "≈": "about ",
    "≠": "not ",
    "∙": "·",
    "‐": "-",
    "−": "-",
    "\u2028": "\n",
    "\u2029": "\n",
    "\t": " ",
    "\r": "",
    "\u00ad": "",
    "\u200b": "",
    "\ufeff": "",
}


def fonts_folder() -> Path:
    """Where the program keeps its fonts, in the source tree and in a bundle alike."""
    return Path(__file__).resolve().parents[2] / "resources" / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    name: str
    widths: dict[int, float]  # thousandths of the size, by code point
    default: float
    _known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def width(self, words: str, size: float) -> float:
        """Width in points. Words come back often, so each is added up once."""
        units = self._known.get(words)
        return (self._added_up(words) if units is None else units) * size

    def widths_of(self, words: Sequence[str], size: float) -> list[float]:
        """The width of each."""
        known = self._known
        return [(known[one] if one in known else self._added_up(one)) * size for one in words]

    def _added_up(self, words: str) -> float:
        if is_complex(words):
            units = sum(_units(self, part, script) for part, script in logical_runs(words))
        else:
            units = self.sum_of(words)
        if len(self._known) < _MOST_WORDS:
            self._known[words] = units
        return units

    def sum_of(self, words: str) -> float:
        """Width of letters that neither join nor stack, in parts of the size."""
        get, default = self.widths.get, self.default
        return sum([get(ord(letter), default) for letter in words]) * 0.001


def _units(face: Face, words: str, script: str) -> float:
    if not script:
        return face.sum_of(words)
    return shape(words, script_face(face.name, script), script, from_right=script == "arab").width * 0.001


@lru_cache(maxsize=1)
def faces() -> dict[str, Face]:
    """Register the fonts with reportlab, once a process."""
    known: dict[str, Face] = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(fonts_folder() / file))
        pdfmetrics.registerFont(font)
        known[name] = Face(name, font.face.charWidths, font.face.defaultWidth)
    return known


@lru_cache(maxsize=16)
def script_face(name: str, script: str) -> str:
    """The face that shows a script in the weight of the face ``name``; registered when it is first asked for."""
    _, _, weight = name.partition("-")
    own = f"Lumbar{_SCRIPTS[script]}-{weight or 'Regular'}"
    pdfmetrics.registerFont(TTFont(own, str(fonts_folder() / f"NotoSans{_SCRIPTS[script]}-{weight or 'Regular'}.ttf")))
    return own


def _shown(letter: str) -> bool:
    """Whether one of the faces has the letter."""
    script = script_of(letter)
    if not script:
        return ord(letter) in faces()[REGULAR].widths
    return ord(letter) in pdfmetrics.getFont(script_face(REGULAR, script)).face.charWidths


@lru_cache(maxsize=4096)
def printable(words: str) -> str:
    """``words`` in letters that the faces have; what none has becomes the replacement sign, never nothing."""
    if words.isascii() and words.isprintable():
        return words
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", words):
        if letter in _INSTEAD:
            out.append(_INSTEAD[letter])
        elif letter == "\n":
            out.append(letter)
        elif unicodedata.category(letter) in {"Cc", "Cf"}:
            continue  # the fonts have some of them; none may turn or hide words
        elif _shown(letter):
            out.append(letter)
        else:
            out.append(REPLACEMENT)
    return "".join(out)


def lacking(words: str) -> tuple[str, ...]:
    """The letters of ``words`` that the paper cannot show, in order, each once."""
    found = (
        letter
        for letter in unicodedata.normalize("NFC", words)
        if letter not in _INSTEAD
        and letter != "\n"
        and not _shown(letter)
        and unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return tuple(dict.fromkeys(found))
