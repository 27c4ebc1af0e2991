"""Fields to write in, each with a name and an edge that is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.language import tr
from desktop_app.widgets import theme
from desktop_app.widgets.buttons import Button

KEPT_NOWHERE = "kept-nowhere"
"""Set on the field of a passphrase or a PIN; it stays so while the text is shown."""


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


class Area(QPlainTextEdit):
    """Room for several lines. The frame fills the background: of an inside that does, Qt's style sheets keep the look
    for good (see ``scroll_area``).
    """

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setAutoFillBackground(False)


def text_area(name: str, *, placeholder: str = "", lines: int = 3) -> QPlainTextEdit:
    result = Area()
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
