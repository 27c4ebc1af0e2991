"""A question with several items in full view: each is yes, no or not known; "none of these" is one key."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.language import tr
from desktop_app.presentation import bulk, words
from desktop_app.presentation.cards import Card, Cell
from desktop_app.widgets import controls, icons, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.editors import UNKNOWN_KEYS, Editor, UnknownBar
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.reveal import keep_in_sight

Align = Qt.AlignmentFlag
DIGITS = 9  # items with a key of their own


class ItemRow(Pressable):
    """One item: its words and three places to press, Yes, No and not known."""

    said = Signal(str, object)
    moved = Signal(int)
    radius = 8
    ANSWERS = 178

    def __init__(self, cell: Cell, number: int) -> None:
        super().__init__()
        self.cell, self.number = cell, number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = controls.row(self, margins=(10, 2, theme.px(self.ANSWERS), 2), spacing=10)
        if number <= DIGITS:
            cap = controls.KeyCap(str(number))
            cap.setFixedWidth(theme.px(22))
            layout.addWidget(cap, 0, Align.AlignVCenter)
        else:
            layout.addSpacing(theme.px(22) + 10)
        self._label = controls.label(cell.short, wrap=True)
        layout.addWidget(self._label, 1, Align.AlignVCenter)
        self.setMinimumHeight(theme.px(36))
        self.show_cell(cell)

    def show_cell(self, cell: Cell) -> None:
        self.cell = cell
        self.setCheckable(True)
        self.setChecked(cell.kind == "yes")
        self.setAccessibleName(f"{cell.short}: {cell.words}")
        self.setAccessibleDescription(tr("Y yes, N no, A not assessed, C cannot be assessed, D declined"))
        self.update()

    def _boxes(self) -> dict[str, QRectF]:
        height, right, middle = theme.px(30), self.width() - 6, self.height() / 2
        top = middle - height / 2
        w_yes, w_no, w_q = theme.px(52), theme.px(48), theme.px(52)
        q = QRectF(right - w_q, top, w_q, height)
        no = QRectF(q.left() - 6 - w_no, top, w_no, height)
        return {"yes": QRectF(no.left() - 6 - w_yes, top, w_yes, height), "no": no, "unknown": q}

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.colour
        painter = QPainter(self)
        painting.start(painter)
        if self.underMouse() or self.hasFocus():
            painting.box(painter, QRectF(self.rect()), fill=c("slate_soft"), edge=None)
        painter.setFont(theme.font("small-strong"))
        kind = self.cell.kind
        for name, box in self._boxes().items():
            chosen = kind == name or (name == "no" and kind == "excluded")
            dashed = name == "unknown"
            if name == "yes" and chosen and self.cell.alarm:
                fill, edge, ink = c("red"), c("red"), c("on_strong")
            elif chosen and not dashed:
                fill, edge, ink = c("accent"), c("accent"), c("on_accent")
            elif chosen:
                fill, edge, ink = c("accent_soft"), c("accent"), c("accent")
            else:
                fill, edge, ink = c("surface"), c("control"), c("text")
            painting.box(painter, box, fill=fill, edge=edge, width=1.5 if dashed else 1.0, dashed=dashed)
            painter.setPen(ink)
            if dashed:
                small, middle = theme.px(14), box.center()
                top = middle.y() - small / 2
                icons.paint(painter, "help", QRectF(middle.x() - small - 1, top, small, small), ink)
                icons.paint(painter, "chevron-down", QRectF(middle.x() + 1, top, small, small), ink)
            else:
                painter.drawText(box, Align.AlignCenter, tr("Yes") if name == "yes" else tr("No"))
        painter.end()

    def press_it(self) -> None:
        self.setChecked(self.cell.kind == "yes")  # the answer decides, not the press
        self.said.emit(self.cell.atom, None if self.cell.kind == "yes" else Answer(value=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.press(event.position())

    def press(self, where: QPointF) -> None:
        for name, box in self._boxes().items():
            if box.adjusted(-3, -3, 3, 3).contains(where):
                if name == "unknown":
                    self._menu()
                else:
                    self.said.emit(self.cell.atom, Answer(name == "yes"))
                return

    def _menu(self) -> None:
        menu = QMenu(self)
        for key, unknown in UNKNOWN_KEYS.items():
            action = menu.addAction(f"{words.UNKNOWN[unknown]}\t{key.upper()}")
            action.triggered.connect(lambda _=False, u=unknown: self.said.emit(self.cell.atom, Answer(unknown=u)))
        if self.cell.settled:
            menu.addAction(tr("Take the answer back")).triggered.connect(lambda: self.said.emit(self.cell.atom, None))
        menu.popup(self.mapToGlobal(self._boxes()["unknown"].bottomLeft().toPoint()))

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        self._menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().lower()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif plain and text in {"y", "n"}:
            self.said.emit(self.cell.atom, Answer(text == "y"))
        elif plain and event.key() == Qt.Key.Key_Space:
            self.said.emit(self.cell.atom, None if self.cell.kind == "yes" else Answer(value=True))
        elif plain and text in UNKNOWN_KEYS:
            self.said.emit(self.cell.atom, Answer(unknown=UNKNOWN_KEYS[text]))
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.said.emit(self.cell.atom, None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        keep_in_sight(self, event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class SeveralEditor(Editor):
    """All items, then one button for the rest."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today)
        column = controls.column(self, spacing=12)
        items = controls.column(spacing=0)
        self.rows: list[ItemRow] = []
        for number, cell in enumerate(card.cells, start=1):
            row = ItemRow(cell, number)
            row.said.connect(self._item)
            row.moved.connect(self._move)
            items.addWidget(row)
            self.rows.append(row)
        column.addLayout(items)
        # Where all fulfilled is the good answer, the habitual N must not say that none is.
        self._none_key = "0" if card.all_yes_label else "N"
        self.none = Button(card.none_label, key=self._none_key, tall=44)
        self.none.clicked.connect(self.say_none)
        self.all_yes = Button(card.all_yes_label, "primary", key="Y", tall=44)
        self.all_yes.clicked.connect(self.say_all)
        self.bar = UnknownBar()
        controls.keep_hidden(self.bar, self)
        self.bar.chosen.connect(self.say_unknown)
        first = (self.all_yes,) if card.all_yes_label else ()
        column.addWidget(FlowBox(*first, self.none, *self.bar.buttons.values()))
        self.refresh()

    def refresh(self) -> None:
        for row, cell in zip(self.rows, self.card.cells, strict=True):
            row.show_cell(cell)
        left = bulk.open_cells(self.card)
        some = 0 < len(left) < len(self.card.cells)
        self.none.set_words(tr("None of the others") if some else self.card.none_label)
        self.none.key = "Shift N" if self._none_key == "N" and any(r.hasFocus() for r in self.rows) else self._none_key
        self.none.allow(on=bool(bulk.fillable(self.card)), why_not=bulk.NOTHING_LEFT)
        self.all_yes.allow(on=self.none.isEnabled(), why_not=bulk.NOTHING_LEFT)
        self.all_yes.set_words(
            tr("All others fulfilled") if some and self.card.all_yes_label else self.card.all_yes_label
        )
        kinds = {c.unknown for c in self.card.cells}
        self.bar.mark(next(iter(kinds)) if len(kinds) == 1 else None)

    def _item(self, atom: str, given: Answer | None) -> None:
        index = next(i for i, c in enumerate(self.card.cells) if c.atom == atom)
        self.give({atom: given}, on=False)
        if given is not None and not bulk.open_cells(self.card):
            self.moved_on.emit()
        elif given is not None and index + 1 < len(self.rows):
            self.rows[index + 1].setFocus()

    def _move(self, step: int) -> None:
        index = next((i for i, r in enumerate(self.rows) if r.hasFocus()), -1) + step
        if 0 <= index < len(self.rows):
            self.rows[index].setFocus()
        elif index >= len(self.rows):
            self.none.setFocus()

    def say_none(self) -> None:
        if changes := bulk.none_of_the_others(self.card):
            self.give(changes)

    def say_all(self) -> None:
        if changes := bulk.all_of_the_others(self.card):
            self.give(changes)

    def say_unknown(self, unknown: Unknown) -> None:
        self.give(bulk.unknown_for_the_rest(self.card, unknown))

    def toggle(self, number: int) -> None:
        """Yes to the item with this number; once more takes it back. The keyboard stays on the question."""
        cell = self.card.cells[number - 1]
        self.give({cell.atom: None if cell.kind == "yes" else Answer(value=True)}, on=False)
        if not bulk.open_cells(self.card):
            self.moved_on.emit()

    def key(self, event: QKeyEvent) -> bool:
        text = event.text().lower()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if text == self._none_key.lower():
            self.say_none()
            return True
        if text == "n":
            return True  # no item has the keyboard, and none fulfilled is said by its own key
        if text.isdigit() and 1 <= int(text) <= min(len(self.rows), DIGITS):
            self.toggle(int(text))
            return True
        if text == "y" and self.card.all_yes_label:
            self.say_all()
            return True
        if text == "y" or event.key() == Qt.Key.Key_Down:
            self.rows[0].setFocus()
            return True
        return super().key(event)
