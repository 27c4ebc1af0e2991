"""Above a signed plan: that it does not hold any more, or what it takes the place of; and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.standing import Told
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox


class StandingCard(QWidget):
    """Only told and shown; what the buttons do is the window's business."""

    correct = Signal()
    void = Signal()
    stamp = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = controls.column(self, spacing=8)
        self.correct_button = Button(
            tr("Correct…"), icon="clipboard-edit-outline", tall=32, name=tr("Correct this plan")
        )
        self.void_button = Button(tr("Signed for the wrong patient…"), icon="cancel", tall=32,
                                  name=tr("Void this plan: signed for the wrong patient"))
        self.correct_button.clicked.connect(self.correct)
        self.void_button.clicked.connect(self.void)
        self.stamp_button = Button(tr("Fetch a time stamp"), icon="clock-time-four", tall=32,
                                   name=tr("Fetch a time stamp for each document from the network"))
        self.stamp_button.clicked.connect(self.stamp)
        self.stamp_button.hide()
        self._actions = FlowBox(self.correct_button, self.void_button, self.stamp_button, gap=12)
        self._shown: tuple[Told, bool, bool] | None = None
        self._card: QWidget | None = None
        self._column.addWidget(self._actions)

    def show_standing(self, told: Told, *, can_correct: bool, can_void: bool) -> None:
        if (told, can_correct, can_void) == self._shown:
            return
        self._shown = (told, can_correct, can_void)
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.deleteLater()
            self._card = None
        if told.title:
            self._card = self._told(told)
            self._column.insertWidget(0, self._card)
        self.correct_button.setVisible(can_correct)
        self.void_button.setVisible(can_void)
        self._actions.setVisible(can_correct or can_void)
        self.setVisible(bool(told.title) or can_correct or can_void)

    def offer_stamp(self, *, offered: bool) -> None:
        """Only where somebody set an authority in the settings, and a document lacks its stamp."""
        self.stamp_button.setVisible(offered)

    @staticmethod
    def _told(told: Told) -> QWidget:
        alarm = bool(told.mark)
        card = controls.Card(edge="red" if alarm else "line", width=2 if alarm else 1)
        row = controls.row(card, margins=(16, 12, 16, 12), spacing=12)
        row.addWidget(controls.IconLabel("cancel" if alarm else "clipboard-edit-outline", 22,
                                         "red" if alarm else "text2"), 0, Qt.AlignmentFlag.AlignTop)
        words = controls.column(spacing=2)
        words.addWidget(controls.label(told.title, "strong", wrap=True))
        for line in told.lines:
            words.addWidget(controls.label(line, "small", ink="text2", wrap=True))
        row.addLayout(words, 1)
        return card
