"""What was asked for comes into sight: a card whole, its top, or the part of it that has just been opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets.reveal import PASSES, reveal
from desktop_app.widgets.scroll_area import ScrollArea

ROOM = 300


class Page:
    """A card with a note at its foot, between much above and much below."""

    def __init__(self, qtbot: QtBot, tall: int, note: int) -> None:
        self.view, self.card, self.note = ScrollArea(), QWidget(), QWidget()
        inside = QWidget()
        column = QVBoxLayout(inside)
        above, below = QWidget(), QWidget()
        for widget, height in ((above, 600), (self.card, tall), (below, 900)):
            widget.setFixedHeight(height)
            column.addWidget(widget)
        inner = QVBoxLayout(self.card)
        inner.addStretch(1)
        self.note.setFixedHeight(note)
        inner.addWidget(self.note)
        self.view.setWidget(inside)
        self.view.setWidgetResizable(True)
        self.view.resize(400, ROOM)
        qtbot.addWidget(self.view)
        self.view.show()

    def settle(self) -> None:
        for _ in range(PASSES + 2):
            QApplication.processEvents()

    def span(self, part: QWidget) -> tuple[int, int]:
        """Where a part begins and ends, in pixels from the top of what is in sight."""
        top = part.mapTo(self.view.viewport(), QPoint(0, 0)).y()
        return top, top + part.height()


def test_a_card_that_fits_is_seen_whole(qtbot: QtBot) -> None:
    page = Page(qtbot, 200, 60)
    reveal(page.card, page.note)
    page.settle()
    top, end = page.span(page.card)
    assert top >= 0
    assert end <= ROOM


def test_of_a_card_too_tall_the_top_is_seen(qtbot: QtBot) -> None:
    page = Page(qtbot, 500, 60)
    reveal(page.card)
    page.settle()
    assert 0 <= page.span(page.card)[0] < 40


@pytest.mark.parametrize("note", [60, 280, 400])
def test_of_a_card_too_tall_the_part_just_opened_is_seen(qtbot: QtBot, note: int) -> None:
    """Whole where it fits, else from its first line on."""
    page = Page(qtbot, 700, note)
    reveal(page.card, page.note)
    page.settle()
    top, end = page.span(page.note)
    assert top >= 0
    assert end <= ROOM or top < 40
