"""What a document says, as a plain tree of words: no fonts, no coordinates, no reportlab.

The content modules build it, the layout reads it, and tests read it as well: whatever stands in the
tree stands on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import overload

from desktop_app.pictures.body import Marks
from desktop_app.pictures.correlation import Leg
from desktop_app.pictures.spine import SpineMarks
from desktop_app.pictures.timeline import Course


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one voice. ``mark`` draws a small icon in place of text."""

    text: str = ""
    bold: bool = False
    quiet: bool = False
    tone: str = ""  # "", accent, red, amber, green
    mark: str = ""


Text = tuple[Run, ...]
_GAP = re.compile(r"\{(\w+)\}")


def text(*parts: str | Run) -> Text:
    """Text from plain strings and runs, empty parts left out."""
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text or run.mark)


def worded(sentence: str, **gaps: str | Run | Text) -> Text:
    """A sentence with its gaps ``{name}`` filled, so that a part of it can have a look of its own."""
    parts: list[str | Run] = []
    for number, piece in enumerate(_GAP.split(sentence)):
        put = gaps[piece] if number % 2 else piece
        parts += put if isinstance(put, tuple) else [put]
    joined: list[str | Run] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return text(*joined)


def bold(words: str, tone: str = "") -> Run:
    return Run(words, bold=True, tone=tone)


def quiet(words: str) -> Run:
    return Run(words, quiet=True)


def mark(name: str, tone: str = "") -> Run:
    return Run(mark=name, tone=tone)


def plain(words: Text) -> str:
    """The words alone, as a screen reader or a test would read them."""
    return "".join(run.text for run in words)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2  # 0: on the patient's sheet, 1: part of the document, 2: section, 3: within a section
    note: str = ""
    spare: bool = False  # left away with what stands below it where that saves a page


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    style: str = "body"  # body, small, fine, caption, large, title
    gap: float = 3.0  # above
    keep: bool = False  # stays with what follows


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Text, ...]
    numbered: bool = False
    style: str = "body"
    keep: bool = False  # whole, and on one page with what follows


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value in two columns."""

    rows: tuple[tuple[str, Text], ...]
    label_share: float = 0.27
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; every cell is a stack of paragraphs. A ``group`` row spans the table as a subheading."""

    cells: tuple[tuple[Text, ...], ...] = ()
    group: str = ""
    keep: bool = False  # on one page with the row that follows, the last with the block that follows
    under: Text = ()  # what the row belongs to: shown again above it where a page begins with it


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    style: str = "body"
    more: str = ""  # a caption under the table: how many rows stand elsewhere


@dataclass(frozen=True, slots=True)
class Banner:
    """The urgency: word, icon and colour. ``open_*`` is what is not ruled out, drawn dashed."""

    tier: str  # NONE, R3, U14, E24, E
    over: str  # "Act at least on" or "Act on"
    title: str
    date: str
    date_note: str = ""
    date_alarm: bool = False
    lines: tuple[Text, ...] = ()
    open_tier: str = ""
    open_title: str = ""
    open_lines: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """A dashed frame with an octagon that opens a plan whose emergency screen is incomplete."""

    title: str
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class EmergencyBand:
    """The full-width band of an emergency, with its one figure."""

    title: str
    sentence: str
    figure_label: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered instructions in large type."""

    items: tuple[tuple[str, str], ...]  # what, detail


@dataclass(frozen=True, slots=True)
class Phones:
    rows: tuple[tuple[str, str], ...]  # label, number; an empty number is shown as missing


@dataclass(frozen=True, slots=True)
class Note:
    """Sunken, with a grey side bar: disagreement and other quiet remarks."""

    title: str
    lines: tuple[Text, ...]
    mark: str = "scales"
    foreign: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than the document's, below the lines of a note."""

    language: str  # as in BCP 47
    words: str
    from_right: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of signs and imaging; ``known`` False draws its edge dashed."""

    title: str
    sentence: str
    known: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Roots:
    """Signs to the left, imaging to the right, roots down the middle. No leg: nothing is known yet."""

    legs: tuple[Leg, ...]
    empty: str = ""  # the sentence that stands in place of an empty picture
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spine:
    """The broken vertebra, and every level and zone of the report."""

    marks: SpineMarks


@dataclass(frozen=True, slots=True)
class BodyMap:
    """Where it hurts and where sensation is changed. ``whole``: with names, saddle area and key to the patterns."""

    marks: Marks
    whole: bool = False


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Start, steps up, review and stop of medicines; the words beside it stand in a list of their own."""

    courses: tuple[Course, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, as what and when; signed, the field that the signature fills lies over it."""

    signed: bool
    name: str
    role: str
    when: Text
    lines: tuple[Text, ...]  # what this paper is


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Framed: what happens next, each with its icon, in the size of the patient's sheet."""

    title: str
    rows: tuple[tuple[str, Text], ...]  # icon, words
    style: str = "large"


@dataclass(frozen=True, slots=True)
class GetHelp:
    """The emergency list of the patient's sheet: band with the number, then every sign with an octagon."""

    title: str
    how: str
    number: str  # "" when the settings hold none: a line to write on
    items: tuple[str, ...]
    pictures: tuple[str, ...] = ()  # of each sign, by its name in pictures/signs.py; "" for an octagon
    by_picture: bool = False  # the pictures say it and the words stand small beside them


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question for the patient to answer in own words, with a line to write on."""

    words: str
    keep: bool = False  # stays on one page with what follows
    spare: bool = False  # left away where that saves a page


@dataclass(frozen=True, slots=True)
class ChoiceCard:
    """One choice of a patient: good and bad beside each other in equal size, below them how sure we are."""

    title: str
    good: tuple[str, str]  # heading, words
    bad: tuple[str, str]
    sure: tuple[str, str]
    talk: str = ""  # what about this very patient has to be talked about


@dataclass(frozen=True, slots=True)
class TickLines:
    """Things to tick or to weigh by hand, in columns."""

    items: tuple[str, ...]
    count: int = 2


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """The foot of a letter to cut off and send back: to whom, about whom, lines to fill in."""

    to: str
    about: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinesToFill:
    """Labels with a line beside each to write on by hand, two beside each other."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The code that proves a signed paper, with what it says; ``rows`` are label and words."""

    code: str  # "shc:/" and digits
    title: str
    sentence: str
    rows: tuple[tuple[str, Text], ...]
    language: str = ""  # of the rows, where it is another than the document's


@dataclass(frozen=True, slots=True)
class Side:
    """Two stacks of blocks beside each other; one under the other when they do not fit one page."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.5  # of the left
    gap: float = 18.0
    above: float = 0.0  # at least so much space
    keep: bool = False  # stays on one page with what follows


@dataclass(frozen=True, slots=True)
class FromRight:
    """Blocks in a script that is read from the right: their layout is mirrored."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Blocks in another language than the document's, so that they are read aloud in it. No tables, no columns."""

    language: str  # as in BCP 47: hi, ar
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks that run through columns of equal width, over as many pages as they need. No tables inside."""

    blocks: tuple[Block, ...]
    count: int = 2
    gap: float = 18.0


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a page of its own."""


Block = (
    Heading
    | Paragraph
    | Listing
    | Facts
    | Table
    | Banner
    | Alarm
    | EmergencyBand
    | Steps
    | Phones
    | Note
    | Verdict
    | Roots
    | Spine
    | BodyMap
    | TimeLine
    | Signature
    | NextSteps
    | GetHelp
    | AskBack
    | ReturnSlip
    | LinesToFill
    | Proof
    | ChoiceCard
    | TickLines
    | Side
    | FromRight
    | InLanguage
    | Columns
    | NewPage
)


class Fitting(Sequence[tuple[Block, ...]]):
    """One page from roomy to dense; each form is made when it is first asked for, as most never are."""

    def __init__(self, count: int, make: Callable[[int], tuple[Block, ...]]) -> None:
        self._count = count
        self._make = cache(make)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> tuple[Block, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[Block, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[Block, ...] | tuple[tuple[Block, ...], ...]:
        at = range(self._count)[place]  # as a list would take it, with its errors
        return tuple(map(self._make, at)) if isinstance(at, range) else self._make(at)


@dataclass(frozen=True, slots=True)
class Identity:
    """The one line that says whose paper this is."""

    name: str
    training: bool
    details: tuple[str, ...]  # "Female, 72 years", "born 3 Mar 1954"
    number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the document."""

    name: str
    words: str  # what it is
    kind: str  # application/json
    content: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``first`` holds the first page from roomy to dense; the first that fits is taken."""

    title: str
    kind: str  # care_plan
    language: str
    number: str
    dates: tuple[str, ...]  # "as of 12 Nov 2026", "signed on ..."
    clinic: str
    clinic_lines: tuple[str, ...]
    draft: bool
    training: bool
    identity: Identity
    footer_identity: str
    footer_content: str
    first: Sequence[tuple[Block, ...]]
    rest: tuple[Block, ...]
    subject: str
    author: str
    keywords: str = ""
    page_size: str = "A4"
    attachments: tuple[Attachment, ...] = ()
    logo: bytes = b""  # PNG; empty: none
    notice: str = ""  # of the state of the words themselves, in the foot of each page
    top: float = 0.0  # points left free above the head of each page, for paper that is printed already
    signed_in_head: str = ""  # the signature's field, read aloud; "": not signed, or a block below has the field
