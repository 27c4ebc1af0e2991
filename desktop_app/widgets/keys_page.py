"""Signature and keys: which certificate signs plans, another one from a file, and a new recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop_app.language import tr
from desktop_app.presentation import certificates
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError, NoInput
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.keys import CertificateFacts
from desktop_app.use_cases.permissions import Action
from desktop_app.use_cases.ports import KeyRing
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.stamp_part import StampPart
from desktop_app.widgets.token_part import TokenPart
from desktop_app.widgets.where_to import suggested

Run = Callable[[Callable[[], object], Callable[[object], None], Callable[[LumbarError], None]], None]
LARGEST = 1024 * 1024


class KeysPage(DeskShell):
    """``run`` does slow work beside the window; ``save_file`` writes a file whole or not at all."""

    help_topic = "keys"
    new_recovery_key = Signal(str)

    def __init__(self, desk: ClinicDesk, ring: KeyRing, run: Run, save_file: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self.desk, self._ring, self._run, self._save_file = desk, ring, run, save_file
        self.form = Form(tr("Signature and keys"), width=680)
        self.desk_frame(desk, self.form, "settings")
        self.form.heading(tr("Plans are signed with"))
        self._in_use()
        self.form.heading(tr("Sign with another certificate"), tr("A key that your hospital or a public "
                                                              "authority issued to you: a PKCS#12 file with "
                                                              "an EC P-256 key for signing documents and all "
                                                              "certificates of its certification path."))
        choose = Button(tr("Choose…"), look="body", name=tr("Choose the file with the certificate"))
        choose.clicked.connect(self.choose)
        self.form.line(
            certificates.FILE, tr("File with certificate and key"), example="certificate.p12", beside=choose
        )
        self.form.line(certificates.FILE_PASSPHRASE, tr("Passphrase of that file"), secret=True)
        self.form.line(certificates.OWN_PASSPHRASE, tr("Your passphrase for this program"), secret=True)
        self.same = Tick(tr("The certificate is mine, although it names me differently"))
        self.form.labelled(certificates.SAME_PERSON, "", self.same)
        self.form.show_field(certificates.SAME_PERSON, shown=False)
        self.use = Button(tr("Sign with this certificate"), "primary", icon="file-sign")
        self.use.clicked.connect(self.adopt)
        self.form.buttons(self.use)
        self.token = TokenPart(self.form, ring, run, desk.clinician.name, self)
        self.token.used.connect(self._token_used)
        if desk.access.may(Action.RECOVERY_KEY):
            self._recovery()
        if desk.stamping is not None and desk.access.may(Action.CHANGE_CLINIC):
            self.stamps = StampPart(self.form, desk.stamping, self)
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)
        self.show_in_use(ring.in_use())

    def _in_use(self) -> None:
        card = controls.Card()
        column = controls.column(card, margins=(20, 16, 20, 16), spacing=4)
        self.name = controls.label("", "subheading", wrap=True)
        self.validity = controls.label("", "body", wrap=True)
        self.origin = controls.label("", "body", ink="text2", wrap=True)
        self.how = controls.label("", "small", ink="text2", wrap=True)
        controls.add_all(column, self.name, self.validity, self.origin, self.how)
        column.addSpacing(10)
        self.export = Button(tr("Save the certificate to check plans with…"), look="body")
        self.export.clicked.connect(self.save_certificate)
        self.own = Button(tr("Go back to the one made here"), look="body")
        self.own.clicked.connect(self.own_again)
        column.addWidget(FlowBox(self.export, self.own, gap=12))
        self.said = controls.label("", "small-strong", ink="accent", wrap=True)
        self.said.hide()
        column.addWidget(self.said)
        self.form.put(card)

    def _recovery(self) -> None:
        self.form.heading(tr("Recovery key"), tr("For when the sheet is lost, or somebody may have seen it. The "
                                             "key on the old sheet opens nothing from then on."))
        self.form.line("recovery_passphrase", tr("Your passphrase for this program"), secret=True)
        self.renew = Button(tr("Make a new recovery key"), look="body", icon="key-outline")
        self.renew.clicked.connect(self.ask_for_new_key)
        self.form.buttons(self.renew)

    def show_in_use(self, facts: CertificateFacts, said: str = "") -> None:
        self._facts = facts
        self.name.setText(facts.name)
        self.validity.setText(certificates.validity(facts, self.desk.today))
        self.origin.setText(certificates.origin(facts))
        self.how.setText(certificates.how_to_check(facts))
        self.own.setVisible(facts.imported)
        self._say(said)

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if text:
            reveal(self.said)

    # --- another certificate --------------------------------------------------------------------------

    def choose(self) -> None:
        if path := self.choose_file():
            self.form.fields[certificates.FILE].setText(path)  # type: ignore[attr-defined]  # a line to write in
            self.form.being_mended(certificates.FILE)
            self.form.fields[certificates.FILE_PASSPHRASE].setFocus()

    def choose_file(self) -> str:
        return QFileDialog.getOpenFileName(self, tr("File with certificate and key"), "",
                                           tr("Certificate with key (*.p12 *.pfx);;All files (*)"))[0]

    def adopt(self) -> None:
        """Look into the file first, so that each mistake is said at its field and nothing is kept of a wrong one."""
        path, secret, own = (self.form.text(name) for name in (certificates.FILE, certificates.FILE_PASSPHRASE,
                                                               certificates.OWN_PASSPHRASE))
        if not self.form.show_mistakes(certificates.entry_mistakes(path, secret, own)):
            return
        try:
            content = _read(path.strip())
        except LumbarError as error:
            self._wrong(error)
            return
        self._run(lambda: self._ring.look_into(content, secret),
                  lambda facts: self._looked(facts, content, secret, own), self._wrong)

    def _looked(self, facts: object, content: bytes, secret: str, own: str) -> None:
        if not isinstance(facts, CertificateFacts):
            return
        differs = certificates.another_person(facts, self.desk.clinician.name)
        if differs and not self.same.isChecked():
            self.form.show_field(certificates.SAME_PERSON, shown=True)
            self.form.show_mistakes({certificates.SAME_PERSON: differs})
            return
        self._run(lambda: self._ring.adopt(content, secret, own), self._adopted, self._wrong)

    def _adopted(self, facts: object) -> None:
        if isinstance(facts, CertificateFacts):
            for name in (certificates.FILE, certificates.FILE_PASSPHRASE, certificates.OWN_PASSPHRASE):
                self.form.fields[name].clear()  # type: ignore[attr-defined]  # lines to write in
            self.same.setChecked(False)
            self.form.show_field(certificates.SAME_PERSON, shown=False)
            self.show_in_use(facts, tr("From now on your plans are signed with this certificate."))
            self.own.setFocus()

    def _token_used(self, facts: object) -> None:
        if isinstance(facts, CertificateFacts):
            self.show_in_use(facts, tr("From now on your plans are signed with this token."))
            self.own.setFocus()

    def _wrong(self, error: LumbarError) -> None:
        self.form.show_mistakes(certificates.mistake_of(error))

    def own_again(self) -> None:
        facts = self._ring.own_again()
        self.show_in_use(facts, tr("Your plans are signed with the certificate made here again. A key that "
                                   "was brought in from a file is no longer on this computer."))
        self.export.setFocus()

    def save_certificate(self) -> None:
        target = self.choose_target("certificate.pem")
        if not target:
            return
        try:
            self._save_file(target, self._facts.trust)
        except LumbarError as error:
            self._say(f"{error} {error.next_step}".strip())
        else:
            self._say(tr("Written to {target}. It holds no secret.").format(target=target))

    def choose_target(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, tr("Save the certificate"), suggested(name),
                                           tr("Certificate (*.pem)"))[0]

    # --- recovery key ---------------------------------------------------------------------------------

    def ask_for_new_key(self) -> None:
        own = self.form.text("recovery_passphrase")
        if not own:
            self.form.show_mistakes({"recovery_passphrase": tr("Type the passphrase you unlock this program with.")})
            return
        self._run(lambda: self._ring.new_recovery_key(own), lambda key: self.new_recovery_key.emit(str(key)),
                  self._no_new_key)

    def _no_new_key(self, error: LumbarError) -> None:
        self.form.show_mistakes({"recovery_passphrase": f"{error} {error.next_step}".strip()})

    def focus_first(self) -> None:
        self.export.setFocus()


def _read(path: str) -> bytes:
    """Raises ``NoInput`` in words."""
    file = Path(path).expanduser()
    try:
        if file.stat().st_size > LARGEST:
            raise NoInput(
                tr("This file is too large for a key file."), next_step=tr("Choose the file ending in .p12 or .pfx.")
            )
        return read_at_most(file, LARGEST)
    except FileNotFoundError:
        raise NoInput(tr("There is no such file."), next_step=tr("Choose it again.")) from None
    except IsADirectoryError:
        raise NoInput(tr("This is a folder, not a file."), next_step=tr("Choose the file in it.")) from None
    except OSError as problem:
        raise NoInput(tr("The file cannot be read: {value}.").format(value=problem.strerror or problem),
                      next_step=tr("Check that the stick or the folder is there.")) from problem
