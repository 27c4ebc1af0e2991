"""Makes signed editions of the guideline: lists of publishers and content, for those who publish and for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop_app.language import tr
from desktop_app.seal import editions
from desktop_app.seal.editions import CONTENT, EDITION, TARGETS
from desktop_app.use_cases.editions import Told
from desktop_app.use_cases.errors import KeyFileError

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, Key

_LONG_AGO_MADE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file


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
        raise KeyFileError(
            tr("The publisher's key cannot be read."), next_step=tr("Give the file that “guideline new-key” wrote.")
        ) from problem


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
        raise KeyFileError(
            tr("The publisher's public key cannot be read."),
            next_step=tr("Give the file ending in .pub that “guideline new-key” wrote."),
        ) from problem


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


FAR = datetime(2100, 1, 1, tzinfo=UTC)
"""No day of its own ends an edition on a computer without a network."""


class PublishersPress:
    """The ``Press`` of ``use_cases.editions``."""

    def new_key(self) -> tuple[bytes, bytes]:
        private = new_key()
        return private, public_of(private)

    def publishers(self, public: Sequence[bytes], needed: int, number: int, signing: Sequence[bytes]) -> bytes:
        made = publishers([public_key(one) for one in public], needed, number, FAR, [signer_of(one) for one in signing])
        if number == 1:
            editions.check_publishers(made)  # a later one is signed by those before as well, which the edition shows
        return made

    def fingerprint_of(self, publishers: bytes) -> str:
        return editions.fingerprint_of(publishers)

    def edition(self, content: Mapping[str, bytes], told: Told, number: int, signing: Sequence[bytes],
                lists: Sequence[bytes]) -> bytes:
        known = {editions.list_number(raw): raw for raw in lists}
        made = edition(content, told, number, FAR, [signer_of(one) for one in signing], known)
        editions.check_edition(made, known[min(known)])  # what nobody could install is not written
        return made
