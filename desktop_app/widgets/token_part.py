"""The part of the settings that signs with a smart card or token: module, label and PIN, tried before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation import certificates
from desktop_app.use_cases.errors import LumbarError, NoInput
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.keys import CertificateFacts, TokenPlace
from desktop_app.use_cases.ports import KeyRing
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.form import Form

Run = Callable[[Callable[[], object], Callable[[object], None], Callable[[LumbarError], None]], None]
LARGEST = 1024 * 1024
_FIELDS = (certificates.PIN, certificates.TOKEN_PASSPHRASE)


class TokenPart(QObject):
    """Puts its lines into the form of the keys page."""

    used = Signal(object)  # CertificateFacts

    def __init__(self, form: Form, ring: KeyRing, run: Run, clinician: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._ring, self._run, self._clinician = form, ring, run, clinician
        form.heading(tr("Sign with a smart card or token"), tr("The key never leaves it. Its maker installs a "
                                                           "PKCS#11 module; the PIN is asked for at each "
                                                           "signature and stored nowhere."))
        choose = Button(tr("Choose…"), look="body", name=tr("Choose the PKCS#11 module"))
        choose.clicked.connect(lambda: self._choose(certificates.MODULE, tr("PKCS#11 module"), tr("All files (*)")))
        form.line(certificates.MODULE, tr("PKCS#11 module"), example="opensc-pkcs11.so", beside=choose)
        form.line(certificates.TOKEN, tr("Label of the token"))
        form.line(certificates.PIN, tr("PIN of the token"), secret=True)
        above = Button(tr("Choose…"), look="body", name=tr("Choose the file with the issuer's certificates"))
        above.clicked.connect(lambda: self._choose(certificates.ABOVE, tr("Certificates of the issuer"),
                                                   tr("Certificates (*.pem *.crt);;All files (*)")))
        form.line(certificates.ABOVE, tr("Certificates of the issuer, if the token holds only yours"), beside=above)
        form.line(certificates.TOKEN_PASSPHRASE, tr("Your passphrase for this program"), secret=True)
        self.same = Tick(tr("The certificate is mine, although it names me differently"))
        form.labelled("same_person_token", "", self.same)
        form.show_field("same_person_token", shown=False)
        self.use = Button(tr("Sign with this token"), look="body", icon="key-outline")
        self.use.clicked.connect(self.try_token)
        form.buttons(self.use)

    def _choose(self, name: str, title: str, kinds: str) -> None:
        if path := self.choose_file(title, kinds):
            self._form.fields[name].setText(path)  # type: ignore[attr-defined]  # a line to write in
            self._form.being_mended(name)

    def choose_file(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self._form, title, "", kinds)[0]

    def try_token(self) -> None:
        """Look into it first: nothing is kept of a token that cannot sign."""
        names = (certificates.MODULE, certificates.TOKEN, certificates.PIN, certificates.TOKEN_PASSPHRASE)
        module, label, pin, own = (self._form.text(name) for name in names)
        if not self._form.show_mistakes(certificates.token_mistakes(module, label, pin, own)):
            return
        try:
            more = _read(self._form.text(certificates.ABOVE).strip())
        except LumbarError as error:
            self._form.show_mistakes({certificates.ABOVE: f"{error} {error.next_step}".strip()})
            return
        self._run(lambda: self._ring.look_into_token(module, label, pin, more), lambda place: self._looked(place, own),
                  self._wrong)

    def _looked(self, place: object, own: str) -> None:
        if not isinstance(place, TokenPlace):
            return
        differs = certificates.another_person(self._ring.token_facts(place), self._clinician)
        if differs and not self.same.isChecked():
            self._form.show_field("same_person_token", shown=True)
            self._form.show_mistakes({"same_person_token": differs})
            return
        self._run(lambda: self._ring.use_token(place, own), self._used, self._wrong)

    def _used(self, facts: object) -> None:
        if isinstance(facts, CertificateFacts):
            for name in _FIELDS:
                self._form.fields[name].clear()  # type: ignore[attr-defined]  # lines to write in
            self.same.setChecked(False)
            self._form.show_field("same_person_token", shown=False)
            self.used.emit(facts)

    def _wrong(self, error: LumbarError) -> None:
        self._form.show_mistakes(certificates.token_mistake_of(error))


def _read(path: str) -> bytes:
    """The file, or nothing where none was named. Raises ``NoInput`` in words."""
    if not path:
        return b""
    try:
        file = Path(path).expanduser()
        if file.stat().st_size > LARGEST:
            raise NoInput(
                tr("This file is too large for certificates."), next_step=tr("Choose the issuer's .pem file.")
            )
        return read_at_most(file, LARGEST)
    except OSError as problem:
        raise NoInput(tr("The file cannot be read: {value}.").format(value=problem.strerror or problem),
                      next_step=tr("Choose it again.")) from problem
