"""The text of the code on paper: what it holds, who accepts it, and that nothing changed is accepted."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.seal import health_card, pkcs12, pki
from desktop_app.seal.pair import ORDER
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import KeySigner, open_signer
from desktop_app.use_cases.errors import KeyFileError
from desktop_app.use_cases.ports import Verification
from desktop_app.use_cases.proof import PaperSummary, SummaryLine
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic, new_clinic
from tests.seal.test_foreign_key import Authority

SUMMARY = PaperSummary("CP-TR01-000001", "Å. Ö.", "TR-0001", 1951, (
    SummaryLine("Urgency", "Urgent, within 2 weeks"),
    SummaryLine("Due", "26 Nov 2026"),
    SummaryLine("Anticoagulant", "not known: not asked", known=False),
))


def code_of(clinic: Clinic, summary: PaperSummary = SUMMARY, at: datetime = NOW) -> str:
    return open_signer(clinic.p12, SECRET).code(summary, at)


@pytest.fixture(scope="module")
def code(clinic: Clinic) -> str:
    return code_of(clinic)


def check(text: str, clinic: Clinic) -> Verification:
    return PdfSeal().verify_code(text, clinic.trust)


def refused(told: Verification, *, whole: bool = False) -> None:
    assert not told.accepted
    assert told.whole is whole
    assert told.problems
    assert told.sentences[0] == "Do not rely on this document."


# -- what an independent reader makes of it: own lines, nothing of ours ----------------------------


def letters(code: str) -> str:
    digits = code.removeprefix("shc:/")
    return "".join(chr(int(digits[at:at + 2]) + 45) for at in range(0, len(digits), 2))


def unpacked(words: str) -> bytes:
    return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))


def payload(code: str) -> dict[str, Any]:
    return json.loads(zlib.decompress(unpacked(letters(code).split(".")[1]), -15))  # type: ignore[no-any-return]


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def as_code(words: str) -> str:
    return "shc:/" + "".join(f"{ord(letter) - 45:02d}" for letter in words)


def test_an_independent_verifier_accepts_the_signature(clinic: Clinic, code: str) -> None:
    header, body, signature = letters(code).split(".")
    found = unpacked(signature)
    key = clinic.pair.certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    der = encode_dss_signature(int.from_bytes(found[:32], "big"), int.from_bytes(found[32:], "big"))
    key.verify(der, f"{header}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(der, f"{header}.{body}x".encode(), ec.ECDSA(hashes.SHA256()))
    numbers = key.public_numbers()
    jwk = (f'{{"crv":"P-256","kty":"EC","x":"{packed(numbers.x.to_bytes(32, "big"))}",'
           f'"y":"{packed(numbers.y.to_bytes(32, "big"))}"}}')
    assert json.loads(unpacked(header)) == {
        "zip": "DEF", "alg": "ES256", "kid": packed(hashlib.sha256(jwk.encode()).digest())}


def test_it_is_a_fhir_bundle_of_what_the_summary_says_and_nothing_more(clinic: Clinic, code: str) -> None:
    held = payload(code)
    assert set(held) == {"iss", "nbf", "vc", "x5c"}
    assert held["iss"].endswith(".invalid")  # a name that no computer can ever look up
    assert held["nbf"] == int(NOW.timestamp())
    assert held["vc"]["type"] == ["https://smarthealth.cards#health-card"]
    bundle = held["vc"]["credentialSubject"]["fhirBundle"]
    patient, *rest = [entry["resource"] for entry in bundle["entry"]]
    assert patient == {"resourceType": "Patient", "identifier": [{"value": "TR-0001"}], "name": [{"text": "Å. Ö."}],
                       "birthDate": "1951"}
    assert [one["code"]["text"] for one in rest] == ["Urgency", "Due", "Anticoagulant"]
    assert x509.load_der_x509_certificate(base64.b64decode(held["x5c"][0])) == clinic.pair.certificate


def test_what_is_not_known_has_no_value(code: str) -> None:
    resource = payload(code)["vc"]["credentialSubject"]["fhirBundle"]["entry"][-1]["resource"]
    assert not any(key.startswith("value") for key in resource)
    assert resource["dataAbsentReason"] == {"text": "not known: not asked"}


# -- accepted --------------------------------------------------------------------------------------


def test_a_whole_code_says_by_whom_for_whom_and_what(clinic: Clinic, code: str) -> None:
    told = check(code, clinic)
    assert told.accepted
    assert told.signed_at == NOW.astimezone(UTC).replace(microsecond=0)
    assert told.document_number == "CP-TR01-000001"
    words = " ".join(told.sentences)
    for said in ("This code is whole", "Signed by Dr N. Karim", "Å. Ö., number TR-0001, born in 1951",
                 "Urgency: Urgent, within 2 weeks.", "Anticoagulant: not known: not asked.", "compare each of them"):
        assert said in words


def test_the_same_summary_and_time_give_the_same_code(clinic: Clinic, code: str) -> None:
    assert code_of(clinic) == code


def test_what_a_hand_scanner_types(clinic: Clinic, code: str) -> None:
    for typed in (f"  {code}\r\n", code.upper(), code.replace("shc:/", "shcÖ-"),
                  "\n".join(code[at:at + 70] for at in range(0, len(code), 70))):
        assert check(typed, clinic).accepted


@settings(deadline=None)
@given(st.text(alphabet=[chr(one) for one in range(45, 123)], max_size=300))
def test_letters_become_digits_and_come_back(words: str) -> None:
    digits = health_card.as_digits(words)
    assert digits.isdigit() or not words
    assert not words or health_card.from_digits(digits) == words


_SEEN = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"])
_words = st.text(alphabet=_SEEN, max_size=40)


@settings(deadline=None)
@given(summary=st.builds(
    PaperSummary, _words, _words, _words, st.one_of(st.none(), st.integers(1, 9999)),
    st.lists(st.builds(SummaryLine, _words, _words, st.booleans()), max_size=8).map(tuple)),
    seconds=st.integers(0, 2**31))
def test_a_summary_comes_back_as_it_went_in(clinic: Clinic, summary: PaperSummary, seconds: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    text = health_card.card_text(summary, clinic.pair, at)
    if not text:
        return  # longer than any code
    card = health_card.read_card(text)
    assert (card.summary, card.signed_at) == (summary, at)


def test_what_is_too_long_for_a_code_gets_none(clinic: Clinic) -> None:
    chance = random.Random(4)
    noise = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(2000))
    assert code_of(clinic, replace(SUMMARY, lines=(SummaryLine("Decided", noise),))) == ""


# -- refused ---------------------------------------------------------------------------------------


def test_every_changed_digit_is_refused(clinic: Clinic, code: str) -> None:
    chance = random.Random(6)
    for place in [*range(5, 60), *chance.sample(range(5, len(code)), 250), *range(len(code) - 180, len(code))]:
        other = chance.choice([digit for digit in "0123456789" if digit != code[place]])
        refused(check(code[:place] + other + code[place + 1:], clinic))


def test_digits_left_out_doubled_or_swapped(clinic: Clinic, code: str) -> None:
    chance = random.Random(7)
    for place in chance.sample(range(5, len(code) - 2), 60):
        refused(check(code[:place] + code[place + 1:], clinic))
        refused(check(code[:place] + code[place:place + 2] + code[place:], clinic))
    for text in (code[:-2], code + "00", code + code, code[:len(code) // 2], "shc:/", "shc:/1", "shc:/²²", "shc", "",
                 "hello", "shc:/" + "77" * 3000, "shc:/99", code.replace("shc:/", "http:"), "\x00" * 500):
        refused(check(text, clinic))


def rebuilt(code: str, **changed: Any) -> str:
    """The code with another payload and the signature it had."""
    header, _, signature = letters(code).split(".")
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = press.compress(json.dumps({**payload(code), **changed}).encode()) + press.flush()
    return as_code(f"{header}.{packed(body)}.{signature}")


def test_changed_contents_under_the_old_signature(clinic: Clinic, code: str) -> None:
    held = payload(code)["vc"]
    held["credentialSubject"]["fhirBundle"]["entry"][1]["resource"]["valueString"] = "No time limit"
    for changed in (rebuilt(code, vc=held), rebuilt(code, nbf=1), rebuilt(code), rebuilt(code, more="a word")):
        refused(check(changed, clinic))


def test_the_other_of_two_equal_signatures_and_other_spellings(clinic: Clinic, code: str) -> None:
    header, body, signature = letters(code).split(".")
    found = unpacked(signature)
    twin = found[:32] + (ORDER - int.from_bytes(found[32:], "big")).to_bytes(32, "big")
    last = signature[-1]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spelled = signature[:-1] + alphabet[alphabet.index(last) ^ 1]
    assert unpacked(spelled) == found  # a lax reader takes it
    for other in (packed(twin), spelled, packed(found + b"\x00"), packed(b"\x00" * 64), ""):
        refused(check(as_code(f"{header}.{body}.{other}"), clinic))


def test_a_header_that_asks_for_less(clinic: Clinic, code: str) -> None:
    header, body, signature = letters(code).split(".")
    head = json.loads(unpacked(header))
    for other in ({**head, "alg": "none"}, {**head, "alg": "HS256"}, {**head, "zip": ""}, {"alg": "none"}, {}):
        changed = packed(json.dumps(other).encode())
        refused(check(as_code(f"{changed}.{body}.{signature}"), clinic))
        refused(check(as_code(f"{changed}.{body}."), clinic))


def test_a_small_text_that_would_inflate_to_a_large_one(clinic: Clinic, code: str) -> None:
    header, _, signature = letters(code).split(".")
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = press.compress(b"[" * 3_000_000) + press.flush()
    refused(check(as_code(f"{header}.{packed(bomb)}.{signature}"), clinic))


def test_another_clinic_of_the_same_name(clinic: Clinic) -> None:
    told = check(code_of(new_clinic()), clinic)
    refused(told, whole=True)
    assert "does not come from a clinic that is trusted" in told.problems[0]
    assert "Urgency" not in " ".join(told.sentences)


def test_the_clinician_s_own_certificate_is_no_clinic(clinic: Clinic, code: str) -> None:
    told = PdfSeal().verify_code(code, [clinic.pair.certificate.public_bytes(pki_der())])
    refused(told, whole=True)


def test_a_key_of_a_public_authority_is_checked_with_its_top_or_its_issuer() -> None:
    public = Authority()
    pair = pkcs12.KeyPair(public.key, public.person, (public.issuer, public.root))
    code = KeySigner(pair).code(SUMMARY, NOW)
    assert len(payload(code)["x5c"]) == 2  # the one at the top is what the reader has
    for trusted in (public.root, public.issuer):
        assert PdfSeal().verify_code(code, [pki.to_pem(trusted)]).accepted
    assert not PdfSeal().verify_code(code, [pki.to_pem(Authority().root)]).accepted


def test_certificates_too_large_for_a_code_leave_the_signer_s_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    public = Authority()
    alone = KeySigner(pkcs12.KeyPair(public.key, public.person, ())).code(SUMMARY, NOW)
    monkeypatch.setattr(health_card, "MOST_LETTERS", len(letters(alone)))
    code = KeySigner(pkcs12.KeyPair(public.key, public.person, (public.issuer, public.root))).code(SUMMARY, NOW)
    assert code == alone
    assert PdfSeal().verify_code(code, [pki.to_pem(public.issuer)]).accepted
    assert not PdfSeal().verify_code(code, [pki.to_pem(public.root)]).accepted


def test_no_clinic_at_all(code: str) -> None:
    told = PdfSeal().verify_code(code, [])
    refused(told, whole=True)
    assert "nobody can say who signed" in told.problems[0]


def test_a_certificate_swapped_for_that_of_a_colleague(clinic: Clinic, code: str) -> None:
    person = pki.clinician_certificate(clinic.authority, "Hillside Training Clinic", "Dr A. Other", "surgeon", NOW)
    other = pkcs12.KeyPair(person.key, person.certificate, (clinic.authority.certificate,))
    der = base64.b64encode(person.certificate.public_bytes(pki_der())).decode()
    refused(check(rebuilt(code, x5c=[der]), clinic))
    assert PdfSeal().verify_code(health_card.card_text(SUMMARY, other, NOW), clinic.trust).accepted


def pki_der() -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


def test_a_time_at_which_the_certificate_did_not_hold(clinic: Clinic) -> None:
    later = clinic.pair.certificate.not_valid_after_utc + timedelta(days=1)
    with pytest.raises(KeyFileError):
        code_of(clinic, at=later)
    told = check(health_card.card_text(SUMMARY, clinic.pair, later), clinic)  # as a forger would
    refused(told, whole=True)
    assert "not valid at the time" in told.problems[0]


def test_the_clinic_s_own_certificate_signs_no_papers(clinic: Clinic) -> None:
    pair = pkcs12.KeyPair(clinic.authority.key, clinic.authority.certificate, ())
    told = check(KeySigner(pair).code(SUMMARY, NOW), clinic)
    refused(told, whole=True)
    assert "not issued for signing documents" in told.problems[0]
