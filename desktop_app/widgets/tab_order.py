"""Keeps Tab in reading order where the parts of a column come and go."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def _chain(holder: QWidget) -> Iterator[QWidget]:
    """Whatever takes the keyboard inside ``holder``, in the order in which Tab meets it now."""
    widget: QWidget | None = holder.nextInFocusChain()
    while widget is not None and widget is not holder:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and holder.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()


def as_read(holder: QWidget, column: QLayout) -> None:
    """Let Tab go through the parts of ``column`` from top to bottom; within each part its own order stays.

    A part that was put between others later would otherwise come last.
    """
    found: dict[int, list[QWidget]] = {}
    for widget in _chain(holder):
        part: QWidget | None = widget
        while part is not None and part.parentWidget() is not holder:
            part = part.parentWidget()
        if part is not None and (place := column.indexOf(part)) >= 0:
            found.setdefault(place, []).append(widget)
    for before, after in pairwise([widget for place in sorted(found) for widget in found[place]]):
        QWidget.setTabOrder(before, after)
