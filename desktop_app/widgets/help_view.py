"""Shows one article of the help: title, parts that take the keyboard one after the other, links, folds and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.language import tr
from desktop_app.presentation.help import Article, Fold, FoldLine, Hit, Passage
from desktop_app.widgets import controls, help_text, theme
from desktop_app.widgets.advice_panel import LinkRow
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.scroll_area import ScrollArea

RING = 8
PAGE = 0.85  # how much of the view a page key moves


class PassageBox(QWidget):
    """A part with its heading. It takes the keyboard, so that a screen reader reads it and the ring shows the place."""

    radius = 8

    def __init__(self, passage: Passage) -> None:
        super().__init__()
        self.passage = passage
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(passage.title)
        self.setAccessibleDescription(passage.plain)
        self.column: QVBoxLayout = controls.column(self, margins=(RING, 4, RING, 6), spacing=5)
        self.column.addWidget(controls.label(passage.title, "subheading", wrap=True))


class FoldBox(QWidget):
    """Detail on demand: a button, and the lines it shows; they are made when first asked for."""

    question = Signal(str)

    def __init__(self, fold: Fold) -> None:
        super().__init__()
        self._fold = fold
        column = controls.column(self, margins=(-2, 0, 0, 0), spacing=4)
        self.button = Button(fold.title, "link", icon="chevron-right", tall=26, look="small-strong")
        self.button.setCheckable(True)
        self.button.setAccessibleDescription("shut")
        self.button.clicked.connect(self.toggle)
        column.addWidget(self.button)
        self.card = controls.Card(fill="sunken", edge="", radius=8)
        self._lines = controls.column(self.card, margins=(14, 10, 14, 12), spacing=8)
        self.card.hide()
        column.addWidget(self.card)

    def toggle(self) -> None:
        if self._lines.count() == 0:
            for line in self._fold.lines:
                self._lines.addWidget(self._row(line))
        shown = self.card.isHidden()
        self.card.setVisible(shown)
        self.button.icon_name = "chevron-down" if shown else "chevron-right"
        self.button.setAccessibleDescription("open" if shown else "shut")
        self.button.update()

    def _row(self, line: FoldLine) -> QWidget:
        if line.question:
            link = LinkRow("help-circle-outline", "text2", line.title, line.text)
            link.pressed.connect(lambda: self.question.emit(line.question))
            return link
        holder = QWidget()
        column = controls.column(holder, spacing=1)
        column.addWidget(controls.label(line.title, "small-strong", wrap=True))
        if line.text:
            column.addWidget(controls.label(line.text, "small", ink="text2", wrap=True))
        if line.note:
            column.addWidget(controls.label(line.note, "caption", ink="text2", wrap=True))
        return holder


class HelpView(ScrollArea):
    """``follow`` carries the target of a link, ``question`` a question of the open consultation."""

    follow = Signal(str)
    question = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.article: Article | None = None
        self.boxes: list[PassageBox] = []
        self.folds: list[FoldBox] = []
        self.links: list[LinkRow] = []
        self._inside = QWidget()

    def settle(self) -> None:
        """Lay everything out now, so that places can be asked for."""
        if (layout := self._inside.layout()) is not None:
            layout.activate()
            self._inside.resize(self.viewport().width(), layout.totalHeightForWidth(self.viewport().width()))

    def _fresh(self, title: str) -> QVBoxLayout:
        self.boxes, self.folds, self.links = [], [], []
        inside = QWidget()
        self._inside = inside
        column = controls.column(inside, margins=(24 - RING, 4, 24 - RING, 20), spacing=8)
        head = controls.label(title, "title", wrap=True)
        head.setContentsMargins(RING, 0, RING, 0)
        column.addWidget(head)
        self.setWidget(inside)
        inside.show()
        return column

    def show_article(self, article: Article) -> None:
        """Replace what is shown."""
        self.article = article
        column = self._fresh(article.title)
        if article.lead:
            lead = controls.column(margins=(RING, 0, RING, 6), spacing=6)
            help_text.fill(lead, article.lead, self.follow.emit)
            column.addLayout(lead)
        for passage in article.passages:
            column.addWidget(self._passage(passage))
        column.addStretch(1)
        self._collect()
        self.verticalScrollBar().setValue(0)

    def _passage(self, passage: Passage) -> QWidget:
        box = PassageBox(passage)
        help_text.fill(box.column, passage.text, self.follow.emit)
        help_text.fill_keys(box.column, passage.keys)
        for fold in passage.folds:
            made = FoldBox(fold)
            made.question.connect(self.question)
            self.folds.append(made)
            box.column.addWidget(made)
        self.boxes.append(box)
        return box

    def show_hits(self, text: str, hits: tuple[Hit, ...]) -> None:
        """What a search has found."""
        self.article = None
        found = tr("{hits} found").format(hits=len(hits)) if len(hits) != 1 else tr("1 found")
        column = self._fresh(f"“{text}”: {found}" if hits else tr("Nothing found for “{text}”").format(text=text))
        holder = controls.column(margins=(RING, 0, RING, 0), spacing=4)
        column.addLayout(holder)
        for hit in hits:
            row = LinkRow("help-circle-outline", "text2", hit.title, hit.snippet)
            target = f"{hit.topic}#{hit.anchor}" if hit.anchor else hit.topic
            row.pressed.connect(lambda t=target: self.follow.emit(t))
            holder.addWidget(row)
        if not hits:
            holder.addWidget(
                controls.label(tr("Try one word, or look through all help."), "body", ink="text2", wrap=True)
            )
        column.addStretch(1)
        self._collect()

    def _collect(self) -> None:
        self.links = self._inside.findChildren(LinkRow)

    def go_to(self, part: str) -> None:
        """Bring a passage to the top and give it the keyboard."""
        for box in self.boxes:
            if box.passage.anchor == part:
                self.settle()
                self.verticalScrollBar().setValue(box.y() - RING)
                box.setFocus()

    def focus_first(self) -> None:
        first = [*self.boxes[:1], *self.links[:1]]
        if first:
            first[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys scroll, wherever the keyboard is inside."""
        bar = self.verticalScrollBar()
        step = {Qt.Key.Key_Down: theme.px(48), Qt.Key.Key_Up: -theme.px(48),
                Qt.Key.Key_PageDown: round(self.viewport().height() * PAGE),
                Qt.Key.Key_PageUp: -round(self.viewport().height() * PAGE),
                Qt.Key.Key_Home: -bar.maximum(), Qt.Key.Key_End: bar.maximum()}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)
