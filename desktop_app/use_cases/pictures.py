"""Plain data for the pictures of screen and paper: which signs point to which root, what imaging shows."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.decision import Decision


def pictures(clinical: ClinicalArithmetic, decision: Decision) -> Mapping[str, object]:
    """What the diagrams are drawn from; one source for the window and the PDF."""
    return clinical.pictures(decision.answers, decision.as_of)
