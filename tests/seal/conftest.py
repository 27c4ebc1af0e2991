"""A throw-away clinic with one clinician, and a plan they signed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import open_signer
from desktop_app.use_cases.ports import SignatureRequest, Verification
from tests.people import NOW
from tests.seal.paper import plan_pdf

SECRET = b"a passphrase of the test"


@dataclass(frozen=True)
class Clinic:
    authority: pki.Issued
    pair: pkcs12.KeyPair

    @property
    def trust(self) -> list[bytes]:
        return [pki.to_pem(self.authority.certificate)]

    @property
    def p12(self) -> bytes:
        return pkcs12.export(self.pair, "Dr N. Karim", SECRET)

    def sign(self, pdf: bytes) -> bytes:
        return open_signer(self.p12, SECRET).sign(SignatureRequest(pdf, "Care plan", "Dr N. Karim", NOW))

    def verify(self, pdf: bytes) -> Verification:
        return PdfSeal().verify(pdf, self.trust)


def new_clinic(name: str = "Hillside Training Clinic") -> Clinic:
    authority = pki.clinic_authority(name, NOW)
    person = pki.clinician_certificate(authority, name, "Dr N. Karim", "general practitioner", NOW)
    return Clinic(authority, pkcs12.KeyPair(person.key, person.certificate, (authority.certificate,)))


@pytest.fixture(scope="session")
def clinic() -> Clinic:
    return new_clinic()


@pytest.fixture(scope="session")
def signed(clinic: Clinic) -> bytes:
    return clinic.sign(plan_pdf())
