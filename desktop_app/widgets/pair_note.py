"""Two answers that do not fit, in words, with a way to each of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop_app.language import tr
from desktop_app.presentation.pairs import Pair
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button


class PairNote(controls.Card):
    """Stands wherever the advice stands: also on pages that hide the panel."""

    question = Signal(str)

    def __init__(self, head: str, pair: Pair) -> None:
        super().__init__(fill="sunken", edge="", radius=8)
        self.side = "control"
        column = controls.column(self, margins=(14, 8, 10, 8), spacing=2)
        column.addWidget(controls.label(head, "small-strong", wrap=True))
        column.addWidget(controls.label(pair.text, "small", wrap=True))
        for name, title in pair.questions:
            link = Button(title, "link", tall=24, name=tr("{title}: go to the question").format(title=title))
            link.clicked.connect(lambda _=False, q=name: self.question.emit(q))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
