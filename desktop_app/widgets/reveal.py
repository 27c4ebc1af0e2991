"""Brings a card that has just opened into sight, as soon as its page knows how tall everything is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

PASSES = 4  # a page that gained or lost questions settles over several rounds of the event loop
AIR, RING = 12, 5  # px around the card where there is room; the least, so that the keyboard's ring is seen
MARGIN = 40  # px of what lies around the part that has the keyboard


def reveal(card: QWidget, part: QWidget | None = None) -> None:
    """All of the card, or its top when it is taller than the page; then ``part`` of it where one is named."""
    _soon(card, part, PASSES, (-1, -1))


def keep_in_sight(part: QWidget, reason: Qt.FocusReason) -> None:
    """A part of a card that the arrow keys led to; Qt scrolls by itself for Tab only. A click saw it already."""
    view = _scroll_area(part)
    if view is not None and reason != Qt.FocusReason.MouseFocusReason:
        view.ensureWidgetVisible(part, 0, MARGIN)


def _soon(card: QWidget, part: QWidget | None, passes: int, before: tuple[int, int]) -> None:
    QTimer.singleShot(0, card, lambda: _now(card, part, passes, before))


def _now(card: QWidget, part: QWidget | None, passes: int, before: tuple[int, int]) -> None:
    view = _scroll_area(card)
    inner = view.widget() if view is not None else None
    if view is None or inner is None:
        return
    room = view.viewport().height()
    air = min(max((room - card.height()) // 2, RING), AIR)
    top = max(card.mapTo(inner, card.rect().topLeft()).y() - air, 0)
    tall = card.height() + 2 * air
    bar = view.verticalScrollBar()
    if top + tall <= room:  # all of it fits below the page's title
        bar.setValue(0)
    elif part is not None and tall > room:
        first = part.mapTo(inner, part.rect().topLeft()).y()
        bar.setValue(min(first - RING, max(top, first + part.height() + RING - room)))
    elif top < bar.value() or top + tall > bar.value() + room:
        bar.setValue(min(top, max(top + tall - room, top + tall // 2 - room // 2)))
    if passes and (top, tall) != before:
        _soon(card, part, passes - 1, (top, tall))


def _scroll_area(card: QWidget) -> QScrollArea | None:
    parent: QWidget | None = card.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
