"""The code on a signed paper, drawn as a vector, with what it says in words beside it."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from desktop_app.documents.flow import facts
from desktop_app.documents.slices import Slice, draw_stack, stack_height
from desktop_app.documents.structure import Element
from desktop_app.documents.style import CONTROL, SURFACE, VOICES
from desktop_app.documents.tree import Facts, bold, text
from desktop_app.documents.wrap import wrap
from desktop_app.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import Proof

MM = 72 / 25.4
SMALLEST = 50 * MM  # a code below this is lost on a fax or a worn printer
MODULE = 0.56 * MM  # more than three dots of a scan at 150 an inch, so that a blurred one is read as well
QUIET = 4  # modules of white around a code, as its standard asks
_BLACK = "#000000"
_DARK_IS_ONE = bytes([1] + 255 * [0])
_DARK = re.compile(b"\x01+")
_SMALL, _TITLE = VOICES["small"], VOICES["h2"]


def modules(code: str) -> list[bytes]:
    """Rows of the QR code, 1 for black: the prefix as letters, the rest as digits, which take less than half."""
    import zxingcpp

    made = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    picture: Any = zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)
    cells, across = memoryview(picture).tobytes().translate(_DARK_IS_ONE), picture.shape[1]
    return [cells[start : start + across] for start in range(0, len(cells), across)]


def proof(block: Proof, width: float) -> list[Slice]:
    rows = modules(block.code)
    across = len(rows) + 2 * QUIET
    size = max(SMALLEST * across / len(rows), MODULE * across)
    gap = 14.0
    beside = width - size - gap
    title = wrap(text(bold(block.title)), _TITLE, beside)
    said = wrap(text(block.sentence), _SMALL, beside)
    words = facts(Facts(block.rows, label_share=0.34, style="small"), beside)
    above = len(title) * _TITLE.leading + 2 + len(said) * _SMALL.leading + 5
    height = max(size, above + stack_height(words))

    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.figure(tr("QR code. {sentence}").format(sentence=block.sentence), x, y, size, size):
            brush.box(x, y, size, size, fill=SURFACE, edge=CONTROL, line=0.6)
            brush.cells(_runs(rows), x + QUIET * size / across, y + QUIET * size / across, size / across, _BLACK)
        left = x + size + gap
        brush.outline(block.title)
        with brush.heading(2):
            brush.lines(left, y, title, _TITLE)
        brush.lines(left, y + len(title) * _TITLE.leading + 2, said, _SMALL)
        with brush.part(Element("Div", language=block.language)) if block.language else nullcontext():
            draw_stack(words, brush, left, y + above)

    return [Slice(height, draw, before=14.0, keep=True)]


def _runs(rows: Sequence[bytes]) -> list[tuple[int, int, int]]:
    """Black modules that touch in a row, as one: place in the row, row, how many."""
    return [
        (found.start(), down, found.end() - found.start())
        for down, row in enumerate(rows)
        for found in _DARK.finditer(row)
    ]
