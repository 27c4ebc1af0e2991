"""A plan is signed with a key on a token (SoftHSM2), and whatever is wrong with the token is said in a sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.seal import pki, token
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import KeyFileError, WrongPin
from desktop_app.use_cases.keys import TokenPlace
from desktop_app.use_cases.ports import SignatureRequest
from desktop_app.use_cases.proof import PaperSummary, SummaryLine
from tests.people import NOW
from tests.seal import softhsm
from tests.seal.conftest import Clinic
from tests.seal.paper import plan_pdf
from tests.seal.softhsm import MODULE, PIN, Token
from tests.seal.test_pdfsig import pdfsig

SUMMARY = PaperSummary("CP-TR01-000001", "Å. Ö.", "TR-0001", 1951, (SummaryLine("Urgency", "no urgency"),))


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("softhsm")
    softhsm.prepare(place)
    return place


@pytest.fixture(scope="module")
def card(folder: Path, clinic: Clinic) -> Token:
    made = softhsm.new_token("Dr N. Karim")
    softhsm.write(made, clinic.pair.key, [clinic.pair.certificate, clinic.authority.certificate])
    return made


@pytest.fixture(scope="module")
def place(card: Token) -> TokenPlace:
    return token.look_into(card.module, card.label, PIN)


def request(at: object = NOW) -> SignatureRequest:
    return SignatureRequest(plan_pdf(), "Care plan signed", "Dr N. Karim", at)  # type: ignore[arg-type]


def test_a_plan_and_its_code_signed_with_a_token_are_accepted(clinic: Clinic, place: TokenPlace,
                                                              tmp_path: Path) -> None:
    signer = token.open_token(place, PIN)
    assert signer.name == "Dr N. Karim"
    pdf = signer.sign(request())
    told = clinic.verify(pdf)
    assert told.accepted, told.problems
    assert told.signed_at == NOW
    assert "Signature is Valid" in pdfsig(tmp_path / "plan.pdf", pdf)
    assert PdfSeal().verify_code(signer.code(SUMMARY, NOW), clinic.trust).accepted


def test_the_pin_is_neither_shown_nor_kept(place: TokenPlace) -> None:
    signer = token.open_token(place, PIN)
    assert PIN not in repr(signer)
    assert PIN not in repr(place)
    assert PIN.encode() not in place.certificate


def test_the_smaller_of_two_signatures_is_written_each_time(clinic: Clinic, place: TokenPlace) -> None:
    """A token chooses its own random number, so two files differ, and both are as this program writes them."""
    signer = token.open_token(place, PIN)
    first, second = signer.sign(request()), signer.sign(request())
    assert first != second
    assert clinic.verify(first).accepted
    assert clinic.verify(second).accepted
    assert hashlib.sha256(first).digest() != hashlib.sha256(second).digest()
    assert len(PdfFileReader(BytesIO(first)).embedded_signatures) == 1


def said(act: Callable[[], object], kind: type[KeyFileError] = KeyFileError) -> str:
    with pytest.raises(kind) as raised:
        act()
    assert raised.value.next_step
    return str(raised.value)


@pytest.mark.parametrize("pin", ["11111111", "", "1", "x" * 300])
def test_a_wrong_pin(card: Token, place: TokenPlace, pin: str) -> None:
    assert "not the PIN" in said(lambda: token.look_into(card.module, card.label, pin), WrongPin)
    assert "not the PIN" in said(lambda: token.open_token(place, pin).sign(request()), WrongPin)


def test_a_locked_pin(place: TokenPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """SoftHSM never locks; what the library raises for a token that does."""
    import pkcs11

    class Locked:
        def open(self, **_: object) -> object:
            raise pkcs11.PinLocked

    monkeypatch.setattr(token, "_token", lambda _place: Locked())
    assert "locked" in said(lambda: token.open_token(place, PIN).sign(request()))


def test_no_token_in(card: Token, place: TokenPlace) -> None:
    assert "no token with the label “Dr B”" in said(lambda: token.look_into(card.module, "Dr B", PIN))
    gone = TokenPlace(place.module, "pulled out", place.certificate)
    assert "no token" in said(lambda: token.open_token(gone, PIN).sign(request()))


@pytest.mark.parametrize("module", ["", "/nowhere/libmaker.so", __file__])
def test_no_module(card: Token, module: str) -> None:
    assert "PKCS#11 module" in said(lambda: token.look_into(module, card.label, PIN))


def test_an_empty_token_and_one_without_its_key(folder: Path, clinic: Clinic) -> None:
    empty = softhsm.new_token("empty")
    assert "no certificate for signing" in said(lambda: token.look_into(MODULE, empty.label, PIN))
    bare = softhsm.new_token("certificate alone")
    softhsm.write(bare, clinic.pair.key, [clinic.pair.certificate, clinic.authority.certificate], with_key=False)
    assert "not its private key" in said(lambda: token.look_into(MODULE, bare.label, PIN))


def test_certificates_above_come_from_a_file_where_the_token_holds_the_signers_alone(
    folder: Path, clinic: Clinic
) -> None:
    alone = softhsm.new_token("alone")
    softhsm.write(alone, clinic.pair.key, [clinic.pair.certificate])
    assert "certificate of its issuer" in said(lambda: token.look_into(MODULE, alone.label, PIN))
    assert "PEM" in said(lambda: token.look_into(MODULE, alone.label, PIN, b"hello"))
    place = token.look_into(MODULE, alone.label, PIN, pki.to_pem(clinic.authority.certificate))
    assert clinic.verify(token.open_token(place, PIN).sign(request())).accepted


def test_another_card_under_the_same_name(folder: Path, clinic: Clinic, place: TokenPlace) -> None:
    other = softhsm.new_token("another person's")
    key = pki.clinician_certificate(clinic.authority, "Hillside Training Clinic", "Dr B. Sol", "surgeon", NOW)
    softhsm.write(other, key.key, [key.certificate, clinic.authority.certificate])
    exchanged = TokenPlace(place.module, other.label, place.certificate)
    assert "not on this token" in said(lambda: token.open_token(exchanged, PIN).sign(request()))


def test_an_rsa_key_is_refused_in_words(folder: Path, clinic: Clinic) -> None:
    key = rsa.generate_private_key(65537, 2048)
    model = clinic.pair.certificate
    builder = (x509.CertificateBuilder().subject_name(model.subject).issuer_name(model.issuer)
               .public_key(key.public_key()).serial_number(7).not_valid_before(model.not_valid_before_utc)
               .not_valid_after(model.not_valid_after_utc))
    for extension in model.extensions:
        if not isinstance(extension.value, x509.SubjectKeyIdentifier):
            builder = builder.add_extension(extension.value, critical=extension.critical)
    card = softhsm.new_token("rsa")
    softhsm.write(card, key, [builder.sign(clinic.authority.key, hashes.SHA256()), clinic.authority.certificate])
    assert "RSA key" in said(lambda: token.look_into(MODULE, card.label, PIN))


def test_an_expired_or_not_yet_valid_certificate_signs_nothing(place: TokenPlace) -> None:
    signer = token.open_token(place, PIN)
    for at in (NOW + timedelta(days=16 * 365), NOW - timedelta(days=30)):
        assert "valid from" in said(lambda at=at: signer.sign(request(at)))
        assert "valid from" in said(lambda at=at: signer.code(SUMMARY, at))
