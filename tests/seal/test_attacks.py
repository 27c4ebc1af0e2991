"""What somebody with ordinary tools would try on a real, signed care plan. None of it is accepted.

Poppler's own checker, which shares no code with ours, comes to the same end wherever the signed bytes are touched.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.documents.care_plan import Paper
from desktop_app.seal import pkcs12, pki, sign
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.ports import SignatureRequest, Verification
from tests.documents.plans import plan
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic
from tests.seal.test_pdfsig import pdfsig

LATER = NOW + timedelta(minutes=7)


def care_plan(clinic: Clinic, number: str = "CP-TR01-000001", *, overdue: bool = False) -> bytes:
    """A plan as the window signs it, its code on the last page."""
    signer, paper = sign.open_signer(clinic.p12, SECRET), Paper()
    made = plan(signed_at=NOW, number=number, choices=plan().choices[:1] if overdue else plan().choices)
    pdf = paper.care_plan(made.proven(PaperKind.CARE_PLAN, paper, signer, NOW))
    return signer.sign(SignatureRequest(pdf, "Care plan signed", "Dr N. Karim", NOW))


@pytest.fixture(scope="module")
def whole(clinic: Clinic) -> bytes:
    content = care_plan(clinic)
    assert clinic.verify(content).accepted
    return content


@pytest.fixture(scope="module")
def other(clinic: Clinic) -> bytes:
    """Another true plan of the same clinician."""
    return care_plan(clinic, "CP-TR01-000002", overdue=True)


def refused(told: Verification) -> None:
    assert not told.accepted
    assert told.sentences[0] == "Do not rely on this document."


def signed_range(content: bytes) -> tuple[int, int]:
    """Where the signature stands: the bytes that it cannot cover."""
    _, start, end, _ = PdfFileReader(BytesIO(content)).embedded_signatures[0].byte_range
    return start, end


# -- saved again by other programs -----------------------------------------------------------------


@pytest.mark.parametrize("options", [
    [], ["--linearize"], ["--qdf"], ["--object-streams=generate"], ["--object-streams=disable"],
    ["--recompress-flate", "--compression-level=9"], ["--min-version=2.0"], ["--coalesce-contents"],
    ["--remove-attachment=decision-record.json"], ["--rotate=+180:1"], ["--remove-unreferenced-resources=yes"],
    ["--flatten-annotations=all"], ["--newline-before-endstream"], ["--encrypt", "", "owner", "256", "--"],
])
def test_saved_again_by_qpdf(clinic: Clinic, whole: bytes, tmp_path: Path, options: list[str]) -> None:
    refused(clinic.verify(rewritten(whole, tmp_path, "qpdf", *options, "IN", "OUT")))


def test_saved_again_by_poppler(clinic: Clinic, whole: bytes, tmp_path: Path) -> None:
    refused(clinic.verify(rewritten(whole, tmp_path, "pdftocairo", "-pdf", "IN", "OUT")))
    refused(clinic.verify(rewritten(whole, tmp_path, "pdfunite", "IN", "IN", "OUT")))
    refused(clinic.verify(rewritten(whole, tmp_path, "pdfseparate", "-f", "1", "-l", "1", "IN", "OUT")))


@pytest.mark.parametrize("pages", ["1-2", "r1-1", "1,3-z"])
def test_pages_left_out_or_in_another_order(clinic: Clinic, whole: bytes, tmp_path: Path, pages: str) -> None:
    refused(clinic.verify(rewritten(whole, tmp_path, "qpdf", "IN", "--pages", ".", pages, "--", "OUT")))


def test_a_page_of_another_signed_plan(clinic: Clinic, whole: bytes, other: bytes, tmp_path: Path) -> None:
    second = tmp_path / "other.pdf"
    second.write_bytes(other)
    for pages in (["IN", "1", str(second), "2-z"], [str(second), "1", "IN", "2-z"]):
        refused(clinic.verify(rewritten(whole, tmp_path, "qpdf", "IN", "--pages", *pages, "--", "OUT")))


def rewritten(content: bytes, folder: Path, *command: str) -> bytes:
    source, target = folder / "in.pdf", folder / "out.pdf"
    source.write_bytes(content)
    target.unlink(missing_ok=True)
    names = {"IN": str(source), "OUT": str(target)}
    done = subprocess.run([names.get(word, word) for word in command], capture_output=True, check=False, timeout=60)
    assert target.exists(), done.stderr
    written = target.read_bytes()
    assert written != content
    return written


# -- replaced and hidden inside the file -------------------------------------------------------------


def test_pages_exchanged_byte_for_byte(clinic: Clinic, whole: bytes, tmp_path: Path) -> None:
    """The list of pages names them in another order; the file keeps its length and every offset."""
    kids = PdfFileReader(BytesIO(whole)).root["/Pages"]["/Kids"]
    first, second = (kids.raw_get(place).idnum for place in (0, 1))
    names = f"{first} 0 R".encode(), f"{second} 0 R".encode()
    at = whole.index(names[0], whole.index(b"/Kids"))
    listed = whole[at:whole.index(b"]", at)]
    turned = listed.replace(names[0], b"@").replace(names[1], names[0]).replace(b"@", names[1])
    assert turned != listed
    assert len(turned) == len(listed)
    changed = whole.replace(listed, turned)
    refused(clinic.verify(changed))
    assert "Signature is Valid" not in pdfsig(tmp_path / "plan.pdf", changed)


def test_the_contents_of_a_page_taken_from_another_plan(
    clinic: Clinic, whole: bytes, other: bytes, tmp_path: Path
) -> None:
    page, foreign = (PdfFileReader(BytesIO(one)).root["/Pages"]["/Kids"][0]["/Contents"] for one in (whole, other))
    ours, theirs = page.encoded_data, foreign.encoded_data
    assert whole.count(ours) == 1
    changed = whole.replace(ours, theirs[:len(ours)].ljust(len(ours), b"\n"))
    assert len(changed) == len(whole)
    refused(clinic.verify(changed))
    assert "Signature is Valid" not in pdfsig(tmp_path / "plan.pdf", changed)


HIDDEN, NO_VIEW, PRINT = 2, 32, 4


@pytest.mark.parametrize("flags", [HIDDEN, NO_VIEW, PRINT, HIDDEN | NO_VIEW, 0])
@pytest.mark.parametrize("kind", ["/FreeText", "/Stamp", "/Square", "/Popup", "/Widget", "/FileAttachment"])
def test_an_annotation_seen_or_not(clinic: Clinic, whole: bytes, tmp_path: Path, kind: str, flags: int) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name(kind),
            pdf_name("/F"): generic.NumberObject(flags),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(one) for one in (40, 40, 300, 90)]),
            pdf_name("/Contents"): generic.TextStringObject("Morphine 300 mg a day")})
        page = writer.root["/Pages"]["/Kids"].raw_get(1).reference
        writer.register_annotation(page, writer.add_object(note))

    changed = updated(whole, change)
    refused(clinic.verify(changed))
    assert "Not total document signed" in pdfsig(tmp_path / "plan.pdf", changed)


def test_an_action_on_opening(clinic: Clinic, whole: bytes) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/OpenAction"] = generic.DictionaryObject({
            pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")})
        writer.update_root()

    refused(clinic.verify(updated(whole, change)))


def test_the_permissions_taken_away(clinic: Clinic, whole: bytes) -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/Perms"]
        writer.update_root()

    refused(clinic.verify(updated(whole, change)))


def updated(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


# -- the signature of another ------------------------------------------------------------------------


def test_the_signature_of_another_plan_of_the_same_clinician(
    clinic: Clinic, whole: bytes, other: bytes, tmp_path: Path
) -> None:
    start, end = signed_range(whole)
    from_start, from_end = signed_range(other)
    assert end - start == from_end - from_start
    changed = whole[:start] + other[from_start:from_end] + whole[end:]
    refused(clinic.verify(changed))
    assert "Signature is Valid" not in pdfsig(tmp_path / "plan.pdf", changed)


def test_the_signature_made_a_few_minutes_later(clinic: Clinic, whole: bytes) -> None:
    """Same pages, same clinician, another moment: the two are not exchanged."""
    signer, paper = sign.open_signer(clinic.p12, SECRET), Paper()
    pdf = paper.care_plan(plan(signed_at=NOW))
    first, second = (signer.sign(SignatureRequest(pdf, "Care plan signed", "Dr N. Karim", at)) for at in (NOW, LATER))
    start, end = signed_range(first)
    assert (start, end) == signed_range(second)
    for mixed in (first[:start] + second[start:end] + first[end:], second[:start] + first[start:end] + second[end:]):
        refused(clinic.verify(mixed))


def twin(clinic: Clinic, *, days: tuple[int, int] = (-1, 3650)) -> Clinic:
    """An authority and a clinician whose certificates show the same names, serial numbers and key marks."""
    def copied(model: x509.Certificate, key: ec.EllipticCurvePrivateKey, signed_with: ec.EllipticCurvePrivateKey,
               ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder().subject_name(model.subject).issuer_name(model.issuer)
            .public_key(key.public_key()).serial_number(model.serial_number)
            .not_valid_before(NOW + timedelta(days=days[0])).not_valid_after(NOW + timedelta(days=days[1])))
        for extension in model.extensions:
            builder = builder.add_extension(extension.value, critical=extension.critical)
        return builder.sign(signed_with, hashes.SHA256())

    top, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = copied(clinic.authority.certificate, top, top)
    person = copied(clinic.pair.certificate, own, top)
    return Clinic(pki.Issued(authority, top), pkcs12.KeyPair(own, person, (authority,)))


def test_certificates_that_look_the_same_in_every_name_and_number(clinic: Clinic) -> None:
    forged = care_plan(twin(clinic))
    told = clinic.verify(forged)
    refused(told)
    assert not told.trusted


def test_a_true_certificate_beside_a_forged_key(clinic: Clinic) -> None:
    """The clinician's own certificate is public; without the key it signs nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    pair = pkcs12.KeyPair(key, clinic.pair.certificate, clinic.pair.others)
    pdf = Paper().care_plan(plan(signed_at=NOW))
    refused(clinic.verify(sign._sign(pair, SignatureRequest(pdf, "Care plan signed", "Dr N. Karim", NOW))))


@pytest.mark.parametrize("days", [(-60, -30), (30, 60)])
def test_a_clinic_whose_own_certificate_did_not_hold_at_that_time(clinic: Clinic, days: tuple[int, int]) -> None:
    late = twin(clinic, days=days)
    pdf = Paper().care_plan(plan(signed_at=NOW))
    forged = sign._sign(late.pair, SignatureRequest(pdf, "Care plan signed", "Dr N. Karim", NOW))
    told = PdfSeal().verify(forged, late.trust)
    refused(told)
    assert not told.trusted
