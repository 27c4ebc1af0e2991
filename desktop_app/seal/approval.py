"""The clinic lead's signature under the content of a guideline: made with a signing key, checked against the clinic.

The signature names the content by its hash, so that it holds for nothing else. It is no document and can be mistaken
for none: what is signed begins with a line of its own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from desktop_app.language import tr
from desktop_app.seal.pair import SigningPair, canonical_signature
from desktop_app.use_cases.edition_records import Approved
from desktop_app.use_cases.errors import BadData

_FIRST_LINE = b"Lumbar Pathway: approval of guideline content, form 1\n"
_LARGEST = 64 * 1024


def approve(pair: SigningPair, content_hash: str, version: str, at: datetime) -> bytes:
    """The statement with the signer's certificate. Same input, same bytes."""
    from cryptography.hazmat.primitives.serialization import Encoding

    certificate = pair.certificate.public_bytes(Encoding.DER)
    said = _json({"content_hash": content_hash, "version": version, "at": at.isoformat(),
                  "certificate": _letters(certificate)})
    return _json({"said": said.decode(), "signature": _letters(canonical_signature(pair, _FIRST_LINE + said))})


def check_approval(statement: bytes, trust: Sequence[bytes]) -> Approved:
    """``trust``: the clinic's certificate. Raises ``BadData`` unless a key that it issued made this signature."""
    from asn1crypto import x509

    from desktop_app.seal import verdicts
    from desktop_app.seal.trust import trusted_clinics

    try:
        said, signature = _parts(statement)
        told = json.loads(said)
        der = base64.b64decode(told["certificate"], validate=True)
        certificate = x509.Certificate.load(der, strict=True)
        name = str(certificate.subject.native["common_name"])
        found = Approved(str(told["content_hash"]), str(told["version"]), name, datetime.fromisoformat(told["at"]))
        whole = _made_by(der, signature, said)
        times = certificate["tbs_certificate"]["validity"]
        in_time = times["not_before"].native <= found.at <= times["not_after"].native
        fits = whole and in_time and verdicts.may_sign(certificate)
    except Exception as problem:  # what cannot be read is no approval, whatever a parser makes of it
        raise BadData(tr("The approval of the guideline content cannot be read."), next_step=_AGAIN) from problem
    if not fits:
        raise BadData(tr("The approval of the guideline content was changed after it was signed."), next_step=_AGAIN)
    if not any(clinic.issued(certificate) for clinic in trusted_clinics(trust)):
        raise BadData(
            tr("The approval was not signed with a key of this clinic."),
            next_step=tr("Approve with the key that was made here: Settings, Signature and keys."),
        )
    return found


_AGAIN = tr("Let a reviewer read and approve the content again.")


def _parts(statement: bytes) -> tuple[bytes, bytes]:
    if len(statement) > _LARGEST:
        raise ValueError("too long for a statement")
    outside: dict[str, Any] = json.loads(statement)
    said = str(outside["said"]).encode()
    signature = base64.b64decode(outside["signature"], validate=True)
    if _json({"said": said.decode(), "signature": _letters(signature)}) != statement:
        raise ValueError("written in another way")
    return said, signature


def _made_by(der: bytes, signature: bytes, said: bytes) -> bool:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, _FIRST_LINE + said, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _letters(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
