"""Asks for the reason and the passphrase before emergency access is taken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.use_cases.emergency_access import SHORTEST_REASON
from desktop_app.widgets import controls
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.fields import set_wrong, text_area


class TakeEmergencyAccess(Confirm):
    help_topic = "emergency_access"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Take emergency access?"),
            tr("For a patient who cannot wait when no clinician can sign in. You can then see every record, answer "
               "and print until you lock; you cannot sign a plan. Your name, the time and the reason are recorded, "
               "and an administrator is told."),
            tr("Take emergency access"),
        )
        question = tr("Why can nobody else do it? Do not name the patient.")
        self.body.addWidget(controls.label(question, "small-strong", wrap=True))
        self.reason = text_area(question, placeholder=tr("For example: the only clinician is in theatre"), lines=2)
        self.body.addWidget(self.reason)
        self.ask_passphrase()
        self.reason.setFocus()

    @property
    def words(self) -> str:
        return " ".join(self.reason.toPlainText().split())

    def mistake(self) -> str:
        missing = len(self.words) < SHORTEST_REASON
        set_wrong(self.reason, wrong=missing)
        return tr("Write why; it stays in the record.") if missing else ""
