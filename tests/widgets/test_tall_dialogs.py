"""A dialog is never taller than the screen: with large text its words scroll, its title and its buttons stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets import theme
from desktop_app.widgets.people_page import PersonDialog
from desktop_app.widgets.shots import settle


@pytest.fixture(params=[1.0, 2.0])
def size(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[float]:
    theme.apply(qapp, "light", request.param)
    yield request.param
    theme.apply(qapp, "light", 1.0)


def test_the_buttons_of_the_tallest_dialog_are_in_sight(qtbot: QtBot, size: float) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = PersonDialog(parent, None)
    dialog.show()
    dialog.check()
    settle()
    assert dialog.height() < dialog.screen().availableGeometry().height()
    for button in (dialog.cancel, dialog.go):
        assert dialog.rect().contains(button.geometry())
    area = dialog.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert (bar.maximum() > 0) == (size == 2.0), "it scrolls when it has to, and only then"
    dialog.passphrase.setFocus()
    dialog.fit()
    settle()
    shown = dialog.passphrase.mapTo(area, dialog.passphrase.rect().topLeft())
    assert 0 <= shown.y() <= area.height() - dialog.passphrase.height(), "what has the keyboard is in sight"
    dialog.close()
