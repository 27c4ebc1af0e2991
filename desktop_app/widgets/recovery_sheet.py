"""The recovery key on one page, for the printer or as a PDF: the same drawing on either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.widgets.theme import FAMILY

POINTS = 72  # an inch; everything here is drawn in points
_LEFT, _WIDTH = 60.0, 475.0
_ACROSS, _BOX, _GAP = 4, 46.0, 9.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)


_LINES = (
    (tr("It opens the records of this clinic's Lumbar Pathway when the passphrase is lost, and lets somebody "
        "set a new one.")),
    (tr("Whoever holds this sheet and the computer can read every record. Lock it away, not beside the "
        "computer. Keep no copy of it on the computer.")),
    (tr("To use it: start the program, choose “Use the recovery key” and type the groups in this order. "
        "Capital letters, spaces and hyphens play no part. The letters I, L, O and U do not occur: a round "
        "sign is the figure 0, an upright one the figure 1.")),
    (tr("The last character of each group is computed from the others, so the program names the group in "
        "which a slip of the pen stands.")),
    tr("Only the newest sheet opens anything."),
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the paper."""

    key: str
    clinic: str
    clinician: str
    made: date

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.key.split("-"))

    @property
    def lines(self) -> tuple[str, ...]:
        return _LINES


def pdf(sheet: RecoverySheet) -> bytes:
    """The sheet as a PDF of one A4 page."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(tr("Recovery key"))
    writer.setCreator("Lumbar Pathway")
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
                                     QMarginsF(0, 0, 0, 0)))
    draw(writer, sheet)
    buffer.close()
    return bytes(content.data())


def print_on_paper(parent: QWidget, sheet: RecoverySheet) -> bool:
    """The system's own print dialog; False when it was left without printing."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(tr("Recovery key"))
    printer.setFullPage(True)
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    draw(printer, sheet)
    return True


def draw(device: QPagedPaintDevice, sheet: RecoverySheet) -> None:
    """One page, in points from the top left corner of the paper."""
    painter = QPainter(device)
    painter.scale(device.logicalDpiX() / POINTS, device.logicalDpiY() / POINTS)
    painter.setPen(QColor("black"))
    y = _text(painter, 56, "Lumbar Pathway", 11, bold=True)
    y = _text(painter, y + 22, tr("Recovery key"), 26, bold=True)
    y = _text(
        painter,
        y + 6,
        tr("{clinic} · made for {clinician} on {made}").format(
            clinic=sheet.clinic, clinician=sheet.clinician, made=words.day(sheet.made)
        ),
        11,
    )
    y = _groups(painter, y + 22, sheet.groups)
    y += 24
    for line in sheet.lines:
        y = _text(painter, y, line, 11) + 9
    painter.end()


def _text(painter: QPainter, top: float, text: str, size: int, *, bold: bool = False) -> float:
    """Draws a paragraph; returns where it ends."""
    painter.setFont(_font(size, bold=bold))
    room = QRectF(_LEFT, top, _WIDTH, 400)
    taken = painter.boundingRect(room, _WRAP, text)
    painter.drawText(room, _WRAP, text)
    return taken.bottom()


def _groups(painter: QPainter, top: float, groups: Sequence[str]) -> float:
    width = (_WIDTH - _GAP * (_ACROSS - 1)) / _ACROSS
    bottom = top
    for place, group in enumerate(groups):
        row, column = divmod(place, _ACROSS)
        box = QRectF(_LEFT + column * (width + _GAP), top + row * (_BOX + _GAP), width, _BOX)
        painter.setPen(QPen(QColor("#6F7F8C"), 1))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor("black"))
        painter.setFont(_font(8))
        painter.drawText(box.adjusted(7, 4, 0, 0), int(Qt.AlignmentFlag.AlignLeft), str(place + 1))
        painter.setFont(_font(20, bold=True))
        painter.drawText(box.adjusted(0, 5, 0, 0), int(Qt.AlignmentFlag.AlignCenter), group)
        bottom = box.bottom()
    return bottom


def _font(size: int, *, bold: bool = False) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
