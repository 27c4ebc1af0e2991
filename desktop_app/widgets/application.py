"""The one application of this process, in the style that the theme builds on."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

STYLED = "lumbar_styled"
"""The application's property that says in which style it was begun."""


class Application(QApplication):
    """macOS starts one program and sends it the files that are opened; elsewhere a second start hands its file over."""

    file_opened = Signal(str)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            if event.file():  # an address of the network has none
                self.file_opened.emit(event.file())
            return True
        return super().event(event)


def application(argv: Sequence[str] = ()) -> QApplication:
    """The one application of this process, set up once.

    The style that ``theme.apply`` builds on costs nothing as an argument; ``setStyle`` makes PySide6 build every
    enumeration of QStyle, which took a twentieth of the start.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        os.environ.pop("QT_STYLE_OVERRIDE", None)
        app = Application([sys.argv[0], *argv, "-style", "fusion"])
        app.setProperty(STYLED, True)
    app.setApplicationName("lumbar-pathway")
    app.setApplicationDisplayName("Lumbar Pathway")
    return app
