"""Running text on paper: headings, paragraphs, lists, label-and-value rows and tables as slices."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from desktop_app.documents.fonts import faces, printable
from desktop_app.documents.slices import Slice
from desktop_app.documents.structure import Element, bullets, column_head, paragraph_element, row_head
from desktop_app.documents.style import CONTROL, LINE, VOICES
from desktop_app.documents.tree import Text, bold, quiet, text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.documents.brush import Brush
    from desktop_app.documents.style import Voice
    from desktop_app.documents.tree import Facts, Heading, Listing, Paragraph, Row, Table
    from desktop_app.documents.wrap import Line

    Draw = Callable[[Brush, float, float], None]

_WHOLE = 4  # a paragraph of up to so many lines is not split
_SHEET_TITLE = -1  # the large title of a patient's sheet ranks above every heading of it
_SPLIT_OVER = 420.0  # a table row higher than this may be split between pages
GUTTER = 12.0


def _lines_slice(
    lines: Sequence[Line], voice: Voice, indent: float, element: Element, **place: float | bool
) -> Slice:
    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.part(element):
            brush.lines(x + indent, y, lines, voice)

    return Slice(len(lines) * voice.leading, draw, **place)  # type: ignore[arg-type]  # before, keep


def paragraph_lines(lines: list[Line], voice: Voice, before: float, indent: float = 0.0) -> list[Slice]:
    """Slices of a paragraph: whole when short, else at least two lines at each end together."""
    element = paragraph_element()
    if len(lines) <= _WHOLE:
        return [_lines_slice(lines, voice, indent, element, before=before)]
    middle = [_lines_slice([line], voice, indent, element) for line in lines[2:-2]]
    return [
        _lines_slice(lines[:2], voice, indent, element, before=before),
        *middle,
        _lines_slice(lines[-2:], voice, indent, element),
    ]


def heading(block: Heading, width: float) -> list[Slice]:
    voice = VOICES[f"h{block.level}"]
    words = text(block.text)
    lines = wrap(words, voice, width)
    note_voice = VOICES["small" if block.level == 2 else "fine"]
    note = wrap(text(quiet(block.note)), note_voice, width) if block.note else []
    above = {0: 13.0, 1: 11.0, 2: 9.0, 3: 5.5}[block.level]
    below = {0: 1.0, 1: 4.5, 2: 1.5, 3: 0.5}[block.level]
    note_height = len(note) * note_voice.leading

    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.heading(block.level):
            brush.lines(x, y, lines, voice)
        brush.lines(x, y + len(lines) * voice.leading, note, note_voice)
        if block.level == 1:
            brush.outline(block.text)
            brush.rule(x, y + len(lines) * voice.leading + note_height + 2.5, x + width, CONTROL, 0.8)

    height = len(lines) * voice.leading + note_height + below
    return [Slice(height, draw, before=above, keep=True, spare=block.spare)]


def paragraph(block: Paragraph, width: float) -> list[Slice]:
    voice = VOICES[block.style]
    lines = wrap(block.text, voice, width)
    if lines and block.style == "title":
        return [_title(lines, voice, before=block.gap, keep=block.keep)]
    slices = paragraph_lines(lines, voice, block.gap) if lines else []
    if slices and block.keep:
        slices[-1].keep = True
    return slices


def _title(lines: Sequence[Line], voice: Voice, **place: float | bool) -> Slice:
    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.heading(_SHEET_TITLE):
            brush.lines(x, y, lines, voice)

    return Slice(len(lines) * voice.leading, draw, **place)  # type: ignore[arg-type]  # before, keep


def listing(block: Listing, width: float) -> list[Slice]:
    voice = VOICES[block.style]
    indent = voice.size * (1.75 if block.numbered else 1.15)
    whole = bullets(numbered=block.numbered)
    slices: list[Slice] = []
    for number, item in enumerate(block.items, 1):
        lines = wrap(item, voice, width - indent)
        if not lines:
            continue
        sign = wrap(text(f"{number}." if block.numbered else "•"), voice, indent)
        made = paragraph_lines(lines, voice, 2.0, indent)
        item_element, content = Element("LI"), Element("LBody")
        for place, one in enumerate(made):
            one.draw = _in_item(whole, item_element, content, one.draw, [] if place else sign, voice)
            one.keep = block.keep
        slices.extend(made)
    return slices


def _in_item(
    whole: Element, item: Element, content: Element, body: Draw, sign: list[Line], voice: Voice
) -> Draw:
    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.part(whole), brush.part(item):
            if sign:
                with brush.part(Element("Lbl")):
                    brush.lines(x, y, sign, voice)
            with brush.part(content):
                body(brush, x, y)

    return draw


def _longest_word(block: Facts, voice: Voice, most: float) -> float:
    """Points for the longest word of the labels, so that none is broken; what takes more than ``most`` is."""
    face = faces()[voice.normal]
    widths = [face.width(printable(word), voice.size) for label, _ in block.rows for word in label.split(" ")]
    return max((one for one in widths if one <= most), default=0.0)


def facts(block: Facts, width: float) -> list[Slice]:
    voice = VOICES[block.style]
    label_width = max(width * block.label_share, _longest_word(block, voice, width / 2) + 8)
    whole = Element("Table")
    slices: list[Slice] = []
    for label, value in block.rows:
        left = wrap(text(quiet(label)), voice, label_width - 8)
        right = wrap(value, voice, width - label_width)
        rows = max(len(left), len(right))
        pieces = [(left[at : at + 30], right[at : at + 30]) for at in range(0, max(rows, 1), 30)]
        elements = (Element("TR"), row_head(), Element("TD"))
        for number, (label_lines, value_lines) in enumerate(pieces):

            def draw(
                brush: Brush,
                x: float,
                y: float,
                left: list[Line] = label_lines,
                right: list[Line] = value_lines,
                elements: tuple[Element, Element, Element] = elements,
            ) -> None:
                row, head, cell = elements
                with brush.part(whole), brush.part(row):
                    with brush.part(head):
                        brush.lines(x, y, left, voice)
                    with brush.part(cell):
                        brush.lines(x + label_width, y, right, voice)

            height = max(len(label_lines), len(value_lines)) * voice.leading
            slices.append(Slice(height, draw, before=0.0 if number else 1.8))
    return slices


# -- tables ---------------------------------------------------------------------------------------


class _TableMaker:
    """Column geometry and voices of one table."""

    def __init__(self, block: Table, width: float) -> None:
        self.voice = VOICES[block.style]
        self.head_voice = VOICES["fine-label" if block.style == "fine" else "label"]
        self.width = width
        self.whole = Element("Table")
        self.columns = block.columns
        total = sum(column.share for column in block.columns)
        room = width - GUTTER * (len(block.columns) - 1)
        self.widths = [column.share / total * room for column in block.columns]
        self.starts = [sum(self.widths[:i]) + GUTTER * i for i in range(len(self.widths))]

    def header(self) -> Slice:
        cells = [
            wrap(text(column.title), self.head_voice, width)
            for column, width in zip(self.columns, self.widths, strict=True)
        ]
        rows = max(len(cell) for cell in cells)
        height = rows * self.head_voice.leading + 4
        row = Element("TR")

        def draw(brush: Brush, x: float, y: float) -> None:
            again = row.placed  # on a further page the head is only shown again
            with brush.part(self.whole), brush.aside() if again else brush.part(row):
                for cell, start, width, column in zip(cells, self.starts, self.widths, self.columns, strict=True):
                    top = y + (rows - len(cell)) * self.head_voice.leading
                    end = x + start + width if column.right else None
                    with nullcontext() if again else brush.part(column_head()):
                        brush.lines(x + start, top, cell, self.head_voice, right=end)
            brush.rule(x, y + height - 2.5, x + self.width, CONTROL, 0.9)

        return Slice(height, draw, before=9.0, keep=True)

    def header_under(self, head: Slice, under: Text) -> Slice:
        """The head of a further page that begins inside what ``under`` names; it is read once, where it began."""
        lines = wrap(under, self.voice, self.width)
        height = head.height + len(lines) * self.voice.leading + 2

        def draw(brush: Brush, x: float, y: float) -> None:
            head.draw(brush, x, y)
            with brush.part(self.whole), brush.aside():
                brush.lines(x, y + head.height + 2, lines, self.voice)

        return Slice(height, draw)

    def group(self, words: str) -> Slice:
        voice = VOICES["label"]
        lines = wrap(text(bold(words)), voice, self.width)
        height = len(lines) * voice.leading + 5

        def draw(brush: Brush, x: float, y: float) -> None:
            with brush.part(self.whole), brush.part(Element("TR")), brush.part(column_head(len(self.columns))):
                brush.lines(x, y + 3, lines, voice)
            brush.rule(x, y + height, x + self.width, LINE)

        return Slice(height, draw, before=4.0, keep=True)

    def row(self, row: Row, *, last: bool) -> list[Slice]:
        cells = [self._cell(cell, width) for cell, width in zip(row.cells, self.widths, strict=True)]
        count = max((len(cell) for cell in cells), default=0)
        limit = count if count * self.voice.leading < _SPLIT_OVER else int(_SPLIT_OVER // self.voice.leading)
        parts = range(0, max(count, 1), max(limit, 1))
        elements = (Element("TR"), row_head(), *(Element("TD") for _ in cells[1:]))
        return [
            self._row_part(
                [cell[at : at + limit] for cell in cells],
                elements,
                first=at == 0,
                rule=not last and at + limit >= count,
            )
            for at in parts
        ]

    def _cell(self, cell: tuple[Text, ...], width: float) -> list[Line]:
        return [line for words in cell for line in wrap(words, self.voice, width)]

    def _row_part(
        self, cells: list[list[Line]], elements: tuple[Element, ...], *, first: bool, rule: bool
    ) -> Slice:
        pad = 2.0 if self.voice.size < 9 else 3.5
        above = pad if first else 0.0
        height = max((len(cell) for cell in cells), default=0) * self.voice.leading + above + pad

        def draw(brush: Brush, x: float, y: float) -> None:
            places = zip(cells, self.starts, self.widths, self.columns, elements[1:], strict=True)
            with brush.part(self.whole), brush.part(elements[0]):
                for cell, start, width, column, element in places:
                    end = x + start + width if column.right else None
                    with brush.part(element):
                        brush.lines(x + start, y + above, cell, self.voice, right=end)
            if rule:
                brush.rule(x, y + height, x + self.width, LINE)

        return Slice(height, draw)


def table(block: Table, width: float) -> list[Slice]:
    if not block.rows:
        return []
    maker = _TableMaker(block, width)
    head = maker.header()
    slices = [head]
    for number, row in enumerate(block.rows):
        last = number == len(block.rows) - 1 or bool(block.rows[number + 1].group)
        made = [maker.group(row.group)] if row.group else maker.row(row, last=last)
        made[-1].keep = made[-1].keep or row.keep
        for one in made:
            one.header = maker.header_under(head, row.under) if row.under else head
        slices.extend(made)
    if block.more:
        voice = VOICES["caption"]
        lines = wrap(text(block.more), voice, width)
        slices[-1].keep = True
        slices.extend(paragraph_lines(lines, voice, 2.0))
    return slices
