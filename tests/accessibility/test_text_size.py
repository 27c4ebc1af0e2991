"""What is drawn beside words grows with them: dots of states, initials, numerals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets import controls, theme
from desktop_app.widgets.emergency_page import Numeral
from desktop_app.widgets.shell import Initials


@pytest.fixture(autouse=True)
def _text_size(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def drawn(widget: QWidget) -> tuple[int, int, int]:
    """Width and height, and how many pixels differ from the corner's."""
    picture = widget.grab().toImage()
    ground = picture.pixel(0, 0)
    ink = sum(picture.pixel(x, y) != ground for x in range(picture.width()) for y in range(picture.height()))
    return picture.width(), picture.height(), ink


@pytest.mark.parametrize("make", [lambda: controls.Dot("current", "3"), lambda: controls.Dot("settled"),
                                  lambda: Initials("ML"), lambda: Numeral(2)],
                         ids=["number", "tick", "initials", "ring"])
def test_a_sign_is_twice_as_large_at_twice_the_text(qtbot: QtBot, qapp: QApplication, make) -> None:
    theme.apply(qapp, "light", 1.0)
    sign = make()
    qtbot.addWidget(sign)
    sign.adjustSize()
    width, height, ink = drawn(sign)
    theme.apply(qapp, "light", 2.0)
    sign.adjustSize()
    twice = drawn(sign)
    assert twice[:2] == (2 * width, 2 * height)
    assert 3 < twice[2] / ink < 5  # four times but for the soft edges
