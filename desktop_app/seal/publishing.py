"""Makes signed editions of the guideline: lists of publishers and content, for those who publish and for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.seal.editions import CONTENT, EDITION, TARGETS
from desktop_app.use_cases.errors import KeyFileError

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, Key

_LONG_AGO_MADE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition says of itself beside its files."""

    pack: str
    version: str
    minimum_program: str
    review_by: date


def new_key() -> bytes:
    """A publisher's private key (ECDSA P-256, PKCS#8 PEM, not encrypted: it belongs on a stick in a safe)."""
    from securesystemslib.signer import CryptoSigner

    return CryptoSigner.generate_ecdsa().private_bytes


def signer_of(private: bytes) -> CryptoSigner:
    """Raises ``KeyFileError`` when the file holds no private key."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    try:
        return CryptoSigner(load_pem_private_key(private, password=None))
    except (ValueError, TypeError, AttributeError) as problem:
        raise KeyFileError("The publisher's key cannot be read.",
                           next_step="Give the file that “guideline new-key” wrote.") from problem


def public_of(private: bytes) -> bytes:
    """The public half of a publisher's key, PEM."""
    return str(signer_of(private).public_key.keyval["public"]).encode()


def public_key(pem: bytes) -> Key:
    """Raises ``KeyFileError`` when the file holds no public key."""
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    try:
        return SSlibKey.from_crypto(load_pem_public_key(pem))
    except (ValueError, TypeError) as problem:
        raise KeyFileError("The publisher's public key cannot be read.",
                           next_step="Give the file ending in .pub that “guideline new-key” wrote.") from problem


def publishers(public: Sequence[Key], needed: int, number: int, expires: datetime,
               signers: Sequence[CryptoSigner]) -> bytes:
    """A list of publishers of which ``needed`` have to sign, signed by ``signers``."""
    from tuf.api.metadata import Metadata, Root

    root = Root(version=number, expires=expires, consistent_snapshot=False)
    for key in public:
        root.add_key(key, "root")
        root.add_key(key, "targets")
    for name in ("root", "targets"):
        root.roles[name].threshold = needed
    made = Metadata(root)
    for signer in signers:
        made.sign(signer, append=True)
    return made.to_bytes()


def edition(content: Mapping[str, bytes], told: Told, number: int, expires: datetime, signers: Sequence[CryptoSigner],
            lists: Mapping[int, bytes]) -> bytes:
    """The signed file. ``lists``: publishers' lists by their number, from the first that a computer may trust."""
    from tuf.api.metadata import Metadata, TargetFile, Targets

    targets = Targets(version=number, expires=expires, targets={
        name: TargetFile.from_data(name, raw, ["sha256"]) for name, raw in sorted(content.items())},
        unrecognized_fields={EDITION: {"pack": told.pack, "version": told.version,
                                       "minimum_program": told.minimum_program,
                                       "review_by": told.review_by.isoformat()}})
    made = Metadata(targets)
    for signer in signers:
        made.sign(signer, append=True)
    return packed({**{f"metadata/{number}.root.json": raw for number, raw in lists.items()}, TARGETS: made.to_bytes(),
                   **{f"{CONTENT}{name}": raw for name, raw in content.items()}})


def packed(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file that is the same for the same members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in sorted(members.items()):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO_MADE), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()
