"""The empty form field over a drawn signature block, which the signature fills later; it draws nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

from desktop_app.documents.fonts import printable
from desktop_app.use_cases.proof import SIGNATURE_FIELD

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

NAME = "signature"
_PRINTED_AND_LOCKED = 4 + 128  # flags of an annotation; archives want it printed


def put_field(canvas: Canvas, box: tuple[float, float, float, float], words: str) -> pdfdoc.PDFDictionary:
    """A field on the page that is drawn now; ``box`` is left, bottom, right and top in points, ``words`` what is read
    aloud. Gives its dictionary back; a document has one at most.
    """
    left, bottom, right, top = (round(one, 2) for one in box)
    inner = canvas._doc  # noqa: SLF001 - reportlab's own forms know no signatures
    nothing = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("XObject"),
                "Subtype": pdfdoc.PDFName("Form"),
                "BBox": pdfdoc.PDFArray([0, 0, round(right - left, 2), round(top - bottom, 2)]),
                "Resources": pdfdoc.PDFDictionary({}),
            }
        ),
        content=b"",
    )
    field = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Widget"),
            "FT": pdfdoc.PDFName("Sig"),
            "T": pdfdoc.PDFString(SIGNATURE_FIELD),
            "TU": pdfdoc.PDFString(printable(words)),
            "F": _PRINTED_AND_LOCKED,
            "Rect": pdfdoc.PDFArray([left, bottom, right, top]),
            "P": inner.thisPageRef(),
            "AP": pdfdoc.PDFDictionary({"N": inner.Reference(nothing, "signature-appearance")}),
        }
    )
    canvas._addAnnotation(field, NAME)  # noqa: SLF001 - as above
    form = pdfdoc.PDFDictionary({"Fields": pdfdoc.PDFArray([inner.refAnnotation(NAME)])})
    inner.Catalog.AcroForm = inner.Reference(form, "form")
    return field
