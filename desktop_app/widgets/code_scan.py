"""Finds the code of a signed paper in a picture or on the pages of a scan. The only place that knows zxing-cpp."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData
from desktop_app.widgets.pdf_pages import POINTS, PdfPages

LARGEST = 64 * 1024 * 1024
MOST_PIXELS = 80_000_000  # a page at 600 dpi has half of that
DOTS = 200.0  # an inch; a code of 50 mm is read from 150 on
MOST_PAGES = 40
BEGINNING = "shc:/"


def in_picture(content: bytes) -> tuple[str, ...]:
    """Every code in a PNG or JPEG. Raises ``BadData`` when it is no picture."""
    image = QImage()
    if len(content) > LARGEST or not image.loadFromData(QByteArray(content)):
        raise BadData(tr("This is neither a PDF nor a picture that can be read."),
                      next_step=tr("Choose a PDF, or a photograph or scan as PNG or JPEG."))
    if image.width() * image.height() > MOST_PIXELS:
        raise BadData(
            tr("This picture is larger than any scan of a page."), next_step=tr("Scan the page with 300 dpi.")
        )
    return _codes(image)


def in_pages(content: bytes) -> tuple[str, ...]:
    """Every code on the pages of a scanned PDF. Raises ``BadData`` when it is no PDF."""
    pages = PdfPages(content)
    try:
        found: list[str] = []
        for number in range(min(len(pages), MOST_PAGES)):
            size = pages.sizes[number]
            scale = min(DOTS / POINTS, (MOST_PIXELS / max(1.0, size.width() * size.height())) ** 0.5)
            found += _codes(pages.image(number, scale))
        return tuple(dict.fromkeys(found))
    finally:
        pages.close()


def _codes(image: QImage) -> tuple[str, ...]:
    import zxingcpp

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    texts = (one.text for one in found if one.valid)
    return tuple(dict.fromkeys(text for text in texts if text[:len(BEGINNING)].lower() == BEGINNING))
