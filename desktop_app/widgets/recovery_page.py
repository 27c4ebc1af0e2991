"""The way back in with the printed recovery key: a new passphrase for a clinician."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.passphrase_words import SHORTEST_PASSPHRASE
from desktop_app.use_cases.errors import LumbarError, WeakPassphrase
from desktop_app.use_cases.keys import KeyUser
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.shell import Shell

SOMEBODY_ELSE = tr("Somebody else")


class RecoveryPage(Shell):
    help_topic = "recovery"
    recover = Signal(str, str, str, str)
    cancelled = Signal()

    def __init__(self, users: Sequence[KeyUser], *, training: bool) -> None:
        super().__init__()
        self.form = Form(tr("Use the recovery key"), tr("It opens the records when the passphrase is lost, and "
                                                    "sets a new one."), width=560, icon="key-outline", card=True)
        footer, row = door_footer()
        self.frame(program_header("", training=training), self.form, footer)
        self.form.line("key", tr("Recovery key"), hint=tr("As on its sheet. Small letters and spaces do not "
                                                      "matter; O is read as 0, I and L as 1."))
        self.who = Pick(tr("Who you are"))
        for user in users:
            self.who.addItem(user.name, user.id)
        self.who.addItem(SOMEBODY_ELSE, "")
        self.form.labelled("who", tr("Who you are"), self.who)
        self.form.line("clinician", tr("Your name"))
        self.form.line("role", tr("Profession"), example=tr("general practitioner"))
        self.who.currentIndexChanged.connect(self._who_changed)
        self._who_changed()
        self.form.line(
            "passphrase",
            tr("New passphrase"),
            secret=True,
            hint=tr("At least {SHORTEST_PASSPHRASE} characters.").format(SHORTEST_PASSPHRASE=SHORTEST_PASSPHRASE),
        )
        self.form.line("again", tr("New passphrase again"), secret=True)
        self.cancel = Button(tr("Back"), icon="arrow-left")
        self.go = Button(tr("Open with the recovery key"), "primary", icon="key-outline")
        controls.add_all(row, self.cancel, self.go)
        self.cancel.clicked.connect(self.cancelled)
        self.go.clicked.connect(self.press)

    @property
    def known(self) -> bool:
        """Somebody who had a passphrase here; name and profession are in the records."""
        return bool(self.who.currentData())

    def _who_changed(self) -> None:
        for name in ("clinician", "role"):
            self.form.show_field(name, shown=not self.known)

    def press(self) -> None:
        text = self.form.text
        name = self.who.currentText() if self.known else text("clinician").strip()
        role = text("role").strip()
        mistakes = forms.clinician_mistakes(name, role or "kept" if self.known else role, text("passphrase"),
                                            text("again"))
        if not text("key").strip():
            mistakes["key"] = tr("Write the recovery key as it was printed.")
        if self.form.show_mistakes(mistakes):
            self.recover.emit(text("key").strip(), name, "" if self.known else role, text("passphrase"))

    def show_error(self, error: LumbarError) -> None:
        field = "passphrase" if isinstance(error, WeakPassphrase) else "key"
        self.form.show_mistakes({field: f"{error} {error.next_step}".strip()})

    def enter(self) -> None:
        self.press()

    def focus_first(self) -> None:
        self.form.fields["key"].setFocus()
