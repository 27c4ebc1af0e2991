"""The documents of a consultation on the review page: one row each, to look at, print and save."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.papers import LOOK, PRINT, SAVE, SAVE_ALL, PaperRow, PapersModel
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.shell import LARGE


class DocumentsCard(controls.Card):
    """Says what was asked of which document; does nothing of it itself."""

    asked = Signal(str, str)  # look, print, save or save_all; the kind ("" for all)

    def __init__(self) -> None:
        super().__init__()
        self._shown: PapersModel | None = None
        self.buttons: dict[tuple[str, str], Button] = {}
        column = controls.column(self, margins=(20, 14, 20, 16), spacing=4)
        head = controls.row(spacing=12)
        head.addWidget(controls.label(tr("Documents"), "subheading"), 1)
        self.all_button = Button(
            tr("Save all…"), icon="content-save", tall=32, name=tr("Save all documents in a folder…")
        )
        self.all_button.clicked.connect(lambda: self.asked.emit(SAVE_ALL, ""))
        head.addWidget(self.all_button)
        self._note = controls.label("", "small", ink="text2", wrap=True)
        self._rows = controls.column(spacing=0)
        column.addLayout(head)
        column.addWidget(self._note)
        column.addLayout(self._rows)

    def show_papers(self, model: PapersModel) -> None:
        """Rebuilt only when something changed, so that the keyboard stays where it is."""
        if model == self._shown:
            return
        self._shown = model
        self._note.setText(model.note)
        self.all_button.setVisible(model.signed and model.may_take_out and len(model.rows) > 1)
        controls.clear(self._rows)
        self.buttons.clear()
        for number, row in enumerate(model.rows):
            if number:
                self._rows.addWidget(controls.Rule())
            self._rows.addWidget(self._line(row, out=model.signed and model.may_take_out))

    def _line(self, row: PaperRow, *, out: bool) -> QWidget:
        """Words at the left, buttons at the right; with large text the buttons stand below."""
        verbs = ((LOOK, tr("Look"), "magnify"), (PRINT, tr("Print…"), "printer"), (SAVE, tr("Save…"), "content-save"))
        kind = row.kind.value if row.kind is not None else ""
        buttons = []
        for verb, text, icon in verbs if out else verbs[:1]:
            button = Button(text, icon=icon, tall=32, name=f"{text.rstrip('…')}: {row.name}")
            button.clicked.connect(partial(self.asked.emit, verb, kind))
            self.buttons[verb, kind] = button
            buttons.append(button)
        holder = QWidget()
        words = controls.column(spacing=0)
        words.addWidget(controls.label(row.title, "strong", wrap=True))
        words.addWidget(controls.label(row.line, "small", ink="text2", wrap=True))
        if theme.scale() >= LARGE:
            column = controls.column(holder, margins=(0, 8, 0, 8), spacing=8)
            column.addLayout(words)
            column.addWidget(FlowBox(*buttons))
        else:
            line = controls.row(holder, margins=(0, 8, 0, 8), spacing=8)
            line.addLayout(words, 1)
            for button in buttons:
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def give_keyboard(self, verb: str, kind: str) -> None:
        """Back to the button from which something was opened."""
        button = self.buttons.get((verb, kind))
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
