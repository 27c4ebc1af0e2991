"""The clinic's own certificate authority and the clinicians' signing certificates. EC P-256, 15 years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from desktop_app.use_cases.keys import CertificateFacts

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, KeyUsage, Name

YEARS = 15
_LONGEST_NAME = 64  # bytes; the library counts them so, and the document shows the name in full


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and the private key it is about."""

    certificate: Certificate
    key: EllipticCurvePrivateKey


def clinic_authority(clinic_name: str, at: datetime) -> Issued:
    """May sign certificates and nothing else; no further authority below it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{_short(clinic_name, 41)} certificate authority", clinic_name)
    start, end = _valid(at)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256()))
    return Issued(certificate, key)


def clinician_certificate(authority: Issued, clinic_name: str, person: str, title: str, at: datetime) -> Issued:
    """For signing documents only: a declaration of intent that cannot be taken back."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    start, end = _valid(at)
    issuer = authority.certificate
    certificate = (
        x509.CertificateBuilder().subject_name(_name(person, clinic_name, title)).issuer_name(issuer.subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(max(start, issuer.not_valid_before_utc))
        .not_valid_after(min(end, issuer.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(documents=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
                       critical=False)
        .sign(authority.key, hashes.SHA256()))
    return Issued(certificate, key)


def to_pem(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def facts(certificates: bytes) -> CertificateFacts:
    """What the first of these PEM certificates says of its holder; the last is the one to check it with."""
    from cryptography import x509

    chain = x509.load_pem_x509_certificates(certificates)
    first = chain[0]
    return CertificateFacts(
        name=_called(first.subject), issuer=_called(first.issuer), valid_from=first.not_valid_before_utc.date(),
        valid_until=first.not_valid_after_utc.date(), trust=to_pem(chain[-1]))


def _called(name: Name) -> str:
    from cryptography.x509.oid import NameOID

    parts = [name.get_attributes_for_oid(oid) for oid in (NameOID.COMMON_NAME, NameOID.TITLE,
                                                          NameOID.ORGANIZATION_NAME)]
    said = [str(found[0].value) for found in parts if found]
    return ", ".join(dict.fromkeys(said)) or name.rfc4514_string()


def _name(common: str, organisation: str, title: str = "") -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organisation))] if organisation else []
    if title:
        parts.append(x509.NameAttribute(NameOID.TITLE, _short(title)))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, _short(common)))
    return x509.Name(parts)


def _short(text: str, longest: int = _LONGEST_NAME) -> str:
    return text.encode()[:longest].decode(errors="ignore").strip()


def _valid(at: datetime) -> tuple[datetime, datetime]:
    # From the day before, so that a clock set back a little on the first day does no harm.
    start = (at.astimezone(UTC) - timedelta(days=1)).replace(microsecond=0)
    return start, start + timedelta(days=YEARS * 365 + YEARS // 4 + 1)


def _usage(*, certificates: bool = False, documents: bool = False) -> KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(digital_signature=False, content_commitment=documents, key_encipherment=False,
                         data_encipherment=False, key_agreement=False, key_cert_sign=certificates,
                         crl_sign=certificates, encipher_only=False, decipher_only=False)
