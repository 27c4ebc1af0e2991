"""A key that another authority issued: its chain is carried whole, and ``verify`` says which certificate it needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import KeyFileError
from desktop_app.use_cases.ports import SignatureRequest
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic
from tests.seal.paper import plan_pdf

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
REQUEST = SignatureRequest(plan_pdf(), "Care plan", "Dr N. Karim", NOW)


class Authority:
    """A throw-away public authority: a root with an RSA key, an issuer below it, a clinician below that."""

    def __init__(self, *, days: int = 3650, padding: int = 0) -> None:
        self.root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer_key = ec.generate_private_key(ec.SECP256R1())
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.padding = padding
        self.root = self.issue("National Root", self.root_key, "National Root", self.root_key, ca=True)
        self.issuer = self.issue("Health Issuer", self.issuer_key, "National Root", self.root_key, ca=True)
        self.person = self.issue("Dr N. Karim", self.key, "Health Issuer", self.issuer_key, days=days)

    def issue(self, name: str, key: Private, above: str, signed_with: Private, *, ca: bool = False,
              days: int = 3650) -> x509.Certificate:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        builder = (
            x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(above)).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(NOW - timedelta(days=30))
            .not_valid_after(NOW + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(
                digital_signature=not ca, content_commitment=not ca, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False, decipher_only=False),
                critical=True))
        if self.padding:
            builder = builder.add_extension(x509.UnrecognizedExtension(
                x509.ObjectIdentifier("1.2.3.4.5"), b"\x04\x82" + self.padding.to_bytes(2, "big")
                + b"x" * self.padding), critical=False)
        return builder.sign(signed_with, hashes.SHA256())

    def p12(self, others: Sequence[x509.Certificate]) -> bytes:
        return pkcs12.export(pkcs12.KeyPair(self.key, self.person, tuple(others)), "key", SECRET)

    def sign(self, *others: x509.Certificate) -> bytes:
        return PdfSeal().open_key(self.p12(others), SECRET).sign(REQUEST)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def pem(certificate: x509.Certificate) -> list[bytes]:
    return [certificate.public_bytes(Encoding.PEM)]


def test_the_whole_chain_is_carried_and_its_top_is_what_checks_it(authority: Authority, clinic: Clinic) -> None:
    stranger = clinic.authority.certificate
    signed = authority.sign(authority.root, stranger, authority.issuer)  # in any order, and one that is not theirs
    told = PdfSeal().verify(signed, pem(authority.root))
    assert told.accepted, told.problems
    assert told.signer == "Dr N. Karim"
    lower = PdfSeal().verify(signed, pem(authority.issuer))
    assert not lower.accepted
    assert lower.whole
    assert "National Root" in lower.problems[0]
    assert not PdfSeal().verify(signed, clinic.trust).accepted


def test_a_chain_without_its_root_is_checked_with_the_issuer(authority: Authority) -> None:
    signed = authority.sign(authority.issuer)
    assert PdfSeal().verify(signed, pem(authority.issuer)).accepted
    higher = PdfSeal().verify(signed, pem(authority.root))
    assert not higher.accepted
    assert higher.whole
    assert "Health Issuer" in higher.problems[0]


def test_a_file_without_its_issuer_signs_nothing_that_nobody_could_check(authority: Authority) -> None:
    with pytest.raises(KeyFileError, match="certificate of its issuer") as told:
        authority.sign(authority.root)
    assert "certification path" in told.value.next_step


def test_large_certificates_find_room(clinic: Clinic) -> None:
    large = Authority(padding=6000)
    signed = large.sign(large.issuer, large.root)
    assert PdfSeal().verify(signed, pem(large.root)).accepted


@pytest.mark.parametrize(("days", "said"), [(-1, "expired on"), (60, "")])
def test_an_ended_certificate_is_refused_when_it_comes_in(days: int, said: str) -> None:
    ending = Authority(days=days)
    pair = pkcs12.require_signer(pkcs12.read(ending.p12([ending.issuer]), SECRET))
    if said:
        with pytest.raises(KeyFileError, match=said):
            pkcs12.require_valid(pair.certificate, NOW)
    else:
        pkcs12.require_valid(pair.certificate, NOW)
        with pytest.raises(KeyFileError, match="valid only from"):
            pkcs12.require_valid(pair.certificate, NOW - timedelta(days=31))


def test_facts(authority: Authority) -> None:
    told = pki.facts(b"".join(pem(authority.person) + pem(authority.issuer) + pem(authority.root)))
    assert (told.name, told.issuer) == ("Dr N. Karim", "Health Issuer")
    assert told.trust == pem(authority.root)[0]
    assert not told.imported
