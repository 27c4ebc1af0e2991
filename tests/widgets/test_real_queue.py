"""Printing through a real CUPS queue that the test sets up for itself: true size, page range, copies, both sides.

Needs Debian's cups and printer-driver-cups-pdf, so it runs with the long tests; the bounded one prints into a file
(``test_printing.py``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.widgets.pdf_pages import PdfPages
from tests.conftest import ROOT
from tests.widgets.test_printing import A4, HALF, LETTER, MM, RULE, ink, ruled

pytestmark = pytest.mark.long
QUEUE = "true-size-test"

DUPLEX = """
*OpenUI *Duplex/Two-Sided: PickOne
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long-Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short-Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""
PRINT = """
import sys
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject
from PySide6.QtWidgets import QApplication
from pathlib import Path
app = QApplication([])
from desktop_app.presentation import papers
from desktop_app.widgets import paper_printer
from desktop_app.widgets.paper_printer import Order, PrintJob
from desktop_app.widgets.pdf_pages import PdfPages
source, title, typed, copies, sides, mark = sys.argv[1:]
assert {queue!r} in paper_printer.printers(), paper_printer.printers()
pages = PdfPages(Path(source).read_bytes(), mark)
chosen, wrong = papers.pages(typed, len(pages))
assert not wrong
owner = QObject()
job = PrintJob(pages, paper_printer.printer({queue!r}), Order(chosen, int(copies), sides), title, owner)
ended = []
loop = QEventLoop()
job.done.connect(lambda told: (ended.append(told), loop.quit()))
job.start()
loop.exec()
assert ended == [""], ended
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the queue's pages come out."""
    if shutil.which("lpadmin") is None:
        pytest.fail("this long test needs Debian's packages cups and printer-driver-cups-pdf")
    if not os.access("/etc/cups", os.W_OK):
        pytest.fail("this long test sets up a printer queue: run it as root")
    begun = None
    if subprocess.run(["lpstat", "-r"], capture_output=True, text=True, check=False).stdout.find("is running") < 0:
        begun = subprocess.Popen(["/usr/sbin/cupsd", "-f"])
        _wait(lambda: "is running" in subprocess.run(["lpstat", "-r"], capture_output=True, text=True,
                                                     check=False).stdout)
    place = Path("/var/spool/cups-pdf") / "ANONYMOUS"
    subprocess.run(["lpadmin", "-p", QUEUE, "-E", "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"],
                   check=True, capture_output=True)
    # The same queue for a printer that turns the sheet: its description alone says so.
    described = place.parent / f"{QUEUE}.ppd"
    described.write_text(Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd").read_text(encoding="latin-1") + DUPLEX,
                         encoding="latin-1")
    subprocess.run(["lpadmin", "-p", QUEUE, "-P", str(described)], check=True, capture_output=True)
    described.unlink()
    yield place
    subprocess.run(["lpadmin", "-x", QUEUE], check=True, capture_output=True)
    if begun is not None:
        begun.terminate()
        begun.wait(30)


def _wait(there: object) -> None:
    """Until the printing system has done its part; a condition, and a bound on it."""
    import time

    end = time.monotonic() + 60
    while not there():  # type: ignore[operator]
        assert time.monotonic() < end, "the printing system did not answer"
        time.sleep(0.05)


def folders() -> list[Path]:
    return [Path("/var/spool/cups-pdf/ANONYMOUS"), Path.home() / "PDF", Path("/root/PDF")]


def came_out(title: str) -> Path | None:
    if subprocess.run(["lpstat", "-o", QUEUE], capture_output=True, text=True, check=False).stdout.strip():
        return None
    found = [path for folder in folders() if folder.is_dir() for path in folder.glob(f"*{title}*.pdf")]
    return found[0] if found else None


def printed(content: bytes, folder: Path, title: str, *, typed: str = "", copies: int = 1, sides: str = "none",
            mark: str = "") -> bytes:
    source = folder / "source.pdf"
    source.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", PRINT.format(queue=QUEUE), str(source), title, typed, str(copies), sides, mark],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False,
        timeout=240)
    assert done.returncode == 0, done.stderr
    _wait(lambda: came_out(title))
    path = came_out(title)
    assert path is not None
    try:
        return path.read_bytes()
    finally:
        path.unlink()


@pytest.mark.parametrize("size", [A4, LETTER], ids=["A4", "Letter"])
def test_a_rule_is_as_long_on_paper_as_it_should_be(out: Path, tmp_path: Path, size: tuple[float, float]) -> None:
    pages = PdfPages(printed(ruled(size), tmp_path, f"rule-{round(size[0])}"))
    assert abs(pages.sizes[0].width() - size[0]) / MM < HALF
    assert abs(pages.sizes[0].height() - size[1]) / MM < HALF
    left, top, right, bottom = ink(pages.image(0, 200 / 72), 200)
    assert abs((right - left) - (RULE[1] - RULE[0])) < HALF
    assert abs((bottom - top) - 50) < HALF
    assert abs(left - RULE[0]) < HALF
    assert abs(top - RULE[2]) < HALF


def strokes(pages: PdfPages, number: int) -> int:
    image = pages.image(number, 1)
    return sum(image.pixelColor(x, round(A4[1]) - 110).lightness() < 128 for x in range(image.width()))


def test_range_and_copies(out: Path, tmp_path: Path) -> None:
    pages = PdfPages(printed(ruled(A4, 4), tmp_path, "range", typed="2-3"))
    assert len(pages) == 2
    assert strokes(pages, 0) < strokes(pages, 1)
    twice = PdfPages(printed(ruled(A4, 2), tmp_path, "copies", copies=2))
    assert len(twice) in {2, 4}  # a queue that makes copies itself is told so and writes the file once


@pytest.mark.parametrize("sides", ["long", "short"])
def test_both_sides_reach_the_queue(out: Path, tmp_path: Path, sides: str) -> None:
    """A queue without sheets prints all the same; that it is asked is told by the print system's own record."""
    assert len(pypdfium2.PdfDocument(printed(ruled(A4, 2), tmp_path, f"sides-{sides}", sides=sides))) == 2
    spool = max(Path("/var/spool/cups").glob("c*"), key=lambda path: path.stat().st_mtime)
    asked = {"long": (b"two-sided-long-edge", b"DuplexNoTumble"), "short": (b"two-sided-short-edge", b"DuplexTumble")}
    assert any(words in spool.read_bytes() for words in asked[sides])


def test_what_does_not_hold_is_marked_on_paper(out: Path, tmp_path: Path) -> None:
    plain = PdfPages(printed(ruled(A4), tmp_path, "plain")).image(0, 1)
    marked = PdfPages(printed(ruled(A4), tmp_path, "marked", mark="SUPERSEDED by CP-TR01-000002")).image(0, 1)
    assert plain != marked
