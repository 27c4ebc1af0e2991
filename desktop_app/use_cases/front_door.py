"""The way into the program: first start, sign-in, recovery. ``door`` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.engine.model import Pack
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.keys import KeyUser


class FrontDoor(Protocol):
    """Everything before a desk is open. Passphrases pass through and are never kept."""

    @property
    def pack(self) -> Pack: ...

    @property
    def training(self) -> bool:
        """A throw-away profile with fictional patients."""

    def is_first_start(self) -> bool: ...

    def users(self) -> Sequence[KeyUser]:
        """Who can sign in. Raises ``KeyFileMissing`` or ``KeyFileDamaged``."""

    def first_start(self, clinic: Clinic, name: str, role_title: str, passphrase: str) -> tuple[Desk, str]:
        """Make the clinic, the first clinician and the keys, whole or not at all.

        Returns the open desk and the recovery key, which is shown once to be printed.
        """

    def sign_in(self, user_id: str, passphrase: str, *, reading: bool = False) -> Desk:
        """``reading``: to look at a copy while somebody else has the records open. Raises
        ``WrongPassphrase``, ``KeyFileMissing`` or ``StoreDamaged``, each in its own words.
        """

    def sign_in_with_code(self, user_id: str, code: str, passphrase: str) -> Desk:
        """For somebody who was given a one-time code: it is used up, and the passphrase is theirs from now on."""

    def recovery_key_to_confirm(self) -> str:
        """After signing in: a fresh recovery key to write down, because nobody confirmed the one before; else ""."""

    def recovery_key_kept(self) -> None:
        """The clinician said that the key which was shown is written down."""

    def recover(self, recovery_key: str, name: str, role_title: str, passphrase: str) -> Desk:
        """Open with the printed recovery key and give somebody a new passphrase."""

    def lock(self) -> None:
        """Close the store and drop the keys."""
