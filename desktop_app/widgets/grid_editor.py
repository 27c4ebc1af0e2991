"""A grid, muscle by side or level by zone: filled by keyboard at speed, "all normal" first, then exceptions."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QWidget

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import FindingType
from desktop_app.language import tr
from desktop_app.pictures.sides import heading
from desktop_app.presentation import bulk, words
from desktop_app.presentation.cards import Axis, Card, Cell
from desktop_app.widgets import controls, icons, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.editors import UNKNOWN_KEYS, Editor, UnknownBar
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.reveal import keep_in_sight
from desktop_app.widgets.shell import LARGE

Align = Qt.AlignmentFlag
_SIDES = {"left": "L", "right": "R"}
EDGE = 2  # px of a cell's frame on each side
ALL = 4000  # px: a height that no answer reaches
WIDE = 4  # with more columns than this a cell shows a short word only


def _side_key(event: QKeyEvent) -> str:
    """L or R held with Shift: the plain letter may be the first of an answer. "" for another key."""
    held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return event.text().upper() if held and event.text().upper() in _SIDES.values() else ""


class GridCell(Pressable):
    """One cell: dashed while it is not known, solid once it is."""

    said = Signal(str, object)
    typed = Signal(str, str)
    moved = Signal(str, int, int)
    radius = 6

    def __init__(self, cell: Cell, options: tuple[tuple[str, str], ...], *, narrow: bool) -> None:
        super().__init__()
        self.cell, self.options, self.narrow = cell, options, narrow
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._breaks = not narrow and theme.scale() >= LARGE  # into lines, so that the table keeps to its page
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(self._breaks)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_cell(cell)

    def sizeHint(self) -> QSize:
        if self.narrow:  # short words, broken into two lines where needed
            return QSize(theme.px(58), theme.px(38))
        return QSize(self._widest(self._answers()), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        if not self._breaks:
            return self.sizeHint()
        return QSize(self._widest([word for answer in self._answers() for word in answer.split()]), theme.px(36))

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(theme.font("small-strong"))
        room = QRect(0, 0, width - 2 * EDGE, ALL)
        flags = int(Align.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        return max(theme.px(36), *(metrics.boundingRect(room, flags, one).height() + 12 for one in self._answers()))

    def _answers(self) -> list[str]:
        return [tr("Yes"), "?", *(label for _, label in self.options)]

    def _widest(self, texts: list[str]) -> int:
        metrics = QFontMetrics(theme.font("small-strong"))
        return max(*(metrics.horizontalAdvance(one) + 20 for one in texts), theme.px(48))

    def show_cell(self, cell: Cell) -> None:
        self.cell = cell
        self.setAccessibleName(f"{cell.label}: {cell.words}")
        self.setToolTip(f"{cell.short}: {cell.words}" + (tr(" (entered with “all normal”)") if cell.bulk else ""))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.colour
        painter = QPainter(self)
        painting.start(painter)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        cell = self.cell
        if cell.kind == "yes" or (cell.kind == "value" and not cell.normal):
            fill, edge, ink, dashed = c("accent_soft"), c("accent"), c("accent"), False
        elif cell.known:
            fill, edge, ink, dashed = c("surface"), c("control"), c("text2"), False
        else:
            fill, edge, ink, dashed = c("surface"), c("control"), c("text3"), True
        if self.hasFocus():
            fill = c("sunken")
        painting.box(painter, rect, fill=fill, edge=edge, width=1.5 if dashed else 1.0, dashed=dashed, radius=6)
        painter.setPen(ink)
        strong = cell.kind == "yes" or (cell.kind == "value" and not cell.normal)
        if self.narrow:
            painter.setFont(theme.font("diagram" if strong else "caption", weight=600 if strong else 400))
            words_ = cell.words.split(",")[0]
        else:
            painter.setFont(theme.font("small-strong" if strong else "small"))
            words_ = cell.words
        if cell.known:
            painter.drawText(rect, int(Align.AlignCenter) | int(Qt.TextFlag.TextWordWrap), words_)
        elif cell.kind == "unknown":
            icons.paint(painter, "help", QRectF(rect.center().x() - 7, rect.center().y() - 7, 14, 14), ink)
        painter.end()

    def press_it(self) -> None:
        self.menu()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.menu()

    def menu(self, at: QPoint | None = None) -> None:
        """Every answer this cell can have; ``at``: where on the screen, below the cell where not said."""
        menu = QMenu(self)
        atom = self.cell.atom
        for name, label in self.options or (("yes", tr("Yes")), ("no", tr("No"))):
            value = name if self.options else name == "yes"
            menu.addAction(label).triggered.connect(lambda _=False, v=value: self.said.emit(atom, Answer(v)))
        menu.addSeparator()
        for key, unknown in UNKNOWN_KEYS.items():
            menu.addAction(f"{words.UNKNOWN[unknown]}\t{key.upper()}").triggered.connect(
                lambda _=False, u=unknown: self.said.emit(atom, Answer(unknown=u)))
        if self.cell.settled:
            menu.addAction(tr("Take the answer back")).triggered.connect(lambda: self.said.emit(atom, None))
        menu.popup(at or self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Left: (0, -1),
                 Qt.Key.Key_Right: (0, 1)}
        text = event.text().lower()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif event.key() in steps:
            down, right = steps[Qt.Key(event.key())]
            self.moved.emit(self.cell.atom, down, right)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.said.emit(self.cell.atom, None)
        elif event.key() == Qt.Key.Key_Space:
            self.menu()
        elif side := _side_key(event):
            self.typed.emit(self.cell.atom, side)
        elif text and text.strip() and not (text == "n" and event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.typed.emit(self.cell.atom, text)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        keep_in_sight(self, event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.updateGeometry()


class GridEditor(Editor):
    """Rows by columns; a column's rest becomes normal in one action, kept as entered in bulk."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today)
        self.cells: dict[str, GridCell] = {}
        self.normal: dict[str, Button] = {}
        self.sides: dict[str, str] = {}  # key held with Shift, to the column whose rest becomes normal
        self._previous = ""
        self.rest = Button(card.all_normal_label, key="N", tall=44)
        self.rest.clicked.connect(lambda: self.say_normal(""))
        self.bar = UnknownBar()
        controls.keep_hidden(self.bar, self)
        self.bar.chosen.connect(self.say_unknown)
        self.lay_out()
        self.rest.setVisible(bulk.can_be_normal(card))  # only now: a button without a parent would be a window
        self.refresh()

    def lay_out(self) -> None:
        """The table, the keys, and the answers for many cells at once."""
        column = controls.column(self, spacing=12)
        column.addWidget(self.table(self.card))
        column.addWidget(controls.label(bulk.keys_line(self.card), "caption", ink="text3", wrap=True))
        column.addWidget(FlowBox(self.rest, *self.bar.buttons.values()))

    def table(self, card: Card) -> QWidget:
        """Rows by columns with their names; its cells are known by their atoms."""
        holder = QWidget()
        outer = controls.column(holder, spacing=8)
        grid = QGridLayout()
        outer.addLayout(grid)
        grid.setHorizontalSpacing(4 if len(card.columns) > WIDE else 6)
        grid.setVerticalSpacing(4)
        narrow = len(card.columns) > WIDE
        for x, axis in enumerate(card.columns, start=1):
            over = heading(axis.id) or words.capital(axis.label)
            head = controls.label(over, "caption-strong", ink="text2", wrap=narrow)
            head.setAlignment(Align.AlignHCenter | Align.AlignBottom)
            grid.addWidget(head, 0, x)
            grid.setColumnStretch(x, 1)
        for y, axis in enumerate(card.rows, start=1):
            grid.addWidget(self.row_head(axis), y, 0)
            for x, across in enumerate(card.columns, start=1):
                found = card.cell(axis.id, across.id)
                if found is not None:
                    grid.addWidget(self.cell(found, narrow=narrow), y, x)
        if bulk.can_be_normal(card) and len(card.columns) <= WIDE:
            below = FlowBox()  # with large text: in their columns they would push the table over the edge
            large = theme.scale() >= LARGE
            for x, axis in enumerate(card.columns, start=1):
                words_ = f"{words.capital(axis.label)}: {self._normal_words()}"
                side = _SIDES.get(axis.id, "")
                if side:
                    self.sides[side] = axis.id
                button = Button(words_, key=f"Shift {side}" if side else "", tall=32, look="small-strong")
                button.clicked.connect(lambda _=False, i=axis.id: self.say_normal(i))
                self.normal[axis.id] = button
                if large:
                    below.add(button)
                else:
                    grid.addWidget(button, len(card.rows) + 1, x, Align.AlignHCenter)
            if large:
                outer.addWidget(below)
        return holder

    def _normal_words(self) -> str:
        return tr("none") if self.card.type is FindingType.YES_NO else tr("all normal")

    def row_head(self, axis: Axis) -> QWidget:
        """The name of a row."""
        holder = QWidget()
        layout = controls.column(holder, spacing=0)
        layout.addWidget(controls.label(axis.label, "small-strong"))
        if axis.note:
            layout.addWidget(controls.label(axis.note, "caption", ink="text3"))
        return holder

    def cell(self, found: Cell, *, narrow: bool) -> GridCell:
        """One cell that answers to mouse and keys."""
        widget = GridCell(found, self.card.options, narrow=narrow)
        widget.said.connect(self._said)
        widget.typed.connect(self._typed)
        widget.moved.connect(self._moved)
        self.cells[found.atom] = widget
        return widget

    def refresh(self) -> None:
        for cell in self.card.cells:
            if cell.atom in self.cells:
                self.cells[cell.atom].show_cell(cell)
        left = bulk.open_cells(self.card)
        some = 0 < len(left) < len(self.card.cells)
        plain = tr("None of them") if self._normal_words() == "none" else tr("All tested and normal")
        self.rest.set_words(self.card.all_normal_label if some else plain)
        self.rest.allow(on=bool(bulk.fillable(self.card)), why_not=bulk.NOTHING_LEFT)
        for name, button in self.normal.items():
            button.allow(on=bool(bulk.fillable(self.card, name)), why_not=bulk.NOTHING_LEFT)

    def _said(self, atom: str, given: Answer | None) -> None:
        self._previous = atom
        self.give({atom: given}, on=False)
        if given is None:
            return
        if not bulk.open_cells(self.card):
            if not self._may_be_refined(given):
                self.leave()
            return
        self._moved(atom, 1, 0)

    def leave(self) -> None:
        """Nothing is open here any more."""
        self.moved_on.emit()

    def _may_be_refined(self, given: Answer) -> bool:
        """A 4 may still become 4- or 4+: the last cell waits for it."""
        ids = [name for name, _ in self.card.options]
        return isinstance(given.value, str) and f"{given.value}+" in ids

    def _typed(self, atom: str, text: str) -> None:
        if text in {"+", "-"} and self._previous:
            before = next((c for c in self.card.cells if c.atom == self._previous), None)
            if before is not None and (found := bulk.option_for_key(self.card, before, text)):
                self.give({before.atom: Answer(found)}, on=False)
                if not bulk.open_cells(self.card):
                    self.leave()
            return
        if text in self.sides:
            self.say_normal(self.sides[text])
        elif text in UNKNOWN_KEYS:
            self._said(atom, Answer(unknown=UNKNOWN_KEYS[text]))
        elif text == "n" and bulk.can_be_normal(self.card):
            self.say_normal("")
        elif self.card.type is FindingType.YES_NO and text in {"y", "n"}:
            self._said(atom, Answer(text == "y"))
        else:
            cell = next(c for c in self.card.cells if c.atom == atom)
            if found := bulk.option_for_key(self.card, cell, text):
                self._said(atom, Answer(found))

    def _moved(self, atom: str, down: int, right: int) -> None:
        cell = next(c for c in self.card.cells if c.atom == atom)
        rows, columns = [r.id for r in self.card.rows], [c.id for c in self.card.columns]
        y, x = rows.index(cell.row) + down, columns.index(cell.column) + right
        if y >= len(rows) and x + 1 < len(columns):
            y, x = 0, x + 1  # down one side, then the other
        if 0 <= y < len(rows) and 0 <= x < len(columns):
            target = self.card.cell(rows[y], columns[x])
            if target is not None and target.atom in self.cells:
                self.cells[target.atom].setFocus()

    def say_normal(self, column: str) -> None:
        if changes := bulk.all_normal(self.card, column):
            self.give(changes, on=False)
            if not bulk.open_cells(self.card):
                self.leave()

    def say_unknown(self, unknown: Unknown) -> None:
        self.give(bulk.unknown_for_the_rest(self.card, unknown))

    def key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        text = event.text().lower()
        if (side := _side_key(event)) in self.sides:
            self.say_normal(self.sides[side])
            return True
        if text == "n":
            self.say_normal("")
            return True
        if text in UNKNOWN_KEYS:
            return super().key(event)
        ends = {Qt.Key.Key_Left: 0, Qt.Key.Key_Right: -1}
        if event.key() in ends:  # from the question straight into the column that lies there
            column = self.card.columns[ends[Qt.Key(event.key())]].id
            cells = bulk.open_cells(self.card, column) or [c for c in self.card.cells if c.column == column]
            self.cells[cells[0].atom].setFocus()
            return True
        first = bulk.open_cells(self.card) or self.card.cells
        if event.key() == Qt.Key.Key_Down or (text and text.strip()):
            self.cells[first[0].atom].setFocus()
            if text.strip():
                self._typed(first[0].atom, text)
            return True
        return False
