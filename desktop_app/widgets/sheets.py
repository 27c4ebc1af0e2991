"""The pages of a document below each other, as large as wanted, with found words marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.papers import ZOOMS, nearest_zoom
from desktop_app.widgets import controls, theme
from desktop_app.widgets.pdf_pages import POINTS, Hit, PdfPages
from desktop_app.widgets.scroll_area import ScrollArea

SCREEN_DPI = 96.0  # what Qt takes for one inch at 100 %
MARGIN, GAP = 24, 16
MARKED = QColor(18, 88, 143, 70)  # paper is white in every theme, and so is the accent that lies on it
MARKED_NOW = QColor(18, 88, 143)
_WHEEL_STEP = 120


class Sheet(QWidget):
    """One page. It is drawn when it comes into sight, sharp at every size, and forgotten when it leaves."""

    def __init__(self, pages: PdfPages, number: int, kind: str) -> None:
        super().__init__()
        self._pages, self.number = pages, number
        self._image = QImage()
        self._drawn_at = 0.0
        self.zoom = 1.0
        self.hits: tuple[Hit, ...] = ()
        self.hit_now: Hit | None = None
        self.setAccessibleName(
            tr("{kind}, page {value} of {pages}").format(kind=kind, value=number + 1, pages=len(pages))
        )
        self.setAccessibleDescription(pages.words(number))

    def show_zoom(self, zoom: float) -> None:
        size = self._pages.sizes[self.number] * (zoom * SCREEN_DPI / POINTS)
        self.zoom = zoom
        self.setFixedSize(QSize(round(size.width()), round(size.height())))
        self.update()

    def forget(self) -> None:
        self._image, self._drawn_at = QImage(), 0.0

    def area(self, hit: Hit) -> QRectF:
        """Where the first of its words stands on this widget."""
        return self._scaled(hit.areas[0]) if hit.areas else QRectF()

    def _scaled(self, area: QRectF) -> QRectF:
        scale = self.zoom * SCREEN_DPI / POINTS
        return QRectF(area.x() * scale, area.y() * scale, area.width() * scale, area.height() * scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        wanted = self.zoom * SCREEN_DPI / POINTS * ratio
        if wanted != self._drawn_at:
            self._image, self._drawn_at = self._pages.image(self.number, wanted), wanted
            self._image.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(QPointF(0, 0), self._image)  # as it is: stretched by one pixel it would lose a line of text
        painter.setPen(theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for hit in self.hits:
            for area in hit.areas:
                painter.fillRect(self._scaled(area).adjusted(-1, -1, 1, 1), MARKED)
                if hit is self.hit_now:
                    painter.setPen(QPen(MARKED_NOW, 2))
                    painter.drawRect(self._scaled(area).adjusted(-3, -3, 3, 3))
        painter.end()


class Sheets(ScrollArea):
    """Scrolled by arrows, Page Up and Down, Home and End; Ctrl with the wheel zooms."""

    page_changed = Signal(int)
    zoomed = Signal(float)

    def __init__(self, pages: PdfPages, kind: str) -> None:
        super().__init__()
        self.setAccessibleName(tr("Pages: {kind}").format(kind=kind))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self._fit = True
        self.zoom = 1.0
        self.page = 0
        self._holder = QWidget()
        column = controls.column(self._holder, margins=(MARGIN, GAP, MARGIN, GAP), spacing=GAP)
        self.sheets = [Sheet(pages, number, kind) for number in range(len(pages))]
        for sheet in self.sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._pages = pages
        self.setWidget(self._holder)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.fit_width()

    @property
    def fits(self) -> bool:
        return self._fit

    def fit_width(self) -> None:
        """As wide as the window lets it be, and as it stays when the window changes."""
        self._fit = True
        widest = max((size.width() for size in self._pages.sizes), default=1.0) * SCREEN_DPI / POINTS
        room = self.viewport().width() - 2 * MARGIN
        self._apply(min(max(room / widest, ZOOMS[0] / 100), ZOOMS[-1] / 100))

    def set_zoom(self, zoom: float) -> None:
        """1 is the size on paper."""
        self._fit = False
        self._apply(zoom)

    def step(self, direction: int) -> None:
        self.set_zoom(nearest_zoom(self.zoom, direction))

    def _apply(self, zoom: float) -> None:
        """What stands at the top stays there."""
        bar, page = self.verticalScrollBar(), self.page
        sheet = self.sheets[page] if self.sheets else None
        part = (bar.value() - sheet.y()) / max(sheet.height(), 1) if sheet is not None else 0.0
        self.zoom = zoom
        for one in self.sheets:
            one.show_zoom(zoom)
        layout = self._holder.layout()
        if layout is not None:
            layout.activate()
        self._holder.adjustSize()
        if sheet is not None:
            bar.setValue(round(sheet.y() + part * sheet.height()))
        self.zoomed.emit(zoom)

    def go_to(self, page: int) -> None:
        """The top of a page; 0 is the first."""
        if 0 <= page < len(self.sheets):
            self.verticalScrollBar().setValue(self.sheets[page].y() - GAP)
            self._now(page)

    def show_hits(self, hits: Sequence[Hit], now: int = 0) -> None:
        """Mark what was found, and bring one of it into sight."""
        current = hits[now] if hits else None
        for sheet in self.sheets:
            sheet.hits = tuple(hit for hit in hits if hit.page == sheet.number)
            sheet.hit_now = current
            sheet.update()
        if current is not None:
            sheet = self.sheets[current.page]
            at = sheet.area(current).center().toPoint() + QPoint(sheet.x(), sheet.y())
            self.ensureVisible(at.x(), at.y(), self.viewport().width() // 4, self.viewport().height() // 3)

    def _scrolled(self) -> None:
        top, tall = self.verticalScrollBar().value(), self.viewport().height()
        over = [sheet.number for sheet in self.sheets if sheet.y() <= top + tall // 3]
        self._now(over[-1] if over else 0)
        for sheet in self.sheets:
            if sheet.geometry().bottom() < top - tall or sheet.y() > top + 2 * tall:
                sheet.forget()

    def _now(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit:
            self.fit_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if abs(event.angleDelta().y()) >= _WHEEL_STEP:
                self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)
