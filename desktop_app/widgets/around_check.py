"""Whether the program reaches what is around it here: printers, the system's lock, a second start; needs no screen."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_app.use_cases.errors import BadData


def reach_around(place: Path) -> str:
    """``place``: a throw-away folder. Returns what was found, raises ``BadData``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.widgets.application import application
    from desktop_app.widgets.one_instance import OneInstance
    from desktop_app.widgets.paper_printer import printers
    from desktop_app.widgets.system_lock import system_lock

    app = application()
    only = OneInstance(place / "state", place / "data")
    if not only.first():
        raise BadData("A second start cannot be told from the first.")
    try:
        only.listen(lambda _file: None)
        listening = QObject(app)
        system_lock(listening)
        listening.deleteLater()
        return f"{len(printers())} printers"
    finally:
        only.leave()
