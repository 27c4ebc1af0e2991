"""Erasing one patient: what goes and what stays, the reason, the second person, and both passphrases at the end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import leaving as words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import BadData, LumbarError
from desktop_app.use_cases.privacy import Erased, Erasure, Privacy, WrongSecondPassphrase
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick, Tick
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.fields import field, set_wrong, show_button, text_area
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.keys_page import Run
from desktop_app.widgets.leaving_page import WIDTH, LeavingPage
from desktop_app.widgets.warning_card import warning_card

_REASON, _SECOND, _BACKUPS = "reason", "second", "backups"


def kept_in(desk: ClinicDesk, entry: int | None = None) -> tuple[str, ...]:
    """Where backups still hold the patient; ``entry``: of the record of use, with which they went."""
    backups = desk.backups
    return () if backups is None else words.still_in(backups.places(), backups.store_id, entry)


class ErasePage(LeavingPage):
    """Reason and second person here; both passphrases in the last question."""

    help_topic = "erase"
    save_first = Signal(str)
    erased = Signal(object)

    def __init__(self, desk: ClinicDesk, privacy: Privacy, patient_id: str, run: Run) -> None:
        super().__init__(desk, patient_id, tr("Erase {name}?"),
                         tr("For good: nobody can bring this patient's data back. Check first whether the law asks you "
                            "to keep them longer."))
        self._privacy, self._run = privacy, run
        self._people = people = privacy.second_people()
        if not people:
            self.put(warning_card(words.nobody_else(), alarm=False), above=10)
        self.first = Button(tr("Save everything first…"), look="body", icon="content-save", tall=32)
        self.first.clicked.connect(lambda: self.save_first.emit(patient_id))
        self.put(FlowBox(self.first), above=10)
        self.points(words.goes(self.patient, privacy.goes(patient_id)))
        self.points(words.stays(kept_in(desk)))
        self.form.heading(tr("Two people and a reason"))
        self.reason = text_area(tr("Why"), placeholder=tr("For example: asked for in writing on 12 November"), lines=2)
        self.form.labelled(_REASON, tr("Why"), self.reason,
                           hint=tr("It stays in the record of use: write it without name and number."))
        self.reason.textChanged.connect(lambda: self.form.being_mended(_REASON))
        self.second = Pick(tr("Second person"))
        for name, told in words.second_people(people):
            self.second.addItem(told, name)
        self.form.labelled(_SECOND, tr("Second person"), self.second,
                           hint=tr("They sit beside you and type their own passphrase in the next step."))
        self.second.currentIndexChanged.connect(lambda _index: self.form.being_mended(_SECOND))
        self.backups_too = Tick(tr("Delete the backups that hold the patient too"))
        self.form.labelled(_BACKUPS, "", self.backups_too,
                           hint=tr("A new backup is made first and read whole; in a folder where that fails the old "
                                   "ones stay. Earlier states of all other patients go with them."))
        self.form.show_field(_BACKUPS, shown=desk.backups is not None)
        self.room_to_say()
        self.erase = self.footer_bar.add(Button(tr("Erase for good…"), "primary"))
        self.erase.guarded = True
        self.erase.clicked.connect(self.ask)
        if not people:
            self.form.only_shown(_SECOND)
            self.erase.setEnabled(False)

    def mistakes(self) -> dict[str, str]:
        found = {}
        try:
            self._privacy.check_reason(self.patient.id, self.reason.toPlainText())
        except BadData as error:
            found[_REASON] = f"{error} {error.next_step}".strip()
        if not self.second.currentData():
            found[_SECOND] = tr("Choose who agrees.")
        return found

    def ask(self) -> None:
        if not self.form.show_mistakes(self.mistakes()):
            return
        self.ask_for(next(one.name for one in self._people if one.id == self.second.currentData()))

    def ask_for(self, second: str) -> None:
        """The last question, with the second person beside whoever is signed in."""
        dialog = EraseNow(self, self.patient.name, second)
        dialog.tried.connect(lambda secret: self._erase(dialog, secret))
        dialog.open()

    def _erase(self, dialog: EraseNow, secret: str) -> None:
        wanted = Erasure(self.patient.id, " ".join(self.reason.toPlainText().split()), secret,
                         str(self.second.currentData()), dialog.second.text(), self.backups_too.isChecked())

        def done(found: object) -> None:
            dialog.accept()
            self.erased.emit(found)

        self._run(lambda: self._privacy.erase(wanted), done, dialog.show_error)

    def focus_first(self) -> None:
        self.first.setFocus()  # the top of the page is in sight, what is asked is not


class ErasedPage(DeskShell):
    """What has gone. Nothing of the patient is in the window any more."""

    help_topic = "erase"

    def __init__(self, desk: ClinicDesk, found: Erased) -> None:
        super().__init__()
        self.form = Form(tr("The patient is erased"), "", width=WIDTH)
        self.desk_frame(desk, self.form, "worklist")
        for line in words.erased(found, kept_in(desk, found.entry or None)):
            told = controls.label(line, "body", wrap=True)
            told.setContentsMargins(0, 8, 0, 0)
            self.form.put(told)
        self.onwards = self.footer_bar.add(Button(tr("Worklist"), "primary", icon="clipboard-text-outline"))
        self.onwards.clicked.connect(self.to_worklist)

    def focus_first(self) -> None:
        self.onwards.setFocus()


class EraseNow(Confirm):
    """The last question: both people type their own passphrase."""

    help_topic = "erase"

    def __init__(self, parent: QWidget, name: str, second: str) -> None:
        super().__init__(parent, tr("Erase {name} for good?").format(name=name),
                         tr("It cannot be undone. Both of you are named in the record of use, with the reason."),
                         tr("Erase for good"))
        label = tr("Passphrase of {second}").format(second=second)
        self.second = field(label, secret=True)
        self.labelled(label, self.second, show_button(self.second))
        self.ask_passphrase()
        self.second.setFocus()

    def mistake(self) -> str:
        missing = not self.second.text()
        set_wrong(self.second, wrong=missing)
        return tr("The second person types their passphrase too.") if missing else ""

    def show_error(self, error: LumbarError) -> None:
        super().show_error(error)
        if isinstance(error, WrongSecondPassphrase):
            set_wrong(self.passphrase, wrong=False)
            set_wrong(self.second, wrong=True)
            self.second.clear()
            self.second.setFocus()
