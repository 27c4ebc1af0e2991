"""What painted widgets are for a screen reader: a group, or words that are read.

Which of its own answers Qt gives for a widget, it decides by the names of the widget's classes, the most derived one
first. A class below that bears the name of one of Qt's is told as that one: here with nothing but a role.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


class QDialogButtonBox(QFrame):
    """A frame that holds what belongs together. Use it by the name below."""


class QLCDNumber(QWidget):
    """Words that are painted; they are its accessible name. Use it by the name below."""


Group = QDialogButtonBox
Words = QLCDNumber
