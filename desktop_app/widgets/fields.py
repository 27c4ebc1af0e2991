"""Fields to write in, lists to choose from and check boxes, each with a name and an edge that is seen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from desktop_app.language import tr
from desktop_app.widgets import icons, painting, theme
from desktop_app.widgets.buttons import Button

Align = Qt.AlignmentFlag

KEPT_NOWHERE = "kept-nowhere"
"""Set on the field of a passphrase or a PIN; it stays so while the text is shown."""


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
        self._asks = QLabel(name, self)
        self._asks.hide()
        self._asks.setBuddy(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._asks.parentWidget() is not self.parentWidget():
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


def field(name: str, *, placeholder: str = "", example: str = "", secret: bool = False, width: int = 0,
          low: bool = False) -> QLineEdit:
    """A line to write in, with its accessible name. An ``example`` is said to be one: grey alone does not tell it from
    what was written, and in high contrast there is hardly any grey. ``low``: as high as the small buttons beside it.
    """
    result = QLineEdit()
    if low:
        result.setProperty("low", "true")
    result.setAccessibleName(name)
    result.setPlaceholderText(tr("For example: {example}").format(example=example) if example else placeholder)
    if secret:
        result.setEchoMode(QLineEdit.EchoMode.Password)
        result.setProperty(KEPT_NOWHERE, True)
    if width:
        result.setFixedWidth(theme.px(width))
    return result


def show_button(edit: QLineEdit) -> Button:
    """Shows what was typed, and hides it again; it can be reached by keyboard."""
    button = Button(
        tr("Show"), look="body", name=tr("Show {accessibleName}").format(accessibleName=edit.accessibleName())
    )
    button.setCheckable(True)

    def turn(shown: bool) -> None:
        edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        verb = tr("Hide") if shown else tr("Show")
        button.set_words(verb, name=f"{verb} {edit.accessibleName()}")

    button.toggled.connect(turn)
    return button


def text_area(name: str, *, placeholder: str = "", lines: int = 3) -> QPlainTextEdit:
    result = QPlainTextEdit()
    result.setAccessibleName(name)
    result.setPlaceholderText(placeholder)
    result.setTabChangesFocus(True)
    result.setFixedHeight(theme.px(20 * lines + 20))
    return result


def set_wrong(widget: QWidget, *, wrong: bool) -> None:
    """Mark a field as holding a mistake; the words stand below it."""
    widget.setProperty("wrong", "true" if wrong else "false")
    widget.style().unpolish(widget)
    widget.style().polish(widget)
