"""The medicines a patient takes, line by line, with dose, unit and route."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.engine.answers import Answer, Medicine
from desktop_app.language import tr
from desktop_app.presentation import medicine_rows
from desktop_app.presentation.cards import Card
from desktop_app.presentation.medicine_rows import Drug
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick, Tick
from desktop_app.widgets.editors import Editor, UnknownBar
from desktop_app.widgets.fields import field, set_wrong
from desktop_app.widgets.flow_box import FlowBox


class MedicinesEditor(Editor):
    """Lines of medicines and a form for the next one. "None taken" is an answer, an empty list is not."""

    def __init__(self, card: Card, today: date, drugs: tuple[Drug, ...]) -> None:
        super().__init__(card, today)
        self._drugs = drugs
        column = controls.column(self, spacing=12)
        self._lines = controls.column(spacing=4)
        column.addLayout(self._lines)
        self.drug = Pick(tr("Medicine"))
        self.drug.addItem(tr("Choose a medicine"), "")
        for drug in drugs:
            self.drug.addItem(drug.label, drug.id)
        self.drug.currentIndexChanged.connect(self._picked)
        self.dose = field(tr("Amount a day"), placeholder=tr("amount"), width=90)
        self.unit = Pick(tr("Unit"))
        self.route = Pick(tr("Route"))
        for pick, words_ in ((self.unit, medicine_rows.UNITS), (self.route, medicine_rows.ROUTES)):
            for name, label in words_:
                pick.addItem(label, name)
        column.addWidget(FlowBox(self.drug, self.dose, self.unit, self.route))
        self.as_needed = Tick(tr("As needed"))
        self.maximum = Tick(tr("The amount is the most in a day"))
        self.add = Button(tr("Add medicine"), icon="plus", tall=40)
        self.add.clicked.connect(self._add)
        column.addWidget(FlowBox(self.as_needed, self.maximum, self.add, gap=16))
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.none = Button(tr("None taken"), key="N", tall=44)
        self.none.clicked.connect(lambda: self._give(()))
        self.bar = UnknownBar()
        controls.keep_hidden(self.bar, self)
        self.bar.chosen.connect(self.say_unknown)
        column.addWidget(FlowBox(self.none, *self.bar.buttons.values()))
        self.refresh()

    def _given(self) -> tuple[Medicine, ...] | None:
        answer = self.card.cells[0].answer
        return answer.value if answer is not None and isinstance(answer.value, tuple) else None

    def refresh(self) -> None:
        controls.clear(self._lines)
        given = self._given()
        for index, medicine in enumerate(given or ()):
            holder = QWidget()
            row = controls.row(holder, spacing=12)
            text = medicine_rows.line(medicine, self._drugs)
            row.addWidget(controls.label(text, "strong", wrap=True), 1)
            remove = Button(
                tr("Remove"), "link", icon="delete-outline", tall=32, name=tr("Remove {text}").format(text=text)
            )
            remove.clicked.connect(lambda _=False, i=index: self._remove(i))
            row.addWidget(remove)
            self._lines.addWidget(holder)
        self.none.setVisible(not given)
        self.none.setCheckable(True)
        self.none.setChecked(given == ())
        self.bar.mark(self.card.cells[0].unknown)

    def _picked(self) -> None:
        chosen = next((d for d in self._drugs if d.id == self.drug.currentData()), None)
        if chosen is not None:
            self.unit.setCurrentIndex(max(self.unit.findData(chosen.unit), 0))
            self.route.setCurrentIndex(max(self.route.findData(chosen.route), 0))

    def _add(self) -> None:
        found, wrong = medicine_rows.read(
            str(self.drug.currentData() or ""), self.dose.text(), str(self.unit.currentData()),
            str(self.route.currentData()), as_needed=self.as_needed.isChecked(),
            maximum_known=self.maximum.isChecked())
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        set_wrong(self.dose, wrong=bool(wrong) and bool(self.drug.currentData()))
        if found is None:
            return
        self.drug.setCurrentIndex(0)
        self.dose.clear()
        self.as_needed.setChecked(False)
        self.maximum.setChecked(False)
        self._give((*(self._given() or ()), found), on=False)

    def _remove(self, index: int) -> None:
        left = tuple(m for i, m in enumerate(self._given() or ()) if i != index)
        self.give({self.card.cells[0].atom: Answer(left) if left else None}, on=False)

    def _give(self, listed: tuple[Medicine, ...], *, on: bool = True) -> None:
        self.give({self.card.cells[0].atom: Answer(listed)}, on=on)

    def key(self, event: QKeyEvent) -> bool:
        if self.dose.hasFocus():
            return False
        if event.text().lower() == "n" and not self._given():
            self._give(())
            return True
        return super().key(event)
