"""Scripts whose letters join, stack or run from right to left: order on the line, then glyphs, by kept libraries.

A line is put in visual order by the Unicode bidirectional algorithm (python-bidi), cut into runs of one
direction, face and look, and each run is shaped by HarfBuzz (uharfbuzz). Latin text never comes here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ARABIC = "؀-ۿݐ-ݿࢠ-ࣿﭐ-﷿ﹰ-ﻼ"
_DEVANAGARI = "ऀ-ॿ꣠-ꣿ"
_COMPLEX = re.compile(f"[{_ARABIC}{_DEVANAGARI}]")
_SCRIPTS = {"arab": re.compile(f"[{_ARABIC}]"), "deva": re.compile(f"[{_DEVANAGARI}]")}
# Telephone numbers and doses keep their order.
_NUMBER = re.compile(r"[+(]?\d(?:[\d \xa0()/\-.,]*\d)?(?:[ \xa0]?[A-Za-z%µ/]+)?")
_ICON = "\N{OBJECT REPLACEMENT CHARACTER}"  # an icon in the text, neutral like a space
_PRIVATE = 0xE000  # a glyph that no letter names alone gets this and its number: the same in every process


def is_complex(words: str) -> bool:
    """Whether any letter needs shaping or runs from right to left."""
    return not words.isascii() and _COMPLEX.search(words) is not None


def script_of(letter: str) -> str:
    """``arab``, ``deva`` or "" for everything that the Latin face shows."""
    if letter.isascii():
        return ""
    return next((name for name, letters in _SCRIPTS.items() if letters.match(letter)), "")


def reads_from_right(words: str) -> bool:
    """The direction of a paragraph: that of its first letter with one."""
    from unicodedata import bidirectional

    for letter in words:
        kind = bidirectional(letter)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False


@dataclass(frozen=True, slots=True)
class Shaped:
    """Glyphs of one run from left to right, as reportlab takes them; width in thousandths of the size."""

    glyphs: ShapedStr
    width: float


@dataclass(frozen=True, slots=True)
class VisualRun:
    """A stretch of one direction, script and source on a line, in reading order within itself."""

    words: str
    script: str
    from_right: bool
    source: int  # index of the piece that it came from


@lru_cache(maxsize=8192)
def shape(words: str, face: str, script: str, *, from_right: bool) -> Shaped:
    """Glyphs of a run. ``face`` is the registered name of a face that has the script."""
    import uharfbuzz

    font = cast("TTFont", pdfmetrics.getFont(face))
    inner = font.face
    scale = font.pdfScale
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(words)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if from_right else "ltr"
    if script:
        buffer.script = {"arab": "Arab", "deva": "Deva"}[script]
    shaper = font.hbFont()
    uharfbuzz.shape(shaper, buffer, {"kern": True, "liga": True})
    letters, data, width = [], [], 0.0
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = info.codepoint
        code = _code_of(inner, glyph, scale(shaper.get_glyph_h_advance(glyph)))
        letters.append(chr(code))
        advance = scale(at.x_advance)
        data.append(
            ShapeData(info.cluster, advance, scale(at.y_advance), scale(at.x_offset), scale(at.y_offset),
                      inner.charWidths[code])
        )
        width += advance
    return Shaped(ShapedStr("".join(letters), shapeData=data), width)


def _code_of(inner: object, glyph: int, advance: float) -> int:
    """The code under which reportlab keeps a glyph; the number of the glyph alone decides it."""
    known = inner.glyphToChar.get(glyph)  # type: ignore[attr-defined]  # reportlab has no types
    if known:
        return int(known[0])
    code = _PRIVATE + glyph
    inner.charToGlyph[code] = glyph  # type: ignore[attr-defined]  # see above
    inner.glyphToChar[glyph] = [code]  # type: ignore[attr-defined]  # see above
    inner.charWidths[code] = advance  # type: ignore[attr-defined]  # see above
    return code


def turned(words: str) -> str:
    """A run of signs without joining from right to left: turned round, brackets mirrored."""
    from bidi.algorithm import MIRRORED

    return "".join(MIRRORED.get(letter, letter) for letter in reversed(words))


def lacks_glyph(words: str, face: str, script: str) -> bool:
    """Whether shaping would end in the box that stands for a missing glyph."""
    shaped = shape(words, face, script, from_right=script == "arab")
    inner = cast("TTFont", pdfmetrics.getFont(face)).face
    return any(inner.charToGlyph.get(ord(letter), 0) == 0 for letter in shaped.glyphs)


# -- order on a line ------------------------------------------------------------------------------


def _levels(words: str, *, from_right: bool) -> list[int]:
    """The embedding level of every letter of a line."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"] = int(from_right)
    storage["base_dir"] = "R" if from_right else "L"
    algorithm.get_embedding_levels(words, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    levels = [int(one["level"]) for one in storage["chars"]]
    _pair_brackets(words, levels, int(from_right))
    for match in _NUMBER.finditer(words):  # as if isolated: "+39 02 1234" must not come out as "1234 02 39+"
        level = max(levels[match.start() : match.end()])
        levels[match.start() : match.end()] = [level + level % 2] * (match.end() - match.start())
    for place in range(len(words) - 1, len(words.rstrip(" ")) - 1, -1):
        levels[place] = int(from_right)
    return levels


def _pair_brackets(words: str, levels: list[int], base: int) -> None:
    """Both brackets of a pair go with their content and what stands before them (rule N0, which the library lacks)."""
    opened: list[int] = []
    for end, letter in enumerate(words):
        if letter in "([":
            opened.append(end)
        elif letter in ")]" and opened:
            start = opened.pop()
            if levels[start] != levels[end]:
                inside = (levels[at] for at in range(start + 1, end) if words[at].isalpha())
                level = base if base in inside else levels[start]
                levels[start] = levels[end] = level


def in_sight_order(pieces: Sequence[str], *, from_right: bool) -> list[VisualRun]:
    """The runs of a line from left to right; an empty piece stands for an icon."""
    words = "".join(piece or _ICON for piece in pieces)
    sources = [number for number, piece in enumerate(pieces) for _ in piece or _ICON]
    levels = _levels(words, from_right=from_right)
    runs: list[tuple[int, VisualRun]] = []
    for level, script, source, part in _cut(words, levels, sources):
        runs.append((level, VisualRun("" if part == _ICON else part, script, bool(level % 2), source)))
    return [run for _, run in _reordered(runs)]


def _cut(words: str, levels: Sequence[int], sources: Sequence[int]) -> Iterator[tuple[int, str, int, str]]:
    start = 0
    scripts = [script_of(letter) for letter in words]
    for at in range(1, len(words) + 1):
        if at < len(words) and (levels[at], scripts[at], sources[at]) == (
            levels[start], scripts[start], sources[start],
        ):
            continue
        if start < len(words):
            yield levels[start], scripts[start], sources[start], words[start:at]
        start = at


def _reordered(runs: list[tuple[int, VisualRun]]) -> list[tuple[int, VisualRun]]:
    """Rule L2: from the highest level down to the lowest odd one, turn every stretch of that level or more."""
    runs = list(runs)
    highest = max((level for level, _ in runs), default=0)
    lowest = min((level for level, _ in runs if level % 2), default=highest + 1)
    for level in range(highest, lowest - 1, -1):
        at = 0
        while at < len(runs):
            if runs[at][0] < level:
                at += 1
                continue
            end = at
            while end < len(runs) and runs[end][0] >= level:
                end += 1
            runs[at:end] = reversed(runs[at:end])
            at = end
    return runs


def logical_runs(words: str) -> list[tuple[str, str]]:
    """Stretches of one script in reading order, for measuring."""
    return [(part, script) for _, script, _, part in _cut(words, [0] * len(words), [0] * len(words))]
