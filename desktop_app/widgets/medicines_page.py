"""Medicines: time line, kidneys with their calculation, opioid sum and interactions above the options."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation import kidneys, words
from desktop_app.presentation.kidneys import Calculation, Interaction, MedicinesModel
from desktop_app.presentation.wizard import OPTIONS
from desktop_app.presentation.words import Provenance
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.time_line import TimeLine
from desktop_app.widgets.wizard_page import WizardPage

LARGE = 1.5  # from this text size on, cards stand below one another


class MedicinesPage(WizardPage):
    def special(self) -> None:
        self._holder, self._numbers = QWidget(), QWidget()
        outer = controls.column(self._holder, margins=(4, 0, 4, 0), spacing=12)
        strip = controls.Card(fill="sunken", edge="", radius=8)
        line = controls.row(strip, margins=(16, 6, 8, 6), spacing=12)
        self._brief = controls.label("", "small", wrap=True)
        self.show_numbers = Button(tr("Doses and dates"), "link", tall=28, trailing="chevron-down")
        self.show_numbers.clicked.connect(lambda: self.unfold(shown=self._numbers.isHidden()))
        line.addWidget(self._brief, 1)
        line.addWidget(self.show_numbers)
        outer.addWidget(strip)
        self._body = controls.column(self._numbers, spacing=12)
        self._numbers.hide()
        outer.addWidget(self._numbers)
        self.column.insertWidget(self.column.indexOf(self.options), self._holder)
        self._holder.hide()
        self._shown: MedicinesModel | None = None

    def unfold(self, *, shown: bool) -> None:
        """Time line, calculations and interactions above the options, or only their line."""
        self._numbers.setVisible(shown)
        self.show_numbers.trailing = "chevron-up" if shown else "chevron-down"
        self.show_numbers.set_words(tr("Hide doses and dates") if shown else tr("Doses and dates"))

    def show_part(self, part: str, *, focus: bool = True) -> None:
        super().show_part(part, focus=focus)
        self._holder.setVisible(self.part == OPTIONS)

    def refresh_special(self) -> None:
        model = kidneys.build(self.wizard.consultation, self.wizard.decision)
        if model == self._shown:
            return
        self._shown = model
        self._brief.setText(model.brief)
        controls.clear(self._body)
        if model.courses:
            self._body.addWidget(self._time_line(model))
        pair = QBoxLayout(QBoxLayout.Direction.TopToBottom if theme.scale() >= LARGE else
                          QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(12)
        if model.clearance is not None:
            pair.addWidget(self._calculation(model.clearance, model), 1)
        if model.equivalents is not None:
            pair.addWidget(self._calculation(model.equivalents, None), 1)
        self._body.addLayout(pair)
        self._body.addWidget(self._with_what_is_taken(model))
        for line in model.warnings:
            note = controls.Card(fill="sunken", edge="", radius=8)
            note.side = "control"
            controls.column(note, margins=(16, 8, 12, 10)).addWidget(controls.label(line, "small", wrap=True))
            self._body.addWidget(note)

    # -- the parts ---------------------------------------------------------------------------------------

    def _time_line(self, model: MedicinesModel) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(20, 12, 20, 12), spacing=8)
        column.addWidget(controls.label(tr("Start, review and stop on one time line"), "subheading", wrap=True))
        column.addWidget(TimeLine(model.courses, model.today))
        for label, question in model.to_settle:
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("help-circle-outline", 18))
            row.addWidget(controls.label(tr("Not settled: {label}").format(label=label), "small", wrap=True), 1)
            link = Button(tr("Answer"), "link", tall=24, name=tr("Answer: {label}").format(label=label))
            link.clicked.connect(lambda _=False, q=question: self.jump.emit(q))
            row.addWidget(link)
            column.addLayout(row)
        listed = QWidget()
        lines = controls.column(listed, spacing=2)
        for course in model.courses:
            told = f"{course.title}, {course.note}: {'; '.join(course.told)}."
            lines.addWidget(controls.label(told, "caption", ink="text2", wrap=True))
        listed.hide()
        show = Button(tr("As a list"), "link", tall=24, name=tr("The time line as a list"))
        show.clicked.connect(lambda: listed.setVisible(listed.isHidden()))
        column.addWidget(show)
        column.addWidget(listed)
        return card

    def _calculation(self, found: Calculation, doses: MedicinesModel | None) -> QWidget:
        card = controls.Card(dashed=not found.known, edge="line" if found.known else "control",
                             width=1.0 if found.known else 1.5)
        column = controls.column(card, margins=(20, 12, 20, 14), spacing=6)
        column.addWidget(controls.label(found.title, "subheading", wrap=True))
        column.addWidget(self._value(found), 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for row, (label, value) in enumerate(found.inputs):
            look = "small-strong" if label.startswith(tr("Sum")) else "small"
            grid.addWidget(controls.label(label, look, ink="text2", wrap=True), row, 0)
            told = controls.label(value, look, wrap=len(value) > VALUE)
            told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, row, 1)
        column.addLayout(grid)
        for line in found.lines:
            column.addWidget(controls.label(line, "caption", ink="text2", wrap=True))
        if doses is not None:
            for band in doses.bands:
                column.addWidget(controls.Rule())
                column.addWidget(controls.label(band.drug, "small-strong", wrap=True))
                if not band.known:
                    column.addWidget(
                        controls.label(
                            tr("{lines} dose bands possible, see the option").format(lines=len(band.lines)),
                            "small",
                            ink="text2",
                            wrap=True,
                        )
                    )
                for line in band.lines if band.known else ():
                    column.addWidget(controls.label(line, "small", wrap=True))
                for line in band.lower:
                    column.addWidget(controls.label(line, "small-strong", wrap=True))
        column.addStretch(1)
        column.addWidget(self._source(found.source))
        return card

    @staticmethod
    def _value(found: Calculation) -> QWidget:
        return controls.Chip(found.value, "neutral" if found.known else "unknown", "" if found.known else "help")

    @staticmethod
    def _source(source: Provenance) -> QWidget:
        label = controls.label(source.text, "caption", ink="text3", wrap=True)
        label.setToolTip(source.tip)
        return label

    def _with_what_is_taken(self, model: MedicinesModel) -> QWidget:
        unknown = model.not_asked > 0
        card = controls.Card(dashed=unknown, edge="control" if unknown else "line", width=1.5 if unknown else 1.0)
        column = controls.column(card, margins=(20, 12, 20, 14), spacing=6)
        column.addWidget(controls.label(tr("With what the patient takes"), "subheading", wrap=True))
        for one in model.interactions:
            column.addWidget(_interaction(one))
        if not model.interactions:
            told = tr("Nothing that is known to be taken speaks against a medicine on offer.")
            column.addWidget(controls.label(told, "small", ink="text2", wrap=True))
        if unknown:
            told = tr("{not_asked} of medicine not asked about or not known").format(
                not_asked=words.count(model.not_asked, "kind")
            )
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("help-circle-outline", 18))
            row.addWidget(controls.label(told, "small", wrap=True), 1)
            link = Button(tr("Answer"), "link", tall=24, name=tr("Answer: medicines taken"))
            link.clicked.connect(lambda: self.jump.emit("takes"))
            row.addWidget(link)
            column.addLayout(row)
        return card


VALUE = 24  # letters of a value that stay in one line


def _interaction(one: Interaction) -> QWidget:
    holder = QWidget()
    row = controls.row(holder, spacing=8)
    row.addWidget(controls.IconLabel("cancel" if one.barred else "minus-circle-outline", 16), 0,
                  Qt.AlignmentFlag.AlignTop)
    text = controls.column(spacing=0)
    text.addWidget(controls.label(f"{one.option} · {words.inside(one.taken)}", "small-strong", wrap=True))
    text.addWidget(controls.label(words.capital(one.matters), "small", ink="text2", wrap=True))
    row.addLayout(text, 1)
    return holder
