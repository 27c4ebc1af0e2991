"""An edition of the guideline that came from outside: what is known of it once its signatures were checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop_app.language import tr
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


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition says of itself beside its files."""

    pack: str
    version: str
    minimum_program: str
    review_by: date


class Press(Protocol):
    """Makes what publishers hand out. Keys and lists are the bytes of their files."""

    def new_key(self) -> tuple[bytes, bytes]:
        """A private key, and what others may have of it."""
        ...

    def publishers(self, public: Sequence[bytes], needed: int, number: int, signing: Sequence[bytes]) -> bytes:
        """A list of publishers. Raises ``KeyFileError`` or ``EditionRefused``."""
        ...

    def fingerprint_of(self, publishers: bytes) -> str: ...

    def edition(self, content: Mapping[str, bytes], told: Told, number: int, signing: Sequence[bytes],
                lists: Sequence[bytes]) -> bytes:
        """A signed edition that somebody who believes the first of ``lists`` can install. Raises as above."""
        ...


class EditionRefused(BadData):
    """The file is no edition that may be installed; the words say why, the next step what to do."""


_ASK = tr("Ask whoever gave you the file for the edition as it was published.")


def refused(why: str, next_step: str = _ASK) -> EditionRefused:
    return EditionRefused(why, next_step=next_step)
