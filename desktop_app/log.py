"""The program's own log and its crash file, beside the lock of the one instance. Nothing of a patient can be in them.

A line is made of a time, the process, an event of a fixed list, numbers and kinds of errors. There is no way to put a
word of one's own into it: what ``note`` takes is no text. A crash below Python leaves the places in the program that
were under way, by file and line, and no values.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePath
from types import TracebackType
from typing import IO, TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import logging

LOG_FILE, CRASH_FILE, CRASH_BEFORE = "lumbar-pathway.log", "crash.txt", "crash-before.txt"
FILES, SIZE = 5, 1024 * 1024  # at most so many files of so many bytes
SHOWN = 60  # newest lines in a problem report
_DEEPEST = 40  # frames
_IN_A_CRASH = re.compile(r'File "([^"]*)"')


class Event(StrEnum):
    STARTED = "started"  # the version's numbers
    ENDED_BADLY = "ended-badly-before"  # by a crash, or killed while something ran below Python
    ENDED = "ended"
    FIRST_START = "first-start"
    SIGNED_IN = "signed-in"
    NOT_LET_IN = "not-let-in"  # the kind of error
    LOCKED = "locked"
    BACKED_UP = "backed-up"  # how many places were written to
    BACKUP_FAILED = "backup-failed"  # how many places failed, how many sticks were away
    RESTORED = "restored"
    TROUBLE = "trouble"  # the kind of error
    OUR_MISTAKE = "our-mistake"  # the kind of error, then where


class _State:
    """One log for the process."""

    logger: logging.Logger | None = None
    folder: Path | None = None
    crash: IO[bytes] | None = None
    ended_badly = False
    waiting: ClassVar[list[str]] = []


def watch(folder: Path) -> None:
    """From now on a crash below Python is written down. What the crash before left is kept for the problem report."""
    _State.folder, _State.ended_badly = folder, False
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(OSError):
            folder.chmod(0o700)  # also where the command line made it
        crash = folder / CRASH_FILE
        if crash.exists() and not crash.is_file():  # a named pipe would be waited for
            return
        if crash.exists() and crash.stat().st_size:
            crash.replace(folder / CRASH_BEFORE)
            _State.ended_badly = True
        _State.crash = crash.open("wb")
        crash.chmod(0o600)
        faulthandler.enable(_State.crash)
    if _State.ended_badly:
        note(Event.ENDED_BADLY)


def leave_no_image() -> None:
    """A crash leaves no image of this process's memory on the disk: names and keys would be in it."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    small = 0 if most == 0 else 1  # one byte also keeps Linux from handing the image to a crash reporter; none does not
    resource.setrlimit(resource.RLIMIT_CORE, (small, small))


def begin(version: str) -> None:
    """Open the log, once the window can be used: it need not wait for this. What was noted until then comes after."""
    import logging
    from logging.handlers import RotatingFileHandler

    if _State.folder is None or (_State.folder / LOG_FILE).is_fifo():
        return

    logging.raiseExceptions = False  # a full disk ends no consultation, and says nothing on the terminal
    logger = logging.getLogger("lumbar-pathway")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    with contextlib.suppress(OSError):
        handler = RotatingFileHandler(_State.folder / LOG_FILE, maxBytes=SIZE, backupCount=FILES - 1,
                                      encoding="ascii", errors="replace")
        (_State.folder / LOG_FILE).chmod(0o600)
        logger.addHandler(handler)
        _State.logger = logger
    waiting, _State.waiting = _State.waiting, []
    note(Event.STARTED, *(int(part) for part in version.split(".") if part.isdigit()))
    for line in waiting:
        _write(line)


def note(event: Event, *told: int | type[BaseException]) -> None:
    """One line. Kinds of errors by their names; there is no way to note text."""
    words = [event.value, *(str(int(one)) if isinstance(one, int) else one.__name__ for one in told)]
    _write(" ".join([datetime.now(UTC).isoformat(timespec="milliseconds"), str(os.getpid()), *words]))


def note_mistake(kind: type[BaseException], trace: TracebackType | None) -> None:
    """An error of ours: its kind, and the places in the program it went through, deepest first."""
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    where = " < ".join(f"{short(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    _write(f"{at} {os.getpid()} {Event.OUR_MISTAKE.value} {kind.__name__} {where}")


def short(path: str) -> str:
    """The last parts of a path: the ones before may name a person's home."""
    return "/".join(PurePath(path).parts[-3:])


def ended_badly() -> bool:
    """Whether the program crashed last time."""
    return _State.ended_badly


def newest() -> tuple[str, ...]:
    """The last lines of the log, then what the last crash left; both for a problem report."""
    if _State.folder is None:
        return ()
    lines: list[str] = []
    for name, most in ((LOG_FILE, SHOWN), (CRASH_BEFORE, 2 * SHOWN)):
        with contextlib.suppress(OSError):
            with (_State.folder / name).open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 64 * 1024))
                found = file.read().decode("ascii", "replace").splitlines()
            lines += [_IN_A_CRASH.sub(lambda at: f'File "{short(at[1])}"', line) for line in found[-most:]]
    return tuple(lines)


def end() -> None:
    """The window is shut: nothing is under way any more."""
    note(Event.ENDED)
    if _State.logger is not None:
        for handler in list(_State.logger.handlers):
            _State.logger.removeHandler(handler)
            handler.close()
    if _State.crash is not None:
        faulthandler.disable()
        _State.crash.close()
    _State.logger, _State.folder, _State.crash, _State.waiting = None, None, None, []


def _write(line: str) -> None:
    if _State.logger is not None:
        _State.logger.info(line)
    elif _State.folder is not None:
        _State.waiting.append(line)
