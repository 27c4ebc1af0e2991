"""A sentence about the guideline that has to be seen wherever work begins."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.widgets import controls


def warning_card(text: str, *, alarm: bool) -> QWidget:
    """A sentence that has to be seen; ``alarm``: another edition than the chosen one gives the advice."""
    colour = "red" if alarm else "text2"  # amber is a time limit, here as everywhere
    card = controls.Card(edge="red" if alarm else "control", width=2 if alarm else 1)
    row = controls.row(card, margins=(16, 12, 16, 12), spacing=12)
    row.addWidget(controls.IconLabel("alert-circle", 22, colour), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(controls.label(text, "body", wrap=True), 1)
    return card
