"""Prints pages of a PDF at their true size: nothing is fitted, shrunk or moved to margins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop_app.language import tr
from desktop_app.use_cases.errors import IoFailed
from desktop_app.widgets.pdf_pages import POINTS, PdfPages

MOST_DPI = 600.0  # finer than the eye; more would only take time
NAMED_WITHIN = 3.0  # points by which a paper may differ from A4 or Letter and still be called so


@dataclass(frozen=True, slots=True)
class Order:
    """What was chosen in the dialog. ``pages`` counts from 0."""

    pages: tuple[int, ...]
    copies: int = 1
    duplex: str = "none"  # none, long (turned like a book), short (turned like a notepad)


def printers() -> Sequence[str]:
    """The printers of this computer, the system's own choice first."""
    default = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name.lower()))


def printer(name: str) -> QPrinter:
    """A printer of that name, in its own resolution."""
    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


class PrintJob(QObject):
    """One page at a time, so that the window goes on living; ``turn`` says which, ``done`` how it ended."""

    turn = Signal(int, int)  # page in this job, pages in all
    done = Signal(str)  # "" or what went wrong

    def __init__(self, pages: PdfPages, device: QPrinter, order: Order, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._device = pages, device
        self._painter = QPainter()
        device.setDocName(title)
        device.setFullPage(True)
        modes = {"none": QPrinter.DuplexMode.DuplexNone, "long": QPrinter.DuplexMode.DuplexLongSide,
                 "short": QPrinter.DuplexMode.DuplexShortSide}
        device.setDuplex(modes[order.duplex])
        repeats = order.copies
        if device.supportsMultipleCopies():
            device.setCopyCount(order.copies)
            repeats = 1
        self._left = list(order.pages) * repeats  # one whole copy after the other
        self._all = len(self._left)

    def start(self) -> None:
        """Raises ``IoFailed`` when the printer cannot be reached."""
        if not self._left:
            self.done.emit("")
            return
        self._lay(self._left[0])
        if not self._painter.begin(self._device):
            self._left.clear()
            raise IoFailed(
                tr("The printer “{printerName}” cannot be reached.").format(printerName=self._device.printerName()),
                next_step=tr("See whether it is switched on and connected, or save the PDF."),
            )
        QTimer.singleShot(0, self, self._next)

    def stop(self) -> None:
        """Pages already sent may still come out."""
        if self._left:
            self._left.clear()
            self._device.abort()
            self._painter.end()

    def _lay(self, page: int) -> None:
        """The paper of this page, without margins: the page brings its own."""
        size = self._pages.sizes[page]
        self._device.setPageLayout(QPageLayout(paper(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0),
                                               QPageLayout.Unit.Point, QMarginsF(0, 0, 0, 0)))
        self._device.setFullPage(True)

    def _next(self) -> None:
        if not self._left:
            return
        page = self._left.pop(0)
        self.turn.emit(self._all - len(self._left), self._all)
        self._draw(page)
        if not self._left:
            told = "" if self._painter.end() else tr("The printer did not take the pages.")
            self.done.emit(told)
            return
        self._lay(self._left[0])
        self._device.newPage()
        QTimer.singleShot(0, self, self._next)

    def _draw(self, page: int) -> None:
        dots = min(float(self._device.resolution()), MOST_DPI)
        image = self._pages.image(page, dots / POINTS)
        size = self._pages.sizes[page]
        across, down = self._device.logicalDpiX() / POINTS, self._device.logicalDpiY() / POINTS
        self._painter.drawImage(QRectF(0, 0, size.width() * across, size.height() * down), image)


def paper(size: QSizeF) -> QPageSize:
    """A4 or Letter by name where it is that, so that the printer takes the right tray; else the size itself."""
    for known in (QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter):
        named = QPageSize(known).size(QPageSize.Unit.Point)
        if abs(named.width() - size.width()) < NAMED_WITHIN and abs(named.height() - size.height()) < NAMED_WITHIN:
            return QPageSize(known)
    return QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
