"""The imaging verdict in words, with what it rests on, why, what would change it and what follows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation.imaging import Correlation
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.pair_note import PairNote
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.trace_panel import panel

Align = Qt.AlignmentFlag


def _head(model: Correlation) -> tuple[object, ...]:
    """What stands on the card while its notes are shut."""
    return (model.verdict, model.title, model.icon, model.solid, model.sentence, model.output, model.adequacy,
            model.basis, model.contradictions)


class VerdictCard(controls.Card):
    """The one loud thing of the page. Its edge is dashed while the verdict settles nothing."""

    question = Signal(str)

    def __init__(self) -> None:
        super().__init__(width=2)
        self._column = controls.column(self, margins=(20, 14, 20, 14), spacing=6)
        self._shown: Correlation | None = None
        self._open = ""
        self.panels: dict[str, tuple[Button, QWidget]] = {}
        self._insides: dict[str, QVBoxLayout] = {}
        self._filled: dict[str, object] = {}
        self._makers: dict[str, Callable[[Correlation, QVBoxLayout], None]] = {
            tr("Why"): self._why, tr("What would change this"): self._ways, tr("What follows"): self._follows}

    def show_verdict(self, model: Correlation) -> None:
        """Only what differs is made anew: the page must not be laid out for an answer that leaves the verdict."""
        before, self._shown = self._shown, model
        if before is None or _head(before) != _head(model):
            if before is None or before.verdict != model.verdict:
                self._open = ""
            self._build(model)
        if self._open:
            self._fill(self._open)

    def _build(self, model: Correlation) -> None:
        kept = next((name for name, (button, _) in self.panels.items() if button.hasFocus()), "")
        self.restyle(edge="accent" if model.solid else "control", width=2 if model.solid else 1.5,
                     dashed=not model.solid)
        controls.clear(self._column)
        top = controls.row(spacing=10)
        top.addWidget(controls.IconLabel(model.icon, 28, "accent" if model.solid else "text2"), 0, Align.AlignTop)
        top.addWidget(controls.label(model.title, "verdict", ink="accent" if model.solid else "", wrap=True), 1)
        self._column.addLayout(top)
        for head, pair in model.contradictions:
            note = PairNote(head, pair)
            note.question.connect(self.question)
            self._column.addWidget(note)
        sentence = " ".join(part for part in (model.sentence, model.output) if part)
        self._column.addWidget(controls.label(sentence, "body", wrap=True))
        if model.adequacy:
            self._column.addWidget(controls.label(model.adequacy, "small", ink="text2", wrap=True))
        self._links(model)
        if kept in self.panels:
            self.panels[kept][0].setFocus()

    def _links(self, model: Correlation) -> None:
        self.panels = {}
        self._filled = {}
        links: list[QWidget] = [*provenance_chips(model.basis)]
        for name in self._makers:
            button = Button(name, "link", tall=24)
            button.setCheckable(True)
            button.setChecked(name == self._open)
            button.clicked.connect(lambda _=False, n=name: self.toggle(n))
            links.append(button)
            note, inside = panel()
            note.setVisible(name == self._open)
            self.panels[name] = (button, note)
            self._insides[name] = inside
        self._column.addWidget(FlowBox(*links[:-len(self.panels)], gap=8))
        self._column.addWidget(FlowBox(*links[-len(self.panels):]))
        for _, made in self.panels.values():
            self._column.addWidget(made)

    def toggle(self, name: str) -> None:
        """Open one of the notes and shut the others; shut it when it is open."""
        self._open = "" if self._open == name else name
        if self._open:
            self._fill(name)
        for one, (button, note) in self.panels.items():
            button.setChecked(one == self._open)
            note.setVisible(one == self._open)

    def _fill(self, name: str) -> None:
        """Write a note as it now reads; one that is shut waits until it is opened."""
        model = self._shown
        if model is None:
            return
        told = (model.why, model.ways, model.next_steps, model.action, model.waits)
        if self._filled.get(name) != told:
            self._filled[name] = told
            controls.clear(self._insides[name])
            self._makers[name](model, self._insides[name])

    @staticmethod
    def _why(model: Correlation, column: QVBoxLayout) -> None:
        for step in model.why:
            column.addWidget(controls.label(step, "small", wrap=True))

    def _ways(self, model: Correlation, column: QVBoxLayout) -> None:
        for way in model.ways:
            column.addWidget(controls.label(way.verdict, "small-strong", wrap=True))
            for told in way.answers:
                column.addWidget(controls.label(told, "small", ink="text2", wrap=True))
            if way.question:
                link = Button(tr("Go to the question"), "link", tall=24,
                              name=tr("{verdict}: go to the question that would change it").format(verdict=way.verdict))
                link.clicked.connect(lambda _=False, q=way.question: self.question.emit(q))
                column.addWidget(link)
        if not model.ways:
            column.addWidget(controls.label(tr("No single answer about the imaging changes the verdict."), "small",
                                            wrap=True))

    @staticmethod
    def _follows(model: Correlation, column: QVBoxLayout) -> None:
        if model.waits:
            column.addWidget(controls.label(model.waits, "small", wrap=True))
        for step in (*model.next_steps, *((model.action,) if model.action else ())):
            row = controls.row(spacing=6)
            row.addWidget(controls.IconLabel("circle-medium", 16, line="small"), 0, Align.AlignTop)
            row.addWidget(controls.label(step, "small", wrap=True), 1)
            column.addLayout(row)
