"""Pain and changed sensation on the body map, with the same answers as a list beside it; both can be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.language import tr
from desktop_app.pictures import body
from desktop_app.pictures.body import PAIN, SENSATION, Place
from desktop_app.presentation import body as body_words
from desktop_app.presentation import words
from desktop_app.presentation.cards import Axis, Card
from desktop_app.widgets import controls, theme
from desktop_app.widgets.body_map import BodyMap
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.editors import UNKNOWN_KEYS
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.grid_editor import GridCell, GridEditor

Align = Qt.AlignmentFlag
_KIND_WORDS = {PAIN: (tr("Pain"), "P"), SENSATION: (tr("Changed sensation"), "S")}
_LIST = 306  # px of the list at 100 %
_MAP_HINT = tr("Right and left are the patient's.")


class BodyEditor(GridEditor):
    """A grid whose cells are also zones of a picture; the partner question can be answered here too."""

    def __init__(self, card: Card, today: date, drawn: Callable[[], Mapping[str, Card]]) -> None:
        """``drawn``: the questions of the page that stand on the map, by kind, as they now are."""
        self._own, self._drawn = card, drawn
        self.kind = card.drawn
        self.map = BodyMap()
        self.map.show_marks(self.cards, self.kind)  # before it is put into its place: so Tab meets its zones there
        self.kinds: dict[str, Button] = {}
        self._tables: dict[str, tuple[QWidget, dict[str, GridCell]]] = {}
        self._stack = QStackedWidget()
        self.pointed = controls.label(_MAP_HINT, "caption", ink="text2", wrap=True)
        super().__init__(card, today)

    # -- what is shown ------------------------------------------------------------------------------

    @property
    def cards(self) -> dict[str, Card]:
        """The questions on this map by kind; at least the one that is open."""
        found = {self._own.drawn: self._own, **self._drawn()}
        return {kind: found[kind] for kind in body.KINDS if kind in found}

    def lay_out(self) -> None:
        column = controls.column(self, spacing=8)
        column.addWidget(self._head())
        left = QWidget()
        beside = controls.column(left, spacing=4)
        beside.addWidget(self.map)
        self.pointed.setAlignment(Align.AlignHCenter)
        self.pointed.setMinimumHeight(theme.px(16))
        beside.addWidget(self.pointed)
        for kind, card in self.cards.items():
            self.cells = {}
            table = self.table(card)
            self._tables[kind] = (table, self.cells)
            self._stack.addWidget(table)
        self._stack.setFixedWidth(theme.px(_LIST))
        column.addWidget(FlowBox(left, self._stack, gap=16))
        self.rest.look = "small-strong"
        for button in (self.rest, *self.bar.buttons.values()):
            button.tall = 40  # so that they stand in one line and the card fits a small window
        column.addWidget(FlowBox(self.rest, *self.bar.buttons.values(), gap=8))
        self.map.said.connect(self._marked)
        self.map.kind_asked.connect(self.show_kind)
        self.map.menu_asked.connect(self._menu)
        self.map.pointed.connect(self._pointed)
        self._pick()

    def _head(self) -> QWidget:
        for kind in self.cards:
            words_, key = _KIND_WORDS[kind]
            button = Button(words_, key=key, tall=32, look="small-strong")
            button.setCheckable(True)
            button.setAccessibleDescription(tr("Chooses what a mark on the map means"))
            button.clicked.connect(lambda _=False, k=kind: self.show_kind(k))
            self.kinds[kind] = button
        told = tr("Arrows move · Space marks · 0: not here · N: none of the rest")
        keys = controls.label(told, "caption", ink="text3")
        return FlowBox(*self.kinds.values(), keys, gap=8)

    def table(self, card: Card) -> QWidget:
        """The same zones as a list, one line each; the sides stand as in every other grid, so that none is mistaken."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for x, axis in enumerate(card.columns, start=1):
            head = controls.label(words.capital(axis.label), "caption-strong", ink="text2")
            grid.addWidget(head, 0, x, Align.AlignHCenter)
        for y, axis in enumerate(card.rows, start=1):
            grid.addWidget(self.row_head(axis), y, 0)
            for x, across in enumerate(card.columns, start=1):
                found = card.cell(axis.id, across.id)
                if found is not None:
                    grid.addWidget(self.cell(found, narrow=False), y, x)
        grid.setRowStretch(len(card.rows) + 1, 1)
        return holder

    def row_head(self, axis: Axis) -> QWidget:
        holder = QWidget()
        layout = controls.row(holder, spacing=6)
        if axis.id != body.BUTTOCK:  # the only place that is no root's
            zone = controls.label(axis.id, "caption-strong", ink="text2")
            zone.setFixedWidth(theme.px(20))
            layout.addWidget(zone)
        layout.addWidget(controls.label(axis.label, "caption", wrap=True), 1)
        return holder

    def show_card(self, card: Card) -> None:
        self._own = card
        self._pick()
        self.refresh()

    def show_kind(self, kind: str) -> None:
        """What a mark means from now on; the list shows the same question."""
        if kind in self.cards and kind != self.kind:
            self.kind = kind
            self._pick()
            self.refresh()

    def _pick(self) -> None:
        """The question that answers go to, and its list."""
        self.card = self.cards[self.kind]
        table, self.cells = self._tables[self.kind]
        self._stack.setCurrentWidget(table)

    def refresh(self) -> None:
        super().refresh()
        for kind, button in self.kinds.items():
            button.setChecked(kind == self.kind)
        self.map.show_marks(self.cards, self.kind)
        self._pointed(next((key for key, spot in self.map.spots.items() if spot.hasFocus()), ""))

    def _pointed(self, key: str) -> None:
        """The zone under the pointer or with the focus, in words below the map."""
        if not key:
            self.pointed.setText(_MAP_HINT)
            return
        place = body.place_of(key)
        told = body.told(body_words.marks(self.cards), place, self.cards)
        self.pointed.setText(f"{body_words.place_words(place)}: {told}")

    # -- what is said -------------------------------------------------------------------------------

    def _marked(self, place: Place, what: str) -> None:
        """Something was done to a zone of the map; the list follows, as both show the card."""
        cell = body_words.cell_at(self.card, place)
        if cell is None:
            name = _KIND_WORDS[self.kind][0]
            self.pointed.setText(
                tr("{place}: {lower} is not asked here.").format(
                    place=body_words.place_words(place), lower=name.lower()
                )
            )
            return
        given: Answer | None = None
        if what in {"mark", "yes"}:
            given = body_words.marked_answer(self.card, cell)
            if what == "yes" and given is None:
                return  # marked already
        elif what == "normal":
            self.say_normal("")  # N is the key of the button: the rest, here as in every grid
            return
        elif what == "not here":
            given = body_words.normal_answer(self.card)
        elif what in UNKNOWN_KEYS:
            given = Answer(unknown=UNKNOWN_KEYS[what])
        self.give({cell.atom: given}, on=False)

    def _menu(self, key: str, at: QPoint) -> None:
        cell = body_words.cell_at(self.card, body.place_of(key))
        if cell is not None:
            self.cells[cell.atom].menu(at)

    def give(self, changes: Mapping[str, Answer | None], *, on: bool = True) -> None:
        super().give(changes, on=False)
        if on:
            self.leave()

    def leave(self) -> None:
        """On to the next question; but first back to the open one, when only its partner is done."""
        own = self.cards[self._own.drawn]
        if self.card is not own and not own.settled:
            self.show_kind(self._own.drawn)
        else:
            super().leave()

    def key(self, event: QKeyEvent) -> bool:
        """Letters pressed on the card: P and S choose the kind, Space leads to the map, the rest as in any grid."""
        if not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            kinds = {key.lower(): kind for kind, (_, key) in _KIND_WORDS.items()}
            if (found := kinds.get(event.text().lower())) is not None:
                self.show_kind(found)
                return True
            if event.key() == Qt.Key.Key_Space:
                self.map.focus_part()
                return True
        return super().key(event)
