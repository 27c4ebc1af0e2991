"""Keeps Tab and what a screen reader reads in reading order where the parts of a column come and go."""

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
    """Let Tab and a screen reader go through the parts of ``column`` from top to bottom; within each part its own
    order stays.

    A part that was put between others later would otherwise come last.
    """
    _stack(holder, column)
    found: dict[int, list[QWidget]] = {}
    for widget in _chain(holder):
        part: QWidget | None = widget
        while part is not None and part.parentWidget() is not holder:
            part = part.parentWidget()
        if part is not None and (place := column.indexOf(part)) >= 0:
            found.setdefault(place, []).append(widget)
    for before, after in pairwise([widget for place in sorted(found) for widget in found[place]]):
        QWidget.setTabOrder(before, after)


def _stack(holder: QWidget, column: QLayout) -> None:
    """A screen reader is told of the parts in the order of the holder's children."""
    items = (column.itemAt(place) for place in range(column.count()))
    parts = [part for item in items if item is not None and (part := item.widget()) is not None]
    places = {child: place for place, child in enumerate(holder.children())}
    if any(places[one] > places[two] for one, two in pairwise(parts)):
        for one, two in reversed(list(pairwise(parts))):
            one.stackUnder(two)
