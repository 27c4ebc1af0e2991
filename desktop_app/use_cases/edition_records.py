"""What is known of the editions of the guideline on this computer, and the ports that keep and check them.

The encrypted store is the authority: whom to believe, which content is in use, since when, by whom and why, and the
highest number seen. The content itself lies in folders, each compared with its content hash whenever it is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desktop_app.use_cases.editions import SignedEdition

SHIPPED = 0
"""The number of the edition that came with the program; whatever that holds now."""


@dataclass(frozen=True, slots=True)
class Publishers:
    """The list of publishers that is believed here."""

    content: bytes = field(repr=False)
    since: datetime
    by: str  # who compared the fingerprint


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition that was installed here. It stays known for good, so that its number cannot come back."""

    content_hash: str
    number: int
    version: str
    minimum_program: str
    review_by: date
    signers: tuple[str, ...]  # fingerprints of the publishers' keys
    installed: datetime
    by: str


@dataclass(frozen=True, slots=True)
class EditionUse:
    """From ``since`` on this edition gave the advice."""

    content_hash: str
    number: int
    version: str
    since: datetime
    by: str
    reason: str = ""  # of a return
    returned: bool = False  # one step back


@dataclass(frozen=True, slots=True)
class Withdrawal:
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The clinic lead's signature under exactly this content."""

    content_hash: str
    by: str
    at: datetime
    statement: bytes = field(repr=False)  # signed, with the signer's certificate
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """What a checked statement says."""

    content_hash: str
    version: str
    by: str
    at: datetime


class EditionRecords(Protocol):
    """The part of the store that knows of editions. Each method is one transaction and records itself."""

    def publishers(self) -> Publishers | None: ...

    def save_publishers(self, publishers: Publishers, fingerprint: str) -> None: ...

    def known_editions(self) -> Sequence[KnownEdition]:
        """Highest number first."""

    def add_edition(self, edition: KnownEdition, publishers: Publishers) -> None:
        """The edition, and the list of publishers that it brought."""

    def edition_uses(self) -> Sequence[EditionUse]:
        """Newest first; none while the shipped one was never changed."""

    def use_edition(self, use: EditionUse) -> None: ...

    def approval(self, content_hash: str) -> Approval | None:
        """The newest one, also when it was withdrawn."""

    def save_approval(self, approval: Approval) -> None: ...

    def withdraw_approval(self, content_hash: str, withdrawal: Withdrawal) -> None: ...


class Shelf(Protocol):
    """Folders with the content of editions, each there whole or not at all."""

    def take_in(self, files: Mapping[str, bytes]) -> Path:
        """Write the files to a folder that nothing reads yet."""

    def keep(self, folder: Path, content_hash: str) -> Path:
        """Give a folder that was taken in its name; a damaged one of this name makes way."""

    def drop(self, folder: Path) -> None:
        """Take away what was taken in and is not wanted."""

    def folder(self, content_hash: str) -> Path | None: ...


class EditionSeal(Protocol):
    """Checks what comes from outside, and the clinic lead's signature."""

    def check_edition(self, file: bytes, publishers: bytes) -> SignedEdition: ...

    def check_publishers(self, content: bytes) -> bytes: ...

    def fingerprint_of(self, publishers: bytes) -> str: ...

    def check_approval(self, statement: bytes, trust: Sequence[bytes]) -> Approved:
        """Raises ``BadData`` unless somebody of this clinic signed it."""


class Approves(Protocol):
    """The part of a signing key that approves content."""

    def approve(self, content_hash: str, version: str, at: datetime) -> bytes: ...
