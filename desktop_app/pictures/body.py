"""The body map: where it hurts and where sensation is changed, front and back, with the saddle area enlarged.

Stripes mean pain, dots changed sensation, both may lie over each other. A dashed edge means not asked or
not known; a plain solid zone was asked and is not affected. Right and left are the patient's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from desktop_app.language import later, tr, trc
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
from desktop_app.pictures.sides import SIDES, side_word

PAIN, SENSATION = "pain", "sensation"
KINDS = (PAIN, SENSATION)
ZONES = ("L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "buttock")
BUTTOCK = "buttock"  # the only zone that is no root's; it needs no name in the picture

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
    PAIN: {State.MARKED: later("pain"), State.NORMAL: later("no pain"), State.UNKNOWN: later("pain not known"),
           State.NOT_ASKED: later("pain not asked")},
    SENSATION: {State.MARKED: later("changed sensation"), State.NORMAL: later("sensation normal"),
                State.UNKNOWN: later("sensation not known"), State.NOT_ASKED: later("sensation not tested")},
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

    @property
    def any_known(self) -> bool:
        return any(state.known for kind in KINDS for state in self.of(kind).values())

    @property
    def any_marked(self) -> bool:
        return any(self.marked(kind) for kind in KINDS)

    def marked(self, kind: str) -> tuple[Place, ...]:
        return tuple(place for place, state in self.of(kind).items() if state is State.MARKED)


def key_of(place: Place) -> str:
    return ".".join(place)


def place_of(key: str) -> Place:
    zone, _, side = key.partition(".")
    return zone, side


def told(marks: Marks, place: Place, kinds: Collection[str] = KINDS) -> str:
    """What is known at one place, in words: "pain; sensation not tested"."""
    found = [tr(_WORDS[kind][state]) for kind in KINDS if kind in kinds and (state := marks.state(kind, place))]
    return "; ".join(found) or tr("not asked about")


def in_words(marks: Marks) -> str:
    """The whole map as text."""
    parts = []
    for kind in KINDS:
        asked = marks.of(kind)
        if not asked:
            continue
        name = tr("Pain") if kind == PAIN else tr("Changed sensation")
        sides = []
        for side in SIDES:
            zones = [zone for zone in ZONES if asked.get((zone, side)) is State.MARKED]
            if zones:
                sides.append(f"{side_word(side)} {', '.join(map(zone_word, zones))}")
        open_ = sum(not state.known for state in asked.values())
        text = f"{name}: {'; '.join(sides) or tr('none marked')}"
        if open_:
            text += tr(" ({open_} of {asked} places not known)").format(open_=open_, asked=len(asked))
        parts.append(text)
    return f"{tr('Body map.')} {'. '.join(parts)}."


def zone_word(zone: str) -> str:
    return tr("buttock") if zone == BUTTOCK else zone


# -- layout, in picture units -------------------------------------------------------------------------



@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the two figures stand; ``window``: with the column that enlarges the saddle area."""

    front: float
    back: float
    width: float
    window: bool
    sides_y: float  # baseline of "Right" and "Left"

    @property
    def figures(self) -> tuple[tuple[bool, float], ...]:
        """(seen from the front, x of its midline)."""
        return (True, self.front), (False, self.back)


_FIGURE_Y = 2.0 - body_shapes.TOP
_INSET_X, _INSET_Y = 324.0, 22.0
_LEGEND_Y = 196.0
_FEET = _FIGURE_Y + body_shapes.BOTTOM
_WHOLE = _Layout(66.0, 196.0, 379.0, window=True, sides_y=_FEET + 18.0)
# Small on paper, words are large beside the feet: they stand lower, and the figures further apart.
_FIGURES = _Layout(71.0, 226.0, 297.0, window=False, sides_y=_FEET + 27.0)

_SMALL = 13.0


@cache
def _zone_paths(layout: _Layout) -> tuple[tuple[str, str, Path], ...]:
    """(zone, side, outline) of every zone in the picture, those in the enlarged window last."""
    figures = [
        (zone, side, _path(points, x, _FIGURE_Y, mirrored=(side == "left") != front))
        for front, x in layout.figures
        for zone, points in body_shapes.zones(front=front)
        for side in SIDES
    ]
    window = [
        (zone, side, _path(points, _INSET_X, _INSET_Y, mirrored=side == "left"))
        for zone, points in body_shapes.saddle()
        for side in SIDES
        if layout.window
    ]
    return (*figures, *window)


def _path(points: tuple[Point, ...], x: float, y: float, *, mirrored: bool) -> Path:
    # A half is drawn with x away from the midline; mirrored it lies left of it in the picture.
    return polygon([(x - px if mirrored else x + px, y + py) for px, py in points])


@cache
def _grounds(layout: _Layout) -> tuple[Shape, ...]:
    """What stands behind the zones: two figures, and the window of the saddle area."""
    found: list[Shape] = [
        Area(moved(body_shapes.outline(front=front), x, _FIGURE_Y), fill="sunken") for front, x in layout.figures
    ]
    if layout.window:
        left = _INSET_X - body_shapes.SADDLE_WIDTH / 2
        window = box(left, _INSET_Y, body_shapes.SADDLE_WIDTH, body_shapes.SADDLE_HEIGHT, 10)
        found.append(Area(window, fill="sunken", edge="control"))
    return tuple(found)


@cache
def _foregrounds(layout: _Layout) -> tuple[Shape, ...]:
    """What stands before the zones: the outlines, and the lines that make them a body."""
    found: list[Shape] = [
        Area(moved(body_shapes.outline(front=front), x, _FIGURE_Y), edge="control", width=1.3)
        for front, x in layout.figures
    ]
    found += [
        Stroke(moved(path, x, _FIGURE_Y), ink="control")
        for front, x in layout.figures
        for path in body_shapes.details(front=front)
    ]
    if layout.window:
        left = _INSET_X - body_shapes.SADDLE_WIDTH / 2
        found.append(Stroke(line(((layout.back + 17, _FIGURE_Y + 84), (left, _INSET_Y + 66))), ink="control"))
        found += [Stroke(moved(path, _INSET_X, _INSET_Y), ink="control") for path in body_shapes.saddle_lines()]
    return tuple(found)


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
        name=tr("{zone} {side}: {told}").format(zone=zone_word(zone), side=side_word(side),
                                           told=told(marks, place, kinds)),
    )


def size(*, whole: bool) -> tuple[float, float]:
    """Width and height of the map, which depend on no mark: known before it is drawn."""
    layout = _WHOLE if whole else _FIGURES
    return layout.width, layout.sides_y + 6.0


def body(
    marks: Marks, kinds: Collection[str] = KINDS, *, active: Collection[str] | None = None, whole: bool = True
) -> Picture:
    """The map. ``kinds``: what is asked about here, so whose unknown places have a dashed edge; ``active``: what
    is being answered, so whose answered places are filled (all kinds where not said).

    ``whole``: with the names of the zones, the enlarged saddle area and the key to the patterns; otherwise only
    the two figures, to stand small beside other things.
    """
    layout = _WHOLE if whole else _FIGURES
    zones = [
        _zone(zone, side, path, marks, kinds, kinds if active is None else active)
        for zone, side, path in _zone_paths(layout)
    ]
    # A pale line all around parts the zones from each other and from the body.
    parting = [Area(zone.path, edge="surface", width=3.0) for zone in zones]
    shapes: list[Shape] = [*_grounds(layout), *parting, *zones, *_foregrounds(layout), *_directions(layout)]
    if whole:
        shapes += [*_names(zones), *_legend(kinds)]
    return Picture(*size(whole=whole), tuple(shapes), in_words(marks))


@cache
def _name_points() -> tuple[tuple[Place, Point], ...]:
    """Where the names of the zones stand in the whole picture; a zone in both figures has two."""
    found: list[tuple[Place, Point]] = []
    for front, x in _WHOLE.figures:
        leg = body_shapes.FRONT if front else body_shapes.BACK
        for zone, (u, height) in (body_shapes.FRONT_NAMES if front else body_shapes.BACK_NAMES).items():
            away, down = leg.place(u, height)
            for side in SIDES:
                at = x - away if (side == "left") != front else x + away
                found.append(((zone, side), (at, _FIGURE_Y + down)))
    window = [
        ((zone, side), (_INSET_X + (-away if side == "left" else away), _INSET_Y + down))
        for zone, (away, down) in body_shapes.SADDLE_NAMES.items()
        for side in SIDES
    ]
    return (*found, *window)


@cache
def anchors() -> Mapping[Place, Point]:
    """One point for each zone of the whole picture, as the eye orders them: arrow keys move between these."""
    return dict(_name_points())


def _names(zones: list[Area]) -> list[Shape]:
    shown = {area.key: area for area in zones}
    return [
        _name(place[0], x, y, shown[key_of(place)]) for place, (x, y) in _name_points() if place[0] != BUTTOCK
    ]


def _name(zone: str, x: float, y: float, area: Area) -> Words:
    return Words(x, y + 4.5, zone, _SMALL, 600, "middle", "text2" if not area.fillings else "text",
                 "surface" if area.fillings else area.fill)  # fmt: skip


def _directions(layout: _Layout) -> list[Shape]:
    found: list[Shape] = []
    right, left = trc("picture", "Right"), trc("picture", "Left")
    if not layout.window:  # in a language with longer words a letter
        right, left = trc("small picture", "Right"), trc("small picture", "Left")
    for front, x in layout.figures:
        name = tr("Front") if front else trc("body", "Back")
        found.append(Words(x, _FIGURE_Y + 29, name, _SMALL, 600, "middle", "text2"))
        sides = (right, left) if front else (left, right)
        if layout.window:
            for away, words in zip((-36, 36), sides, strict=True):
                found.append(Words(x + away, layout.sides_y, words, _SMALL, 400, "middle", "text2"))
        else:  # small, words take more than their leg: each ends or begins near the middle, so that they never meet
            found.append(Words(x - 8, layout.sides_y, sides[0], _SMALL, 400, "end", "text2"))
            found.append(Words(x + 8, layout.sides_y, sides[1], _SMALL, 400, "start", "text2"))
    if layout.window:
        under = _INSET_Y + body_shapes.SADDLE_HEIGHT + 16
        found += [
            Words(_INSET_X, _INSET_Y - 8, trc("picture", "Saddle area"), _SMALL, 600, "middle", "text2"),
            Words(_INSET_X - 30, under, left, _SMALL, 400, "middle", "text2"),
            Words(_INSET_X + 30, under, right, _SMALL, 400, "middle", "text2"),
        ]
    return found


def _legend(kinds: Collection[str]) -> list[Shape]:
    rows: list[tuple[Area, str]] = []
    left = _INSET_X - body_shapes.SADDLE_WIDTH / 2

    def swatch(row: int) -> Path:
        return box(left, _LEGEND_Y + row * 22, 20, 13, 3)

    if PAIN in kinds:
        rows.append((Area(swatch(len(rows)), fill="surface", edge="control",
                          fillings=(Filling(Pattern.STRIPES, "accent"),)), tr("Pain")))  # fmt: skip
    if SENSATION in kinds:
        rows.append((Area(swatch(len(rows)), fill="surface", edge="control",
                          fillings=(Filling(Pattern.DOTS, "text"),)), tr("Sensation")))  # fmt: skip
    rows.append((Area(swatch(len(rows)), fill="sunken", edge="line"), tr("Not affected")))
    rows.append((Area(swatch(len(rows)), fill="surface", edge="control", width=1.2, dashed=True), tr("Not known")))
    found: list[Shape] = []
    for number, (area, words) in enumerate(rows):
        found += [area, Words(left + 27, _LEGEND_Y + number * 22 + 11, words, _SMALL, 400, "start", "text2")]
    return found
