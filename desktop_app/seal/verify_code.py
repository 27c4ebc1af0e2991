"""Checks the text of the code on a signed paper and says in plain words whether it is whole, by whom, what it says.

As strict as the check of the PDF: one spelling of digits, letters and signature, a certificate for signing documents
that was issued by a trusted clinic and was valid at the stated time. Whatever the text is, the answer is a
``Verification``, never a traceback.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.language import tr
from desktop_app.seal import health_card, verdicts
from desktop_app.seal.health_card import Card, NotACard
from desktop_app.seal.trust import TrustedClinic, trusted_clinics
from desktop_app.use_cases.ports import Verification

if TYPE_CHECKING:
    from desktop_app.use_cases.proof import PaperSummary

_NOT_CODE = tr("This is not the text of a code that this program prints, or it was not read whole.")
_CHANGED = tr("The code was changed after signing, or it was read wrongly.")
_RESCAN = tr("Scan the code again. If it stays so, ask the sender for the document again.")
_COMPARE = tr("Nothing beyond these lines is proved by the code: compare each of them with the paper in your hand.")


def verify_code(text: str, trust: Sequence[bytes]) -> Verification:
    """``trust``: certificates of trusted clinics, PEM or DER. Raises ``BadData`` only when one of these is bad."""
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    clinics = trusted_clinics(trust)
    try:
        card = health_card.read_card(text)
    except NotACard:
        return _refused(_NOT_CODE)
    try:
        certificate, *between = _chain_of(card)
        key_fits = _made_by(card)
    except Exception:  # noqa: BLE001  a stranger's bytes: whatever a parser makes of them, it is no certificate
        return _refused(_NOT_CODE)
    if not key_fits:
        return _refused(_CHANGED)
    return _told(card, certificate, _why_untrusted(card, certificate, between, clinics))


def _chain_of(card: Card) -> list[Any]:
    from asn1crypto import x509

    return [x509.Certificate.load(one, strict=True) for one in card.certificates]


def _made_by(card: Card) -> bool:
    """Whether the key of the first certificate made this signature in its one spelling."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    from desktop_app.seal.pair import ORDER

    key = x509.load_der_x509_certificate(card.certificates[0]).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        return False
    half = len(card.signature) // 2
    r, s = int.from_bytes(card.signature[:half], "big"), int.from_bytes(card.signature[half:], "big")
    if len(card.signature) != 64 or s > ORDER - s or card.key != health_card.thumbprint(key):
        return False
    try:
        key.verify(encode_dss_signature(r, s), card.covered, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _why_untrusted(card: Card, certificate: Any, between: Sequence[Any], clinics: Sequence[TrustedClinic]) -> str:
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

    if not verdicts.may_sign(certificate):
        return verdicts.WRONG_USE
    context = ValidationContext(trust_roots=[one.certificate for one in clinics], allow_fetching=False,
                                moment=card.signed_at)
    try:
        checked = CertificateValidator(certificate, intermediate_certs=between, validation_context=context)
        path = asyncio.run(checked.async_validate_usage({"non_repudiation"}))  # type: ignore[no-untyped-call]
    except (PathBuildingError, PathValidationError):
        return verdicts.why_untrusted(certificate, card.signed_at, clinics)
    # A certificate that is itself on the list validates itself: a clinician's own is no clinic.
    return "" if path.pkix_len > 0 else verdicts.UNKNOWN_ISSUER


def _refused(problem: str) -> Verification:
    return Verification(whole=False, trusted=False, signer="", signed_at=None, patient="", document_number="",
                        sentences=(verdicts.DO_NOT_RELY, problem, _RESCAN), problems=(problem,))


def _told(card: Card, certificate: Any, problem: str) -> Verification:
    summary, signer = card.summary, verdicts.person(certificate)
    patient = _patient(summary)
    says = tuple(f"{line.label}: {line.words}." for line in summary.lines)
    signed = tr("Signed on {moment}, by the clock of the computer it was signed on.").format(
        moment=verdicts.moment(card.signed_at)
    )
    if problem:
        told: tuple[str, ...] = (
            verdicts.DO_NOT_RELY,
            problem,
            tr("It names {signer} as its signer. It is whole, but nobody vouches for the signer.").format(
                signer=signer
            ),
            verdicts.TRUST,
        )
    else:
        told = (
            tr("This code is whole: it says what was signed."),
            tr("Signed by {signer}.").format(signer=signer),
            signed,
            verdicts.judged(certificate),
            tr("For: {patient}; document {number}.").format(patient=patient, number=summary.number),
            *says,
            _COMPARE,
        )
    return Verification(whole=True, trusted=not problem, signer=signer, signed_at=card.signed_at, patient=patient,
                        document_number=summary.number, sentences=told, problems=(problem,) if problem else ())


def _patient(summary: PaperSummary) -> str:
    born = (
        tr("born in {birth_year}").format(birth_year=summary.birth_year)
        if summary.birth_year is not None
        else tr("year of birth not known")
    )
    return tr("{initials}, number {patient_number}, {born}").format(
        initials=summary.initials or tr("initials not known"),
        patient_number=summary.patient_number or tr("not known"),
        born=born,
    )
