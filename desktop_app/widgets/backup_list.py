"""Backups as cards: which, how much is in it, whether it is whole, and what can be done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.backups import SHOWN, BackupRow
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox


class BackupList(QWidget):
    """The newest few of one folder; the others on demand."""

    check = Signal(Path)
    restore = Signal(Path)

    def __init__(self, rows: tuple[BackupRow, ...], *, can_check: bool, can_restore: bool) -> None:
        super().__init__()
        self._rows, self._can_check, self._can_restore = rows, can_check, can_restore
        self._column = controls.column(self, margins=(0, 6, 0, 0), spacing=8)
        self.buttons: dict[tuple[str, Path], Button] = {}
        self.all: Button | None = None
        self._fill(rows[:SHOWN])
        if len(rows) > SHOWN:
            self.all = Button(tr("Show all {count}").format(count=len(rows)), "link", tall=32)
            self.all.clicked.connect(self.show_all)
            self._column.addWidget(FlowBox(self.all))
        if not rows:
            self._column.addWidget(controls.label(tr("None yet."), "body", ink="text2", wrap=True))

    def show_all(self) -> None:
        controls.clear(self._column)
        self.all = None
        self._fill(self._rows)
        if last := list(self.buttons.values())[SHOWN - 1:]:
            last[0].setFocus()

    def enable(self, *, on: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(on)

    def _fill(self, rows: tuple[BackupRow, ...]) -> None:
        self.buttons = {}
        for row in rows:
            self._column.addWidget(self._card(row))

    def _card(self, row: BackupRow) -> controls.Card:
        card = controls.Card(dashed=not row.good)
        inside = controls.column(card, margins=(20, 12, 20, 12), spacing=2)
        inside.addWidget(controls.label(row.title, "strong", wrap=True))
        inside.addWidget(controls.label(row.line, "small", ink="text2", wrap=True))
        state = controls.row(spacing=6)
        icon = controls.IconLabel(row.icon, 16, "text2" if row.good else "red")
        state.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(controls.label(row.state, "small" if row.good else "small-strong",
                                       ink="text2" if row.good else "red", wrap=True), 1)
        inside.addLayout(state)
        box = []
        if row.good:
            acts = ((tr("Read it whole again"), self.check, self._can_check),
                    (tr("Restore…"), self.restore, self._can_restore))
            for words, signal, offered in acts:
                if offered:
                    button = Button(words, look="body", tall=32, name=f"{words.rstrip('…')}: {row.mark}")
                    button.clicked.connect(partial(signal.emit, row.path))
                    self.buttons[words, row.path] = button
                    box.append(button)
        if box:
            inside.addSpacing(8)
            inside.addWidget(FlowBox(*box, gap=12))
        return card
