"""A publisher of editions with three keys, and editions of the shipped guideline in which one time limit is shorter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from desktop_app import places
from desktop_app.seal import publishing
from desktop_app.use_cases.editions import Told

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner

LATER = datetime(2040, 1, 1, tzinfo=UTC)
OWN_CASE = "c09.yaml"  # stands alone and is the same under every edition made here
REVIEW = date(2027, 5, 31)
Change = Callable[[dict[str, bytes]], None]


@cache
def keys() -> tuple[CryptoSigner, ...]:
    return tuple(publishing.signer_of(publishing.new_key()) for _ in range(3))


@cache
def publishers() -> bytes:
    return publishing.publishers([key.public_key for key in keys()], 2, 1, LATER, keys()[:2])


@cache
def shipped() -> dict[str, bytes]:
    folder = places.guideline()
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")
             if path.relative_to(folder).parts[0] != "cases"}
    return {**found, f"cases/{OWN_CASE}": (folder / "cases" / OWN_CASE).read_bytes()}


def content(version: str, days: int) -> dict[str, bytes]:
    """Severe radicular pain is to be seen within ``days``."""
    files = dict(shipped())
    files["pack.yaml"] = files["pack.yaml"].replace(b"version: 0.1.0", f"version: {version}".encode())
    head, rest = files["referral.yaml"].split(b"\n  S24:\n")
    files["referral.yaml"] = head + b"\n  S24:\n" + rest.replace(b"days: 14", f"days: {days}".encode(), 1)
    return files


def edition(number: int = 1, version: str = "0.2.0", *, days: int = 7, program: str = "0.1.0", pack: str = "",
            signers: int = 2, change: Change | None = None) -> bytes:
    """A signed file; ``change`` works on the content before it is signed."""
    files = content(version, days)
    if change is not None:
        change(files)
    told = Told(pack or places.GUIDELINE, version, program, REVIEW)
    return publishing.edition(files, told, number, LATER, keys()[:signers], {1: publishers()})
