"""Imaging correlation: the verdict, then roots side by side with the signs and the report, then the questions."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop_app.presentation import imaging
from desktop_app.presentation.imaging import Block, Correlation, RootRow
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.option_card import flow
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.wizard_page import WizardPage

UNIT = 16


def block_brush(kind: str) -> tuple[str, Qt.BrushStyle]:
    """Pattern carries the meaning, colour repeats it: power solid dark, reflex accent, sensation dots, pain stripes."""
    return {
        "motor": ("text", Qt.BrushStyle.SolidPattern),
        "power": ("text", Qt.BrushStyle.SolidPattern),
        "reflex": ("accent", Qt.BrushStyle.SolidPattern),
        "sensory": ("accent", Qt.BrushStyle.Dense5Pattern),
    }.get(kind, ("accent", Qt.BrushStyle.BDiagPattern))


class Blocks(QWidget):
    """The weights of the signs of one root, growing to the left, total at the end."""

    def __init__(self, blocks: tuple[Block, ...], total: int) -> None:
        super().__init__()
        self._blocks, self._total = blocks, total
        signs = "; ".join(f"{b.label} {b.weight}: {', '.join(b.signs)}" for b in blocks)
        self.setAccessibleName(f"Signs: {total}. {signs}" if blocks else "No sign")
        self.setToolTip(signs)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(UNIT) * 10 + 30, theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        right = self.width() - 1.0
        height = theme.px(18)
        top = (self.height() - height) / 2
        for block in self._blocks:
            width = block.weight * theme.px(UNIT)
            ink, pattern = block_brush(block.kind)
            rect = QRectF(right - width, top, width - 2, height)
            painting.box(painter, rect, fill=theme.colour("surface"), edge=theme.colour(ink), radius=3)
            brush = painter.brush()
            brush.setColor(theme.colour(ink))
            brush.setStyle(pattern)
            painter.setBrush(brush)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
            right -= width
        painter.setPen(theme.colour("text" if self._total else "text3"))
        painter.setFont(theme.font("strong" if self._total else "small"))
        painter.drawText(QRectF(0, 0, right - 8, self.height()),
                         Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                         str(self._total) if self._total else "none")
        painter.end()


class Discs(QWidget):
    """Up to three discs: narrowed, touched, pressed."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setFixedSize(54, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        for i in range(3):
            filled = i < self._number
            painting.dot(painter, QPointF(9 + i * 18, 10), 7, fill=theme.colour("accent") if filled else None,
                         edge=theme.colour("accent" if filled else "control"), width=1.5)
        painter.end()


class ImagingPage(WizardPage):
    def special(self) -> None:
        self._body = controls.column(spacing=12)
        self.above.insertLayout(0, self._body)
        self._shown: Correlation | None = None

    def refresh_special(self) -> None:
        model = imaging.build(self.wizard)
        if model == self._shown:
            return
        self._shown = model
        controls.clear(self._body)
        self._body.addWidget(self._verdict(model))
        if model.rows:
            self._body.addWidget(self._table(model))

    def _verdict(self, model: Correlation) -> QWidget:
        card = controls.Card(edge="accent" if model.solid else "control", width=2 if model.solid else 1.5,
                             dashed=not model.solid)
        column = controls.column(card, margins=(20, 14, 20, 16), spacing=6)
        top = controls.row(spacing=12)
        top.addWidget(controls.IconLabel(model.icon, 28, "accent" if model.solid else "text2"))
        top.addWidget(controls.label(model.title, "verdict", ink="accent" if model.solid else "", wrap=True), 1)
        column.addLayout(top)
        for text, ink in ((model.sentence, ""), (model.output, ""), (model.root_words, "text2"),
                          (model.adequacy, "text2"), (model.action, "text2")):
            if text:
                column.addWidget(controls.label(text, "body" if not ink else "small", ink=ink, wrap=True))
        for step in model.next_steps:
            row = controls.row(spacing=8)
            row.addWidget(controls.IconLabel("chevron-right", 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(controls.label(step, "small", wrap=True), 1)
            column.addLayout(row)
        if model.basis:
            column.addWidget(flow([*provenance_chips(model.basis)]))
        return card

    def _table(self, model: Correlation) -> QWidget:
        card = controls.Card()
        column = controls.column(card, margins=(20, 14, 20, 14), spacing=8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        for x, text in ((0, "Patient’s signs"), (1, "Root"), (2, "Report"), (3, "")):
            head = controls.label(text, "caption-strong", ink="text2")
            head.setAlignment(Qt.AlignmentFlag.AlignRight if x == 0 else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, x)
        for y, row in enumerate(model.rows, start=1):
            self._row(grid, y, row)
        column.addLayout(grid)
        legend = f"Power 3 solid dark · reflex 3 solid blue · sensation 2 dotted · pain 1 striped. {model.note}"
        column.addWidget(controls.label(legend, "caption", ink="text3", wrap=True))
        return card

    def _row(self, grid: QGridLayout, y: int, row: RootRow) -> None:
        grid.addWidget(Blocks(row.blocks, row.total), y, 0)
        name: QLabel = controls.label(f"{row.root} {row.side}", "strong", ink="accent" if row.meets else "")
        name.setMinimumWidth(theme.px(72))
        grid.addWidget(name, y, 1)
        grid.addWidget(Discs(row.discs), y, 2)
        words = f"{row.report}, meets the signs" if row.meets else row.report
        grid.addWidget(controls.label(words, "small-strong" if row.meets else "small",
                                      ink="accent" if row.meets else "text2", wrap=True), y, 3)
