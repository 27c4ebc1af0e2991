"""Signing keys that never leave a smart card or token, reached through the maker's PKCS#11 module.

The PIN is asked for at each signature and kept nowhere. Every signature opens a session of its own and closes it, so
that a token that is pulled out, locked or exchanged is noticed then, in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.language import later, tr
from desktop_app.seal import pkcs12
from desktop_app.seal.pair import SigningPair
from desktop_app.seal.sign import KeySigner
from desktop_app.use_cases.errors import KeyFileError, LumbarError, WrongModule, WrongPin
from desktop_app.use_cases.keys import TokenPlace

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import Certificate

    from desktop_app.use_cases.ports import Signer

_HALF = 32  # bytes of r, and of s


@dataclass(frozen=True, slots=True)
class TokenKey:
    """The part of an EC private key that signing needs; the key itself stays where it is."""

    _place: TokenPlace
    _certificate: Certificate
    _pin: str = field(repr=False)

    def public_key(self) -> EllipticCurvePublicKey:
        key: Any = self._certificate.public_key()
        found: EllipticCurvePublicKey = key
        return found

    def sign(self, data: bytes, _algorithm: object) -> bytes:
        """DER of (r, s) over the SHA-256 of ``data``; the token chooses its own random number."""
        from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
        from pkcs11 import KeyType, Mechanism, ObjectClass
        from pkcs11.constants import Attribute

        with _session(self._place, self._pin) as session:
            mark = _mark_of(session, self._certificate)
            keys = list(session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.KEY_TYPE: KeyType.EC,
                                             Attribute.ID: mark}))
            if not keys:
                raise KeyFileError(
                    tr("The token holds the certificate, but not its private key."),
                    next_step=tr("Ask whoever issued it to write both onto it."),
                )
            # The digest is made here: not every token makes one itself.
            raw = keys[0].sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
        return encode_dss_signature(int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big"))


@dataclass(frozen=True, slots=True)
class TokenPair(SigningPair):
    """The key lies on a token."""

    key: TokenKey


def look_into(module: str, label: str, pin: str, more: bytes = b"") -> TokenPlace:
    """The token with its certificates, after the same checks as of a file. ``more``: PEM of those above, where the
    token holds the signer's alone. Raises ``KeyFileError`` or ``WrongPin``.
    """
    from desktop_app.seal import pki

    place = TokenPlace(module.strip(), label.strip())
    with _session(place, pin) as session:
        found = _certificates(session)
        chosen = [one for one in found if pkcs12.may_sign(one)]
        if len(chosen) != 1:
            told = tr("no certificate") if not chosen else tr("{number} certificates").format(number=len(chosen))
            raise KeyFileError(
                tr("The token holds {told} for signing documents; there has to be exactly one.").format(told=told),
                next_step=tr("Ask whoever issued it for a signing certificate on the curve P-256."),
            )
        _mark_of(session, chosen[0])
    pkcs12.require_curve(chosen[0].public_key(), later("token"))
    above = (*(one for one in found if one != chosen[0]), *_above(more))
    pair = pkcs12.require_signer(TokenPair(TokenKey(place, chosen[0], pin), chosen[0], above))
    # The key is tried, so that a token without it is told now and not in front of a patient.
    pair.key.sign(b"Lumbar Pathway", None)
    chain = b"".join(pki.to_pem(one) for one in (pair.certificate, *pair.others))
    return TokenPlace(place.module, place.label, chain)


def require_valid(place: TokenPlace, at: datetime) -> None:
    """Raises ``KeyFileError`` when the certificate on the token is not valid at this moment."""
    from cryptography.x509 import load_pem_x509_certificates

    pkcs12.require_valid(load_pem_x509_certificates(place.certificate)[0], at, later("token"))


def open_token(place: TokenPlace, pin: str) -> Signer:
    """A signer for one plan. Raises nothing yet: the token is asked when something is signed."""
    from cryptography.x509 import load_pem_x509_certificates

    certificate, *others = load_pem_x509_certificates(place.certificate)
    return KeySigner(TokenPair(TokenKey(place, certificate, pin), certificate, tuple(others)))


@contextmanager
def _session(place: TokenPlace, pin: str) -> Iterator[Any]:
    import pkcs11

    try:
        with _token(place).open(user_pin=pin) as session:
            yield session
    except LumbarError:
        raise
    except pkcs11.PKCS11Error as problem:
        raise _in_words(problem, place) from problem


def _token(place: TokenPlace) -> Any:
    import pkcs11

    module = Path(place.module)
    if not place.module or not module.is_file():
        raise WrongModule(
            tr("There is no PKCS#11 module {module}.").format(module=place.module or tr("(nothing was named)")),
            next_step=tr(
                "Name the file that the maker of the token installs: on Linux it ends in .so, on Windows in .dll."
            ),
        )
    try:
        library = pkcs11.lib(str(module))
    except (pkcs11.PKCS11Error, RuntimeError, OSError, AttributeError) as problem:
        raise WrongModule(
            tr("{module} is not a PKCS#11 module that works here.").format(module=place.module),
            next_step=tr("Name the module for this kind of computer."),
        ) from problem
    library.reinitialize()  # a token put in since then is not seen otherwise
    return library.get_token(token_label=place.label)


def _in_words(problem: Exception, place: TokenPlace) -> LumbarError:
    from pkcs11 import exceptions as kinds

    if isinstance(problem, kinds.PinLocked):
        return KeyFileError(
            tr("The PIN of the token “{label}” is locked after too many wrong tries.").format(label=place.label),
            next_step=tr("Ask whoever issued it to unlock it; nothing was signed."),
        )
    if isinstance(problem, (kinds.PinIncorrect, kinds.PinLenRange, kinds.PinInvalid, kinds.ArgumentsBad)):
        return WrongPin(
            tr("This is not the PIN of the token “{label}”.").format(label=place.label),
            next_step=tr("Type it again. After a few wrong tries the token locks itself."),
        )
    if isinstance(problem, (kinds.PinExpired, kinds.UserPinNotInitialized)):
        return KeyFileError(
            tr("The token “{label}” has no PIN that can be used now.").format(label=place.label),
            next_step=tr("Set a new PIN with the program of its maker."),
        )
    if isinstance(problem, (kinds.NoSuchToken, kinds.TokenNotPresent, kinds.DeviceRemoved, kinds.TokenNotRecognised,
                            kinds.SlotIDInvalid)):
        return KeyFileError(
            tr("There is no token with the label “{label}”.").format(label=place.label),
            next_step=tr("Put the card or token in, and look whether the label is right."),
        )
    if isinstance(problem, kinds.MultipleTokensReturned):
        return KeyFileError(
            tr("There are several tokens with the label “{label}”.").format(label=place.label),
            next_step=tr("Leave only your own in."),
        )
    return KeyFileError(
        tr("The token “{label}” did not do it: {name}.").format(label=place.label, name=type(problem).__name__),
        next_step=tr("Take it out, put it in again and try once more; nothing was signed."),
    )


def _certificates(session: Any) -> list[Certificate]:
    from cryptography.x509 import load_der_x509_certificate
    from pkcs11 import ObjectClass
    from pkcs11.constants import Attribute

    found = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            found.append(load_der_x509_certificate(one[Attribute.VALUE]))
        except ValueError:  # another kind of certificate than X.509: not for us
            continue
    return found


def _mark_of(session: Any, certificate: Certificate) -> bytes:
    """What ties a certificate on the token to its key. Raises ``KeyFileError`` when it is another token now."""
    from cryptography.hazmat.primitives.serialization import Encoding
    from pkcs11 import ObjectClass
    from pkcs11.constants import Attribute

    content = certificate.public_bytes(Encoding.DER)
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.VALUE: content}):
        return bytes(one[Attribute.ID])
    raise KeyFileError(
        tr("The certificate that was chosen in the settings is not on this token."),
        next_step=tr("Put in the token that was chosen, or choose this one in the settings."),
    )


def _above(more: bytes) -> Sequence[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    if not more.strip():
        return []
    try:
        return load_pem_x509_certificates(more)
    except ValueError:
        raise KeyFileError(
            tr("The file with the certificates above is not a PEM file."),
            next_step=tr("Choose the issuer's file that begins with -----BEGIN CERTIFICATE-----."),
        ) from None
