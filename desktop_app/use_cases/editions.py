"""An edition of the guideline that came from outside: what is known of it once its signatures were checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.use_cases.errors import BadData


@dataclass(frozen=True, slots=True)
class SignedEdition:
    """Content whose signatures, hashes and names were checked. ``number`` only goes up from edition to edition."""

    pack: str  # id of the guideline
    number: int
    version: str  # as its publishers call it
    minimum_program: str  # the oldest program that can read it
    review_by: date  # a day that warns, never one that blocks
    content: Mapping[str, bytes]  # place inside the pack's folder -> bytes
    signers: tuple[str, ...]  # fingerprints of the keys that signed it
    publishers: bytes  # the list of publishers that holds from now on


class EditionRefused(BadData):
    """The file is no edition that may be installed; the words say why, the next step what to do."""


_ASK = "Ask whoever gave you the file for the edition as it was published."


def refused(why: str, next_step: str = _ASK) -> EditionRefused:
    return EditionRefused(why, next_step=next_step)
