"""Keeps Tab and what a screen reader reads in reading order where the parts of a column come and go.

Qt's own chain of Tab (``nextInFocusChain``) is never asked: this binding takes the widget that it returns for a child
of the one that was asked, and pages that were left stayed in memory for good, five megabytes for each consultation.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def as_read(holder: QWidget, column: QLayout) -> None:
    """Let Tab and a screen reader go through the parts of ``column`` from top to bottom; within each part in the order
    in which it was made.

    A part that was put between others later would otherwise come last.
    """
    parts = _parts(column)
    _stack(holder, parts)
    for before, after in pairwise([widget for part in parts for widget in _taking_keys(part)]):
        QWidget.setTabOrder(before, after)


def _parts(column: QLayout) -> list[QWidget]:
    items = (column.itemAt(place) for place in range(column.count()))
    return [part for item in items if item is not None and (part := item.widget()) is not None]


def _taking_keys(part: QWidget) -> Iterator[QWidget]:
    """Whatever takes the keyboard in a part, the part itself first; not what opens in a window of its own (a list)."""
    for widget in (part, *part.findChildren(QWidget)):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is part.window():
            yield widget


def _stack(holder: QWidget, parts: list[QWidget]) -> None:
    """A screen reader is told of the parts in the order of the holder's children."""
    places = {child: place for place, child in enumerate(holder.children())}
    if any(places[one] > places[two] for one, two in pairwise(parts)):
        for one, two in reversed(list(pairwise(parts))):
            one.stackUnder(two)
