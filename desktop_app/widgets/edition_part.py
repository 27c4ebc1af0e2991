"""What an edition would change: for which open patients, and in the guideline itself, part by part with a search."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.engine.difference import Change
from desktop_app.language import tr, trn
from desktop_app.presentation import editions as words
from desktop_app.use_cases.affected import Affected
from desktop_app.use_cases.guideline_editions import Prepared
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field
from desktop_app.widgets.flow_box import FlowBox

MOST_SHOWN = 100  # of one part; the search finds the others


class EditionPart(QWidget):
    """``names``: whether the person who looks may see patients."""

    switch = Signal()

    def __init__(self, prepared: Prepared, *, names: bool) -> None:
        super().__init__()
        self._prepared = prepared
        column = controls.column(self, margins=(0, 8, 0, 0), spacing=12)
        column.addWidget(controls.label(
            tr("What would change: {title}").format(title=words.title(prepared.choice)), "heading", wrap=True))
        passed = trn("It passes {count} worked case of its own.", "It passes {count} worked cases of its own.",
                     prepared.cases)
        column.addWidget(controls.label(passed.format(count=prepared.cases), "small", ink="text2", wrap=True))
        column.addWidget(controls.label(tr("For open patients"), "subheading"))
        self.told = controls.label(words.compared(prepared.comparison), "strong", wrap=True)
        column.addWidget(self.told)
        self.patients = [self._patient(one) for one in prepared.comparison.affected] if names else []
        for card in self.patients:
            column.addWidget(card)
        if prepared.comparison.affected and not names:
            column.addWidget(controls.label(tr("Their names are shown to whoever may look at patients."), "small",
                                            ink="text2", wrap=True))
        column.addWidget(controls.label(tr("In the guideline"), "subheading"))
        count = len(prepared.changes)
        column.addWidget(controls.label(trn("{count} entry differs.", "{count} entries differ.", count).format(
            count=count), "body", wrap=True))
        self.search = field(tr("Find in the changes"), placeholder=tr("Find in the changes"))
        self.search.textChanged.connect(self._show)
        column.addWidget(self.search)
        self._parts = controls.column(spacing=4)
        column.addLayout(self._parts)
        self.folds: dict[str, Button] = {}
        self._show("")
        self.switch_on = Button(tr("Switch on…"), "primary", icon="check-decagram",
                                name=tr("Switch on {title}").format(title=words.title(prepared.choice)))
        self.switch_on.clicked.connect(self.switch)
        column.addWidget(FlowBox(self.switch_on))

    def _patient(self, one: Affected) -> QWidget:
        card = controls.Card()
        inside = controls.column(card, margins=(16, 10, 16, 12), spacing=4)
        inside.addWidget(controls.label(words.whose(one), "strong", wrap=True))
        for line in words.affected_lines(one):
            inside.addWidget(controls.label(f"{line.what}: {line.before} → {line.after}", "body", wrap=True))
        return card

    def _show(self, wanted: str) -> None:
        """One line for each part; a search opens what it finds."""
        controls.clear(self._parts)
        self.folds = {}
        found = words.by_part(self._prepared.changes, wanted)
        for part, changes in found.items():
            fold = Button(tr("{part} ({count})").format(part=part.capitalize(), count=len(changes)), "link",
                          icon="chevron-right", tall=32)
            holder = QWidget()
            inside = controls.column(holder, margins=(24, 0, 0, 8), spacing=6)
            holder.hide()
            fold.clicked.connect(partial(self._toggle, fold, holder, inside, changes))
            self.folds[part] = fold
            self._parts.addWidget(FlowBox(fold))
            self._parts.addWidget(holder)
            if wanted.strip():
                self._toggle(fold, holder, inside, changes)
        if not found:
            self._parts.addWidget(controls.label(tr("Nothing differs.") if not wanted.strip() else
                                                 tr("Nothing found in the changes."), "body", ink="text2"))

    @staticmethod
    def _toggle(fold: Button, holder: QWidget, inside: QVBoxLayout, changes: list[Change]) -> None:
        if not inside.count():
            for change in changes[:MOST_SHOWN]:
                inside.addWidget(controls.label(words.change_title(change), "small-strong", wrap=True))
                for line in words.change_lines(change):
                    inside.addWidget(controls.label(line, "small", ink="text2", wrap=True))
            if len(changes) > MOST_SHOWN:
                inside.addWidget(controls.label(tr("{count} more: use the search.").format(
                    count=len(changes) - MOST_SHOWN), "small", wrap=True))
        opened = holder.isHidden()
        holder.setVisible(opened)
        fold.icon_name = "chevron-down" if opened else "chevron-right"
        fold.setAccessibleDescription(tr("Open") if opened else tr("Closed"))
        fold.update()
