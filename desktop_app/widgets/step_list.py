"""The steps of the consultation with the state of each, in words; any of them can be visited."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.language import tr
from desktop_app.presentation.wizard import Step
from desktop_app.widgets import controls, painting, theme
from desktop_app.widgets.focus_ring import GAP
from desktop_app.widgets.pressable import Pressable

WIDE, RAIL = 232, 72
DOT = 24  # px of it at 100 %; the rail grows by as much as its dots


class StepRow(Pressable):
    """One step: dot, name, state in words; only the dot on the rail."""

    pressed = Signal(str)
    stepped = Signal(int)
    radius = 8

    def __init__(self, step: Step, *, rail: bool) -> None:
        super().__init__()
        self.step = step
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._tall = 0
        layout = controls.row(self, margins=(12, 0, 8, 0), spacing=12)
        self._dot = controls.Dot()
        layout.addWidget(self._dot)
        words = controls.column(spacing=0)
        self._title = controls.label("", "body")
        self._line = controls.label("", "caption", ink="text2")
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        layout.addLayout(words, 1)
        self.show_rail(rail=rail)
        self.show_step(step)

    def show_rail(self, *, rail: bool) -> None:
        """The dot alone, or with its words."""
        self._title.setVisible(not rail)
        self._line.setVisible(not rail)
        self._tall = RAIL - 16 + theme.px(DOT) - DOT if rail else max(56, theme.px(52))
        self.setMinimumHeight(theme.px(DOT) + 8 if rail else self._tall)  # large text in a low window: no ring is cut
        self.setMaximumHeight(self._tall)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._tall)

    def show_step(self, step: Step) -> None:
        self.step = step
        self._dot.show_state(step.state, str(step.number))
        self._title.setText(step.title)
        self._title.setProperty("look", "strong" if step.state == "current" else "body")
        self._title.style().polish(self._title)
        self._line.setText(step.line)
        self.setAccessibleName(
            tr("Step {number}, {title}: {line}").format(number=step.number, title=step.title, line=step.line)
        )
        self.setToolTip(
            tr("{title}: {line} (Alt+{number})").format(title=step.title, line=step.line, number=step.number)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        if self.step.state == "current":
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("accent_soft"),
                         edge=theme.colour("accent_line"))
        elif self.underMouse():
            painting.box(painter, QRectF(self.rect()), fill=theme.colour("slate_soft"), edge=None)
        painter.end()

    def press_it(self) -> None:
        self.pressed.emit(self.step.id)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self.step.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pressed.emit(self.step.id)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class StepList(controls.Bar):
    """All steps; a rail of dots when there is little room."""

    chosen = Signal(str)

    def __init__(self, heading: str, *, under: str = "", rail: bool = False) -> None:
        """``under`` says below the heading what is special about this consultation, that it corrects another."""
        super().__init__("right")
        self._rail = rail
        self.rows: dict[str, StepRow] = {}
        outer = controls.column(self, margins=(12, 16, 12, 16), spacing=0)
        self._head = controls.label(heading, "caption-strong", ink="text2")
        self._head.setContentsMargins(12, 2, 0, 8)
        outer.addWidget(self._head)
        self.special = controls.label(under, "caption-strong", ink="accent", wrap=True)
        self.special.setContentsMargins(12, 0, 0, 8)
        outer.addWidget(self.special)
        self._column = controls.column(spacing=GAP)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self._hint = QWidget()
        hint = controls.row(self._hint, margins=(12, 0, 0, 0), spacing=4)
        controls.add_all(hint, controls.IconLabel("keyboard-outline", 16), controls.KeyCap("Alt"),
                         controls.label("+", "caption", ink="text2"), controls.KeyCap("1"),
                         controls.label("–", "caption", ink="text2"), controls.KeyCap("8"),
                         controls.label(tr("opens a step"), "caption", ink="text2"))
        hint.addStretch(1)
        outer.addWidget(self._hint)
        self.show_rail(rail=rail)

    @property
    def rail(self) -> bool:
        return self._rail

    def show_rail(self, *, rail: bool) -> None:
        """Dots alone, or the steps with their words."""
        self._rail = rail
        self.setFixedWidth(RAIL + theme.px(DOT) - DOT if rail else theme.px(WIDE))
        self._head.setVisible(not rail)
        self.special.setVisible(not rail and bool(self.special.text()))
        self._hint.setVisible(not rail)
        for row in self.rows.values():
            row.show_rail(rail=rail)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            row = self.rows.get(step.id)
            if row is None:
                row = StepRow(step, rail=self._rail)
                row.pressed.connect(self.chosen)
                row.stepped.connect(lambda by, name=step.id: self._move(name, by))
                self.rows[step.id] = row
                self._column.addWidget(row)
            else:
                row.show_step(step)

    def _move(self, name: str, by: int) -> None:
        names = list(self.rows)
        index = names.index(name) + by
        if 0 <= index < len(names):
            self.rows[names[index]].setFocus()
