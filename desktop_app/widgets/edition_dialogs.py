"""Dialogs of the guideline page: believing publishers, switching on, one step back, approving, withdrawing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.widgets import controls
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.fields import field, set_wrong, text_area


class TrustPublishers(Confirm):
    """The fingerprint is compared by a person; nothing else can say whose list it is."""

    help_topic = "guideline"

    def __init__(self, parent: QWidget, fingerprint: str) -> None:
        super().__init__(
            parent, tr("Believe this list of publishers?"),
            tr("Compare the fingerprint, letter by letter, with what the publishers told you in another way: on paper, "
               "or by telephone under a number you knew before. This is done once."), tr("Believe it"))
        shown = controls.label(fingerprint, "title", wrap=True)
        shown.setAccessibleName(tr("Fingerprint: {letters}").format(letters=fingerprint))
        card = controls.Card(edge="accent", width=2)
        controls.column(card, margins=(20, 16, 20, 16)).addWidget(shown)
        self.body.addWidget(card)
        self.same = Tick(tr("I compared it: every letter is the same"))
        self.body.addWidget(self.same)
        self.ask_passphrase()
        self.same.setFocus()

    def mistake(self) -> str:
        return "" if self.same.isChecked() else tr("Compare the fingerprint first, and say that it is the same.")


class SwitchOn(Confirm):
    help_topic = "guideline"

    def __init__(self, parent: QWidget, title: str, affected: str) -> None:
        super().__init__(
            parent, tr("Switch on {title}?").format(title=words.inside(title)),
            tr("It gives the advice from now on. What is signed stays as it is; what is open is worked out anew."),
            tr("Switch on"))
        self.body.addWidget(controls.label(affected, "strong", wrap=True))
        self.ask_passphrase()
        self.passphrase.setFocus()


class WithReason(Confirm):
    """Something that needs a reason: one step back, or an approval withdrawn."""

    help_topic = "guideline"

    def __init__(self, parent: QWidget, title: str, intro: str, action: str) -> None:
        super().__init__(parent, title, intro, action)
        self.reason = text_area(tr("Why?"), lines=3)
        self.reason.setTabChangesFocus(True)
        self.labelled(tr("Why?"), self.reason)
        self.ask_passphrase()
        self.reason.setFocus()

    @property
    def words(self) -> str:
        return " ".join(self.reason.toPlainText().split())

    def mistake(self) -> str:
        set_wrong(self.reason, wrong=not self.words)
        return "" if self.words else tr("Write why; the reason stays in the record.")


class ApproveContent(Confirm):
    help_topic = "guideline"

    def __init__(self, parent: QWidget, version: str, content: str, token: str = "") -> None:
        super().__init__(
            parent, tr("Approve the content of edition {version}?").format(version=version),
            tr("You sign with your own key that this content was read and may be used in this clinic. Every page and "
               "document names you and today's date, for exactly this content."), tr("Approve and sign"))
        self.body.addWidget(controls.label(content, "small", ink="text2", wrap=True))
        self.read = Tick(tr("I have read the content, or answer for those who did"))
        self.body.addWidget(self.read)
        self.ask_passphrase()
        self._token = token
        self.pin_field = field(tr("PIN of the token"), secret=True)
        if token:
            self.labelled(tr("PIN of the token “{token}”; it is not stored").format(token=token), self.pin_field)
        else:
            controls.keep_hidden(self.pin_field, self)
        self.read.setFocus()

    def mistake(self) -> str:
        if not self.read.isChecked():
            return tr("Say first that the content was read.")
        return tr("Type the PIN of the token.") if self._token and not self.pin_field.text() else ""
