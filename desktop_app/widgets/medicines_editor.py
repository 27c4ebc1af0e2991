"""The medicines a patient takes, line by line, with dose, unit and route."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.engine.answers import Answer, Medicine, Unknown
from desktop_app.language import tr
from desktop_app.presentation import medicine_rows, words
from desktop_app.presentation.cards import Card
from desktop_app.presentation.medicine_rows import Drug, Line
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick, Tick
from desktop_app.widgets.editors import Editor, UnknownBar
from desktop_app.widgets.fields import field, set_wrong
from desktop_app.widgets.flow_box import FlowBox


class MedicinesEditor(Editor):
    """Lines of medicines and a form for the next one. "None taken" is an answer, an empty list is not.

    A line that was begun is added by whatever leaves the question, or holds it open with what is wrong with it.
    """

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
        self.clear = Button(tr("Clear the line"), "link", icon="close", tall=40)
        self.clear.clicked.connect(self._cleared)
        column.addWidget(FlowBox(self.as_needed, self.maximum, self.add, self.clear, gap=16))
        for changed in (self.drug.currentIndexChanged, self.dose.textChanged, self.as_needed.toggled,
                        self.maximum.toggled):
            changed.connect(self._line_changed)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self._line_changed()
        self.none = Button(tr("None taken"), key="N", tall=44)
        self.none.clicked.connect(self._none_taken)
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

    def line(self) -> Line:
        return Line(str(self.drug.currentData() or ""), self.dose.text(), str(self.unit.currentData()),
                    str(self.route.currentData()), self.as_needed.isChecked(), self.maximum.isChecked())

    def _show_line(self, line: Line) -> None:
        self.drug.setCurrentIndex(max(self.drug.findData(line.drug), 0))
        for pick, name in ((self.unit, line.unit), (self.route, line.route)):
            pick.setCurrentIndex(max(pick.findData(name), 0))
        self.dose.setText(line.dose)
        self.as_needed.setChecked(line.as_needed)
        self.maximum.setChecked(line.maximum_known)

    def _empty_line(self) -> None:
        self._show_line(Line("", "", str(self.unit.itemData(0)), str(self.route.itemData(0))))

    def _line_changed(self) -> None:
        self.clear.setVisible(self.line().begun)
        self._say("")

    def _cleared(self) -> None:
        self._empty_line()
        self.drug.setFocus()

    def _say(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        set_wrong(self.dose, wrong=bool(wrong) and bool(self.drug.currentData()))

    def _add(self) -> bool:
        """The line becomes a medicine; False when something is wrong with it, which is said."""
        found, wrong = medicine_rows.read(self.line())
        self._say(wrong)
        if found is None:
            return False
        self._empty_line()
        self.give({self.card.cells[0].atom: Answer((*(self._given() or ()), found))}, on=False)
        return True

    def commit(self) -> bool:
        return not self.line().begun or self._add()

    def half_typed(self) -> str:
        return self.line().kept() if self.line().begun else ""

    def put_back(self, text: str) -> None:
        self._show_line(medicine_rows.kept_line(text))

    def put_aside(self) -> None:
        self._empty_line()

    def say_unknown(self, unknown: Unknown) -> None:
        if not self._speaks_against(words.UNKNOWN[unknown]):
            super().say_unknown(unknown)

    def _none_taken(self) -> None:
        if not self._speaks_against(tr("None taken")):
            self.give({self.card.cells[0].atom: Answer(())})

    def _speaks_against(self, answer: str) -> bool:
        """Whether a medicine that was begun stands beside the answer that tells of none; then it says so."""
        if not self.line().begun:
            return False
        self._say(tr("A medicine was begun here. Add it, or clear the line, before you answer “{answer}”.")
                  .format(answer=answer))
        return True

    def _remove(self, index: int) -> None:
        left = tuple(m for i, m in enumerate(self._given() or ()) if i != index)
        self.give({self.card.cells[0].atom: Answer(left) if left else None}, on=False)

    def key(self, event: QKeyEvent) -> bool:
        if self.dose.hasFocus():
            return False
        if event.text().lower() == "n" and not self._given():
            self._none_taken()
            return True
        return super().key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the line that was begun, and the next one begins; without one it moves on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.line().begun:
            if self._add():
                self.drug.setFocus()
            return
        super().keyPressEvent(event)
