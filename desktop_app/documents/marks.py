"""The few icons of paper as vector paths in a box of 24 by 24, drawn in one colour.

Shapes follow the Material Design Icons of the program's screens (Apache 2.0), so that a tier has the same
silhouette on paper and on screen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import atan2, cos, pi, sin, sqrt, tan

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]  # M, L, C, Z in absolute coordinates, y down

PATHS = {
    "octagon": "M13 13H11V7H13M11 15H13V17H11M15.73 3H8.27L3 8.27V15.73L8.27 21H15.73L21 15.73V8.27L15.73 3Z",
    "triangle": "M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z",
    "clock": "M12 2C6.5 2 2 6.5 2 12C2 17.5 6.5 22 12 22C17.5 22 22 17.5 22 12S17.5 2 12 2M16.3 15.2L11 12.3V7"
    "H12.5V11.4L17 13.9L16.3 15.2Z",
    "calendar": "M19,19H5V8H19M19,3H18V1H16V3H8V1H6V3H5C3.89,3 3,3.9 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V5"
    "A2,2 0 0,0 19,3M16.53,11.06L15.47,10L10.59,14.88L8.47,12.76L7.41,13.82L10.59,17L16.53,11.06Z",
    "tick": "M9,20.42L2.79,14.21L5.62,11.38L9,14.77L18.88,4.88L21.71,7.71L9,20.42Z",
    "cross": "M20 6.91L17.09 4L12 9.09L6.91 4L4 6.91L9.09 12L4 17.09L6.91 20L12 14.91L17.09 20L20 17.09L14.91 12"
    "L20 6.91Z",
    "question": "M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17"
    "C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67"
    "C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z",
    "minus": "M19,13.5H5V10.5H19V13.5Z",
    "cancel": "M12 2C17.5 2 22 6.5 22 12S17.5 22 12 22 2 17.5 2 12 6.5 2 12 2M12 4C10.1 4 8.4 4.6 7.1 5.7L18.3 16.9"
    "C19.3 15.5 20 13.8 20 12C20 7.6 16.4 4 12 4M16.9 18.3L5.7 7.1C4.6 8.4 4 10.1 4 12C4 16.4 7.6 20 12 20"
    "C13.9 20 15.6 19.4 16.9 18.3Z",
    "pencil": "M20.71,7.04C21.1,6.65 21.1,6 20.71,5.63L18.37,3.29C18,2.9 17.35,2.9 16.96,3.29L15.12,5.12L18.87,8.87"
    "M3,17.25V21H6.75L17.81,9.93L14.06,6.18L3,17.25Z",
    "phone": "M6.62,10.79C8.06,13.62 10.38,15.94 13.21,17.38L15.41,15.18C15.69,14.9 16.08,14.82 16.43,14.93"
    "C17.55,15.3 18.75,15.5 20,15.5A1,1 0 0,1 21,16.5V20A1,1 0 0,1 20,21A17,17 0 0,1 3,4A1,1 0 0,1 4,3H7.5"
    "A1,1 0 0,1 8.5,4C8.5,5.25 8.7,6.45 9.07,7.57C9.18,7.92 9.1,8.31 8.82,8.59L6.62,10.79Z",
    "scales": "M12,3C10.73,3 9.6,3.8 9.18,5H3V7H4.95L2,14C1.53,16 3,17 5.5,17C8,17 9.56,16 9,14L6.05,7H9.17"
    "C9.5,7.85 10.15,8.5 11,8.83V20H2V22H22V20H13V8.82C13.85,8.5 14.5,7.85 14.82,7H17.95L15,14"
    "C14.53,16 16,17 18.5,17C21,17 22.56,16 22,14L19.05,7H21V5H14.83C14.4,3.8 13.27,3 12,3M5.5,10.25L7,14H4"
    "L5.5,10.25M18.5,10.25L20,14H17L18.5,10.25Z",
    "seal": "M23,12L20.56,9.22L20.9,5.54L17.29,4.72L15.4,1.54L12,3L8.6,1.54L6.71,4.72L3.1,5.53L3.44,9.21L1,12"
    "L3.44,14.78L3.1,18.47L6.71,19.29L8.6,22.47L12,21L15.4,22.46L17.29,19.28L20.9,18.46L20.56,14.78L23,12"
    "M10,17L6,13L7.41,11.59L10,14.17L16.59,7.58L18,9L10,17Z",
    "half": "M12 2A10 10 0 0 0 2 12A10 10 0 0 0 12 22A10 10 0 0 0 22 12A10 10 0 0 0 12 2M12 4A8 8 0 0 1 20 12"
    "A8 8 0 0 1 12 20V4Z",
    "split": "M18,16V13H15V22H13V2H15V11H18V8L22,12L18,16M2,12L6,16V13H9V22H11V2H9V11H6V8L2,12Z",
    "box": "M19,3H5C3.89,3 3,3.89 3,5V19A2,2 0 0,0 5,21H19A2,2 0 0,0 21,19V5A2,2 0 0,0 19,3M19,5V19H5V5H19Z",
    "disc": "M12 4A8 8 0 0 0 4 12A8 8 0 0 0 12 20A8 8 0 0 0 20 12A8 8 0 0 0 12 4Z",
}

_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.\d+|\d+|\.\d+)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


def _arc(start: Point, numbers: list[float]) -> list[Step]:
    """An arc of a circle (the two radii of these icons are equal) as cubic curves of a quarter at most."""
    (x1, y1), (radius, _, _, large, sweep, x2, y2) = start, numbers
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    distance = half_x * half_x + half_y * half_y
    if not distance:
        return []
    radius = max(radius, sqrt(distance))
    factor = sqrt(max(0.0, (radius * radius - distance) / distance))
    if bool(large) == bool(sweep):
        factor = -factor
    centre_x, centre_y = (x1 + x2) / 2 + factor * half_y, (y1 + y2) / 2 - factor * half_x
    begin = atan2(y1 - centre_y, x1 - centre_x)
    extent = atan2(y2 - centre_y, x2 - centre_x) - begin
    if sweep and extent < 0:
        extent += 2 * pi
    if not sweep and extent > 0:
        extent -= 2 * pi
    parts = max(1, round(abs(extent) / (pi / 2) + 0.49))
    step = extent / parts
    handle = 4 / 3 * tan(step / 4) * radius
    steps: list[Step] = []
    for number in range(parts):
        a, b = begin + number * step, begin + (number + 1) * step
        ax, ay = centre_x + radius * cos(a), centre_y + radius * sin(a)
        bx, by = centre_x + radius * cos(b), centre_y + radius * sin(b)
        steps.append(
            ("C", (ax - handle * sin(a), ay + handle * cos(a), bx + handle * sin(b), by - handle * cos(b), bx, by))
        )
    return steps


@lru_cache(maxsize=32)
def steps(name: str) -> tuple[Step, ...]:
    """The drawing steps of an icon: moves, lines, curves and closings, absolute, y down."""
    tokens: list[str] = _TOKEN.findall(PATHS[name])
    out: list[Step] = []
    at: Point = (0.0, 0.0)
    start = at
    control: Point | None = None
    command, index = "", 0
    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
        count = _COUNT[command]
        numbers = [float(token) for token in tokens[index : index + count]]
        index += count
        if command == "Z":
            out.append(("Z", ()))
            at, control = start, None
            continue
        if command == "M":
            at = start = (numbers[0], numbers[1])
            out.append(("M", at))
            command = "L"
        elif command in "LHV":
            at = (numbers[0] if command != "V" else at[0], numbers[-1] if command != "H" else at[1])
            out.append(("L", at))
        elif command == "A":
            out.extend(_arc(at, numbers))
            at = (numbers[5], numbers[6])
        else:
            if command == "S":
                first = (2 * at[0] - control[0], 2 * at[1] - control[1]) if control else at
                numbers = [*first, *numbers]
            out.append(("C", tuple(numbers)))
            at, control = (numbers[4], numbers[5]), (numbers[2], numbers[3])
            continue
        control = None
    return tuple(out)
