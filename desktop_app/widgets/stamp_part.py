"""The part of the settings that names a time-stamp authority; without an address nothing is ever fetched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.use_cases.domain import Stamper
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.stamping import Stamping
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form

ADDRESS, VOUCHES = "stamp_address", "stamp_certificates"
LARGEST = 1024 * 1024


class StampPart(QObject):
    """Puts its lines into the form of the keys page."""

    def __init__(self, form: Form, stamping: Stamping, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._stamping = form, stamping
        form.heading(tr("Time stamps from the network"), tr(
            "Proves that a signed file existed at a time, whatever this computer's clock said. Only a document's "
            "SHA-256 is sent, and only when “Fetch a time stamp” is pressed on a signed plan. Without an address "
            "nothing is ever fetched."))
        form.line(ADDRESS, tr("Address of the authority"), placeholder="https://…")
        choose = Button(tr("Choose…"), look="body",
                        name=tr("Choose the certificate of whoever vouches for the authority"))
        choose.clicked.connect(self._choose)
        form.line(VOUCHES, tr("Certificate of whoever vouches for it (PEM), to check stamps with"), beside=choose)
        form.fields[ADDRESS].setText(stamping.stamper.address)  # type: ignore[attr-defined]  # a line to write in
        self.keep = Button(tr("Keep this address"), look="body")
        self.keep.clicked.connect(self.save)
        form.buttons(self.keep)
        self.said = controls.label("", "small-strong", ink="accent", wrap=True)
        form.put(self.said)

    def _choose(self) -> None:
        if path := self.choose_file():
            self._form.fields[VOUCHES].setText(path)  # type: ignore[attr-defined]  # a line to write in

    def choose_file(self) -> str:
        return QFileDialog.getOpenFileName(self._form, tr("Certificate of whoever vouches for the authority"), "",
                                           tr("Certificates (*.pem *.crt);;All files (*)"))[0]

    def save(self) -> None:
        """An empty address turns time stamps off; a certificate that was kept before stays unless another is chosen."""
        address, path = self._form.text(ADDRESS).strip(), self._form.text(VOUCHES).strip()
        kept = self._stamping.stamper.certificates if address else b""
        try:
            if path and address:
                kept = read_at_most(Path(path).expanduser(), LARGEST)
        except OSError:
            kept = b"?"
        if kept and not kept.lstrip().startswith(b"-----BEGIN CERTIFICATE-----"):
            self._form.show_mistakes({VOUCHES: tr("This is not a certificate in a PEM file. Choose it again.")})
            return
        try:
            self._stamping.save_stamper(Stamper(address, kept))
        except LumbarError as error:
            self._form.show_mistakes({ADDRESS: f"{error} {error.next_step}".strip()})
            return
        self._form.show_mistakes({})
        self.said.setText(tr("Kept.") if address else tr("Time stamps are off."))
