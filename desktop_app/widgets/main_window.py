"""The one window: shows a page at a time and passes what happens on to the use cases.

The pages behind the door are imported when they are first shown, so that the first window opens soon.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop_app.widgets import shortcuts
from desktop_app.widgets.backup_rounds import BackupRounds
from desktop_app.widgets.frame import Frame
from desktop_app.widgets.spare_memory import give_back

if TYPE_CHECKING:
    from desktop_app.engine.model import Pack
    from desktop_app.presentation.ports import ClinicDesk, OpenConsultation
    from desktop_app.widgets.correcting_desk import CorrectingDesk
    from desktop_app.widgets.desk_shell import DeskShell
    from desktop_app.widgets.emergency_desk import EmergencyDesk
    from desktop_app.widgets.half_typed import HalfTypedWords
    from desktop_app.widgets.help_host import Help
    from desktop_app.widgets.leaving_desk import LeavingDesk
    from desktop_app.widgets.paper_desk import PaperDesk
    from desktop_app.widgets.settings_desk import SettingsDesk
    from desktop_app.widgets.signing_desk import SigningDesk
    from desktop_app.widgets.tour import TourGuide

SIZE = (1280, 800)
SMALLEST = (1024, 640)
TITLE_BAR = 40  # room for the system's frame, so that the footer stays in sight
"""Nothing is cut at 1280 x 720; below that the pages scroll."""


class MainWindow(Frame):
    """Everything it needs comes in from outside; the desk once somebody has signed in."""

    def __init__(self, desk: ClinicDesk | None = None, *, save_file: Callable[[str, bytes], None],
                 how_it_looks: Callable[[], tuple[str, float]] = lambda: ("system", 1.0)) -> None:
        super().__init__(desk)
        self._save_file, self._how_it_looks = save_file, how_it_looks
        self.setWindowTitle("Lumbar Pathway")
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - TITLE_BAR))
        self.setMinimumSize(*SMALLEST)
        self.rounds = BackupRounds(self)
        self.rounds.over.connect(self._round_over)
        shortcuts.install(self, "lock", self._lock_now)
        shortcuts.install(self, "help", self._toggle_help)
        shortcuts.install(self, "keys", self._show_keys)
        shortcuts.install(self, "other_part", self._to_other_part)
        self._half_typed: HalfTypedWords | None = None
        self.guideline: Callable[[], Pack] | None = None  # before anybody has signed in; set by who opens the window

    @cached_property
    def help(self) -> Help:
        """Made when first asked for."""
        from desktop_app.widgets.help_host import Help

        return Help(self, self.stack, self._pack, self)

    @cached_property
    def tour(self) -> TourGuide:
        """Made when first asked for."""
        from desktop_app.widgets.tour import TourGuide

        return TourGuide(self)

    def open_help(self, topic: str = "") -> None:
        """Help over the page; without a topic the page's own."""
        self.help.open(topic)

    def _toggle_help(self) -> None:
        self.help.toggle()

    def _show_keys(self) -> None:
        self.help.open_keys()

    def _to_other_part(self) -> None:
        if self.help.is_open:
            self.help.to_other_part()
        elif self.training:
            self.tour.to_other_part()

    def take_tour(self) -> None:
        """The tour of the training patients; only there."""
        if self.training:
            self.tour.take()

    def tour_words(self) -> str:
        """What Help says of the tour; empty where there are no training patients."""
        return self.tour.invitation if self.training else ""

    def _pack(self) -> Pack:
        if self._desk is None and self.guideline is not None:
            return self.guideline()
        return self.desk.pack

    def sit_down(self, desk: ClinicDesk) -> None:
        """Somebody has signed in: show the worklist.

        What was loaded until now stays for good. The collector need not look through it again and again: that
        took a tenth of a second, time and again in the middle of an answer.
        """
        if not gc.get_freeze_count():
            gc.freeze()
        self._desk = desk
        self.show_worklist()
        self.rounds.make_up()
        if self.training:
            self.tour.offer()

    def put_typed_aside(self) -> None:
        """What is half typed is kept for whoever typed it, and is no answer before they say so."""
        words = self._half_typed
        if words is not None and isValid(words):
            words.lock()
        if "settings" in self.__dict__:
            self.settings.put_aside()

    def stand_up(self) -> None:
        """Nobody is signed in any more: nothing of a patient stays in the window."""
        self._drop_view()
        self._desk = None
        self.signed = None
        self.setWindowTitle("Lumbar Pathway")

    # --- a consultation -------------------------------------------------------------------------------

    def open_consultation(self, consultation: OpenConsultation) -> None:
        """Resume where it was left; a positive emergency shows its page first."""
        from desktop_app.presentation.wizard import Wizard
        from desktop_app.widgets.consultation_view import ConsultationView

        wizard = Wizard(consultation)
        view = ConsultationView(wizard)
        self._drop_view()
        self.view = view
        view.emergency.connect(self._emergency)
        view.leave.connect(self.show_worklist)
        view.new_patient.connect(lambda: QTimer.singleShot(0, self, self._next_patient))
        view.lock.connect(self.locked)
        view.sign.connect(self._sign)
        view.paper.connect(self._on_paper)
        view.correct.connect(self._correct)
        view.void.connect(self._void)
        view.stamp.connect(self._stamp)
        self.show_page(view)
        view.start()
        if self.desk.half_typed.allowed():
            from desktop_app.widgets.half_typed import InConsultation

            self._half_typed = InConsultation(self.desk.half_typed, view)
            self._half_typed.put_back()
        if wizard.emergency() and not wizard.signed:
            self.emergencies.show()

    def _drop_view(self) -> None:
        self._half_typed = None  # it knows the page, and the page the patient
        if self.view is not None:
            self.stack.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None
            QTimer.singleShot(0, give_back)  # once it is gone

    @cached_property
    def emergencies(self) -> EmergencyDesk:
        """Made when a patient is an emergency."""
        from desktop_app.widgets.emergency_desk import EmergencyDesk

        return EmergencyDesk(self, lambda: self.papers)

    def _emergency(self) -> None:
        self.emergencies.show()

    @cached_property
    def signing(self) -> SigningDesk:
        """Made when a plan is signed."""
        from desktop_app.widgets.signing_desk import SigningDesk

        return SigningDesk(self)

    def _sign(self) -> None:
        self.signing.ask()

    @cached_property
    def correcting(self) -> CorrectingDesk:
        """Made when a signed plan is corrected or voided."""
        from desktop_app.widgets.correcting_desk import CorrectingDesk

        return CorrectingDesk(self)

    def _correct(self) -> None:
        self.correcting.ask_to_correct()

    def _void(self) -> None:
        self.correcting.ask_to_void()

    def _stamp(self) -> None:
        self.correcting.fetch_stamp()

    # --- around it ------------------------------------------------------------------------------------

    def _lock_now(self) -> None:
        if self._desk is not None:
            self.locked.emit()

    @cached_property
    def papers(self) -> PaperDesk:
        """Made when the first document is asked for."""
        from desktop_app.widgets.paper_desk import PaperDesk

        return PaperDesk(self, self._save_file)

    def _on_paper(self, verb: str, kind: str) -> None:
        self.papers.do(verb, kind)

    def _on_blank_paper(self, what: str) -> None:
        self.papers.look_at_blank(what)

    # --- the desk -------------------------------------------------------------------------------------

    def show_worklist(self) -> None:
        """Back to the desk."""
        from desktop_app.widgets.worklist_page import WorklistPage

        self._drop_view()
        page = WorklistPage(self.desk)
        page.open_encounter.connect(lambda name: self.open_consultation(self.desk.open_encounter(name)))
        page.look_at.connect(self.look_at)
        page.history.connect(self.show_patient)
        page.open_patient.connect(lambda name: self.open_consultation(self.desk.open(name)))
        page.new_patient.connect(self.show_new_patient)
        page.blank_paper.connect(self._on_blank_paper)
        page.emergency_access.connect(self._ask_for_emergency_access)
        page.accept_older.connect(self.leaving.ask_to_accept_older)
        self._desk_page(page)

    def _ask_for_emergency_access(self) -> None:
        from desktop_app.widgets.emergency_access_dialog import TakeEmergencyAccess

        dialog, access = TakeEmergencyAccess(self), self.desk.emergency_access

        def taken(_done: object) -> None:
            dialog.accept()
            self.show_worklist()

        dialog.tried.connect(lambda secret: self.gate.run(lambda: access.take(dialog.words, secret), taken,
                                                          dialog.show_error))
        dialog.open()

    def show_verify(self) -> None:
        """Check a signed file, or the code of a printed page."""
        checking = self.desk.checking
        if checking is None:
            return
        from desktop_app.widgets.verify_page import VerifyPage

        self._drop_view()
        self._desk_page(VerifyPage(self.desk, checking, self.gate.run))

    def show_patient(self, patient_id: str) -> None:
        """Every consultation of a patient."""
        from desktop_app.widgets.patient_page import PatientPage

        self._drop_view()
        page = PatientPage(self.desk, patient_id)
        page.open_encounter.connect(lambda name: self.open_consultation(self.desk.open_encounter(name)))
        page.look_at.connect(self.look_at)
        page.open_patient.connect(lambda name: self.open_consultation(self.desk.open(name)))
        self.leaving.offer(page)
        self._desk_page(page)

    @cached_property
    def leaving(self) -> LeavingDesk:
        """Made when a patient's page is opened."""
        from desktop_app.widgets.leaving_desk import LeavingDesk

        return LeavingDesk(self)

    def look_at(self, encounter_id: str) -> None:
        """A signed plan, on the page where it can be read and saved."""
        from desktop_app.presentation.wizard import REVIEW, Place

        self.open_consultation(self.desk.open_encounter(encounter_id))
        if self.view is not None:
            self.view.go(Place(REVIEW))
            self.correcting.offer_stamp()

    def show_desk_page(self, page: DeskShell) -> None:
        """A page with the list at its side, joined to where that leads."""
        self._desk_page(page)

    def _desk_page(self, page: DeskShell) -> None:
        page.to_worklist.connect(self.show_worklist)
        page.to_settings.connect(self._settings)
        page.to_verify.connect(self.show_verify)
        page.lock.connect(self.locked)
        self.show_page(page)
        page.focus_first()

    def _next_patient(self) -> None:
        """From a signed plan: as if by way of the worklist, so that nothing of the last patient stays in the window."""
        self.show_worklist()
        self.show_new_patient()

    def show_new_patient(self) -> None:
        from desktop_app.widgets.new_patient_page import NewPatientPage

        page = NewPatientPage(self.desk)
        if self.desk.half_typed.allowed():
            from desktop_app.widgets.half_typed import OfNewPatient

            words = self._half_typed = OfNewPatient(self.desk.half_typed, page)
            words.put_back()
            page.created.connect(words.done)
            page.cancelled.connect(words.done)
        page.created.connect(lambda name: self.open_consultation(self.desk.open(name)))
        page.cancelled.connect(self.show_worklist)
        self._desk_page(page)

    @cached_property
    def settings(self) -> SettingsDesk:
        """Made when the settings are opened."""
        from desktop_app.widgets.settings_desk import SettingsDesk

        return SettingsDesk(self, self.rounds, self._save_file, self._how_it_looks)

    def _settings(self) -> None:
        self.settings.show_settings()

    def _round_over(self, _report: object) -> None:
        from desktop_app.widgets.worklist_page import WorklistPage

        page = self.stack.currentWidget()
        if isinstance(page, WorklistPage):
            page.show_notices()

    def closeEvent(self, event: QCloseEvent) -> None:
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # text half typed is taken over as the field loses the keyboard
        if self._half_typed is not None and isValid(self._half_typed):
            self._half_typed.keep()  # and what cannot be read is kept as it stands
        if "settings" in self.__dict__ and not _computer_stops() and self.settings.stops_closing():
            event.ignore()
            return
        self.gate.wait()
        if "signing" in self.__dict__:
            self.signing.close()
        if "papers" in self.__dict__:
            self.papers.close()
        super().closeEvent(event)


def _computer_stops() -> bool:
    """Whether everybody is logged out just now; that waits for nobody's answer."""
    program = QApplication.instance()
    return isinstance(program, QApplication) and program.isSavingSession()
