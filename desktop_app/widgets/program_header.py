"""The header of pages without a patient: the program's mark and name, and where one is."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import language
from desktop_app.language import tr
from desktop_app.widgets import controls, icons, painting, theme
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.shell import BAR, LARGE


class Mark(QWidget):
    """The program's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(28), theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        icons.paint(painter, "human-male-height", QRectF(self.rect()), theme.colour("accent"))
        painter.end()


def door_footer() -> tuple[controls.Bar, QHBoxLayout]:
    """The footer before anybody is signed in, and the row that takes its buttons."""
    footer = controls.Bar("top")
    footer.setMinimumHeight(theme.px(BAR))
    row = controls.row(footer, margins=(24, 8, 24, 8), spacing=12)
    row.addWidget(controls.IconLabel("lock-outline", 16))
    if theme.scale() < LARGE:  # with large text the buttons need its room
        told = tr("Everything stays on this computer, encrypted. No network is used.")
        if draft := language.draft_words():
            told = f"{told} {draft}."
        row.addWidget(controls.label(told, "small", ink="text2", wrap=True), 1)
    else:
        row.addStretch(1)
    return footer, row


def program_header(line: str, *, training: bool, right: tuple[QWidget, ...] = ()) -> controls.Bar:
    """The header of pages without a patient."""
    header = controls.Bar("bottom")
    header.setFixedHeight(theme.px(BAR))
    row = controls.row(header, margins=(24, 0, 24, 0), spacing=12)
    row.addWidget(Mark())
    large = theme.scale() >= LARGE
    who = controls.row(spacing=12)
    who.addWidget(controls.label("Lumbar Pathway", "step"))
    if training:
        who.addWidget(controls.Chip(tr("TRAINING") if large else tr("TRAINING PROFILE"), "tag", tall=22))
    if large:  # two lines; what the tag already says is left out
        who.addStretch(1)
        lines = controls.column(spacing=0)
        lines.addStretch(1)
        lines.addLayout(who)
        if line:
            lines.addWidget(controls.label(line.split(" · ", maxsplit=1)[0], "small", ink="text2"))
        lines.addStretch(1)
        row.addLayout(lines)
    else:
        row.addLayout(who)
        row.addWidget(controls.label(line, "small", ink="text2"))
    row.addStretch(1)
    controls.add_all(row, *right, HelpButton())
    return header
