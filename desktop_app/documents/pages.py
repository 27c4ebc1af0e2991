"""Pages of a document: header, identity, footer, DRAFT beneath the text, and the PDF file around them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.brush import Brush
from desktop_app.documents.compile import compile_blocks, first_that_fits
from desktop_app.documents.container import attach, describe
from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces, lacking, printable
from desktop_app.documents.logo_place import LOGO_GAP, fitted_logo
from desktop_app.documents.pdf_file import file_of
from desktop_app.documents.slices import paginate_briefly
from desktop_app.documents.structure import TITLE_LEVEL, paragraph_element
from desktop_app.documents.style import (
    CONTROL,
    MARGIN,
    PAGE_SIZES,
    SURFACE,
    TEXT,
    TEXT2,
    VOICES,
    WATERMARK,
    Voice,
)
from desktop_app.documents.tree import bold, quiet, text
from desktop_app.documents.watermark import draw_watermark
from desktop_app.documents.wrap import forget, wrap
from desktop_app.language import later, tr

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.documents.tree import Document, Identity
    from desktop_app.documents.wrap import Line

rl_config.useA85 = 0  # streams as bytes, not as letters: a fifth smaller and quicker; only this layer uses reportlab
HEAD = 28.0  # points above the head of a page
DRAFT_WORDS = later("DRAFT, NOT SIGNED")
TRAINING = later("TRAINING")
_FOOT = Voice(8.0, 10.6, REGULAR, SEMIBOLD, TEXT2)
_SMALL = VOICES["small"]


def render(document: Document, made_on: date) -> bytes:
    """The PDF, byte for byte the same for the same document and day."""
    width, height = PAGE_SIZES[document.page_size]
    faces()
    canvas = Canvas(
        "",  # the file is not reportlab's to write
        pagesize=(width, height),
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        initialFontName=REGULAR,
        lang=document.language,
    )
    describe(canvas, document, made_on)
    attach(canvas, document.attachments, made_on)
    try:
        _Press(canvas, document, width, height).print_all()
    finally:
        forget()
    return file_of(canvas)


class _Press:
    """Lays the document out and prints page after page."""

    def __init__(self, canvas: Canvas, document: Document, width: float, height: float) -> None:
        self.canvas = canvas
        self.document = _with_lacking_letters(document)
        self.brush = Brush(canvas, height)
        self.width, self.height = width, height
        self.logo = fitted_logo(document.logo)
        self.inner = width - 2 * MARGIN
        self.foot = self._footer_lines()
        # What a header takes is known once it is measured; drawing and measuring are one function.
        self.first_top = self._header(draw=False)
        self.next_top = self._small_header(draw=False)
        foot_height = max(len(self.foot[0]), 1) * _FOOT.leading + len(self.foot[1]) * _FOOT.leading
        self.bottom = height - 26 - foot_height - 10

    def print_all(self) -> None:
        first, fits = first_that_fits(self.document.first, self.inner, self.bottom - self.first_top)
        rest = compile_blocks(self.document.rest, self.inner)
        if rest and fits:
            rest[0].new_page = True
        pages = paginate_briefly(
            [*first, *rest], lambda page: (self.next_top if page else self.first_top, self.bottom)
        )
        for number, placed in enumerate(pages):
            if self.document.draft:
                draw_watermark(self.brush, self.width, self.height, WATERMARK)
            if number:
                with self.brush.aside("Header"):
                    self._small_header(draw=True)
            else:
                self.brush.outline(self.document.title)
                self._header(draw=True)
                with self.brush.part(paragraph_element()):  # is read, and early: nobody may miss it
                    self._state()
            for one in placed:
                one.slice.draw(self.brush, MARGIN, one.y)
            with self.brush.aside("Footer"):
                self._footer(number + 1, len(pages))
                if number:
                    self._state()
            self.brush.end_page()
        self.brush.structure.write()

    # -- header -----------------------------------------------------------------------------------

    def _header(self, *, draw: bool) -> float:
        """Clinic, DRAFT frame, title and number, then the identity line. Returns where the body starts."""
        doc, brush = self.document, self.brush
        short = len(doc.title) < 16
        title_face = Voice(18, 24, BOLD, BOLD) if short else Voice(12.5, 17, BOLD, BOLD)
        frame_width = _draft_width(9.0) if doc.draft else 0.0
        title_room = max(self.inner * 0.36, faces()[BOLD].width(printable(doc.title), title_face.size) + 1)
        title_lines = wrap(text(doc.title), title_face, title_room)
        right = [
            line
            for words in (doc.number, ", ".join(doc.dates))
            for line in wrap(text(quiet(words)), _SMALL, self.inner * 0.36)
        ]
        logo = self.logo
        beside = logo.width + LOGO_GAP if logo is not None else 0.0
        clinic_room = self.inner - title_room - frame_width - 28 - beside
        clinic = wrap(text(bold(doc.clinic)), Voice(10.5, 14, SEMIBOLD, SEMIBOLD), clinic_room)
        address = [line for words in doc.clinic_lines for line in wrap(text(quiet(words)), _SMALL, clinic_room)]
        top = HEAD + doc.top
        left_height = len(clinic) * 14 + len(address) * _SMALL.leading
        right_height = len(title_lines) * title_face.leading + len(right) * _SMALL.leading
        at = top + max(left_height, right_height, 26, logo.height if logo is not None else 0.0) + 6
        if draw:
            if logo is not None:
                with brush.figure(
                    tr("Logo of {clinic}").format(clinic=doc.clinic), MARGIN, top, logo.width, logo.height
                ):
                    brush.picture(logo.picture, MARGIN, top, logo.width, logo.height)
            brush.lines(MARGIN + beside, top + 3, clinic, Voice(10.5, 14, SEMIBOLD, SEMIBOLD))
            brush.lines(MARGIN + beside, top + 3 + len(clinic) * 14, address, _SMALL)
            edge = self.width - MARGIN
            if doc.draft:
                _draft_frame(brush, MARGIN + beside + clinic_room + 14, top + 2, 9.0)
            with brush.heading(TITLE_LEVEL):
                brush.lines(MARGIN, top - 3, title_lines, title_face, right=edge)
            below = top - 2 + len(title_lines) * title_face.leading
            brush.lines(MARGIN, below, right, _SMALL, right=edge)
            if doc.signed_in_head:
                wide = max(line.width for line in right)
                brush.field(doc.signed_in_head, edge - wide, below, wide, len(right) * _SMALL.leading)
        return self._identity(doc.identity, at, draw=draw)

    def _identity(self, identity: Identity, top: float, *, draw: bool) -> float:
        pad = 10.0
        name_voice = Voice(13, 17.5, SEMIBOLD, SEMIBOLD)
        tag = faces()[BOLD].width(tr(TRAINING), 8.5) + 14 if identity.training else 0.0
        details = " · ".join(identity.details)
        detail_words = text(details + " · ", bold(identity.number))
        detail_width = faces()[REGULAR].width(printable(details) + " · ", 9.5) + faces()[SEMIBOLD].width(
            printable(identity.number), 9.5
        )
        name_width = faces()[SEMIBOLD].width(printable(identity.name), 13)
        room = self.inner - 2 * pad
        one_line = name_width + tag + 24 + detail_width <= room
        name = wrap(text(identity.name), name_voice, room - tag - 12)
        detail = wrap(detail_words, VOICES["body"], room)
        note = wrap(text(quiet(identity.note)), VOICES["caption"], room) if identity.note else []
        height = 6 + len(name) * 17.5 + (0 if one_line else len(detail) * 13.2) + len(note) * 10.8 + 6
        if draw:
            brush = self.brush
            brush.box(MARGIN, top, self.inner, height, fill=SURFACE, edge=CONTROL, line=0.9, radius=4)
            brush.lines(MARGIN + pad, top + 6, name, name_voice)
            if identity.training:
                x = MARGIN + pad + max(line.width for line in name) + 10
                brush.box(x, top + 8, tag, 13.5, edge=TEXT, line=0.9, radius=3)
                brush.words(x + 7, top + 17.8, tr(TRAINING), BOLD, 8.5, TEXT)
            if one_line:
                brush.lines(MARGIN, top + 8.3, detail, VOICES["body"], right=self.width - MARGIN - pad)
            else:
                brush.lines(MARGIN + pad, top + 6 + len(name) * 17.5, detail, VOICES["body"])
            brush.lines(MARGIN + pad, top + height - 6 - len(note) * 10.8, note, VOICES["caption"])
        return top + height + 8

    def _small_header(self, *, draw: bool) -> float:
        """The line on top of every further page."""
        doc = self.document
        frame = _draft_width(7.5) if doc.draft else 0.0
        room = (self.inner - frame - 24) / 2
        left = wrap(text(bold(doc.clinic)), _SMALL, room)
        right = wrap(text(quiet(f"{doc.title}, {doc.number}")), _SMALL, room)
        top = HEAD + doc.top
        height = max(len(left), len(right), 1) * _SMALL.leading
        if draw:
            self.brush.lines(MARGIN, top, left, _SMALL)
            if doc.draft:
                _draft_frame(self.brush, self.width / 2 - frame / 2, top - 2, 7.5)
            self.brush.lines(MARGIN, top, right, _SMALL, right=self.width - MARGIN)
            self.brush.rule(MARGIN, top + height + 5, self.width - MARGIN, CONTROL)
        return top + height + 14

    # -- footer -----------------------------------------------------------------------------------

    def _footer_lines(self) -> tuple[list[Line], list[Line]]:
        doc = self.document
        return (
            wrap(text(bold(doc.footer_identity)), _FOOT, self.inner - 76),
            [*wrap(text(f"{doc.number} · {doc.footer_content}"), _FOOT, self.inner),
             *wrap(text(bold(doc.notice)), _FOOT, self.inner)],
        )

    def _footer(self, page: int, pages: int) -> None:
        identity, _ = self.foot
        top = self.bottom + 10
        self.brush.rule(MARGIN, top - 4, self.width - MARGIN, CONTROL)
        self.brush.lines(MARGIN, top, identity, _FOOT)
        self.brush.words_right(
            self.width - MARGIN,
            top + 8.2,
            tr("Page {page} of {pages}").format(page=page, pages=pages),
            SEMIBOLD,
            8.0,
            TEXT,
        )

    def _state(self) -> None:
        """Of which guideline, and that nobody approved it."""
        identity, content = self.foot
        self.brush.lines(MARGIN, self.bottom + 10 + max(len(identity), 1) * _FOOT.leading, content, _FOOT)


def _draft_width(size: float) -> float:
    return faces()[BOLD].width(tr(DRAFT_WORDS), size) + 2 * size


def _draft_frame(brush: Brush, x: float, y: float, size: float) -> None:
    width = _draft_width(size)
    brush.box(x, y, width, size * 2, fill=SURFACE, edge=TEXT, line=1.5, radius=3)
    brush.words(x + size, y + size * 1.36, tr(DRAFT_WORDS), BOLD, size, TEXT)


def _with_lacking_letters(document: Document) -> Document:
    """Say on the paper when a name holds letters the fonts lack, with their code points, so that none is lost."""
    missing = lacking(document.identity.name)
    if not missing:
        return document
    codes = " ".join(f"U+{ord(letter):04X}" for letter in document.identity.name if not letter.isspace())
    note = tr(
        "The name holds letters that this program cannot print; each is shown as a marked box. "
        "The attached record holds the whole name. Its letters by code: {codes}"
    ).format(codes=codes)
    return replace(document, identity=replace(document.identity, note=note))
