"""A new patient: name, number, date of birth, sex. Nothing of this is asked again in the consultation."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.language import tr
from desktop_app.presentation import forms, sheet_language
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.form import Form, choice_row, chosen
from desktop_app.widgets.sheet_language import SheetLanguage


class NewPatientPage(DeskShell):
    help_topic = "new_patient"
    created = Signal(str)
    cancelled = Signal()

    def __init__(self, desk: ClinicDesk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(tr("New patient"), tr("An adult with leg pain after a lumbar compression fracture."))
        self.desk_frame(desk, self.form, "worklist")
        self.form.line("name", tr("Name"))
        self.form.line("number", tr("Number"), hint=tr("The clinic's own, as it stands on its papers."))
        self.form.line("born", tr("Date of birth"), example=tr("3 Mar 1954"),
                       hint=tr("The whole date. 1954-03-03 and 3.3.1954 are understood too."))
        holder, self.sex = choice_row((("female", tr("Female")), ("male", tr("Male"))), "")
        self.form.labelled("sex", tr("Sex in the medical record"), holder, hint=tr("The kidney formula needs it."))
        self.language = SheetLanguage(desk.pack)
        self.form.labelled("language", sheet_language.LABEL, self.language, hint=sheet_language.HINT)
        self.cancel = self.footer_bar.add(Button(tr("Worklist"), icon="arrow-left"))
        self.go = self.footer_bar.add(Button(tr("Begin consultation"), "primary", trailing="arrow-right"))
        self.cancel.clicked.connect(self.cancelled)
        self.go.clicked.connect(self.begin)

    def begin(self) -> None:
        """Store the patient, or say at each field what is wrong."""
        found, mistakes = forms.new_patient(self.form.text("name"), self.form.text("number"), self.form.text("born"),
                                            chosen(self.sex), self.desk.today)
        if not self.form.show_mistakes(mistakes) or found is None:
            return
        try:
            patient = self.desk.new_patient(name=found.name, number=found.number, born=found.born, sex=found.sex,
                                            language=self.language.language)
        except LumbarError as error:
            self.form.show_mistakes({"number": str(error)})
            return
        self.created.emit(patient.id)

    def enter(self) -> None:
        self.begin()

    def focus_first(self) -> None:
        self.form.fields["name"].setFocus()
