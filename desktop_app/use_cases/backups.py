"""Backups as the use cases and pages see them: where they lie, what each one says of itself, which ones are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.use_cases.audit import AuditHead

EVERY_SECONDS = 30 * 60
"""How often a backup is made while the program is open, when something changed."""

_NEWEST = 16
_STEPS = ((8, 16 + 8 * 8), (64, 16 + 64 * 12))


@dataclass(frozen=True, slots=True)
class BackupPlaces:
    """Folders that backups go to. The stick may be away; then it is said and nothing else happens."""

    folder: Path | None = None
    stick: Path | None = None

    def all(self) -> tuple[Path, ...]:
        return tuple(place for place in (self.folder, self.stick) if place is not None)


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: everything in it was read and compared before it got its name."""

    path: Path
    number: int  # order in its folder; never the clock
    made: datetime  # by the clock of that day, to be shown
    store_id: str
    schema: str
    head: AuditHead
    encounters: int
    size: int  # bytes
    data_hash: str  # SHA-256 over all rows but the record of use


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What became of one round."""

    made: tuple[Backup, ...] = ()
    remarks: tuple[str, ...] = ()  # sentences: a stick that is not there, a disk that is full


def kept(numbers: Iterable[int]) -> frozenset[int]:
    """Which backups stay: the newest sixteen, of the older ones each eighth, of much older ones each sixty-fourth.

    By number alone: a clock that jumped can never make a good backup the one that goes.
    """
    every = sorted(numbers, reverse=True)
    newest = every[0] if every else 0
    stay = set(every[:_NEWEST])
    for step, reach in _STEPS:
        stay |= {number for number in every if number % step == 0 and newest - number < reach}
    return frozenset(stay)
