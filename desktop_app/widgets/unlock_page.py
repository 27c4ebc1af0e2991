"""Unlock: who, and the passphrase. A wrong passphrase, a missing key file and damage are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import Pick, set_wrong
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shell import Shell

if TYPE_CHECKING:
    from desktop_app.presentation.forms import Trouble
    from desktop_app.use_cases.keys import KeyUser


class UnlockPage(Shell):
    help_topic = "unlock"
    unlock = Signal(str, str)
    recover = Signal()

    def __init__(self, users: Sequence[KeyUser], *, training: bool, hint: str = "") -> None:
        super().__init__()
        self.form = Form("Unlock", "Records on this computer are encrypted.", width=520, icon="lock-outline", card=True)
        footer, row = door_footer()
        self.frame(program_header("", training=training), self.form, footer)
        self.who = Pick("Who you are")
        for user in users:
            self.who.addItem(user.name, user.id)
        self.form.labelled("who", "Who you are", self.who)
        self.passphrase = self.form.line("passphrase", "Passphrase", secret=True, hint=hint)
        self.trouble = controls.Card(fill="sunken", edge="", radius=8)
        column = controls.column(self.trouble, margins=(16, 12, 16, 14), spacing=4)
        self._title = controls.label("", "subheading", wrap=True)
        self._sentence = controls.label("", "body", wrap=True)
        self._next = controls.label("", "body", ink="text2", wrap=True)
        controls.add_all(column, self._title, self._sentence, self._next)
        self.trouble.hide()
        gap = QWidget()
        gap.setFixedHeight(8)
        self.form.put(gap)
        self.form.put(self.trouble)
        self.lost = Button("Use the recovery key", "link", icon="key-outline", tall=40)
        self.go = Button("Unlock", "primary", icon="lock-open-variant-outline", tall=44)
        row.addWidget(self.lost)
        row.addWidget(self.go)
        self.go.clicked.connect(self.press)
        self.lost.clicked.connect(self.recover)

    def press(self) -> None:
        if not self.form.show_mistakes({} if self.passphrase.text() else {"passphrase": "Type the passphrase."}):
            return
        self.unlock.emit(str(self.who.currentData() or ""), self.passphrase.text())

    def enter(self) -> None:
        if self.lost.hasFocus():
            self.recover.emit()
        else:
            self.press()

    def show_trouble(self, trouble: Trouble) -> None:
        self._title.setText(trouble.title)
        self._sentence.setText(trouble.sentence)
        self._next.setText(trouble.next_step)
        self.trouble.setAccessibleName(f"{trouble.title}. {trouble.sentence} {trouble.next_step}")
        self.trouble.show()
        set_wrong(self.passphrase, wrong=trouble.can_retry)
        self.go.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
        reveal(self.trouble)

    def waiting(self) -> None:
        self.go.setEnabled(False)
        self.trouble.hide()

    def focus_first(self) -> None:
        self.passphrase.setFocus()
