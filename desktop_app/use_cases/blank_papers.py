"""Papers for the day without power: which there are, and the port that makes them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Protocol

from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Clinic


class Blank(StrEnum):
    """The papers that need no patient."""

    FORM = "questions-on-paper"
    CARD = "emergency-card"

    @property
    def words(self) -> str:
        return {Blank.FORM: "questions on paper", Blank.CARD: "emergency card"}[self]


class BlankPapers(Protocol):
    def make(self, blank: Blank, pack: Pack, clinic: Clinic | None, made_on: date, page_size: str = "A4",
             language: str = "en") -> bytes:
        """The PDF, with ``pack`` as it is said in ``language``. Without a clinic there are lines to write its name and
        numbers on.
        """
