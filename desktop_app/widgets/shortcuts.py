"""Installs shortcuts from the one table of keys, so that the list of keys in Help cannot lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.presentation import keys


def install(widget: QWidget, name: str, slot: Callable[[], object]) -> QShortcut:
    """Let the key of that name (``presentation/keys.py``) call ``slot`` wherever the keyboard is in the window."""
    return _installed(widget, keys.sequences(name)[0], slot)


def install_each(widget: QWidget, name: str, slots: Sequence[Callable[[], object]]) -> None:
    """The first of several keys calls the first slot, the second the second; slots beyond the keys have none."""
    for sequence, slot in zip(keys.sequences(name), slots, strict=False):
        _installed(widget, sequence, slot)


def _installed(widget: QWidget, sequence: str, slot: Callable[[], object]) -> QShortcut:
    shortcut = QShortcut(QKeySequence(sequence), widget)
    shortcut.activated.connect(slot)
    return shortcut
