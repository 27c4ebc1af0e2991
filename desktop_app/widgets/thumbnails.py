"""Small pages to choose from, beside the large ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.language import tr
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.pdf_pages import PdfPages
from desktop_app.widgets.scroll_area import ScrollArea

WIDTH, PAD = 104, 6
_NUMBER = 22


class Thumbnail(QAbstractButton):
    """One page, small, with its number below."""

    def __init__(self, pages: PdfPages, number: int) -> None:
        super().__init__()
        self._pages, self.number = pages, number
        self._image = QImage()
        size = pages.sizes[number]
        self._paper = QSize(WIDTH, round(WIDTH * size.height() / size.width()))
        self.setCheckable(True)
        self.setAccessibleName(tr("Page {value}").format(value=number + 1))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(WIDTH + 2 * PAD, self._paper.height() + 2 * PAD + theme.px(_NUMBER))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows belong to the list, Enter to the page

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            wide = self._paper.width() * self.devicePixelRatioF()
            self._image = self._pages.image(self.number, wide / self._pages.sizes[self.number].width())
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
        painter = QPainter(self)
        painting.start(painter)
        on = self.isChecked()
        painting.box(painter, QRectF(self.rect()), fill=theme.colour("accent_soft") if on else None,
                     edge=theme.colour("accent") if on else None, width=2 if on else 1)
        paper = QRectF(PAD, PAD, self._paper.width(), self._paper.height())
        painter.drawImage(paper.topLeft(), self._image)
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)
        painter.setPen(theme.colour("accent" if on else "text2"))
        painter.setFont(theme.font("small-strong" if on else "small"))
        below = QRectF(0, paper.bottom(), self.width(), self.height() - paper.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(self.number + 1))
        painter.end()


class Thumbnails(ScrollArea):
    """One stop for Tab; arrow keys go from page to page."""

    chosen = Signal(int)

    def __init__(self, pages: PdfPages) -> None:
        super().__init__()
        self.setAccessibleName(tr("All pages, small"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        holder = QWidget()
        column = controls.column(holder, margins=(12, 12, 12, 12), spacing=8)
        self.thumbs = [Thumbnail(pages, number) for number in range(len(pages))]
        for thumb in self.thumbs:
            column.addWidget(thumb, 0, Qt.AlignmentFlag.AlignHCenter)
            thumb.clicked.connect(partial(self._pressed, thumb.number))
        column.addStretch(1)
        self.setWidget(holder)
        self.setFixedWidth(WIDTH + 2 * PAD + 2 * 12 + self.verticalScrollBar().sizeHint().width())
        self.show_page(0)

    def show_page(self, page: int) -> None:
        """Mark the page in sight; it alone is reached by Tab."""
        for thumb in self.thumbs:
            now = thumb.number == page
            thumb.setChecked(now)
            thumb.setFocusPolicy(Qt.FocusPolicy.StrongFocus if now else Qt.FocusPolicy.ClickFocus)
            if now:
                self.ensureWidgetVisible(thumb, 0, PAD)

    def _pressed(self, page: int) -> None:
        self.show_page(page)
        self.chosen.emit(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        held = next((thumb.number for thumb in self.thumbs if thumb.hasFocus()), -1)
        if move and held >= 0:
            page = min(max(held + move, 0), len(self.thumbs) - 1)
            self._pressed(page)
            self.thumbs[page].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)
