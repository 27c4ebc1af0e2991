"""Markdown as widgets: Qt reads it; lines, lists, links and keys become parts that have names."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextListFormat
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.presentation.keys import Context, Key
from desktop_app.widgets import controls, theme
from desktop_app.widgets.advice_panel import LinkRow

TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or an item of a list. ``mark`` is its bullet or number; ``link`` is set when it is only that."""

    words: str  # rich text
    plain: str
    mark: str = ""
    link: str = ""
    strong: bool = False


def lines(markdown: str) -> Iterator[Line]:
    """The blocks of a Markdown text, in order."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    block = document.begin()
    while block.isValid():
        if block.text().strip():
            yield _line(block)
        block = block.next()


def _line(block: QTextBlock) -> Line:
    words, links = "", []
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        style = fragment.charFormat()
        text = html.escape(fragment.text().replace("\u2028", " "), quote=False)
        words += f"<b>{text}</b>" if style.fontWeight() > QFont.Weight.Normal else text
        if style.isAnchor():
            links.append(style.anchorHref())
        place += 1
    listed = block.textList()
    mark = ""
    if listed is not None:
        numbered = listed.format().style() == QTextListFormat.Style.ListDecimal
        mark = f"{listed.itemNumber(block) + 1}" if numbered else "·"
    return Line(words, block.text(), mark, links[0] if len(links) == 1 and mark == "·" else "",
                strong=block.blockFormat().headingLevel() > 0)


def fill(column: QVBoxLayout, markdown: str, follow: Callable[[str], None], look: str = "body") -> None:
    """Put a Markdown text into a column; ``follow`` is called with the target of a link."""
    for line in lines(markdown):
        column.addWidget(_widget(line, follow, look))


def _widget(line: Line, follow: Callable[[str], None], look: str) -> QWidget:
    if line.link:
        row = LinkRow("help-circle-outline", "text2", line.plain, "")
        row.pressed.connect(lambda: follow(line.link))
        return row
    words = controls.label(line.words, "strong" if line.strong else look, wrap=True, rich=True)
    words.setAccessibleName(line.plain)
    if not line.mark:
        return words
    holder = QWidget()
    row_ = controls.row(holder, spacing=6)
    mark = controls.label(line.mark, "strong", ink="text2")
    mark.setFixedWidth(theme.px(16))
    row_.addWidget(mark, 0, TOP)
    row_.addWidget(words, 1)
    return holder


def key_row(key: Key) -> QWidget:
    """The caps of a key at the left, what it does at the right."""
    holder = QWidget()
    row = controls.row(holder, margins=(0, 1, 0, 1), spacing=10)
    caps = QWidget()
    caps.setFixedWidth(theme.px(CAPS))
    inner = controls.row(caps, spacing=3)
    for index, together in enumerate(key.caps):
        if index:
            inner.addWidget(controls.label("/", "caption", ink="text3"))
        for number, cap in enumerate(together):
            if number:
                inner.addWidget(controls.label("+", "caption", ink="text3"))
            inner.addWidget(controls.KeyCap(cap))
    inner.addStretch(1)
    row.addWidget(caps, 0, TOP)
    words = controls.label(key.words, "small", wrap=True)
    words.setAccessibleName(f"{key.spoken}: {key.words}")
    row.addWidget(words, 1)
    return holder


CAPS = 132


def fill_keys(column: QVBoxLayout, contexts: tuple[Context, ...]) -> None:
    """The keys of some contexts; several get their titles."""
    for context in contexts:
        if len(contexts) > 1:
            head = controls.label(context.title, "caption-strong", ink="text2")
            head.setContentsMargins(0, 6, 0, 0)
            column.addWidget(head)
        for key in context.keys:
            column.addWidget(key_row(key))
