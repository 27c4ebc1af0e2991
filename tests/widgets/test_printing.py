"""Printing: a PDF printer takes the pages, and a rule on them is measured to half a millimetre."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from desktop_app.engine.cases import Case
from desktop_app.presentation import papers
from desktop_app.presentation.papers import NO_PRINTER, PRINT, PaperRow
from desktop_app.use_cases.domain import PaperKind
from desktop_app.widgets import paper_printer
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.paper_printer import Order, PrintJob
from desktop_app.widgets.pdf_pages import PdfPages
from desktop_app.widgets.print_dialog import PrintDialog
from tests.widgets.conftest import Press, activate
from tests.widgets.test_every_page import problems
from tests.widgets.test_papers import desk, draft, page_of, signed  # noqa: F401 - fixtures

MM = 72 / 25.4
A4, LETTER = (595.2756, 841.8898), (612.0, 792.0)
RULE = (25.0, 125.0, 60.0)  # mm: from, to, below the top edge
HALF = 0.5  # mm
DRAFT = PaperRow(PaperKind.CARE_PLAN, "Care plan", "", "For the record", "draft.pdf")


def ruled(size: tuple[float, float], count: int = 1) -> bytes:
    """Pages with one rule of exactly 100 mm, an upright one of 50 mm, and their number."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for number in range(count):
        canvas.setLineWidth(0.6)
        top = size[1] - RULE[2] * MM
        canvas.line(RULE[0] * MM, top, RULE[1] * MM, top)
        canvas.line(RULE[0] * MM, top, RULE[0] * MM, top - 50 * MM)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(100, 100, "I" * (number + 1))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("typed", ["l'examen", "l’examen"])
def test_either_apostrophe_finds_a_word_on_paper(typed: str) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawString(100, 100, "Après l’examen")
    canvas.save()
    assert len(PdfPages(out.getvalue()).find(typed)) == 1
    assert not PdfPages(out.getvalue()).find("l'exemple")


def pdf_printer(target: Path, dpi: int = 300) -> QPrinter:
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(target))
    device.setResolution(dpi)
    return device


def printed(qtbot: QtBot, content: bytes, target: Path, order: Order, dpi: int = 300) -> PdfPages:
    device = pdf_printer(target, dpi)
    job = PrintJob(PdfPages(content), device, order, "A rule", None)  # type: ignore[arg-type]
    with qtbot.waitSignal(job.done, timeout=20_000) as ended:
        job.start()
    assert ended.args == [""]
    return PdfPages(target.read_bytes())


def ink(image: QImage, dots: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is dark, in mm, in the upper half of a page."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    across, down = [], []
    for y in range(grey.height() // 2):
        row = bytes(grey.constScanLine(y))[:grey.width()]
        dark = [x for x, value in enumerate(row) if value < 128] if min(row) < 128 else []
        across += [dark[0], dark[-1]] if dark else []
        down += [y] if dark else []
    return tuple(edge / dots * 25.4 for edge in (min(across), min(down), max(across) + 1, max(down) + 1))  # type: ignore[return-value]


@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
@pytest.mark.parametrize("dpi", [300, 1200])
def test_a_rule_is_as_long_on_paper_as_it_should_be(qtbot: QtBot, tmp_path: Path, size: tuple[float, float],
                                                    dpi: int) -> None:
    out = printed(qtbot, ruled(size), tmp_path / "out.pdf", Order((0,)), dpi)
    paper = out.sizes[0]
    assert abs(paper.width() - size[0]) / MM < HALF
    assert abs(paper.height() - size[1]) / MM < HALF
    left, top, right, bottom = ink(out.image(0, 200 / 72), 200)
    assert abs((right - left) - (RULE[1] - RULE[0])) < HALF
    assert abs((bottom - top) - 50) < HALF
    assert abs(left - RULE[0]) < HALF
    assert abs(top - RULE[2]) < HALF


def test_a_signed_plan_is_printed_where_it_stands(signed: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:  # noqa: F811
    assert signed.view is not None
    plan = papers.content(signed.view.wizard.consultation, PaperKind.CARE_PLAN)
    out = printed(qtbot, plan, tmp_path / "out.pdf", Order((0,)))
    before, after = (ink(pages.image(0, 200 / 72), 200) for pages in (PdfPages(plan), out))
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < HALF


def test_range_and_copies_come_out_one_copy_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    device = pdf_printer(tmp_path / "out.pdf")
    assert not device.supportsMultipleCopies() or device.copyCount() == 1
    content = ruled(A4, 4)
    order = Order(papers.pages("2-3", 4)[0], copies=2)
    out = printed(qtbot, content, tmp_path / "out.pdf", order)
    widths = []
    for number in range(len(out)):
        page = out.image(number, 1)
        widths.append(sum(page.pixelColor(x, round(A4[1]) - 110).lightness() < 128 for x in range(page.width())))
    assert len(out) in {2, 4}  # a printer that makes copies itself is sent one
    assert widths[0] < widths[1]
    assert widths == widths[:2] * (len(out) // 2)


def test_both_sides_are_asked_of_the_printer(qtbot: QtBot, tmp_path: Path) -> None:
    class Asked(QPrinter):
        sides = QPrinter.DuplexMode.DuplexAuto

        def setDuplex(self, mode: QPrinter.DuplexMode) -> None:  # noqa: N802 - Qt's own name; a PDF has no sheets
            self.sides = mode

    for chosen, mode in (("none", QPrinter.DuplexMode.DuplexNone), ("long", QPrinter.DuplexMode.DuplexLongSide),
                         ("short", QPrinter.DuplexMode.DuplexShortSide)):
        device = Asked()
        device.setOutputFileName(str(tmp_path / f"{chosen}.pdf"))
        PrintJob(PdfPages(ruled(A4)), device, Order((0,), duplex=chosen), "A rule", None)  # type: ignore[arg-type]
        assert device.sides is mode


@pytest.mark.parametrize(("typed", "pages", "wrong"), [
    ("", (0, 1, 2, 3), False), ("2", (1,), False), ("3-4, 1", (0, 2, 3), False), ("1–2", (0, 1), False),
    ("5", (), True), ("3-2", (), True), ("0", (), True), ("all", (), True), ("1,", (), True),
])
def test_page_ranges(typed: str, pages: tuple[int, ...], wrong: bool) -> None:
    found, told = papers.pages(typed, 4)
    assert found == pages
    assert bool(told) is wrong


# --- the dialog -------------------------------------------------------------------------------------------


def shown(window: MainWindow, qtbot: QtBot, target: Path, names: tuple[str, ...] = ("Ward", "Office")) -> PrintDialog:
    dialog = PrintDialog(window, PdfPages(ruled(A4, 3)), DRAFT, names=lambda: names,
                         printer=lambda _name: pdf_printer(target))
    qtbot.addWidget(dialog)
    dialog.open()
    activate(qtbot, dialog)
    return dialog


def test_the_dialog_prints_what_was_chosen(window: MainWindow, qtbot: QtBot, tmp_path: Path, press: Press) -> None:
    dialog = shown(window, qtbot, tmp_path / "out.pdf")
    dialog.printer.setCurrentText("Office")
    dialog.range.setText("9")
    dialog.go.click()
    assert dialog.wrong.text() == "There are pages 1 to 3."
    dialog.range.setFocus()
    dialog.range.setText("1, 3")
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter prints nothing
    with qtbot.waitSignal(dialog.printed, timeout=20_000) as told:
        dialog.go.click()
    assert told.args == ["Sent to Office"]
    assert not dialog.isVisible()
    assert len(pypdfium2.PdfDocument(tmp_path / "out.pdf")) == 2


def test_without_a_printer_it_says_what_to_do(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(window, qtbot, tmp_path / "out.pdf", ())
    assert any(label.text() == NO_PRINTER for label in dialog.findChildren(QLabel))
    assert not dialog.go.isVisible()
    assert dialog.cancel.text() == "Close"


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
def test_a_printer_that_cannot_be_reached_is_named(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(window, qtbot, tmp_path / "no folder" / "out.pdf")
    with qtbot.captureExceptions() as raised:
        dialog.go.click()
    assert raised == []
    assert "cannot be reached" in dialog.wrong.text()
    assert dialog.go.isEnabled()


@pytest.mark.parametrize("names", [("Ward", "Office"), ()])
def test_everything_in_it_has_a_name_and_room(window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                              names: tuple[str, ...]) -> None:
    dialog = shown(window, qtbot, tmp_path / "out.pdf", names)
    assert problems(dialog) == []
    assert dialog.findChild(HelpButton) is not None


def test_a_draft_is_printed_with_draft_on_every_page_only(draft: MainWindow, qtbot: QtBot, cases: dict[str, Case],  # noqa: F811
                                                          tmp_path: Path) -> None:
    """There is no way to a page without DRAFT before signing: what is printed is what is shown."""
    card = page_of(draft).papers
    assert not any(verb == PRINT for verb, _ in card.buttons)
    draft.papers.do(PRINT, PaperKind.CARE_PLAN.value)
    qtbot.waitUntil(lambda: draft.findChild(PrintDialog) is not None)
    dialog = draft.findChild(PrintDialog)
    assert dialog is not None
    assert all("DRAFT" in dialog._pages.words(number) for number in range(len(dialog._pages)))
    dialog.reject()


def test_the_system_printer_stands_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Info:
        availablePrinterNames = staticmethod(lambda: ["Office", "archive", "Ward"])  # noqa: N815 - Qt's own name
        defaultPrinterName = staticmethod(lambda: "Ward")  # noqa: N815 - Qt's own name

    monkeypatch.setattr(paper_printer, "QPrinterInfo", Info)
    assert paper_printer.printers() == ["Ward", "archive", "Office"]


def test_pages_that_were_chosen_are_no_words_for_the_record(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(window, qtbot, tmp_path / "out.pdf")
    QTest.keyClicks(dialog.range, "1-2")
    QTest.keyClick(dialog.range, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
