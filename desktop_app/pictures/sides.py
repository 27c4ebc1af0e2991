"""Right and left: always the patient's, and the right first, as whoever faces the patient or a scan sees them.

The columns of a grid stand under the same side as in the picture beside it. Only the view from behind, drawn as it
is seen, has the left first; it says so in words. Answers are kept by the name of their side, never by its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.engine.model import GridAxis
from desktop_app.language import tr

SIDES = ("right", "left")
"""Names of the columns in the guideline's grids, as they stand side by side."""


def side_word(side: str) -> str:
    """Of the patient."""
    return tr("left") if side == "left" else tr("right")


def heading(column: str) -> str:
    """What stands over the column of a side; "" for a column that is none."""
    return {"left": tr("Patient’s left"), "right": tr("Patient’s right")}.get(column, "")


def as_seen(columns: Sequence[GridAxis]) -> tuple[GridAxis, ...]:
    """The columns of a grid as they are shown: the two sides right first, whatever an edition names first."""
    if {column.id for column in columns} != set(SIDES):
        return tuple(columns)
    return tuple(sorted(columns, key=lambda column: SIDES.index(column.id)))
