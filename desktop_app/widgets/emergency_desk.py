"""The emergency page in the window: when it is shown, and the three ways that lead out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.presentation import emergency, words, worklist
from desktop_app.presentation.papers import LOOK
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets.dialogs import AnswerWasWrong, Handover
from desktop_app.widgets.emergency_page import EmergencyPage

if TYPE_CHECKING:
    from desktop_app.widgets.frame import Frame
    from desktop_app.widgets.paper_desk import PaperDesk


class EmergencyDesk(QObject):
    """Acts on the consultation that is open in the window; ``page`` is there while it is in sight."""

    def __init__(self, window: Frame, papers: Callable[[], PaperDesk]) -> None:
        super().__init__(window)
        self._window, self._papers = window, papers
        self.page: EmergencyPage | None = None

    def show(self) -> None:
        """Leave the wizard for the fixed page; that it was shown is recorded."""
        view = self._window.view
        if view is None or not view.wizard.emergency():
            return
        consultation = view.wizard.consultation
        if consultation.can_write:
            consultation.emergency_shown()
        patient, info = consultation.patient, consultation.pack.info
        page = EmergencyPage(emergency.build(view.wizard), name=patient.name,
                             line=worklist.identity(patient, consultation.as_of), training=patient.training,
                             state=info.state_words, version=info.version)
        page.wrong.connect(self.answer_was_wrong)
        page.handover.connect(self.record_handover)
        page.note.connect(self.show_note)
        page.leave.connect(self._window.show_worklist)
        page.lock.connect(self._window.locked)
        page.review.connect(self._review_emergency)
        self.page = page
        self._window.show_page(page)
        page.focus_first()
        # The key that was pressed goes on to move the keyboard inside the page that has just been left.
        QTimer.singleShot(0, page, lambda: self._keyboard_to(page))

    def _keyboard_to(self, page: EmergencyPage) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not focused.isVisible():
            page.focus_first()

    def _back_to_wizard(self, place: Place | None = None) -> None:
        view, page = self._window.view, self.page
        if view is None:
            return
        self._window.stack.setCurrentWidget(view)
        if page is not None:
            self._window.stack.removeWidget(page)
            page.deleteLater()
            self.page = None
        view.go(place or view.wizard.start())

    def _review_emergency(self) -> None:
        self._back_to_wizard(Place(REVIEW))

    def answer_was_wrong(self) -> None:
        view, page = self._window.view, self.page
        if view is None or page is None:
            return
        consultation = view.wizard.consultation
        dialog = AnswerWasWrong(page, page.model.because, consultation.clinician.name,
                                words.day(consultation.as_of))
        dialog.accepted.connect(lambda: self._end_emergency(dialog))
        dialog.open()

    def _end_emergency(self, dialog: AnswerWasWrong) -> None:
        view = self._window.view
        if view is None:
            return
        try:
            again = view.wizard.end_emergency(dialog.atoms, how=dialog.how.toPlainText().strip(),
                                              in_error=dialog.in_error.isChecked())
        except LumbarError as error:
            dialog.ask_again(error)
            return
        view.recorded()
        where = dialog.correct_at
        if where and (screen := view.wizard.screen_of(where)):
            self._back_to_wizard(Place(screen, where))  # until it is corrected every answer leads back here
        elif view.wizard.emergency():
            self.show()
        elif again and (screen := view.wizard.screen_of(again)):
            self._back_to_wizard(Place(screen, again))  # nobody said no: it is asked again
        else:
            self._back_to_wizard()

    def show_note(self) -> None:
        """The note that goes along with the patient; from there back to this page."""
        self._papers().do(LOOK, PaperKind.TRANSFER_NOTE.value, back=self.show)

    def record_handover(self) -> None:
        page = self.page
        if page is None:
            return
        dialog = Handover(page)
        dialog.accepted.connect(lambda: self._handed_over(dialog))
        dialog.open()

    def _handed_over(self, dialog: Handover) -> None:
        if self._window.view is None:
            return
        try:
            self._window.view.wizard.consultation.hand_over(dialog.words)
        except LumbarError as error:
            dialog.ask_again(error)
            return
        self.show()
