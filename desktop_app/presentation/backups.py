"""Backups in words: where they go, which are there and whether each is whole, what bringing one back would replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.language import tr, trn
from desktop_app.presentation import words
from desktop_app.use_cases.backups import Backup, Place, Present

SHOWN = 5  # of each place, before "Show all"


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup, or what is left of one."""

    path: Path
    title: str
    line: str
    state: str
    icon: str
    good: bool  # may be brought back
    mark: str  # says which one it is where its title alone does not


@dataclass(frozen=True, slots=True)
class PlaceView:
    title: str
    folder: str
    note: str  # "" where there is nothing to say
    rows: tuple[BackupRow, ...]
    stick: bool


def moment(at: datetime) -> str:
    """22 Nov 2026, 10:31."""
    return f"{words.day(at.date())}, {at:%H:%M}"


def ago(day: date, today: date) -> str:
    """“today”, “yesterday”, “12 days ago”; "" for a day that has not come."""
    days = (today - day).days
    if days < 0:
        return ""
    if days == 0:
        return tr("today")
    return tr("yesterday") if days == 1 else tr("{days} days ago").format(days=days)


def size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, count // 1024)} kB"


def last_good(places: Sequence[Place], store_id: str, today: date, checked: Mapping[Path, str]) -> tuple[str, str]:
    """The newest one of these records wherever it lies, and where; told by the record of use, not by the clock."""
    own = [backup for place in places for backup in place.backups
           if backup.store_id == store_id and not checked.get(backup.path)]
    if not own:
        return (tr("There is no backup yet"),
                tr("When the disk of this computer fails now, every record is lost."))
    newest = max(own, key=lambda backup: (backup.head.sequence, backup.number))
    told = ago(newest.made.date(), today)
    return (tr("Last good backup: {moment}").format(moment=moment(newest.made)) + (f" ({told})" if told else ""),
            tr("{consultations} in {folder}. It was read whole before it counted.").format(
                consultations=_consultations(newest.encounters), folder=newest.path.parent))


def newest(places: Sequence[Place]) -> str:
    """For whoever stands before damaged records; "" where there is none."""
    found = [backup for place in places for backup in place.backups]
    if not found:
        return ""
    one = max(found, key=lambda backup: (backup.head.sequence, backup.number))
    return tr("The newest backup there is was made on {moment}: {consultations}.").format(
        moment=moment(one.made), consultations=_consultations(one.encounters))


def place_view(place: Place, store_id: str, checked: Mapping[Path, str]) -> PlaceView:
    """``checked``: what reading a backup again has found since the page was opened, "" where it is whole."""
    if not place.there and place.stick:
        note = tr("The stick is not there. Put it in, and the next round writes to it.")
    elif place.same_disk:
        note = tr("On the same disk as the records: when that disk fails, both are lost. Use a stick as well.")
    else:
        note = ""
    every = [*(row(backup, store_id, checked) for backup in place.backups), *(_broken(path) for path in place.broken)]
    return PlaceView(tr("USB stick") if place.stick else tr("Folder"), str(place.folder), note, tuple(every),
                     place.stick)


def row(backup: Backup, store_id: str, checked: Mapping[Path, str]) -> BackupRow:
    """``store_id`` of the records that are open; "" where none are."""
    line = f"{moment(backup.made)} · {_consultations(backup.encounters)} · {size(backup.size)}"
    title, found = tr("Backup {number}").format(number=backup.number), checked.get(backup.path)
    if store_id and backup.store_id != store_id:
        state, icon, good = tr("Of other records than these"), "help-circle-outline", True
    elif found:
        state, icon, good = found, "close-circle-outline", False
    elif found is not None:
        state, icon, good = tr("Read whole again now: nothing is missing"), "check-decagram", True
    else:
        state, icon, good = tr("Read whole when it was made"), "check", True
    return BackupRow(backup.path, title, line, state, icon, good, f"{title}, {moment(backup.made)}")


def _broken(path: Path) -> BackupRow:
    return BackupRow(path, path.name, tr("A part is missing or cannot be read."),
                     tr("Not a good backup: it cannot be brought back"), "close-circle-outline", False, path.name)


def under_way(folder: str, done: float) -> str:
    """What happens now, in words beside the bar."""
    step = tr("Writing the copy to {folder} …") if done < 0.5 else tr("Reading the copy whole in {folder} …")
    return step.format(folder=folder)


def result(made: Sequence[Backup]) -> str:
    """After it was asked for."""
    return tr("Made and read whole: {places}.").format(places=", ".join(str(one.path) for one in made)) if made else ""


def replaced(backup: Backup, present: Present | None) -> tuple[str, ...]:
    """What bringing this one back would do, in sentences, before anything is done."""
    told = [tr("The records will be as they were on {moment}: {consultations}.").format(
        moment=moment(backup.made), consultations=_consultations(backup.encounters))]
    if present is None:
        told.append(tr("What was entered after that is not in them. What is there now cannot be opened to be "
                       "compared."))
    elif present.store_id != backup.store_id:
        told.append(tr("They take the place of other records: {consultations} that are open now.").format(
            consultations=_consultations(present.encounters)))
    elif (since := present.rows - backup.head.sequence) > 0:
        told.append(tr("What was entered after that is not in them: {rows}. Now there are {consultations}.").format(
            rows=trn("{count} entry in the record of use", "{count} entries in the record of use",
                     since).format(count=since),
            consultations=_consultations(present.encounters)))
    else:
        told.append(tr("Nothing was entered after that."))
    if present is not None and present.store_id == backup.store_id:
        back = sum(sequence > backup.head.sequence for sequence in present.erased)
        if back:
            told.append(trn("{count} patient who was erased since then comes back with it, and has to be erased again.",
                            "{count} patients who were erased since then come back with it, and have to be erased "
                            "again.", back).format(count=back))
    told.append(tr("What is there now is set aside in a folder beside it and never deleted. Everybody signs in again, "
                   "with the passphrase of that day."))
    return tuple(told)


def restored(aside: Path) -> str:
    """On the unlock page afterwards."""
    return tr("The backup is in place. What was there before is kept in {aside}.").format(aside=aside)


def _consultations(count: int) -> str:
    return words.count(count, "consultation")
