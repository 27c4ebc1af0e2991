"""The scroll area of every page: Qt's own, without the fault that ends the program while a screen reader reads it.

Measured with PySide6 6.12.0: what Qt tells a screen reader of a ``QScrollArea`` counts only the scroll bars that are
in sight, and takes the child that is asked for by its number without looking whether it is still there. A reader
first asks how many there are and then for each; when a page changes in between, Qt reads behind the end of its list
(segmentation fault in ``QAccessibleCache::idForObject``). Which of its classes answers for a widget, Qt decides by the
names of the widget's classes, the most derived one first. So the class below bears the name of the plain widget,
whose answer is the same in everything else and says "none" for a child that has gone.

And without what Qt's style sheets keep for good: for an inside that fills its own background they work out a look and
put it away under its address, but never learn that it went (960 bytes for every page of every consultation).
"""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea


class QWidget(QScrollArea):
    """A scroll area that answers a screen reader as a plain widget does. Use it by the name below."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setAutoFillBackground(False)  # before its style sheet is read; transparent in every theme


ScrollArea = QWidget
