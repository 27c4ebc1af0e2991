"""The floor that our pages are measured against: bare reportlab drawing once more what was drawn, and nothing else.

What the layout asks of reportlab's canvas is noted with its arguments, once. The floor replays it on a bare canvas:
the same words at the same places in the same embedded fonts, the same lines, areas and pictures, page for page. It
has nothing to think about: no content, no layout, no structure, no attached files, no form for the archive.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents import pages
from desktop_app.documents.fonts import REGULAR, faces
from desktop_app.documents.style import PAGE_SIZES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from desktop_app.documents.tree import Document

_DRAWS = ("setFillColor", "setStrokeColor", "setLineWidth", "setDash", "setFont", "line", "lines", "rect", "roundRect",
          "circle", "drawPath", "clipPath", "drawImage", "saveState", "restoreState", "bookmarkPage",
          "addOutlineEntry", "showPage")
Step = tuple[str, tuple[Any, ...], dict[str, Any]]


def drawn(document: Document, made_on: date) -> list[Step]:
    """Everything that reportlab is asked to draw for a document, in order."""
    steps: list[Step] = []

    class Noting(Canvas):  # type: ignore[misc]  # reportlab is untyped
        """Notes what is asked of it, not what its own methods ask of one another."""

        depth = 0

        def drawText(self, line: Any) -> None:  # noqa: N802 - reportlab's name
            steps.append(("drawString", self.text, {}))
            super().drawText(line)

        def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:  # noqa: N802 - as above
            made, write = super().beginText(x, y, direction), None
            write = made.textLine

            def text_line(words: str = "") -> None:
                self.text = (x, y, words)
                write(words)

            made.textLine = text_line
            return made

    def noting(name: str) -> Callable[..., Any]:
        plain = getattr(Canvas, name)

        def method(self: Noting, *given: Any, **named: Any) -> Any:
            if not self.depth:
                steps.append((name, given, named))
            self.depth += 1
            try:
                return plain(self, *given, **named)
            finally:
                self.depth -= 1

        return method

    for name in _DRAWS:
        setattr(Noting, name, noting(name))
    with patch.object(pages, "Canvas", Noting):
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
