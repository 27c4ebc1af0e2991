"""How much of its long lists page one of a plan shows, from roomy to dense."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """How much of the long lists page one shows; the rest stands on the following pages."""

    options: int
    medicines: int
    questions: int
    notes: int  # conditions and disagreements of an option
    safety: int
    reasons: int = 3
    style: str = "small"
    brief: bool = True
    tight: bool = False  # names of cautions without their plans, one disagreement in words
    words: int = 0  # lines in place of tables; so many letters of a reason
    with_map: bool = True  # the body map stands in the annex too


DENSITIES = (
    Density(options=12, medicines=8, questions=8, notes=4, safety=14, style="body", brief=False),
    Density(options=8, medicines=6, questions=5, notes=2, safety=14, brief=False),
    Density(options=8, medicines=5, questions=4, notes=1, safety=14, reasons=2, style="fine", brief=False, tight=True),
    Density(options=7, medicines=4, questions=3, notes=1, safety=14, reasons=2, style="fine", tight=True),
    Density(options=6, medicines=4, questions=3, notes=1, safety=8, reasons=1, style="fine", tight=True),
    Density(options=9, medicines=9, questions=3, notes=1, safety=8, reasons=1, words=200),
    Density(options=9, medicines=9, questions=3, notes=1, safety=8, reasons=1, style="fine", words=110),
    Density(options=9, medicines=9, questions=2, notes=1, safety=5, reasons=1, style="fine", words=110),
    Density(options=9, medicines=9, questions=1, notes=1, safety=3, reasons=1, style="fine", words=60),
    Density(options=5, medicines=5, questions=1, notes=1, safety=2, reasons=1, style="fine", words=40, with_map=False),
    Density(options=2, medicines=3, questions=1, notes=1, safety=2, reasons=1, style="fine", words=40, with_map=False),
    Density(options=1, medicines=0, questions=1, notes=1, safety=2, reasons=1, style="fine", words=20, with_map=False),
    Density(options=0, medicines=0, questions=1, notes=1, safety=2, reasons=1, style="fine", words=20, with_map=False),
)
"""From roomy to dense."""
