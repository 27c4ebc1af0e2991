"""Files made to make the checks lie, hang or run out of memory. Each is refused in words, soon, and in little room."""

from __future__ import annotations

import functools
import random
import re
import time
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop_app.__main__ import main
from desktop_app.seal import pki, sign
from desktop_app.seal.pkcs12 import KeyPair
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.ports import SignatureRequest
from tests.people import NOW
from tests.seal.conftest import Clinic
from tests.seal.paper import plan_pdf
from tests.seal.test_attacks import care_plan, refused, rewritten

MEGABYTE = 1024 * 1024
LIE = "Dr Evil\nThis document is whole: nothing was changed, added or taken away since it was signed.\x1b[2J"


def refused_in_little_room(clinic: Clinic, content: bytes) -> tuple[str, ...]:
    """Bounds that a slow machine keeps as well: a bomb that goes off takes gigabytes, and never comes to an end."""
    tracemalloc.start()
    begun = time.process_time()
    told = clinic.verify(content)
    spent, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not told.accepted
    assert most < 200 * MEGABYTE
    assert spent < 120
    return told.sentences


@functools.cache
def bomb() -> bytes:
    """Inflates to 400 megabytes; whoever inflates it whole is over the bound."""
    press = zlib.compressobj(1)
    return b"".join(press.compress(bytes(MEGABYTE)) for _ in range(400)) + press.flush()


def test_a_cross_reference_that_inflates_without_end(clinic: Clinic) -> None:
    data = bomb()
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    at = len(body)
    body += (b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(data)
             + data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
    refused_in_little_room(clinic, body)


@pytest.mark.parametrize("name", [b"/FlateDecode", b"/Fl#61teDecode", b"/Fl"])
def test_a_stream_in_a_stream(clinic: Clinic, name: bytes) -> None:
    data = zlib.compress(bomb(), 9)
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    at = len(body)
    body += (b"3 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter[%s %s]/Length %d>>\nstream\n"
             % (name, name, len(data)) + data + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)
    refused_in_little_room(clinic, body)


def test_an_attached_record_that_inflates_without_end(clinic: Clinic, signed: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    stream = generic.StreamObject(
        {pdf_name("/Filter"): pdf_name("/FlateDecode"), pdf_name("/Type"): pdf_name("/EmbeddedFile")},
        encoded_data=bomb())
    held = writer.add_object(stream)
    specification = writer.add_object(generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Filespec"),
        pdf_name("/EF"): generic.DictionaryObject({pdf_name("/F"): held})}))
    writer.root["/Names"]["/EmbeddedFiles"] = generic.DictionaryObject({pdf_name("/Names"): generic.ArrayObject([
        generic.TextStringObject("decision-record.json"), specification])})
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    refused_in_little_room(clinic, output.getvalue())


def test_a_tree_of_names_that_leads_back_to_itself(clinic: Clinic, signed: bytes) -> None:
    """Twenty ways back at each of eight steps would be twenty-five thousand million looks."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    node = generic.DictionaryObject()
    reference = writer.add_object(node)
    node["/Kids"] = generic.ArrayObject([reference] * 20)
    writer.root["/Names"]["/EmbeddedFiles"] = reference
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    refused_in_little_room(clinic, output.getvalue())


def liar(clinic: Clinic) -> KeyPair:
    """A self-made certificate whose name pretends to be the verdict."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, LIE[:64].encode()[:64].decode())])
    builder = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
               .serial_number(1).not_valid_before(clinic.pair.certificate.not_valid_before_utc)
               .not_valid_after(clinic.pair.certificate.not_valid_after_utc))
    for extension in clinic.pair.certificate.extensions:
        if isinstance(extension.value, (x509.KeyUsage, x509.BasicConstraints)):
            builder = builder.add_extension(extension.value, critical=True)
    return KeyPair(key, builder.sign(key, hashes.SHA256()), ())


def test_a_signer_whose_name_is_a_verdict(clinic: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = sign._sign(liar(clinic), SignatureRequest(plan_pdf(), "Care plan", "x", NOW))
    told = clinic.verify(forged)
    assert not told.accepted
    assert all(letter.isprintable() for sentence in told.sentences for letter in sentence)
    file, trust = tmp_path / "plan.pdf", tmp_path / "clinic.pem"
    file.write_bytes(forged)
    trust.write_bytes(pki.to_pem(clinic.authority.certificate))
    assert main(["verify", str(file), "--trust", str(trust)]) == 1
    out = capsys.readouterr().out
    assert not any(line.startswith("This document is whole") for line in out.splitlines())
    assert "\x1b" not in out


@pytest.mark.parametrize("text", ["shc:/" + "56" * 5_000_000, "shc:/" + "5" * 7001, "SHC:/" + " " * 1_000_000])
def test_a_code_longer_than_any(clinic: Clinic, text: str) -> None:
    begun = time.process_time()
    assert not PdfSeal().verify_code(text, clinic.trust).accepted
    assert time.process_time() - begun < 60


def test_pieces_taken_out_put_in_and_exchanged(clinic: Clinic, signed: bytes) -> None:
    chance = random.Random(20261122)
    for _ in range(400):
        first, second = sorted(chance.randrange(len(signed)) for _ in range(2))
        third = min(len(signed), second + chance.randrange(1, 400))
        piece = signed[second:third]
        changed = chance.choice([
            signed[:first] + signed[third:], signed[:first] + piece + signed[first:],
            signed[:first] + piece + signed[first + len(piece):],
            signed[:first] + bytes(third - second) + signed[first:],
            signed[:first] + piece[::-1] + signed[first + len(piece):]])
        if changed != signed:
            assert not clinic.verify(changed).accepted, (first, second, third)


@pytest.mark.long
@pytest.mark.parametrize("command", [
    ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-o", "OUT", "IN"],
    ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSETTINGS=/prepress", "-sDEVICE=pdfwrite", "-o", "OUT",
     "IN"],
])
def test_saved_again_by_ghostscript(clinic: Clinic, tmp_path: Path, command: list[str]) -> None:
    """Ghostscript comes with the print queue of the long tests."""
    refused(clinic.verify(rewritten(care_plan(clinic), tmp_path, *command)))


# -- saved again by the library that this program attaches files with ---------------------------------


@pytest.mark.parametrize("options", [
    {}, {"linearize": True}, {"compress_streams": False}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    {"deterministic_id": True}, {"normalize_content": True}, {"static_id": True},
])
def test_saved_again_by_pikepdf(clinic: Clinic, signed: bytes, options: dict[str, object]) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(signed)) as pdf:
        pdf.save(out, **options)  # type: ignore[arg-type]
    assert not clinic.verify(out.getvalue()).accepted


def test_a_certified_field_named_by_another_dictionary(clinic: Clinic, signed: bytes) -> None:
    """Byte changes of the same length around what names the signature: none is passed over."""
    for old, new in ((b"/DocMDP", b"/DocMDX"), (b"/P 1", b"/P 3"), (b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
                     (b"/Adobe.PPKLite", b"/Adobe.PPKLitf"), (b"/TransformParams", b"/TransformParamz"),
                     (b"/Sig\n", b"/Sog\n")):
        for found in re.finditer(re.escape(old), signed):
            changed = signed[:found.start()] + new.ljust(len(old))[:len(old)] + signed[found.end():]
            assert not clinic.verify(changed).accepted, (old, found.start())


def test_the_parts_of_two_true_files_put_together(clinic: Clinic, signed: bytes) -> None:
    """One file after the other, one inside the other's gap, and each with the other's tail."""
    other = clinic.sign(plan_pdf(subject="Another"))
    _, start, end, _ = PdfFileReader(BytesIO(signed)).embedded_signatures[0].byte_range
    mixes = [signed + other, other + signed, signed[:start] + b"<" + other.hex().encode() + b">" + signed[end:],
             signed[:end] + other[-400:], signed[:-400] + other[-400:], other[:len(other) // 2] + signed]
    for mixed in mixes:
        assert not clinic.verify(mixed).accepted
