"""The framed parts of a page: urgency banner, emergency band, steps, numbers, notes, verdict, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.brush import rounded_steps
from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces, printable
from desktop_app.documents.slices import Slice
from desktop_app.documents.style import (
    ACCENT,
    CONTROL,
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
from desktop_app.documents.tree import text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import (
        Alarm,
        Banner,
        EmergencyBand,
        Note,
        Phones,
        Signature,
        Steps,
        Verdict,
    )
    from desktop_app.documents.wrap import Line

BODY = VOICES["body"]
SMALL = VOICES["small"]


def banner(block: Banner, width: float) -> list[Slice]:
    """Filled: what is certain. Dashed beneath it: what is not ruled out."""
    tone = TIER_TONE[block.tier]
    colour, soft = TONES[tone], SOFT[tone]
    pad, bar = 12.0, 7.0
    inner = width - 2 * pad - bar
    title_voice = Voice(15.5, 20.5, BOLD, BOLD, colour)
    over = wrap(text(block.over), Voice(8.6, 12, SEMIBOLD, SEMIBOLD, TEXT2), inner)
    date_colour = TONES["red"] if block.date_alarm else colour
    date_voice = Voice(15.5, 20.5, BOLD, BOLD, date_colour)
    date_width = faces()[BOLD].width(printable(block.date), 15.5) if block.date else 0.0
    title_room = inner - 26
    beside = block.date and faces()[BOLD].width(printable(block.title), 15.5) + 20 + date_width <= title_room
    title = wrap(text(block.title), title_voice, title_room if not beside else title_room - date_width - 14)
    date = wrap(text(block.date), date_voice, inner - 26)
    note = wrap(text(block.date_note), Voice(8.6, 12, SEMIBOLD, SEMIBOLD, date_colour), inner - 26)
    body = [line for words in block.lines for line in wrap(words, BODY, inner)]
    over_height = len(over) * 12.0
    title_height = len(title) * 20.5 + (0 if beside else len(date) * 20.5)
    body_height = len(body) * BODY.leading
    height = 8 + over_height + title_height + len(note) * 12.0 + 3 + body_height + 8

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=soft, radius=5)
        brush.clip(rounded_steps(width, height, 5), x, y, 1.0)
        brush.box(x, y, bar, height, fill=colour)
        brush.restore()
        brush.box(x, y, width, height, edge=colour, line=1.6, radius=5)
        at, left = y + 8, x + bar + pad
        brush.lines(left, at, over, Voice(8.6, 12, SEMIBOLD, SEMIBOLD, TEXT2))
        at += over_height
        brush.mark(TIER_MARK[block.tier], left, at + 0.5, 19.5, colour)
        brush.lines(left + 26, at, title, title_voice)
        right = x + width - pad
        if beside:
            brush.lines(left, at, date, date_voice, right=right)
        else:
            brush.lines(left + 26, at + len(title) * 20.5, date, date_voice)
        at += title_height
        if note:
            brush.lines(left + 26, at, note, Voice(8.6, 12), right=right if beside else None)
            at += len(note) * 12.0
        brush.lines(left, at + 3, body, BODY)

    slices = [Slice(height, draw, before=10.0, keep=bool(block.open_title))]
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
        brush.box(x, y, width, height, fill=SURFACE, edge=colour, line=1.2, radius=5, dashed=True)
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
        brush.box(x, y, width, height, fill=SURFACE, edge=red, line=1.6, radius=5, dashed=True)
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
    figure_width = min(width * 0.34, max(
        faces()[BOLD].width(printable(block.figure), 26),
        faces()[SEMIBOLD].width(printable(block.figure_label), 9)) + 4) if block.figure else 0.0
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
    slices: list[Slice] = []
    for number, (what, detail) in enumerate(block.items, 1):
        title = wrap(text(what), Voice(voice.size, voice.leading, SEMIBOLD, BOLD), width - 32)
        more = wrap(text(detail), BODY, width - 32)
        height = max(len(title) * voice.leading + len(more) * BODY.leading, 22.0)

        def draw(brush: Brush, x: float, y: float, number: int = number, title: list[Line] = title,
                 more: list[Line] = more) -> None:
            brush.disc(x + 11, y + 9, 10, fill=TEXT)
            brush.words_centred(x + 11, y + 13, str(number), BOLD, 11, SURFACE)
            brush.lines(x + 32, y, title, Voice(voice.size, voice.leading, SEMIBOLD, BOLD))
            brush.lines(x + 32, y + len(title) * voice.leading, more, BODY)

        slices.append(Slice(height, draw, before=6.0))
    return slices


def phones(block: Phones, width: float) -> list[Slice]:
    slices: list[Slice] = []
    number_voice = Voice(17, 22, BOLD, BOLD)
    for label, number in block.rows:
        left = wrap(text(label), BODY, width * 0.52)
        right = wrap(text(number or "number not entered in the settings"), number_voice if number else BODY,
                     width * 0.4 - 24)
        voice = number_voice if number else BODY
        height = max(len(left) * BODY.leading, len(right) * voice.leading) + 8

        def draw(brush: Brush, x: float, y: float, left: list[Line] = left, right: list[Line] = right,
                 voice: Voice = voice, height: float = height, *, known: bool = bool(number)) -> None:
            brush.box(x, y, width, height, fill=SURFACE, edge=CONTROL, line=1.0, radius=4, dashed=not known)
            brush.mark("phone", x + 10, y + height / 2 - 7, 14, TEXT)
            brush.lines(x + 32, y + (height - len(left) * BODY.leading) / 2, left, BODY)
            brush.lines(x, y + (height - len(right) * voice.leading) / 2, right, voice, right=x + width - 12)

        slices.append(Slice(height, draw, before=4.0))
    return slices


def note(block: Note, width: float) -> list[Slice]:
    pad, bar, most = 9.0, 3.0, 36
    inner = width - 2 * pad - bar
    title = wrap(text(block.title), VOICES["label"], inner - 16)
    body = [line for words in block.lines for line in wrap(words, SMALL, inner)]
    parts = [body[at:at + most] for at in range(0, max(len(body), 1), most)]
    return [_note_part(block.mark, title if number == 0 else [], part, width, before=5.0 if number == 0 else 0.0)
            for number, part in enumerate(parts)]


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
        brush.box(x, y, width, height, fill=SURFACE, edge=ACCENT if block.known else CONTROL, line=1.4, radius=5,
                  dashed=not block.known)
        brush.mark(block.mark, x + 9, y + 6.5, 14.5, ACCENT if block.known else TEXT2)
        brush.lines(x + 32, y + 6, title, voice)
        brush.lines(x + 32, y + 6 + len(title) * voice.leading, body, SMALL)

    return [Slice(height, draw, before=4.0)]


def signature(block: Signature, width: float) -> list[Slice]:
    pad = 10.0
    inner = width - 2 * pad
    name = wrap(text(block.name), Voice(9.5, 13.2, SEMIBOLD, SEMIBOLD), inner)
    role = wrap(text(block.role), SMALL, inner)
    lines = [line for words in block.lines for line in wrap(words, SMALL, inner)]
    room = 4.0 if block.signed else 26.0  # a line to sign by hand while nothing is signed
    height = 7 + 12 + room + 4 + len(name) * 13.2 + len(role) * 12.0 + 3 + len(lines) * SMALL.leading + 8

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=SURFACE, edge=CONTROL, line=1.0, radius=5, dashed=not block.signed)
        head = wrap(text("Signature"), VOICES["label"], inner)
        brush.lines(x + pad, y + 7, head, VOICES["label"])
        at = y + 19 + room
        if not block.signed:
            brush.rule(x + pad, at, x + width - pad, CONTROL, 0.8)
        at += 4
        brush.lines(x + pad, at, name, Voice(9.5, 13.2, SEMIBOLD, SEMIBOLD))
        at += len(name) * 13.2
        brush.lines(x + pad, at, role, SMALL)
        brush.lines(x + pad, at + len(role) * 12.0 + 3, lines, SMALL)

    return [Slice(height, draw, before=10.0)]
