"""The pages of a PDF as images and words. The only place that knows pypdfium2, loaded when a document is looked at.

PDFium is not safe in two threads: everything here is called from the window's own thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData
from desktop_app.widgets import page_mark

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

POINTS = 72.0  # an inch


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where searched words stand; rectangles in points from the page's top left corner."""

    page: int
    areas: tuple[QRectF, ...]


class PdfPages:
    """An open document; close it when it is no longer shown."""

    def __init__(self, content: bytes, mark: str = "") -> None:
        """``mark`` goes across every image of a page. Raises ``BadData`` when it is no PDF that can be read."""
        from pypdfium2 import PdfDocument, PdfiumError

        self.mark = mark
        try:
            self._document: PdfDocument = PdfDocument(content)
            self.sizes = tuple(QSizeF(*self._document.get_page_size(i)) for i in range(len(self._document)))
        except PdfiumError as error:
            raise BadData(tr("This document cannot be shown."),
                          next_step=tr("Save it and open it in another program.")) from error

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, page: int, scale: float) -> QImage:
        """A page, white below it; ``scale`` in pixels per point."""
        bitmap = self._document[page].render(scale=scale, prefer_bgrx=True)
        found = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        image = found.copy()  # the bytes belong to this call only
        if self.mark:
            page_mark.draw(image, self.mark)
        return image

    def words(self, page: int) -> str:
        """The text of a page in reading order."""
        return str(self._document[page].get_textpage().get_text_range())

    def find(self, text: str) -> tuple[Hit, ...]:
        """Where a text stands, capital or not, in the order of the pages; with either apostrophe."""
        wanted = text.strip()
        if not wanted:
            return ()
        return self._places(wanted) or self._places(wanted.replace("'", "’"))

    def _places(self, wanted: str) -> tuple[Hit, ...]:
        found = []
        for number, size in enumerate(self.sizes):
            page = self._document[number].get_textpage()
            search = page.search(wanted)
            while (place := search.get_next()) is not None:
                start, count = place
                boxes = (page.get_rect(i) for i in range(page.count_rects(start, count)))
                areas = tuple(QRectF(x0, size.height() - y1, x1 - x0, y1 - y0) for x0, y0, x1, y1 in boxes)
                found.append(Hit(number, areas))
        return tuple(found)

    def close(self) -> None:
        self._document.close()
