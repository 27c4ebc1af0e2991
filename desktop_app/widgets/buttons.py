"""Buttons: one kind for each meaning, drawn from the theme, with the key that presses them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.widgets import icons, painting, theme

Align = Qt.AlignmentFlag


SMALLEST = 28  # no target is narrower


class Button(QPushButton):
    """Every button of the program.

    Kinds: ``primary`` (one a page), ``secondary``, ``unknown`` (dashed: stands for not knowing),
    ``link`` (words only), ``row`` (words at the left, for lists).
    """

    def __init__(self, text: str, kind: str = "secondary", *, icon: str = "", trailing: str = "",
                 key: str = "", tall: int = 40, name: str = "", look: str = "strong",
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.kind, self.icon_name, self.trailing, self.key, self.tall = kind, icon, trailing, key, tall
        self.guarded = False  # pressed by Space or the mouse only, never by Enter: accepting and signing
        self.look = "small-strong" if kind == "link" and look == "strong" else look
        if kind == "unknown" and look == "strong":
            self.look = "small"
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str, *, name: str = "") -> None:
        self.setText(text)
        self.setAccessibleName(name or text)
        self.updateGeometry()

    def allow(self, *, on: bool, why_not: str) -> None:
        """On, or off with its reason under the pointer and for a screen reader."""
        self.setEnabled(on)
        self.setToolTip("" if on else why_not)
        self.setAccessibleDescription("" if on else why_not)

    def _font(self) -> QFont:
        return theme.font(self.look)

    def _pad(self) -> int:
        if self.kind == "link":
            return 0  # its words begin where the text above and below begins
        if self.kind == "unknown":
            return theme.px(8)  # so that all three stand beside the button for "none of these"
        return theme.px(16) if self.tall >= 40 else theme.px(12)

    def _parts(self) -> tuple[int, int, int]:
        """Widths of leading icon, key cap and trailing icon, each with its gap."""
        small = 16 if self.kind == "link" or self.tall < 40 else 20
        lead = theme.px(small) + (8 if self.text() else 0) if self.icon_name else 0
        cap = 0
        if self.key:
            cap = theme.text_width(self.key, "diagram") + 12 + 8
        trail = theme.px(small) + 8 if self.trailing else 0
        return lead, cap, trail

    def sizeHint(self) -> QSize:
        lead, cap, trail = self._parts()
        text = theme.text_width(self.text(), self.look)
        return QSize(max(text + lead + cap + trail + 2 * self._pad(), SMALLEST), theme.px(self.tall))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _inks(self) -> tuple[QColor | None, QColor | None, QColor, bool]:
        c = theme.colour
        hover = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return (None if self.kind == "link" else c("sunken")), None, c("text3"), False
        if self.kind == "primary":
            return c("accent"), None, c("on_accent"), False
        if self.kind == "link":
            return None, None, c("accent"), False
        if self.kind == "unknown":
            if self.isChecked():
                return c("accent_soft"), c("accent"), c("accent"), True
            return (c("accent_soft") if hover else c("surface")), c("control"), c("text"), True
        if self.isChecked():
            return c("accent"), c("accent"), c("on_accent"), False
        if self.kind == "row":
            return (c("accent_soft") if hover else None), None, c("text"), False
        return (c("accent_soft") if hover else c("surface")), c("control"), c("text"), False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # the page decides what Enter does
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        fill, edge, ink, dashed = self._inks()
        rect = QRectF(self.rect())
        if fill is not None or edge is not None:
            painting.box(painter, rect, fill=fill, edge=edge, width=1.5 if dashed else 1.0, dashed=dashed)
        lead, cap, trail = self._parts()
        width = theme.text_width(self.text(), self.look)
        content = lead + width + cap + trail
        left = self._pad() if self.kind in {"row", "link"} and self.text() else max((rect.width() - content) / 2, 0)
        size = theme.px(16 if self.kind == "link" or self.tall < 40 else 20)
        top = (rect.height() - size) / 2
        if self.icon_name:
            icons.paint(painter, self.icon_name, QRectF(left, top, size, size), ink)
        painter.setPen(ink)
        font = self._font()
        font.setUnderline(self.kind == "link" and self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.drawText(QRectF(left + lead, 0, width + 2, rect.height()), Align.AlignVCenter, self.text())
        if self.key:
            paint_key(painter, QRectF(left + lead + width + 8, 0, cap - 8, rect.height()), self.key,
                      over=ink if self.kind == "primary" or self.isChecked() else None)
        if self.trailing:
            x = left + lead + width + cap + 8 if self.kind != "row" else rect.width() - size - self._pad()
            icons.paint(painter, self.trailing, QRectF(x, top, size, size), ink)
        painter.end()


def paint_key(painter: QPainter, rect: QRectF, text: str, over: QColor | None = None) -> None:
    """A key cap, centred in height."""
    height = theme.px(18)
    cap = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    if over is None:
        painting.box(painter, cap, fill=theme.colour("sunken"), edge=theme.colour("line"), radius=4)
        painter.setPen(theme.colour("text2"))
    else:
        painting.box(painter, cap, fill=None, edge=over, radius=4)
        painter.setPen(over)
    painter.setFont(theme.font("diagram"))
    painter.drawText(cap, Align.AlignCenter, text)
