"""What has to be said where work begins: a clock that cannot be right, a full disk, a backup that failed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.presentation.backups import moment
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.words import day
from desktop_app.use_cases.surroundings import ClockDoubt, clock_doubt


@dataclass(frozen=True, slots=True)
class Notice:
    words: str
    alarm: bool


def of(desk: ClinicDesk) -> tuple[Notice, ...]:
    """For the top of the worklist, the gravest first."""
    found = []
    if (doubt := clock_doubt(desk.surroundings, desk.pack.info.approved_on)) is not None:
        found.append(Notice(clock(doubt), alarm=True))
    if desk.surroundings is not None and desk.surroundings.no_room():
        found.append(Notice(tr("The disk of this computer is nearly full: entries may soon not be saved any more. Free "
                               "some space on it now."), alarm=True))
    backups = desk.backups
    if backups is not None:
        found += [Notice(tr("{words} See Settings, Backups.").format(words=words), alarm=True)
                  for words in backups.failed]
        found += [Notice(words, alarm=False) for words in backups.away]
    return tuple(found)


def clock(doubt: ClockDoubt) -> str:
    """What the clock says, and why that can hardly be."""
    if doubt.approved is not None:
        return tr("The clock of this computer says {now}, but the guideline was approved on {day}. Time limits are "
                  "counted from the wrong day: put the clock right.").format(
                      now=moment(doubt.now.astimezone()), day=day(doubt.approved))
    now, newest = moment(doubt.now.astimezone()), moment(doubt.newest.astimezone())
    told = tr("The clock of this computer says {now}, but the newest entry was made on {newest}. Time limits are "
              "counted from the wrong day: put the clock right.") if doubt.behind else tr(
        "The clock of this computer says {now}, and the newest entry was made on {newest}. If today's date is wrong, "
        "time limits are counted from the wrong day: put the clock right.")
    return told.format(now=now, newest=newest)
