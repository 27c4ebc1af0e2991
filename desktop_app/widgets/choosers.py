"""Check boxes and lists to choose one from, each with a name and an edge that is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from desktop_app.widgets import icons, painting, theme

Align = Qt.AlignmentFlag


class Tick(QCheckBox):
    """A check box of 24 px whose edge is seen in every theme; it grows with the text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme.font("body")).horizontalAdvance(self.text()) + theme.px(24) + 16, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        on = self.isChecked()
        side = theme.px(24)
        mark = theme.px(16)
        top = (self.height() - side) / 2
        painting.box(painter, QRectF(0, top, side, side), fill=theme.colour("accent" if on else "surface"),
                     edge=theme.colour("accent" if on else "control"), radius=6)
        if on:
            inset = (side - mark) / 2
            icons.paint(painter, "check", QRectF(inset, top + inset, mark, mark), theme.colour("on_accent"))
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body"))
        painter.drawText(QRectF(side + 10, 0, self.width() - side - 10, self.height()), Align.AlignVCenter, self.text())
        painter.end()


class Pick(QComboBox):
    """A list to choose one from.

    A screen reader on Linux is told its choice as its name; what it asks, a label beside it says that nobody sees.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self._asks: QLabel | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """The label stands beside the list, not in it: of labels inside a list Qt's style sheets keep memory."""
        super().showEvent(event)
        if self._asks is None:
            self._asks = QLabel(self._name, self.parentWidget())
            self._asks.hide()
            self._asks.setBuddy(self)
        elif self._asks.parentWidget() is not self.parentWidget():
            self._asks.setParent(self.parentWidget())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page that the pointer happens to pass over; it never chooses."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt draws it, but a name that is too long ends in an ellipsis: cut, "seen within" reads as whole."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        inside = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option,
                                             QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, inside.width() - 4)
        styled = QStylePainter(self)
        styled.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        styled.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        styled.end()
        painter = QPainter(self)
        painting.start(painter)
        size = theme.px(16)
        icons.paint(painter, "chevron-down", QRectF(self.width() - size - 10, (self.height() - size) / 2, size, size),
                    theme.colour("text2"))
        painter.end()
