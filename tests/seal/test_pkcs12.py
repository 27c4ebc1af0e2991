"""PKCS#12 files go out and come in; one that cannot be used says why."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from desktop_app.seal import pkcs12
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import KeyFileError
from desktop_app.use_cases.keys import KeyUser
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, cheap_keeper
from tests.seal.conftest import SECRET, Clinic

USER = KeyUser(CLINICIAN.id, CLINICIAN.name)
LOCKED = BestAvailableEncryption(SECRET)


def refused(content: bytes, said: str, passphrase: bytes = SECRET) -> None:
    with pytest.raises(KeyFileError, match=said) as told:
        PdfSeal().open_key(content, passphrase)
    assert told.value.next_step.endswith(".")


def test_round_trip(clinic: Clinic) -> None:
    read = pkcs12.read(clinic.p12, SECRET)
    assert read.certificate == clinic.pair.certificate
    assert read.others == (clinic.authority.certificate,)
    assert read.key.private_numbers() == clinic.pair.key.private_numbers()
    assert SECRET not in clinic.p12


def test_a_wrong_passphrase(clinic: Clinic) -> None:
    refused(clinic.p12, "passphrase does not open", b"another")
    refused(clinic.p12, "passphrase does not open", b"")


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\n", b"\x30" * (2 * 1024 * 1024)])
def test_no_key_file_at_all(content: bytes) -> None:
    refused(content, "not a PKCS#12 key file")


def test_a_damaged_key_file_never_gives_a_key_and_never_a_traceback(clinic: Clinic) -> None:
    chance = random.Random(12)
    for _ in range(100):
        changed = bytearray(clinic.p12)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        with pytest.raises(KeyFileError):
            PdfSeal().open_key(bytes(changed), SECRET)
    for length in (1, 10, len(clinic.p12) // 2, len(clinic.p12) - 1):
        with pytest.raises(KeyFileError):
            PdfSeal().open_key(clinic.p12[:length], SECRET)


def test_a_file_without_a_key_or_with_another_kind_of_key(clinic: Clinic) -> None:
    pair = clinic.pair
    refused(serialize_key_and_certificates(None, None, pair.certificate, None, LOCKED), "no private key")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    refused(serialize_key_and_certificates(None, key, None, [pair.certificate], LOCKED), "no private key")


def test_a_certificate_authoritys_key_does_not_sign_plans(clinic: Clinic) -> None:
    pair = pkcs12.KeyPair(clinic.authority.key, clinic.authority.certificate, ())
    refused(pkcs12.export(pair, "x", SECRET), "not issued for signing documents")


def test_a_key_on_another_curve(clinic: Clinic) -> None:
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    key = ec.generate_private_key(ec.SECP384R1())
    certificate = (x509.CertificateBuilder().subject_name(clinic.pair.certificate.subject)
                   .issuer_name(clinic.authority.certificate.subject).public_key(key.public_key())
                   .serial_number(7).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1))
                   .sign(clinic.authority.key, hashes.SHA256()))
    refused(serialize_key_and_certificates(None, key, certificate, None, LOCKED), "curve P-256|EC P-256")


def test_a_file_without_a_passphrase(clinic: Clinic) -> None:
    open_file = serialize_key_and_certificates(None, clinic.pair.key, clinic.pair.certificate, None, NoEncryption())
    with pytest.raises(KeyFileError):
        PdfSeal().open_key(open_file, b"anything at all")


def test_a_clinicians_key_opens_with_their_own_keys_only() -> None:
    keeper = cheap_keeper()
    made = keeper.new_key_file("store-1", USER, PASSPHRASE)
    authority = keeper.new_authority(CLINIC, made.keys, NOW)
    key = keeper.new_signing_key(authority, CLINIC, CLINICIAN, made.keys, NOW)
    assert keeper.signer(key, made.keys).name == CLINICIAN.name
    with pytest.raises(KeyFileError):
        keeper.signer(key, keeper.unlock_with_recovery(made.content, made.recovery_key))
    other = keeper.new_key_file("store-2", USER, PASSPHRASE)
    with pytest.raises(KeyFileError):
        keeper.new_signing_key(authority, CLINIC, CLINICIAN, other.keys, NOW)


def test_a_file_that_asks_for_hours_of_work_is_refused_at_once(clinic: Clinic) -> None:
    """How much a passphrase costs to try stands in the file, in three places."""
    from asn1crypto.pkcs12 import Pfx

    file = Pfx.load(clinic.p12)
    file["mac_data"]["iterations"] = pkcs12.MOST_ROUNDS + 1
    with pytest.raises(KeyFileError, match="more work"):
        pkcs12.read(file.dump(force=True), SECRET)
    inside = clinic.p12.replace(b"\x02\x02\x4e\x20", b"\x02\x02\x7f\xff")
    assert inside != clinic.p12
    assert pkcs12._rounds(inside) == 0x7FFF
