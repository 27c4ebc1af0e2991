"""Pictures of help and of the tour."""

from __future__ import annotations

from pathlib import Path

from desktop_app.presentation.help import CONTENTS, HOW_IT_DECIDES, KEYS
from desktop_app.widgets import shots
from desktop_app.widgets.main_window import MainWindow


def render_help(window: MainWindow, folder: Path) -> list[Path]:
    """Help over the page in sight, the list of keys, how the program decides, search, and the tour stop by stop."""
    found = []
    window.help.close()
    window.show_worklist()
    for name, topic in (("page", ""), ("keys", KEYS), ("all", CONTENTS), ("how-it-decides", HOW_IT_DECIDES)):
        window.open_help(topic)
        found.append(shots.take(window, folder, f"help-{name}"))
    if window.help.panel is not None:
        window.help.panel.search.setText("date")
        found.append(shots.take(window, folder, "help-search"))
    window.help.close()
    window.take_tour()
    while window.tour.on:
        shots.settle()
        window.tour.follow()
        found.append(shots.take(window, folder, f"tour-{window.tour.index + 1:02d}-{window.tour.stop.id}"))
        window.tour.next()
    return found


def render_consultation_help(window: MainWindow, folder: Path, prefix: str) -> list[Path]:
    """Help inside a consultation: the page's own, and what is not known for this patient."""
    found = []
    for name, topic in (("page", ""), ("how-it-decides", HOW_IT_DECIDES)):
        window.open_help(topic)
        found.append(shots.take(window, folder, f"help-{prefix}-{name}"))
    window.help.close()
    return found
