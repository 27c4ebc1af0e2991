"""Why an option stands as it does: the engine's own steps with the patient's facts; and its contraindications."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.engine.decision import Truth
from desktop_app.language import tr
from desktop_app.presentation.reasons import Check, TraceStep
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.help_link import HOW_IT_DECIDES, ask_for_help
from desktop_app.widgets.question_card import provenance_chips

Go = Callable[[str], None]

_TRUTH = {Truth.YES: ("check", "accent", tr("Speaks for it")), Truth.NO: ("close", "text2", tr("Speaks against it")),
          Truth.UNKNOWN: ("help", "text2", tr("Not known"))}
_STATE = {"bars": ("cancel", tr("Rules it out")), "open": ("help", tr("Not known")),
          "plan": ("minus-circle-outline", tr("Needs a plan")), "clear": ("check", tr("Clear"))}
_COUNTED = (("bars", tr("rules it out"), tr("rule it out")), ("plan", tr("needs a plan"), tr("need a plan")),
            ("open", tr("not known"), tr("not known")), ("clear", tr("clear"), tr("clear")))
_CHIPS = 5
_BESIDE, _BELOW = 34, 64  # letters of an answer that stands beside its fact, and of one that stands below it


def panel() -> tuple[controls.Card, QVBoxLayout]:
    """The sunken note that opens one click deeper."""
    card = controls.Card(fill="sunken", edge="", radius=8)
    return card, controls.column(card, margins=(16, 12, 16, 14), spacing=10)


def trace_panel(steps: tuple[TraceStep, ...], go: Go) -> QWidget:
    """Every step: how it came out, the patient's facts behind it, what it rests on."""
    card, column = panel()
    for step in steps:
        column.addWidget(_step(step, go))
    if not steps:
        column.addWidget(controls.label(tr("It holds for every patient of this guideline."), "small", wrap=True))
    link = Button(tr("How this program decides"), "link", tall=24)
    link.clicked.connect(lambda: ask_for_help(link, HOW_IT_DECIDES))
    column.addWidget(link)
    return card


def _step(step: TraceStep, go: Go) -> QWidget:
    icon, ink, word = _TRUTH[step.truth]
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 2)
    single = len(step.facts) == 1 and step.facts[0].label == step.text
    mark = controls.IconLabel(icon, 16, ink, line=24 if single else "small-strong")  # 24: the answer beside it
    mark.setAccessibleName(word)
    mark.setToolTip(word)
    grid.addWidget(mark, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(controls.label(step.text, "small-strong", wrap=True), 0, 1, 1, 1 if single else 2)
    row = 0 if single else 1
    for fact in step.facts:
        long = len(fact.value) > _BESIDE
        if not single:
            grid.addWidget(controls.label(fact.label, "caption", ink="text2", wrap=True), row, 1, 1, 2 if long else 1)
        if long:
            row += 1
        value = Button(
            fact.value if len(fact.value) <= _BELOW else tr("see answer"),
            "link",
            look="caption-strong",
            tall=24,
            name=tr("{label}: {value}. Go to the question").format(label=fact.label, value=fact.value),
        )
        value.setToolTip(fact.value)
        value.clicked.connect(lambda _=False, q=fact.question: go(q))
        first, columns = (1, 2) if long else (2, 1)
        grid.addWidget(value, row, first, 1, columns, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row += 1
    if step.basis:
        grid.addWidget(FlowBox(*provenance_chips(step.basis[:_CHIPS]), gap=4), row, 1, 1, 2)
    return holder


def check_line(check: Check, go: Go) -> QWidget:
    """One contraindication with its answer; the answer leads to its question."""
    icon, word = _STATE[check.state]
    holder = QWidget()
    row = controls.row(holder, spacing=8)
    mark = controls.IconLabel(icon, 16, "accent" if check.state == "clear" else "text2")
    mark.setAccessibleName(word)
    mark.setToolTip(word)
    row.addWidget(mark)
    row.addWidget(controls.label(check.label, "small", wrap=True), 1)
    words = tr("Answer") if check.state == "open" else check.answer
    link = Button(words if len(words) <= 28 else tr("see answer"), "link", tall=24,
                  name=tr("{label}: {answer}. Go to the question").format(label=check.label, answer=check.answer))
    link.clicked.connect(lambda: go(check.question))
    row.addWidget(link)
    return holder


def checks_words(checks: tuple[Check, ...]) -> str:
    """How many contraindications and cautions there are and how they stand, in one line."""
    counts = {state: sum(c.state == state for c in checks) for state in _STATE}
    told = [f"{counts[state]} {one if counts[state] == 1 else many}" for state, one, many in _COUNTED if counts[state]]
    if counts["clear"] == len(checks):
        told = [tr("clear") if len(checks) == 1 else tr("all clear")]
    return tr("{checks} looked at: {told}").format(checks=len(checks), told=", ".join(told))
