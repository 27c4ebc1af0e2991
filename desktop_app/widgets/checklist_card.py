"""Root signs without entrapment on the scan: eleven things to look for, each ticked and dated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit

from desktop_app.engine.answers import Answer
from desktop_app.language import tr
from desktop_app.presentation import checklist, words
from desktop_app.presentation.checklist import Source
from desktop_app.use_cases.checklist import Check
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.fields import set_wrong
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.trace_panel import panel

Align = Qt.AlignmentFlag
_DATE = 132  # px of the field for the day


class DayField(QLineEdit):
    """A day to write. Enter takes it and stays; it does not lead on to the next page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(tr("day"))
        self.setFixedWidth(theme.px(_DATE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class CheckLine:
    """One check: its tick with the words, the day it was done, and what is wrong with what was typed there."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.tick = Tick("")
        self.number = controls.label(str(check.number), "small-strong", ink="text2")
        self.text = controls.label(check.text, "small", wrap=True)
        self.told = controls.label("", "small", ink="text2", wrap=True)
        self.day = DayField(tr("Day on which check {number} was done").format(number=check.number))
        self.wrong = controls.label("", "caption-strong", ink="red", wrap=True)
        self.wrong.hide()

    def show_check(self, check: Check) -> None:
        self.check = check
        self.tick.blockSignals(True)
        self.tick.setChecked(bool(check.done))
        self.tick.blockSignals(False)
        self.tick.setAccessibleName(check.spoken)
        self.told.setText(tr("On record. {told}").format(told=check.told))
        self.told.setVisible(bool(check.told))
        self.day.setVisible(bool(check.done))
        if not self.day.isModified():
            self.day.setText(words.day(check.on) if check.on is not None else "")

    def complain(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.day.setAccessibleDescription(text)
        set_wrong(self.day, wrong=bool(text))


class ChecklistCard(controls.Card):
    """The list as the pack has it; a tick says checked today, the day can be changed."""

    said = Signal(str, object)
    question = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.lines: dict[str, CheckLine] = {}
        column = controls.column(self, margins=(16, 12, 16, 14), spacing=6)
        head = controls.row(spacing=8)
        self._title = controls.label("", "subheading", wrap=True)
        head.addWidget(self._title, 1)
        self._count = controls.label("", "small", ink="text2")
        head.addWidget(self._count, 0, Align.AlignTop)
        column.addLayout(head)
        column.addWidget(controls.label(tr("A tick says that it was looked at or done today; write another day beside "
                                           "it. What is not ticked goes into the plan as still to do."), "small",
                                        ink="text2", wrap=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self.sources = Button(tr("Other sources of such pain"), "link", tall=24)
        self.sources.setCheckable(True)
        column.addWidget(self.sources)
        self._sources, self._source_rows = panel()
        self._sources.hide()
        self.sources.toggled.connect(self._sources.setVisible)
        column.addWidget(self._sources)

    def show_checks(self, checks: tuple[Check, ...], sources: tuple[Source, ...]) -> None:
        self.setVisible(bool(checks))
        if not checks:
            return
        done = sum(bool(c.done) for c in checks)
        self._title.setText(
            tr("No entrapment reported, but signs of a root: {checks} things to look for").format(checks=len(checks))
        )
        self._count.setText(tr("{done} of {checks} checked").format(done=done, checks=len(checks)))
        if set(self.lines) != {c.atom for c in checks}:
            self._build(checks)
            self._list(sources)
        for check in checks:
            self.lines[check.atom].show_check(check)

    def _build(self, checks: tuple[Check, ...]) -> None:
        controls.clear(self._grid)
        self.lines = {}
        for check in checks:
            made = CheckLine(check)
            self.lines[check.atom] = made
            made.tick.clicked.connect(lambda _=False, a=check.atom: self._ticked(a))
            made.day.editingFinished.connect(lambda a=check.atom: self._dated(a))
            y = 2 * (check.number - 1)
            self._grid.addWidget(made.tick, y, 0, Align.AlignVCenter)
            self._grid.addWidget(made.number, y, 1, Align.AlignVCenter)
            words_ = controls.column(spacing=0)
            words_.addWidget(made.text)
            words_.addWidget(made.told)
            self._grid.addLayout(words_, y, 2, Align.AlignVCenter)
            self._grid.addWidget(made.day, y, 3, Align.AlignVCenter)
            self._grid.addWidget(made.wrong, y + 1, 2, 1, 2)
            self._grid.setRowMinimumHeight(y, made.day.sizeHint().height())  # a tick moves no other line

    def _list(self, sources: tuple[Source, ...]) -> None:
        controls.clear(self._source_rows)
        for one in sources:
            link = Button(one.label, "link", tall=24, name=tr("{label}: go to the question").format(label=one.label))
            link.clicked.connect(lambda _=False, q=one.question: self.question.emit(q))
            self._source_rows.addWidget(link)
            self._source_rows.addWidget(controls.label(f"{one.clues}. {one.then}.", "small", ink="text2", wrap=True))

    def can_leave(self) -> bool:
        """Take over the days that are being written; False when one is wrong: it has the keys then, and its words."""
        for atom, line in self.lines.items():
            if line.day.isModified():
                self._dated(atom)
            if line.day.isModified() and line.day.isVisible():
                line.day.setFocus(Qt.FocusReason.OtherFocusReason)
                reveal(line.day)
                return False
        return True

    def half_typed(self) -> Mapping[str, str]:
        """Check to the words beside it that are no day yet."""
        return {atom: line.day.text().strip() for atom, line in self.lines.items()
                if line.day.isModified() and line.day.text().strip()}

    def put_back(self, atom: str, text: str) -> bool:
        """Words from earlier beside their check, as if they had been typed now; False where it has no tick."""
        line = self.lines.get(atom)
        if line is None or not line.check.done or line.day.isModified():
            return False
        line.day.setText(text)
        line.day.setModified(True)
        return True

    def put_aside(self) -> None:
        """Forget them: as the fields go they are not to be taken for a day."""
        for line in self.lines.values():
            line.day.setModified(False)

    def _ticked(self, atom: str) -> None:
        line = self.lines[atom]
        line.complain("")
        line.day.setModified(False)
        self.said.emit(atom, checklist.ticked(line.check, self._today))

    def _dated(self, atom: str) -> None:
        line = self.lines[atom]
        if not line.day.isModified():
            return
        found = checklist.dated(line.day.text(), self._today)
        line.complain(found.error)
        if isinstance(found.answer, Answer):
            line.day.setModified(False)
            self.said.emit(atom, found.answer)
