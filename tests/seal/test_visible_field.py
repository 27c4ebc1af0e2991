"""The signature block on paper: name, role, time and whose clock, with the field of the signature lying over it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from desktop_app.documents.care_plan import Paper
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.proof import SIGNATURE_FIELD
from tests.documents import plans
from tests.documents.test_structure import elements
from tests.people import NOW
from tests.seal.conftest import Clinic
from tests.seal.test_pdfsig import pdfsig

PLAN = plans.plan(signed_at=NOW)
TOLD = "Signature of Dr N. Karim, general practitioner, 22 Nov 2026, 13:05 (UTC), by this computer's clock"
KINDS = (PaperKind.CARE_PLAN, PaperKind.LETTER)
IN_HEAD = (PaperKind.HANDOUT, PaperKind.TRANSFER_NOTE)  # papers without a block: the field lies over their dates
EMERGENCY = replace(plans.emergency_plan(), signed_at=NOW)


def made(kind: PaperKind) -> bytes:
    return Paper().make(kind, EMERGENCY if kind is PaperKind.TRANSFER_NOTE else PLAN)


def widgets(pdf: pikepdf.Pdf) -> list[tuple[int, pikepdf.Object]]:
    return [(number, one) for number, page in enumerate(pdf.pages) for one in page.get("/Annots", [])
            if str(one.Subtype) == "/Widget"]


@pytest.fixture(scope="module", params=(*KINDS, *IN_HEAD), ids=[kind.value for kind in (*KINDS, *IN_HEAD)])
def drawn(request: pytest.FixtureRequest) -> bytes:
    return made(request.param)


@pytest.fixture(scope="module")
def filled(clinic: Clinic, drawn: bytes) -> bytes:
    return clinic.sign(drawn)


def under_the_field(drawn: bytes) -> tuple[int, str]:
    with pikepdf.open(BytesIO(drawn)) as pdf:
        [(page, widget)] = widgets(pdf)
        left, bottom, right, top = (float(one) for one in widget.Rect)
    with pypdfium2.PdfDocument(drawn) as document:
        return page, " ".join(document[page].get_textpage().get_text_bounded(left, bottom, right, top).split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_that_lie_under_the_field_are_name_role_time_and_whose_clock(kind: PaperKind) -> None:
    page, said = under_the_field(made(kind))
    assert page == 0
    assert said == (
        "Signed electronically by Dr N. Karim, general practitioner 22 Nov 2026, 13:05 (UTC), by this computer's clock")


@pytest.mark.parametrize("kind", IN_HEAD)
def test_on_papers_without_a_block_the_field_lies_over_the_line_that_says_signed(kind: PaperKind) -> None:
    page, said = under_the_field(made(kind))
    assert page == 0
    assert "signed on 22 Nov 2026" in said


def test_a_screen_reader_is_told_the_same_in_its_place(drawn: bytes) -> None:
    with pikepdf.open(BytesIO(drawn)) as pdf:
        [(page, widget)] = widgets(pdf)
        [form] = [element for element, _ in elements(pdf) if str(element.S) == "/Form"]
        assert str(form.Alt) == str(widget.TU) == TOLD
        assert form.K.Obj.objgen == widget.objgen
        assert form.K.Pg.objgen == pdf.pages[page].objgen
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        pairs = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert pairs[int(widget.StructParent)].objgen == form.objgen
        assert len(pairs) == int(pdf.Root.StructTreeRoot.ParentTreeNextKey)


def test_the_signature_fills_the_field_and_draws_nothing(drawn: bytes, filled: bytes) -> None:
    """The field, its place and its empty appearance are those that were drawn; the pages are the same pixels."""
    [(name, value, reference)] = enumerate_sig_fields(PdfFileReader(BytesIO(filled)))
    assert name == SIGNATURE_FIELD
    assert value is not None
    with pikepdf.open(BytesIO(drawn)) as before, pikepdf.open(BytesIO(filled)) as after:
        [(_, old)], [(_, new)] = widgets(before), widgets(after)
        assert old.objgen == new.objgen == (reference.idnum, reference.generation)
        assert list(old.Rect) == list(new.Rect)
        assert new.AP.N.objgen == old.AP.N.objgen
        assert new.AP.N.read_bytes() == b""
        assert int(new.F) & 0b110 == 0b100  # printed and not hidden, as archives want it
    assert filled.startswith(drawn)
    assert b"/Font" not in filled[len(drawn):]
    with pypdfium2.PdfDocument(drawn) as one, pypdfium2.PdfDocument(filled) as other:
        pictures = [bytes(document[0].render(scale=1, may_draw_forms=True).buffer) for document in (one, other)]
    assert pictures[0] == pictures[1]


def test_the_whole_file_is_certified_and_poppler_agrees(clinic: Clinic, filled: bytes, tmp_path: Path) -> None:
    assert clinic.verify(filled).accepted
    said = pdfsig(tmp_path / "plan.pdf", filled)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert said.count("Signature #") == 1


@pytest.mark.parametrize(("old", "new"), [(b"/Rect", b"/Xect"), (b"/TU", b"/TX"), (b"/V ", b"/X ")])
def test_a_field_that_was_touched_is_refused(
    clinic: Clinic, filled: bytes, tmp_path: Path, old: bytes, new: bytes
) -> None:
    at = filled.rindex(b"/Widget")
    start = filled.rindex(b" obj", 0, at)
    place = filled.index(old, start)
    changed = filled[:place] + new + filled[place + len(old):]
    assert not clinic.verify(changed).accepted
    assert "Signature is Valid" not in pdfsig(tmp_path / "plan.pdf", changed)


def test_a_draft_has_no_field() -> None:
    for pdf in (Paper().make(kind, plans.plan()) for kind in (*KINDS, PaperKind.HANDOUT)):
        assert b"/AcroForm" not in pdf
        assert b"/Widget" not in pdf


def test_long_names_and_roles_stay_inside_the_field() -> None:
    name = "Dr Maria-Theresia Anastasia von und zu Hohenlohe-Waldenburg-Schillingsfürst"
    role = "consultant orthopaedic spinal surgeon and clinical lead of the regional pain service"
    plan = replace(PLAN, clinician=replace(plans.CLINICIAN, name=name, role_title=role))
    paper = Paper().make(PaperKind.LETTER, plan)
    with pikepdf.open(BytesIO(paper)) as pdf:
        [(page, widget)] = widgets(pdf)
        box = [float(one) for one in widget.Rect]
    with pypdfium2.PdfDocument(paper) as document:
        said = " ".join(document[page].get_textpage().get_text_bounded(*box).split())
    assert role in said
    assert said.endswith("by this computer's clock")


def test_signing_twice_gives_the_same_bytes(clinic: Clinic, drawn: bytes, filled: bytes) -> None:
    assert clinic.sign(drawn) == filled
