"""What can be pressed stands out from its ground by its painted edge or fill, and so does the focus ring: 3:1."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick, Tick
from desktop_app.widgets.fields import field
from desktop_app.widgets.focus_ring import _Ring
from desktop_app.widgets.tokens import THEMES
from tests.accessibility.walker import ratio

EDGE = 3.0
ROOM = 16  # px of ground around what is measured
GROUNDS = ("bg", "surface")


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def pressed(button: Button) -> Button:
    button.setCheckable(True)
    button.setChecked(True)
    return button


CONTROLS = {
    "primary": lambda: Button("Sign", "primary"), "secondary": lambda: Button("Change…"),
    "chosen": lambda: pressed(Button("Female")), "unknown": lambda: Button("Not assessed", "unknown"),
    "unknown chosen": lambda: pressed(Button("Not assessed", "unknown")),
    "tick": lambda: Tick("Yes"), "field": lambda: field("Name"), "list": lambda: Pick("Unit"),
}


def on_ground(qtbot: QtBot, ground: str, control: QWidget) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setStyleSheet(f"QWidget#ground {{ background: {getattr(theme.now(), ground)}; }}")
    holder.setObjectName("ground")
    controls.column(holder, margins=(ROOM, ROOM, ROOM, ROOM)).addWidget(control)
    holder.show()
    return holder


def best_at_the_left_edge(holder: QWidget, control: QWidget) -> float:
    """The strongest contrast to the ground among the pixels of the control's left edge, at half its height or near it:
    a dashed edge has gaps.
    """
    picture = holder.grab().toImage()
    ground = picture.pixelColor(2, 2)
    place = control.geometry()
    rows = range(place.center().y() - 6, place.center().y() + 7)
    return max(ratio(QColor(picture.pixelColor(x, y)), ground) for y in rows
               for x in range(place.left(), place.left() + 3))


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("kind", CONTROLS)
def test_what_can_be_pressed_has_an_edge_that_is_seen(qtbot: QtBot, qapp: QApplication, name: str, ground: str,
                                                      kind: str) -> None:
    theme.apply(qapp, name)
    control = CONTROLS[kind]()
    holder = on_ground(qtbot, ground, control)
    assert best_at_the_left_edge(holder, control) >= EDGE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", [*GROUNDS, "sunken", "accent_soft", "red_soft", "slate_soft"])
def test_the_focus_ring_is_seen_on_every_ground(qtbot: QtBot, qapp: QApplication, name: str, ground: str) -> None:
    theme.apply(qapp, name)
    holder = on_ground(qtbot, ground, QWidget())
    holder.resize(120, 80)
    ring = _Ring(8.0, holder)
    ring.setGeometry(20, 20, 80, 40)
    ring.show()
    assert best_at_the_left_edge(holder, ring) >= EDGE


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_note_has_an_edge_that_is_seen_in_high_contrast(qtbot: QtBot, qapp: QApplication, ground: str) -> None:
    theme.apply(qapp, "high contrast")
    note = controls.Card(fill="sunken", edge="")
    note.setFixedSize(120, 60)
    assert best_at_the_left_edge(on_ground(qtbot, ground, note), note) >= EDGE


@pytest.mark.parametrize("name", THEMES)
def test_a_field_that_is_off_looks_unlike_one_that_is_on(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    edit = field("Name")
    holder = on_ground(qtbot, "bg", edit)
    on = best_at_the_left_edge(holder, edit)
    edit.setEnabled(False)
    assert best_at_the_left_edge(holder, edit) < on


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("wrapped", [False, True])
def test_words_about_a_mistake_stand_behind_a_sign(qtbot: QtBot, qapp: QApplication, name: str, *,
                                                   wrapped: bool) -> None:
    theme.apply(qapp, name)
    words = controls.label("", ink="red", wrap=wrapped)
    words.setText("Write the patient's name, and then the number that stands on the papers of the clinic.")
    if wrapped:
        words.setFixedWidth(160)
    holder = on_ground(qtbot, "bg", words)
    picture, place = holder.grab().toImage(), words.geometry()
    ground = picture.pixelColor(2, 2)
    sign = [ratio(QColor(picture.pixelColor(place.left() + x, place.top() + y)), ground)
            for x in range(theme.px(16)) for y in range(theme.px(20))]
    assert max(sign) >= EDGE
    beside = [picture.pixelColor(place.left() + theme.px(16) + 2, place.top() + y) for y in range(place.height())]
    assert all(colour == ground for colour in beside)  # no word runs into it, in the second line neither
