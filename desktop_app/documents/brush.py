"""Drawing on a reportlab canvas with the origin at the top left, y growing downwards."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from desktop_app.documents.fonts import faces, printable, script_face
from desktop_app.documents.ink import Ink
from desktop_app.documents.marks import steps
from desktop_app.documents.shaping import is_complex, reads_from_right, shape, turned
from desktop_app.documents.signature_field import NAME, put_field
from desktop_app.documents.structure import Element, Structure, paragraph_element
from desktop_app.documents.wrap import MARK_EMS, Line, Piece, in_sight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.documents.marks import Step
    from desktop_app.documents.style import Voice



def _utf16(words: str) -> str:
    """A PDF text string as hexadecimal digits."""
    return (b"\xfe\xff" + words.encode("utf-16-be")).hex()


class Brush:
    """A thin hand over the canvas; coordinates in points from the top left corner of the page."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height
        self.structure = Structure(canvas)
        self.ink = Ink(canvas)
        self._entries = 0

    @property
    def straight(self) -> Brush:
        """The brush that turns nothing: what is drawn in its own right, such as a picture, goes there."""
        return self

    def place(self, x: float, width: float) -> float:
        """Where the left edge of something so wide comes to stand; elsewhere when the layout is mirrored."""
        del width
        return x

    def outline(self, title: str) -> None:
        """An entry in the file's list of contents that leads to this page."""
        self._entries += 1
        key = f"part-{self._entries}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(printable(title), key, 0)

    def end_page(self) -> None:
        self.structure.end_page()
        self.canvas.showPage()
        self.ink.new_page()

    # -- structure --------------------------------------------------------------------------------

    def part(self, element: Element) -> AbstractContextManager[None]:
        """What is drawn within is content of ``element``."""
        return self.structure.part(element)

    def heading(self, level: int) -> AbstractContextManager[None]:
        """What is drawn within is a heading of the content tree's ``level``."""
        return self.structure.part(self.structure.heading(level))

    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> AbstractContextManager[None]:
        """What is drawn within is one picture, told in words by ``alt``."""
        left = self.place(x, width)
        box = f"{left:.1f} {self.height - y - height:.1f} {left + width:.1f} {self.height - y:.1f}"
        return self.structure.part(Element("Figure", alt=alt, attributes=f"/O/Layout/Placement/Block/BBox[{box}]"))

    def field(self, words: str, x: float, y: float, width: float, height: float) -> None:
        """The empty field that the signature fills, over what is drawn there; ``words`` tell what it is."""
        left, top = self.place(x, width), self.height - y
        dictionary = put_field(self.canvas, (left, top - height, left + width, top), words)
        with self.part(Element("Form", alt=words)):
            self.structure.field(NAME, dictionary)

    def aside(self, kind: str = "") -> AbstractContextManager[None]:
        """What is drawn within is no content: ``Header`` or ``Footer`` of a page, or mere decoration."""
        attributes = f"/Type/Pagination/Subtype/{kind}" if kind else ""
        return self.structure.part(Element("Artifact", attributes=attributes))

    # -- text -------------------------------------------------------------------------------------

    def words(self, x: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        if self.structure.in_group:
            with self.part(paragraph_element()):
                self.words(x, baseline, words, face, size, colour)
            return
        if is_complex(words):
            shown = printable(words)
            line = Line([Piece(0.0, shown, face, colour)], 0.0)
            in_sight(line, size, from_right=reads_from_right(shown))
            self._line(x, baseline, line, size)
            return
        self._letters(x, baseline, words, face, size, colour)

    def words_right(self, right: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        shown = printable(words)
        self.words(right - faces()[face].width(shown, size), baseline, shown, face, size, colour)

    def words_centred(self, middle: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        shown = printable(words)
        self.words(middle - faces()[face].width(shown, size) / 2, baseline, shown, face, size, colour)

    def lines(self, x: float, top: float, lines: Sequence[Line], voice: Voice, *, right: float | None = None) -> None:
        """Lines of a paragraph; with ``right`` their ends stand at that x."""
        if lines and self.structure.in_group:
            with self.part(paragraph_element()):
                self.lines(x, top, lines, voice, right=right)
            return
        baseline = top + voice.leading * 0.5 + voice.size * 0.36
        for line in lines:
            self._line(x if right is None else right - line.width, baseline, line, voice.size)
            baseline += voice.leading

    def _line(self, x: float, baseline: float, line: Line, size: float) -> None:
        """One line. Stacked signs carry their letters along for whoever copies; readers turn Arabic by themselves."""
        if not any(piece.script for piece in line.pieces):
            for piece in line.pieces:
                self._piece(x + piece.x, baseline, piece, size)
            return
        for stacked, pieces in groupby(line.pieces, key=lambda piece: not piece.mark and not piece.from_right):
            group = list(pieces)
            carried = stacked and any(piece.script for piece in group)
            if stacked:
                self.structure.text()
            code = self.canvas._code  # noqa: SLF001 - reportlab has no public way to mark content
            if carried:
                code.append(f"/Span <</ActualText <{_utf16(''.join(piece.words for piece in group))}>>> BDC")
            for piece in group:
                self._piece(x + piece.x, baseline, piece, size)
            if carried:
                code.append("EMC")

    def _piece(self, x: float, baseline: float, piece: Piece, size: float) -> None:
        if piece.mark:
            self.mark(piece.mark, x + size * 0.05, baseline - size * 0.86, size * (MARK_EMS - 0.3), piece.colour)
        elif piece.script:
            face = script_face(piece.face, piece.script)
            run = shape(piece.words, face, piece.script, from_right=piece.from_right)
            self.structure.text()
            self.ink.shaped(x, self.height - baseline, run.glyphs, face, size, piece.colour)
        else:
            words = turned(piece.words) if piece.from_right else piece.words
            self._letters(x, baseline, words, piece.face, size, piece.colour)

    def _letters(self, x: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        self.structure.text()
        self.ink.text(x, self.height - baseline, words, face, size, colour)

    # -- shapes -----------------------------------------------------------------------------------

    def rule(self, x1: float, y: float, x2: float, colour: str, width: float = 0.6) -> None:
        self.stroke_line(x1, y, x2, y, colour, width)

    def stroke_line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.6, *, dashed: bool = False
    ) -> None:
        self.structure.shape()
        self.ink.lines([(x1, self.height - y1, x2, self.height - y2)], colour, width, (2.4, 1.8) if dashed else ())

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        radius: float = 0.0,
        dashed: bool = False,
    ) -> None:
        self.structure.shape()
        dash = (2.6, 2.0) if dashed else ()
        self.ink.box(x, self.height - y - height, width, height, radius, fill=fill, edge=edge, line=line, dash=dash)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        dashed: bool = False,
    ) -> None:
        self.structure.shape()
        dash = (1.6, 1.3) if dashed else ()
        self.ink.disc(x, self.height - y, radius, fill=fill, edge=edge, line=line, dash=dash)

    def picture(self, picture: ImageReader, x: float, y: float, width: float, height: float) -> None:
        """A picture of pixels; drawn where it stands, so that nothing mirrors it."""
        self.structure.shape()
        self.canvas.drawImage(picture, self.place(x, width), self.height - y - height, width, height)

    def mark(self, name: str, x: float, y: float, size: float, colour: str) -> None:
        """An icon whose box of ``size`` has its top left corner at x, y; ``dashed`` is a ring for what is unknown."""
        if name == "dashed":
            self.disc(x + size / 2, y + size / 2, size * 0.4, edge=colour, line=size * 0.1, dashed=True)
            return
        self.path(steps(name), x, y, size / 24, fill=colour)

    def cells(
        self, runs: Sequence[tuple[int, int, int]], x: float, y: float, size: float, colour: str
    ) -> None:
        """Filled cells of a grid whose corner is at x, y: column, row and length of each run, as one shape."""
        self.structure.shape()
        self.ink.cells(runs, x, self.height - y, size, colour)

    def path(
        self,
        path_steps: tuple[Step, ...],
        x: float,
        y: float,
        scale: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        dashed: bool = False,
    ) -> None:
        """A path of absolute steps with y down, scaled, its origin at x, y."""
        self.structure.shape()
        dash = (2.2, 1.7) if dashed else ()
        self.ink.path(path_steps, x, self.height - y, scale, fill=fill, edge=edge, line=line, dash=dash)

    def clip(self, path_steps: Sequence[Step], x: float, y: float, scale: float) -> None:
        """Restrict what follows to a path; ``restore`` ends it."""
        self.structure.shape()
        self.ink.within_path(path_steps, x, self.height - y, scale)

    def restore(self) -> None:
        self.ink.whole()

    # -- patterns, so that meaning never rests on colour ----------------------------------------------

    def stripes(self, x: float, y: float, width: float, height: float, colour: str, gap: float = 2.6) -> None:
        """Stripes inside a rectangle, slanted up to the right."""
        self._slanted(x, y, width, height, colour, gap, up=True)

    def hatch(self, x: float, y: float, width: float, height: float, colour: str, gap: float = 2.6) -> None:
        """Stripes inside a rectangle, slanted down to the right."""
        self._slanted(x, y, width, height, colour, gap, up=False)

    def _slanted(
        self, x: float, y: float, width: float, height: float, colour: str, gap: float, *, up: bool
    ) -> None:
        self.structure.shape()
        bottom = self.height - y - height
        low, high = (bottom, bottom + height) if up else (bottom + height, bottom)
        lines = []
        at = x - height
        while at < x + width:
            lines.append((at, low, at + height, high))
            at += gap
        self.ink.within_box(x, bottom, width, height)
        self.ink.lines(lines, colour, gap * 0.32)
        self.ink.whole()

    def dots(
        self, x: float, y: float, width: float, height: float, colour: str, gap: float = 2.5, part: float = 0.44
    ) -> None:
        """A grid of dots inside a rectangle, every second row shifted; ``part`` of the gap is filled.

        A row is one dashed line, as long as it is wide.
        """
        self.structure.shape()
        bottom, side = self.height - y - height, gap * part
        lines = []
        at, shifted = bottom + height - gap / 2, False
        while at > bottom - gap / 2:
            lines.append((x + (gap if shifted else gap / 2) - side / 2, at, x + width + gap, at))
            at -= gap
            shifted = not shifted
        self.ink.within_box(x, bottom, width, height)
        self.ink.lines(lines, colour, side, (side, gap - side))
        self.ink.whole()


def rounded_steps(width: float, height: float, radius: float) -> tuple[Step, ...]:
    """A rectangle with round corners as drawing steps."""
    handle = radius * 0.4477
    right, bottom = width, height
    return (
        ("M", (radius, 0)),
        ("L", (right - radius, 0)),
        ("C", (right - handle, 0, right, handle, right, radius)),
        ("L", (right, bottom - radius)),
        ("C", (right, bottom - handle, right - handle, bottom, right - radius, bottom)),
        ("L", (radius, bottom)),
        ("C", (handle, bottom, 0, bottom - handle, 0, bottom - radius)),
        ("L", (0, radius)),
        ("C", (0, handle, handle, 0, radius, 0)),
        ("Z", ()),
    )
