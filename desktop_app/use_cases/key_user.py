"""Somebody who can be chosen before anything is unlocked; alone here, because the first window waits for it."""

from __future__ import annotations

from typing import NamedTuple


class KeyUser(NamedTuple):
    """Who has a place in the key file; readable before anything is unlocked."""

    id: str
    name: str
    by_code: bool = False  # has no passphrase yet: a one-time code lets them choose one
