"""Everything about one patient, saved as a folder to a place that somebody chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation import leaving as words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError, MustWait, WrongPassphrase
from desktop_app.use_cases.patient_folder import PatientFolder, SavedFolder
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.keys_page import Run
from desktop_app.widgets.leaving_page import LeavingPage
from desktop_app.widgets.warning_card import warning_card

_PLACE = "place"


class PatientFolderPage(LeavingPage):
    """Everything about one patient, to a place that somebody chooses."""

    help_topic = "patient_folder"

    def __init__(self, desk: ClinicDesk, folder: PatientFolder, patient_id: str, run: Run) -> None:
        super().__init__(desk, patient_id, tr("Everything about {name}"),
                         tr("A new folder with all that is stored here about this patient: for the patient, or for a "
                            "clinic that takes over the care."))
        self._folder, self._run = folder, run
        self.points(words.in_folder(folder.counts(patient_id)))
        self.put(warning_card(words.NOT_ENCRYPTED, alarm=False), above=14)
        choose = Button(tr("Choose…"), look="body", name=tr("Choose where the folder is made"))
        choose.clicked.connect(self.choose)
        self.place = self.form.line(_PLACE, tr("Where"), placeholder=tr("A folder, for example on a stick"),
                                    beside=choose)
        self.room_to_say()
        self.save = self.footer_bar.add(Button(tr("Save everything…"), "primary", icon="content-save"))
        self.save.clicked.connect(self.ask)

    def choose_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr("Where the folder is made"))

    def choose(self) -> None:
        if chosen := self.choose_folder():
            self.place.setText(chosen)
            self.form.being_mended(_PLACE)
            self.save.setFocus()

    def mistakes(self) -> dict[str, str]:
        text = self.place.text().strip()
        if not text:
            return {_PLACE: tr("Choose where the folder is made.")}
        return {} if Path(text).is_dir() else {_PLACE: tr("There is no such folder. Choose one that is there.")}

    def ask(self) -> None:
        if not self.form.show_mistakes(self.mistakes()):
            return
        dialog = SaveEverything(self, self.patient.name)
        dialog.tried.connect(lambda secret: self._save(dialog, secret))
        dialog.open()

    def _save(self, dialog: SaveEverything, secret: str) -> None:
        place, pack = Path(self.place.text().strip()), self.desk.pack

        def done(found: object) -> None:
            dialog.accept()
            if isinstance(found, SavedFolder):
                self.tell_saved(found)

        def failed(error: LumbarError) -> None:
            if isinstance(error, (WrongPassphrase, MustWait)):
                dialog.show_error(error)
                return
            dialog.reject()
            self.say_wrong(error)

        self._run(lambda: self._folder.save(self.patient.id, place, secret, pack), done, failed)

    def tell_saved(self, found: SavedFolder) -> None:
        self.say(words.saved(found))
        self.back.setFocus()

    def focus_first(self) -> None:
        self.save.setFocus()  # always in sight; it leads to the field when that is empty


class SaveEverything(Confirm):
    """All of a patient leaves the encrypted records: the passphrase again."""

    help_topic = "patient_folder"

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent, tr("Save everything about {name}?").format(name=name),
                         tr("Your name and the time stand in the record of use."), tr("Save"))
        self.ask_passphrase()
        self.passphrase.setFocus()
