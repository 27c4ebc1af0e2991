"""The body map: every zone where the key points are, inside the body, apart from its neighbours, and told in words."""

from __future__ import annotations

import pytest

from desktop_app.pictures import body, body_shapes
from desktop_app.pictures.body import PAIN, SENSATION, ZONES, Marks, State
from desktop_app.pictures.drawing import Area, Pattern, Picture, Point, bounds, flat, holds
from desktop_app.pictures.sides import SIDES

PLACES = [(zone, side) for zone in ZONES for side in SIDES]


def marks(pain: State = State.NORMAL, sensation: State = State.NORMAL) -> Marks:
    return Marks({place: pain for place in PLACES if place[0] != "S4"},
                 {place: sensation for place in PLACES if place[0] != "buttock"})  # fmt: skip


def with_mark(kind: str, place: tuple[str, str]) -> Marks:
    found = marks()
    changed = {**found.of(kind), place: State.MARKED}
    return Marks(changed, found.sensation) if kind == PAIN else Marks(found.pain, changed)


def spot(picture: Picture, *, front: bool, side: str, u: float, y: float) -> str:
    """What lies at a place of a leg; ``u`` from the outer edge (0) to the inner one (1)."""
    x, y = (body_shapes.FRONT if front else body_shapes.BACK).place(u, y)
    middle = _middle(picture, front=front)
    return picture.at(middle[0] + (-x if (side == "left") != front else x), middle[1] + y)


def _middle(picture: Picture, *, front: bool) -> Point:
    """Where the midline and the waist of a figure are: from its L2, or the back of its knees."""
    zone = "L2" if front else "S2"
    boxes = [bounds(area.path) for side in SIDES for area in picture.part(body.key_of((zone, side)))]
    shape = dict(body_shapes.zones(front=front))[zone]
    return (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2, boxes[0][1] - min(y for _, y in shape)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("zone", "front", "u", "y"),
    [
        ("L1", True, 0.5, 82),  # groin
        ("L2", True, 0.7, 140),  # middle of the inner front of the thigh
        ("L3", True, 0.9, 206),  # inner side above the knee
        ("L4", True, 0.85, 374),  # inner ankle
        ("L4", True, 0.8, 300),  # inner shin
        ("L5", True, 0.05, 180),  # outer thigh
        ("L5", True, 0.2, 300),  # outer leg
        ("L5", True, 0.6, 398),  # top of the foot, and the big toe
        ("L5", True, 0.85, 405),
        ("S1", True, 0.12, 398),  # outer edge of the foot
        ("S1", False, 0.2, 397),  # outer heel
        ("S1", False, 0.5, 280),  # calf
        ("S2", False, 0.5, 160),  # back of the thigh
        ("S2", False, 0.5, 231),  # hollow of the knee
        ("S3", False, 0.82, 108),  # sitting bone
        ("S4", False, 0.94, 95),  # around the anus
        ("buttock", False, 0.4, 70),
    ],
)
def test_the_key_points_and_pain_areas_lie_in_the_zones_of_their_roots(
    zone: str, front: bool, u: float, y: float, side: str
) -> None:
    picture = body.body(marks(), whole=False)
    assert spot(picture, front=front, side=side, u=u, y=y) == f"{zone}.{side}"


def test_right_and_left_are_the_patients() -> None:
    """From the front the patient's right is at the left of the picture, from behind at the right."""
    picture = body.body(marks())
    for zone, first in (("L2", "right"), ("S2", "left")):
        xs = {side: bounds(picture.part(f"{zone}.{side}")[0].path)[0] for side in SIDES}
        assert min(xs, key=lambda side: xs[side]) == first


def test_zones_stay_inside_the_body_and_apart() -> None:
    for front in (True, False):
        outline = body_shapes.outline(front=front)
        zones = [(name, body.polygon(points)) for name, points in body_shapes.zones(front=front)]
        for name, path in zones:
            outside = [p for run in flat(path) for p in run if not holds(outline, *p)]
            assert not outside, f"{name} leaves the body at {outside[:3]}"
        for x in range(2, 62, 2):
            for y in range(10, 412, 3):
                found = [name for name, path in zones if holds(path, x, y)]
                assert len(found) <= 1, f"{found} overlap at {x}, {y}"


def test_every_place_can_be_pointed_at() -> None:
    picture = body.body(marks())
    assert {area.key for area in picture.areas()} == {body.key_of(place) for place in PLACES}


def zone_of(picture: Picture, place: tuple[str, str]) -> tuple[Area, ...]:
    return picture.part(body.key_of(place))


@pytest.mark.parametrize("place", [("L4", "left"), ("S1", "right"), ("S3", "left")])
def test_patterns_carry_the_meaning(place: tuple[str, str]) -> None:
    for area in zone_of(body.body(with_mark(PAIN, place)), place):
        assert [f.pattern for f in area.fillings] == [Pattern.STRIPES]
        assert not area.dashed
    for area in zone_of(body.body(with_mark(SENSATION, place)), place):
        assert [f.pattern for f in area.fillings] == [Pattern.DOTS]
    both = Marks(with_mark(PAIN, place).pain, with_mark(SENSATION, place).sensation)
    for area in zone_of(body.body(both), place):
        assert [f.pattern for f in area.fillings] == [Pattern.STRIPES, Pattern.DOTS]


@pytest.mark.parametrize("state", [State.NOT_ASKED, State.UNKNOWN])
def test_what_is_not_known_is_dashed_and_never_plain(state: State) -> None:
    for area in body.body(marks(state, State.NORMAL)).areas():
        if not area.key.startswith("S4"):
            assert area.dashed
            assert area.fill == "surface"
    for area in body.body(marks()).areas():
        assert not area.dashed
        assert area.fill == "sunken"


def test_an_answer_given_now_is_seen_though_the_other_kind_is_open() -> None:
    half = marks(State.NORMAL, State.NOT_ASKED)
    (area, *_) = zone_of(body.body(half, active=(PAIN,)), ("L3", "left"))
    assert area.dashed  # the other kind is still not known
    assert area.fill == "sunken"  # and this one is


def test_the_map_in_words() -> None:
    assert "Pain: left L4" in body.in_words(with_mark(PAIN, ("L4", "left")))
    assert "Changed sensation: none marked (18 of 18 places not known)" in body.in_words(
        marks(State.NORMAL, State.NOT_ASKED))
    assert body.told(with_mark(PAIN, ("L4", "left")), ("L4", "left")) == "pain; sensation normal"
    assert body.told(marks(), ("buttock", "left"), (SENSATION,)) == "not asked about"
