"""The options of a page: one open, the rest shut, decisions passed on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.engine.decision import Status
from desktop_app.language import tr
from desktop_app.presentation.options import OptionCard
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets import controls
from desktop_app.widgets.option_card import OpenOption
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shut_option import OptionGroup, OptionLine, ShutOption

RING = 4
GROUPED = {Status.NOT_OFFERED: tr("Not offered for this patient"),
           Status.SUPPRESSED: tr("Held back, the emergency comes first")}


class OptionList(QWidget):
    decided = Signal(str, object, str)
    question = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("no_ring", True)  # it has the keyboard only while its cards change
        self._column = controls.column(self, margins=(RING, RING, RING, RING), spacing=12)
        self._cards: tuple[OptionCard, ...] = ()
        self.open_id = ""
        self.open_card: OpenOption | None = None
        self.shut_cards: dict[str, ShutOption | OptionLine] = {}
        self.groups: dict[Status, OptionGroup] = {}

    def show_cards(self, cards: tuple[OptionCard, ...]) -> None:
        """Show the options as they stand. A decision just made moves on to the next that waits."""
        if cards == self._cards:
            return
        before, self._cards = self._cards, cards
        if _plain(cards) == _plain(before):
            now = next((c for c in cards if c.id == self.open_id), None)
            if self.open_card is not None and now is not None:
                self.open_card.show_what_ifs(now)
            return
        was = next((c for c in before if c.id == self.open_id), None)
        now = next((c for c in cards if c.id == self.open_id), None)
        just_decided = was is not None and now is not None and was.choice is None and now.choice is not None
        following = next((c.id for c in cards if c.waits), "") if just_decided else ""
        if following:
            self._turn_to(following)
        else:
            self._rebuild()

    def _rebuild(self) -> None:
        had = self._has_keyboard()
        draft = self._draft()
        unfolded = {status for status, group in self.groups.items() if group.unfolded}
        self._hold_keyboard()
        controls.clear(self._column)
        self.open_card = None
        self.shut_cards, self.groups = {}, {}
        if not self._cards:
            self._column.addWidget(controls.label(tr("This guideline has no option for this page."), "body",
                                                  ink="text2", wrap=True))
        for card in self._cards:
            if card.id == self.open_id:
                self._open(card)
            elif card.status not in GROUPED or card.choice is not None:
                shut = ShutOption(card)
                shut.pressed.connect(self.open_option)
                shut.question.connect(self.question)
                self.shut_cards[card.id] = shut
                self._column.addWidget(shut)
        for status, title in GROUPED.items():
            self._group(status, title, unfolded=status in unfolded)
        self._column.addStretch(1)
        self._go_on(draft, had=had)

    def _hold_keyboard(self) -> None:
        """Keep the keyboard here while the cards change, so that it never wanders to a button of the header."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus()

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is in the open card now; what had it last does not count, help or tour may have it."""
        card, focused = self.open_card, QApplication.focusWidget()
        return card is not None and focused is not None and (focused is card or card.isAncestorOf(focused))

    def _draft(self) -> tuple[Verdict, str] | None:
        """The reason that is being written in the card that stays open."""
        card = self.open_card
        return card.draft if card is not None and card.card.id == self.open_id else None

    def _go_on(self, draft: tuple[Verdict, str] | None, *, had: bool) -> None:
        card = self.open_card
        if card is None:
            return
        if draft is not None and card.takes(draft):
            card.resume(draft)
        elif had:
            card.setFocus()

    def _open(self, card: OptionCard) -> None:
        widget = OpenOption(card)
        widget.decided.connect(self.decided)
        widget.question.connect(self.question)
        widget.shut.connect(lambda: self.open_option(""))
        self.open_card = widget
        self._column.addWidget(widget)

    def _group(self, status: Status, title: str, *, unfolded: bool) -> None:
        cards = tuple(c for c in self._cards if c.status is status and c.choice is None and c.id != self.open_id)
        if not cards:
            return
        group = OptionGroup(title, cards, unfolded=unfolded)
        group.pressed.connect(self.open_option)
        self.groups[status] = group
        self.shut_cards.update(group.lines)
        self._column.addWidget(group)

    def open_option(self, name: str) -> None:
        """Open one option and shut the one before, unless a reason stands there that was not kept yet."""
        if self.open_card is not None and not self.open_card.commit():
            return
        self._turn_to(name)

    def _turn_to(self, name: str) -> None:
        before, self.open_id = self.open_id, name
        self._rebuild()
        if self.open_card is not None:
            self.open_card.show()
            self.open_card.setFocus()
            reveal(self.open_card)
        elif before in self.shut_cards:
            self.shut_cards[before].setFocus()

    def focus_first(self) -> None:
        """To the first option that waits for a decision."""
        waiting = next((c.id for c in self._cards if c.waits), "")
        if waiting:
            self.open_option(waiting)
        elif self.shut_cards:
            next(iter(self.shut_cards.values())).setFocus()


def _plain(cards: tuple[OptionCard, ...]) -> list[OptionCard]:
    """The cards without what follows a moment after everything else."""
    return [replace(card, would_change=(), working=False) for card in cards]
