"""What has to be said where work begins: a backup that failed, a stick that is away."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.presentation.ports import ClinicDesk


@dataclass(frozen=True, slots=True)
class Notice:
    words: str
    alarm: bool


def of(desk: ClinicDesk) -> tuple[Notice, ...]:
    """For the top of the worklist, the gravest first."""
    backups = desk.backups
    if backups is None:
        return ()
    failed = [Notice(tr("{words} See Settings, Backups.").format(words=words), alarm=True) for words in backups.failed]
    return (*failed, *(Notice(words, alarm=False) for words in backups.away))
