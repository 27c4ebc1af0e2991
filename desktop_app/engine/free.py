"""Arithmetic that works nothing out: every derived finding may be anything.

For packs whose functions this program does not have, such as the template, and for proofs in which
derived findings are free.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.derive import Inputs, Interval, Possible
from desktop_app.engine.model import Atom, FindingType


class FreeArithmetic:
    """The port to clinical arithmetic, with nothing behind it."""

    def derive(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:  # noqa: ARG002 the port's shape
        """Everything the finding can be at all."""
        if atom.type is FindingType.NUMBER:
            return Interval(None, None)
        if atom.type is FindingType.YES_NO:
            return frozenset({False, True})
        return frozenset(option.id for option in atom.options)

    def medicines(
        self,
        sheet: AnswerSheet,  # noqa: ARG002 the port's shape
        derived: Mapping[str, Possible],  # noqa: ARG002 the port's shape
        as_of: date,  # noqa: ARG002 the port's shape
    ) -> Mapping[str, object]:
        return {}
