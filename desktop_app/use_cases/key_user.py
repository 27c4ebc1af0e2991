"""Somebody who can be chosen before anything is unlocked; alone here, because the first window waits for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyUser:
    """Who has a place in the key file; readable before anything is unlocked."""

    id: str
    name: str
    by_code: bool = False  # has no passphrase yet: a one-time code lets them choose one
