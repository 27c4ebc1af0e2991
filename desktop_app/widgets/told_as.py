"""What painted widgets are for a screen reader: a group, words that are read, words that are read out at once.

Which of its own answers Qt gives for a widget, it decides by the names of the widget's classes, the most derived one
first. A class below that bears the name of one of Qt's is told as that one: here with nothing but a role.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QWidget


class QDialogButtonBox(QFrame):
    """A frame that holds what belongs together. Use it by the name below."""


class QLCDNumber(QWidget):
    """Words that are painted; they are its accessible name. Use it by the name below."""


Group = QDialogButtonBox
Words = QLCDNumber


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say this now, in the middle of whatever it reads. Nothing happens when none is there."""
    if not words:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


class Alarm(QLabel):
    """Words about a mistake, at the field: shown there, and read out when they change."""

    def setText(self, words: str) -> None:
        if words != self.text():
            announce(self, words)
        super().setText(words)
