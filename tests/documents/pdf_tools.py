"""Independent readers of a PDF file: poppler and qpdf, as any other clinic would use them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace")


def pages_of(pdf: Path, *, layout: bool = False) -> list[str]:
    """The text of each page in reading order, white space as drawn."""
    words = _run("pdftotext", *(["-layout"] if layout else []), str(pdf), "-")
    return words.split("\f")[:-1]


def one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def text_of(pdf: Path) -> str:
    return one_line(" ".join(pages_of(pdf)))


def fonts_of(pdf: Path) -> list[tuple[str, bool, bool]]:
    """Name, embedded, with a map back to letters."""
    rows = _run("pdffonts", str(pdf)).splitlines()[2:]
    cells = [row.split() for row in rows if row]  # ... embedded, subset, map to letters, object, generation
    return [(cell[0], cell[-5] == "yes", cell[-3] == "yes") for cell in cells]


def info_of(pdf: Path) -> dict[str, str]:
    pairs = (line.partition(":") for line in _run("pdfinfo", str(pdf)).splitlines())
    return {key: value.strip() for key, _, value in pairs}


def attachments_of(pdf: Path) -> list[str]:
    return [line.partition(": ")[2] for line in _run("pdfdetach", "-list", str(pdf)).splitlines()[1:]]


def attached(pdf: Path, name: str) -> bytes:
    out = pdf.with_suffix(".attached")
    _run("pdfdetach", "-savefile", name, "-o", str(out), str(pdf))
    return out.read_bytes()


def boxes_of(pdf: Path) -> list[tuple[int, float, float, float, float, str]]:
    """Every word with its page, left, top, right and bottom in points from the top left."""
    found: list[tuple[int, float, float, float, float, str]] = []
    page = 0
    for line in _run("pdftotext", "-bbox", str(pdf), "-").splitlines():
        if "<page " in line:
            page += 1
        match = re.search(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>', line)
        if match:
            left, top, right, bottom = (float(match[i]) for i in range(1, 5))
            found.append((page, left, top, right, bottom, match[5]))
    return found


def sound(pdf: Path) -> str:
    """qpdf's findings; raises when it finds anything wrong."""
    return _run("qpdf", "--check", str(pdf))


def read_aloud(pdf: Path) -> list[tuple[str, str]]:
    """Kind and words of every part of the structure, in the order in which a screen reader tells them."""
    told: list[tuple[str, str]] = []
    kind = ""
    for line in _run("pdfinfo", "-struct-text", str(pdf)).splitlines():
        words = line.strip()
        if words.startswith('"'):
            told.append((kind, one_line(words[1:].removesuffix('"'))))
        elif told and not re.match(r"(\w+( \(\w+\))?:?|/.*|Object \d.*)$", words):
            told[-1] = (told[-1][0], one_line(told[-1][1] + " " + words.removesuffix('"')))
        elif words and not words.startswith("/"):
            kind = words.split()[0].rstrip(":")
    return told
