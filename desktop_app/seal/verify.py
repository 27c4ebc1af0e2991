"""Checks a signed plan and says in plain words whether it is whole, by whom, when and for which patient.

Stricter than a PDF viewer: exactly one signature, over the whole file, that allows no later change, written
byte for byte as this program writes it, by a certificate for signing documents that leads to a trusted clinic
and was valid at the stated time. Whatever the bytes are, the answer is a ``Verification``, never a traceback.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, TypeVar

from desktop_app.language import tr
from desktop_app.seal import canonical, verdicts
from desktop_app.seal.attached import About, about, entry
from desktop_app.seal.trust import TrustedClinic, trusted_clinics
from desktop_app.use_cases.ports import Verification

T = TypeVar("T")
LARGEST = 50 * 1024 * 1024
_NOT_PDF = tr("This is not a PDF file.")
_TOO_LARGE = tr("The file is larger than {size} MB; no plan is.").format(size=LARGEST // (1024 * 1024))
_CUT = tr("The end of the PDF is missing, or something was added after it.")
_BROKEN = tr("The file is damaged: it cannot be read as a PDF.")
_ENCRYPTED = tr("The file is locked with a password; a signed plan never is.")
_UNSIGNED = tr("The file carries no signature. It is a draft or a copy.")
_SEVERAL = tr("The file carries more than one signature; a signed plan has exactly one.")
_CHANGED = tr("The contents were changed after signing.")
_NOT_CERTIFIED = tr("The signature does not forbid later changes, as this program's signatures do.")
_WRONG_KIND = tr("The signature is not of the kind this program makes.")
_OTHER_ISSUER = tr(
    "The certificate that was given is not the one that this signature leads to: {issuer}. "
    "Nothing more can be said with it."
)
_NO_TIME = tr("The signature states no time.")
_FIND = tr("Ask the sender for the document again.")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the file says of itself; true only when nothing speaks against it."""

    signer: str = ""
    signed_at: datetime | None = None
    about: About = field(default_factory=About)
    held: tuple[str, ...] = ()  # from when to when the certificate holds


def verify(pdf: bytes, trust: Sequence[bytes]) -> Verification:
    """``trust``: certificates of trusted clinics, PEM or DER. Raises ``BadData`` only when one of these is bad."""
    # The libraries report a bad signature as a warning with a traceback, names and all; it is told here instead.
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    clinics = trusted_clinics(trust)
    problem = _before_reading(pdf)
    if problem:
        return _told(_Claim(), broken=[problem], untrusted=[])
    try:
        return _read(pdf, clinics)
    except Exception:  # noqa: BLE001  the file is a stranger's: whatever a parser makes of it, it is not a plan
        return _told(_Claim(), broken=[_BROKEN], untrusted=[])


def _before_reading(pdf: bytes) -> str:
    if not pdf.startswith(b"%PDF-"):
        return _NOT_PDF
    if len(pdf) > LARGEST:
        return _TOO_LARGE
    return "" if pdf.endswith((b"%%EOF", b"%%EOF\n", b"%%EOF\r\n")) else _CUT


def _read(pdf: bytes, clinics: Sequence[TrustedClinic]) -> Verification:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(pdf), strict=True)
    if reader.encrypted:
        return _told(_Claim(), broken=[_ENCRYPTED], untrusted=[])
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return _told(_Claim(), broken=[_SEVERAL if signatures else _UNSIGNED], untrusted=[])
    [signature] = signatures
    claim = _claim(reader, signature)
    between = canonical.gap(pdf, [int(number) for number in signature.byte_range])
    if between is None:
        return _told(claim, broken=[canonical.ODD_RANGE], untrusted=[])
    written = canonical.signature_in(between)
    if written is None or bytes.fromhex(between[1:-1].decode()) != signature.pkcs7_content:
        return _told(claim, broken=[canonical.ODD_SIGNATURE], untrusted=[])
    if not _certified(reader, signature):
        return _told(claim, broken=[_NOT_CERTIFIED], untrusted=[])
    if claim.signed_at is None:
        return _told(claim, broken=[_NO_TIME], untrusted=[])
    return _judge(signature, written, claim, clinics)


def _judge(signature: Any, written: bytes, claim: _Claim, clinics: Sequence[TrustedClinic]) -> Verification:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=[one.certificate for one in clinics], allow_fetching=False,
                                moment=claim.signed_at)
    status = validate_pdf_signature(signature, context)
    broken, untrusted = [], []
    if not (status.intact and status.valid):
        broken.append(_CHANGED)
    elif status.coverage != SignatureCoverageLevel.ENTIRE_FILE or not status.docmdp_ok:
        broken.append(canonical.ODD_RANGE)
    elif not status.trusted or status.validation_path is None:
        untrusted.append(verdicts.why_untrusted(signature.signer_cert, claim.signed_at, clinics))
    elif not _as_written(written, [one.dump() for one in status.validation_path]):
        carried = _carried(signature, list(status.validation_path))
        if _as_written(written, [one.dump() for one in carried]):
            untrusted.append(_OTHER_ISSUER.format(issuer=verdicts.person(carried[-1])))
        else:
            broken.append(canonical.ODD_SIGNATURE)
    if not verdicts.may_sign(signature.signer_cert):
        untrusted = [verdicts.WRONG_USE]
    if not (broken or untrusted or status.bottom_line):
        broken.append(_WRONG_KIND)
    return _told(claim, broken, untrusted)


def _as_written(written: bytes, path: list[bytes]) -> bool:
    try:
        return canonical.made_anew(written, path) == written
    except (ValueError, TypeError, KeyError):
        return False


def _carried(signature: Any, path: Sequence[Any]) -> list[Any]:
    """The certificates in the signature from the signer upwards; empty when they are not one sound chain that
    holds the signer's issuer, as this program always writes it.
    """
    chain, left = [signature.signer_cert], list(signature.other_embedded_certs)
    while (issuer := next((one for one in left if TrustedClinic(one).issued(chain[-1])), None)) is not None:
        chain.append(issuer)
        left.remove(issuer)
    top = TrustedClinic(chain[-1])
    sound = not left and any(one.issued(chain[-1]) for one in (top, *map(TrustedClinic, path)))
    sound = sound and (len(chain) > 1 or top.issued(chain[0]))
    return chain if sound else []


def _certified(reader: Any, signature: Any) -> bool:
    """The catalog names this very signature as the one that forbids every change."""
    from pyhanko.sign.fields import MDPPerm

    permissions = entry(reader.root, "/Perms")
    named = permissions.raw_get("/DocMDP") if permissions is not None and "/DocMDP" in permissions else None
    reference = getattr(named, "reference", None)
    return (reference is not None and reference == signature.sig_object.container_ref
            and signature.docmdp_level is MDPPerm.NO_CHANGES
            and str(entry(signature.sig_object, "/SubFilter")) == "/ETSI.CAdES.detached")


def _claim(reader: Any, signature: Any) -> _Claim:
    return _Claim(_or_else("", lambda: verdicts.person(signature.signer_cert)),
                  _or_else(None, lambda: signature.self_reported_timestamp),
                  _or_else(About(), lambda: about(reader)),
                  _or_else((), lambda: (verdicts.judged(signature.signer_cert),)))


def _or_else(default: T, read: Callable[[], T]) -> T:
    """What cannot be read is left unsaid; the checks that follow judge the file."""
    try:
        return read()
    except Exception:  # noqa: BLE001  see ``verify``
        return default


def _told(claim: _Claim, broken: list[str], untrusted: list[str]) -> Verification:
    problems = (*broken, *untrusted)
    sentences = _good(claim) if not problems else (
        verdicts.DO_NOT_RELY, *problems, *_claimed(claim, whole=not broken), _FIND if broken else verdicts.TRUST)
    return Verification(whole=not broken, trusted=not problems, signer=claim.signer, signed_at=claim.signed_at,
                        patient=claim.about.patient, document_number=claim.about.number,
                        sentences=sentences, problems=problems)


def _good(claim: _Claim) -> tuple[str, ...]:
    return (
        tr("This document is whole: nothing was changed, added or taken away since it was signed."),
        tr("Signed by {signer}.").format(signer=claim.signer),
        tr("Signed on {moment}, by the clock of the computer it was signed on.").format(
            moment=verdicts.moment(claim.signed_at)
        ),
        *claim.held,
        _for_whom(claim),
    )


def _claimed(claim: _Claim, *, whole: bool) -> tuple[str, ...]:
    """What a document that failed says of itself is shown as just that."""
    if not claim.signer:
        return ()
    certain = tr("It is whole, but nobody vouches for the signer.") if whole else tr("None of this is certain.")
    return (
        tr("It names {signer} as its signer, {moment}. {certain}").format(
            signer=claim.signer, moment=verdicts.moment(claim.signed_at), certain=certain
        ),
    )


def _for_whom(claim: _Claim) -> str:
    patient = claim.about.patient or tr("no patient is named inside")
    if not claim.about.number:
        return tr("For: {patient}.").format(patient=patient)
    return tr("For: {patient}; document {number}.").format(patient=patient, number=claim.about.number)
