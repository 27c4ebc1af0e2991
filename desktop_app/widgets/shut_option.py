"""A shut option: one line of status, name and one reason; those that are not offered share one card."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.language import tr, trn
from desktop_app.presentation.options import OptionCard
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.time_bar import TimeBar

TALL = 28  # px of a status; name and arrow stand in the middle of it
CHIP = 112  # px of the status, so that the names begin below one another
SHOWN = 6  # lines of a group before the rest folds away
_DECIDED = {Verdict.ACCEPT: (tr("Accepted"), "check"), Verdict.CHANGE: (tr("Changed"), "check"),
            Verdict.DECLINE: (tr("Declined"), "minus")}


def _reason(card: OptionCard) -> str:
    """The reason behind a name, smaller and in the second ink."""
    return (f"&nbsp; <span style='color:{theme.now().text2}; font-size:{theme.px(13)}px; font-weight:400'>"
            f"{escape(card.summary)}</span>")


class _Line(Pressable):
    """Something that opens an option by mouse, Space or Enter."""

    pressed = Signal(str)

    def __init__(self, card: OptionCard) -> None:
        super().__init__()
        self.card = card
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        decided = f". {card.choice_words}" if card.choice else ""
        first = f" {card.missing[0].words}" if card.missing and card.chip_kind == "unknown" else ""
        self.setAccessibleName(f"{card.title}: {card.status_words}. {card.summary}{first}{decided}")

    def press_it(self) -> None:
        self.pressed.emit(self.card.id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.card.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit(self.card.id)
        else:
            super().keyPressEvent(event)


class ShutOption(_Line):
    """Status, name, one reason, and where there is one the small time bar."""

    question = Signal(str)
    radius = 12

    def __init__(self, card: OptionCard) -> None:
        super().__init__(card)
        unknown = card.chip_kind == "unknown"
        column = controls.column(self, margins=(16, 9, 12, 10), spacing=4)
        top = controls.row(spacing=12)
        chip = controls.Chip(card.status_words, card.chip_kind, card.chip_icon)
        chip.setMinimumWidth(max(chip.sizeHint().width(), theme.px(CHIP)))
        top.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        inline = card.effect is None and not unknown
        told = f"<b>{escape(card.title)}</b>"
        if inline and card.summary:
            told += _reason(card)
        name = controls.label(told, "body", wrap=True, rich=True)
        name.setContentsMargins(0, max(theme.px(TALL) - theme.line_height("body"), 0) // 2, 0, 0)
        top.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
        if card.choice is not None:
            words, icon = _DECIDED[card.choice.verdict]
            top.addWidget(controls.Chip(words, "accent", icon), 0, Qt.AlignmentFlag.AlignTop)
        elif unknown and card.disagreements:
            top.addWidget(
                controls.Chip(
                    trn("{count} differs", "{count} differ", len(card.disagreements)).format(
                        count=len(card.disagreements)),
                    "evidence",
                    "scale-balance",
                    tall=24,
                    bold=False,
                ),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        top.addWidget(controls.IconLabel("chevron-down", 20, line=TALL), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        if not inline:
            column.addLayout(self._below())

    def paintEvent(self, _event: QPaintEvent) -> None:
        unknown = self.card.chip_kind == "unknown"
        painter = QPainter(self)
        painting.start(painter)
        painting.box(painter, QRectF(self.rect()), fill=theme.colour("surface"), dashed=unknown,
                     edge=theme.colour("control" if unknown else "line"), radius=self.radius)
        painter.end()

    def _below(self) -> QHBoxLayout:
        card = self.card
        row = controls.row(spacing=16)
        words = controls.column(spacing=0)
        if card.chip_kind == "unknown" and card.missing:
            words.addWidget(controls.label(f"{card.summary}:", "small", ink="text2", wrap=True))
            line = controls.row(spacing=4)
            line.addWidget(controls.label(card.missing[0].words, "small-strong", wrap=True), 1)
            answer = Button(
                tr("Answer"), "link", tall=24, name=tr("Answer: {words}").format(words=card.missing[0].words)
            )
            answer.clicked.connect(lambda: self.question.emit(card.missing[0].question))
            line.addWidget(answer, 0, Qt.AlignmentFlag.AlignTop)
            words.addLayout(line)
        elif card.summary:
            words.addWidget(controls.label(card.summary, "small", ink="text2", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        if card.effect is not None:
            row.addWidget(TimeBar(card.effect, wide=240), 0, Qt.AlignmentFlag.AlignTop)
        return row


class OptionLine(_Line):
    """One line of a group: name and reason."""

    radius = 6

    def __init__(self, card: OptionCard) -> None:
        super().__init__(card)
        row = controls.row(self, margins=(10, 6, 8, 6), spacing=10)
        row.addWidget(controls.IconLabel(card.chip_icon, 16, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        told = f"<b>{escape(card.title)}</b>"
        if card.summary:
            told += _reason(card)
        row.addWidget(controls.label(told, "small", wrap=True, rich=True), 1)
        row.addWidget(controls.IconLabel("chevron-down", 18, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.underMouse():
            return
        painter = QPainter(self)
        painting.start(painter)
        painting.box(painter, QRectF(self.rect()), fill=theme.colour("accent_soft"), edge=None, radius=self.radius)
        painter.end()


class OptionGroup(controls.Card):
    """Options with the same quiet status in one card; beyond six the rest is one link away."""

    pressed = Signal(str)

    def __init__(self, title: str, cards: tuple[OptionCard, ...], *, unfolded: bool) -> None:
        super().__init__()
        self.lines: dict[str, OptionLine] = {}
        column = controls.column(self, margins=(8, 12, 8, 8), spacing=0)
        head = controls.label(f"{title} · {len(cards)}", "caption-strong", ink="text2", wrap=True)
        head.setContentsMargins(10, 0, 0, 4)
        column.addWidget(head)
        self._rest = QWidget()
        rest = controls.column(self._rest, spacing=0)
        fold = len(cards) > SHOWN + 1
        for number, card in enumerate(cards):
            line = OptionLine(card)
            line.pressed.connect(self.pressed)
            self.lines[card.id] = line
            (rest if fold and number >= SHOWN else column).addWidget(line)
        self.more = Button(
            tr("{value} more").format(value=len(cards) - SHOWN),
            "link",
            tall=28,
            name=tr("{value} more: {title}").format(value=len(cards) - SHOWN, title=title),
        )
        self.more.clicked.connect(self.unfold)
        if fold:
            column.addWidget(self._rest)
            holder = controls.row(margins=(10, 4, 0, 0))
            holder.addWidget(self.more)
            holder.addStretch(1)
            column.addLayout(holder)
            self._rest.setVisible(unfolded)
        self.more.setVisible(fold and not unfolded)

    @property
    def unfolded(self) -> bool:
        return not self._rest.isHidden()

    def unfold(self) -> None:
        """Show every line; the keyboard goes to the first of those that were hidden."""
        self._rest.show()
        self.more.hide()
        hidden = list(self.lines.values())[SHOWN:]
        if hidden:
            hidden[0].setFocus()
