"""A signing key with its certificates, wherever the key lies, and the signature that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import Certificate

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256: of the two equivalent signatures s and ORDER - s the smaller one is written."""


class Key(Protocol):
    """The part of an EC private key that signing needs."""

    def public_key(self) -> EllipticCurvePublicKey: ...

    def sign(self, data: bytes, algorithm: Any, /) -> bytes:
        """DER of (r, s) over the SHA-256 of ``data``."""


@dataclass(frozen=True, slots=True)
class SigningPair:
    key: Key
    certificate: Certificate
    others: tuple[Certificate, ...]  # the authorities above it


def canonical_signature(pair: SigningPair, data: bytes) -> bytes:
    """DER of (r, s) with the smaller s, without randomness: one message and key give one signature."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    r, s = decode_dss_signature(
        pair.key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return encode_dss_signature(r, min(s, ORDER - s))
