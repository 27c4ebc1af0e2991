"""The ``KeepsBackups`` of the use cases, over an open profile and the folders that its backups go to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from db.backup import backups_in, broken_in, places_of, save_places, take_away
from db.file_names import STORE_FILE
from db.profile import BACKUP, Opened
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, AuditFilter, Deed
from desktop_app.use_cases.backups import Backup, BackupPlaces, BackupReport, Place, Present, StartedOver, Told
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.ports import Clock

_LOOKED_BACK = 40  # rows: a round at the end of a session is followed by little more than signing out and in
STICK_FOLDER = "Lumbar Pathway backups"


class ProfileBackups:
    def __init__(self, opened: Opened, folder: Path, clock: Clock) -> None:
        """``folder``: the profile's own, also where it is read from a copy."""
        self._opened, self._folder, self._clock = opened, folder, clock

    @property
    def store_id(self) -> str:
        return self._opened.store_id

    def chosen(self) -> BackupPlaces:
        return places_of(self._folder)

    def choose(self, places: BackupPlaces) -> None:
        """A stick gets a folder of its own, whose absence tells later that it is another stick or none."""
        stick = places.stick
        if stick is not None and stick != self.chosen().stick and stick.name != STICK_FOLDER:
            stick = stick / STICK_FOLDER
        for place in (places.folder, stick):
            if place is not None and place not in self.chosen().all():
                _make(place)
        save_places(self._folder, BackupPlaces(places.folder, stick))

    def make(self, *, always: bool, told: Told | None = None) -> BackupReport:
        return self._opened.back_up(self._clock.now(), self.chosen(), always=always, told=told)

    def start_over(self, entry: int, agreed: str) -> StartedOver:
        report = self.make(always=True)
        gone, failed = 0, list(report.remarks)
        for made in report.made:
            place = made.path.parent
            old = [one for one in backups_in(place) if one.store_id == self.store_id and one.head.sequence < entry]
            if not old:
                continue
            numbers = ", ".join(str(one.number) for one in sorted(old, key=lambda one: one.number))
            # Said before it is done: whatever ends the program in between, the record tells of it.
            self._opened.store.record(AuditEvent(Deed.CHANGED, "backups deleted after an erasure", subject=agreed,
                                                 detail=str(place), old=numbers, new=str(made.number)))
            try:
                for one in old:
                    take_away(one.path)
                    gone += 1
            except OSError as problem:
                failed.append(tr("Not every older backup in {place} could be deleted: {reason}.").format(
                place=place, reason=os.strerror(problem.errno or 0)))
        return StartedOver(gone + (self._drop_copies(agreed, failed) if report.made else 0), tuple(failed))

    def _drop_copies(self, agreed: str, failed: list[str]) -> int:
        """The copies from before the program was updated are older backups too, beside the records themselves."""
        copies = sorted(self._folder.glob(f"{STORE_FILE}.before-*"))
        if not copies:
            return 0
        self._opened.store.record(AuditEvent(Deed.CHANGED, "backups deleted after an erasure", subject=agreed,
                                             detail=str(self._folder), old=", ".join(one.name for one in copies)))
        try:
            for one in copies:
                one.unlink()
        except OSError as problem:
            failed.append(tr("Not every copy in {folder} could be deleted: {reason}.").format(
                folder=self._folder, reason=os.strerror(problem.errno or 0)))
        return len(copies)

    def places(self) -> Sequence[Place]:
        return places_found(self._folder)

    def check(self, backup: Path) -> Backup:
        return self._opened.check_backup(backup)

    def present(self) -> Present:
        store = self._opened.store
        erased = store.audit_rows(AuditFilter(deed=Deed.ERASED), limit=store.audit_head().sequence or 1)
        return Present(self.store_id, store.count_encounters(), store.audit_head().sequence,
                       tuple(row.sequence for row in erased))

    def failed_before(self) -> tuple[str, ...]:
        made: dict[str, bool] = {}
        for row in self._opened.store.audit_rows(limit=_LOOKED_BACK):  # newest first: that one counts
            event = row.event
            if event.deed is Deed.BACKED_UP:
                made.setdefault(event.detail, True)
            elif event.deed is Deed.FAILED and event.what == BACKUP:
                made.setdefault(event.detail, False)
        return tuple(tr("No backup was made in {place} at the last try.").format(place=place)
                     for place, whole in made.items() if not whole and Path(place) in self.chosen().all())


def places_found(profile: Path) -> Sequence[Place]:
    """What lies where the backups of this profile go; needs no key."""
    chosen = places_of(profile)
    return [_place(folder, profile, stick=folder == chosen.stick) for folder in chosen.all()]


def place_found(folder: Path, profile: Path) -> Place:
    """A folder that somebody names: the one with the backups, or the stick above it."""
    own = folder / STICK_FOLDER
    return _place(own if own.is_dir() else folder, profile, stick=own.is_dir())


def _place(folder: Path, profile: Path, *, stick: bool) -> Place:
    return Place(folder, stick, folder.is_dir(), _on_same_disk(folder, profile), tuple(backups_in(folder)),
                 tuple(broken_in(folder)))


def _on_same_disk(place: Path, profile: Path) -> bool:
    """Of what is not there yet the nearest folder above it tells."""
    while not place.exists() and place != place.parent:
        place = place.parent
    with suppress(OSError):
        return place.stat().st_dev == profile.stat().st_dev
    return False


def _make(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = place / ".can-be-written-to"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as problem:
        raise CannotCreate(
            tr("Backups cannot be written to {place}: {reason}.").format(
                place=place, reason=os.strerror(problem.errno or 0)
            ),
            next_step=tr("Choose a folder that may be written to, on a disk or stick that is connected."),
        ) from problem
