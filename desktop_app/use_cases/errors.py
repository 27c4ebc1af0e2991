"""Two kinds of error: the surroundings failed or the user gave something wrong (a sentence and a next
step), and everything else, which is our bug and is never dressed up as the user's mistake.
"""

from __future__ import annotations


class LumbarError(Exception):
    """Something a user can act on. ``str()`` is one plain sentence; ``exit_code`` follows sysexits."""

    exit_code = 1

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step


class WrongUsage(LumbarError):
    """The command line asks for something that cannot be meant."""

    exit_code = 2


class BadData(LumbarError):
    """A case, pack, PDF or key file holds something wrong."""

    exit_code = 65


class NoInput(LumbarError):
    """A file that was named is not there or cannot be read."""

    exit_code = 66


class CannotCreate(LumbarError):
    exit_code = 73


class IoFailed(LumbarError):
    exit_code = 74


class DiskFull(IoFailed):
    """There is no room for what was to be stored; everything stored before is still there."""


class NotPermitted(LumbarError):
    exit_code = 77


class WrongPassphrase(LumbarError):
    """The key file is there and whole, the passphrase does not open any slot."""

    exit_code = 77


class KeyFileMissing(LumbarError):
    exit_code = 66


class StoreDamaged(LumbarError):
    exit_code = 65


class StoreNewer(LumbarError):
    """The store was written by a newer program; it is left untouched."""

    exit_code = 65


class KeyFileError(LumbarError):
    """A PKCS#12 file cannot be used to sign."""

    exit_code = 65


class KeyFileLocked(KeyFileError):
    """The passphrase that was given does not open the PKCS#12 file."""


class WrongModule(KeyFileError):
    """The PKCS#11 module that was named is not there or does not work here."""


class WrongPin(KeyFileError):
    """The PIN that was given does not open the token."""

    exit_code = 77


class KeyFileDamaged(LumbarError):
    """The key file is there, but its contents are not what this program wrote."""

    exit_code = 65


class NoKeySlot(LumbarError):
    """The key file is whole and has no place for the user who was named."""

    exit_code = 77


class OldKeyFile(LumbarError):
    """The key file has a place that the store does not know as being in force: an older one was put back."""

    exit_code = 77


class CodeExpired(LumbarError):
    """The one-time code is right, and its time is over."""

    exit_code = 77


class MustWait(LumbarError):
    """Too many wrong passphrases: nothing is tried before ``seconds`` have passed. Never a lock-out."""

    exit_code = 75

    def __init__(self, message: str, *, seconds: int, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.seconds = seconds


class WeakPassphrase(LumbarError):
    """A new passphrase is too short, too long or too easy."""

    exit_code = 65


class StoreMissing(LumbarError):
    """The key file is there, the database is not. Nothing is made in its place."""

    exit_code = 66


class StoreBusy(LumbarError):
    """Another program holds the store; trying again later may work."""

    exit_code = 75


class StillWorking(LumbarError):
    """Something else is under way; nothing of what was asked for has begun."""

    exit_code = 75


class ProfileExists(LumbarError):
    """A first start was asked for where something lies already."""

    exit_code = 73


class RecordLocked(LumbarError):
    """A signed encounter is never changed; a correction is a new encounter that supersedes it."""

    exit_code = 77


class NotInStore(LumbarError):
    """The store has no such patient, encounter or clinician."""

    exit_code = 66


class Conflict(LumbarError):
    """The store already has something that must exist once only: a number, an open draft, a correction."""

    exit_code = 65
