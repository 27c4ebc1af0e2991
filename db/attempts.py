"""Wrong passphrases and the growing wait after them, in a small file beside the store that survives a restart.

It lies outside the store because it is needed before anything is unlocked. Whoever can write it could as well copy the
key file, so it only slows down guessing at this computer. A missing or altered file costs one wait; nothing here ever
locks anybody out for good, also when the computer's clock was wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db.whole_folder import replace_whole
from desktop_app.language import tr
from desktop_app.use_cases.errors import CannotCreate, MustWait, WrongPassphrase
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.ports import Clock

ATTEMPTS_FILE = "attempts.json"
LONGEST_WAIT = 300  # seconds
_FREE = 3  # wrong passphrases that cost nothing
_EVERYBODY = ""
_ALTERED = _FREE + 6  # a missing or altered file counts as so many: 32 seconds
_FORMAT = "lumbar-pathway-attempts"
_LARGEST = 1024 * 1024  # bytes; a user takes a hundred


def wait_after(failed: int) -> int:
    """Seconds of waiting: 0, 0, 0, 1, 2, 4 and so on up to five minutes."""
    over = failed - _FREE
    return 0 if over <= 0 else min(LONGEST_WAIT, 1 << min(over - 1, 16))


@dataclass(frozen=True, slots=True)
class _Failed:
    count: int
    at: datetime


class Attempts:
    """How often each user's passphrase was wrong since it was last right."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path = folder / ATTEMPTS_FILE
        self._clock = clock
        self._in_memory: dict[str, _Failed] | None = None  # where the folder cannot be written to

    def require_no_wait(self, user_id: str) -> None:
        """Raises ``MustWait`` while nothing may be tried for this user."""
        failed, now = self._read(), self._clock.now()
        left = max((self._left(failed, who, now) for who in (user_id, _EVERYBODY)), default=0)
        if left > 0:
            raise MustWait(
                tr("Wait before the next passphrase: too many were wrong."),
                seconds=left,
                next_step=tr(
                    "Nobody is locked out. If the passphrase is lost, whoever looks after this computer "
                    "can give a one-time code, or use the printed recovery key."
                ),
            )

    def wrong(self, user_id: str) -> int:
        """One more wrong passphrase; the seconds to wait now."""
        failed = self._read()
        count = failed[user_id].count + 1 if user_id in failed else 1
        self._write({**failed, user_id: _Failed(count, self._clock.now())})
        return wait_after(count)

    def right(self, user_id: str) -> int:
        """How many were wrong before this one; the count begins anew."""
        failed = self._read()
        before = failed.get(user_id)
        kept = {who: one for who, one in failed.items() if who not in {user_id, _EVERYBODY}}
        if kept != failed:
            self._write(kept)
        return before.count if before else 0

    @contextlib.contextmanager
    def one(self, user_id: str) -> Iterator[None]:
        """Raises ``MustWait`` before anything is tried while too many were wrong; counts one that is wrong."""
        self.require_no_wait(user_id)
        try:
            yield
        except WrongPassphrase as wrong:
            if seconds := self.wrong(user_id):
                raise MustWait(
                    tr("{wrong} Now wait before the next try.").format(wrong=wrong),
                    seconds=seconds,
                    next_step=wrong.next_step,
                ) from wrong
            raise

    def begin(self) -> None:
        """A new profile: nothing was wrong yet."""
        self._write({})

    def _left(self, failed: dict[str, _Failed], who: str, now: datetime) -> int:
        one = failed.get(who)
        if one is None:
            return 0
        if one.at > now:  # the clock was put back: the wait begins once more, now, and ends
            self._write({**failed, who: _Failed(one.count, now)})
            return wait_after(one.count)
        over = now - one.at
        return max(0, wait_after(one.count) - int(over / timedelta(seconds=1)))

    def _read(self) -> dict[str, _Failed]:
        if self._in_memory is not None:
            return self._in_memory
        try:
            return _parsed(read_at_most(self._path, _LARGEST))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            altered = {_EVERYBODY: _Failed(_ALTERED, self._clock.now())}
            self._write(altered)
            return altered

    def _write(self, failed: dict[str, _Failed]) -> None:
        content: dict[str, Any] = {"format": _FORMAT, "users": {
            who: {"failed": one.count, "at": one.at.isoformat()} for who, one in failed.items()}}
        self._in_memory = failed
        with contextlib.suppress(CannotCreate, OSError):
            replace_whole(self._path, json.dumps({**content, "digest": _digest(content)}).encode())
            self._in_memory = None


def _parsed(content: bytes) -> dict[str, _Failed]:
    found = json.loads(content)
    digest = found.pop("digest")
    if found["format"] != _FORMAT or digest != _digest(found):
        raise ValueError(digest)
    failed = {who: _Failed(int(one["failed"]), datetime.fromisoformat(one["at"]))
              for who, one in found["users"].items()}
    if any(one.at.tzinfo is None for one in failed.values()):  # cannot be compared with the clock
        raise ValueError("a time without its zone")
    return failed


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
