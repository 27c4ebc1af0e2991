"""The clinic's letterhead on paper: logo, size of the page, room for what is printed already."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from desktop_app.documents.care_plan import Paper
from desktop_app.documents.logo import KEPT, LARGEST_FILE, read_logo
from desktop_app.documents.style import MM, PAGE_SIZES
from desktop_app.use_cases.domain import Letterhead, PaperKind
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.ports import PlanInput
from tests.documents.logos import logo
from tests.documents.pdf_tools import boxes_of
from tests.documents.test_reviewed import plans


def on(plan: PlanInput, head: Letterhead) -> PlanInput:
    assert plan.clinic is not None
    return replace(plan, clinic=replace(plan.clinic, letterhead=head), page_size=head.page_size)


@pytest.mark.parametrize("case", ["plain", "emergency", "draft"])
def test_every_document_carries_the_logo_once_and_tells_it_in_words(case: str) -> None:
    plan = on(plans((case,))[case], Letterhead(read_logo(logo()), "Letter"))
    for kind in Paper().kinds(plan):
        made = Paper().make(kind, plan)
        assert made == Paper().make(kind, plan)
        with pikepdf.open(BytesIO(made)) as pdf:
            of_pages = [[one for one in page.get_images().values() if one.get("/Width") == 120] for page in pdf.pages]
            assert [len(images) for images in of_pages] == [1, *[0] * (len(pdf.pages) - 1)], kind
            assert "/SMask" not in of_pages[0][0]
            box = [float(one) for one in pdf.pages[0].mediabox]
            assert box[2:] == pytest.approx(PAGE_SIZES["Letter"])
            told = [str(one["/Alt"]) for one in pdf.objects
                    if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
            assert told.count("Logo of Hillside Clinic") == 1


@pytest.mark.parametrize("case", ["plain", "emergency", "long-name"])
def test_paper_with_a_printed_letterhead_stays_free_at_the_top(case: str, tmp_path: Path) -> None:
    plan = on(plans((case,))[case], Letterhead(read_logo(logo()), "A4", 50))
    for kind in Paper().kinds(plan):
        file = tmp_path / f"{kind.value}.pdf"
        file.write_bytes(Paper().make(kind, plan))
        assert min(box[2] for box in boxes_of(file)) >= 50 * MM, kind


def test_the_letter_stays_one_page_with_a_logo() -> None:
    plan = on(plans(("plain",))["plain"], Letterhead(read_logo(logo()), "Letter"))
    with pikepdf.open(BytesIO(Paper().make(PaperKind.LETTER, plan))) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_is_kept_is_a_small_plain_picture(kind: str) -> None:
    kept = read_logo(logo(kind, (2400, 1200)))
    with Image.open(BytesIO(kept)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "RGB")
        assert picture.width <= KEPT[0]
        assert picture.height <= KEPT[1]
        assert picture.getpixel((0, 0)) == (255, 255, 255)  # nothing there is white paper, not black
        assert not picture.info


def _claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is that large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
            + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND")))


@pytest.mark.parametrize(("raw", "words"), [
    (b"", "no picture in PNG or JPEG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture in PNG or JPEG"),
    (b"GIF89a" + b"\x00" * 20, "no picture in PNG or JPEG"),
    (logo()[:90], "damaged"),
    (logo("JPEG")[:200], "damaged"),
    (b"\x89PNG\r\n\x1a\n", "damaged"),
    (_claims(90_000, 90_000), "damaged|pixels"),  # would fill the memory if it were unpacked
    (_claims(6_001, 40), "6001 × 40 pixels"),
    (_claims(400, 300), "damaged"),
    (logo(size=(20, 20)), "only 20 × 20 pixels"),
    (logo(size=(2000, 60)), "far longer"),
    (logo() + b"\x00" * LARGEST_FILE, "larger than 4 MB"),
])
def test_what_is_no_logo_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(BadData, match=words) as refused:
        read_logo(raw)
    assert refused.value.next_step
