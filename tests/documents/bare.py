"""The same words through reportlab's own page engine, as plain as it gets: the floor our layout is measured against."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

from desktop_app.documents import tree
from desktop_app.documents.fonts import REGULAR, SEMIBOLD, faces, printable
from desktop_app.documents.style import MARGIN, PAGE_SIZES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop_app.documents.tree import Block, Document, Text

_STYLES = {
    name: ParagraphStyle(name, fontName=REGULAR, fontSize=size, leading=size * 1.4)
    for name, size in (("body", 9.5), ("small", 8.6), ("fine", 8.0), ("caption", 8.0), ("label", 8.6))
}
_HEAD = ParagraphStyle("heading", fontName=SEMIBOLD, fontSize=11, leading=15)
_LOOK = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])


def bare_pdf(document: Document) -> bytes:
    """The words of a document in paragraphs and tables, without header, frames, marks or pictures."""
    faces()
    out = BytesIO()
    size = PAGE_SIZES[document.page_size]
    width = size[0] - 2 * MARGIN
    flowables = [*_flowables(document.first[-1], width), *_flowables(document.rest, width)]
    SimpleDocTemplate(
        out,
        pagesize=size,
        invariant=1,
        initialFontName=REGULAR,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=50,
        bottomMargin=50,
        pageCompression=1,
    ).build(flowables)
    return out.getvalue()


def _paragraph(words: Text, style: str = "body") -> Paragraph:
    parts = (
        f'<font name="{SEMIBOLD}">{escape(printable(run.text))}</font>' if run.bold else escape(printable(run.text))
        for run in words
    )
    return Paragraph("".join(parts), _STYLES[style])


def _table(rows: list[list[list[Paragraph]]], widths: list[float]) -> list[Flowable]:
    return [Table(rows, colWidths=widths, style=_LOOK)] if rows else []


def _flowables(blocks: Iterable[Block], width: float) -> Iterator[Flowable]:
    for block in blocks:
        match block:
            case tree.Heading():
                yield Paragraph(escape(printable(block.text)), _HEAD)
                if block.note:
                    yield _paragraph(tree.text(block.note), "small")
            case tree.Paragraph():
                yield _paragraph(block.text, block.style)
            case tree.Listing():
                yield from (_paragraph(item, block.style) for item in block.items)
            case tree.Facts():
                share = block.label_share
                yield from _table(
                    [
                        [[_paragraph(tree.text(label), block.style)], [_paragraph(value, block.style)]]
                        for label, value in block.rows
                    ],
                    [width * share, width * (1 - share)],
                )
            case tree.Table():
                total = sum(column.share for column in block.columns)
                head = [[_paragraph(tree.text(column.title), "label")] for column in block.columns]
                rows = [
                    [[_paragraph(words, block.style) for words in cell] for cell in row.cells]
                    for row in block.rows
                    if row.cells
                ]
                yield from _table([head, *rows], [column.share / total * width for column in block.columns])
            case tree.Columns():
                yield from _flowables(block.blocks, width)
            case tree.Side():
                yield from _flowables((*block.left, *block.right), width)
            case tree.Banner():
                yield from (_paragraph(words) for words in (tree.text(block.title), *block.lines, *block.open_lines))
            case tree.Alarm() | tree.Note():
                yield from (_paragraph(words) for words in (tree.text(block.title), *block.lines))
            case _:
                pass
