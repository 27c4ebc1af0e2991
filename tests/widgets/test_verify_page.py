"""Check a document: files, pictures, scans, a hand scanner that types; the records of the clinic are a second proof."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case
from desktop_app.presentation.words import with_days
from desktop_app.seal import pki
from desktop_app.seal.service import PdfSeal
from desktop_app.seal.sign import open_signer
from desktop_app.use_cases.checking import Checking
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import PaperKind, Void
from desktop_app.widgets import shots
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.pdf_pages import PdfPages
from desktop_app.widgets.verify_page import NO_CODE, UNSIGNED, VerifyPage
from tests.fakes import MemoryStore
from tests.people import NOW
from tests.seal.conftest import SECRET, Clinic, new_clinic
from tests.widgets.test_corrections import said
from tests.widgets.test_every_page import problems
from tests.widgets.test_signing import decide_all

PLAN = PaperKind.CARE_PLAN.value


@pytest.fixture(scope="module")
def clinic() -> Clinic:
    made = new_clinic()
    assert pki.YEARS == 15
    return made


@pytest.fixture
def desk(desk: Desk, store: MemoryStore, clinic: Clinic) -> Desk:
    desk._documents = Paper
    desk._signer = lambda: open_signer(clinic.p12, SECRET)
    desk.checking = Checking(desk.access, store, PdfSeal, lambda: clinic.trust)
    return desk


@pytest.fixture
def plan(consult: MainWindow, cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch, desk: Desk) -> bytes:
    """A plan that was signed at the desk, with its code."""
    decide_all(consult, cases["c01"])
    assert consult.view is not None
    monkeypatch.setattr(desk._clock, "now", lambda: NOW)
    consult.view.wizard.consultation.sign(desk._signer())
    return next(one.content for one in consult.view.wizard.consultation.documents if one.kind == PLAN)


@pytest.fixture
def page(consult: MainWindow) -> VerifyPage:
    consult.show_worklist()
    consult.stack.currentWidget().to_verify.emit()  # type: ignore[attr-defined]  # the worklist's
    found = consult.stack.currentWidget()
    assert isinstance(found, VerifyPage)
    return found


def checked(window: MainWindow, page: VerifyPage, content: bytes, folder: Path, qtbot: QtBot,
            name: str = "plan.pdf") -> str:
    file = folder / name
    file.write_bytes(content)
    page.check_file(str(file))
    qtbot.waitUntil(lambda: not window.gate.running)
    shots.settle()
    assert problems(page) == []
    return said(page)


def last_page(plan: bytes, dots: float) -> QImage:
    pages = PdfPages(plan)
    return pages.image(len(pages) - 1, dots / 72)


def png(image: QImage, kind: str = "PNG") -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


def code_of(plan: bytes) -> str:
    from desktop_app.widgets.code_scan import in_pages

    [text] = in_pages(plan)
    return text


def test_a_plan_of_the_records_is_whole_and_holds(plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path,
                                                  qtbot: QtBot) -> None:
    words = checked(consult, page, plan, tmp_path, qtbot)
    assert "Whole, and it holds" in words
    assert "hold this very file, byte for byte: CP-TR01" in words
    assert "judged at that stated time" in words


def test_a_changed_plan_is_not_accepted_and_the_records_say_so_too(
    plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path, qtbot: QtBot
) -> None:
    changed = bytearray(plan)
    changed[len(plan) // 3] ^= 1
    words = checked(consult, page, bytes(changed), tmp_path, qtbot)
    assert "Not accepted" in words
    assert "byte for byte" not in words


def test_another_true_file_under_the_same_number(
    plan: bytes, consult: MainWindow, page: VerifyPage, store: MemoryStore, tmp_path: Path, qtbot: QtBot
) -> None:
    """The second proof: a file that the clinician's own key signed, and that is not the one in the records."""
    store.documents = [replace(one, sha256="0" * 64) for one in store.documents]
    words = checked(consult, page, plan, tmp_path, qtbot)
    assert "with other contents" in words
    assert "Whole, but it does not hold" in words


def test_a_voided_plan_is_whole_and_does_not_hold(
    plan: bytes, consult: MainWindow, page: VerifyPage, store: MemoryStore, tmp_path: Path, qtbot: QtBot
) -> None:
    [entry] = [one for one in store.documents if one.kind == PLAN]
    code = code_of(plan)
    store.void_encounter(entry.encounter_id, Void(NOW, "Dr N. Karim", "wrong patient"))
    for words in (checked(consult, page, plan, tmp_path, qtbot), scanned(page, code)):
        assert "Whole, but it does not hold" in words
        assert f"{entry.number} is void" in words


def test_a_plan_of_another_clinic_needs_its_certificate(
    plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = new_clinic("Valley Clinic")
    foreign = other.sign(Paper().care_plan(plan_input(consult)))
    assert "Not accepted" in checked(consult, page, foreign, tmp_path, qtbot)
    for name, content, told in (("bad.pem", b"hello", "not a certificate"), ("valley.pem", other.trust[0], "")):
        (tmp_path / name).write_bytes(content)
        monkeypatch.setattr(page, "choose_file", lambda *_, n=name: str(tmp_path / n))
        page.trust.click()
        shots.settle()
        assert told in said(page)
    words = checked(consult, page, foreign, tmp_path, qtbot)
    assert "Dr N. Karim" in words
    assert "Valley Clinic" in words


def plan_input(window: MainWindow):
    from dataclasses import replace as changed

    assert window.view is None
    from tests.documents.plans import plan as made

    return changed(made(signed_at=NOW), number="CP-VA01-000007")


# --- the code on paper ------------------------------------------------------------------------------------


def scanned(page: VerifyPage, text: str, *, enter: bool = True) -> str:
    page.code.setFocus()
    page.code.insertPlainText(text)
    if enter:
        QTest.keyClick(page.code, Qt.Key.Key_Return)
    shots.settle()
    return said(page)


def test_a_hand_scanner_types_and_is_answered_at_its_enter(plan: bytes, page: VerifyPage) -> None:
    text = code_of(plan)
    words = scanned(page, text)
    assert "This code is whole" in words
    assert page.code.toPlainText() == ""  # ready for the next
    assert "This code is whole" in scanned(page, text.replace("shc:/", "SHCö-"))  # another keyboard
    assert "Not accepted" in scanned(page, text[:-2])


def test_days_are_written_as_everywhere_else(plan: bytes, page: VerifyPage, consult: MainWindow, tmp_path: Path,
                                             qtbot: QtBot) -> None:
    words = checked(consult, page, plan, tmp_path, qtbot)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", words), "the command line's way to write a day"
    assert with_days("On 2026-02-03, not 2026-02-31 or CP-2026-02-03.") == (
        "On 3 Feb 2026, not 2026-02-31 or CP-2026-02-03.")


def test_a_pasted_code_is_checked_by_the_button(plan: bytes, page: VerifyPage) -> None:
    scanned(page, code_of(plan), enter=False)
    page.check.click()
    shots.settle()
    assert "This code is whole" in said(page)
    page.check.click()
    shots.settle()
    assert "Scan or paste the code first" in said(page)
    scanned(page, "shc:/123", enter=False)
    page.check.click()
    shots.settle()
    assert "Not accepted" in said(page)


def grey(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def skewed(image: QImage) -> QImage:
    paper = QImage(image.size() * 1.08, QImage.Format.Format_RGB32)
    paper.fill(0xFFF4F2EC)
    painter = QPainter(paper)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(QTransform().translate(20, 40).rotate(1.3))
    painter.drawImage(QPointF(0, 0), image)
    painter.end()
    return paper


def turned(image: QImage) -> QImage:
    return image.transformed(QTransform().rotate(90))


Change = Callable[[QImage], QImage]


@pytest.mark.parametrize("change", [grey, skewed, turned])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_of_the_page_is_read(plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path, qtbot: QtBot,
                                       change: Change, kind: str) -> None:
    content = png(change(last_page(plan, 200)), kind)
    words = checked(consult, page, content, tmp_path, qtbot, f"photo.{kind.lower()}")
    assert "This code is whole" in words
    assert "The records of this clinic hold CP-TR01" in words


def test_a_scan_as_pdf_is_read_by_its_pictures(plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path,
                                               qtbot: QtBot) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for image in (QImage(100, 100, QImage.Format.Format_RGB32), last_page(plan, 200)):
        canvas.drawImage(ImageReader(BytesIO(png(image))), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    assert len(pypdfium2.PdfDocument(out.getvalue())) == 2
    words = checked(consult, page, out.getvalue(), tmp_path, qtbot, "scan.pdf")
    assert "This code is whole" in words


def test_a_changed_plan_without_its_signature_is_not_made_good_by_its_code(
        plan: bytes, consult: MainWindow, page: VerifyPage, tmp_path: Path, qtbot: QtBot) -> None:
    """A forger writes other words on the page, takes the signature out and leaves the code where it is."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(BytesIO(png(last_page(plan, 200)))), 0, 0, 595, 842)
    canvas.drawString(60, 780, "Give ten times as much.")
    canvas.save()
    words = checked(consult, page, out.getvalue(), tmp_path, qtbot, "forged.pdf")
    assert "Whole, and it holds" not in words
    assert words.index("The code is whole; the page is not checked") < words.index(UNSIGNED)
    assert words.index(UNSIGNED) < words.index("This code is whole")


def test_a_picture_without_a_code_and_what_is_no_picture(consult: MainWindow, page: VerifyPage, tmp_path: Path,
                                                         qtbot: QtBot) -> None:
    blank = QImage(300, 300, QImage.Format.Format_RGB32)
    blank.fill(0xFFFFFFFF)
    assert NO_CODE in checked(consult, page, png(blank), tmp_path, qtbot, "blank.png")
    for content in (b"", b"hello", b"\x89PNG\r\n\x1a\nbroken", b"%PDF-1.7 broken"):
        words = checked(consult, page, content, tmp_path, qtbot, "odd.png")
        assert "Nothing was checked" in words or "Not accepted" in words
    page.check_file(str(tmp_path / "nowhere.pdf"))
    shots.settle()
    assert "cannot be read" in said(page)


def test_a_link_to_a_device_without_an_end_is_refused(page: VerifyPage, tmp_path: Path) -> None:
    """As on a stranger's stick: its size is said to be nothing, and reading it would take all memory."""
    (tmp_path / "plan.pdf").symlink_to("/dev/zero")
    page.check_file(str(tmp_path / "plan.pdf"))
    shots.settle()
    assert "no ordinary file" in said(page)
