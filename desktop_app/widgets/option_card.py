"""One option: what, how strong, for and against side by side, what is missing, and the decision about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.presentation.options import Differs, OptionCard
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import set_wrong, text_area
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.time_bar import TimeBar


def flow(widgets: list[QWidget]) -> QWidget:
    return FlowBox(*widgets, gap=6)


class ShutOption(controls.Card):
    """Status, name, one reason."""

    pressed = Signal(str)

    def __init__(self, card: OptionCard) -> None:
        super().__init__(dashed=card.chip_kind == "unknown", edge="control" if card.chip_kind == "unknown" else "line")
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        decided = f". {card.choice_words}" if card.choice else ""
        self.setAccessibleName(f"{card.title}: {card.status_words}. {card.summary}{decided}")
        column = controls.column(self, margins=(16, 10, 12, 11), spacing=4)
        top = controls.row(spacing=12)
        top.addWidget(controls.Chip(card.status_words, card.chip_kind, card.chip_icon))
        title = controls.label(card.title, "strong", wrap=True)
        top.addWidget(title, 1)
        if card.choice is not None:
            top.addWidget(controls.Chip(card.choice.verdict.value.capitalize() + "d" if card.choice.verdict.value
                                        != "accept" else "Accepted", "accent", "check"))
        top.addWidget(controls.IconLabel("chevron-down", 20))
        column.addLayout(top)
        if card.summary:
            column.addWidget(controls.label(card.summary, "small", ink="text2", wrap=True))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit(self.card.id)
        else:
            super().keyPressEvent(event)


def _listed(title: str, lines: tuple[str, ...], icon: str, colour: str, none: str) -> QVBoxLayout:
    column = controls.column(spacing=4)
    column.addWidget(controls.label(title, "caption-strong", ink="text2"))
    for line in lines:
        row = controls.row(spacing=8)
        row.addWidget(controls.IconLabel(icon, 16, colour), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(controls.label(line, "small", wrap=True), 1)
        column.addLayout(row)
    if not lines:
        column.addWidget(controls.label(none, "small", ink="text3", wrap=True))
    column.addStretch(1)
    return column


def disagreement(differs: Differs) -> QWidget:
    """Shown as calmly as agreement: grey bar, scales, year, strength."""
    note = controls.Card(fill="sunken", edge="", radius=4)
    note.side = "control"
    column = controls.column(note, margins=(16, 8, 12, 10), spacing=4)
    head = controls.row(spacing=8)
    head.addWidget(controls.IconLabel("scale-balance", 18), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(controls.label(f"Guidance disagrees · {differs.head}", "small-strong", wrap=True), 1)
    head.addWidget(controls.Chip(differs.check, "evidence-unchecked" if "unchecked" in differs.check else "evidence",
                                 tall=24, bold=False), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    column.addWidget(controls.label(differs.says, "small", ink="text2", wrap=True))
    column.addWidget(controls.label(f"{differs.strength} · {differs.fits}", "caption", ink="text3", wrap=True))
    return note


class OpenOption(controls.Card):
    """The open card. Accept is never preset, and Enter never presses it."""

    decided = Signal(str, object, str)  # option, verdict or None, reason
    question = Signal(str)
    shut = Signal()

    def __init__(self, card: OptionCard) -> None:
        super().__init__(edge="accent")
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{card.title}: {card.status_words}")
        self._column = controls.column(self, margins=(20, 14, 20, 18), spacing=10)
        self._head()
        if card.text:
            self._column.addWidget(controls.label(card.text, "body", wrap=True))
        self._for_and_against()
        self._missing()
        self._effect()
        self._differs()
        self._more()
        self._decision()

    def _head(self) -> None:
        card = self.card
        top = controls.row()
        top.addWidget(controls.label(card.title, "heading", wrap=True), 1)
        close = Button("", "link", icon="chevron-up", tall=28, name=f"Close {card.title}")
        close.clicked.connect(self.shut)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(top)
        line = controls.row(spacing=12)
        line.addWidget(controls.Chip(card.status_words, card.chip_kind, card.chip_icon), 0,
                       Qt.AlignmentFlag.AlignTop)
        line.addWidget(controls.label(card.strength, "small", ink="text2", wrap=True), 1)
        self._column.addLayout(line)
        if card.chips:
            self._column.addWidget(flow([*provenance_chips(card.chips)]))

    def _for_and_against(self) -> None:
        card = self.card
        sides = controls.row(spacing=20)
        sides.addLayout(_listed("For this patient", card.speaks_for, "plus-circle-outline", "accent",
                                "Nothing that is known so far."), 1)
        sides.addLayout(_listed("Against, or needs a plan", card.against, "minus-circle-outline", "text2",
                                "Nothing that is known so far."), 1)
        self._column.addLayout(sides)
        for line in card.not_here:
            self._column.addWidget(self._row("hospital-building", line))

    def _row(self, icon: str, text: str, ink: str = "") -> QWidget:
        holder = QWidget()
        row = controls.row(holder, spacing=8)
        row.addWidget(controls.IconLabel(icon, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(controls.label(text, "small", ink=ink, wrap=True), 1)
        return holder

    def _missing(self) -> None:
        if not self.card.missing:
            return
        self._column.addWidget(controls.label("Still open, most decisive first", "caption-strong", ink="text2"))
        for question, label in self.card.missing[:4]:
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("help-circle-outline", 18))
            row.addWidget(controls.label(label, "small", wrap=True), 1)
            link = Button("Answer", "link", tall=24, name=f"Answer: {label}")
            link.clicked.connect(lambda _=False, q=question: self.question.emit(q))
            row.addWidget(link)
            self._column.addLayout(row)

    def _effect(self) -> None:
        effect = self.card.effect
        if effect is None:
            return
        row = controls.row(spacing=16)
        left = controls.column(spacing=2)
        left.addWidget(controls.label("How long relief was seen", "caption-strong", ink="text2"))
        left.addWidget(TimeBar(effect))
        row.addLayout(left)
        row.addWidget(controls.label(effect.sentence, "small", ink="text2", wrap=True), 1)
        self._column.addLayout(row)

    def _differs(self) -> None:
        found = self.card.disagreements
        if not found:
            return
        self._column.addWidget(disagreement(found[0]))
        if len(found) > 1:
            rest = QWidget()
            column = controls.column(rest, spacing=8)
            for one in found[1:]:
                column.addWidget(disagreement(one))
            self._fold(f"{len(found) - 1} more that disagree", rest)

    def _fold(self, words: str, inner: QWidget) -> Button:
        inner.hide()
        link = Button(words, "link", tall=24)
        link.clicked.connect(lambda: inner.setVisible(not inner.isVisible()))
        self._column.addWidget(link)
        self._column.addWidget(inner)
        return link

    def _more(self) -> None:
        card = self.card
        for title, lines in (("Why this status", card.why), ("What would change this", card.would_change),
                             ("Notes", tuple(f"{text} ({check})" for text, check in card.notes)),
                             ("To discuss with the patient", card.consent), ("To monitor", card.monitor)):
            if not lines:
                continue
            inner = controls.Card(fill="sunken", edge="", radius=8)
            column = controls.column(inner, margins=(16, 10, 12, 12), spacing=4)
            for line in lines:
                column.addWidget(controls.label(f"· {line}", "small", wrap=True))
            self._fold(title, inner)

    def _decision(self) -> None:
        card = self.card
        self._column.addWidget(controls.Rule())
        if card.choice is not None:
            row = controls.row()
            row.addWidget(controls.IconLabel("clipboard-check-outline", 20, "accent"))
            row.addWidget(controls.label(card.choice_words, "strong", ink="accent", wrap=True), 1)
            back = Button("Take back", tall=32, name=f"Take back the decision on {card.title}")
            back.clicked.connect(lambda: self.decided.emit(card.id, None, ""))
            row.addWidget(back)
            self._column.addLayout(row)
            return
        if card.why_no_accept:
            self._column.addWidget(self._row("lock-outline", card.why_no_accept, "text2"))
        buttons = controls.row()
        self.accept = Button("Accept", "primary", icon="check")
        self.accept.guarded = True
        self.accept.clicked.connect(lambda: self.decided.emit(card.id, Verdict.ACCEPT, ""))
        self.change = Button("Change…")
        self.change.clicked.connect(lambda: self._ask(Verdict.CHANGE))
        self.decline = Button("Decline…")
        self.decline.clicked.connect(lambda: self._ask(Verdict.DECLINE))
        controls.add_all(buttons, self.accept, self.change, self.decline)
        buttons.addStretch(1)
        self._column.addLayout(buttons)
        for button in (self.accept, self.change):
            button.setEnabled(card.can_accept)
        for button in (self.accept, self.change, self.decline):
            button.setVisible(card.can_decide)
        if not card.can_decide:
            self._column.addWidget(controls.label(_NOTHING[card.chip_kind], "small", ink="text2", wrap=True))
        self._reason = QWidget()
        column = controls.column(self._reason, spacing=8)
        self._asks: QLabel = controls.label("", "small-strong")
        self.reason = text_area("Reason", lines=2)
        self._wrong = controls.label("", "small-strong", ink="red")
        self._wrong.hide()
        self.keep = Button("Keep this decision")
        self.keep.guarded = True
        self.keep.clicked.connect(self._keep)
        controls.add_all(column, self._asks, self.reason, self._wrong, self.keep)
        self._reason.hide()
        self._column.addWidget(self._reason)
        self._verdict = Verdict.DECLINE

    def _ask(self, verdict: Verdict) -> None:
        self._verdict = verdict
        self._asks.setText("What is changed, and why?" if verdict is Verdict.CHANGE else "Why is it declined?")
        self._reason.show()
        self.reason.setFocus()

    def _keep(self) -> None:
        text = self.reason.toPlainText().strip()
        self._wrong.setText("" if text else "Write the reason; it stands in the plan.")
        self._wrong.setVisible(not text)
        set_wrong(self.reason, wrong=not text)
        if text:
            self.decided.emit(self.card.id, self._verdict, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut.emit()
        else:
            super().keyPressEvent(event)


_NOTHING = {
    "unknown": "Nothing to accept while this is open.",
    "neutral": "Nothing to accept here. It is shown with its reasons.",
    "accent": "Shown for information; there is nothing to accept.",
}
