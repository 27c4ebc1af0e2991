"""The imaging verdict in words, with what it rests on, why, what would change it and what follows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.presentation.imaging import Correlation
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.trace_panel import panel

Align = Qt.AlignmentFlag


class VerdictCard(controls.Card):
    """The one loud thing of the page. Its edge is dashed while the verdict settles nothing."""

    question = Signal(str)

    def __init__(self) -> None:
        super().__init__(width=2)
        self._column = controls.column(self, margins=(20, 14, 20, 14), spacing=6)
        self._shown: Correlation | None = None
        self._open = ""
        self.panels: dict[str, tuple[Button, QWidget]] = {}

    def show_verdict(self, model: Correlation) -> None:
        if model == self._shown:
            return
        fresh = self._shown is None or self._shown.verdict != model.verdict
        kept = next((name for name, (button, _) in self.panels.items() if button.hasFocus()), "")
        self._shown = model
        if fresh:
            self._open = ""
        self.restyle(edge="accent" if model.solid else "control", width=2 if model.solid else 1.5,
                     dashed=not model.solid)
        controls.clear(self._column)
        top = controls.row(spacing=10)
        top.addWidget(controls.IconLabel(model.icon, 28, "accent" if model.solid else "text2"), 0, Align.AlignTop)
        top.addWidget(controls.label(model.title, "verdict", ink="accent" if model.solid else "", wrap=True), 1)
        self._column.addLayout(top)
        sentence = " ".join(part for part in (model.sentence, model.output) if part)
        self._column.addWidget(controls.label(sentence, "body", wrap=True))
        if model.adequacy:
            self._column.addWidget(controls.label(model.adequacy, "small", ink="text2", wrap=True))
        self._links(model)
        if kept in self.panels:
            self.panels[kept][0].setFocus()

    def _links(self, model: Correlation) -> None:
        self.panels = {}
        links: list[QWidget] = [*provenance_chips(model.basis)]
        makers: dict[str, Callable[[Correlation], QWidget]] = {"Why": self._why, "What would change this": self._ways,
                                                               "What follows": self._follows}
        for name, make in makers.items():
            button = Button(name, "link", tall=24)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, n=name: self.toggle(n))
            links.append(button)
            inside = make(model)
            inside.setVisible(name == self._open)
            self.panels[name] = (button, inside)
        self._column.addWidget(FlowBox(*links, gap=8))
        for _, inside in self.panels.values():
            self._column.addWidget(inside)

    def toggle(self, name: str) -> None:
        """Open one of the notes and shut the others; shut it when it is open."""
        self._open = "" if self._open == name else name
        for one, (button, inside) in self.panels.items():
            button.setChecked(one == self._open)
            inside.setVisible(one == self._open)

    @staticmethod
    def _why(model: Correlation) -> QWidget:
        card, column = panel()
        for step in model.why:
            column.addWidget(controls.label(step, "small", wrap=True))
        return card

    def _ways(self, model: Correlation) -> QWidget:
        card, column = panel()
        for way in model.ways:
            column.addWidget(controls.label(way.verdict, "small-strong", wrap=True))
            for told in way.answers:
                column.addWidget(controls.label(told, "small", ink="text2", wrap=True))
            if way.question:
                link = Button("Go to the question", "link", tall=24,
                              name=f"{way.verdict}: go to the question that would change it")
                link.clicked.connect(lambda _=False, q=way.question: self.question.emit(q))
                column.addWidget(link)
        if not model.ways:
            column.addWidget(controls.label("No single answer about the imaging changes the verdict.", "small",
                                            wrap=True))
        return card

    @staticmethod
    def _follows(model: Correlation) -> QWidget:
        card, column = panel()
        for step in (*model.next_steps, *((model.action,) if model.action else ())):
            row = controls.row(spacing=6)
            row.addWidget(controls.IconLabel("chevron-right", 16), 0, Align.AlignTop)
            row.addWidget(controls.label(step, "small", wrap=True), 1)
            column.addLayout(row)
        return card
