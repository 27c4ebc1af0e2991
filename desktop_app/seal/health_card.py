"""The text of the code on paper: a SMART Health Card. FHIR bundle, deflated, signed (JWS, ES256), as digits.

Two things differ from cards that health authorities hand out. No address on the network belongs to a clinic that has
no network, so the issuer is a reserved name that never resolves; and the signer's certificate comes along inside, with
those between it and the clinic's or the public authority's own, so that whoever trusts that one needs nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from desktop_app.seal.pair import SigningPair, canonical_signature
from desktop_app.use_cases.proof import PaperSummary, SummaryLine

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import Certificate

ISSUER = "https://lumbar-pathway.invalid"  # RFC 2606: no such host can ever be asked
CARD = "https://smarthealth.cards#health-card"
PREFIX = "shc:/"
MOST_LETTERS = 3500  # of the signed text: two digits each, and a code of version 40 holds 7,089
MOST_SIGNS = 4 * MOST_LETTERS  # two digits a letter, and room for what a scanner or an editor breaks into lines
MOST_BYTES = 64 * 1024  # of the inflated summary: a code holds a twentieth of that
_LOWEST = 45  # "-" is the lowest letter of a signed text; a pair of digits is the distance from it
_HALF = 32  # bytes of r, and of s


class NotACard(ValueError):
    """The text is not written as this program writes codes."""


@dataclass(frozen=True, slots=True)
class Card:
    """A code taken apart; nothing is proved yet."""

    summary: PaperSummary
    signed_at: datetime
    certificates: tuple[bytes, ...]  # DER: the signer's, then those above it but for the top
    key: str  # thumbprint of the key that the card names
    covered: bytes  # what the signature was made over
    signature: bytes  # r and s


def card_text(summary: PaperSummary, pair: SigningPair, at: datetime) -> str:
    """Same summary, key and time give the same text. "" when it is too long for any code.

    Where the certificates in between are too many or too large, the signer's stands alone: then the code is checked
    with the certificate of its issuer, not with the one at the top.
    """
    between = [one for one in pair.others if one.subject != one.issuer]
    chains = [[pair.certificate, *between], [pair.certificate]]
    made = (_signed_text(summary, pair, at, chain) for chain in chains)
    return next((PREFIX + as_digits(text) for text in made if len(text) <= MOST_LETTERS), "")


def _signed_text(summary: PaperSummary, pair: SigningPair, at: datetime, chain: Sequence[Certificate]) -> str:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.serialization import Encoding

    carried = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
    content = {**_claims(summary, at), "x5c": carried}
    header = {"zip": "DEF", "alg": "ES256", "kid": thumbprint(pair.key.public_key())}
    covered = f"{_packed(_json(header))}.{_packed(_deflated(_json(content)))}"
    r, s = decode_dss_signature(canonical_signature(pair, covered.encode()))
    return f"{covered}.{_packed(r.to_bytes(_HALF, 'big') + s.to_bytes(_HALF, 'big'))}"


def read_card(text: str) -> Card:
    """Raises ``NotACard``. White space is passed over, and what a keyboard made of the first five signs."""
    try:
        return _read(from_digits(digits_of(text)))
    except (KeyError, IndexError, TypeError, ValueError, zlib.error, RecursionError, OverflowError) as problem:
        raise NotACard(str(problem)) from problem


def thumbprint(key: EllipticCurvePublicKey) -> str:
    """RFC 7638, as a card names its key."""
    numbers = key.public_numbers()
    x, y = (_packed(number.to_bytes(_HALF, "big")) for number in (numbers.x, numbers.y))
    return _packed(hashlib.sha256(_json({"crv": "P-256", "kty": "EC", "x": x, "y": y})).digest())


# -- letters and digits ---------------------------------------------------------------------------


def as_digits(letters: str) -> str:
    return "".join(f"{ord(letter) - _LOWEST:02d}" for letter in letters)


def from_digits(digits: str) -> str:
    if len(digits) % 2 or not digits:
        raise NotACard("not pairs of digits")
    return "".join(chr(int(digits[at:at + 2]) + _LOWEST) for at in range(0, len(digits), 2))


def digits_of(text: str) -> str:
    """A hand scanner types ``shc:/`` as the keyboard's layout has it, so only its letters are looked at."""
    if len(text) > MOST_SIGNS:
        raise NotACard("longer than any code")
    found = "".join(text.split())
    rest = found[len(PREFIX):]
    if found[:3].lower() != PREFIX[:3] or not (rest.isascii() and rest.isdigit()):
        raise NotACard("not the text of a code")
    return rest


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _unpacked(letters: str) -> bytes:
    """One spelling only: a changed letter that decodes to the same bytes is a changed code."""
    content = base64.b64decode(letters.encode("ascii") + b"=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    if _packed(content) != letters:
        raise NotACard("spelled otherwise")
    return content


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _deflated(content: bytes) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(content) + press.flush()


def _inflated(content: bytes) -> bytes:
    press = zlib.decompressobj(-15)
    found = press.decompress(content, MOST_BYTES)
    if not press.eof or press.unused_data or press.unconsumed_tail:
        raise NotACard("cut, or something was added")
    return found


# -- the FHIR bundle ------------------------------------------------------------------------------


def _claims(summary: PaperSummary, at: datetime) -> dict[str, Any]:
    patient: dict[str, Any] = {"resourceType": "Patient", "identifier": [{"value": summary.patient_number}],
                               "name": [{"text": summary.initials}]}
    if summary.birth_year is not None:
        patient["birthDate"] = f"{summary.birth_year:04d}"
    resources = [patient, *map(_observation, summary.lines)]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "identifier": {"value": summary.number},
        "entry": [{"fullUrl": f"resource:{place}", "resource": one} for place, one in enumerate(resources)],
    }
    subject = {"fhirVersion": "4.0.1", "fhirBundle": bundle}
    return {"iss": ISSUER, "nbf": int(at.timestamp()), "vc": {"type": [CARD], "credentialSubject": subject}}


def _observation(line: SummaryLine) -> dict[str, Any]:
    """What is not known has no value at all, and a reason in its place."""
    value = {"valueString": line.words} if line.known else {"dataAbsentReason": {"text": line.words}}
    return {"resourceType": "Observation", "status": "final", "code": {"text": line.label},
            "subject": {"reference": "resource:0"}, **value}


def _line(resource: dict[str, Any]) -> SummaryLine:
    known = "valueString" in resource
    words = resource["valueString"] if known else resource["dataAbsentReason"]["text"]
    return SummaryLine(_words(resource["code"]["text"]), _words(words), known)


def _read(signed: str) -> Card:
    header, payload, signature = signed.split(".")
    head, content = json.loads(_unpacked(header)), json.loads(_inflated(_unpacked(payload)))
    bundle = content["vc"]["credentialSubject"]["fhirBundle"]
    patient, *found = (entry["resource"] for entry in bundle["entry"])
    born = patient.get("birthDate")
    summary = PaperSummary(
        number=_words(bundle["identifier"]["value"]),
        initials=_words(patient["name"][0]["text"]),
        patient_number=_words(patient["identifier"][0]["value"]),
        birth_year=int(born) if born is not None else None,
        lines=tuple(_line(one) for one in found),
    )
    at = datetime.fromtimestamp(int(content["nbf"]), UTC)
    # What this program would write of the same summary, and nothing besides, is what may stand in it.
    if {**_claims(summary, at), "x5c": content["x5c"]} != content:
        raise NotACard("holds something else")
    if head != {"zip": "DEF", "alg": "ES256", "kid": head["kid"]}:
        raise NotACard("another kind of signature")
    chain = tuple(base64.b64decode(one, validate=True) for one in content["x5c"])
    return Card(summary, at, chain, str(head["kid"]), f"{header}.{payload}".encode(),
                _unpacked(signature))


def _words(value: object) -> str:
    if not isinstance(value, str) or not all(letter.isprintable() for letter in value):
        raise NotACard("not words")
    return value
