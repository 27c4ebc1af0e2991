"""What a PDF carries besides its pages: title, subject, XMP metadata and attached files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.documents.tree import Document

PRODUCER = "Lumbar Pathway"


def describe(canvas: Canvas, document: Document, made_on: date) -> None:
    """Document information and its XMP twin, dated by the document, never by the clock."""
    canvas.setTitle(f"{document.title} {document.number}".strip())
    canvas.setSubject(document.subject)
    canvas.setAuthor(document.author)
    canvas.setKeywords(document.keywords)
    canvas.setCreator(PRODUCER)
    canvas.setProducer(PRODUCER)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    inner = canvas._doc  # noqa: SLF001 - reportlab has no public way to set the date or the catalog
    stamp = inner._timeStamp  # noqa: SLF001 - see above
    stamp.YMDhms = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0
    for part in (document.title, document.number, document.subject, document.author, *document.dates):
        inner.updateSignature(part.encode("utf-8"))
    for _, _, content in document.attachments:
        inner.updateSignature(hashlib.sha256(content).digest())
    packet = _xmp(document, made_on)
    stream = pdfdoc.XMP(creator=lambda _doc: packet)
    stream.filters = []
    inner.Catalog.Metadata = inner.Reference(stream, "document-metadata")
    inner.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _xmp(document: Document, made_on: date) -> bytes:
    when = f"{made_on.isoformat()}T00:00:00Z"

    def only(words: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt>'

    title = f"{document.title} {document.number}".strip()
    parts = (
        (
            f"<dc:format>application/pdf</dc:format><dc:title>{only(title)}</dc:title>"
            f"<dc:description>{only(document.subject)}</dc:description>"
            f"<dc:creator><rdf:Seq><rdf:li>{escape(document.author)}</rdf:li></rdf:Seq></dc:creator>"
            f"<dc:language><rdf:Bag><rdf:li>{escape(document.language)}</rdf:li></rdf:Bag></dc:language>"
        ),
        (
            f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><xmp:CreateDate>{when}</xmp:CreateDate>"
            f"<xmp:ModifyDate>{when}</xmp:ModifyDate>"
        ),
        f"<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{escape(document.keywords)}</pdf:Keywords>",
    )
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
    )
    body = "".join(
        f'<rdf:Description rdf:about="" {space}>{part}</rdf:Description>'
        for space, part in zip(spaces, parts, strict=True)
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'{body}</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def attach(canvas: Canvas, name: str, words: str, content: bytes, made_on: date) -> None:
    """Attach a file to the whole document, as data that belongs to it."""
    inner = canvas._doc  # noqa: SLF001 - reportlab cannot attach files itself
    day = pdfdoc.PDFString(f"D:{made_on:%Y%m%d}000000Z")
    stream = pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
    stream.dictionary = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("EmbeddedFile"),
            "Subtype": "/application#2Fjson",
            "Params": pdfdoc.PDFDictionary(
                {
                    "Size": len(content),
                    "ModDate": day,
                    "CheckSum": pdfdoc.PDFString(hashlib.md5(content, usedforsecurity=False).digest(), enc="raw"),
                }
            ),
        }
    )
    file = inner.Reference(stream, f"attached-{name}")
    specification = inner.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(name),
                "UF": pdfdoc.PDFString(name),
                "Desc": pdfdoc.PDFString(words),
                "AFRelationship": pdfdoc.PDFName("Data"),
                "EF": pdfdoc.PDFDictionary({"F": file, "UF": file}),
            }
        ),
        f"filespec-{name}",
    )
    inner.Catalog.Names = pdfdoc.PDFDictionary(
        {
            "EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), specification])}),
        }
    )
