"""Who cannot see the pages is told the same: headings, lists, tables with their heads, pictures in words, in order."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.brush import Brush
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.compile import compile_blocks
from desktop_app.documents.slices import paginate
from desktop_app.documents.tree import Column, Heading, Listing, Paragraph, Row, Table, text
from desktop_app.use_cases.domain import PaperKind
from tests.documents import plans
from tests.documents.pdf_tools import info_of, one_line, pages_of, read_aloud
from tests.documents.test_layout import crowded

SIGNED = plans.plan(signed_at=plans.SIGNED_AT)
PAPERS = [
    *((kind, SIGNED) for kind in Paper().kinds(SIGNED)),
    *((kind, plans.emergency_plan()) for kind in Paper().kinds(plans.emergency_plan())),
    (PaperKind.CARE_PLAN, plans.open_plan()),
    (PaperKind.CARE_PLAN, crowded()),
]
every_paper = pytest.mark.parametrize(
    ("kind", "plan"), PAPERS, ids=[f"{kind.value}-{number}" for number, (kind, _) in enumerate(PAPERS)]
)


def elements(pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Object, pikepdf.Object]]:
    """Every element with the one above it, in reading order."""
    root = pdf.Root.StructTreeRoot
    found: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def walk(element: pikepdf.Object, above: pikepdf.Object) -> None:
        found.append((element, above))
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid, element)

    walk(root.K, root)
    return found


def _kids(element: pikepdf.Object) -> list[object]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def marks(page: pikepdf.Page) -> tuple[list[int], int]:
    """The numbers of a page's marked content in drawing order, and how many letters stand outside of any mark."""
    numbers: list[int] = []
    depth = outside = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            depth += 1
            if isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                numbers.append(int(operands[1].MCID))
        elif name == "BMC":
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in {"Tj", "TJ", "S", "f", "f*", "B", "s", "b", "Do"} and not depth:
            outside += 1
    assert depth == 0
    return numbers, outside


@every_paper
def test_everything_drawn_is_content_of_one_element_or_marked_as_none(kind: PaperKind, plan: object) -> None:
    with pikepdf.open(BytesIO(Paper().make(kind, plan))) as pdf:  # type: ignore[arg-type]
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        found = elements(pdf)
        for element, above in found:
            assert element.P.objgen == above.objgen
        claimed: Counter[tuple[int, int]] = Counter()
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        for element, _ in found:
            for kid in _kids(element):
                if isinstance(kid, int):
                    claimed[pages[element.Pg.objgen], kid] += 1
                elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                    claimed[pages[kid.Pg.objgen], int(kid.MCID)] += 1
        for number, page in enumerate(pdf.pages):
            drawn, outside = marks(page)
            assert not outside
            assert drawn == list(range(len(drawn)))
            assert int(page.StructParents) == number == int(parents[2 * number])
            assert len(parents[2 * number + 1]) == len(drawn)
            assert all(claimed[number, mark] == 1 for mark in drawn)


@every_paper
def test_ranks_of_headings_tables_lists_and_figures_are_well_formed(kind: PaperKind, plan: object) -> None:
    with pikepdf.open(BytesIO(Paper().make(kind, plan))) as pdf:  # type: ignore[arg-type]
        found = elements(pdf)
        ranks = [int(str(element.S)[2:]) for element, _ in found if re.fullmatch(r"/H\d", str(element.S))]
        assert ranks[0] == 1
        assert ranks.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(ranks))
        inside = {"/TR": {"/Table"}, "/TH": {"/TR"}, "/TD": {"/TR"}, "/LI": {"/L"}, "/Lbl": {"/LI"}, "/LBody": {"/LI"}}
        for element, above in found:
            role = str(element.S)
            assert str(above.get("/S", "")) in inside.get(role, {"", "/Document", "/Div", "/TD", "/LBody"})
            if role == "/Figure":
                assert len(str(element.Alt)) > 20
            if role == "/TH":
                assert str(element.A.Scope) in {"/Row", "/Column"}
            if role == "/Table":
                rows = [[str(cell.S) for cell in _kids(row)] for row in _kids(element)]
                assert any("/TH" in row for row in rows)


def test_poppler_reads_the_plan_in_order_with_its_words_apart(tmp_path: Path) -> None:
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(Paper().care_plan(SIGNED))
    assert info_of(pdf)["Tagged"] == "yes"
    told = read_aloud(pdf)
    words = one_line(" ".join(words for _, words in told))
    parts = ("Care plan", "URGENT: specialist", "Diagnosis", "Decided with", "All options")
    places = [words.index(one) for one in parts]
    assert places == sorted(places)
    assert "Severe leg pain (S24, I1). Clock started 12 Nov 2026, limit 26 Nov 2026. Emergency screen complete" in words
    assert "Page 1 of" not in words  # running heads and feet are no content
    assert ("H1", "Care plan") in told
    # As one who reads aloud has every word that the eye has, but for heads and feet.
    seen = set(one_line(" ".join(pages_of(pdf))).split())
    assert len(seen - set(words.split())) < 0.06 * len(seen)


def test_a_table_over_two_pages_is_one_table_with_one_head() -> None:
    canvas = Canvas(BytesIO(), pagesize=(300, 200))
    brush = Brush(canvas, 200)
    rows = tuple(Row(((text(f"name {n}"),), (text("words " * 12),))) for n in range(12))
    slices = compile_blocks((Heading("Rows"), Table((Column("A", 1), Column("B", 2)), rows)), 260)
    pages = paginate(slices, lambda _: (10.0, 190.0))
    assert len(pages) > 1
    for page in pages:
        for placed in page:
            placed.slice.draw(brush, 20, placed.y)
        brush.structure.end_page()
        canvas.showPage()
    _, table = brush.structure.root.kids
    assert [row.role for row in table.kids] == ["TR"] * 13
    assert [[cell.role for cell in row.kids] for row in table.kids] == [["TH", "TH"], *[["TH", "TD"]] * 12]


def test_a_paragraph_and_an_item_over_two_pages_stay_one() -> None:
    canvas = Canvas(BytesIO(), pagesize=(300, 200))
    brush = Brush(canvas, 200)
    long = text("many words that go on " * 40)
    pages = paginate(compile_blocks((Paragraph(long), Listing((long,))), 200), lambda _: (10.0, 190.0))
    for page in pages:
        for placed in page:
            placed.slice.draw(brush, 20, placed.y)
        brush.structure.end_page()
        canvas.showPage()
    words, listed = brush.structure.root.kids
    assert (words.role, listed.role) == ("P", "L")
    assert len({page for page, _ in words.kids}) > 1
    (item,) = listed.kids
    assert [kid.role for kid in item.kids] == ["Lbl", "LBody"]
