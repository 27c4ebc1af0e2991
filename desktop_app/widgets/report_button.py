"""Saves a problem report where the person wants it. It is sent nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.where_to import suggested


class ReportButton(QWidget):
    """``report`` makes the text when it is asked for; ``save_file`` writes a file whole or not at all."""

    def __init__(self, report: Callable[[], str], save_file: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self._report, self._save_file = report, save_file
        column = controls.column(self, spacing=4)
        self.button = Button(tr("Save a problem report…"), look="body", icon="bug-outline")
        self.button.clicked.connect(self.keep)
        column.addWidget(FlowBox(self.button))
        self.said = controls.label("", "small", ink="text2", wrap=True)
        self.said.hide()
        column.addWidget(self.said)

    def keep(self) -> None:
        target = self.choose_file()
        if not target:
            return
        try:
            self._save_file(target, self._report().encode())
        except LumbarError as error:
            self.said.setText(f"{error} {error.next_step}".strip())
        else:
            self.said.setText(tr("Saved as {target}.").format(target=target))
        self.said.show()

    def choose_file(self) -> str:
        return QFileDialog.getSaveFileName(self, tr("Save a problem report"), suggested("lumbar-pathway-problem.txt"),
                                           tr("Text (*.txt)"))[0]
