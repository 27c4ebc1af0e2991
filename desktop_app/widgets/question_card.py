"""A question: shut it is one line, open it is a card with its reason and its answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.engine.model import FindingType, QuestionShape
from desktop_app.language import tr
from desktop_app.presentation import bulk
from desktop_app.presentation.cards import Card as CardModel
from desktop_app.presentation.cards import Group, Page
from desktop_app.presentation.medicine_rows import Drug
from desktop_app.presentation.words import Provenance
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.body_editor import BodyEditor
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.editors import (
    ChoiceEditor,
    DateEditor,
    Editor,
    NumberEditor,
    TextEditor,
    YesNoEditor,
)
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.grid_editor import GridEditor
from desktop_app.widgets.medicines_editor import MedicinesEditor
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.several_editor import SeveralEditor

CHIP_ICON = {tr("No"): "close", tr("Yes"): "check", tr("Not asked"): "circle-outline"}


def chip_for(card: CardModel) -> tuple[str, str, str]:
    """Words, kind and icon of the answer chip."""
    if card.chip_kind == "unknown":
        return card.chip, "unknown", "circle-outline" if card.state == "not_started" else "help"
    icon = CHIP_ICON.get(card.chip, "check")
    return card.chip, card.chip_kind, "alert-octagon" if card.chip_kind == "red" else icon


def provenance_chips(chips: tuple[Provenance, ...]) -> list[controls.Chip]:
    return [controls.Chip(p.text, "evidence-unchecked" if p.unchecked else "evidence", tall=24, bold=False,
                          tip=p.tip) for p in chips]


class ShutLine(Pressable):
    """An answered or waiting question in one line; lines of one group share an edge."""

    pressed = Signal(str)
    stepped = Signal(str, int)
    radius = 10

    def __init__(self, card: CardModel) -> None:
        super().__init__()
        self.card, self.first, self.last = card, True, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = controls.row(self, margins=(16, 6, 16, 7), spacing=16)
        self._dot = controls.Dot()
        words = controls.column(spacing=0)
        self._title = controls.label("", "strong", wrap=True)
        self._detail = controls.label("", "caption", ink="text2", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        self._chip = controls.Chip("")
        layout.addWidget(self._dot)
        layout.addLayout(words, 1)
        layout.addWidget(self._chip)
        self.setMinimumHeight(theme.px(50))
        self.show_card(card)

    def show_card(self, card: CardModel) -> None:
        self.card = card
        self._dot.show_state("alarm" if card.chip_kind == "red" else {
            "settled": "settled", "unknown": "unknown", "begun": "begun"}.get(card.state, ""))
        self._title.setText(card.title)
        same = card.detail.rstrip("?").lower() == card.title.lower()
        self._detail.setText(card.detail)
        self._detail.setVisible(bool(card.detail) and not same)
        self._chip.show_words(*chip_for(card))
        self.setAccessibleName(f"{card.title}: {card.chip}")

    def place(self, *, first: bool, last: bool) -> None:
        self.first, self.last = first, last
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, 0.5 if not self.last else -0.5)
        path = QPainterPath()
        radius = 12.0
        tall = rect.adjusted(0, 0 if self.first else -30, 0, 0 if self.last else 30)
        path.addRoundedRect(tall, radius, radius)
        painter.setClipRect(self.rect())
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("accent_soft" if self.underMouse() else "surface"))
        painter.drawPath(path)
        if not self.last:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))  # on whole pixels
        painter.end()

    def press_it(self) -> None:
        self.pressed.emit(self.card.id)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit(self.card.id)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(self.card.id, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


def no_page() -> Page | None:
    return None


def editor_for(card: CardModel, today: date, drugs: tuple[Drug, ...],
               page: Callable[[], Page | None] = no_page) -> Editor:
    """The editor that fits the question's shape and type; ``page``: the questions beside it as they now stand."""
    if card.drawn:
        return BodyEditor(card, today, lambda: found.drawn() if (found := page()) is not None else {})
    if card.shape is QuestionShape.GRID:
        return GridEditor(card, today)
    if card.shape is QuestionShape.SEVERAL:
        return SeveralEditor(card, today)
    match card.type:
        case FindingType.YES_NO:
            return YesNoEditor(card, today)
        case FindingType.CHOICE | FindingType.SCALE:
            return ChoiceEditor(card, today)
        case FindingType.NUMBER:
            return NumberEditor(card, today)
        case FindingType.DATE:
            return DateEditor(card, today)
        case FindingType.MEDICINES:
            return MedicinesEditor(card, today, drugs)
        case _:
            return TextEditor(card, today)


class OpenCard(controls.Card):
    """The one open question. Letters and digits pressed anywhere in it answer it."""

    answered = Signal(object)
    moved_on = Signal(str)
    stepped = Signal(str, int)
    shut = Signal()

    def __init__(self, card: CardModel, over: str, today: date, drugs: tuple[Drug, ...],
                 page: Callable[[], Page | None] = no_page) -> None:
        super().__init__(edge="accent", width=1)
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{card.question} {card.chip}")
        self.setAccessibleDescription(card.how)
        column = controls.column(self, margins=(24, 16, 24, 20), spacing=6)
        top = controls.row()
        self.over = controls.label(over, "caption-strong", ink="text2")
        top.addWidget(self.over)
        top.addStretch(1)
        self.why = Button(tr("Why asked"), "link", icon="information-outline", key="W", tall=24)
        self.why.clicked.connect(self.toggle_why)
        top.addWidget(self.why)
        column.addLayout(top)
        self.why.setVisible(bool(card.why))
        column.addWidget(controls.label(card.question, "heading", wrap=True))
        if card.how:
            column.addWidget(controls.label(card.how, "small", ink="text2", wrap=True))
        column.addSpacing(8)
        self.editor = editor_for(card, today, drugs, page)
        self.editor.answered.connect(self.answered)
        self.editor.moved_on.connect(lambda: self.moved_on.emit(self.card.id))
        if isinstance(self.editor, TextEditor):
            self.setFocusProxy(self.editor.area)  # words are typed at once; no letter is a shortcut here
        column.addWidget(self.editor)
        self._page = page
        self.to_all: dict[bool, Button] = {}  # "no to all" and "yes to all", where the pack offers them
        for yes in (False, True):
            if self.together(yes=yes):
                column.addSpacing(4)
                column.addWidget(self._to_all(yes=yes))
        self.note = self._note()
        self.note.hide()
        column.addWidget(self.note)

    def together(self, *, yes: bool) -> tuple[CardModel, ...]:
        """The questions that one "to all" answers, this one among them; empty where that is not offered."""
        group = self._group()
        return group.together(self.card.id, yes=yes) if group is not None else ()

    def _group(self) -> Group | None:
        page = self._page()
        return page.group(self.card.id) if page is not None else None

    def _to_all(self, *, yes: bool) -> QWidget:
        """Everything that the one answer affirms or denies stands beside it, word for word."""
        group = self._group()
        box = controls.Card(fill="sunken", edge="", radius=8)
        column = controls.column(box, margins=(16, 12, 16, 12), spacing=4)
        for card in self.together(yes=yes):
            items = "; ".join(c.short for c in card.cells) if len(card.cells) > 1 else card.question
            column.addWidget(controls.label(f"<b>{escape(card.title)}.</b> {escape(items)}", "small", ink="text2",
                                            wrap=True, rich=True))
        words = "" if group is None else group.all_yes_label if yes else group.all_no_label
        many = sum(len(bulk.open_cells(card)) for card in self.together(yes=yes))
        button = Button(
            tr("{words} · {many} answers").format(words=words, many=many), key="Shift Y" if yes else "Shift N", tall=40
        )
        button.clicked.connect(lambda: self.say_to_all(yes=yes))
        self.to_all[yes] = button
        column.addSpacing(4)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def say_to_all(self, *, yes: bool) -> None:
        if changes := bulk.same_to_all(self.together(yes=yes), yes=yes):
            self.answered.emit(changes)
            self.moved_on.emit(self.card.id)

    def _note(self) -> QWidget:
        room = QWidget()
        note = controls.Card(fill="sunken", edge="", radius=8)
        controls.column(room, margins=(0, 6, 0, 0)).addWidget(note)
        column = controls.column(note, margins=(16, 10, 16, 12), spacing=6)
        holder = FlowBox(*provenance_chips(self.card.basis), gap=6)
        column.addWidget(controls.label(tr("Why asked"), "small-strong"))
        column.addWidget(controls.label(self.card.why, "small", ink="text2", wrap=True))
        if self.card.follows:
            column.addWidget(
                controls.label(
                    tr("A yes means: {follows}").format(follows=self.card.follows), "small", ink="text2", wrap=True
                )
            )
        if self.card.basis:
            column.addWidget(holder)
        return room

    def only_look(self) -> None:
        """It shows what was answered, and why it is asked; nothing can be answered."""
        self.editor.setEnabled(False)
        self.setFocusProxy(None)  # type: ignore[arg-type]  # takes the proxy away
        for button in self.to_all.values():
            button.setEnabled(False)

    def toggle_why(self) -> None:
        opened = not self.note.isVisible()
        self.note.setVisible(opened)
        reveal(self, self.note if opened else None)

    def show_card(self, card: CardModel) -> None:
        self.card = card
        self.setAccessibleName(f"{card.question} {card.chip}")
        self.editor.show_card(card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.editor.commit():
                self.moved_on.emit(self.card.id)
            return
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        answers = self.editor.isEnabled()
        if answers and plain and event.text() in {"N", "Y"} and self.together(yes=event.text() == "Y"):
            self.say_to_all(yes=event.text() == "Y")
        elif plain and event.text().lower() == "w" and self.card.type is not FindingType.TEXT:
            self.toggle_why()
        elif answers and ((plain and self.editor.key(event)) or (held and self.editor.chord(event))):
            return
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(self.card.id, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.shut.emit()
        else:
            super().keyPressEvent(event)
