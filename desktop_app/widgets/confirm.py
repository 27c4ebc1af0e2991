"""Asking for the passphrase once more before something that matters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.use_cases.errors import LumbarError, MustWait, WrongPassphrase, WrongPin
from desktop_app.widgets import controls
from desktop_app.widgets.countdown import Countdown
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.fields import field, set_wrong, show_button


class Confirm(Ask):
    """Whoever is signed in types the passphrase again. It stays open until ``accept`` or Escape."""

    tried = Signal(str)
    asks, missing = tr("Your passphrase"), tr("Type the passphrase you unlock this program with.")

    def __init__(self, parent: QWidget, title: str, intro: str, action: str) -> None:
        super().__init__(parent, title, intro, action)
        self.passphrase = field(self.asks, secret=True)
        self._countdown = Countdown(self)
        self._countdown.told.connect(self.tell)
        self._countdown.over.connect(self._again)

    def ask_passphrase(self) -> None:
        """Below everything else; called once the other fields are there."""
        self.labelled(self.asks, self.passphrase, show_button(self.passphrase))

    def check(self) -> None:
        missing = "" if self.passphrase.text() else self.missing
        told = "\n".join(filter(None, self._in_order(self.mistake(), missing)))
        self.tell(told)
        set_wrong(self.passphrase, wrong=not self.passphrase.text())
        if not told:
            self.go.setEnabled(False)
            self.tried.emit(self.passphrase.text())

    def _in_order(self, mistake: str, missing: str) -> tuple[str, str]:
        """As the fields stand: the passphrase is asked for last."""
        return mistake, missing

    def show_error(self, error: LumbarError) -> None:
        """What was wrong; after too many tries the button waits."""
        about_it = isinstance(error, (WrongPassphrase, MustWait))
        set_wrong(self.passphrase, wrong=about_it)
        if about_it:
            self.passphrase.clear()
            self.passphrase.setFocus()
        if isinstance(error, MustWait):
            self._countdown.begin(error.seconds)
            return
        self.tell(f"{error} {error.next_step}".strip())
        self.go.setEnabled(True)

    def _again(self) -> None:
        self.tell("")
        self.go.setEnabled(True)


class SignNow(Confirm):
    """The last look before signing: nothing can be changed afterwards."""

    help_topic = "sign"

    def __init__(self, parent: QWidget, name: str, state: str, token: str = "", *, waiting: str = "",
                 patient: str = "") -> None:
        """``token``: the label of the token that signs; then its PIN is asked for as well.

        ``waiting``: what is signed without having been decided, in one sentence. ``patient``: whose plan it is.
        """
        super().__init__(parent, tr("Sign this plan?"),
                         tr("A signed plan cannot be changed. A correction starts a new consultation that "
                            "replaces it."),
                         tr("Sign"))
        self.body.addWidget(
            controls.label(
                tr("Signed as {name}, at the time of this computer's clock.").format(name=name), "body", wrap=True
            )
        )
        if patient:
            self.body.insertWidget(0, controls.label(tr("For {patient}.").format(patient=patient), "strong", wrap=True))
        if waiting:
            self.body.addWidget(controls.label(waiting, "strong", wrap=True))
        self.body.addWidget(controls.label(f"{state}.", "small", ink="text2", wrap=True))
        self.ask_passphrase()
        self._token = token
        self.pin_field = field(tr("PIN of the token"), secret=True)
        self.pin_field.setVisible(bool(token))
        if token:
            told = tr("PIN of the token “{token}”; it is not stored").format(token=token)
            self.labelled(told, self.pin_field)
        else:
            controls.keep_hidden(self.pin_field, self)
        self.passphrase.setFocus()

    @property
    def pin(self) -> str:
        return self.pin_field.text()

    def mistake(self) -> str:
        missing = bool(self._token) and not self.pin
        set_wrong(self.pin_field, wrong=missing)
        return tr("Type the PIN of the token.") if missing else ""

    def show_error(self, error: LumbarError) -> None:
        if isinstance(error, WrongPin):
            self.pin_field.clear()
            set_wrong(self.pin_field, wrong=True)
        super().show_error(error)
