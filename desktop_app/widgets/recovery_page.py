"""The way back in with the printed recovery key: a new passphrase for a clinician."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop_app.presentation import forms
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.keys import KeyUser
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import program_header
from desktop_app.widgets.shell import Shell


class RecoveryPage(Shell):
    help_topic = "recovery"
    recover = Signal(str, str, str, str)
    cancelled = Signal()

    def __init__(self, users: Sequence[KeyUser], *, training: bool) -> None:
        super().__init__()
        self.form = Form("Use the recovery key", "It was printed at first start. It opens the records and sets a new "
                         "passphrase.", width=520)
        footer = controls.Bar("top")
        row = controls.row(footer, margins=(24, 8, 24, 8), spacing=12)
        row.addStretch(1)
        self.frame(program_header("", training=training), self.form, footer)
        self.form.line("key", "Recovery key")
        self.form.line("clinician", "Your name", value=users[0].name if users else "")
        self.form.line("role", "Profession", placeholder="general practitioner")
        self.form.line("passphrase", "New passphrase", secret=True,
                       hint=f"At least {forms.SHORTEST_PASSPHRASE} characters.")
        self.form.line("again", "New passphrase again", secret=True)
        self.cancel = Button("Back", icon="arrow-left", tall=44)
        self.go = Button("Open with the recovery key", "primary", icon="key-outline", tall=44)
        controls.add_all(row, self.cancel, self.go)
        self.cancel.clicked.connect(self.cancelled)
        self.go.clicked.connect(self.press)

    def press(self) -> None:
        text = self.form.text
        mistakes = forms.clinician_mistakes(text("clinician"), text("role"), text("passphrase"), text("again"))
        if not text("key").strip():
            mistakes["key"] = "Write the recovery key as it was printed."
        if self.form.show_mistakes(mistakes):
            self.recover.emit(text("key").strip(), text("clinician").strip(), text("role").strip(), text("passphrase"))

    def show_error(self, error: LumbarError) -> None:
        self.form.show_mistakes({"key": f"{error} {error.next_step}".strip()})

    def enter(self) -> None:
        self.press()

    def focus_first(self) -> None:
        self.form.fields["key"].setFocus()
