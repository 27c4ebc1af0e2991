"""The outline of the lower body and its zones, front and back, drawn for this program.

One half is drawn, the patient's left leg seen from the front, x away from the midline, y down from the
waist; the other half and the view from behind are its mirror images. Inside a leg a place is told by two
numbers: ``u`` from the outer edge (0) to the inner edge or the midline (1), and the height ``y``. So zones
share their borders exactly and never leave the outline.

Where the borders run follows the key points and pain areas that the guideline names for each root.
Dermatomes overlap; borders are drawn sharp only so that they can be marked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from math import ceil, hypot

from desktop_app.pictures.drawing import Path, Point, holds, line, polygon, smooth

TOP, BOTTOM = -14.0, 414.0
HALF = 66.0  # half the width that a figure takes
CROTCH = 103.0
_GAP = 1.1  # a zone keeps this far from its border: two such gaps are the line between neighbours
_STEP = 4.0

# x, y along the outside of the body from the lowest rib to the toes, and along the inside from the crotch.
_OUTER_FRONT = (
    (46.9, -14), (46.8, -6), (48.5, 6), (53, 24), (57, 48), (60.5, 76), (61.5, 100), (60, 128), (56.5, 160),
    (52.5, 188), (49.5, 206), (48.6, 220), (48.8, 232), (49.8, 248), (51.3, 266), (50.6, 286), (47.6, 312),
    (43.6, 340), (40.8, 360), (40.4, 370), (41.9, 378), (41.8, 385), (45, 394), (49.5, 402), (50.6, 408),
    (47.5, 412), (38, 414),
)  # fmt: skip
_OUTER_BACK = (
    *_OUTER_FRONT[:21], (41.2, 386), (43.8, 394), (45.6, 400), (44.6, 405), (40, 407.6), (32.5, 408.4),
)  # fmt: skip
_INNER_FRONT = (
    (0.0, -14), (0.0, 40), (0.0, 98), (0.9, 102), (2.2, 108), (3.6, 122), (5.6, 146), (9.4, 176), (12.6, 198),
    (13.7, 212), (13.6, 224), (14.6, 236), (14.4, 246), (12.4, 262), (12.2, 280), (15, 306), (20.4, 338),
    (23.2, 358), (23.2, 367), (21.6, 374.5), (22.6, 382), (23.6, 392), (23.4, 402), (25.5, 409), (30, 413), (38, 414),
)  # fmt: skip
_INNER_BACK = (
    *_INNER_FRONT[:20], (23.2, 384), (23.2, 394), (24.2, 402), (27, 407), (32.5, 408.4),
)  # fmt: skip

Run = Sequence[Point]
"""Nodes of a border as (u, y); the border is a smooth curve through them."""


def _curve(points: Sequence[Point]) -> list[Point]:
    """Points close together on a smooth curve through ``points``."""
    found = [points[0]]
    for (_, ends), (x0, y0) in zip(smooth(points)[1:], points, strict=False):
        x1, y1, x2, y2, x3, y3 = ends
        pieces = max(2, ceil(hypot(x3 - x0, y3 - y0) / _STEP))
        for piece in range(1, pieces + 1):
            t = piece / pieces
            s = 1 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


class Leg:
    """One half of a figure: turns (u, y) into a place on the body."""

    def __init__(self, outer: Sequence[Point], inner: Sequence[Point]) -> None:
        self.outer, self.inner = _curve(outer), _curve(inner)
        self._outer_y = [y for _, y in self.outer]
        self._inner_y = [y for _, y in self.inner]
        self.bottom = outer[-1][1]

    @staticmethod
    def _x(edge: list[Point], heights: list[float], y: float) -> float:
        at = min(max(bisect_right(heights, y), 1), len(edge) - 1)
        (x1, y1), (x2, y2) = edge[at - 1], edge[at]
        part = min(max((y - y1) / (y2 - y1 or 1.0), 0.0), 1.0)
        return x1 + (x2 - x1) * part

    def place(self, u: float, y: float) -> Point:
        outside, inside = self._x(self.outer, self._outer_y, y), self._x(self.inner, self._inner_y, y)
        return outside + u * (inside - outside), y

    def trace(self, runs: Iterable[Run]) -> list[Point]:
        """A closed zone from borders that follow each other, kept a little inside them."""
        points: list[Point] = []
        for run in runs:
            for u, y in _curve(run):
                at = self.place(u, y)
                if not points or hypot(at[0] - points[-1][0], at[1] - points[-1][1]) > 0.35:
                    points.append(at)
        if hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) < 0.35:
            points.pop()
        ground = polygon(points)
        # At a very sharp corner the inner line would cross the border; such points are left out.
        return _thinned([point for point in _inside(points, _GAP) if holds(ground, *point)])


def _thinned(points: list[Point], most: float = 0.12) -> list[Point]:
    """Without the points that lie on the way between their neighbours, so that painting stays quick."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = hypot(x1 - x0, y1 - y0) or 1.0
    off = [abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length for x, y in points]
    furthest = max(range(1, len(points) - 1), key=lambda at: off[at])
    if off[furthest] <= most and length > 1.0:
        return [points[0], points[-1]]
    return [*_thinned(points[: furthest + 1], most)[:-1], *_thinned(points[furthest:], most)]


def _inside(points: list[Point], gap: float) -> list[Point]:
    """A closed outline moved inwards by ``gap``."""
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True))
    turn = gap if area > 0 else -gap
    found = []
    for at, (x, y) in enumerate(points):
        (x0, y0), (x2, y2) = points[at - 1], points[(at + 1) % len(points)]
        one, two = hypot(x - x0, y - y0) or 1.0, hypot(x2 - x, y2 - y) or 1.0
        nx, ny = -(y - y0) / one - (y2 - y) / two, (x - x0) / one + (x2 - x) / two
        square = nx * nx + ny * ny
        # Both normals are shortened to one gap; at a sharp corner the point would run away, so it is held.
        reach = min(2.0 / square, 1.6) if square > 0.05 else 0.0
        found.append((x + nx * reach * turn, y + ny * reach * turn))
    return found


FRONT = Leg(_OUTER_FRONT, _INNER_FRONT)
BACK = Leg(_OUTER_BACK, _INNER_BACK)


def _edge(u: float, start: float, end: float) -> Run:
    """Along the outer (0) or inner (1) edge of the leg."""
    return ((u, start), (u, end))


def _reverse(run: Run) -> Run:
    return tuple(reversed(run))


# -- borders seen from the front ----------------------------------------------------------------------

_GROIN_TOP = ((0.0, 38), (0.3, 52), (0.65, 74), (1.0, 86))
_GROIN_FOOT = ((0.0, 66), (0.12, 74), (0.45, 93), (0.8, 108), (1.0, 116))
_SIDE = ((0.0, 66), (0.12, 74))  # where the side of the thigh begins
_L2_L3 = ((0.15, 128), (0.5, 140), (1.0, 163))
_L3_L4 = ((0.17, 186), (0.42, 197), (0.72, 211), (1.0, 219))
_STRIP_UPPER = ((0.12, 74), (0.145, 100), (0.15, 128))  # outer strip, beside L2
_STRIP_MIDDLE = ((0.15, 128), (0.16, 160), (0.17, 186))  # beside L3
_SHIN = ((0.17, 186), (0.22, 214), (0.36, 238), (0.47, 264), (0.5, 300), (0.5, 340), (0.56, 366), (0.8, 380),
         (1.0, 389))  # fmt: skip
_FOOT_EDGE = ((0.0, 374), (0.2, 379), (0.34, 390), (0.36, 402), (0.4, 414))

# -- borders seen from behind -------------------------------------------------------------------------

_SEAT_TOP = ((0.0, 34), (0.4, 33), (0.75, 41), (1.0, 52))
_SEAT_FOOT = ((0.0, 104), (0.2, 112), (0.5, 116), (0.72, 112))
_SADDLE = ((1.0, 72), (0.8, 80), (0.68, 94), (0.72, 112))  # outer border of S3
_SADDLE_FOOT = ((0.72, 112), (0.88, 114), (1.0, 112))
_ANAL = ((1.0, 84), (0.87, 89), (0.84, 98), (0.9, 104), (1.0, 105))
_BACK_SIDE_UPPER = ((0.2, 112), (0.21, 150), (0.2, 190), (0.2, 232))
_HOLLOW = ((0.2, 232), (0.5, 238), (0.82, 236), (1.0, 230))
_BACK_SIDE_LOWER = ((0.2, 232), (0.19, 270), (0.22, 320), (0.26, 360), (0.0, 374))
_CALF_INNER = ((0.82, 236), (0.77, 270), (0.74, 320), (0.7, 360), (1.0, 381))

_FRONT_ZONES: tuple[tuple[str, tuple[Run, ...]], ...] = (
    ("L1", (_GROIN_TOP, _edge(1, 86, 116), _reverse(_GROIN_FOOT), _edge(0, 66, 38))),
    (
        "L2",
        (_GROIN_FOOT[1:], _edge(1, 116, 163), _reverse(_L2_L3), _reverse(_STRIP_UPPER)),
    ),
    ("L3", (_L2_L3, _edge(1, 163, 219), _reverse(_L3_L4), _reverse(_STRIP_MIDDLE))),
    ("L4", (_L3_L4, _edge(1, 219, 389), _reverse(_SHIN))),
    (
        "L5",
        (
            _SIDE,
            _STRIP_UPPER,
            _STRIP_MIDDLE,
            _SHIN,
            _edge(1, 389, 414),
            _reverse(_FOOT_EDGE),
            _edge(0, 374, 66),
        ),
    ),
    ("S1", (_FOOT_EDGE, _edge(0, 414, 374))),
)
_BACK_ZONES: tuple[tuple[str, tuple[Run, ...]], ...] = (
    ("buttock", (_SEAT_TOP, _edge(1, 52, 72), _SADDLE, _reverse(_SEAT_FOOT), _edge(0, 104, 34))),
    ("S3", (_edge(1, 72, 84), _ANAL, _edge(1, 105, 112), _reverse(_SADDLE_FOOT), _reverse(_SADDLE))),
    ("S4", (_ANAL, _edge(1, 105, 84))),
    (
        "S2",
        (
            _SEAT_FOOT[1:],
            _SADDLE_FOOT,
            _edge(1, 112, 230),
            _reverse(_HOLLOW),
            _reverse(_BACK_SIDE_UPPER),
        ),
    ),
    ("L5", (_SEAT_FOOT[:2], _BACK_SIDE_UPPER, _BACK_SIDE_LOWER, _edge(0, 374, 104))),
    (
        "S1",
        (
            _HOLLOW[:3],
            _CALF_INNER,
            _edge(1, 381, 408.4),
            _edge(0, 408.4, 374),
            _reverse(_BACK_SIDE_LOWER),
        ),
    ),
    ("L4", (_HOLLOW[2:], _edge(1, 230, 381), _reverse(_CALF_INNER))),
)

# Where a zone's name stands, (u, y); that of the outer foot stands beside it.
FRONT_NAMES = {"L1": (0.46, 79), "L2": (0.58, 126), "L3": (0.56, 176), "L4": (0.7, 262), "L5": (0.26, 302),
               "S1": (-0.46, 399)}  # fmt: skip
BACK_NAMES = {"buttock": (0.42, 74), "S2": (0.58, 172), "S1": (0.48, 276)}


@cache
def zones(*, front: bool) -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """Every zone of one leg as a closed outline around the midline x = 0."""
    leg = FRONT if front else BACK
    return tuple((name, tuple(leg.trace(runs))) for name, runs in (_FRONT_ZONES if front else _BACK_ZONES))


@cache
def outline(*, front: bool) -> Path:
    """The whole figure around x = 0: both legs, joined above the crotch, cut off below the ribs."""
    leg = FRONT if front else BACK
    inner = [point for point in leg.inner if point[1] > CROTCH]
    half = [*leg.outer, *reversed(inner)]
    other = [(-x, y) for x, y in reversed(half)]
    right, left = half[0][0], -half[0][0]
    body = polygon([*half, (0.0, CROTCH - 1.5), *other])[:-1]
    return (*body, ("C", (left * 0.5, TOP + 5, right * 0.5, TOP + 5, right, TOP)), ("Z", ()))


@cache
def details(*, front: bool) -> tuple[Path, ...]:
    """The few lines that make an outline a body: knees and toes, cleft and folds."""
    leg = FRONT if front else BACK
    if front:
        drawn: list[Run] = [
            ((0.3, 213), (0.36, 205), (0.55, 202), (0.7, 206), (0.75, 214)),
            ((0.36, 229), (0.5, 233), (0.68, 229)),
            *(((u, 404.5 + drop), (u + 0.01, 409.5 + drop)) for u, drop in ((0.2, -1.5), (0.38, 0.2), (0.55, 0.8))),
            ((0.74, 402.5), (0.75, 411)),
        ]
    else:
        drawn = [((0.28, 114), (0.5, 117.5), (0.74, 113.5)), ((0.26, 226), (0.5, 229), (0.76, 227))]  # fmt: skip
    halves = [[leg.place(u, y) for u, y in _curve(run)] for run in drawn]
    both = [line(half) for half in halves] + [line([(-x, y) for x, y in half]) for half in halves]
    if front:
        return (*both, smooth(((-2.2, -3.5), (0, -2.2), (2.2, -3.5))))
    return (*both, smooth(((0, 50), (0.6, 74), (0, 103))), smooth(((-9, 40), (-10, 42), (-9.4, 44))),
            smooth(((9, 40), (10, 42), (9.4, 44))))  # fmt: skip


# -- the saddle area, enlarged -------------------------------------------------------------------------

SADDLE_WIDTH, SADDLE_HEIGHT = 108.0, 104.0


@cache
def saddle() -> tuple[tuple[str, tuple[Point, ...]], ...]:
    """S3 and S4 of one side seen from behind, around x = 0; y from 0 at the upper edge of the window."""
    wide = ((0, 8), (26, 14), (46, 34), (48, 60), (30, 83), (0, 91))
    near = ((0, 27), (17, 32), (26.5, 50), (17, 68), (0, 73))
    ring = [*_curve(wide), *reversed(_curve(near))]
    return (("S3", tuple(_inside(ring, _GAP))), ("S4", tuple(_inside(_curve(near), _GAP))))


SADDLE_NAMES = {"S3": (37.0, 50.0), "S4": (13.0, 50.0)}


@cache
def saddle_lines() -> tuple[Path, ...]:
    """Cleft and folds in the window, so that it is known for what it shows."""
    fold = ((53, 84), (42, 93), (24, 97), (6, 93))
    return (line(((0, 0), (0, 8))), smooth(fold), smooth([(-x, y) for x, y in fold]), line(((0, 91), (0, 104))))
