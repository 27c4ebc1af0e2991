"""A document as plain text for a hospital record: the same content tree as the pages, line by line."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, assert_never

from desktop_app.documents.tree import (
    Alarm,
    AskBack,
    Banner,
    BodyMap,
    ChoiceCard,
    Columns,
    EmergencyBand,
    Facts,
    FromRight,
    GetHelp,
    Heading,
    InLanguage,
    LinesToFill,
    Listing,
    NewPage,
    NextSteps,
    Note,
    Paragraph,
    Phones,
    Proof,
    ReturnSlip,
    Roots,
    Side,
    Signature,
    Spine,
    Steps,
    Table,
    Text,
    TickLines,
    TimeLine,
    Verdict,
    plain,
)
from desktop_app.documents.words import apart
from desktop_app.language import tr
from desktop_app.pictures import body, correlation, spine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from desktop_app.documents.tree import Block, Document

WIDTH = 78  # columns: fits the text fields and the printers of old record systems
_RULE = "=" * WIDTH


def plain_text(document: Document) -> str:
    """The whole document in reading order, wrapped; ends with a line feed. Slips to fill in by hand are left out."""
    draft = tr("DRAFT, NOT SIGNED") if document.draft else ""
    training = tr("TRAINING: fictional patient") if document.training else ""
    who = document.identity
    lines = [
        " ".join(part for part in (document.title, document.number) if part),
        *(part for part in (draft, training) if part),
        ", ".join(document.dates),
        ", ".join((document.clinic, *document.clinic_lines)),
        ", ".join((who.name, *who.details, who.number)),
        *([who.note] if who.note else []),
        _RULE,
    ]
    lines += _stack((*document.first[0], *document.rest))
    lines += [_RULE, document.footer_content, *([document.notice] if document.notice else [])]
    wrapped = [part for line in lines for part in _wrapped(line)]
    return "\n".join(_no_double_gaps(wrapped)) + "\n"


def _wrapped(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line.rstrip()]
    inner = len(line) - len(line.lstrip())
    hang = inner + 2 if line.lstrip().startswith("- ") else inner
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * hang, break_long_words=False) or [""]


def _no_double_gaps(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def _stack(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _lines(block)


def _items(items: Iterable[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _plain(texts: Iterable[Text]) -> Iterator[str]:
    return (words for one in texts if (words := plain(one).strip()))


def _facts(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (tr("{label}: {words}").format(label=label, words=words) if label else words for label, words in rows)


def _lines(block: Block) -> Iterator[str]:  # one case for each kind of block, and nothing else
    match block:
        case Heading():
            yield ""
            yield f"{block.text} ({block.note})" if block.note else block.text
            yield "-" * min(len(block.text), WIDTH)
        case Paragraph():
            yield plain(block.text)
        case Listing():
            yield from _items(_plain(block.items))
        case Facts():
            yield from _facts((label, plain(words)) for label, words in block.rows)
        case Table():
            yield from _table(block)
        case Banner():
            yield from _banner(block)
        case Alarm():
            yield block.title
            yield from _plain(block.lines)
        case EmergencyBand():
            yield ". ".join(part.rstrip(".") for part in (block.title, block.sentence) if part) + "."
            yield from _facts([(block.figure_label, block.figure)] if block.figure else [])
        case Steps():
            yield from _items(f"{what}. {detail}".strip() if detail else what for what, detail in block.items)
        case Phones():
            yield from _facts((label, number or tr("number missing")) for label, number in block.rows)
        case Note():
            foreign = f" {block.foreign.words}" if block.foreign is not None else ""
            yield tr("{label}: {words}").format(label=block.title, words=" ".join(_plain(block.lines))) + foreign
        case Verdict():
            yield f"{block.title}. {block.sentence}"
        case Roots():
            yield from _roots(block)
        case Spine():
            yield spine.alt(block.marks)
        case BodyMap():
            yield body.body(block.marks).alt
        case Signature():
            yield ""
            said = tr("Signed by {who}") if block.signed else tr("Not signed. {who}")
            yield said.format(who=f"{block.name}, {block.role}").strip()
            yield from _plain((block.when, *block.lines))
        case NextSteps():
            yield block.title
            yield from _items(plain(words) for _, words in block.rows)
        case GetHelp():
            yield f"{block.title} {block.how} {block.number or tr('(number missing)')}"
            yield from _items(block.items)
        case AskBack():
            yield block.words
        case ChoiceCard():
            yield ""
            yield block.title
            yield from _facts((block.good, block.bad, block.sure))
            if block.talk:
                yield block.talk
        case TickLines():
            yield from _items(block.items)
        case Side():
            yield from _stack((*block.left, *block.right))
        case Columns() | FromRight() | InLanguage():
            yield from _stack(block.blocks)
        case TimeLine() | ReturnSlip() | LinesToFill() | Proof() | NewPage():
            return  # said in words elsewhere, or to be filled in by hand, or no content
        case _:
            assert_never(block)  # a new kind of block has to say here what its words are


def _table(table: Table) -> Iterator[str]:
    titles = [column.title for column in table.columns]
    for row in table.rows:
        if row.group:
            yield tr("{label}:").format(label=row.group)
            continue
        first, *rest = (" ".join(_plain(cell)) for cell in row.cells)
        named = zip(titles[1:], rest, strict=False)
        told = [*_facts((title, words) for title, words in named if words)]
        yield "- " + apart(part for part in (first, *told) if part)
    if table.more:
        yield table.more


def _banner(banner: Banner) -> Iterator[str]:
    yield " ".join(
        part
        for part in (
            tr("{label}: {words}.").format(label=banner.over, words=banner.title),
            banner.date,
            banner.date_note,
        )
        if part
    )
    yield from _plain(banner.lines)
    if banner.open_title:
        yield tr("Not yet ruled out: {title}.").format(title=banner.open_title)
        yield from _plain(banner.open_lines)


def _roots(block: Roots) -> Iterator[str]:
    if block.empty:
        yield block.empty
    for leg in block.legs:
        for row in leg.rows:
            yield f"- {correlation.row_words(leg.side, row)}"
    if block.note:
        yield block.note
