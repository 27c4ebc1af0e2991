"""The lumbar spine from the side, T12 to S1, and beside it what the report says of every level and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

from desktop_app.language import later, tr
from desktop_app.pictures.drawing import (
    Area,
    Filling,
    Measure,
    Path,
    Pattern,
    Picture,
    Point,
    Role,
    Shape,
    Stroke,
    Words,
    box,
    disc,
    line,
    placed,
    polygon,
    smooth,
)

VERTEBRAE = ("T12", "L1", "L2", "L3", "L4", "L5", "S1")
LEVELS = ("T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1")
ZONES = ("far_right", "foramen_right", "recess_right", "canal", "recess_left", "foramen_left", "far_left")
FRAGMENT_ZONES = ("recess_right", "canal", "recess_left")
_HEADS = (later("Far"), later("For"), later("Rec"), later("Can"), later("Rec"), later("For"), later("Far"))
ZONE_WORDS = later("Far: far lateral · For: foramen · Rec: lateral recess · Can: canal")
CLEAR, NARROWED, TOUCHED, PRESSED = "clear", "narrowed", "touched", "pressed"
UNKNOWN = "unknown"
PARTS = ("superior", "inferior", "both", "whole_body")

CELL = 25.0  # px of a cell with its gap
_GRID = 142.0  # where the grid begins
_WIDTH = _GRID + len(ZONES) * CELL + 2
_TOP = 40.0
_PITCH, _ROOMY = 42.0, 54.0  # from disc to disc; with a line for a fragment between
_SMALL = 11.0
_LETTER = 0.565  # width of a letter as a part of its size, roughly
# Middle of each body from the left, its width, height and tilt: the curve of a standing back, face to the left.
_BODIES: Mapping[str, tuple[float, float, float, float]] = {
    "T12": (62.0, 58.0, 27.0, -7.0),
    "L1": (56.0, 60.0, 28.0, -4.0),
    "L2": (51.0, 63.0, 29.0, -1.0),
    "L3": (50.0, 66.0, 29.0, 2.0),
    "L4": (54.0, 68.0, 30.0, 6.0),
    "L5": (64.0, 68.0, 29.0, 14.0),
    "S1": (84.0, 60.0, 28.0, 30.0),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the report. ``state``: clear, narrowed, touched, pressed, unknown, or "" when nothing was said."""

    key: str
    level: str
    zone: str
    state: str
    name: str

    @property
    def known(self) -> bool:
        return self.state not in {"", UNKNOWN}


@dataclass(frozen=True, slots=True)
class Fracture:
    """The broken vertebra. ``part``: what gave way; ``age``: unhealed, non_union, healed; "" and None: not known.

    ``wall``: the back wall is broken; ``flat``: hardly any height is left.
    """

    level: str
    part: str = ""
    oedema: bool | None = None
    age: str = ""
    wall: bool | None = None
    flat: bool | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A vertebra that can be worked with: what is said of its fracture."""

    key: str
    level: str
    name: str


@dataclass(frozen=True, slots=True)
class SpineMarks:
    fracture: Fracture | None = None
    cells: tuple[Cell, ...] = ()
    fragments: tuple[Cell, ...] = ()
    words: str = ""  # the fracture in words, for whoever does not see the picture
    bodies: tuple[Body, ...] = ()  # none on paper

    def lines_of_fragments(self) -> tuple[str, ...]:
        """The vertebrae whose fragment has a line of cells: the broken one, and any that was reported pushed back."""
        told = {cell.level for cell in self.fragments if cell.state in {NARROWED, TOUCHED, PRESSED}}
        broken = {self.fracture.level} if self.fracture else set()
        asked = {cell.level for cell in self.fragments}
        return tuple(level for level in VERTEBRAE if level in asked & (told | broken))

    def drawn(self) -> tuple[Cell, ...]:
        """The cells that the picture shows, from top to bottom."""
        lines = self.lines_of_fragments()
        order = [*((level, 0) for level in lines), *((level, 1) for level in LEVELS)]
        order.sort(key=lambda one: (VERTEBRAE.index(one[0].partition("_")[0]), one[1]))
        found: dict[tuple[str, int], list[Cell]] = {}
        for kind, cells in ((0, self.fragments), (1, self.cells)):
            for cell in cells:
                found.setdefault((cell.level, kind), []).append(cell)
        return tuple(cell for one in order for cell in found.get(one, ()))


def spine(marks: SpineMarks, *, legend: bool = True, small: float = _SMALL, measure: Measure | None = None) -> Picture:
    """The picture, 319 units wide. ``small``: size of the words of its key, for a painter with a least size."""
    lines = marks.lines_of_fragments()
    discs, bodies = _heights(lines)
    shapes: list[Shape] = [*_canal(bodies), *_cushions(bodies)]
    for level in VERTEBRAE:
        fracture = marks.fracture if marks.fracture is not None and marks.fracture.level == level else None
        to_work_with = next((one for one in marks.bodies if one.level == level), None)
        shapes += _vertebra(level, bodies[level], fracture, _pushed(marks, level), to_work_with)
    shapes += _heads()
    for level in LEVELS:
        start = _edge(level, discs[level], bodies) + 14
        shapes.append(Stroke(line(((start, discs[level]), (_GRID - 4, discs[level]))), "line", 1.0))
    for cell in marks.cells:
        if cell.level in discs and cell.zone in ZONES:
            shapes += _cell(cell, discs[cell.level])
    for cell in marks.fragments:
        if cell.level in lines and cell.zone in ZONES:
            shapes += _cell(cell, bodies[cell.level])
    for level in lines:
        told = tr("{level} fragment").format(level=level)
        shapes.append(Words(_GRID + CELL * 2 - 5, bodies[level] + 4, told, _SMALL, 400, "end", "text2"))
    bottom = bodies["S1"] + 38
    if legend:
        made, bottom = _legend(marks, bottom, small, measure)
        shapes += made
    return Picture(_WIDTH, bottom, tuple(shapes), alt(marks))


def _heights(lines: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """The y of every disc level and of every body; a vertebra with a line of its own needs more room."""
    y = _TOP + 29.0
    discs = {LEVELS[0]: y}
    for number, level in enumerate(LEVELS[1:], start=1):
        y += _ROOMY if VERTEBRAE[number] in lines else _PITCH
        discs[level] = y
    bodies = {"T12": discs["T12_L1"] - 21.0, "S1": discs["L5_S1"] + 24.0}
    for above, below in pairwise(LEVELS):
        bodies[below.partition("_")[0]] = (discs[above] + discs[below]) / 2
    return discs, bodies


# -- bones -------------------------------------------------------------------------------------------


def _place(level: str, y: float, points: tuple[Point, ...]) -> list[Point]:
    x, _, _, tilt = _BODIES[level]
    c, s = cos(radians(tilt)), sin(radians(tilt))
    return [(x + u * c - v * s, y + u * s + v * c) for u, v in points]


def _outline(level: str, y: float, fracture: Fracture | None) -> tuple[Path, list[Point], list[Point]]:
    """The body's outline, its upper endplate from front to back, and its lower one from back to front."""
    _, wide, high, _ = _BODIES[level]
    w, h = wide / 2, high / 2
    back = 0.92 if level != "S1" else 0.7
    top_front, top_back, low_front, low_back = -h, -h, h, h
    top_dip, low_dip = 2.5, 2.5
    part = fracture.part if fracture else ""
    if part in {"superior", "both"}:
        top_front, top_dip = -h + 5, 9.0
    if part in {"inferior", "both"}:
        low_front, low_dip = h - 4, 9.5
    if part == "both":
        top_dip, low_dip = 6.0, 6.0
    if part == "whole_body":
        top_front, low_front, top_back, low_back = -h + 9, h - 3, -h + 3, h - 2
        top_dip = low_dip = 4.0
    if fracture and fracture.flat:
        top_front, low_front, top_back, low_back = -h * 0.36, h * 0.36, -h * 0.5, h * 0.5
        top_dip = low_dip = 0.5
    if level == "S1":  # the sacrum narrows downwards and backwards
        low_front, low_back = h + 4, h + 2
        outline = _place(level, y, ((-w, -h), (0, -h + 2), (w, -h), (w * 0.86, h), (w * 0.3, h + 14),
                                    (-w * 0.1, h + 6), (-w * 0.72, h * 0.2)))  # fmt: skip
        upper = outline[:3]
        return (*smooth(upper), *_through(outline[2:], outline[0])), upper, list(reversed(outline[3:5]))
    upper = _place(level, y, ((-w, top_front), (-w * 0.35, (top_front + top_back) / 2 + top_dip),
                              (w * 0.3, (top_front + top_back) / 2 + top_dip), (w * back, top_back)))  # fmt: skip
    lower = _place(level, y, ((w * back, low_back), (w * 0.3, (low_front + low_back) / 2 - low_dip),
                              (-w * 0.35, (low_front + low_back) / 2 - low_dip), (-w, low_front)))  # fmt: skip
    rear = _place(level, y, ((w * back - 3.5, (top_back + low_back) / 2),))[0]
    front = _place(level, y, ((-w + 4.5, (top_front + low_front) / 2),))[0]
    path: Path = (
        *smooth(upper),
        ("C", (*_near(upper[-1], rear), *_near(lower[0], rear), *lower[0])),
        *smooth(lower)[1:],
        ("C", (*_near(lower[-1], front), *_near(upper[0], front), *upper[0])),
        ("Z", ()),
    )
    return path, upper, lower


def _through(points: list[Point], end: Point) -> Path:
    return (*smooth([*points, end])[1:], ("Z", ()))


def _near(corner: Point, waist: Point) -> Point:
    """A handle between a corner and the middle of a wall, so that the wall curves inwards."""
    return corner[0] * 0.35 + waist[0] * 0.65, corner[1] * 0.35 + waist[1] * 0.65


def _vertebra(level: str, y: float, fracture: Fracture | None, pushed: int, body: Body | None) -> list[Shape]:
    path, upper, lower = _outline(level, y, fracture)
    x = _BODIES[level][0]
    key, name = (body.key, body.name) if body is not None else ("", "")
    if fracture is None:
        return [Area(path, "sunken", "control", 1.2, key=key, name=name),
                Words(x, y + 4, level, 12, 600, "middle", "text2")]
    settled = bool(fracture.part) and bool(fracture.age)
    shapes: list[Shape] = []
    if pushed:
        shapes.append(_fragment(upper, lower, pushed))
    fill: Role = "sunken" if fracture.age == "healed" else "amber_soft"
    shapes.append(Area(path, fill, "", 0, key=key, name=name))
    if fracture.oedema:
        hatch = (Filling(Pattern.HATCH, "amber"),)
        shapes += [Area(band, fillings=hatch) for band in _bands(path, upper, lower, fracture.part)]
    shapes.append(Area(path, "", "amber", 2.0, dashed=not settled))
    if fracture.age == "non_union":
        shapes.append(_cleft(upper, x, y, flat=bool(fracture.flat)))
    if fracture.wall:
        shapes += _break(upper[-1], lower[0])
    high = 4.0 if fracture.flat else {"superior": 8.0, "inferior": 0.0}.get(fracture.part, 4.0)
    shapes.append(Words(x, y + high, level, 12, 700, "middle", "amber", halo=fill if fracture.oedema else ""))
    return shapes


def _cleft(upper: list[Point], x: float, y: float, *, flat: bool) -> Area:
    """The gap that never healed: under the level's name, or before it where there is no room."""
    left, right, low = (upper[0][0] + 5, x - 11, y) if flat else (upper[0][0] + 12, upper[-1][0] - 10, y + 7)
    middle, half = (left + right) / 2 if flat else x, 2.0 if flat else 3.0
    return Area(smooth([(left, low), (middle, low - half), (right, low), (middle, low + half), (left, low)]),
                "surface", "text", 1.2)  # fmt: skip


def _break(top: Point, low: Point) -> list[Shape]:
    """A jagged line across the back wall, on paper's white so that it is seen over oedema too."""
    (x, y), half = ((top[0] + low[0]) / 2 - 3.5, (top[1] + low[1]) / 2), (low[1] - top[1]) / 2
    jag = line(((x - 9, y - half * 0.35), (x - 3, y + half * 0.3), (x + 1, y - half * 0.3), (x + 7, y + half * 0.35)))
    return [Stroke(jag, "surface", 4.0), Stroke(jag, "text", 1.8)]


def _bands(path: Path, upper: list[Point], lower: list[Point], part: str) -> list[Path]:
    """Where oedema is hatched: beside the endplate that gave way, all over while that is not known."""
    def beside(plate: list[Point], other: list[Point]) -> Path:
        inner = [(a[0] * 0.62 + b[0] * 0.38, a[1] * 0.62 + b[1] * 0.38)
                 for a, b in zip(reversed(plate), other, strict=True)]  # fmt: skip
        return polygon([*plate, *inner])

    if part == "superior":
        return [beside(upper, lower)]
    if part == "inferior":
        return [beside(lower, upper)]
    return [path]


def _pushed(marks: SpineMarks, level: str) -> int:
    depth = {NARROWED: 1, TOUCHED: 2, PRESSED: 3}
    return max((depth.get(cell.state, 0) for cell in marks.fragments if cell.level == level), default=0)


def _fragment(upper: list[Point], lower: list[Point], pushed: int) -> Area:
    """The upper back corner pushed into the canal, further the more is reported."""
    (x, y), (_, low) = upper[-1], lower[0]
    out = 5.0 + 3.5 * pushed
    return Area(smooth([(x - 4, y), (x + out * 0.8, y + 2), (x + out, y + 8), (x - 3, y + (low - y) * 0.62),
                        (x - 4, y)]), "amber", "amber", 1.0)  # fmt: skip


def _cushions(bodies: Mapping[str, float]) -> list[Shape]:
    """The discs as thin cushions between the bodies."""
    shapes: list[Shape] = []
    for level in LEVELS:
        above, below = level.split("_")
        (_, w1, h1, _), (_, w2, h2, _) = _BODIES[above], _BODIES[below]
        upper = _place(above, bodies[above], ((-w1 * 0.34, h1 / 2 + 1.5), (w1 * 0.32, h1 / 2 + 1.5)))
        lower = _place(below, bodies[below], ((w2 * 0.32, -h2 / 2 - 1.5), (-w2 * 0.34, -h2 / 2 - 1.5)))
        shapes.append(Area(polygon((*upper, *lower)), "surface", "line", 1.0))
    return shapes


def _edge(level: str, y: float, bodies: Mapping[str, float]) -> float:
    above = level.partition("_")[0]
    return _BODIES[above][0] + _BODIES[above][1] / 2 + (y - bodies[above]) * 0.1


def _canal(bodies: Mapping[str, float]) -> list[Shape]:
    """The canal behind the bodies, as a quiet band that a fragment can reach into."""
    front: list[Point] = []
    rear: list[Point] = []
    for level in VERTEBRAE:
        _, wide, _, _ = _BODIES[level]
        front += _place(level, bodies[level], ((wide / 2 + 1.5, 0.0),))
        rear += _place(level, bodies[level], ((wide / 2 + 15.0, 0.0),))
    return [Stroke(smooth(front), "line", 1.2), Stroke(smooth(rear), "line", 1.2)]


# -- the grid ----------------------------------------------------------------------------------------


def _heads() -> list[Shape]:
    middle = _GRID + len(ZONES) * CELL / 2
    shapes: list[Shape] = [
        Words(_GRID + CELL * 1.5, 14, tr("Right"), 12, 600, "middle", "text2"),
        Words(middle + CELL * 2, 14, tr("Left"), 12, 600, "middle", "text2"),
    ]
    shapes += [Words(_GRID + (number + 0.5) * CELL, 32, tr(head), _SMALL, 400, "middle", "text2")
               for number, head in enumerate(_HEADS)]  # fmt: skip
    return shapes


def _cell(cell: Cell, y: float) -> list[Shape]:
    x = _GRID + ZONES.index(cell.zone) * CELL
    return mark(cell.state, x + 0.75, y - CELL / 2 + 0.75, CELL - 1.5, cell.key, cell.name)


def mark(state: str, x: float, y: float, size: float, key: str = "", name: str = "") -> list[Shape]:
    """One cell. Tick: reported clear; waist: narrowed; ring: touched; full disc: pressed; dashed: not reported."""
    path = box(x, y, size, size, size / 5)
    mx, my, k = x + size / 2, y + size / 2, size / 24
    if state == CLEAR:
        tick = line(((mx - 4 * k, my + 0.5 * k), (mx - 1.2 * k, my + 3.4 * k), (mx + 4.4 * k, my - 3.2 * k)))
        return [Area(path, "surface", "control", 1.0, key=key, name=name), Stroke(tick, "text", 1.6)]
    if state == NARROWED:
        left = smooth([(mx - 5.5 * k, my - 6 * k), (mx - 1.8 * k, my), (mx - 5.5 * k, my + 6 * k)])
        right = smooth([(mx + 5.5 * k, my - 6 * k), (mx + 1.8 * k, my), (mx + 5.5 * k, my + 6 * k)])
        return [Area(path, "accent_soft", "accent", 1.5, key=key, name=name), Stroke(left, "accent", 1.8),
                Stroke(right, "accent", 1.8)]  # fmt: skip
    if state == TOUCHED:
        return [Area(path, "accent", "accent", 1.0, key=key, name=name),
                Area(disc(mx, my, 5 * k), "", "on_accent", 1.8)]  # fmt: skip
    if state == PRESSED:
        return [Area(path, "text", "text", 1.0, key=key, name=name), Area(disc(mx, my, 5.5 * k), "surface", "", 0)]
    shapes: list[Shape] = [Area(path, "surface", "control", 1.4, dashed=True, key=key, name=name)]
    if state == UNKNOWN:
        shapes.append(Words(mx, my + 4 * k, "?", 12 * k, 600, "middle", "text2"))
    return shapes


def _legend(marks: SpineMarks, top: float, small: float, measure: Measure | None) -> tuple[list[Shape], float]:
    places = [(CLEAR, tr("Clear")), (NARROWED, tr("Narrowed")), (TOUCHED, tr("Touched")),
              (PRESSED, tr("Pressed")), ("", tr("Not reported"))]  # fmt: skip
    if any(cell.state == UNKNOWN for cell in (*marks.cells, *marks.fragments)):
        places.append((UNKNOWN, tr("Not known")))
    entries: list[tuple[list[Shape], str]] = []
    for state, words in places:
        entries.append((mark(state, 0, 0, 14), words))
    if marks.fracture is not None:
        known = bool(marks.fracture.part) and bool(marks.fracture.age)
        entries.insert(0, ([Area(box(0, 0, 14, 14, 3), "amber_soft", "amber", 2.0, dashed=not known)], tr("Fracture")))
        if marks.fracture.oedema:
            swatch = Area(box(0, 0, 14, 14, 3), "amber_soft", "amber", 1.0,
                          fillings=(Filling(Pattern.HATCH, "amber"),))  # fmt: skip
            entries.insert(1, ([swatch], tr("Oedema")))
        if marks.fracture.wall:
            entries.insert(1, (_break((11.0, 0.0), (11.0, 14.0)), tr("Back wall broken")))
    shapes: list[Shape] = []
    x, y = 0.0, top
    for swatch_shapes, words in entries:
        wide = 19 + (measure(words, small) if measure else len(words) * small * _LETTER) + 13
        if x and x + wide - 13 > _WIDTH:
            x, y = 0.0, y + 19
        shapes += placed(swatch_shapes, x + 1, y)
        shapes.append(Words(x + 19, y + 11, words, small, ink="text2"))
        x += wide
    return shapes, y + 20


def alt(marks: SpineMarks) -> str:
    """The whole picture in words; what is not reported is said to be so."""
    every = marks.drawn()
    told = [cell.name for cell in every if cell.state in {NARROWED, TOUCHED, PRESSED}]
    clear = sum(cell.state == CLEAR for cell in every)
    open_ = sum(not cell.known for cell in every)
    parts = [marks.words] if marks.words else []
    parts += told
    parts.append(tr("{clear} places reported clear, {open_} not reported").format(clear=clear, open_=open_))
    return ". ".join(parts) + "."
