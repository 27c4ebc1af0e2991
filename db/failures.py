"""Turns what SQLite reports into sentences a clinician can act on; anything else stays a bug."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError

from db.reserve import give_up
from desktop_app.language import tr
from desktop_app.use_cases.errors import (
    DiskFull,
    IoFailed,
    LumbarError,
    NotPermitted,
    RecordLocked,
    StoreBusy,
    StoreDamaged,
)

SIGNED = "a signed encounter is not changed"
"""The words the triggers raise with; migrations hold their own copy, a test compares."""

_TO_READ = 64 * 1024
_DAMAGED = ("not a database", "malformed", "file is encrypted", "no such table", "no such column")


def damaged(path: Path) -> StoreDamaged:
    return StoreDamaged(
        tr("The store {path} is damaged, or it does not belong to the key file beside it.").format(path=path),
        next_step=tr(
            "Nothing was changed or deleted. Copy the whole folder to a safe place, then restore "
            "the newest backup, or ask for help with the copy."
        ),
    )


def disk_full(path: Path) -> DiskFull:
    """Gives up the room that was kept for this, where there is some."""
    said = tr("The disk that holds {parent} is full; the last entry was not saved.").format(parent=path.parent)
    if give_up(path.parent):
        return DiskFull(
            said,
            next_step=tr(
                "Try it again: some room that was kept for this has been given up. Then free space "
                "on that disk. Everything saved before is still there."
            ),
        )
    return DiskFull(
        said,
        next_step=tr(
            "Free some space, then try it again: {free} are free now. Everything saved before is still there."
        ).format(free=_free(path.parent)),
    )


def _without_room(folder: Path) -> bool:
    """Whether there is no room even for the small file beside the store through which it is read: SQLite then names
    the disk, not its being full.
    """
    try:
        return shutil.disk_usage(folder).free < _TO_READ
    except OSError:
        return False


def _free(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free // 1024} kB"
    except OSError:
        return "0 kB"


def in_plain_words(problem: BaseException, path: Path) -> LumbarError | None:
    """The error to show, or None when it is a mistake of this program."""
    said = str(problem).lower()
    if SIGNED in said:
        return locked()
    if any(mark in said for mark in _DAMAGED):
        return damaged(path)
    if "locked" in said or "busy" in said:
        return StoreBusy(
            tr("Another program is using the store."),
            next_step=tr("Close the other window of this program, or wait until it has finished, and try again."),
        )
    if "disk is full" in said:
        return disk_full(path)
    if "readonly" in said:
        if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
            return damaged(path)  # SQLCipher takes no more writes once a page failed its check
        return NotPermitted(
            tr("The folder {parent} cannot be written to.").format(parent=path.parent),
            next_step=tr("Check the rights of the folder, or whether its disk is write-protected."),
        )
    if "disk i/o error" in said or "unable to open" in said:
        if _without_room(path.parent):
            return disk_full(path)
        return IoFailed(
            tr("The store {path} could not be read or written: the disk reports an error.").format(path=path),
            next_step=tr("Check that the disk is connected and healthy, then open the program again."),
        )
    return None


def locked() -> RecordLocked:
    return RecordLocked(
        tr("This encounter is signed and cannot be changed."),
        next_step=tr("Start a correction: a new encounter that supersedes it."),
    )


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as problem:
        told = in_plain_words(problem.orig or problem, path)
        if told is None:
            raise
        raise told from problem
    except driver.Error as problem:
        told = in_plain_words(problem, path)
        if told is None:
            raise
        raise told from problem
