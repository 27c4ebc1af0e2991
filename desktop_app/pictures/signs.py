"""The emergency signs of the patient's sheet without words: our own pictograms in a box of 48 by 48.

A figure is solid and plain; what is wrong is drawn in the alarm colour with a pattern or a sign of its own, so
that it is seen on a grey printer too. The pack names the picture of each sign.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import cos, hypot, pi, sin

from desktop_app.pictures.drawing import Area, Filling, Path, Pattern, Picture, Point, Role, Shape, box, disc, polygon

SIZE = 48.0
_WRONG: Role = "red"
_BODY: Role = "text"
_PALE: Role = "surface"


def sign(name: str) -> Picture:
    """The pictogram of that name. LookupError when nobody drew it."""
    return Picture(SIZE, SIZE, tuple(_SIGNS[name]()), name)


def names() -> tuple[str, ...]:
    return tuple(_SIGNS)


# -- parts -------------------------------------------------------------------------------------------


def _limb(*points: Point, width: float, fill: Role = _BODY) -> list[Shape]:
    """A bent limb with round ends and joints."""
    shapes: list[Shape] = [Area(disc(x, y, width / 2), fill) for x, y in points]
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        dx, dy = (y1 - y2) / length * width / 2, (x2 - x1) / length * width / 2
        corners = ((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy))
        shapes.append(Area(polygon(corners), fill))
    return shapes


def _bolt(x: float, y: float, size: float) -> Area:
    """A flash: pain, tingling."""
    points = ((0.55, 0), (0.1, 0.55), (0.42, 0.55), (0.25, 1), (0.85, 0.38), (0.5, 0.38), (0.78, 0))
    return Area(polygon((x + px * size, y + py * size) for px, py in points), _WRONG)


def _numb(path: Path) -> Area:
    """A place without feeling: dots in a dashed edge, as on the body map."""
    return Area(path, _PALE, _WRONG, 1.6, dashed=True, fillings=(Filling(Pattern.DOTS, _WRONG),))


def _drop(x: float, y: float, size: float, fill: Role = _WRONG) -> Area:
    top, wide = y - size, size * 0.62
    return Area(
        (
            ("M", (x, top)),
            ("C", (x + wide * 0.35, y - size * 0.45, x + wide, y - size * 0.2, x + wide, y + size * 0.2)),
            ("C", (x + wide, y + size * 0.7, x - wide, y + size * 0.7, x - wide, y + size * 0.2)),
            ("C", (x - wide, y - size * 0.2, x - wide * 0.35, y - size * 0.45, x, top)),
            ("Z", ()),
        ),
        fill,
    )


def _arrow_down(x: float, top: float, bottom: float, width: float = 3.2) -> list[Shape]:
    head = polygon(((x - 5, bottom - 6.5), (x + 5, bottom - 6.5), (x, bottom)))
    return [*_limb((x, top), (x, bottom - 6), width=width, fill=_WRONG), Area(head, _WRONG)]


def _alarm(x: float, y: float, size: float = 13.0) -> list[Shape]:
    """A triangle with a mark of exclamation."""
    triangle = polygon(((x, y), (x + size / 2, y + size), (x - size / 2, y + size)))
    return [
        Area(triangle, _WRONG),
        Area(box(x - 0.9, y + size * 0.36, 1.8, size * 0.32, 0.9), _PALE),
        Area(disc(x, y + size * 0.83, 1.15), _PALE),
    ]


def _toilet(x: float) -> list[Shape]:
    """A toilet from the side, its cistern at x."""
    bowl: Path = (
        ("M", (x + 7, 27)),
        ("L", (x + 25, 27)),
        ("C", (x + 25, 34, x + 21, 36, x + 17, 37)),
        ("L", (x + 17, 44)),
        ("L", (x + 5, 44)),
        ("L", (x + 7, 36)),
        ("Z", ()),
    )
    return [Area(box(x, 12, 7, 17, 1.5), _BODY), Area(box(x + 5, 24, 22, 3.6, 1.8), _BODY), Area(bowl, _BODY)]


def _cross_out(x: float, y: float, size: float) -> list[Shape]:
    half = size / 2
    return [
        *_limb((x - half, y - half), (x + half, y + half), width=3.0, fill=_WRONG),
        *_limb((x - half, y + half), (x + half, y - half), width=3.0, fill=_WRONG),
    ]


# -- the signs ---------------------------------------------------------------------------------------


def _saddle() -> list[Shape]:
    """Seen from behind: trunk and thighs, the seat between them without feeling."""
    body: Path = (
        ("M", (16, 3)),
        ("L", (32, 3)),
        ("C", (32, 11, 39, 15, 39, 24)),
        ("L", (38, 46)),
        ("L", (26, 46)),
        ("L", (24.6, 33)),
        ("L", (23.4, 33)),
        ("L", (22, 46)),
        ("L", (10, 46)),
        ("L", (9, 24)),
        ("C", (9, 15, 16, 11, 16, 3)),
        ("Z", ()),
    )
    seat: Path = (
        ("M", (24, 15)),
        ("C", (32, 15, 34, 25, 31, 31)),
        ("C", (30, 36, 27, 38, 24, 33)),
        ("C", (21, 38, 18, 36, 17, 31)),
        ("C", (14, 25, 16, 15, 24, 15)),
        ("Z", ()),
    )
    return [Area(body, _BODY), _numb(seat)]


def _bladder() -> list[Shape]:
    """A toilet, drops that come by themselves, and a flow that does not come."""
    return [*_toilet(3), _drop(17, 11, 6.2), *_cross_out(17, 11.5, 13), _drop(37, 20, 5.2), _drop(43, 31, 5.2),
            _drop(37, 42, 5.2)]


def _bowel() -> list[Shape]:
    """A toilet and what is lost beside it."""
    heap: Path = (
        ("M", (31, 45)),
        ("C", (28, 41, 31, 38, 34, 38)),
        ("C", (32, 34, 35, 32, 37, 32)),
        ("C", (36, 29, 39, 28, 40, 25)),
        ("C", (43, 28, 43, 31, 42, 32)),
        ("C", (45, 33, 46, 36, 44, 38)),
        ("C", (48, 39, 48, 43, 46, 45)),
        ("Z", ()),
    )
    return [*_toilet(1), Area(heap, _WRONG), *_alarm(16, 3, 16)]


def _ring(x: float, y: float, radius: float, width: float) -> Area:
    return Area((*disc(x, y, radius), *disc(x, y, radius - width)), _BODY)


def _sex() -> list[Shape]:
    """The signs of woman and man, joined, and a place without feeling."""
    return [
        _ring(16, 21, 11, 3.2),
        *_limb((16, 31.5), (16, 45), width=3.2),
        *_limb((10.5, 38.5), (21.5, 38.5), width=3.2),
        _ring(29, 21, 11, 3.2),
        *_limb((37, 13), (44, 5), width=3.2),
        *_limb((36.5, 4.5), (44, 4.5), (44, 12), width=3.2),
        _numb(disc(36, 37, 9)),
    ]


def _two_legs() -> list[Shape]:
    return [
        Area(box(13, 2, 22, 8, 3), _BODY),
        *_limb((17, 8), (15.5, 26), (15.5, 42), width=7.2),
        *_limb((31, 8), (32.5, 26), (32.5, 42), width=7.2),
        *_limb((14, 43), (9, 44), width=5.0),
        *_limb((34, 43), (39, 44), width=5.0),
    ]


def _legs() -> list[Shape]:
    """Both legs, with pain at each."""
    return [*_two_legs(), _bolt(0, 15, 13), _bolt(36, 15, 13)]


def _weak() -> list[Shape]:
    """A leg that gives way at the knee, and a foot that hangs."""
    return [
        *_limb((14, 4), (26, 20), (16, 36), width=8.0),
        *_limb((16, 38), (23, 45.5), width=5.2),
        *_arrow_down(38, 10, 36, 4.0),
    ]


def _fever() -> list[Shape]:
    """A thermometer that stands high, and shaking."""
    return [
        Area(box(10, 2, 11, 34, 5.5), _BODY),
        Area(disc(15.5, 38, 8.4), _BODY),
        Area(box(12.8, 5, 5.4, 30, 2.7), _PALE),
        Area(box(13.6, 9, 3.8, 30, 1.9), _WRONG),
        Area(disc(15.5, 38, 5.4), _WRONG),
        *(Area(box(22.5, y, 6, 2.2, 1.1), _BODY) for y in (9, 16, 23)),
        *_wave(35, 10, 30),
        *_wave(43, 10, 30),
    ]


def _wave(x: float, top: float, length: float) -> list[Shape]:
    """A trembling line from above to below."""
    count = 6
    points = [(x + (2.4 if number % 2 else -2.4), top + length * number / count) for number in range(count + 1)]
    return _limb(*points, width=2.2, fill=_WRONG)


def _cold() -> list[Shape]:
    """A leg beside a crystal of snow."""
    crystal: list[Shape] = []
    middle_x, middle_y, reach = 34.5, 22.0, 12.0
    for number in range(3):
        angle = pi / 2 + number * pi / 3
        x, y = cos(angle) * reach, sin(angle) * reach
        crystal += _limb((middle_x - x, middle_y - y), (middle_x + x, middle_y + y), width=2.4, fill=_WRONG)
    for number in range(6):
        angle = pi / 2 + number * pi / 3
        x, y = middle_x + cos(angle) * reach * 0.62, middle_y + sin(angle) * reach * 0.62
        for turn in (-0.75, 0.75):
            tip = (x + cos(angle + turn) * 4.6, y + sin(angle + turn) * 4.6)
            crystal += _limb((x, y), tip, width=2.0, fill=_WRONG)
    return [*_limb((12, 3), (13, 24), (12, 41), width=9.0), *_limb((13, 43), (21, 44), width=5.4), *crystal]


def _walk() -> list[Shape]:
    """Somebody bent over a stick, and a path that winds."""
    path = [(4 + 41 * step / 24, 44.2 + 2.4 * sin(step / 24 * 4 * pi)) for step in range(25)]
    return [
        Area(disc(25, 6.5, 5.2), _BODY),
        *_limb((21.5, 14), (17, 26), width=8.0),
        *_limb((23, 14), (30, 20), width=3.4),
        *_limb((29, 18), (35, 39), width=2.6),
        *_limb((17.5, 27), (23, 32), (21, 39), width=4.6),
        *_limb((16.5, 27), (12, 33), (9, 38.5), width=4.6),
        *_limb(*path, width=2.2, fill=_WRONG),
    ]


def _faint() -> list[Shape]:
    """Somebody on the ground, pain in the middle of the body, and the way down."""
    return [
        Area(disc(7.5, 36, 5.4), _BODY),
        *_limb((17, 38), (29, 39), width=8.4),
        *_limb((30, 39.5), (38, 37), (46, 41), width=4.8),
        *_limb((16, 40), (20, 45), width=3.4),
        Area(box(0, 45.4, 48, 2.2, 1.1), _BODY),
        _bolt(17, 11, 20),
        *_arrow_down(6.5, 9, 27, 3.6),
    ]


def _procedure() -> list[Shape]:
    """A syringe, and a sign of danger."""
    return [
        *_limb((4, 44), (13, 35), width=2.2),
        *_limb((13, 35), (28, 20), width=9.4),
        *_limb((14.5, 33.5), (22, 26), width=4.4, fill=_PALE),
        *_limb((29, 19), (36, 12), width=3.0),
        *_limb((32, 8), (40, 16), width=3.4),
        *_limb((24, 15), (33, 24), width=3.2),
        *_alarm(37, 27, 18),
    ]


def _tablets() -> list[Shape]:
    """A capsule, and somebody whom nobody can wake."""
    return [
        *_limb((6, 16), (17, 5), width=8.6),
        *_limb((6.5, 15.5), (10.5, 11.5), width=5.0, fill=_PALE),
        Area(disc(9.5, 35, 5.4), _BODY),
        *_limb((20, 38), (40, 38), width=8.0),
        Area(box(2, 43, 44, 3, 1.5), _BODY),
        *_limb((24, 19), (31, 19), (24, 28), (31, 28), width=2.6, fill=_WRONG),
        *_limb((36, 5), (45, 5), (36, 16), (45, 16), width=3.0, fill=_WRONG),
    ]


_SIGNS: dict[str, Callable[[], list[Shape]]] = {
    "saddle": _saddle,
    "bladder": _bladder,
    "bowel": _bowel,
    "sex": _sex,
    "legs": _legs,
    "weak": _weak,
    "fever": _fever,
    "cold": _cold,
    "walk": _walk,
    "faint": _faint,
    "procedure": _procedure,
    "tablets": _tablets,
}
