"""Paths know their inside and their edges; a picture finds the part under a point."""

from __future__ import annotations

import pytest

from desktop_app.pictures.drawing import Area, Picture, Words, bounds, box, disc, holds, line, moved, placed, smooth


def test_a_disc_holds_its_middle_and_not_the_corner_of_its_box() -> None:
    path = disc(10, 10, 5)
    assert holds(path, 10, 10)
    assert not holds(path, 5.5, 5.5)
    assert bounds(path) == pytest.approx((5, 5, 15, 15))


def test_a_hole_does_not_belong_to_its_ring() -> None:
    ring = (*disc(10, 10, 8), *disc(10, 10, 4))
    assert holds(ring, 10, 4)
    assert not holds(ring, 10, 10)


def test_the_topmost_part_under_a_point_is_found() -> None:
    below = Area(box(0, 0, 20, 20), key="below")
    above = Area(box(5, 5, 5, 5), key="above")
    outline = Area(box(0, 0, 20, 20), edge="control")  # stands for nothing, so it catches nothing
    picture = Picture(20, 20, (below, above, outline))
    assert picture.at(6, 6) == "above"
    assert picture.at(1, 1) == "below"
    assert not picture.at(30, 1)


def test_a_mirrored_path_lies_on_the_other_side_at_the_same_height() -> None:
    path = line(((1, 2), (3, 4)))
    assert moved(path, mirror=10) == (("M", (19, 2)), ("L", (17, 4)))
    assert moved(path, 1, 1, 2) == (("M", (3, 5)), ("L", (7, 9)))


def test_a_smooth_line_runs_through_its_points() -> None:
    points = ((0, 0), (4, 5), (9, 5), (12, 0))
    assert [step[1][-2:] for step in smooth(points)] == list(points)


def test_words_grow_with_the_picture_they_are_placed_in() -> None:
    (words,) = placed((Words(10, 20, "L4", size=12),), 5, 5, 2)
    assert words == Words(25, 45, "L4", size=24)
