"""The worklist: overdue and soonest first, one action a row; finding a patient or beginning with a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.presentation import words, worklist
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.worklist import WorkGroup, WorkRow
from desktop_app.use_cases.domain import Patient
from desktop_app.widgets import controls, shortcuts, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.fields import field
from desktop_app.widgets.tokens import TIER_LOOK

CHIP_OF = {"red": "red", "amber": "amber", "green": "green", "text2": "neutral"}


class WorklistPage(DeskShell):
    help_topic = "worklist"
    open_encounter = Signal(str)
    open_patient = Signal(str)
    new_patient = Signal()

    def __init__(self, desk: ClinicDesk) -> None:
        super().__init__()
        self.desk = desk
        body = QScrollArea()
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        column = controls.column(inside, margins=(24, 20, 24, 24), spacing=12)
        head = controls.row(margins=(0, 4, 0, 0), spacing=12)
        head.addWidget(controls.label("Worklist", "title"))
        head.addWidget(controls.label(words.weekday(desk.today), "body", ink="text2"))
        head.addStretch(1)
        self.search = field("Find a patient by name or number", placeholder="Name or number   Ctrl F", width=260)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._open_found)
        self.new = Button("New patient", "primary", icon="plus", key="Ctrl N")
        self.new.clicked.connect(self.new_patient)
        head.addWidget(self.search)
        head.addWidget(self.new)
        column.addLayout(head)
        self.found = controls.column(spacing=8)
        column.addLayout(self.found)
        self.list = controls.column(spacing=8)
        column.addLayout(self.list)
        column.addStretch(1)
        body.setWidget(inside)
        self.desk_frame(desk, body, "worklist")
        shortcuts.install(self, "find", self.search.setFocus)
        shortcuts.install(self, "new_patient", self.new_patient.emit)
        self.row_buttons: list[Button] = []
        self.refresh()

    def refresh(self) -> None:
        controls.clear(self.list)
        self.row_buttons = []
        groups = worklist.groups(list(self.desk.worklist()), self.desk.today)
        for group in groups:
            self._group(group)
        if not groups:
            card = controls.Card()
            inner = controls.column(card, margins=(32, 36, 32, 36), spacing=10)
            inner.addWidget(controls.IconLabel("clipboard-text-outline", 40, "text3"), 0, Qt.AlignmentFlag.AlignHCenter)
            for text, look, ink in (("No consultation yet", "heading", ""),
                                    (("Begin with a new patient. Whoever has a time limit then stands here, "
                                     "soonest first."), "body", "text2")):
                line = controls.label(text, look, ink=ink, wrap=True)
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                inner.addWidget(line)
            self.list.addWidget(card)

    def _group(self, group: WorkGroup) -> None:
        head = controls.row()
        head.addWidget(controls.label(group.title, "subheading"))
        head.addWidget(controls.label(str(len(group.rows)), "caption-strong", ink="text2"))
        head.addStretch(1)
        self.list.addLayout(head)
        card = controls.Card()
        column = controls.column(card, margins=(20, 4, 20, 4), spacing=0)
        for index, row in enumerate(group.rows):
            if index:
                column.addWidget(controls.Rule())
            column.addWidget(self._row(row))
        self.list.addWidget(card)
        self.list.addSpacing(6)

    def _row(self, row: WorkRow) -> QWidget:
        holder = QWidget()
        line = controls.row(holder, margins=(0, 8, 4, 8), spacing=16)
        icon, strong = TIER_LOOK[row.tier][:2] if row.tier else ("help", "text2")
        chip = controls.Chip(row.tier_word, CHIP_OF[strong] if row.tier else "unknown", icon)
        left = QWidget()
        left.setFixedWidth(theme.px(116))
        controls.row(left).addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(left)
        who = controls.column(spacing=0)
        who.addWidget(controls.label(row.name, "strong", wrap=True))
        who.addWidget(controls.label(row.line, "caption", ink="text2"))
        line.addLayout(who, 3)
        line.addWidget(controls.label(row.next_step, "small", wrap=True), 5)
        when = controls.column(spacing=0)
        when.addWidget(controls.label(row.date, "small-strong"))
        distance = controls.row(spacing=4)
        if row.overdue:
            distance.addWidget(controls.IconLabel("alert-circle", 16, "red"))
        if row.distance:
            distance.addWidget(controls.label(row.distance, "small-strong" if row.overdue else "small",
                                              ink="red" if row.overdue else "text2"))
        distance.addStretch(1)
        when.addLayout(distance)
        side = QWidget()
        side.setFixedWidth(theme.px(124))
        side.setLayout(when)
        line.addWidget(side)
        action = Button(row.action, tall=36, name=f"{row.action}: {row.name}")
        action.setMinimumWidth(theme.px(112))
        action.clicked.connect(lambda: self.open_encounter.emit(row.encounter_id))
        self.row_buttons.append(action)
        line.addWidget(action)
        return holder

    def _find(self, text: str) -> None:
        controls.clear(self.found)
        if not text.strip():
            return
        patients = list(self.desk.find(text.strip()))[:8]
        card = controls.Card(edge="accent")
        column = controls.column(card, margins=(20, 8, 20, 8), spacing=2)
        if not patients:
            column.addWidget(controls.label(f"No patient found for “{text.strip()}”.", "body", ink="text2", wrap=True))
        for patient in patients:
            column.addWidget(self._patient(patient))
        self.found.addWidget(card)

    def _open_found(self) -> None:
        """Enter in the search opens the patient when only one was found."""
        text = self.search.text().strip()
        patients = list(self.desk.find(text)) if text else []
        if len(patients) == 1:
            self.open_patient.emit(patients[0].id)

    def _patient(self, patient: Patient) -> QWidget:
        holder = QWidget()
        row = controls.row(holder, margins=(0, 4, 4, 4), spacing=16)
        row.addWidget(controls.label(patient.name, "strong"))
        row.addWidget(controls.label(worklist.identity(patient, self.desk.today), "small", ink="text2"), 1)
        button = Button("Open consultation", tall=36, name=f"Open consultation: {patient.name}")
        button.clicked.connect(lambda: self.open_patient.emit(patient.id))
        row.addWidget(button)
        return holder

    def focus_first(self) -> None:
        (self.row_buttons[0] if self.row_buttons else self.new).setFocus()
