"""Correcting and voiding a signed plan from the window: asks why, does it, shows what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.language import tr
from desktop_app.presentation import words, worklist
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets.correct_dialogs import CorrectPlan, VoidPlan
from desktop_app.widgets.review_page import ReviewPage

if TYPE_CHECKING:
    from desktop_app.presentation.ports import OpenConsultation
    from desktop_app.widgets.frame import Frame


class CorrectingDesk(QObject):
    """Acts on the consultation that is open in the window."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window

    @property
    def _consultation(self) -> OpenConsultation | None:
        view = self._window.view
        return view.wizard.consultation if view is not None else None

    def ask_to_correct(self) -> None:
        consultation, window = self._consultation, self._window
        if consultation is None:
            return
        dialog = CorrectPlan(window, consultation.standing.number,
                             same_content=consultation.encounter.content_hash == window.desk.pack.content_hash)

        def begin() -> None:
            try:
                window.open_consultation(window.desk.correct(consultation.encounter.id, dialog.words))
            except LumbarError as error:
                dialog.ask_again(error)

        dialog.accepted.connect(begin)
        dialog.open()

    def ask_to_void(self) -> None:
        consultation, window = self._consultation, self._window
        if consultation is None:
            return
        encounter = consultation.encounter.id
        patient = consultation.patient
        whose = f"{patient.name}, {words.inside(worklist.identity(patient, window.desk.today))}"
        dialog = VoidPlan(window, consultation.standing.number, whose,
                          window.desk.took_over_from(encounter))

        def voided(_done: object) -> None:
            dialog.accept()
            window.look_at(encounter)

        def tried(secret: str) -> None:
            reason = dialog.words
            window.gate.run(lambda: window.desk.void(encounter, reason, secret), voided, dialog.show_error)

        dialog.tried.connect(tried)
        dialog.open()

    def offer_stamp(self) -> None:
        """The button stands on a signed plan when an authority is set and a document has no stamp yet."""
        view, stamping, consultation = self._window.view, self._window.desk.stamping, self._consultation
        if view is None or consultation is None or not isinstance(view.page, ReviewPage):
            return
        offered = (stamping is not None and view.wizard.signed and bool(stamping.stamper.address)
                   and bool(stamping.missing(consultation.encounter.id)))
        view.page.standing.offer_stamp(offered=offered)

    def fetch_stamp(self) -> None:
        """The one thing that goes to the network, and only when its button is pressed."""
        view, stamping, consultation = self._window.view, self._window.desk.stamping, self._consultation
        if view is None or stamping is None or consultation is None:
            return
        view.header_says(tr("Asking for time stamps …"))
        encounter = consultation.encounter.id

        def done(number: object) -> None:
            if self._window.view is not None:
                self._window.view.header_says(tr("Time stamps kept: {number}").format(number=number))
            self.offer_stamp()

        def failed(error: LumbarError) -> None:
            if self._window.view is not None and isinstance(self._window.view.page, ReviewPage):
                self._window.view.header_says("")
                self._window.view.page.say(f"{error} {error.next_step}".strip())
            self.offer_stamp()

        self._window.gate.run(lambda: stamping.fetch(encounter), done, failed)
