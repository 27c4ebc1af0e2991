"""One picture of a window, once everything in it has come to rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.widgets.dialogs import Ask


def settle() -> None:
    """Let layouts and everything they ask for happen now."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def take(window: QWidget, folder: Path, name: str) -> Path:
    """The window as it stands, as ``name``.png; whoever walks over every page puts something else in its place."""
    settle()
    target = folder / f"{name}.png"
    window.grab().save(str(target))
    return target


def downwards(window: QWidget, area: QScrollArea, folder: Path, name: str) -> Iterator[Path]:
    """What lies further down a long page, a page of the scroll bar at a time; its top has been taken."""
    settle()
    bar = area.verticalScrollBar()
    part = 2
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        yield take(window, folder, f"{name}-part-{part}")
        part += 1


def question(window: QWidget, folder: Path, name: str, *, mistakes: bool = True) -> Iterator[Path]:
    """The dialog that has just been opened: as it opens, and what it says when nothing was entered."""
    settle()
    dialog = next((one for one in window.findChildren(Ask) if one.isVisible()), None)
    if dialog is None:
        return
    yield take(dialog, folder, name)
    if mistakes:
        dialog.check()
        yield take(dialog, folder, f"{name}-mistakes")
    dialog.close()
