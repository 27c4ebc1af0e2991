"""Certificates of clinics whose signatures are believed: read from PEM or DER, and asked whom they issued."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData


@dataclass(frozen=True, slots=True)
class TrustedClinic:
    certificate: Any  # asn1crypto x509.Certificate

    def issued(self, certificate: Any) -> bool:
        """True only when the signature on the certificate is this clinic's; a name alone proves nothing."""
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature

        issuer = x509.load_der_x509_certificate(self.certificate.dump())
        try:
            x509.load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(issuer)
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True


def trusted_clinics(trust: Sequence[bytes]) -> tuple[TrustedClinic, ...]:
    """Raises ``BadData`` when one of them is no certificate. PEM may hold several."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    found: list[TrustedClinic] = []
    for content in trust:
        try:
            with warnings.catch_warnings(action="ignore"):  # what is almost right is judged below, not on the screen
                read = (load_pem_x509_certificates(content) if b"-----BEGIN" in content
                        else [load_der_x509_certificate(content)])
        except Exception as problem:  # a stranger's bytes: the library has kinds of its own for what is wrong
            raise BadData(
                tr("The file given as a clinic's certificate is not a certificate."),
                next_step=tr("Use the file clinic-certificate.pem of the clinic that signed."),
            ) from problem
        found.extend(TrustedClinic(x509.Certificate.load(one.public_bytes(Encoding.DER))) for one in read)
    return tuple(found)
