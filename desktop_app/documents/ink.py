"""Writes letters, lines and areas into the code of a page. Points, y upwards; a colour is "#RRGGBB", "" paints nothing.

reportlab keeps the fonts, the objects and the file. Its own drawing methods take most of the time of a page: each
text sets colour, font and matrix anew, and every number is formatted letter by letter. Here a colour, a font or a
line is set when it changes, and a number has two decimals, which is a hundredth of what a printer resolves.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.pdfbase.ttfonts import ShapedStr
    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.documents.marks import Step

_OPERATORS = {"M": "%.1f %.1f m", "L": "%.1f %.1f l", "C": "%.1f %.1f %.1f %.1f %.1f %.1f c", "Z": "h"}
_QUARTER = 0.5522847498  # handle length of a quarter circle
_ROUND = 1 - _QUARTER


@lru_cache(maxsize=1024)
def _outline(steps: tuple[Step, ...]) -> str:
    """The steps of a path as a page wants them. Icons and bodies come back again and again; each is written once."""
    return " ".join([_OPERATORS[command] % numbers for command, numbers in steps])


@lru_cache(maxsize=128)
def _parts(colour: str) -> str:
    found = HexColor(colour)
    return f"{found.red:.4g} {found.green:.4g} {found.blue:.4g}"


class _FurtherSubset(Exception):
    """A letter beyond the 256 that one embedded part of a font holds."""


class _Letters(dict[int, str]):
    """How each letter of a face is written between brackets; found out when it first comes."""

    def __init__(self, face: str, document: Any) -> None:
        super().__init__()
        self._font = pdfmetrics.getFont(face)
        self._document = document
        self.name = ""

    def __missing__(self, code: int) -> str:
        ((subset, made),) = self._font.splitString(chr(code), self._document)
        if subset:
            raise _FurtherSubset
        letter = chr(made[0])
        if letter in "()\\":
            letter = "\\" + letter
        elif not 32 <= made[0] < 127:
            letter = f"\\{made[0]:03o}"
        self.name = self.name or self._font.getSubsetInternalName(0, self._document)
        self[code] = letter
        return letter


class Ink:
    """The pen of one canvas. It knows what is set, so nothing else may set colours, lines or fonts on a page."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._faces: dict[str, _Letters] = {}
        self._kept: list[tuple[str, str, str, str]] = []
        self.new_page()

    def new_page(self) -> None:
        """A page begins with nothing set."""
        self._fill = self._stroke = self._line = self._font = ""
        self._kept.clear()

    @property
    def _code(self) -> list[str]:
        code: list[str] = self._canvas._code  # noqa: SLF001 - reportlab has no public way to write operators
        return code

    # -- letters ----------------------------------------------------------------------------------

    def text(self, x: float, y: float, words: str, face: str, size: float, colour: str) -> None:
        """Letters that stand beside each other as they are."""
        letters = self._faces.get(face)
        if letters is None:
            letters = self._faces[face] = _Letters(face, self._canvas._doc)  # noqa: SLF001 - as above
        try:
            shown = words.translate(letters)
        except _FurtherSubset:
            self.shaped(x, y, words, face, size, colour)
            return
        if not shown:
            return
        code = self._code
        if colour != self._fill:
            self._fill = colour
            code.append(f"{_parts(colour)} rg")
        font = f"{letters.name} {size:g} Tf"
        if font != self._font:
            self._font = font
            code.append(font)
        code.append(f"BT {x:.2f} {y:.2f} Td ({shown}) Tj ET")

    def shaped(self, x: float, y: float, glyphs: str | ShapedStr, face: str, size: float, colour: str) -> None:
        """Glyphs as HarfBuzz placed them, and letters of several parts of a font: reportlab writes these."""
        self._set_fill(colour)
        canvas = self._canvas
        canvas.setFont(face, size)
        line = canvas.beginText(x, y)  # as drawString, which measures the words besides
        line.textLine(glyphs)
        canvas.drawText(line)
        self._font = ""

    # -- lines and areas --------------------------------------------------------------------------

    def lines(
        self, lines: Iterable[tuple[float, float, float, float]], colour: str, width: float, dash: Sequence[float] = ()
    ) -> None:
        """Straight lines from x, y to x, y, all of one look."""
        self._set_line(colour, width, dash)
        self._code.append(" ".join([f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines]) + " S")

    def cells(self, runs: Iterable[tuple[int, int, int]], x: float, y: float, size: float, fill: str) -> None:
        """Filled cells of a grid with its upper left corner at x, y: column, row and length of each run."""
        self._set_fill(fill)
        boxes = " ".join([f"{column} {row} {length} 1 re" for column, row, length in runs])
        self._code.append(f"q {_place(x, y, size)} {boxes} f* Q")

    def box(
        self, x: float, y: float, width: float, height: float, radius: float, *,
        fill: str, edge: str, line: float, dash: Sequence[float] = (),
    ) -> None:
        """A rectangle from its lower left corner, its corners round by ``radius``."""
        if not radius:
            self._paint(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re", fill, edge, line, dash)
            return
        r, k = radius, radius * _ROUND
        right, top = x + width, y + height
        shape = (
            f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
            f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c {right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c {x + r:.2f} {top:.2f} l "
            f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c {x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
        )
        self._paint(shape, fill, edge, line, dash)

    def disc(
        self, x: float, y: float, radius: float, *, fill: str, edge: str, line: float, dash: Sequence[float] = ()
    ) -> None:
        """A circle around x, y."""
        r, k = radius, radius * _QUARTER
        shape = (
            f"{x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
            f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
            f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
            f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
        )
        self._paint(shape, fill, edge, line, dash)

    def path(
        self, steps: tuple[Step, ...], x: float, y: float, scale: float, *,
        fill: str, edge: str, line: float, dash: Sequence[float] = (),
    ) -> None:
        """Steps with y downwards and their origin at x, y; line and dashes in points whatever the scale."""
        grown = [one / scale for one in dash]
        self._paint(f"q {_place(x, y, scale)} {_outline(steps)}", fill, edge, line / scale, grown)
        self._code.append("Q")

    # -- within a shape ---------------------------------------------------------------------------

    def within_path(self, steps: Sequence[Step], x: float, y: float, scale: float) -> None:
        """What follows is seen within a path only, which stands as in ``path``; ``whole`` ends it."""
        moved = [
            _OPERATORS[command] % tuple([x + n * scale if i % 2 == 0 else y - n * scale for i, n in enumerate(numbers)])
            for command, numbers in steps
        ]
        self._keep(f"{' '.join(moved)} W* n")

    def within_box(self, x: float, y: float, width: float, height: float) -> None:
        """What follows is seen within a rectangle only; ``whole`` ends it."""
        self._keep(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re W* n")

    def whole(self) -> None:
        """The end of what is seen within a shape only."""
        self._code.append("Q")
        self._fill, self._stroke, self._line, self._font = self._kept.pop()

    def _keep(self, clip: str) -> None:
        self._kept.append((self._fill, self._stroke, self._line, self._font))
        self._code.append(f"q {clip}")

    # -- what is set ------------------------------------------------------------------------------

    def _set_fill(self, colour: str) -> None:
        if colour != self._fill:
            self._fill = colour
            self._code.append(f"{_parts(colour)} rg")

    def _set_line(self, colour: str, width: float, dash: Sequence[float]) -> None:
        if colour != self._stroke:
            self._stroke = colour
            self._code.append(f"{_parts(colour)} RG")
        line = f"{width:.5g} w [{' '.join([f'{one:.5g}' for one in dash])}] 0 d"
        if line != self._line:
            self._line = line
            self._code.append(line)

    def _paint(self, shape: str, fill: str, edge: str, line: float, dash: Sequence[float]) -> None:
        if fill:
            self._set_fill(fill)
        if edge:
            self._set_line(edge, line, dash)
        ending = ("B*" if edge else "f*") if fill else ("S" if edge else "n")
        self._code.append(f"{shape} {ending}")


def _place(x: float, y: float, scale: float) -> str:
    """Coordinates with y downwards from x, y, a unit of them ``scale`` points wide."""
    return f"{scale:.6f} 0 0 {-scale:.6f} {x:.2f} {y:.2f} cm"
