"""Every picture names its sides: under the word Right lies only what belongs to the right, seen from any direction."""

from __future__ import annotations

import re

import pytest

from desktop_app.engine.model import GridAxis
from desktop_app.pictures import body, correlation, spine
from desktop_app.pictures.body import ZONES, Marks, State
from desktop_app.pictures.correlation import Leg, Row
from desktop_app.pictures.drawing import Area, Picture, Words, bounds
from desktop_app.pictures.sides import SIDES, as_seen
from desktop_app.pictures.spine import Cell, SpineMarks

RIGHT, LEFT = GridAxis("right", "right"), GridAxis("left", "left")


def side_words(picture: Picture, pattern: str) -> dict[float, str]:
    """Place across the picture of each word that names a side, and the side."""
    found = ((shape.x, re.fullmatch(pattern, shape.text)) for shape in picture.shapes if isinstance(shape, Words))
    return {x: match[1].lower() for x, match in found if match}


def nearest(words: dict[float, str], area: Area) -> str:
    left, _, right, _ = bounds(area.path)
    return words[min(words, key=lambda x: abs(x - (left + right) / 2))]


@pytest.mark.parametrize("whole", [True, False])
def test_every_zone_of_the_body_lies_at_the_word_of_its_side(whole: bool) -> None:
    states = {(zone, side): State.NORMAL for zone in ZONES for side in SIDES}
    picture = body.body(Marks(states, states), whole=whole)
    words = side_words(picture, "(Right|Left)")
    ordered = [words[x] for x in sorted(words)]
    # from the front, from behind, and the window that enlarges the view from behind
    assert ordered == ["right", "left", "left", "right", *(["left", "right"] if whole else [])]
    zones = [area for area in picture.areas() if area.key]
    assert {area.key for area in zones} == {f"{zone}.{side}" for zone, side in states}
    assert [area.key for area in zones if nearest(words, area) != area.key.partition(".")[2]] == []


def test_every_place_of_the_scan_lies_at_the_word_of_its_side() -> None:
    cells = tuple(Cell(f"compression.{level}.{zone}", level, zone, spine.CLEAR, "") for level in ("L3_L4", "L5_S1")
                  for zone in spine.ZONES)
    picture = spine.spine(SpineMarks(None, cells))
    words = side_words(picture, "(Right|Left)")
    assert [words[x] for x in sorted(words)] == list(SIDES)
    aside = [area for area in picture.areas() if area.key and not area.key.endswith("canal")]
    assert len(aside) == 12
    assert [area.key for area in aside if not area.key.endswith(nearest(words, area))] == []


@pytest.mark.parametrize("width", [620.0, 300.0])
@pytest.mark.parametrize("pressed", SIDES)
def test_what_presses_on_a_root_stands_under_its_own_leg(pressed: str, width: float) -> None:
    legs = tuple(
        Leg(side, tuple(Row(root, 0, 0, (), 3 if side == pressed else 0, "") for root in correlation.ROOTS))
        for side in SIDES
    )
    picture = correlation.correlation(legs, width=width)
    words = side_words(picture, "(Right|Left) leg")
    assert [words[x] for x in sorted(words)] == list(SIDES)
    middle = (min(words) + max(words)) / 2 if width < 400 else width / 2
    discs = [(box[0] + box[2]) / 2 for shape in picture.shapes if isinstance(shape, Area) and shape.fill == "accent"
             and (box := bounds(shape.path))[3] < 260]
    assert len(discs) >= 3 * len(correlation.ROOTS)
    assert {SIDES[x > middle] for x in discs} == {pressed}


def test_the_right_stands_first_whatever_an_edition_names_first() -> None:
    assert as_seen((LEFT, RIGHT)) == as_seen((RIGHT, LEFT)) == (RIGHT, LEFT)
    zones = tuple(GridAxis(zone, zone) for zone in spine.ZONES)
    assert as_seen(zones) == zones
    assert as_seen((LEFT,)) == (LEFT,)
