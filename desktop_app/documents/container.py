"""What a PDF carries besides its pages: title, subject, XMP metadata and attached files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from desktop_app.documents.tree import Attachment, Document

PRODUCER = "Lumbar Pathway"
_COLOURS = Path(__file__).resolve().parents[2] / "resources" / "colour" / "srgb.icc"
_ARCHIVE = ("3", "B")
"""Part and level of PDF/A that a document names: pages that look the same in thirty years, data attached."""


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
    packet = _xmp(document, made_on)
    stream = pdfdoc.XMP(creator=lambda _doc: packet)
    inner.Catalog.Metadata = inner.Reference(stream, "document-metadata")
    inner.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    _archivable(inner)


def _archivable(inner: Any) -> None:
    """What the colours of the pages mean, so that they are the same wherever the file is opened."""
    profile = pdfdoc.PDFStream(
        dictionary=pdfdoc.PDFDictionary({"N": 3}), content=_COLOURS.read_bytes(), filters=[pdfdoc.PDFZCompress]
    )
    name = pdfdoc.PDFString("sRGB")
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": inner.Reference(profile, "colours"),
        }
    )
    catalog = inner.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]  # this catalog only
    catalog.OutputIntents = pdfdoc.PDFArray([intent])


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
        "<pdfaid:part>{}</pdfaid:part><pdfaid:conformance>{}</pdfaid:conformance>".format(*_ARCHIVE),
    )
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"',
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


def attach(canvas: Canvas, files: Sequence[Attachment], made_on: date) -> None:
    """Attach files to the whole document, as data that belongs to it."""
    if not files:
        return
    named = sorted(files, key=lambda one: one.name)  # a name tree is in order
    references = [(one.name, _specification(canvas, one, made_on)) for one in named]
    catalog = canvas._doc.Catalog  # noqa: SLF001 - reportlab cannot attach files itself
    names = [part for name, file in references for part in (pdfdoc.PDFString(name), file)]
    catalog.Names = pdfdoc.PDFDictionary(
        {"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})}
    )
    catalog.AF = pdfdoc.PDFArray([file for _, file in references])


def _specification(canvas: Canvas, one: Attachment, made_on: date) -> Any:
    inner = canvas._doc  # noqa: SLF001 - as above
    day = pdfdoc.PDFString(f"D:{made_on:%Y%m%d}000000Z")
    stream = pdfdoc.PDFStream(content=one.content, filters=[pdfdoc.PDFZCompress])
    check = hashlib.md5(one.content, usedforsecurity=False).digest()
    stream.dictionary = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("EmbeddedFile"),
            "Subtype": "/" + one.kind.replace("/", "#2F").replace("+", "#2B"),
            "Params": pdfdoc.PDFDictionary(
                {"Size": len(one.content), "ModDate": day, "CheckSum": pdfdoc.PDFString(check, enc="raw")}
            ),
        }
    )
    file = inner.Reference(stream, f"attached-{one.name}")
    return inner.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(one.name),
                "UF": pdfdoc.PDFString(one.name),
                "Desc": pdfdoc.PDFString(one.words),
                "AFRelationship": pdfdoc.PDFName("Data"),
                "EF": pdfdoc.PDFDictionary({"F": file, "UF": file}),
            }
        ),
        f"filespec-{one.name}",
    )
