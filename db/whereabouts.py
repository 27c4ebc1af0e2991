"""Where a profile's files are and who may open it: asked before the first window, so it loads nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db.file_names import KEY_FILE, STORE_FILE, UNDER_WAY
from desktop_app.language import tr
from desktop_app.use_cases.errors import IoFailed, KeyFileMissing, LumbarError
from desktop_app.use_cases.inputs import read_at_most

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop_app.use_cases.key_user import KeyUser

_LARGEST_KEY_FILE = 16 * 1024 * 1024  # bytes; a place takes half a thousand


def profile_exists(folder: Path) -> bool:
    """True when there is something to open, also when a part of it is missing: then opening says which."""
    try:
        return any((folder / name).exists() for name in (KEY_FILE, STORE_FILE, UNDER_WAY))
    except PermissionError:  # somebody else's folder; reading the key file says so
        return True


def _restoring(folder: Path) -> bool:
    try:
        return (folder / UNDER_WAY).exists()
    except PermissionError:
        return False


class KnowsUsers(Protocol):
    """Reads a key file as far as nothing has to be unlocked."""

    def users(self, key_file: bytes, /) -> Sequence[KeyUser]: ...


def profile_users(folder: Path, keeper: KnowsUsers) -> Sequence[KeyUser]:
    """Who can be chosen before a passphrase is asked for."""
    if _restoring(folder):
        from db.change_over import finish  # seldom needed, and this is asked before the first window

        finish(folder)
    return keeper.users(read_key_file(folder))


def read_key_file(folder: Path) -> bytes:
    """The key file's bytes. Raises ``KeyFileMissing`` or ``IoFailed``."""
    path = folder / KEY_FILE
    try:
        return read_at_most(path, _LARGEST_KEY_FILE)  # what is cut off is told as damaged
    except FileNotFoundError:
        raise KeyFileMissing(
            tr("The key file {path} is missing. Without it the store cannot be opened.").format(path=path),
            next_step=tr(
                "Look for the file in a backup: every backup holds one. Do not start a new profile in this folder."
            ),
        ) from None
    except OSError as problem:
        told: LumbarError = IoFailed(
            tr("The key file {path} cannot be read: {strerror}.").format(
                path=path, strerror=problem.strerror or problem
            ),
            next_step=tr("Check the rights of the file and that its disk is connected."),
        )
        raise told from problem
