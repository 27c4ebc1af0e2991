"""Medicines: what is taken, the kidney's clearance with its calculation, doses, equivalents, then options."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.presentation import kidneys
from desktop_app.presentation.kidneys import Band, Calculation, MedicinesModel
from desktop_app.presentation.words import Provenance
from desktop_app.widgets import controls
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.wizard_page import WizardPage


class MedicinesPage(WizardPage):
    def special(self) -> None:
        self._body = controls.column(spacing=12)
        self.below.insertLayout(0, self._body)
        self._shown: MedicinesModel | None = None

    def refresh_special(self) -> None:
        model = kidneys.build(self.wizard)
        if model == self._shown:
            return
        self._shown = model
        controls.clear(self._body)
        for found in (model.clearance, model.equivalents):
            if found is not None:
                self._body.addWidget(self._calculation(found))
        for band in model.bands:
            self._body.addWidget(self._band(band))
        for line in model.warnings:
            note = controls.Card(fill="sunken", edge="", radius=8)
            note.side = "control"
            controls.column(note, margins=(16, 8, 12, 10)).addWidget(controls.label(line, "small", wrap=True))
            self._body.addWidget(note)

    def _head(self, title: str, value: str, source: Provenance, *,
              known: bool) -> tuple[controls.Card, QWidget, QWidget]:
        card = controls.Card(dashed=not known, edge="line" if known else "control", width=1.0 if known else 1.5)
        head = QWidget()
        row = controls.row(head, spacing=12)
        row.addWidget(controls.label(title, "subheading", wrap=True), 1)
        if value:
            row.addWidget(controls.Chip(value, "neutral" if known else "unknown", "" if known else "help"))
        return card, head, FlowBox(*provenance_chips((source,)))

    def _calculation(self, found: Calculation) -> QWidget:
        card, head, source = self._head(found.title, found.value, found.source, known=found.known)
        column = controls.column(card, margins=(20, 12, 16, 14), spacing=4)
        column.addWidget(head)
        for line in found.lines:
            column.addWidget(controls.label(line, "small", ink="text2", wrap=True))
        column.addWidget(source)
        return card

    def _band(self, band: Band) -> QWidget:
        value = "" if band.known else f"{len(band.lines)} bands possible"
        card, head, source = self._head(f"{band.drug}, dose for this kidney", value, band.source, known=band.known)
        column = controls.column(card, margins=(20, 12, 16, 14), spacing=4)
        column.addWidget(head)
        for line in band.lines:
            column.addWidget(controls.label(line, "strong" if band.known else "body", wrap=True))
        for note in band.notes:
            column.addWidget(controls.label(note, "small", ink="text2", wrap=True))
        column.addWidget(source)
        return card
