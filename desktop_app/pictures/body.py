"""The body map: where it hurts and where sensation is changed, front and back, with the saddle area enlarged.

Stripes mean pain, dots changed sensation, both may lie over each other. A dashed edge means not asked or
not known; a plain solid zone was asked and is not affected. Right and left are the patient's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from desktop_app.pictures import body_shapes
from desktop_app.pictures.drawing import (
    Area,
    Filling,
    Path,
    Pattern,
    Picture,
    Point,
    Role,
    Shape,
    Stroke,
    Words,
    box,
    line,
    moved,
    polygon,
)

PAIN, SENSATION = "pain", "sensation"
KINDS = (PAIN, SENSATION)
ZONES = ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "buttock")
SIDES = ("right", "left")

Place = tuple[str, str]
"""Zone and side, as the rows and columns of the guideline's grids name them."""


class State(Enum):
    """What is known of one kind of sign in one zone."""

    MARKED = "marked"
    NORMAL = "normal"
    UNKNOWN = "unknown"  # asked, and the answer is that it is not known
    NOT_ASKED = "not asked"

    @property
    def known(self) -> bool:
        return self in {State.MARKED, State.NORMAL}


_WORDS = {
    PAIN: {State.MARKED: "pain", State.NORMAL: "no pain", State.UNKNOWN: "pain not known",
           State.NOT_ASKED: "pain not asked"},
    SENSATION: {State.MARKED: "changed sensation", State.NORMAL: "sensation normal",
                State.UNKNOWN: "sensation not known", State.NOT_ASKED: "sensation not tested"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marks:
    """State by zone and side for each kind; a place that a kind does not ask about is missing in it."""

    pain: Mapping[Place, State] = field(default_factory=dict)
    sensation: Mapping[Place, State] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[Place, State]:
        return self.pain if kind == PAIN else self.sensation

    def state(self, kind: str, place: Place) -> State | None:
        """None where the kind is not asked about at this place."""
        return self.of(kind).get(place)

    def marked(self, kind: str) -> tuple[Place, ...]:
        return tuple(place for place, state in self.of(kind).items() if state is State.MARKED)


def key_of(place: Place) -> str:
    return ".".join(place)


def place_of(key: str) -> Place:
    zone, _, side = key.partition(".")
    return zone, side


def told(marks: Marks, place: Place, kinds: Collection[str] = KINDS) -> str:
    """What is known at one place, in words: "pain; sensation not tested"."""
    found = [_WORDS[kind][state] for kind in KINDS if kind in kinds and (state := marks.state(kind, place))]
    return "; ".join(found) or "not asked about"


def in_words(marks: Marks) -> str:
    """The whole map as text."""
    parts = []
    for kind in KINDS:
        asked = marks.of(kind)
        if not asked:
            continue
        name = "Pain" if kind == PAIN else "Changed sensation"
        sides = []
        for side in SIDES:
            zones = [zone for zone in ZONES if asked.get((zone, side)) is State.MARKED]
            if zones:
                sides.append(f"{side} {', '.join(zones)}")
        open_ = sum(not state.known for state in asked.values())
        text = f"{name}: {'; '.join(sides) or 'none marked'}"
        parts.append(f"{text} ({open_} of {len(asked)} places not known)" if open_ else text)
    return "Body map. " + ". ".join(parts) + "."


# -- layout, in picture units -------------------------------------------------------------------------

_FRONT_X, _BACK_X = 66.0, 196.0
_FIGURE_Y = 2.0 - body_shapes.TOP
_INSET_X, _INSET_Y = 324.0, 22.0
_LEGEND_Y = 196.0
_SIDES_Y = _FIGURE_Y + body_shapes.BOTTOM + 18.0
WIDTH, HEIGHT = 379.0, _SIDES_Y + 6.0
FIGURES_WIDTH = 262.0  # without the column of saddle area and legend

_SMALL = 13.0


@cache
def _zone_paths() -> tuple[tuple[str, str, Path], ...]:
    """(zone, side, outline) of every zone in the picture, those in the enlarged window last."""
    figures = [
        (zone, side, _path(points, _FRONT_X if front else _BACK_X, _FIGURE_Y, mirrored=(side == "left") != front))
        for front in (True, False)
        for zone, points in body_shapes.zones(front=front)
        for side in SIDES
    ]
    window = [
        (zone, side, _path(points, _INSET_X, _INSET_Y, mirrored=side == "left"))
        for zone, points in body_shapes.saddle()
        for side in SIDES
    ]
    return (*figures, *window)


def _path(points: tuple[Point, ...], x: float, y: float, *, mirrored: bool) -> Path:
    # A half is drawn with x away from the midline; mirrored it lies left of it in the picture.
    return polygon([(x - px if mirrored else x + px, y + py) for px, py in points])


@cache
def _grounds() -> tuple[Shape, ...]:
    """What stands behind the zones: two figures, the window of the saddle area and what leads to it."""
    left = _INSET_X - body_shapes.SADDLE_WIDTH / 2
    return (
        *(
            Area(moved(body_shapes.outline(front=front), x, _FIGURE_Y), fill="sunken")
            for front, x in ((True, _FRONT_X), (False, _BACK_X))
        ),
        Area(box(left, _INSET_Y, body_shapes.SADDLE_WIDTH, body_shapes.SADDLE_HEIGHT, 10), fill="sunken",
             edge="control"),
    )  # fmt: skip


@cache
def _foregrounds() -> tuple[Shape, ...]:
    """What stands before the zones: the outlines, and the lines that make them a body."""
    return (
        *(
            Area(moved(body_shapes.outline(front=front), x, _FIGURE_Y), edge="control", width=1.3)
            for front, x in ((True, _FRONT_X), (False, _BACK_X))
        ),
        *(
            Stroke(moved(path, x, _FIGURE_Y), ink="control")
            for front, x in ((True, _FRONT_X), (False, _BACK_X))
            for path in body_shapes.details(front=front)
        ),
    )


@cache
def _window_lines() -> tuple[Shape, ...]:
    """The line that leads to the enlarged saddle area, and what makes it known for what it shows."""
    left = _INSET_X - body_shapes.SADDLE_WIDTH / 2
    return (
        Stroke(line(((_BACK_X + 17, _FIGURE_Y + 84), (left, _INSET_Y + 66))), ink="control"),
        *(Stroke(moved(path, _INSET_X, _INSET_Y), ink="control") for path in body_shapes.saddle_lines()),
    )


def _zone(
    zone: str, side: str, path: Path, marks: Marks, kinds: Collection[str], active: Collection[str]
) -> Area:
    place = (zone, side)
    fillings = []
    if marks.state(PAIN, place) is State.MARKED:
        fillings.append(Filling(Pattern.STRIPES, "accent"))
    if marks.state(SENSATION, place) is State.MARKED:
        fillings.append(Filling(Pattern.DOTS, "text"))
    states = {kind: state for kind in kinds if (state := marks.state(kind, place)) is not None}
    dashed = any(not state.known for state in states.values())
    empty = any(not state.known for kind, state in states.items() if kind in active)
    edge: Role = "control" if dashed or fillings else "line" if states else "surface"
    return Area(
        path,
        fill="surface" if empty or fillings else "sunken",
        edge=edge,
        width=1.2 if dashed else 1.0,
        dashed=dashed,
        fillings=tuple(fillings),
        key=key_of(place),
        name=f"{zone} {side}: {told(marks, place, kinds)}",
    )


def body(
    marks: Marks,
    kinds: Collection[str] = KINDS,
    *,
    active: Collection[str] | None = None,
    legend: bool = True,
    names: bool = True,
) -> Picture:
    """The map. ``kinds``: what is asked about here, so whose unknown places have a dashed edge; ``active``: what
    is being answered, so whose answered places are filled (all kinds where not said).

    ``legend``: with the column that holds the saddle area and the key to the patterns; without it only
    the two figures stand there. ``names``: zones carry their root's name.
    """
    width = WIDTH if legend else FIGURES_WIDTH
    zones = [
        _zone(zone, side, path, marks, kinds, kinds if active is None else active)
        for zone, side, path in _zone_paths()
        if legend or path[0][1][0] < FIGURES_WIDTH
    ]
    # A pale line all around parts the zones from each other and from the body.
    parting = [Area(zone.path, edge="surface", width=3.0) for zone in zones]
    shapes: list[Shape] = [*_grounds()[: None if legend else 2], *parting, *zones, *_foregrounds()]
    if legend:
        shapes += _window_lines()
    if names:
        shapes += _names(zones, legend=legend)
    shapes += _directions(legend=legend)
    if legend:
        shapes += _legend(kinds)
    return Picture(width, HEIGHT, tuple(shapes), in_words(marks))


def _names(zones: list[Area], *, legend: bool) -> list[Shape]:
    shown = {area.key: area for area in zones}
    found: list[Shape] = []
    for places, x, y, leg in (
        (body_shapes.FRONT_NAMES, _FRONT_X, _FIGURE_Y, body_shapes.FRONT),
        (body_shapes.BACK_NAMES, _BACK_X, _FIGURE_Y, body_shapes.BACK),
    ):
        for zone, (u, height) in places.items():
            for side in SIDES:
                away, down = leg.place(u, height)
                to_left = (side == "left") != (leg is body_shapes.FRONT)
                found.append(_name(zone, x - away if to_left else x + away, y + down, shown[key_of((zone, side))]))
    if legend:
        for zone, (away, down) in body_shapes.SADDLE_NAMES.items():
            for side in SIDES:
                at = _INSET_X + (-away if side == "left" else away)
                found.append(_name(zone, at, _INSET_Y + down, shown[key_of((zone, side))]))
    return found


def _name(zone: str, x: float, y: float, area: Area) -> Words:
    return Words(x, y + 4.5, zone, _SMALL, 600, "middle", "text2" if not area.fillings else "text",
                 "surface" if area.fillings else "")  # fmt: skip


def _directions(*, legend: bool) -> list[Shape]:
    found: list[Shape] = [
        Words(_FRONT_X, _FIGURE_Y + 20, "Front", _SMALL, 600, "middle", "text2"),
        Words(_BACK_X, _FIGURE_Y + 20, "Back", _SMALL, 600, "middle", "text2"),
    ]
    for x, first, second in ((_FRONT_X, "Right", "Left"), (_BACK_X, "Left", "Right")):
        found += [Words(x - 33, _SIDES_Y, first, _SMALL, 600, "middle", "text2"),
                  Words(x + 33, _SIDES_Y, second, _SMALL, 600, "middle", "text2")]  # fmt: skip
    if legend:
        under = _INSET_Y + body_shapes.SADDLE_HEIGHT + 16
        found += [Words(_INSET_X, _INSET_Y - 8, "Saddle area", _SMALL, 600, "middle", "text2"),
                  Words(_INSET_X - 30, under, "Left", _SMALL, 600, "middle", "text2"),
                  Words(_INSET_X + 30, under, "Right", _SMALL, 600, "middle", "text2")]  # fmt: skip
    return found


def _legend(kinds: Collection[str]) -> list[Shape]:
    rows: list[tuple[Area, str]] = []
    left = _INSET_X - body_shapes.SADDLE_WIDTH / 2

    def swatch(row: int) -> Path:
        return box(left, _LEGEND_Y + row * 22, 20, 13, 3)

    if PAIN in kinds:
        rows.append((Area(swatch(len(rows)), fill="surface", edge="control",
                          fillings=(Filling(Pattern.STRIPES, "accent"),)), "Pain"))  # fmt: skip
    if SENSATION in kinds:
        rows.append((Area(swatch(len(rows)), fill="surface", edge="control",
                          fillings=(Filling(Pattern.DOTS, "text"),)), "Sensation"))  # fmt: skip
    rows.append((Area(swatch(len(rows)), fill="sunken", edge="line"), "Not affected"))
    rows.append((Area(swatch(len(rows)), fill="surface", edge="control", width=1.2, dashed=True), "Not known"))
    found: list[Shape] = []
    for number, (area, words) in enumerate(rows):
        found += [area, Words(left + 27, _LEGEND_Y + number * 22 + 11, words, _SMALL, 400, "start", "text2")]
    return found
