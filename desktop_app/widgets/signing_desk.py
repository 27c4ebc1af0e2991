"""Signing the open consultation from the window: the passphrase is asked for, then it is done beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.language import tr
from desktop_app.presentation import review, words, worklist
from desktop_app.use_cases.domain import StoredDocument
from desktop_app.use_cases.errors import LumbarError, MustWait, StillWorking, WrongPassphrase, WrongPin
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.work import Gate

if TYPE_CHECKING:
    from desktop_app.widgets.frame import Frame


class SigningDesk(QObject):
    """Acts on the consultation that is open in the window."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._readiness = Gate(self)

    def close(self) -> None:
        self._readiness.wait()

    def ask(self) -> None:
        view = self._window.view
        if view is None:
            return
        consultation = view.wizard.consultation
        keys = self._window.desk.keys
        patient = consultation.patient
        whose = f"{patient.name}, {words.inside(worklist.identity(patient, consultation.as_of))}"
        dialog = SignNow(self._window, consultation.clinician.name, consultation.pack.info.state_words,
                         keys.in_use().token if keys is not None else "", waiting=review.waiting(view.wizard),
                         patient=whose)
        dialog.tried.connect(lambda passphrase: self._sign(dialog, passphrase))
        dialog.open()
        # What is loaded while somebody types need not be waited for; trouble comes again at signing, and is told there.
        self._readiness.run(self._window.desk.get_ready_to_sign, lambda _done: None, lambda _error: None)

    def _sign(self, dialog: SignNow, passphrase: str) -> None:
        view = self._window.view
        if view is None:
            return
        consultation, desk = view.wizard.consultation, self._window.desk
        view.header_says(tr("Signing …"))

        def done(document: object) -> None:
            dialog.accept()
            self._was_signed(document)

        def failed(error: LumbarError) -> None:
            if isinstance(error, (WrongPassphrase, WrongPin, MustWait, StillWorking)):
                view.header_says("")
                dialog.show_error(error)
            else:
                dialog.reject()
                self._sign_failed(error)

        def sign() -> StoredDocument:
            desk.get_ready_to_sign()  # or wait for it
            return consultation.sign(desk.signer(passphrase, dialog.pin))

        self._window.gate.run(sign, done, failed)

    def _was_signed(self, document: object) -> None:
        window = self._window
        signed = window.signed = document if isinstance(document, StoredDocument) else None
        view = window.view
        if view is None:
            return
        view.header_says(tr("Signed {number}").format(number=signed.number if signed else ""))
        view.show_all()
        view.told_of_edition()
        if isinstance(view.page, ReviewPage):
            window.keyboard_afterwards(view.page.pdf_button)  # the button that signed is gone; saving comes next

    def _sign_failed(self, error: LumbarError) -> None:
        view = self._window.view
        if view is not None and isinstance(view.page, ReviewPage):
            view.header_says("")
            view.page.say(f"{error} {error.next_step}".strip())
