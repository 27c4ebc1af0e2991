"""What somebody else's checker of PDF/UA-1 says of every document: pdfua, which knows 16 of the standard's 106 rules.

Only one thing is missing for it, and on purpose: the file's own claim to be PDF/UA. Nobody has looked at the points
that only a person can judge, so it is not made.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest

from desktop_app.documents.care_plan import Paper
from desktop_app.use_cases.domain import PaperKind
from tests.documents import plans
from tests.documents.pki import signed
from tests.documents.test_structure import PAPERS, SIGNED, elements

NO_CLAIM = "UA-28-004"


def found(pdf: bytes, folder: Path) -> list[str]:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    return [f"{one.rule_id}: {one.message}" for one in pdfua.validate(str(file)).findings if one.rule_id != NO_CLAIM]


@pytest.mark.parametrize(("kind", "plan"), PAPERS, ids=[f"{kind.value}-{n}" for n, (kind, _) in enumerate(PAPERS)])
def test_every_document_passes(kind: PaperKind, plan: plans.PlanInput, tmp_path: Path) -> None:
    assert found(Paper().make(kind, plan), tmp_path) == []


EMERGENCY = replace(plans.emergency_plan(), signed_at=plans.SIGNED_AT)
TO_SIGN = [(kind, plan) for plan in (SIGNED, EMERGENCY) for kind in Paper().kinds(plan)]


@pytest.mark.parametrize(("kind", "plan"), TO_SIGN, ids=[f"{kind.value}-{n}" for n, (kind, _) in enumerate(TO_SIGN)])
def test_signed_documents_pass_and_their_field_has_a_place_and_words(
    kind: PaperKind, plan: plans.PlanInput, tmp_path: Path) -> None:
    """A field that the signature had to add itself would be nowhere on the page, and no reader would name it."""
    pdf = signed(Paper().make(kind, plan))
    assert found(pdf, tmp_path) == []
    with pikepdf.open(BytesIO(pdf)) as read:
        (field,) = read.Root.AcroForm.Fields
        assert str(field.TU).startswith("Signature of ")
        (form,) = [one for one, _ in elements(read) if one.S == "/Form"]
        assert form.K.Obj.objgen == field.objgen
        assert field.Rect[2] - field.Rect[0] > 100


def test_it_would_say_when_a_page_lost_its_tags(tmp_path: Path) -> None:
    """The checker is no rubber stamp: without the tree, the language or the words of a picture it objects."""
    file = tmp_path / "whole.pdf"
    file.write_bytes(Paper().care_plan(SIGNED))
    with pikepdf.open(file) as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Lang
        pdf.save(tmp_path / "document.pdf")
    told = {one.rule_id for one in pdfua.validate(str(tmp_path / "document.pdf")).findings}
    assert {"UA-01-005", "UA-06-001"} <= told
