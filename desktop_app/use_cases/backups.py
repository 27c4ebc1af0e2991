"""Backups as the use cases and pages see them: where they lie, what each one says of itself, which ones are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop_app.use_cases.audit import AuditHead
from desktop_app.use_cases.permissions import Access, Action, needs

Told = Callable[[Path, float], None]
"""Called beside the window while a backup is made: its folder, and how much of it is done, 0 to 1."""

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
    failed: tuple[str, ...] = ()  # sentences: a disk that is full, a folder that cannot be written to
    away: tuple[str, ...] = ()  # sentences: a stick that is not there

    @property
    def remarks(self) -> tuple[str, ...]:
        return (*self.failed, *self.away)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for backups as it is found now."""

    folder: Path
    stick: bool
    there: bool
    same_disk: bool  # as the records: when that disk fails, both are lost
    backups: tuple[Backup, ...] = ()  # the finished ones, newest first
    broken: tuple[Path, ...] = ()  # named like a finished one, and a part is missing or cannot be read


@dataclass(frozen=True, slots=True)
class Present:
    """The records that are open, as far as a backup is compared with them."""

    store_id: str
    encounters: int
    rows: int  # of the record of use
    erased: tuple[int, ...] = ()  # entries of it with which a patient was erased


@dataclass(frozen=True, slots=True)
class StartedOver:
    """How many older backups went, and why others stayed."""

    gone: int = 0
    failed: tuple[str, ...] = ()


class KeepsBackups(Protocol):
    """The backups of the profile that is open."""

    @property
    def store_id(self) -> str: ...

    def chosen(self) -> BackupPlaces: ...

    def choose(self, places: BackupPlaces) -> None:
        """Raises ``CannotCreate`` where a folder cannot be made."""

    def make(self, *, always: bool, told: Told | None = None) -> BackupReport:
        """To every place; only where something changed unless ``always``. What goes wrong is in the report."""

    def start_over(self, entry: int, agreed: str) -> StartedOver:
        """A new backup in every place; only where it is there and was read whole go those whose record of use ends
        before this entry. ``agreed``: the id of the second person, for the record.
        """

    def places(self) -> Sequence[Place]: ...

    def check(self, backup: Path) -> Backup:
        """Read whole with the key. Raises ``BadData``, ``NoInput``, ``StoreDamaged`` or ``StoreNewer`` in words."""

    def present(self) -> Present: ...

    def failed_before(self) -> tuple[str, ...]:
        """What the record of use says of the last round, where it failed: the program may have ended with it."""


class Backups:
    """What the signed-in person sees of backups and does with them. Bringing one back is the way in's: it needs the
    role of the time of the backup, and works when nobody can sign in.
    """

    def __init__(self, access: Access, keeper: KeepsBackups, made: Callable[[], None] | None = None) -> None:
        """``made`` is called after each round."""
        self.access = access
        self._made = made
        self._keeper = keeper
        self._last: BackupReport | None = None

    @needs(Action.BACK_UP)
    def round(self, *, always: bool = False, told: Told | None = None) -> BackupReport:
        """The half-hourly one, or one that was asked for."""
        self._last = self._keeper.make(always=always, told=told)
        if self._made is not None:
            self._made()
        return self._last

    @property
    def failed(self) -> tuple[str, ...]:
        """Sentences for whoever works here now, whatever their role; empty when the last round was good."""
        return self._keeper.failed_before() if self._last is None else self._last.failed

    @property
    def away(self) -> tuple[str, ...]:
        """Which stick was not there at the last round."""
        return () if self._last is None else self._last.away

    @property
    def store_id(self) -> str:
        """Backups of other records may lie in the same folder."""
        return self._keeper.store_id

    @needs(Action.BACK_UP)
    def places(self) -> Sequence[Place]:
        return self._keeper.places()

    @needs(Action.RESTORE)
    def present(self) -> Present:
        """What a backup would take the place of."""
        return self._keeper.present()

    @needs(Action.BACK_UP)
    def check(self, backup: Path) -> Backup:
        return self._keeper.check(backup)

    @needs(Action.CHANGE_CLINIC)
    def choose_folder(self, folder: Path) -> None:
        self._keeper.choose(BackupPlaces(folder, self._keeper.chosen().stick))

    @needs(Action.CHANGE_CLINIC)
    def choose_stick(self, stick: Path | None) -> None:
        """None: no stick any more."""
        self._keeper.choose(BackupPlaces(self._keeper.chosen().folder, stick))


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
