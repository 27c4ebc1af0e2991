"""Whether documents can be looked at here: pages are drawn, their words found, and the code on paper is read back."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop_app.use_cases.errors import BadData
from desktop_app.widgets import code_scan
from desktop_app.widgets.pdf_pages import PdfPages

SCALE = 0.5  # pixels per point: enough to tell a page from an empty one
FEWEST_COLOURS = 8  # an empty page has one


def look_at(pdf: bytes) -> tuple[str, str]:
    """The words of all pages, each of which is drawn, and the code on them or "". Raises ``BadData``."""
    pages = PdfPages(pdf)
    try:
        if empty := [number + 1 for number in range(len(pages)) if _empty(pages.image(number, SCALE))]:
            raise BadData(f"These pages are drawn empty: {', '.join(map(str, empty))}.")
        words = "\n".join(pages.words(number) for number in range(len(pages)))
    finally:
        pages.close()
    return words, next(iter(code_scan.in_pages(pdf)), "")


def _empty(image: QImage) -> bool:
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) < FEWEST_COLOURS
