"""PKCS#12 files: a signing key with its certificates, locked with a passphrase. Written and read here only."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from desktop_app.language import later, tr
from desktop_app.seal.pair import SigningPair
from desktop_app.use_cases.errors import KeyFileError, KeyFileLocked

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate

LARGEST = 1024 * 1024
MOST_ROUNDS = 10_000_000  # about a second of work; a file decides how much it costs to try a passphrase on it


@dataclass(frozen=True, slots=True)
class KeyPair(SigningPair):
    """The key lies in a file."""

    key: EllipticCurvePrivateKey


Pair = TypeVar("Pair", bound=SigningPair)


def export(pair: KeyPair, name: str, passphrase: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
    from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

    return serialize_key_and_certificates(name.encode(), pair.key, pair.certificate, list(pair.others) or None,
                                          BestAvailableEncryption(passphrase))


def read(content: bytes, passphrase: bytes) -> KeyPair:
    """Raises ``KeyFileError``. Whether the key may sign is asked by ``require_signer``."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    if len(content) > LARGEST or content[:1] != b"\x30":
        raise KeyFileError(
            tr("This file is not a PKCS#12 key file."),
            next_step=tr("Choose the file ending in .p12 or .pfx that holds the signing key."),
        )
    if _rounds(content) > MOST_ROUNDS:
        raise KeyFileError(
            tr("The key file asks for more work to open than any honest one does."),
            next_step=tr("Fetch the file again from where it was issued."),
        )
    try:
        with warnings.catch_warnings(action="ignore"):  # files of other programs that are almost DER are read as well
            key, certificate, others = load_key_and_certificates(content, passphrase)
    except ValueError as problem:
        if "password" in str(problem).lower() or "mac" in str(problem).lower():
            raise KeyFileLocked(
                tr("The passphrase does not open this key file."),
                next_step=tr("Type the passphrase that came with the file; it is not that of this program."),
            ) from None
        raise KeyFileError(
            tr("The key file is damaged, or it is not a PKCS#12 file."),
            next_step=tr("Fetch the file again from where it was issued."),
        ) from problem
    except Exception as problem:  # the library's own kinds of trouble with a file that is not what it says
        raise KeyFileError(
            tr("The key file cannot be read."), next_step=tr("Fetch the file again from where it was issued.")
        ) from problem
    if key is None or certificate is None:
        raise KeyFileError(
            tr("The key file holds no private key with its certificate."),
            next_step=tr("Export it again together with the private key."),
        )
    require_curve(certificate.public_key(), later("file"))
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise KeyFileError(
            tr("Key and certificate in this file do not belong together."),
            next_step=tr("Fetch the file again from where it was issued."),
        )
    return KeyPair(key, certificate, tuple(others))


def _rounds(content: bytes) -> int:
    """The most rounds of key derivation that any part of the file asks for; 0 when that cannot be read."""
    from asn1crypto.pkcs12 import Pfx, SafeContents

    try:
        file = Pfx.load(content)
        asked = [file["mac_data"]["iterations"].native if file["mac_data"].native else 0]
        for part in file.authenticated_safe:
            if part["content_type"].native == "encrypted_data":
                asked.append(part["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations)
            elif part["content_type"].native == "data":
                asked += [bag["bag_value"]["encryption_algorithm"].kdf_iterations
                          for bag in SafeContents.load(part["content"].native)
                          if bag["bag_id"].native == "pkcs8_shrouded_key_bag"]
    except (ValueError, TypeError, KeyError, AttributeError):
        return 0  # what does not read like a key file is refused by whoever opens it
    return max(asked)


def require_curve(key: object, where: str) -> None:
    """Raises ``KeyFileError`` unless the public key is one that plans are signed with."""
    from cryptography.hazmat.primitives.asymmetric import ec

    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise KeyFileError(
            tr("The key in this {where} is {kind}; plans are signed with an EC P-256 key only.").format(
                where=tr(where), kind=_kind(key)
            ),
            next_step=tr("Ask the issuer for a signing certificate on the curve P-256."),
        )


def may_sign(certificate: Certificate) -> bool:
    """Whether it was issued for signing documents."""
    from cryptography import x509

    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    except x509.ExtensionNotFound:
        return False


def _kind(key: object) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, rsa.RSAPublicKey):
        return tr("an RSA key")
    if isinstance(key, ec.EllipticCurvePublicKey):
        return tr("an EC key on another curve ({name})").format(name=key.curve.name)
    return tr("of another kind")


def require_signer(pair: Pair) -> Pair:
    """The pair with just the certificates that lead to its issuer. Raises ``KeyFileError`` unless the
    certificate was issued for signing documents and its issuer's is in the file.
    """
    if not may_sign(pair.certificate):
        raise KeyFileError(
            tr("The certificate in this file was not issued for signing documents."),
            next_step=tr("Ask for one whose key usage names content commitment (non-repudiation)."),
        )
    above = _above(pair)
    if not above and not _issued_by(pair.certificate, pair.certificate):
        raise KeyFileError(
            tr(
                "The key file does not hold the certificate of its issuer, so nobody could check a plan signed with it."
            ),
            next_step=tr("Export it again with all certificates of its certification path."),
        )
    return replace(pair, others=above)


def require_valid(certificate: Certificate, at: datetime, where: str = later("file")) -> None:
    """Raises ``KeyFileError`` when the certificate is not valid at this moment."""
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at > end:
        raise KeyFileError(
            tr("The certificate in this {where} expired on {end:%Y-%m-%d}.").format(where=tr(where), end=end),
            next_step=tr("Ask the issuer for a new one."),
        )
    if at < start:
        raise KeyFileError(
            tr("The certificate in this {where} is valid only from {start:%Y-%m-%d}.").format(
                where=tr(where), start=start
            ),
            next_step=tr("Check this computer's clock; otherwise wait until then."),
        )


def _above(pair: SigningPair) -> tuple[Certificate, ...]:
    """From the issuer upwards; ``verify`` takes a signature that carries these and no others."""
    found: list[Certificate] = []
    below, left = pair.certificate, [one for one in pair.others if one != pair.certificate]
    while (issuer := next((one for one in left if _issued_by(below, one)), None)) is not None:
        found.append(issuer)
        left.remove(issuer)
        below = issuer
    return tuple(found)


def _issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
