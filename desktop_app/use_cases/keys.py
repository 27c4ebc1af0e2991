"""What the key file holds and gives, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop_app.use_cases.key_user import KeyUser

__all__ = ["Authority", "CertificateFacts", "KeyPlace", "KeyUser", "NewKeyFile", "OpenedKeys", "SigningKey",
           "TokenPlace", "recovery_letters"]


@dataclass(frozen=True, slots=True)
class OpenedKeys:
    """What unlocking the key file gives. ``personal_key`` opens the user's own signing key; the recovery
    key opens the store for nobody in particular, so both are empty then.
    """

    user_id: str
    store_id: str
    store_key: bytes = field(repr=False)
    personal_key: bytes = field(repr=False, default=b"")
    place: str = field(compare=False, default="")  # the mark of the place that was opened


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """One way in through the key file."""

    owner: str  # id of the user; "" is the recovery key
    mark: str  # another one whenever the place is made anew


@dataclass(frozen=True, slots=True)
class NewKeyFile:
    content: bytes
    keys: OpenedKeys
    recovery_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Authority:
    """The clinic's own certificate authority: PEM certificate, and its key as PKCS#12 under the store key."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A clinician's key and certificates as PKCS#12, locked with their personal key."""

    p12: bytes = field(repr=False)
    certificate: bytes  # PEM; of a key from elsewhere those above it follow, from the issuer upwards


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a signing key on a smart card or token is found. Its PIN is kept nowhere."""

    module: str  # path of the maker's PKCS#11 module
    label: str  # of the token
    certificate: bytes = b""  # PEM: the signer's, then those above it


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a signing certificate says, and whether it was brought in from elsewhere."""

    name: str  # "Dr N. Karim, general practitioner, Hillside Clinic"
    issuer: str
    valid_from: date
    valid_until: date
    trust: bytes  # PEM of the certificate that ``verify --trust`` needs
    imported: bool = False
    token: str = ""  # the label of the token that holds the key


THE_RECOVERY_KEY = "the recovery key"
"""In the place of a user's id: nobody in particular, with the printed key."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DIVIDERS = "-\u2010\u2011\u2012\u2013\u2014\u2212_.,:;/|"


def recovery_letters(typed: str) -> str:
    """What was typed of a recovery key, without dividers and in its alphabet, which has neither O, I nor L."""
    return "".join(one for one in "".join(typed.upper().split()) if one not in _DIVIDERS).translate(_READ_AS)
