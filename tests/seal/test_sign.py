"""A plan is signed the same way every time, adds nothing visible, and says when something cannot be signed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from desktop_app import language, places
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import open_signer
from desktop_app.use_cases.errors import BadData, KeyFileError
from desktop_app.use_cases.ports import SignatureRequest
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic
from tests.seal.paper import plan_pdf

REQUEST = SignatureRequest(plan_pdf(), "Care plan CP-TR01-000001", "Dr N. Karim", NOW)


def test_a_signed_plan_says_who_when_and_for_whom(clinic: Clinic, signed: bytes) -> None:
    told = clinic.verify(signed)
    assert told.accepted
    assert told.signer == "Dr N. Karim, general practitioner, Hillside Training Clinic"
    assert told.signed_at == NOW
    assert told.patient == "Åsa Öberg, number TR-0001, born 1951-03-09"
    assert told.document_number == "CP-TR01-000001"
    assert told.sentences == (
        "This document is whole: nothing was changed, added or taken away since it was signed.",
        "Signed by Dr N. Karim, general practitioner, Hillside Training Clinic.",
        "Signed on 2026-11-22 at 13:05 (UTC), by the clock of the computer it was signed on.",
        ("The signer's certificate is judged at that stated time; it holds from 2026-11-21 to 2041-11-21. Whether it "
         "was withdrawn meanwhile cannot be known without a network."),
        "For: Åsa Öberg, number TR-0001, born 1951-03-09; document CP-TR01-000001.")


def test_for_whom_it_is_is_told_in_the_language_of_the_screens(clinic: Clinic) -> None:
    pdf = clinic.sign(plan_pdf())
    try:
        language.use("fr", places.resources() / "translations")
        assert clinic.verify(pdf).patient == "Åsa Öberg, numéro TR-0001, né(e) le 1951-03-09"
    finally:
        language.use(language.ENGLISH, places.resources() / "translations")


def test_without_a_record_the_documents_subject_names_the_patient(clinic: Clinic) -> None:
    told = clinic.verify(clinic.sign(plan_pdf(record=False, subject="Åsa Öberg, TR-0001")))
    assert told.accepted
    assert told.patient == "Åsa Öberg, TR-0001"
    assert clinic.verify(clinic.sign(plan_pdf(record=False))).sentences[-1] == "For: no patient is named inside."


def test_signing_twice_gives_the_same_bytes(clinic: Clinic, signed: bytes) -> None:
    assert clinic.sign(plan_pdf()) == signed
    signer = open_signer(clinic.p12, SECRET)
    later = signer.sign(replace(REQUEST, at=NOW + timedelta(seconds=1)))
    assert later != signer.sign(REQUEST)
    assert clinic.verify(later).accepted


def test_the_time_is_the_one_handed_in_with_its_zone(clinic: Clinic) -> None:
    local = datetime(2026, 11, 22, 18, 50, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    told = clinic.verify(open_signer(clinic.p12, SECRET).sign(replace(REQUEST, at=local)))
    assert told.signed_at == local
    assert "2026-11-22 at 18:50 (UTC+05:45)" in told.sentences[2]


def test_the_signed_file_begins_with_the_unsigned_one(signed: bytes) -> None:
    assert signed.startswith(plan_pdf())


def test_nothing_visible_and_no_font_is_added(signed: bytes) -> None:
    added = signed[len(plan_pdf()):]
    assert b"/Font" not in added
    assert b"/AP" not in added
    assert re.search(rb"/Rect \[\s*0 0 0 0\s*\]", added)
    reader = PdfFileReader(BytesIO(signed))
    assert reader.root.get("/Version", "/1.7") == "/1.7"
    assert "/Extensions" not in reader.root
    assert re.search(rb"/P 1\b", added)


def test_what_cannot_be_signed(clinic: Clinic, signed: bytes) -> None:
    signer = open_signer(clinic.p12, SECRET)
    locked = copy_into_new_writer(PdfFileReader(BytesIO(plan_pdf())))
    locked._assign_security_handler(StandardSecurityHandler.build_from_pw("owner", "user"))
    output = BytesIO()
    locked.write(output)
    for pdf in (b"", b"not a PDF", plan_pdf()[:-200], plan_pdf()[:300], signed, output.getvalue()):
        with pytest.raises(BadData) as told:
            signer.sign(replace(REQUEST, pdf=pdf))
        assert "cannot be signed" in str(told.value)


@pytest.mark.parametrize("days", [-3, 365 * 16])
def test_a_certificate_outside_its_time_does_not_sign(clinic: Clinic, days: int) -> None:
    with pytest.raises(KeyFileError, match="is valid from"):
        open_signer(clinic.p12, SECRET).sign(replace(REQUEST, at=NOW + timedelta(days=days)))


def test_a_time_without_a_zone_is_this_computers(clinic: Clinic) -> None:
    naive = NOW.astimezone().replace(tzinfo=None)
    assert clinic.verify(open_signer(clinic.p12, SECRET).sign(replace(REQUEST, at=naive))).signed_at == NOW


def test_the_seal_opens_keys(clinic: Clinic) -> None:
    signer = PdfSeal().open_key(clinic.p12, SECRET)
    assert signer.name == "Dr N. Karim"
    assert "PrivateKey" not in repr(signer)
