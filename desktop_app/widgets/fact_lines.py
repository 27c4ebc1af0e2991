"""Facts as lines of a list; a line leads to the question where its fact is answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.imaging_lists import Line
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.buttons import Button

Align = Qt.AlignmentFlag
_WHAT, _SIDE, _NOTE = 136, 40, 116  # px of the columns at 100 %


class FactLine(Button):
    """One line: what, side, the finding, what it counts. Pressing it opens its question."""

    radius = 6

    def __init__(self, line: Line) -> None:
        super().__init__("", "link", name=tr("{spoken}. Open the question").format(spoken=line.spoken))
        self.line = line
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = controls.row(self, margins=(8, 4, 8, 4), spacing=8)
        what = _WHAT if line.side else _WHAT + _SIDE + 8
        columns = [(line.what, "small-strong", "", what), (line.side, "small", "text2", _SIDE),
                   (line.text, "small", "" if line.known else "text2", 0), (line.note, "caption", "text2", _NOTE)]
        for text, look, ink, width in columns:
            if not text:
                continue
            part = controls.label(text, look, ink=ink, wrap=True)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if width:
                part.setFixedWidth(theme.px(width))
            if width == _NOTE:
                part.setAlignment(Align.AlignRight)
            row.addWidget(part, 0 if width else 1, Align.AlignTop)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(layout.heightForWidth(width) if layout is not None else 0, theme.px(26))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.heightForWidth(max(self.width(), theme.px(300))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), self.heightForWidth(max(self.width(), theme.px(300))))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        if self.underMouse():
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("sunken"), edge=None, width=0, radius=6)
        if not self.line.known:
            painting.dot(painter, QPointF(2, theme.px(13)), 2, fill=None, edge=theme.colour("control"), width=1.2)
        painter.end()


class FactList(QWidget):
    """A heading, a button that adds, and the lines; an empty list says so in words."""

    asked = Signal(str)  # question

    def __init__(self, title: str, add: str) -> None:
        super().__init__()
        column = controls.column(self, spacing=2)
        head = controls.row(spacing=8)
        heading = controls.label(title, "small-strong", ink="text2")
        heading.setContentsMargins(8, 0, 0, 0)  # above the words of the lines, which have room for their own ground
        head.addWidget(heading, 1)
        self.add = Button(add, "link", icon="plus")
        head.addWidget(self.add)
        column.addLayout(head)
        self._column = controls.column(spacing=0)
        column.addLayout(self._column)
        column.addStretch(1)
        self.lines: tuple[FactLine, ...] = ()
        self._shown: tuple[Line, ...] | None = None

    def show_lines(self, lines: tuple[Line, ...], empty: str) -> None:
        if lines == self._shown:
            return
        self._shown = lines
        controls.clear(self._column)
        self.lines = tuple(FactLine(line) for line in lines)
        for made in self.lines:
            made.clicked.connect(lambda _=False, q=made.line.question: self.asked.emit(q))
            self._column.addWidget(made)
        if not lines:
            told = controls.label(empty, "small", ink="text2", wrap=True)
            told.setContentsMargins(8, 0, 0, 0)
            self._column.addWidget(told)
