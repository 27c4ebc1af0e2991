"""A throw-away clinician for tests that sign documents."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.ports import SignatureRequest

AT = datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
_WORDS = b"a throw-away passphrase"


@cache
def _key() -> bytes:
    above = pki.clinic_authority("Hillside Clinic", AT)
    made = pki.clinician_certificate(above, "Hillside Clinic", "Dr N. Karim", "GP", AT)
    return pkcs12.export(pkcs12.KeyPair(made.key, made.certificate, (above.certificate,)), "Dr N. Karim", _WORDS)


def signed(pdf: bytes) -> bytes:
    return PdfSeal().open_key(_key(), _WORDS).sign(SignatureRequest(pdf, "Signed", "Dr N. Karim", AT))
