"""Makes the one application of this process before the window's modules load, so that its fonts are found meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

STYLED = "lumbar_styled"
"""The application's property that says in which style it was begun."""


def application(argv: Sequence[str] = ()) -> QApplication:
    """The one application of this process, set up once.

    The style that ``theme.apply`` builds on costs nothing as an argument; ``setStyle`` makes PySide6 build every
    enumeration of QStyle, which took a twentieth of the start.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        os.environ.pop("QT_STYLE_OVERRIDE", None)
        app = QApplication([sys.argv[0], *argv, "-style", "fusion"])
        app.setProperty(STYLED, True)
    app.setApplicationName("lumbar-pathway")
    app.setApplicationDisplayName("Lumbar Pathway")
    return app


@contextmanager
def fonts_meanwhile() -> Iterator[None]:
    """Which fonts the system has is asked beside what happens inside: a seventh of the start on a usual desktop.

    Qt asks once, keeps the answer behind a lock and lets Python go on. Elsewhere than on Linux, where it was measured,
    Qt asks when it needs one. What asks has ended when this ends: the application may go away then.
    """
    asking = Thread(target=QFontDatabase.hasFamily, args=("Noto Sans",), daemon=True)
    if not sys.platform.startswith("linux"):
        yield
        return
    asking.start()
    try:
        yield
    finally:
        asking.join()
