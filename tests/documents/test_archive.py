"""Documents can be archived: PDF/A-3 by our own list of checks, its PDF/A-1b twin by Apache PDFBox Preflight.

The twin is the same file without what PDF/A-1 does not know: attached files, and the number of the part.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from desktop_app.documents.care_plan import Paper
from tests.documents import plans
from tests.documents.pdf_tools import attached, attachments_of, fonts_of, sound
from tests.documents.pki import signed

JARS = ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api")
SIGNED = plans.plan(signed_at=plans.SIGNED_AT)
EMERGENCY = replace(plans.emergency_plan(), signed_at=plans.SIGNED_AT)
MADE: dict[str, Callable[[], bytes]] = {
    "care plan, draft": lambda: Paper().care_plan(plans.plan()),
    "care plan, signed": lambda: signed(Paper().care_plan(SIGNED)),
    "letter, signed": lambda: signed(Paper().letter(SIGNED)),
    "sheet": lambda: Paper().handout(SIGNED),
    "sheet, signed": lambda: signed(Paper().handout(SIGNED)),
    "transfer note": lambda: Paper().transfer_note(plans.emergency_plan()),
    "transfer note, signed": lambda: signed(Paper().transfer_note(EMERGENCY)),
}
XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def twin(pdf: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as file:
        for key in ("/Names", "/AF"):
            if key in file.Root:
                del file.Root[key]
        packet = file.Root.Metadata.read_bytes().replace(b"<pdfaid:part>3<", b"<pdfaid:part>1<")
        file.Root.Metadata.write(packet)
        file.remove_unreferenced_resources()
        file.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("name", MADE)
def test_preflight_finds_the_twin_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "twin.pdf"
    file.write_bytes(twin(MADE[name]()))
    path = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
    checker = ("java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(file))
    found = subprocess.run(checker, capture_output=True, text=True, check=False).stdout
    assert "is a valid PDF/A-1b file" in found, found


@pytest.mark.parametrize("name", MADE)
def test_what_pdf_a_3_asks_for_is_there(name: str, tmp_path: Path) -> None:
    pdf = MADE[name]()
    file = tmp_path / "document.pdf"
    file.write_bytes(pdf)
    assert "No syntax or stream encoding errors" in sound(file)
    assert pdf[:9] == b"%PDF-1.7\n"
    assert all(byte > 127 for byte in pdf.splitlines()[1][1:5])
    assert not re.search(rb"[^\r\n]endstream", pdf)
    assert all(embedded and to_letters for _, embedded, to_letters in fonts_of(file))
    with pikepdf.open(file) as read:
        root = read.Root
        (intent,) = root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        profile = intent.DestOutputProfile.read_bytes()
        assert profile[16:20] == b"RGB "
        assert intent.DestOutputProfile.N == 3
        assert "/ID" in read.trailer
        assert "/Encrypt" not in read.trailer
        assert "/Filter" not in root.Metadata
        for key in ("/OpenAction", "/AA", "/JavaScript"):
            assert key not in root
        for page in read.pages:
            for annotation in page.get("/Annots", []):  # the field of the signature, over drawn words
                left, bottom, right, top = (float(side) for side in annotation.Rect)
                assert right - left > 150
                assert 20 < top - bottom < 80
                assert annotation.AP.N.read_bytes() == b"", "it draws nothing: the page is what was signed"
                assert int(annotation.F) & 4
            content = page.Contents.read_bytes()
            assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ [\d.]+ [kK]\b", content)  # no ink colours without a profile
            for state in page.Resources.get("/ExtGState", {}).values():
                assert float(state.get("/ca", 1)) == float(state.get("/CA", 1)) == 1.0
        _same_in_both_places(read)
        files = root.get("/AF", [])
        names = [str(one.UF) for one in files]
        assert names == attachments_of(file) == sorted(names)
        for one in files:
            assert str(one.AFRelationship) == "/Data"
            stream = one.EF.F
            assert stream.objgen == one.EF.UF.objgen
            assert re.fullmatch(r"/application/(fhir\+)?json", str(stream.Subtype))
            assert bytes(stream.Params.CheckSum) == hashlib.md5(stream.read_bytes(), usedforsecurity=False).digest()
            assert "/ModDate" in stream.Params


def _same_in_both_places(read: pikepdf.Pdf) -> None:
    """The metadata packet and the older dictionary say the same."""
    info = read.docinfo
    packet = ET.fromstring(read.Root.Metadata.read_bytes().strip())  # noqa: S314 - our own packet

    def said(path: str) -> str:
        found = packet.find(f".//{path}", XMP)
        assert found is not None, path
        return found.text or ""

    assert said("pdfaid:part") == "3"
    assert said("pdfaid:conformance") == "B"
    assert said("dc:title//rdf:li") == str(info["/Title"])
    assert said("dc:description//rdf:li") == str(info["/Subject"])
    assert said("dc:creator//rdf:li") == str(info["/Author"])
    assert said("pdf:Producer") == str(info["/Producer"])
    assert said("pdf:Keywords") == str(info["/Keywords"])
    assert said("xmp:CreatorTool") == str(info["/Creator"])
    day = said("xmp:CreateDate")[:10].replace("-", "")
    for key in ("/CreationDate", "/ModDate"):
        assert str(info[key]).startswith(f"D:{day}000000")


def test_what_the_patient_takes_home_carries_no_data() -> None:
    for pdf in (Paper().handout(SIGNED), Paper().handout(plans.plan())):
        with pikepdf.open(BytesIO(pdf)) as read:
            assert "/AF" not in read.Root
            assert not read.attachments


def test_the_record_and_the_bundle_travel_with_plan_and_letter(tmp_path: Path) -> None:
    for name in ("care plan, signed", "letter, signed"):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(MADE[name]())
        assert attachments_of(file) == ["decision-record.json", "fhir-r4-bundle.json"]
        assert json.loads(attached(file, "fhir-r4-bundle.json"))["resourceType"] == "Bundle"
