"""Whose time of keeping has passed: a list that proposes and does nothing by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr, trn
from desktop_app.presentation import words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.retention import Passed
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form

SHOWN = 100  # at once; the rest follows when these are done


class RetentionPage(DeskShell):
    help_topic = "retention"
    patient = Signal(str)  # to everything that can be done about one

    def __init__(self, desk: ClinicDesk) -> None:
        super().__init__()
        self.desk = desk
        years, found = desk.retention.years, desk.retention.passed()
        told = tr("No time of keeping is set: an administrator sets it in the settings.")
        if years:
            told = trn("Records are kept for {count} year after the last entry.",
                       "Records are kept for {count} years after the last entry.", years).format(count=years)
        self.form = Form(tr("Time of keeping"), told, width=760)
        self.desk_frame(desk, self.form, "settings")
        self.buttons: list[Button] = []
        head = trn("{count} patient's time has passed", "{count} patients' time has passed",
                   len(found)).format(count=len(found)) if found else tr("Nobody's time has passed")
        self.form.heading(head, tr("Nothing is erased by itself. A law may ask to keep some records longer.")
                          if found else "")
        card = controls.Card()
        column = controls.column(card, margins=(20, 4, 20, 4), spacing=0)
        for number, one in enumerate(found[:SHOWN]):
            if number:
                column.addWidget(controls.Rule())
            column.addWidget(self._line(one))
        holder = QWidget()
        controls.column(holder, margins=(0, 12, 0, 0)).addWidget(card)
        holder.setVisible(bool(found))
        self.form.put(holder)
        if len(found) > SHOWN:
            rest = trn("{count} more follows.", "{count} more follow.", len(found) - SHOWN)
            self.form.put(controls.label(rest.format(count=len(found) - SHOWN), "small", ink="text2", wrap=True))
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)

    def _line(self, one: Passed) -> QWidget:
        holder = QWidget()
        row = controls.row(holder, margins=(0, 10, 0, 10), spacing=16)
        told = controls.column(spacing=2)
        told.addWidget(controls.label(f"{one.patient.name} · {one.patient.number}", "strong", wrap=True))
        told.addWidget(controls.label(tr("Last entry {last}, kept until {until}").format(
            last=words.day(one.last_seen), until=words.day(one.kept_until)), "small", ink="text2", wrap=True))
        row.addLayout(told, 1)
        button = Button(tr("Open the patient…"), tall=36, look="small-strong",
                        name=tr("Open the patient: {name}").format(name=one.patient.name))
        button.clicked.connect(partial(self.patient.emit, one.patient.id))
        self.buttons.append(button)
        row.addWidget(FlowBox(button))
        return holder

    def focus_first(self) -> None:
        (self.buttons[0] if self.buttons else self.back).setFocus()
