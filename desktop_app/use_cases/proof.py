"""What the code on a signed paper says: a few lines that anyone can check without a network, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop_app.use_cases.domain import PaperKind

SIGNATURE_FIELD = "ClinicianSignature"
"""The field of a document that the signature fills: drawn with the page, filled by the seal."""
CARRIES_CODE = (PaperKind.CARE_PLAN, PaperKind.LETTER)
"""The papers that strangers act on. What the patient takes home carries none: it may be left lying about."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    label: str
    words: str  # of what is not known: why, or how much of it
    known: bool = True


@dataclass(frozen=True, slots=True)
class PaperSummary:
    """A paper in lines, the patient by initials, number and year of birth."""

    number: str
    initials: str
    patient_number: str
    birth_year: int | None
    lines: tuple[SummaryLine, ...]


class Proves(Protocol):
    """The part of a ``Signer`` that signs a summary; ``ports.Signer`` has it."""

    def code(self, summary: PaperSummary, at: datetime) -> str:
        """The signed summary as the text of a QR code, ``shc:/`` and digits; "" when it is too long for one."""
