"""The guide of the program's help as a PDF beside the installer, set by the program's own document code."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(ROOT))

from bundle import time_of_source  # noqa: E402  both folders have to be named before

from desktop_app import VERSION, places  # noqa: E402
from desktop_app.documents.form_tree import blank_document  # noqa: E402
from desktop_app.documents.pages import render  # noqa: E402
from desktop_app.documents.tree import Block, Heading, Identity, Listing, Paragraph, Text, bold, text  # noqa: E402
from desktop_app.parts import pack_of  # noqa: E402
from desktop_app.presentation.help import BLOCK, BULLET, Article, Library  # noqa: E402
from desktop_app.use_cases.domain import Clinic  # noqa: E402

TOPIC = "guide"
ON_PAGE_ONE = 5  # parts


def _words(line: str) -> Text:
    """A line of Markdown with its bold parts."""
    parts = re.split(r"\*\*(.+?)\*\*", " ".join(BULLET.sub("", line).split()))
    return text(*(bold(part) if at % 2 else part for at, part in enumerate(parts)))


def blocks(article: Article) -> Iterator[Block]:
    """The article as blocks of a document, without its title."""
    yield Paragraph(_words(article.lead))
    for passage in article.passages:
        yield Heading(passage.title)
        items: list[Text] = []
        numbered = False
        for block in [*BLOCK.split(passage.text), ""]:
            if BULLET.match(block):
                numbered = block[0].isdigit()
                items.append(_words(block))
                continue
            if items:
                yield Listing(tuple(items), numbered=numbered)
                items = []
            if block.strip():
                yield Paragraph(_words(block))


def pdf() -> bytes:
    """The guide; the same source gives the same bytes."""
    article = Library(places.resources() / "help").topics[TOPIC]
    day = datetime.fromtimestamp(time_of_source(), UTC).date()
    clinic = Clinic("Lumbar Pathway", "", "", "")
    who = Identity("Guide", training=False, details=(), number=f"version {VERSION}")
    found = list(blocks(article))
    heads = [at for at, block in enumerate(found) if isinstance(block, Heading)]
    page_one, rest = found[:heads[ON_PAGE_ONE]], found[heads[ON_PAGE_ONE]:]
    document = blank_document(
        pack_of(places.guideline()), clinic, day, "A4", footer_identity="Guide", title=article.title,
        kind="guide", first=(tuple(page_one),), rest=tuple(rest), identity=who)
    return render(document, day)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(pdf())
