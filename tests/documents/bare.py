"""The strict floor of our pages: bare reportlab drawing once more what was drawn, and nothing else.

What the layout draws is noted once, as calls of reportlab's canvas. The floor plays them on a bare canvas: the same
words at the same places in the same embedded fonts, the same lines, areas and pictures, page for page. It has nothing
to think about: no content, no layout, no line to break, no structure, no attached files, no form for the archive.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from desktop_app.documents import brush, pages
from desktop_app.documents.fonts import REGULAR, faces
from desktop_app.documents.ink import Ink
from desktop_app.documents.style import PAGE_SIZES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from desktop_app.documents.marks import Step as PathStep
    from desktop_app.documents.tree import Document

Step = tuple[str, tuple[Any, ...], dict[str, Any]]
_STORED = ("drawImage", "doForm", "bookmarkPage", "addOutlineEntry", "showPage")  # which the layout asks for itself


class _Noting(Ink):
    """Notes what is drawn as what reportlab's own canvas is asked for it."""

    steps: list[Step]

    def _note(self, name: str, *given: Any, **named: Any) -> None:
        self.steps.append((name, given, named))

    def _look(self, fill: str, edge: str, line: float, dash: Sequence[float]) -> dict[str, int]:
        if fill:
            self._note("setFillColor", HexColor(fill))
        if edge:
            self._note("setStrokeColor", HexColor(edge))
            self._note("setLineWidth", line)
            self._note("setDash", list(dash))
        return {"fill": int(bool(fill)), "stroke": int(bool(edge))}

    def text(self, x: float, y: float, words: str, face: str, size: float, colour: str) -> None:
        self._note("setFillColor", HexColor(colour))
        self._note("setFont", face, size)
        self._note("drawString", x, y, words)
        super().text(x, y, words, face, size, colour)

    def lines(
        self, lines: Iterable[tuple[float, float, float, float]], colour: str, width: float, dash: Sequence[float] = ()
    ) -> None:
        drawn = list(lines)
        self._look("", colour, width, dash)
        self._note("lines", drawn)
        super().lines(drawn, colour, width, dash)

    def cells(self, runs: Iterable[tuple[int, int, int]], x: float, y: float, size: float, fill: str) -> None:
        drawn = list(runs)
        path = PDFPathObject()
        for column, row, length in drawn:
            path.rect(x + column * size, y - (row + 1) * size, length * size, size)
        self._note("drawPath", path, **self._look(fill, "", 0, ()))
        super().cells(drawn, x, y, size, fill)

    def box(self, x: float, y: float, width: float, height: float, radius: float, **look: Any) -> None:
        asked = self._look(look["fill"], look["edge"], look["line"], look["dash"])
        name, more = ("roundRect", (radius,)) if radius else ("rect", ())
        self._note(name, x, y, width, height, *more, **asked)
        super().box(x, y, width, height, radius, **look)

    def disc(self, x: float, y: float, radius: float, **look: Any) -> None:
        self._note("circle", x, y, radius, **self._look(look["fill"], look["edge"], look["line"], look["dash"]))
        super().disc(x, y, radius, **look)

    def path(self, steps: tuple[PathStep, ...], x: float, y: float, scale: float, **look: Any) -> None:
        asked = self._look(look["fill"], look["edge"], look["line"], look["dash"])
        self._note("drawPath", _path(steps, x, y, scale), fillMode=FILL_EVEN_ODD, **asked)
        super().path(steps, x, y, scale, **look)

    def within_path(self, steps: Sequence[PathStep], x: float, y: float, scale: float) -> None:
        self._note("saveState")
        self._note("clipPath", _path(steps, x, y, scale), stroke=0, fill=0)
        super().within_path(steps, x, y, scale)

    def within_box(self, x: float, y: float, width: float, height: float) -> None:
        path = PDFPathObject()
        path.rect(x, y, width, height)
        self._note("saveState")
        self._note("clipPath", path, stroke=0, fill=0)
        super().within_box(x, y, width, height)

    def whole(self) -> None:
        self._note("restoreState")
        super().whole()


def _path(steps: Sequence[PathStep], x: float, y: float, scale: float) -> PDFPathObject:
    """A path that is made already: the floor only draws it."""
    path = PDFPathObject()
    for command, numbers in steps:
        moved = [x + n * scale if i % 2 == 0 else y - n * scale for i, n in enumerate(numbers)]
        {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}[command](*moved)
    return path


def drawn(document: Document, made_on: date) -> list[Step]:
    """Everything that is drawn for a document, in order."""
    steps: list[Step] = []

    class NotingCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
        """Notes what the layout asks of the canvas itself."""

    def noting(name: str) -> Callable[..., Any]:
        plain = getattr(Canvas, name)

        def method(self: NotingCanvas, *given: Any, **named: Any) -> Any:
            steps.append((name, given, named))
            return plain(self, *given, **named)

        return method

    for name in _STORED:
        setattr(NotingCanvas, name, noting(name))
    with (
        patch.object(_Noting, "steps", steps, create=True),
        patch.object(pages, "Canvas", NotingCanvas),
        patch.object(brush, "Ink", _Noting),
    ):
        pages.render(document, made_on)
    return steps


def bare_pdf(document: Document, steps: list[Step]) -> bytes:
    """The pages of ``drawn`` again, through reportlab alone."""
    faces()
    out = BytesIO()
    canvas = Canvas(out, pagesize=PAGE_SIZES[document.page_size], pageCompression=1, invariant=1, pdfVersion=(1, 7),
                    initialFontName=REGULAR)
    for name, given, named in steps:
        getattr(canvas, name)(*given, **named)
    canvas.save()
    return out.getvalue()
