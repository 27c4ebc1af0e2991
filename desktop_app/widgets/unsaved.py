"""Asked when a page is left whose words were changed and not saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.dialogs import Ask


class Unsaved(Ask):
    """Accepted: save, then leave. ``without``: leave, and the changes are gone. Rejected: stay."""

    help_topic = "settings"
    without = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Save the changed settings?"),
                         tr("What was changed here is not saved yet: emergency page and documents still show what "
                            "stood there before."), tr("Save"))
        self.cancel.set_words(tr("Stay here"))
        self.drop = Button(tr("Do not save"))
        self.drop.clicked.connect(self._drop)
        self.beside_go(self.drop)

    def _drop(self) -> None:
        self.reject()
        self.without.emit()
