"""The pen of a page: letters beyond one embedded part of a font, signs that PDF uses itself, and what is set when."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.fonts import BOLD, REGULAR, faces
from desktop_app.documents.ink import Ink
from desktop_app.documents.pdf_file import file_of
from tests.documents.pdf_tools import pages_of, sound

RED, BLUE, GREEN = "#FF0000", "#0000FF", "#00FF00"


@pytest.fixture
def canvas() -> Canvas:
    faces()
    return Canvas("", pagesize=(400, 400), pageCompression=1, invariant=1, initialFontName=REGULAR)


def written(canvas: Canvas, folder: Path) -> Path:
    canvas.showPage()
    file = folder / "page.pdf"
    file.write_bytes(file_of(canvas))
    sound(file)
    return file


def colour_at(file: Path, x: float, y: float) -> tuple[int, ...]:
    """Of the page's point, y upwards."""
    document = pypdfium2.PdfDocument(file)
    picture = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    found: tuple[int, ...] = picture.getpixel((round(x * 2), round(800 - y * 2)))
    return found


def test_every_letter_is_found_again_however_many_there_are(canvas: Canvas, tmp_path: Path) -> None:
    letters = [chr(code) for code in (*range(0x41, 0x17F), *range(0x391, 0x3CA), *range(0x400, 0x460))
               if code in faces()[REGULAR].widths and unicodedata.category(chr(code)).startswith("L")]
    assert len(letters) > 300  # more than one embedded part of a font holds
    rows = ["".join(letters[at : at + 30]) for at in range(0, len(letters), 30)]
    ink = Ink(canvas)
    for number, row in enumerate(rows):
        ink.text(10, 380 - number * 14, row, REGULAR, 9, "#000000")
        ink.text(10, 373 - number * 14, f"row {number}", BOLD, 5, "#000000")
    read = unicodedata.normalize("NFC", pages_of(written(canvas, tmp_path))[0])
    assert [row for row in rows if row not in read] == []
    assert [number for number in range(len(rows)) if f"row {number}" not in read] == []


def test_signs_that_pdf_uses_itself_stay_letters(canvas: Canvas, tmp_path: Path) -> None:
    words = r"(a) \ b) ((c\n <d> [e] %f /g"
    Ink(canvas).text(10, 200, words, REGULAR, 12, "#000000")
    assert pages_of(written(canvas, tmp_path))[0].strip() == words


def test_what_was_set_within_a_shape_does_not_hold_after_it(canvas: Canvas, tmp_path: Path) -> None:
    ink = Ink(canvas)
    look = {"edge": "", "line": 1.0}
    ink.box(0, 0, 100, 100, 0, fill=RED, **look)
    ink.within_box(100, 0, 50, 100)
    ink.box(100, 0, 100, 100, 0, fill=BLUE, **look)
    ink.whole()
    ink.box(200, 0, 100, 100, 0, fill=RED, **look)
    ink.cells([(0, 0, 2), (1, 1, 1)], 300, 100, 10, GREEN)
    file = written(canvas, tmp_path)
    seen = [colour_at(file, x, y) for x, y in ((50, 50), (125, 50), (175, 50), (250, 50))]
    assert seen == [(255, 0, 0), (0, 0, 255), (255, 255, 255), (255, 0, 0)]
    cells = [colour_at(file, x, y) for x, y in ((305, 95), (315, 95), (305, 85), (315, 85), (325, 95))]
    green, white = (0, 255, 0), (255, 255, 255)
    assert cells == [green, green, white, green, white]


def test_a_new_page_begins_with_nothing_set(canvas: Canvas, tmp_path: Path) -> None:
    ink = Ink(canvas)
    ink.box(0, 0, 100, 100, 0, fill=RED, edge="", line=1.0)
    ink.text(10, 200, "first", BOLD, 12, RED)
    canvas.showPage()
    ink.new_page()
    ink.box(0, 0, 100, 100, 0, fill=RED, edge="", line=1.0)
    ink.text(10, 200, "second", BOLD, 12, RED)
    file = written(canvas, tmp_path)
    assert [page.strip() for page in pages_of(file)] == ["first", "second"]
    document = pypdfium2.PdfDocument(file)
    picture = document[1].render().to_pil().convert("RGB")
    document.close()
    assert picture.getpixel((50, 350)) == (255, 0, 0)
