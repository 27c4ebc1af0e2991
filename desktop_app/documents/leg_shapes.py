"""Outlines for the leg map: the patient's right leg seen from the front, in a field of 30 by 118.

The other leg and the view from behind are mirror images. Zones follow the pack's names of pain areas and
are schematic: dermatomes overlap, and the map is only a picture of the list beside it.
"""

from __future__ import annotations

Points = tuple[tuple[float, float], ...]

LEG: Points = (
    (8, 0),
    (30, 0),
    (30, 19),
    (29, 28),
    (27.5, 40),
    (26.5, 50),
    (26, 57),
    (26.5, 64),
    (26.5, 74),
    (25, 86),
    (23.8, 98),
    (23.8, 104),
    (24.5, 109),
    (23.5, 114),
    (19, 117.5),
    (13, 117.5),
    (10.5, 115),
    (13.5, 110),
    (15.5, 104),
    (15.5, 98),
    (12, 84),
    (10.5, 72),
    (11.5, 62),
    (11, 54),
    (8.5, 44),
    (5.5, 32),
    (4.2, 20),
    (5, 9),
)

_GROIN: Points = ((7, 3), (30, 13), (30, 20), (4.4, 17), (5, 9))
_UPPER: Points = ((4.4, 17), (30, 20), (29, 28), (28.3, 34), (6.4, 35), (5.5, 32), (4.2, 20))
_LOWER: Points = ((6.4, 35), (28.3, 34), (27.5, 40), (26.5, 50), (26, 57), (11.4, 57), (11, 54), (8.5, 44))
_INNER_SHIN: Points = ((18.5, 57), (26, 57), (26.5, 64), (26.5, 74), (25, 86), (23.8, 98), (23.8, 104), (20, 104))
_OUTER_SHIN: Points = (
    (11.4, 57),
    (18.5, 57),
    (20, 104),
    (23.8, 104),
    (24.5, 109),
    (23.5, 114),
    (19, 117.5),
    (15.5, 117.5),
    (14, 110),
    (15.5, 104),
    (15.5, 98),
    (12, 84),
    (10.5, 72),
    (11.5, 62),
)
_FOOT_EDGE: Points = ((15.5, 104), (14, 110), (15.5, 117.5), (13, 117.5), (10.5, 115), (13.5, 110))

_SEAT: Points = ((7, 4), (30, 4), (30, 24), (5, 26), (4.2, 20), (5, 9))
_BACK_INNER: Points = ((19, 25), (30, 24), (29, 28), (27.5, 40), (26.5, 50), (26, 57), (26.5, 64), (20, 64))
_BACK_MIDDLE: Points = (
    (11.5, 25.6),
    (19, 25),
    (20, 64),
    (26.5, 64),
    (26.5, 74),
    (25, 86),
    (21, 97),
    (20, 117.5),
    (13, 117.5),
    (15.5, 104),
    (15.5, 98),
    (15, 80),
    (14.5, 60),
    (12, 42),
)
_BACK_OUTER: Points = (
    (5, 26),
    (11.5, 25.6),
    (12, 42),
    (14.5, 60),
    (15, 80),
    (15.5, 98),
    (12, 84),
    (10.5, 72),
    (11.5, 62),
    (11, 54),
    (8.5, 44),
    (5.5, 32),
)
_BACK_SHIN: Points = ((25, 86), (23.8, 98), (23.8, 104), (24.5, 109), (23.5, 114), (20, 117.5), (21, 97))

ZONES: tuple[tuple[str, bool, Points], ...] = (
    ("L1", True, _GROIN),
    ("L2", True, _UPPER),
    ("L3", True, _LOWER),
    ("L4", True, _INNER_SHIN),
    ("L5", True, _OUTER_SHIN),
    ("S1", True, _FOOT_EDGE),
    ("buttock", False, _SEAT),
    ("S2", False, _BACK_INNER),
    ("S1", False, _BACK_MIDDLE),
    ("L5", False, _BACK_OUTER),
    ("L4", False, _BACK_SHIN),
)
"""(zone, seen from the front, outline)."""
