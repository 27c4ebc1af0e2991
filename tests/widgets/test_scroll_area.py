"""A screen reader may ask for a scroll bar that has just gone."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.scroll_area import ScrollArea

FAR = 200  # numbers behind the last child: without the class of the module Qt reads memory there and the process ends


def test_a_child_that_has_gone_is_none(qtbot: QtBot) -> None:
    area = ScrollArea()
    qtbot.addWidget(area)
    page = QLabel()
    page.setFixedSize(900, 900)
    area.setWidget(page)
    area.resize(200, 200)
    area.show()
    told = QAccessible.queryAccessibleInterface(area)
    assert told.role() is QAccessible.Role.Client  # what Qt says of a scroll area, too
    assert told.child(0).object() is area.viewport()
    page.setFixedSize(50, 50)  # the page changes: no bars any more
    assert [told.child(number) for number in range(told.childCount(), FAR)] == [None] * (FAR - told.childCount())
    area.hide()
    assert told.child(FAR) is None


def test_no_other_scroll_area_stands_in_the_window(consult: MainWindow) -> None:
    """Its pages are looked at one by one by the walkers in tests/accessibility."""
    assert [area for area in consult.findChildren(QScrollArea) if not isinstance(area, ScrollArea)] == []
