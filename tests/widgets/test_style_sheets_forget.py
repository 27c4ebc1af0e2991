"""Long sessions: Qt's style sheets keep a look for each widget that they drew, and forget it with the widget.

Of the inside of a scroll area, and of what stands in a list to choose from, they never learn that it went: what is
drawn of it stays under its address, a thousand bytes for each page of each consultation. So nothing is to be drawn.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import Place
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets import controls
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.fields import text_area
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.scroll_area import ScrollArea
from tests.benchmarks.endurance import in_use

AT_ONCE = 150
LEFT = 400
"""Bytes for each widget that has gone: what stayed was 1,100; without it, tables that grow take up to a hundred."""

Attribute = Qt.WidgetAttribute


def area() -> QWidget:
    page, inside = ScrollArea(), QWidget()
    controls.column(inside).addWidget(controls.label("words"))
    page.setWidget(inside)
    return page


def words() -> QWidget:
    return text_area("Words")


def drawn_and_gone(make: Callable[[], QWidget]) -> None:
    """All at the same time, so that none gets the address of another."""
    holder = QWidget()
    holder.resize(400, 400)
    for number in range(AT_ONCE):
        one = make()
        one.setParent(holder)
        one.setGeometry(number % 20 * 20, number // 20 * 20, 60, 60)
    holder.show()
    QApplication.processEvents()
    holder.repaint()
    holder.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


@pytest.mark.parametrize("make", [area, words])
def test_what_was_drawn_and_has_gone_leaves_no_bytes(looks: None, make: Callable[[], QWidget]) -> None:
    for _ in range(3):  # tables grow to their size
        drawn_and_gone(make)
    before = in_use()
    for _ in range(3):
        drawn_and_gone(make)
    assert (in_use() - before) / (3 * AT_ONCE) < LEFT


def test_the_style_sheets_learn_the_end_of_whatever_they_draw(consult: MainWindow, cases: dict[str, Case]) -> None:
    """But the inside of the lists that open from a box: they are Qt's, and drawn only when opened."""
    view = consult.view
    assert view is not None
    view.answer({a: given for a, given in cases["c01"].sheet.items() if a not in {SEX, DATE_OF_BIRTH}})
    for screen in view.wizard.screens:
        view.go(Place(screen))
        QApplication.processEvents()
    for one in QApplication.allWidgets():
        if one.testAttribute(Attribute.WA_StyledBackground) and not isinstance(one.parentWidget(), QListView):
            assert one.testAttribute(Attribute.WA_StyleSheet), one.parentWidget()


def test_no_label_stands_in_a_list_that_was_never_shown(looks: None) -> None:
    pick = Pick("Unit")
    assert pick.findChildren(QLabel) == []
    pick.deleteLater()
