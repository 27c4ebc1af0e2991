"""What a picture is made of: areas, lines and words in its own coordinates, with colours by meaning.

A picture knows neither screen nor paper. Two painters show it, ``widgets/picture_painter.py`` and
``documents/picture_painter.py``; each turns a role into a colour of its own. x grows to the right, y
downwards. Geometry and sizes of words are in picture units and grow with the picture; line widths and
patterns are in device units and stay as fine as they are, so that stripes mean the same at every size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal

Role = Literal[
    "",
    "bg",
    "surface",
    "sunken",
    "line",
    "control",
    "text",
    "text2",
    "text3",
    "accent",
    "accent_soft",
    "accent_line",
    "focus",
    "red",
    "red_soft",
    "red_line",
    "amber",
    "amber_soft",
    "amber_line",
    "green",
    "green_soft",
    "green_line",
    "slate_soft",
    "on_accent",
    "on_strong",
]
"""A colour by its meaning, named as in the tokens of the screen; "" paints nothing."""

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
"""M x y, L x y, C x1 y1 x2 y2 x y, Z; always absolute."""
Path = tuple[Step, ...]
Measure = Callable[[str, float], float]
"""How wide words of a size are where they are painted, in picture units."""

_CIRCLE = 0.5522847498  # handle length of a quarter circle
_CURVE_PIECES = 8


class Pattern(Enum):
    """A filling that keeps its meaning without colour."""

    STRIPES = "stripes"  # slanted up to the right: pain
    DOTS = "dots"  # changed sensation
    HATCH = "hatch"  # slanted down to the right: oedema


@dataclass(frozen=True, slots=True)
class Filling:
    pattern: Pattern
    ink: Role


@dataclass(frozen=True, slots=True)
class Area:
    """A closed shape. ``key`` is what it stands for, ``name`` what a screen reader calls it."""

    path: Path
    fill: Role = ""
    edge: Role = ""
    width: float = 1.0
    dashed: bool = False
    fillings: tuple[Filling, ...] = ()
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """An open line, straight or curved."""

    path: Path
    ink: Role = "control"
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``y`` is its baseline, ``x`` where it starts, has its middle or ends."""

    x: float
    y: float
    text: str
    size: float = 12.0
    weight: Literal[400, 600, 700] = 400
    anchor: Literal["start", "middle", "end"] = "start"
    ink: Role = "text"
    halo: Role = ""  # a thin ground around the letters where they stand on a pattern


Shape = Area | Stroke | Words


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order in which they are painted; ``alt`` says the whole picture in words."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str = ""

    def areas(self) -> tuple[Area, ...]:
        """Every area that stands for something."""
        return tuple(shape for shape in self.shapes if isinstance(shape, Area) and shape.key)

    def at(self, x: float, y: float) -> str:
        """The key of the topmost area that holds the point, or ""."""
        return next((area.key for area in reversed(self.areas()) if holds(area.path, x, y)), "")

    def part(self, key: str) -> tuple[Area, ...]:
        """All areas of one key: a zone may be seen from the front and from behind."""
        return tuple(area for area in self.areas() if area.key == key)


# -- making paths ------------------------------------------------------------------------------------


def polygon(points: Iterable[Point]) -> Path:
    """Straight sides through the points, closed."""
    return (*line(points), ("Z", ()))


def line(points: Iterable[Point]) -> Path:
    """Straight pieces through the points, open."""
    return tuple(("L" if number else "M", point) for number, point in enumerate(points))


def smooth(points: Sequence[Point]) -> Path:
    """An open curve through all points (Catmull-Rom), without corners."""
    steps: list[Step] = [("M", points[0])]
    last = len(points) - 1
    for at in range(last):
        (x0, y0), (x1, y1) = points[max(at - 1, 0)], points[at]
        (x2, y2), (x3, y3) = points[at + 1], points[min(at + 2, last)]
        steps.append(("C", (x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)))
    return tuple(steps)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Path:
    """A rectangle, its corners rounded by ``radius``."""
    if not radius:
        return polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)))
    r = min(radius, width / 2, height / 2)
    h = r * (1 - _CIRCLE)
    right, bottom = x + width, y + height
    return (
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - h, y, right, y + h, right, y + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - h, right - h, bottom, right - r, bottom)),
        ("L", (x + r, bottom)),
        ("C", (x + h, bottom, x, bottom - h, x, bottom - r)),
        ("L", (x, y + r)),
        ("C", (x, y + h, x + h, y, x + r, y)),
        ("Z", ()),
    )


def disc(x: float, y: float, radius: float) -> Path:
    """A circle around x, y."""
    return box(x - radius, y - radius, 2 * radius, 2 * radius, radius)


# -- asking paths ------------------------------------------------------------------------------------


def flat(path: Path) -> list[list[Point]]:
    """The path as closed or open runs of points, curves cut into short straight pieces."""
    runs: list[list[Point]] = []
    for command, numbers in path:
        if command == "M":
            runs.append([(numbers[0], numbers[1])])
        elif command == "L":
            runs[-1].append((numbers[0], numbers[1]))
        elif command == "C":
            x0, y0 = runs[-1][-1]
            x1, y1, x2, y2, x3, y3 = numbers
            for piece in range(1, _CURVE_PIECES + 1):
                t = piece / _CURVE_PIECES
                s = 1 - t
                a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
                runs[-1].append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return runs


def holds(path: Path, x: float, y: float) -> bool:
    """Whether the point lies inside, by the even-odd rule."""
    inside = False
    for run in flat(path):
        x1, y1 = run[-1]
        for x2, y2 in run:
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
            x1, y1 = x2, y2
    return inside


def bounds(path: Path) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a path."""
    points = [point for run in flat(path) for point in run]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


# -- moving ------------------------------------------------------------------------------------------


def moved(path: Path, x: float = 0.0, y: float = 0.0, scale: float = 1.0, *, mirror: float | None = None) -> Path:
    """The path scaled, then shifted; first mirrored at the vertical line ``mirror`` where one is given."""

    def place(at: int, number: float) -> float:
        if at % 2:
            return number * scale + y
        return (number if mirror is None else 2 * mirror - number) * scale + x

    return tuple((command, tuple(place(i, n) for i, n in enumerate(numbers))) for command, numbers in path)


def placed(shapes: Iterable[Shape], x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> tuple[Shape, ...]:
    """Shapes of one picture as part of a larger one."""
    return tuple(
        replace(shape, x=shape.x * scale + x, y=shape.y * scale + y, size=shape.size * scale)
        if isinstance(shape, Words)
        else replace(shape, path=moved(shape.path, x, y, scale))
        for shape in shapes
    )
