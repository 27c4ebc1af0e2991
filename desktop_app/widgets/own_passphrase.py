"""Another passphrase for whoever is signed in: the old one, then the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.passphrase_words import PASSPHRASE_HINT
from desktop_app.use_cases.errors import LumbarError, WeakPassphrase
from desktop_app.widgets import controls
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.fields import field, set_wrong, show_button


class OwnPassphrase(Confirm):
    """Stays open to say that it was changed."""

    help_topic = "settings"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            tr("Change your passphrase"),
            tr("The old one stops working at once. Backups that were made before keep it."),
            tr("Change"),
        )
        self.ask_passphrase()
        self.new = field(tr("New passphrase"), secret=True)
        self.again = field(tr("New passphrase again"), secret=True)
        for label, edit in ((tr("New passphrase"), self.new), (tr("New passphrase again"), self.again)):
            self.labelled(label, edit, show_button(edit))
        self.body.addWidget(controls.label(PASSPHRASE_HINT, "caption", ink="text3", wrap=True))
        self.done_words = controls.label(tr("Changed. The next unlocking asks for the new one."), "small-strong",
                                         ink="accent", wrap=True)
        self.done_words.hide()
        self.body.addWidget(self.done_words)
        self.passphrase.setFocus()

    def mistake(self) -> str:
        found = forms.passphrase_mistakes(self.new.text(), self.again.text())
        set_wrong(self.new, wrong="new" in found)
        set_wrong(self.again, wrong="again" in found)
        return "\n".join(found.values())

    def _in_order(self, mistake: str, missing: str) -> tuple[str, str]:
        return missing, mistake  # the old one stands above the new one

    def show_error(self, error: LumbarError) -> None:
        super().show_error(error)
        if isinstance(error, WeakPassphrase):
            set_wrong(self.new, wrong=True)
            self.new.setFocus()

    def changed(self) -> None:
        """Say so; the next unlocking asks for the new one."""
        for edit in (self.passphrase, self.new, self.again):
            edit.clear()
            edit.setEnabled(False)
        self.tell("")
        self.done_words.show()
        self.go.hide()
        self.cancel.set_words(tr("Close"))
        self.cancel.setFocus()
