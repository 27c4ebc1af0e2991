"""Who is believed: the right clinic, for signing, at the stated time. A name alone proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.seal import pkcs12, pki, sign
from desktop_app.seal.pair import ORDER
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import BadData, KeyFileError
from desktop_app.use_cases.ports import SignatureRequest
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic, new_clinic
from tests.seal.paper import plan_pdf


def signed_by(pair: pkcs12.KeyPair) -> bytes:
    """Past the checks that would refuse to sign, as a forger's own program would."""
    return sign._sign(pair, SignatureRequest(plan_pdf(), "Care plan", "Dr N. Karim", NOW))


def issued(clinic: Clinic, *, start: int = -1, end: int = 3650, usage: dict[str, bool] | None = None) -> pkcs12.KeyPair:
    """A certificate of the clinic with days of validity counted from now, and other uses."""
    key = ec.generate_private_key(ec.SECP256R1())
    uses = dict.fromkeys(("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
                          "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
    authority = clinic.authority
    certificate = (
        x509.CertificateBuilder().subject_name(clinic.pair.certificate.subject)
        .issuer_name(authority.certificate.subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=start)).not_valid_after(NOW + timedelta(days=end))
        .add_extension(x509.KeyUsage(**(uses | (usage or {"content_commitment": True}))), critical=True)
        .sign(authority.key, hashes.SHA256()))
    return pkcs12.KeyPair(key, certificate, (authority.certificate,))


def test_a_certificate_of_the_clinic_is_accepted(clinic: Clinic) -> None:
    assert clinic.verify(signed_by(issued(clinic))).accepted


def test_the_same_names_from_another_authority(clinic: Clinic) -> None:
    told = clinic.verify(new_clinic().sign(plan_pdf()))
    assert told.whole
    assert not told.trusted
    assert "does not come from a clinic that is trusted here" in told.problems[0]
    assert told.signer.startswith("Dr N. Karim")
    assert "nobody vouches for the signer" in " ".join(told.sentences)


def test_without_any_trusted_clinic_nobody_is_believed(signed: bytes) -> None:
    told = PdfSeal().verify(signed, [])
    assert told.whole
    assert not told.accepted
    assert "No clinic certificate is known here" in told.problems[0]


def test_the_right_clinic_among_several(clinic: Clinic, signed: bytes) -> None:
    others = [pki.to_pem(new_clinic().authority.certificate), pki.to_pem(new_clinic("Elsewhere").authority.certificate)]
    der = clinic.authority.certificate.public_bytes(Encoding.DER)
    assert PdfSeal().verify(signed, [*others, *clinic.trust]).accepted
    assert PdfSeal().verify(signed, [b"".join([*others, *clinic.trust])]).accepted
    assert PdfSeal().verify(signed, [der]).accepted
    assert not PdfSeal().verify(signed, others).accepted


@pytest.mark.parametrize(("start", "end"), [(-30, -1), (1, 30)])
def test_outside_its_validity_at_the_stated_time(clinic: Clinic, start: int, end: int) -> None:
    told = clinic.verify(signed_by(issued(clinic, start=start, end=end)))
    assert told.whole
    assert not told.trusted
    assert "not valid at the time stated" in told.problems[0]


def test_it_stays_accepted_after_the_certificate_has_ended(clinic: Clinic) -> None:
    """Validity is judged at the stated signing time: a plan does not become wrong when a certificate runs out."""
    short = issued(clinic, start=-2, end=1)
    assert clinic.verify(signed_by(short)).accepted


@pytest.mark.parametrize("usage", [{"digital_signature": True}, {"key_encipherment": True}])
def test_a_certificate_for_something_else(clinic: Clinic, usage: dict[str, bool]) -> None:
    pair = issued(clinic, usage=usage)
    told = clinic.verify(signed_by(pair))
    assert not told.accepted
    assert "not issued for signing documents" in told.problems[0]
    with pytest.raises(KeyFileError, match="not issued for signing documents"):
        sign.open_signer(pkcs12.export(pair, "x", SECRET), SECRET)


def test_a_clinician_cannot_issue_certificates(clinic: Clinic) -> None:
    person = clinic.pair
    forged = pki.clinician_certificate(pki.Issued(person.certificate, person.key), "Hillside Training Clinic",
                                       "Dr Nobody", "surgeon", NOW)
    told = clinic.verify(signed_by(pkcs12.KeyPair(forged.key, forged.certificate,
                                                  (person.certificate, clinic.authority.certificate))))
    assert not told.accepted


def test_a_clinicians_own_certificate_is_no_clinic(clinic: Clinic) -> None:
    forged = new_clinic()
    assert not PdfSeal().verify(forged.sign(plan_pdf()), clinic.trust).accepted
    assert not clinic.verify(signed_by(pkcs12.KeyPair(forged.pair.key, forged.pair.certificate, ()))).accepted


def test_a_trusted_certificate_that_is_none(signed: bytes) -> None:
    for content in (b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        with pytest.raises(BadData, match="not a certificate"):
            PdfSeal().verify(signed, [content])


def with_other_signature(signed: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    """The same file with its signature taken apart, changed and put back; the signed bytes stay as they are."""
    _, start, end, _ = PdfFileReader(BytesIO(signed)).embedded_signatures[0].byte_range
    whole = cms.ContentInfo.load(bytes.fromhex(signed[start + 1:end - 1].decode()))
    change(whole["content"])
    content = whole.dump(force=True).hex().upper().encode().ljust(end - start - 2, b"0")
    assert len(content) == end - start - 2
    return signed[:start + 1] + content + signed[end - 1:]


def mirrored(data: cms.SignedData) -> None:
    r, s = decode_dss_signature(data["signer_infos"][0]["signature"].native)
    data["signer_infos"][0]["signature"] = encode_dss_signature(r, ORDER - s)


def extra_certificate(data: cms.SignedData) -> None:
    stranger = pki.clinic_authority("Elsewhere", NOW).certificate.public_bytes(Encoding.DER)
    data["certificates"].append(cms.CertificateChoices.load(stranger))


def missing_certificate(data: cms.SignedData) -> None:
    kept = [one for one in data["certificates"] if not one.chosen.ca]
    data["certificates"] = cms.CertificateSet(kept)


def unsigned_remark(data: cms.SignedData) -> None:
    data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([
        cms.CMSAttribute({"type": "1.2.3.4", "values": [cms.Any(cms.Integer(7))]})])


def other_version(data: cms.SignedData) -> None:
    data["version"] = "v3"


def second_signer(data: cms.SignedData) -> None:
    data["signer_infos"].append(data["signer_infos"][0].copy())


@pytest.mark.parametrize("change", [mirrored, extra_certificate, missing_certificate, unsigned_remark,
                                    other_version, second_signer])
def test_a_signature_written_another_way(clinic: Clinic, signed: bytes,
                                         change: Callable[[cms.SignedData], None]) -> None:
    """Each of these is mathematically right or harmless to many readers, and none is what was signed."""
    assert with_other_signature(signed, lambda _data: None) == signed
    told = clinic.verify(with_other_signature(signed, change))
    assert not told.accepted
    assert not told.whole


def test_another_plans_signature(clinic: Clinic, signed: bytes) -> None:
    other = clinic.sign(plan_pdf(record=False, subject="Somebody Else"))
    theirs = PdfFileReader(BytesIO(other)).embedded_signatures[0].byte_range
    ours = PdfFileReader(BytesIO(signed)).embedded_signatures[0].byte_range
    mixed = signed[:ours[1]] + other[theirs[1]:theirs[2]] + signed[ours[2]:]
    told = clinic.verify(mixed)
    assert not told.whole
    assert "changed after signing" in told.problems[0]


def test_certificates_last_fifteen_years_and_are_for_one_purpose(clinic: Clinic) -> None:
    for certificate in (clinic.authority.certificate, clinic.pair.certificate):
        days = (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days
        assert 15 * 365 <= days <= 15 * 366
        assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)
    theirs = clinic.pair.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (theirs.content_commitment, theirs.digital_signature, theirs.key_cert_sign) == (True, False, False)
    above = clinic.authority.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (above.content_commitment, above.key_cert_sign) == (False, True)


def test_long_and_foreign_names_fit_into_a_certificate(clinic: Clinic) -> None:
    name = "Центральная поликлиника " * 8
    authority = pki.clinic_authority(name, NOW)
    person = pki.clinician_certificate(authority, name, "Д-р " + "Æ" * 90, "", NOW)
    pair = pkcs12.KeyPair(person.key, person.certificate, (authority.certificate,))
    told = replace(clinic, authority=authority, pair=pair).verify(signed_by(pair))
    assert told.accepted
    assert told.signer.startswith("Д-р Æ")
