"""Content that can be worked with: the guideline and its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.model import Pack


@dataclass(frozen=True, slots=True)
class Loaded:
    pack: Pack
    clinical: ClinicalArithmetic


class Speak(Protocol):
    def __call__(self, loaded: Loaded, wanted: str = "") -> Loaded:
        """The same in a language; "" for that of the screens."""
