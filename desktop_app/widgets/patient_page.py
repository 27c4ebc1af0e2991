"""A patient's page: every consultation, newest first, and whether what was signed still holds."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation import leaving, standing, words, worklist
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.standing import HistoryRow
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.scroll_area import ScrollArea


class PatientPage(DeskShell):
    help_topic = "patient"
    open_encounter = Signal(str)
    look_at = Signal(str)
    open_patient = Signal(str)
    save_everything = Signal(str)
    erase = Signal(str)

    def __init__(self, desk: ClinicDesk, patient_id: str) -> None:
        super().__init__()
        self.desk, self.patient_id = desk, patient_id
        patient, visits = desk.patient(patient_id), desk.history(patient_id)
        rows = [standing.history_row(one) for one in visits]
        body = ScrollArea()
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Sheet()
        column = controls.column(inside, margins=(24, 20, 24, 24), spacing=12)
        head = controls.column(spacing=4)
        head.addWidget(controls.label(patient.name, "title", wrap=True))
        head.addWidget(controls.label(worklist.identity(patient, desk.today), "body", ink="text2", wrap=True))
        column.addLayout(head)
        self.buttons: list[Button] = []
        self._consults = desk.access.may(Action.CONSULT)
        if self._consults and not any(row.draft for row in rows):
            begin = Button(tr("New consultation"), "primary", icon="plus")
            begin.clicked.connect(partial(self.open_patient.emit, patient_id))
            self.buttons.append(begin)
            column.addWidget(FlowBox(begin))
        column.addWidget(controls.label(words.count(len(rows), "consultation").capitalize(), "subheading"))
        card = controls.Card()
        inner = controls.column(card, margins=(20, 4, 20, 4), spacing=0)
        for number, row in enumerate(rows):
            if number:
                inner.addWidget(controls.Rule())
            inner.addWidget(self._row(row))
        card.setVisible(bool(rows))
        column.addWidget(card)
        self._leaving(column)
        column.addStretch(1)
        body.setWidget(inside)
        self.desk_frame(desk, body, "worklist")

    def _leaving(self, column: QVBoxLayout) -> None:
        """Taking everything along, and erasing; whoever may not is told who may."""
        may, box = self.desk.access.may, []
        for action, words_, icon, signal in (
                (Action.EXPORT_PATIENT, tr("Save everything…"), "content-save", self.save_everything),
                (Action.ERASE_PATIENT, tr("Erase this patient…"), "close-circle-outline", self.erase)):
            if may(action):
                button = Button(words_, look="body", icon=icon, tall=32)
                button.clicked.connect(partial(signal.emit, self.patient_id))
                self.buttons.append(button)
                box.append(button)
        head = controls.label(tr("All data of this patient"), "subheading", wrap=True)
        head.setContentsMargins(0, 10, 0, 0)
        column.addWidget(head)
        column.addWidget(FlowBox(*box, gap=12) if box else controls.label(leaving.ONLY_CLINICIANS, "small", ink="text2",
                                                                          wrap=True))

    def _row(self, row: HistoryRow) -> QWidget:
        holder = QWidget()
        column = controls.column(holder, margins=(0, 10, 0, 10), spacing=4)
        title = controls.label(f"{row.date} · {row.title}", "strong")
        if row.crossed_out:
            font = title.font()
            font.setStrikeOut(True)
            title.setFont(font)
        verb = tr("Continue") if row.draft and self._consults else tr("Look")
        button = Button(
            verb,
            tall=32,
            name=tr("{verb}: {title} of {date}, {state}").format(
                verb=verb, title=row.title, date=row.date, state=row.state
            ),
            look="small-strong",
        )
        button.clicked.connect(partial((self.open_encounter if row.draft else self.look_at).emit, row.encounter_id))
        self.buttons.append(button)
        head = controls.row(spacing=12)
        head.addWidget(FlowBox(title, controls.Chip(row.state, row.kind), gap=12), 1)
        head.addWidget(button)
        column.addLayout(head)
        for line in row.lines:
            column.addWidget(controls.label(line, "small", ink="text2", wrap=True))
        return holder

    def focus_first(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus()
