"""Who has the records open, for whoever comes second: another user of this computer, or another program.

The system's own lock on a small file, so that it is gone with the process that held it, however that ended. Where no
lock can be had nobody is kept out: the store itself lets one write at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from datetime import datetime
from pathlib import Path

from desktop_app.language import tr
from desktop_app.use_cases.errors import StoreBusy
from desktop_app.use_cases.inputs import read_at_most

IN_USE_FILE = "in-use.json"
_LARGEST = 4096
_BEYOND = 1 << 20  # the byte that is locked on Windows, where a locked byte cannot be read

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # Windows has none


class InUse:
    """Held from sign-in to lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / IN_USE_FILE
        self._handle = -1

    def take(self, name: str, at: datetime) -> None:
        """Raises ``StoreBusy`` naming who has it, and since when."""
        self.release()
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o660)
        except OSError:
            return
        try:
            self._require(handle)
            if _own(handle):
                os.ftruncate(handle, 0)
                os.write(handle, json.dumps({"name": name, "since": at.isoformat(timespec="minutes")}).encode())
        except OSError:
            os.close(handle)  # no locks, or no room: nobody is kept out for that
            return
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                if _own(self._handle):
                    os.ftruncate(self._handle, 0)
            os.close(self._handle)  # and with it the lock
            self._handle = -1

    def require_free(self) -> None:
        """Raises ``StoreBusy`` while another process has it."""
        try:
            handle = os.open(self._path, os.O_RDWR | _NO_LINK)
        except OSError:
            return
        try:
            if self._handle < 0:
                with contextlib.suppress(OSError):
                    self._require(handle)
        finally:
            os.close(handle)

    @property
    def elsewhere(self) -> bool:
        """Whether another process has it."""
        try:
            self.require_free()
        except StoreBusy:
            return True
        return False

    def _require(self, handle: int) -> None:
        if _locked(handle):
            return
        who, since = tr("somebody else"), ""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(read_at_most(self._path, _LARGEST))
            who, since = (
                str(told["name"]),
                tr(" since {since:%Y-%m-%d %H:%M}").format(since=datetime.fromisoformat(told["since"])),
            )
        raise StoreBusy(
            tr("The records are in use by {who}{since}, in another window on this computer.").format(
                who=who, since=since
            ),
            next_step=tr("Ask them to lock that window, or wait until they have finished. Then try again."),
        )


def _own(handle: int) -> bool:
    """Whether the file has this name only: one that somebody linked here, as can be done in a folder that several users
    share, is locked but neither emptied nor written to.
    """
    found = os.fstat(handle)
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1


def _locked(handle: int) -> bool:
    """Whether the lock is ours now. Raises ``OSError`` where there are no locks."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
