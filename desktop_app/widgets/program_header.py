"""The header of pages without a patient: the program's mark and name, and where one is."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.widgets import controls, icons, painting, theme
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.shell import BAR


class Mark(QWidget):
    """The program's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        icons.paint(painter, "human-male-height", QRectF(self.rect()), theme.colour("accent"))
        painter.end()


def program_header(line: str, *, training: bool, right: tuple[QWidget, ...] = ()) -> controls.Bar:
    """The header of pages without a patient."""
    header = controls.Bar("bottom")
    header.setFixedHeight(theme.px(BAR))
    row = controls.row(header, margins=(24, 0, 24, 0), spacing=12)
    row.addWidget(Mark())
    row.addWidget(controls.label("Lumbar Pathway", "step"))
    if training:
        row.addWidget(controls.Chip("TRAINING PROFILE", "tag", tall=22))
    row.addWidget(controls.label(line, "small", ink="text2"))
    row.addStretch(1)
    controls.add_all(row, *right, HelpButton())
    return header
