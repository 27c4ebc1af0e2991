"""The fingerprint of a file, the second proof beside its signature."""

from __future__ import annotations

import hashlib


def sha256_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()
