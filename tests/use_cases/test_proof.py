"""A consultation signed with a real key: each paper carries its own code, and code and PDF name the same things."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import zxingcpp

from desktop_app.documents.care_plan import Paper
from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import KeySigner
from desktop_app.use_cases.domain import PaperKind, Verdict
from desktop_app.use_cases.proof import CARRIES_CODE
from tests.use_cases.conftest import Surgery

BEFORE = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
SCALE = 150 / 72


def codes_in(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = (document[number].render(scale=SCALE).to_pil().convert("L") for number in range(len(document)))
    return [found.text for page in pages for found in zxingcpp.read_barcodes(
        page, formats=zxingcpp.BarcodeFormat.QRCode)]


def test_code_and_pdf_of_every_paper_agree(surgery: Surgery) -> None:
    paper = Paper()
    surgery.desk._documents = lambda: paper  # type: ignore[assignment]  # the port, as the door hands it in
    authority = pki.clinic_authority("Hillside Clinic", BEFORE)
    person = pki.clinician_certificate(authority, "Hillside Clinic", "Dr N. Karim", "general practitioner", BEFORE)
    signer = KeySigner(pkcs12.KeyPair(person.key, person.certificate, (authority.certificate,)))
    trust = [pki.to_pem(authority.certificate)]
    consultation = surgery.consult("c01")
    for option in ("refer_urgently", "epidural_injection"):
        consultation.choose(option, Verdict.ACCEPT)
    consultation.sign(signer)
    assert len(consultation.documents) == 4
    for stored in consultation.documents:
        whole = PdfSeal().verify(stored.content, trust)
        assert whole.accepted
        codes = codes_in(stored.content)
        assert len(codes) == (stored.kind in CARRIES_CODE)
        for code in codes:
            told = PdfSeal().verify_code(code, trust)
            assert told.accepted
            assert told.document_number == stored.number == (whole.document_number or stored.number)
            assert (told.signer, told.signed_at) == (whole.signer, whole.signed_at)
            assert any(PaperKind(stored.kind).words in line for line in told.sentences)
