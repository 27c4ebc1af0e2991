"""On the worklist: that the records are older than they were, and for an administrator the way to go on with them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation import older_records as words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.older_records import SHORTEST_REASON
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.fields import set_wrong, text_area
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.warning_card import warning_card


def offer(desk: ClinicDesk, column: QVBoxLayout) -> Button | None:
    """Puts the sentence into the column; the button where whoever signed in may accept it."""
    older = desk.older_records
    if older is None or older.missed is None:
        return None
    may = desk.access.may(Action.ACCEPT_OLDER_RECORDS)
    column.addWidget(warning_card(words.told(older.missed, may=may), alarm=True))
    if not may:
        return None
    button = Button(tr("Go on with these records…"), look="body", tall=32)
    column.addWidget(FlowBox(button))
    return button


class AcceptOlder(Confirm):
    help_topic = "older_records"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Go on with these records?"), words.ACCEPT, tr("Go on"))
        question = tr("How did it come about? Do not name a patient.")
        self.reason = text_area(question, placeholder=tr("For example: the disk was copied back after a repair"),
                                lines=2)
        self.labelled(question, self.reason)
        self.ask_passphrase()
        self.reason.setFocus()

    @property
    def words(self) -> str:
        return " ".join(self.reason.toPlainText().split())

    def mistake(self) -> str:
        missing = len(self.words) < SHORTEST_REASON
        set_wrong(self.reason, wrong=missing)
        return tr("Write how; it stays in the record.") if missing else ""
