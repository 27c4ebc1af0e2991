"""The help in front of a dialog: the same texts, closed by Esc."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation.help import Library
from desktop_app.widgets import controls, shortcuts, theme
from desktop_app.widgets.help_panel import NARROW, HelpPanel

TALL, FRAME = 560, 80


class HelpDialog(QDialog):
    """Topics as they are written; no patient stands in them."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        library = Library(theme.RESOURCES / "help")
        self.panel = HelpPanel(library, library.article, beside_a_page=False)
        self.panel.closed.connect(self.accept)
        controls.column(self).addWidget(self.panel)
        room = parent.screen().availableGeometry()
        self.resize(min(theme.px(NARROW), room.width()), min(theme.px(TALL), room.height() - FRAME))
        self.panel.start_at(topic)
        self.panel.view.focus_first()


class HelpedDialog(QDialog):
    """A dialog that knows its help: F1 or its Help button opens it in front, and the keyboard returns."""

    help_topic = ""  # the file of resources/help/pages that F1 opens here

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        shortcuts.install(self, "help", self.open_help)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an edge of its own: in high contrast it is as black as the page behind it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def open_help(self, topic: str = "") -> None:
        """Help in front of this dialog; Esc closes it."""
        HelpDialog(self, topic or self.help_topic).open()
