"""Whatever is changed in a signed plan or put after it, it is no longer accepted, and never with a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

import pytest
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from desktop_app.use_cases.ports import Verification
from tests.seal.conftest import Clinic
from tests.seal.paper import plan_pdf


def refused(told: Verification, *, whole: bool = False) -> None:
    assert not told.accepted
    assert told.whole is whole
    assert told.problems
    assert told.sentences[0] == "Do not rely on this document."
    assert all(sentence.endswith((".", "?")) for sentence in told.sentences)


def test_fifteen_hundred_changes_of_one_byte(clinic: Clinic, signed: bytes) -> None:
    chance = random.Random(1500)
    for _ in range(1500):
        place, changed = chance.randrange(len(signed)), bytearray(signed)
        changed[place] = (changed[place] + chance.randrange(1, 256)) % 256
        told = clinic.verify(bytes(changed))
        assert not told.accepted, f"byte {place}"
        assert not told.whole, f"byte {place}"


def test_every_byte_of_the_gap_and_every_one_around_it(clinic: Clinic, signed: bytes) -> None:
    """Where readers in general accept changes: no signature covers its own bytes."""
    reader = PdfFileReader(BytesIO(signed))
    _, start, end, _ = reader.embedded_signatures[0].byte_range
    used = len(reader.embedded_signatures[0].pkcs7_content.rstrip(b"\x00")) * 2
    chance = random.Random(8)
    places = [*range(start - 40, start + used + 8, 7), *range(start + used, end, 151), *range(end - 3, end + 20)]
    for place in places:
        changed = bytearray(signed)
        changed[place] = chance.choice([one for one in b"0123456789ABCDEFabcdef> \n" if one != signed[place]])
        assert not clinic.verify(bytes(changed)).accepted, f"byte {place}"


def test_the_hexadecimal_digits_are_not_written_otherwise(clinic: Clinic, signed: bytes) -> None:
    _, start, end, _ = PdfFileReader(BytesIO(signed)).embedded_signatures[0].byte_range
    gap = signed[start:end]
    used = len(gap.rstrip(b"0>"))
    for other in (gap.lower(), b"<" + gap[1:used] + b" " * (len(gap) - used - 1) + b">",
                  gap[:-3] + b"> >"):
        assert other != gap
        assert len(other) == len(gap)
        refused(clinic.verify(signed[:start] + other + signed[end:]))


def updated(signed: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    output = BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(signed)
    return output.getvalue()


def new_language(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = generic.TextStringObject("fr")
    writer.update_root()


def new_page_content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 m 9 9 l S"))
    writer.update_container(page)


def new_annotation(writer: IncrementalPdfFileWriter) -> None:
    note = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(one) for one in (50, 50, 300, 90)]),
        pdf_name("/Contents"): generic.TextStringObject("Morphine 300 mg a day")}))
    writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(1).reference, note)


def new_layers(writer: IncrementalPdfFileWriter) -> None:
    layer = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): generic.TextStringObject("hidden")}))
    writer.root["/OCProperties"] = generic.DictionaryObject({
        pdf_name("/OCGs"): generic.ArrayObject([layer]), pdf_name("/D"): generic.DictionaryObject()})
    writer.update_root()


def new_record(writer: IncrementalPdfFileWriter) -> None:
    file = embed.EmbeddedFileObject.from_file_data(writer, data=b'{"patient": {"name": "Somebody Else"}}',
                                                   mime_type="application/json")
    writer.root["/Names"]["/EmbeddedFiles"] = generic.DictionaryObject({pdf_name("/Names"): generic.ArrayObject([
        generic.TextStringObject("decision-record.json"),
        embed.FileSpec("decision-record.json", "decision-record.json", file).as_pdf_object()])})
    writer.update_root()


def new_author(writer: IncrementalPdfFileWriter) -> None:
    writer.set_info(writer.add_object(generic.DictionaryObject({
        pdf_name("/Author"): generic.TextStringObject("Somebody Else")})))


@pytest.mark.parametrize("change", [new_language, new_page_content, new_annotation, new_layers, new_record, new_author])
def test_an_appended_update(clinic: Clinic, signed: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> None:
    refused(clinic.verify(updated(signed, change)))


@pytest.mark.parametrize("more", [
    b"\n", b" ", b"% a remark\n", b"\n%%EOF\n", b"startxref\n0\n%%EOF\n", b"\x00" * 64 + b"%%EOF",
])
def test_appended_bytes(clinic: Clinic, signed: bytes, more: bytes) -> None:
    refused(clinic.verify(signed + more))


def test_a_second_signature(clinic: Clinic, signed: bytes) -> None:
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    refused(clinic.verify(updated(signed, lambda writer: append_signature_field(writer, SigFieldSpec("Second")))))


def test_bytes_put_before_or_taken_away(clinic: Clinic, signed: bytes) -> None:
    for changed in (b"\n" + signed, signed[1:], signed[:-1], signed[:-7], signed[:len(signed) // 2], signed[:20],
                    signed.replace(b"/P 1", b"/P 2"), signed + signed):
        refused(clinic.verify(changed))


def test_saved_again_by_another_program(clinic: Clinic, signed: bytes) -> None:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(signed)))
    output = BytesIO()
    writer.write(output)
    refused(clinic.verify(output.getvalue()))


def test_the_unsigned_plan(clinic: Clinic) -> None:
    told = clinic.verify(plan_pdf())
    refused(told)
    assert "carries no signature" in told.problems[0]


@pytest.mark.parametrize("content", [
    b"", b"%PDF-", b"hello", b"\x00" * 1000, b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + b"<<" * 3000 + b"%%EOF",
    b"%PDF-1.7\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF\n",
    b"%PDF-1.7\nxref\n0 99999999\ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF\n",
    b"\xff\xd8\xff\xe0 a photograph", b"PK\x03\x04 an archive",
])
def test_what_is_no_plan_at_all(clinic: Clinic, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    refused(clinic.verify(content))
    assert capfd.readouterr() == ("", "")


def test_a_file_larger_than_any_plan(clinic: Clinic, signed: bytes) -> None:
    told = clinic.verify(signed + b"%" * (50 * 1024 * 1024))
    refused(told)
    assert "larger than 50 MB" in told.problems[0]


def test_a_locked_file(clinic: Clinic) -> None:
    from pyhanko.pdf_utils.crypt import StandardSecurityHandler

    writer = copy_into_new_writer(PdfFileReader(BytesIO(plan_pdf())))
    writer._assign_security_handler(StandardSecurityHandler.build_from_pw("owner", "user"))
    output = BytesIO()
    writer.write(output)
    told = clinic.verify(output.getvalue())
    refused(told)
    assert "password" in told.problems[0]
