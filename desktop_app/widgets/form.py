"""Forms outside the consultation: a column of labelled fields, each with its own words when wrong."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from desktop_app.language import tr
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field, set_wrong, show_button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.shell import LARGE

WIDTH = 620


class Sheet(QWidget):
    """As tall as its words need at its width: what it would need at no width at all must not make it taller."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class Form(ScrollArea):
    """A column of fields. ``show_mistakes`` puts words under them and the keyboard into the first."""

    def __init__(self, title: str, intro: str = "", *, width: int = WIDTH, icon: str = "", card: bool = False) -> None:
        """``card``: a short form that stands alone in the window, on a surface of its own above the middle."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outside = Sheet()
        self._sides: QHBoxLayout = controls.row(outside, margins=(24, 28, 24, 28))
        inside = controls.Card() if card else QWidget()
        inside.setMaximumWidth(theme.px(width))
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        margins = (32, 28, 32, 32) if card else (4, 4, 4, 4)
        self.column: QVBoxLayout = controls.column(inside, margins=margins, spacing=4)
        self._sides.addStretch(1)
        if card:
            upright = controls.column()
            upright.addStretch(2)
            upright.addWidget(inside)
            upright.addStretch(3)
            self._sides.addLayout(upright, 1000)
        else:
            self._sides.addWidget(inside, 1000)  # the sides get only what the column does not take
        self._sides.addStretch(1)
        self.setWidget(outside)
        self.fields: dict[str, QWidget] = {}
        self._wrong: dict[str, QLabel] = {}
        self._blocks: dict[str, QWidget] = {}
        self._hints: dict[str, str] = {}
        self._last_secret: tuple[str, QWidget] | None = None  # its name and its button
        self.end()
        if icon and theme.scale() < LARGE:  # with large text the fields need its room
            self.put(controls.IconLabel(icon, 32, "accent"))
            self.column.insertSpacing(self.column.count() - 1, 8)
        if title:
            self.put(controls.label(title, "title", wrap=True))
        if intro:
            told = controls.label(intro, "body", ink="text2", wrap=True)
            told.setContentsMargins(0, 0, 0, 8)
            self.put(told)

    def begin_left(self) -> None:
        """Beside the list of pages each begins at the same edge and height, so that nothing jumps between them."""
        if (side := self._sides.takeAt(0)) is not None:
            delete(side)  # the binding would keep it for good
        self._sides.setContentsMargins(20, 16, 20, 28)

    def end(self) -> None:
        """Keep everything at the top."""
        self.column.addStretch(1)

    def put(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.count() - 1, widget)

    def put_layout(self, layout: QLayout) -> None:
        holder = QWidget()
        holder.setLayout(layout)
        self.put(holder)

    def buttons(self, *buttons: QWidget, gap: int = 12) -> None:
        """Buttons below what they belong to, no closer than a field is to its neighbour."""
        holder = QWidget()
        controls.column(holder, margins=(0, 8, 0, 0)).addWidget(FlowBox(*buttons, gap=gap))
        self.put(holder)

    def heading(self, text: str, help_: str = "") -> None:
        head = controls.label(text, "heading", wrap=True)
        head.setContentsMargins(0, 22, 0, 0)
        self.put(head)
        if help_:
            self.put(controls.label(help_, "small", ink="text2", wrap=True))

    def line(self, name: str, label: str, *, value: str = "", hint: str = "", placeholder: str = "", example: str = "",
             secret: bool = False, optional: bool = False, beside: QWidget | None = None) -> QLineEdit:
        """A labelled line to write in, with a button ``beside`` it where there is one."""
        edit = field(label, placeholder=placeholder, example=example, secret=secret)
        edit.setText(value)
        holder: QWidget = edit
        if secret and beside is None:
            beside = show_button(edit)
        if beside is not None:
            holder = QWidget()
            row = controls.row(holder, spacing=12)
            row.addWidget(edit, 1)
            row.addWidget(beside)
        self.labelled(name, label, holder, hint=hint, optional=optional)
        self.fields[name] = edit
        edit.setAccessibleDescription(hint)
        edit.textEdited.connect(lambda: self.being_mended(name))
        if secret and beside is not None:
            self._tab_past_button(name, beside)
        return edit

    def _tab_past_button(self, name: str, button: QWidget) -> None:
        """From one passphrase straight to the next below it: typed onto the button between them, each blank of the
        second would show and hide the first. The buttons follow.
        """
        before, self._last_secret = self._last_secret, (name, button)
        names = list(self.fields)
        if before is None or names.index(before[0]) + 1 != names.index(name):
            return
        first, second = self.fields[before[0]], self.fields[name]
        for one, other in ((first, second), (second, before[1]), (before[1], button)):
            QWidget.setTabOrder(one, other)

    def only_shown(self, name: str) -> None:
        """The field is read, not written in."""
        self._blocks[name].setEnabled(False)

    def being_mended(self, name: str) -> None:
        """Red words stand only until the field is changed."""
        if self._wrong[name].text():
            self._say(name, "")

    def labelled(self, name: str, label: str, widget: QWidget, *, hint: str = "", optional: bool = False) -> None:
        block = QWidget()
        column = controls.column(block, margins=(0, 10, 0, 2), spacing=4)
        if label:
            column.addWidget(controls.label(label + (tr(" (optional)") if optional else ""), "small-strong"))
        column.addWidget(widget)
        if hint:
            widget.setAccessibleDescription(hint)
            column.addWidget(controls.label(hint, "caption", ink="text3", wrap=True))
        wrong = controls.label("", "small-strong", ink="red", wrap=True)
        wrong.hide()
        column.addWidget(wrong)
        self.fields[name], self._hints[name] = widget, hint
        self._wrong[name], self._blocks[name] = wrong, block
        self.put(block)
        for button in (widget, *widget.findChildren(QAbstractButton)):
            if isinstance(button, QAbstractButton):
                button.clicked.connect(lambda _=False: self.being_mended(name))

    def show_field(self, name: str, *, shown: bool) -> None:
        """A field that matters for some answers only."""
        self._blocks[name].setVisible(shown)

    def text(self, name: str) -> str:
        widget = self.fields[name]
        if isinstance(widget, QLineEdit):
            return widget.text()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""

    def show_mistakes(self, mistakes: dict[str, str]) -> bool:
        """True when there are none. The first mistake is brought into sight and gets the keyboard."""
        for name in self._wrong:
            self._say(name, mistakes.get(name, ""))
        first = next((name for name in self._wrong if mistakes.get(name)), None)
        if first is not None:
            _where_to_write(self.fields[first]).setFocus()
            reveal(self._blocks[first])
        return not mistakes

    def _say(self, name: str, words: str) -> None:
        label, widget = self._wrong[name], self.fields[name]
        label.setText(words)
        label.setVisible(bool(words))
        set_wrong(widget, wrong=bool(words))
        widget.setAccessibleDescription(words or self._hints[name])


def _where_to_write(widget: QWidget) -> QWidget:
    """The field itself, or of several controls the first that takes the keyboard."""
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isEnabled():
        return widget
    inner = (one for one in widget.findChildren(QWidget)
             if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.isEnabled() and not one.isHidden())
    return next(inner, widget)


def choice_row(options: tuple[tuple[str, str], ...], chosen: str) -> tuple[QWidget, dict[str, Button]]:
    """Buttons of which one is chosen; where the line is too short they go on in the next."""
    holder = FlowBox()
    buttons: dict[str, Button] = {}
    for name, label in options:
        button = Button(label, look="body")
        button.setCheckable(True)
        button.setChecked(name == chosen)
        buttons[name] = button
        holder.add(button)

    def pick(name: str) -> None:
        for other, button in buttons.items():
            button.setChecked(other == name)

    for name, button in buttons.items():
        button.clicked.connect(lambda _=False, n=name: pick(n))
    return holder, buttons


def chosen(buttons: dict[str, Button]) -> str:
    return next((name for name, button in buttons.items() if button.isChecked()), "")
