"""The last question before a backup takes the place of the records: what that does, who wants it, the passphrase."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.use_cases.keys import THE_RECOVERY_KEY, KeyUser
from desktop_app.widgets import controls
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.confirm import Confirm


class RestoreNow(Confirm):
    """``users``: who had a passphrase on that day; their role of that day counts."""

    help_topic = "restore"
    asks = tr("Passphrase of that day, or recovery key")
    missing = tr("Type the passphrase of that day, or the recovery key.")

    def __init__(self, parent: QWidget, title: str, told: Sequence[str], users: Sequence[KeyUser],
                 present: str = "") -> None:
        super().__init__(parent, title, "", tr("Restore"))
        for sentence in told:
            self.body.addWidget(controls.label(sentence, "body", wrap=True))
        self.who = Pick(tr("Who wants it back"))
        for user in users:
            self.who.addItem(user.name, user.id)
        self.who.addItem(tr("Nobody knows a passphrase: with the recovery key"), THE_RECOVERY_KEY)
        self.who.setCurrentIndex(max(0, self.who.findData(present)))
        asked = controls.column(spacing=4)
        asked.addWidget(controls.label(tr("Who wants it back"), "small-strong"))
        asked.addWidget(self.who)
        self.body.addLayout(asked)
        self.body.addWidget(controls.label(tr("An administrator on the day of the backup, with the passphrase of that "
                                              "day; or the recovery key that was on paper by then. The backup is read "
                                              "whole with its key before anything is changed."), "small", ink="text2",
                                           wrap=True))
        self.ask_passphrase()
        self.passphrase.setFocus()

    @property
    def user_id(self) -> str:
        return str(self.who.currentData() or "")
