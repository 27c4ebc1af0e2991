"""The three open fonts that every page embeds, their widths, and what happens to letters they lack."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "LumbarSans"
SEMIBOLD = "LumbarSans-SemiBold"
BOLD = "LumbarSans-Bold"
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
        if units is None:
            get, default = self.widths.get, self.default
            units = sum([get(ord(letter), default) for letter in words]) * 0.001
            if len(self._known) < _MOST_WORDS:
                self._known[words] = units
        return units * size


@lru_cache(maxsize=1)
def faces() -> dict[str, Face]:
    """Register the fonts with reportlab, once a process."""
    known: dict[str, Face] = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(fonts_folder() / file))
        pdfmetrics.registerFont(font)
        known[name] = Face(name, font.face.charWidths, font.face.defaultWidth)
    return known


@lru_cache(maxsize=4096)
def printable(words: str) -> str:
    """``words`` in letters that every face has; what none has becomes the replacement sign, never nothing."""
    if words.isascii() and words.isprintable():
        return words
    widths = faces()[REGULAR].widths
    out: list[str] = []
    for letter in unicodedata.normalize("NFC", words):
        if letter in _INSTEAD:
            out.append(_INSTEAD[letter])
        elif letter == "\n":
            out.append(letter)
        elif unicodedata.category(letter) in {"Cc", "Cf"}:
            continue  # the fonts have some of them; none may turn or hide words
        elif ord(letter) in widths:
            out.append(letter)
        else:
            out.append(REPLACEMENT)
    return "".join(out)


def lacking(words: str) -> tuple[str, ...]:
    """The letters of ``words`` that the paper cannot show, in order, each once."""
    widths = faces()[REGULAR].widths
    found = (
        letter
        for letter in unicodedata.normalize("NFC", words)
        if letter not in _INSTEAD
        and letter != "\n"
        and ord(letter) not in widths
        and unicodedata.category(letter) not in {"Cc", "Cf"}
    )
    return tuple(dict.fromkeys(found))
