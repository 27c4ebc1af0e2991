"""Seals of the record of use: each row's seal is a keyed hash over the row and the seal before it.

The key is derived from the store's key, so nobody without that can make a seal. Somebody with it could make all
seals anew; the heads that are kept outside the store show that.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence

from desktop_app.seal.sign import HEAD_ENTRY
from desktop_app.use_cases.audit import AuditHead

_HEAD = re.compile(re.escape(HEAD_ENTRY.encode()) + rb" \(([0-9]+)(?::|\\072)([0-9a-f]{64})\)")
KEY_BYTES = 32
SEAL_BYTES = 32
FIRST = bytes(SEAL_BYTES)
"""The seal before the first row."""

_NONCE_BYTES = 12
_PURPOSE = b"lumbar-pathway audit chain 1"


class Chain:
    """The ``AuditChain`` of ``use_cases.ports``."""

    def __init__(self, store_key: bytes) -> None:
        # Absorbing the key once and copying that state halves the time for a hundred thousand rows.
        self._keyed = hmac.new(hmac.digest(store_key, _PURPOSE, "sha256"), digestmod=hashlib.sha256)

    def link(self, previous: bytes, fields: Sequence[bytes]) -> bytes:
        """Every field is written with its length, so that no two different rows are the same bytes."""
        row = self._keyed.copy()
        row.update(previous + b"".join(b"%d:%b" % (len(one), one) for one in fields))
        return row.digest()

    def new_key(self) -> bytes:
        """For one patient."""
        return secrets.token_bytes(KEY_BYTES)

    def head_in(self, pdf: bytes) -> AuditHead | None:
        """The head that a signed document carries in its signature dictionary; None when it carries none.

        Read from the bytes, as this program writes them: a thousand documents take a second. Whether the signature
        holds is for ``verify`` to say; a head that somebody changed can raise an alarm here, never silence one.
        """
        found = _HEAD.findall(pdf)
        return AuditHead.read(b":".join(found[-1]).decode()) if found else None

    def lock(self, key: bytes, content: bytes, bound_to: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, content, bound_to)

    def unlock(self, key: bytes, locked: bytes, bound_to: bytes) -> bytes | None:
        """None when it was not locked with this key for this place."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(key).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError):
            return None
