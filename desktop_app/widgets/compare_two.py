"""Two options side by side, row by row; opened on purpose, left by Escape, nothing is decided in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation.comparison import Comparison, Row, compare
from desktop_app.presentation.options import OptionCard
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.help_dialog import HelpedDialog
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.time_bar import TimeBar

MARGIN = 24
LARGE = 1.5  # from this text size on the names of the options are too long for the lists to choose from
INSIDE = 16  # px between the edge of the table and its words
BAR, BAR_ROOMY = 190, 280  # px of the time bar
NAMES = 132  # px of the column that names the rows
_ICONS = {"for": ("plus-circle-outline", "accent"), "against": ("minus-circle-outline", "text2"),
          "decides": ("help-circle-outline", "text2"), "differs": ("scale-balance", "text2")}
_BULLET = ("circle-medium", "text2")
_PLAIN = {"purpose", "strength", "evidence"}


class CompareTwo(HelpedDialog):
    """Choose any two options of the step; the table follows."""

    open_option = Signal(str)
    help_topic = "compare"

    def __init__(self, parent: QWidget, cards: tuple[OptionCard, ...], pair: tuple[str, str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare two options"))
        self._cards = {card.id: card for card in cards}
        room = parent.size()
        self.resize(min(room.width() - 2 * MARGIN, theme.px(1120)), room.height() - 2 * MARGIN)
        outer = controls.column(self, margins=(MARGIN, 20, MARGIN, 20), spacing=12)
        head = controls.row(spacing=12)
        head.addWidget(controls.label(tr("Compare two options"), "heading"), 1)
        self.close_button = Button(tr("Close"), key="Esc", tall=32, name=tr("Close the comparison"))
        self.close_button.clicked.connect(self.reject)
        head.addWidget(HelpButton())
        head.addWidget(self.close_button)
        outer.addLayout(head)
        self.left, self.right = Pick(tr("Left option")), Pick(tr("Right option"))
        for pick, chosen in ((self.left, pair[0]), (self.right, pair[1])):
            for card in cards:
                pick.addItem(card.title, card.id)
            pick.setCurrentIndex(max(pick.findData(chosen), 0))
            pick.setMinimumContentsLength(8)
            pick.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            pick.currentIndexChanged.connect(self._show)
        self.table = ScrollArea()
        chosen_row = self._chosen = QGridLayout()  # the columns of the table below: its margins and gaps
        self.table.verticalScrollBar().rangeChanged.connect(self._line_up)
        self._line_up()
        _columns(chosen_row)
        chosen_row.addWidget(QWidget(), 0, 0)  # a column without anything in it would have no gap
        chosen_row.addWidget(self.left, 0, 1)
        chosen_row.addWidget(self.right, 0, 2)
        outer.addLayout(chosen_row)
        self.table.setWidgetResizable(True)
        self.table.setAccessibleName(tr("Comparison; arrow keys scroll it"))
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self.table, 1)
        self._show()
        self.left.setFocus()

    def _line_up(self) -> None:
        """The lists stand over their columns, whether the table has a scroll bar or not."""
        bar = self.table.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self._chosen.setContentsMargins(INSIDE, 4, INSIDE + taken, 4)

    @property
    def comparison(self) -> Comparison:
        return compare(self._cards[self.left.currentData()], self._cards[self.right.currentData()])

    def _show(self) -> None:
        found = self.comparison
        body = controls.Card()
        grid = QGridLayout(body)
        grid.setContentsMargins(INSIDE, 14, INSIDE, 16)
        grid.setVerticalSpacing(10)
        _columns(grid)
        at = 0
        if theme.scale() >= LARGE:
            for column, card in enumerate((found.left, found.right), start=1):
                grid.addWidget(controls.label(card.title, "strong", wrap=True), at, column, Qt.AlignmentFlag.AlignTop)
            at += 1
        for row in found.rows:
            if at:
                grid.addWidget(controls.Rule(), at, 0, 1, 3)
                at += 1
            name = controls.label(row.title, "caption-strong", ink="text2", wrap=True)
            name.setFixedWidth(theme.px(NAMES) - 16)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            for column, (card, lines) in enumerate(((found.left, row.left), (found.right, row.right)), start=1):
                cell = _cell(row, card, lines)
                cell.setAccessibleName(f"{row.title}, {card.title}: {'. '.join(lines)}")
                grid.addWidget(cell, at, column, Qt.AlignmentFlag.AlignTop)
            at += 1
        grid.addWidget(controls.Rule(), at, 0, 1, 3)
        for column, card in enumerate((found.left, found.right), start=1):
            link = Button(tr("Open this option"), "link", tall=28, name=tr("Open {title}").format(title=card.title))
            link.clicked.connect(lambda _=False, name=card.id: self._open(name))
            grid.addWidget(link, at + 1, column, Qt.AlignmentFlag.AlignLeft)
        grid.setRowStretch(at + 2, 1)
        sheet = Sheet()
        controls.column(sheet).addWidget(body)
        self.table.setWidget(sheet)

    def _open(self, name: str) -> None:
        self.accept()
        self.open_option.emit(name)


def _columns(grid: QGridLayout) -> None:
    """Names of the rows, then two columns of the same width."""
    grid.setHorizontalSpacing(16)
    grid.setColumnMinimumWidth(0, theme.px(NAMES) - 16)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)


def _cell(row: Row, card: OptionCard, lines: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    column = controls.column(holder, spacing=4)
    if row.id == "status":
        chip = controls.Chip(card.status_words, card.chip_kind, card.chip_icon)
        column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        for line in lines[1:]:
            column.addWidget(controls.label(line, "small-strong", ink="accent", wrap=True))
        return holder
    if row.id == "relief" and card.effect is not None:
        bar = TimeBar(card.effect, wide=BAR if theme.scale() >= LARGE else BAR_ROOMY)
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignLeft)
    if row.id in _PLAIN or lines == (row.nothing,) or (len(lines) == 1 and row.id not in _ICONS):
        for line in lines:
            look = "small-strong" if row.id in {"strength", "evidence"} else "small"
            column.addWidget(controls.label(line, look, wrap=True))
        return holder
    icon, ink = _ICONS.get(row.id, _BULLET)
    for line in lines:
        listed = controls.row(spacing=8)
        listed.addWidget(controls.IconLabel(icon, 16, ink, line="small"), 0, Qt.AlignmentFlag.AlignTop)
        listed.addWidget(controls.label(line, "small", wrap=True), 1)
        column.addLayout(listed)
    return holder
