"""How any part of the window asks for help: it finds whoever shows help above it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.widgets.buttons import Button

HOW_IT_DECIDES = "how_it_decides"


@runtime_checkable
class HelpHost(Protocol):
    """A window or dialog that can show help."""

    def open_help(self, topic: str = "") -> None: ...


def ask_for_help(widget: QWidget, topic: str = "") -> None:
    """Open the help of the page ``widget`` stands on, or one topic. Nothing happens where nobody shows help."""
    host: QWidget | None = widget
    while host is not None:
        if isinstance(host, HelpHost):
            host.open_help(topic)
            return
        host = host.parentWidget()


class HelpButton(Button):
    """Help, with its key on it; stands in every header, and as ``tall`` as its neighbours below a question."""

    def __init__(self, parent: QWidget | None = None, *, tall: int = 32) -> None:
        super().__init__(tr("Help"), icon="help-circle-outline", key="F1", tall=tall, name=tr("Help for this page"),
                         parent=parent)
        self.clicked.connect(lambda: ask_for_help(self))
