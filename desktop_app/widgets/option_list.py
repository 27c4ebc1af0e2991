"""The options of a page: one open, the rest shut, decisions passed on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.presentation.options import OptionCard
from desktop_app.widgets import controls
from desktop_app.widgets.option_card import OpenOption, ShutOption
from desktop_app.widgets.reveal import reveal

RING = 4


class OptionList(QWidget):
    decided = Signal(str, object, str)
    question = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = controls.column(self, margins=(RING, RING, RING, RING), spacing=12)
        self._cards: tuple[OptionCard, ...] = ()
        self.open_id = ""
        self.open_card: OpenOption | None = None
        self.shut_cards: dict[str, ShutOption] = {}

    def show_cards(self, cards: tuple[OptionCard, ...]) -> None:
        if cards != self._cards:
            self._cards = cards
            self._rebuild()

    def _rebuild(self) -> None:
        had = self.open_card is not None and self.open_card.isAncestorOf(self.focusWidget() or self)
        controls.clear(self._column)
        self.open_card, self.shut_cards = None, {}
        if not self._cards:
            self._column.addWidget(controls.label("This guideline has no option for this page.", "body",
                                                  ink="text2", wrap=True))
        for card in self._cards:
            if card.id == self.open_id:
                widget = OpenOption(card)
                widget.decided.connect(self.decided)
                widget.question.connect(self.question)
                widget.shut.connect(lambda: self.open_option(""))
                self.open_card = widget
                self._column.addWidget(widget)
            else:
                shut = ShutOption(card)
                shut.pressed.connect(self.open_option)
                self.shut_cards[card.id] = shut
                self._column.addWidget(shut)
        self._column.addStretch(1)
        if had and self.open_card is not None:
            self.open_card.setFocus()

    def open_option(self, name: str) -> None:
        before, self.open_id = self.open_id, name
        self._rebuild()
        if self.open_card is not None:
            self.open_card.setFocus()
            reveal(self.open_card)
        elif before in self.shut_cards:
            self.shut_cards[before].setFocus()

    def focus_first(self) -> None:
        """To the first option that waits for a decision."""
        waiting = next((c.id for c in self._cards if c.can_decide and c.choice is None), "")
        if waiting:
            self.open_option(waiting)
        elif self.shut_cards:
            next(iter(self.shut_cards.values())).setFocus()
