"""The frame of the pages on which a patient's data leave: who it is about, what happens, the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import worklist
from desktop_app.presentation.leaving import Told
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.form import Form
from desktop_app.widgets.reveal import reveal

WIDTH = 720


class LeavingPage(DeskShell):
    """Who it is about, what happens, and the way back to the patient."""

    to_patient = Signal(str)

    def __init__(self, desk: ClinicDesk, patient_id: str, title: str, intro: str) -> None:
        super().__init__()
        self.desk, self.patient = desk, desk.patient(patient_id)
        self.form = Form(title.format(name=self.patient.name), "", width=WIDTH)
        self.desk_frame(desk, self.form, "worklist")
        self.form.put(controls.label(worklist.identity(self.patient, desk.today), "body", ink="text2", wrap=True))
        self.put(controls.label(intro, "body", wrap=True), above=8)
        self.back = self.footer_bar.add(Button(tr("Back to the patient"), icon="arrow-left"))
        self.back.clicked.connect(lambda: self.to_patient.emit(patient_id))

    def put(self, widget: QWidget, *, above: int = 0) -> None:
        holder = QWidget()
        controls.column(holder, margins=(0, above, 0, 0)).addWidget(widget)
        self.form.put(holder)

    def points(self, told: Told) -> None:
        self.form.heading(told.heading)
        for point in told.points:
            holder = QWidget()
            row = controls.row(holder, margins=(0, 4, 0, 0), spacing=10)
            row.addWidget(controls.label("•", "body", ink="text2"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(point, "body", wrap=True), 1)
            self.form.put(holder)

    def room_to_say(self) -> None:
        self.said = controls.label("", "strong", ink="accent", wrap=True)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        for line in (self.said, self.wrong):
            line.setContentsMargins(0, 14, 0, 0)
            line.hide()
            self.form.put(line)

    def say(self, text: str) -> None:
        self.wrong.hide()
        self.said.setText(text)
        self.said.show()
        reveal(self.said)

    def say_wrong(self, error: LumbarError) -> None:
        self.said.hide()
        self.wrong.setText(f"{error} {error.next_step}".strip())
        self.wrong.show()
        reveal(self.wrong)
