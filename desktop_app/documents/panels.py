"""The framed parts of a page: urgency banner, emergency band, steps, numbers, notes, verdict, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.brush import rounded_steps
from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces, printable
from desktop_app.documents.slices import Slice
from desktop_app.documents.structure import Element, bullets
from desktop_app.documents.style import (
    ACCENT,
    CONTROL,
    LINE,
    SOFT,
    SUNKEN,
    SURFACE,
    TEXT,
    TEXT2,
    TIER_MARK,
    TIER_TONE,
    TONES,
    VOICES,
    Voice,
)
from desktop_app.documents.tree import Run, plain, quiet, text
from desktop_app.documents.words import signature_of
from desktop_app.documents.wrap import wrap
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import (
        Alarm,
        Banner,
        EmergencyBand,
        Foreign,
        Note,
        Phones,
        Signature,
        Steps,
        Verdict,
    )
    from desktop_app.documents.wrap import Line

BODY = VOICES["body"]
SMALL = VOICES["small"]
_FINE = VOICES["fine-label"]
_BANNER_SIZES = (15.5, 14.0)  # the smaller where only it brings title and date onto one line


def banner(block: Banner, width: float) -> list[Slice]:
    """Filled: what is certain. Dashed beneath it: what is not ruled out."""
    tone = TIER_TONE[block.tier]
    colour, soft = TONES[tone], SOFT[tone]
    pad, bar, icon = 12.0, 7.0, 26.0
    inner = width - 2 * pad - bar
    letters = faces()[BOLD]
    title_one, date_one = (letters.width(printable(words), 1.0) for words in (block.title, block.date))
    fitting = [one for one in _BANNER_SIZES if (title_one + date_one) * one + 20 <= inner - icon]
    beside, size = bool(fitting), (fitting or _BANNER_SIZES)[0]
    date_width = date_one * size
    title_voice = Voice(size, 20.5, BOLD, BOLD, colour)
    date_colour = TONES["red"] if block.date_alarm else colour
    date_voice = Voice(size, 20.5, BOLD, BOLD, date_colour)
    over_voice = Voice(8.6, 12, SEMIBOLD, SEMIBOLD, TEXT2)
    note_voice = Voice(8.6, 12, BOLD, BOLD, date_colour)
    title = wrap(text(block.title), title_voice, inner - icon - (date_width + 14 if beside else 0))
    date = wrap(text(block.date), date_voice, inner - icon)
    over = wrap(text(block.over), over_voice, inner * 0.4)
    note = wrap(text(block.date_note), note_voice, inner * 0.58)
    body = [line for words in block.lines for line in wrap(words, BODY, inner)]
    over_height = max(len(over), len(note)) * 12.0
    title_height = len(title) * 20.5 + (0 if beside else len(date) * 20.5)
    height = 7 + over_height + title_height + 2 + len(body) * BODY.leading + 7

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=soft, radius=5)
        brush.clip(rounded_steps(width, height, 5), x, y, 1.0)
        brush.box(x, y, bar, height, fill=colour)
        brush.restore()
        brush.box(x, y, width, height, edge=colour, line=1.6, radius=5)
        at, left, right = y + 7, x + bar + pad, x + width - pad
        brush.lines(left, at, over, over_voice)
        brush.lines(left, at, note, note_voice, right=right)
        at += over_height
        brush.mark(TIER_MARK[block.tier], left, at + 0.5, 19.5, colour)
        brush.lines(left + icon, at, title, title_voice)
        if beside:
            brush.lines(left, at, date, date_voice, right=right)
        else:
            brush.lines(left + icon, at + len(title) * 20.5, date, date_voice)
        brush.lines(left, at + title_height + 2, body, BODY)

    slices = [Slice(height, draw, before=9.0, keep=bool(block.open_title))]
    if block.open_title:
        slices.append(_open_banner(block, width))
    return slices


def _open_banner(block: Banner, width: float) -> Slice:
    colour = TONES[TIER_TONE[block.open_tier]]
    pad = 12.0
    voice = Voice(10.5, 14.5, SEMIBOLD, BOLD, colour)
    title = wrap(text(block.open_title), voice, width - 2 * pad - 22)
    body = [line for words in block.open_lines for line in wrap(words, SMALL, width - 2 * pad - 22)]
    height = 7 + len(title) * voice.leading + len(body) * SMALL.leading + 7

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=colour, line=1.2, radius=5, dashed=True)
        brush.mark(TIER_MARK[block.open_tier], x + pad, y + 7.5, 13.5, colour)
        brush.lines(x + pad + 22, y + 7, title, voice)
        brush.lines(x + pad + 22, y + 7 + len(title) * voice.leading, body, SMALL)

    return Slice(height, draw, before=5.0)


def alarm(block: Alarm, width: float) -> list[Slice]:
    """The opening line of a plan whose emergency screen is incomplete."""
    pad = 12.0
    red = TONES["red"]
    voice = Voice(12.5, 16.5, BOLD, BOLD, red)
    title = wrap(text(block.title), voice, width - 2 * pad - 26)
    body = [line for words in block.lines for line in wrap(words, SMALL, width - 2 * pad - 26)]
    height = 8 + len(title) * voice.leading + 1 + len(body) * SMALL.leading + 8

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=red, line=1.6, radius=5, dashed=True)
        brush.mark("octagon", x + pad, y + 8, 17, red)
        brush.lines(x + pad + 26, y + 8, title, voice)
        brush.lines(x + pad + 26, y + 9 + len(title) * voice.leading, body, SMALL)

    return [Slice(height, draw, before=10.0)]


def emergency_band(block: EmergencyBand, width: float) -> list[Slice]:
    pad = 16.0
    red = TONES["red"]
    title_voice = Voice(21, 27, BOLD, BOLD, SURFACE)
    text_voice = Voice(11, 15, REGULAR, SEMIBOLD, SURFACE)
    figure_voice = Voice(26, 32, BOLD, BOLD, SURFACE)
    label_voice = Voice(9, 12.5, SEMIBOLD, SEMIBOLD, SURFACE)
    figure_width = (
        min(
            width * 0.34,
            max(
                faces()[BOLD].width(printable(block.figure), 26),
                faces()[SEMIBOLD].width(printable(block.figure_label), 9),
            )
            + 4,
        )
        if block.figure
        else 0.0
    )
    inner = width - 2 * pad - 42 - (figure_width + 16 if figure_width else 0)
    title = wrap(text(block.title), title_voice, inner)
    sentence = wrap(text(block.sentence), text_voice, inner)
    figure = wrap(text(block.figure), figure_voice, figure_width) if block.figure else []
    label = wrap(text(block.figure_label), label_voice, figure_width) if block.figure else []
    left_height = len(title) * 27.0 + 3 + len(sentence) * 15.0
    right_height = len(label) * 12.5 + len(figure) * 32.0
    height = max(left_height, right_height, 44) + 28

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=red, radius=6)
        brush.mark("octagon", x + pad, y + 14, 30, SURFACE)
        brush.lines(x + pad + 42, y + 14, title, title_voice)
        brush.lines(x + pad + 42, y + 17 + len(title) * 27.0, sentence, text_voice)
        right = x + width - pad
        brush.lines(x, y + (height - right_height) / 2, label, label_voice, right=right)
        brush.lines(x, y + (height - right_height) / 2 + len(label) * 12.5, figure, figure_voice, right=right)

    return [Slice(height, draw, before=10.0, keep=True)]


def emergency_steps(block: Steps, width: float) -> list[Slice]:
    voice = VOICES["step"]
    whole = bullets(numbered=True)
    slices: list[Slice] = []
    for number, (what, detail) in enumerate(block.items, 1):
        title = wrap(text(what), Voice(voice.size, voice.leading, SEMIBOLD, BOLD), width - 32)
        more = wrap(text(detail), BODY, width - 32)
        height = max(len(title) * voice.leading + len(more) * BODY.leading, 22.0)

        def draw(
            brush: Brush, x: float, y: float, number: int = number, title: list[Line] = title, more: list[Line] = more
        ) -> None:
            with brush.part(whole), brush.part(Element("LI")):
                brush.disc(x + 11, y + 9, 10, fill=TEXT)
                with brush.part(Element("Lbl")):
                    brush.words_centred(x + 11, y + 13, str(number), BOLD, 11, SURFACE)
                with brush.part(Element("LBody")):
                    brush.lines(x + 32, y, title, Voice(voice.size, voice.leading, SEMIBOLD, BOLD))
                    brush.lines(x + 32, y + len(title) * voice.leading, more, BODY)

        slices.append(Slice(height, draw, before=6.0))
    return slices


def phones(block: Phones, width: float) -> list[Slice]:
    """Two numbers beside each other where there are more than two, so that all stand on one page."""
    across = 2 if len(block.rows) > 2 else 1
    gap = 10.0
    each = (width - gap * (across - 1)) / across
    slices: list[Slice] = []
    for at in range(0, len(block.rows), across):
        cards = [_Card(label, number, each) for label, number in block.rows[at : at + across]]
        height = max(card.height for card in cards)

        def draw(brush: Brush, x: float, y: float, cards: list[_Card] = cards, height: float = height) -> None:
            for place, card in enumerate(cards):
                card.draw(brush, x + place * (each + gap), y, height)

        slices.append(Slice(height, draw, before=4.0))
    return slices


class _Card:
    """One telephone number with its label."""

    def __init__(self, label: str, number: str, width: float) -> None:
        self.known = any(letter.isdigit() for letter in number)
        self.width = width
        self.voice = Voice(17, 22, BOLD, BOLD) if self.known else SMALL
        self.label = wrap(text(label), BODY, width * 0.52 - 32)
        self.number = wrap(text(number or tr("not in the settings")), self.voice, width * 0.48 - 16)
        self.height = max(len(self.label) * BODY.leading, len(self.number) * self.voice.leading) + 8

    def draw(self, brush: Brush, x: float, y: float, height: float) -> None:
        brush.box(x, y, self.width, height, fill=SURFACE, edge=CONTROL, line=1.0, radius=4, dashed=not self.known)
        brush.mark("phone", x + 10, y + height / 2 - 7, 14, TEXT)
        brush.lines(x + 30, y + (height - len(self.label) * BODY.leading) / 2, self.label, BODY)
        middle = y + (height - len(self.number) * self.voice.leading) / 2
        brush.lines(x, middle, self.number, self.voice, right=x + self.width - 12)


def note(block: Note, width: float) -> list[Slice]:
    pad, bar, most = 9.0, 3.0, 36
    inner = width - 2 * pad - bar
    title = wrap(text(block.title), VOICES["label"], inner - 16)
    body = [line for words in block.lines for line in wrap(words, SMALL, inner)]
    parts = [body[at : at + most] for at in range(0, max(len(body), 1), most)]
    slices = [
        _note_part(block.mark, title if number == 0 else [], part, width, before=5.0 if number == 0 else 0.0)
        for number, part in enumerate(parts)
    ]
    return [*slices, _foreign_part(block.foreign, width)] if block.foreign is not None else slices


def _foreign_part(words: Foreign, width: float) -> Slice:
    """The end of a note in another language, as a part of its own so that it is read aloud in it."""
    pad, bar = 9.0, 3.0
    lines = wrap(text(words.words), SMALL, width - 2 * pad - bar)
    height = len(lines) * SMALL.leading + 5
    said = Element("P", language=words.language)

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y - 1, width, height + 1, fill=SUNKEN)
        brush.box(x, y - 1, bar, height + 1, fill=CONTROL)
        with brush.part(said):
            brush.lines(x + bar + pad, y - 5, lines, SMALL, right=x + width - pad if words.from_right else None)

    return Slice(height, draw)


def _note_part(mark: str, title: list[Line], body: list[Line], width: float, *, before: float) -> Slice:
    pad, bar = 9.0, 3.0
    title_height = len(title) * VOICES["label"].leading
    height = 5 + title_height + len(body) * SMALL.leading + 5

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=SUNKEN)
        brush.box(x, y, bar, height, fill=CONTROL)
        if title:
            brush.mark(mark, x + bar + pad, y + 6, 10, TEXT2)
            brush.lines(x + bar + pad + 16, y + 5, title, VOICES["label"])
        brush.lines(x + bar + pad, y + 5 + title_height, body, SMALL)

    return Slice(height, draw, before=before)


def verdict(block: Verdict, width: float) -> list[Slice]:
    voice = Voice(11.5, 15.5, BOLD, BOLD, ACCENT if block.known else TEXT)
    title = wrap(text(block.title), voice, width - 20 - 24)
    body = wrap(text(block.sentence), SMALL, width - 20 - 24)
    height = 6 + len(title) * voice.leading + len(body) * SMALL.leading + 6

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(
            x,
            y,
            width,
            height,
            fill=SURFACE,
            edge=ACCENT if block.known else CONTROL,
            line=1.4,
            radius=5,
            dashed=not block.known,
        )
        brush.mark(block.mark, x + 9, y + 6.5, 14.5, ACCENT if block.known else TEXT2)
        brush.lines(x + 32, y + 6, title, voice)
        brush.lines(x + 32, y + 6 + len(title) * voice.leading, body, SMALL)

    return [Slice(height, draw, before=4.0)]


def signature(block: Signature, width: float) -> list[Slice]:
    """Who signed, as what and when on the left, under the field of the signature; what this paper is on the right.

    A draft has a line to sign by hand, and no field.
    """
    pad, gap, icon = 10.0, 16.0, 20.0
    left = width * 0.53
    beside = pad + icon + 10 if block.signed else pad
    room, right = left - beside - pad, width - left - gap - pad
    head = wrap(text(tr("Signed electronically by") if block.signed else tr("Signature")), _FINE, room)
    who = wrap(text(Run(block.name, bold=True), quiet(f", {block.role}" if block.role else "")), BODY, room)
    when = wrap(block.when, SMALL, room) if block.signed else []
    beneath = block.lines if block.signed else (block.when, *block.lines)
    lines = [line for words in beneath for line in wrap(words, SMALL, right)]
    by_hand = 0.0 if block.signed else 18.0  # space to sign while nothing is signed
    said = len(head) * _FINE.leading + by_hand + len(who) * BODY.leading + len(when) * SMALL.leading
    height = 4 + max(said, len(lines) * SMALL.leading) + 4
    told = signature_of(block.name, block.role, plain(block.when))

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=CONTROL, line=1.0, radius=5, dashed=not block.signed)
        brush.stroke_line(x + left, y + 7, x + left, y + height - 7, LINE, 0.8)
        at = y + (height - said) / 2
        if block.signed:
            brush.mark("seal", x + pad, y + (height - icon) / 2, icon, ACCENT)
        brush.lines(x + beside, at, head, _FINE)
        at += len(head) * _FINE.leading + by_hand
        if not block.signed:
            brush.rule(x + beside, at - 2, x + left - pad, CONTROL, 0.8)
        brush.lines(x + beside, at, who, BODY)
        brush.lines(x + beside, at + len(who) * BODY.leading, when, SMALL)
        brush.lines(x + left + gap, y + (height - len(lines) * SMALL.leading) / 2, lines, SMALL)
        if block.signed:
            brush.field(told, x + 2, y + 2, left - 4, height - 4)

    return [Slice(height, draw, before=9.0)]
