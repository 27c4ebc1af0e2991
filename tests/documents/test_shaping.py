"""Hindi and Arabic on paper: the right glyphs in the right order, as another engine sets the same words."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QTextLayout, QTextOption
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.brush import Brush
from desktop_app.documents.fonts import REGULAR, faces, fonts_folder, lacking, printable
from desktop_app.documents.shaping import in_sight_order, is_complex, reads_from_right
from desktop_app.documents.style import VOICES
from desktop_app.documents.tree import bold, plain, text
from desktop_app.documents.wrap import wrap

SIZE, WIDTH, HEIGHT = 20, 420, 44
WORDS = {
    "latin": "Où est la douleur ? ¿Qué puede hacer? Não",
    "devanagari": "क्षेत्र विद्यार्थी श्री हड्डी रुपये शक्ति",
    "arabic": "اتصل بنا إذا شعرت بألم في الساق لا الله",
}
FILES = {"latin": "NotoSans", "devanagari": "NotoSansDevanagari", "arabic": "NotoSansArabic"}


def on_paper(words: str) -> QImage:
    """The words as our pages set them, 20 points high."""
    faces()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, initialFontName=REGULAR)
    Brush(canvas, HEIGHT).words(6, 30, words, REGULAR, SIZE, "#000000")
    canvas.save()
    bitmap = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=3, grayscale=True)
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8)
    return image.copy()


def by_qt(words: str, file: str) -> QImage:
    """The same words set by Qt's own text engine in the same font."""
    number = QFontDatabase.addApplicationFont(str(fonts_folder() / f"{file}-Regular.ttf"))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setPixelSize(SIZE * 3)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    image = QImage(WIDTH * 3, HEIGHT * 3, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(WIDTH * 3)
    layout.endLayout()
    painter = QPainter(image)
    layout.draw(painter, QPointF(18, 90 - line.ascent()))
    painter.end()
    return image


def ink(image: QImage) -> list[list[float]]:
    """Darkness from 0 to 1 in a grid of 90 by 12 over the words alone, so that a shift of a pixel plays no part."""
    dark = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).lightness() < 128
    ]
    left, right = min(x for x, _ in dark), max(x for x, _ in dark) + 1
    top, bottom = min(y for _, y in dark), max(y for _, y in dark) + 1
    grid = [[0.0] * 90 for _ in range(12)]
    for x, y in dark:
        grid[(y - top) * 12 // (bottom - top)][(x - left) * 90 // (right - left)] += 1.0
    return grid


def alike(one: list[list[float]], other: list[list[float]]) -> float:
    """Correlation of two grids: 1 for the same shapes."""
    a, b = [v for row in one for v in row], [v for row in other for v in row]
    middle_a, middle_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - middle_a) * (y - middle_b) for x, y in zip(a, b, strict=True))
    spread = sum((x - middle_a) ** 2 for x in a) * sum((y - middle_b) ** 2 for y in b)
    return float(both / spread**0.5)


@pytest.mark.parametrize("script", WORDS)
def test_a_line_looks_as_another_engine_sets_it(script: str, qtbot: object) -> None:
    ours, theirs = ink(on_paper(WORDS[script])), ink(by_qt(WORDS[script], FILES[script]))
    assert alike(ours, theirs) > 0.9
    turned = [list(reversed(row)) for row in theirs]
    assert alike(ours, turned) < 0.5  # the measure tells a wrong order from the right one


def test_letters_of_hindi_join_and_change_places(qtbot: object) -> None:
    """Not by accident: the letters one by one, as a page without shaping shows them, are far from it."""
    theirs = ink(by_qt(" ".join(WORDS["devanagari"]), FILES["devanagari"]))
    assert alike(ink(on_paper(WORDS["devanagari"])), theirs) < 0.6


def seen(words: str, *, from_right: bool = True) -> list[str]:
    return [run.words for run in in_sight_order([words], from_right=from_right) if run.words.strip()]


def test_telephone_numbers_and_doses_keep_their_order() -> None:
    assert seen("اتصل +39 02 1234-567") == ["+39 02 1234-567", "اتصل"]
    assert seen("خذ 50 mg الآن") == ["الآن", "50 mg", "خذ"]
    assert seen("في 12 نوفمبر 2026") == ["2026", "نوفمبر", "12", "في"]


def test_latin_words_stand_whole_in_arabic() -> None:
    assert seen("الاسم Anna Berg (MRI) هنا") == ["هنا", "Anna Berg (MRI)", "الاسم"]
    assert seen("الاسم (MRI) هنا") == ["هنا", ") ", "MRI", " (", "الاسم"]


def test_arabic_inside_a_line_of_latin() -> None:
    assert seen("Name: محمد عبد, born", from_right=False) == ["Name: ", "عبد", "محمد", ", born"]


def test_lines_are_broken_before_they_are_turned() -> None:
    words = "لا تتوقف عن تناول الدواء فجأة أبدًا واسألنا كيف تخفضه خطوة بعد خطوة"
    lines = wrap(text(words), VOICES["large"], 120)
    assert len(lines) > 2
    read = [" ".join("".join(p.words for p in reversed(line.pieces)).split()) for line in lines]
    assert " ".join(read) == words
    assert all(line.width <= 120.01 for line in lines)


def test_bold_words_inside_arabic_stand_in_their_place() -> None:
    runs = text("اتصل ", bold("الآن"), " بنا")
    line = wrap(runs, VOICES["large"], 400)[0]
    assert [piece.words for piece in line.pieces if piece.words.strip()] == ["بنا", "الآن", "اتصل"]
    assert plain(runs) == "اتصل الآن بنا"


def test_direction_of_a_paragraph_is_that_of_its_first_letter() -> None:
    assert reads_from_right("12: اتصل")
    assert not reads_from_right("Name: محمد")
    assert not reads_from_right("50 %")


def test_what_the_faces_lack_is_still_said() -> None:
    assert lacking("राम محمد 花") == ("花",)
    assert printable("राम محمد") == "राम محمد"
    assert not is_complex("Où êtes-vous ?")
    assert is_complex("फ़ोन")


def test_a_word_longer_than_its_line_is_broken_between_signs() -> None:
    words = "क्षत्रियकुमारविद्यार्थीसम्मेलन" * 2
    lines = wrap(text(words), VOICES["large"], 80)
    assert "".join(piece.words for line in lines for piece in line.pieces) == words
    assert not any(line.pieces[0].words[0] in "ािीुूृेैोौ्ं" for line in lines)
