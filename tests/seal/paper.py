"""A small plan of two pages with its decision record attached, made without the rest of the program."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO

from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

RECORD = {"patient": {"name": "Åsa Öberg", "number": "TR-0001", "born": "1951-03-09"},
          "document": {"number": "CP-TR01-000001"}}


@cache
def plan_pdf(*, record: bool = True, subject: str = "") -> bytes:
    writer = PdfFileWriter(stream_xrefs=False)
    for words in ("Care plan for a training patient", "Safety-netting"):
        content = writer.add_object(generic.StreamObject(stream_data=f"% {words}\n0 0 m 90 90 l S".encode()))
        writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    if record:
        data = json.dumps(RECORD).encode()
        file = embed.EmbeddedFileObject.from_file_data(writer, data=data, mime_type="application/json")
        embed.embed_file(writer, embed.FileSpec("decision-record.json", "decision-record.json", file))
    if subject:
        info = generic.DictionaryObject({generic.NameObject("/Subject"): generic.TextStringObject(subject)})
        writer.set_info(writer.add_object(info))
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
