"""Two kinds of error: the surroundings failed or the user gave something wrong (a sentence and a next
step), and everything else, which is our bug and is never dressed up as the user's mistake."""

from __future__ import annotations


class LumbarError(Exception):
    """Something a user can act on. ``str()`` is one plain sentence; ``exit_code`` follows sysexits."""

    exit_code = 1

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.next_step = next_step


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
