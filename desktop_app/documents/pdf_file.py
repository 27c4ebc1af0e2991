"""Writes the objects of a finished document as the bytes of a file, in the way in which PDF/A wants a file written."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # four bytes beyond ASCII say that this is no text file
_STREAM_ENDS = b"endstream"


class _Packed(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]  # reportlab is untyped
    """Packs in half the time of the usual level; a whole plan grows by a fortieth."""

    def encode(self, text: str | bytes) -> bytes:
        return zlib.compress(text.encode() if isinstance(text, str) else text, 4)


_PACKED = _Packed()


def file_of(canvas: Canvas) -> bytes:
    """The file of a canvas whose last page is done. The same objects, the same bytes.

    reportlab would write it with the end of a stream on the line of its last bytes, which PDF/A forbids.
    """
    document = canvas._doc  # noqa: SLF001 - reportlab has no public way to write a file otherwise
    out = bytearray(_HEAD)
    places: list[int] = []

    def write() -> bytes:
        while len(places) < len(document.numberToId):  # an object may call for another while it is written
            number = len(places) + 1
            places.append(len(out))
            one = document.idToObject[document.numberToId[number]]
            if isinstance(one, pdfdoc.PDFStream) and one.filters:
                one.filters = [_PACKED]
            made = pdfdoc.format(one, document, toplevel=1).removesuffix(b"\n")
            if made.endswith(_STREAM_ENDS):
                made = made.removesuffix(_STREAM_ENDS) + b"\n" + _STREAM_ENDS
            out.extend(b"%d 0 obj\n%b\nendobj\n" % (number, made))
        return _trailer(document, bytes(out), places)

    document.format = write  # what comes before, such as the embedded fonts, is reportlab's own
    try:
        written: bytes = document.GetPDFData(canvas)
    finally:
        del document.format  # else the document would hold itself
    return written


def _trailer(document: pdfdoc.PDFDocument, body: bytes, places: list[int]) -> bytes:
    """The body with the table of its objects and the end of the file; its name is the sum of its bytes."""
    numbers = document.idToObjectNumberAndVersion
    root, info = (numbers[one.__InternalName__][0] for one in (document.Catalog, document.info))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    name = hashlib.sha256(body).hexdigest()[:32].encode()
    count = len(places) + 1
    return (
        b"%bxref\n0 %d\n0000000000 65535 f \n%btrailer\n" % (body, count, table)
        + b"<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]>>\n" % (count, root, info, name, name)
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )
