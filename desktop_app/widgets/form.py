"""Forms outside the consultation: a centred column of labelled fields, each with its own words when wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field, set_wrong

WIDTH = 620


class Form(QScrollArea):
    """A column of fields. ``show_mistakes`` puts words under them and the keyboard into the first."""

    def __init__(self, title: str, intro: str = "", *, width: int = WIDTH) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outside = QWidget()
        sides = controls.row(outside, margins=(24, 28, 24, 28))
        sides.addStretch(1)
        inside = QWidget()
        inside.setFixedWidth(theme.px(width))
        self.column: QVBoxLayout = controls.column(inside, margins=(4, 4, 4, 4), spacing=6)
        sides.addWidget(inside)
        sides.addStretch(1)
        self.setWidget(outside)
        self.fields: dict[str, QWidget] = {}
        self._wrong: dict[str, QLabel] = {}
        if title:
            self.column.addWidget(controls.label(title, "title", wrap=True))
        if intro:
            self.column.addWidget(controls.label(intro, "body", ink="text2", wrap=True))
        self.end()

    def end(self) -> None:
        """Keep everything at the top."""
        self.column.addStretch(1)

    def put(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.count() - 1, widget)

    def heading(self, text: str, help_: str = "") -> None:
        head = controls.label(text, "heading", wrap=True)
        head.setContentsMargins(0, 18, 0, 0)
        self.put(head)
        if help_:
            self.put(controls.label(help_, "small", ink="text2", wrap=True))

    def line(self, name: str, label: str, *, value: str = "", hint: str = "", placeholder: str = "",
             secret: bool = False, optional: bool = False) -> QLineEdit:
        """A labelled line to write in."""
        edit = field(label, placeholder=placeholder, secret=secret)
        edit.setText(value)
        self.labelled(name, label, edit, hint=hint, optional=optional)
        edit.textEdited.connect(lambda: self._being_mended(name))
        return edit

    def _being_mended(self, name: str) -> None:
        """Red words stand only until the field is written in again."""
        if self._wrong[name].isVisible():
            self._wrong[name].hide()
            set_wrong(self.fields[name], wrong=False)

    def labelled(self, name: str, label: str, widget: QWidget, *, hint: str = "", optional: bool = False) -> None:
        head = controls.label(label + (" (optional)" if optional else ""), "small-strong")
        head.setContentsMargins(0, 8, 0, 0)
        self.put(head)
        self.put(widget)
        if hint:
            widget.setAccessibleDescription(hint)
            self.put(controls.label(hint, "caption", ink="text3", wrap=True))
        self.fields[name] = widget
        self.mistake_label(name)

    def mistake_label(self, name: str) -> None:
        wrong = controls.label("", "small-strong", ink="red", wrap=True)
        wrong.hide()
        self._wrong[name] = wrong
        self.put(wrong)

    def text(self, name: str) -> str:
        widget = self.fields[name]
        if isinstance(widget, QLineEdit):
            return widget.text()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""

    def show_mistakes(self, mistakes: dict[str, str]) -> bool:
        """True when there are none."""
        first: QWidget | None = None
        for name, label in self._wrong.items():
            words = mistakes.get(name, "")
            label.setText(words)
            label.setVisible(bool(words))
            widget = self.fields[name]
            set_wrong(widget, wrong=bool(words))
            if words:
                widget.setAccessibleDescription(words)
                first = first or widget
        if first is not None:
            first.setFocus()
            self.ensureWidgetVisible(first)
        return not mistakes


def choice_row(options: tuple[tuple[str, str], ...], chosen: str) -> tuple[QWidget, dict[str, Button]]:
    """Buttons of which one is chosen."""
    holder = QWidget()
    row = controls.row(holder)
    buttons: dict[str, Button] = {}
    for name, label in options:
        button = Button(label, look="body")
        button.setCheckable(True)
        button.setChecked(name == chosen)
        buttons[name] = button
        row.addWidget(button)

    def pick(name: str) -> None:
        for other, button in buttons.items():
            button.setChecked(other == name)

    for name, button in buttons.items():
        button.clicked.connect(lambda _=False, n=name: pick(n))
    row.addStretch(1)
    return holder, buttons


def chosen(buttons: dict[str, Button]) -> str:
    return next((name for name, button in buttons.items() if button.isChecked()), "")
