"""The engine of every page with questions: one is open, answered ones shrink to a line, the rest wait."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.cards import Card as CardModel
from desktop_app.presentation.cards import Page
from desktop_app.presentation.medicine_rows import Drug
from desktop_app.widgets import controls, tab_order
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.question_card import OpenCard, ShutLine
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.scroll_area import ScrollArea

MARGIN = 24
RING = 4  # room for the focus ring at both sides
PARTS = 12  # px between the open card and the lines that it parts


class QuestionList(QWidget):
    """The cards of one page."""

    answered = Signal(object)
    opened = Signal(str)
    finished = Signal()

    def __init__(self, today: date, drugs: dict[str, tuple[Drug, ...]]) -> None:
        super().__init__()
        self._today, self._drugs = today, drugs
        self._page: Page | None = None
        self.open_id = ""
        self.only_look = False  # signed, or somebody who may not answer
        self.open_card: OpenCard | None = None
        self.lines: dict[str, ShutLine] = {}
        self.fold: Button | None = None
        self._unfolded = False
        self._looked_up = False  # the open question was opened on purpose, on a page where nothing waited
        self._groups: list[list[str]] = []
        self._gaps: list[QWidget] = []  # above and below the open card
        self._column = controls.column(self, margins=(RING, 0, RING, 0), spacing=0)
        self._shape: tuple[object, ...] = ()

    def show_page(self, page: Page) -> None:
        """Show the same page after an answer, or another one. Cards that did not change stay."""
        self._page = page
        shape = (tuple((g.title, tuple(c.id for c in g.cards if self._stands(c))) for g in page.groups),
                 self._unfolded, tuple(c.id for c in page.cards if not self._stands(c)))
        if shape != self._shape:
            self._shape = shape
            self._rebuild()
        else:
            for name, line in self.lines.items():
                if (found := page.card(name)) is not None:
                    line.show_card(found)
            if self.open_card is not None and (found := page.card(self.open_id)) is not None:
                self.open_card.show_card(found)
        if self.open_card is not None:
            self.open_card.over.setText(self._over(page, self.open_id))

    def _stands(self, card: CardModel) -> bool:
        """Whether the question has its place among the others; what changes nothing lies folded below them."""
        return not card.folded or card.id == self.open_id

    def _rebuild(self) -> None:
        page = self._page
        if page is None:
            return
        kept, self.open_card = self.open_card, None
        if kept is not None:
            self._column.removeWidget(kept)  # it keeps its parent, and with it the keyboard
        before, self.lines = self.lines, {}
        for line in before.values():
            self._column.removeWidget(line)
        controls.clear(self._column)
        self._groups, self._gaps = [], []
        shown = [(g, [c for c in g.cards if self._stands(c)]) for g in page.groups]
        for group, cards in shown:
            if not cards:
                continue
            if len(page.groups) > 1 and group.title:
                self._column.addSpacing(8)
                self._column.addWidget(controls.label(group.title, "subheading"))
                if group.intro:
                    self._column.addWidget(controls.label(group.intro, "small", ink="text2", wrap=True))
                self._column.addSpacing(8)
            elif group.intro:
                self._column.addWidget(controls.label(group.intro, "small", ink="text2", wrap=True))
                self._column.addSpacing(8)
            self._add_lines(cards, before)
        self._add_fold([c for c in page.cards if not self._stands(c)], before)
        for line in before.values():
            line.hide()
            line.deleteLater()
        self._column.addStretch(1)
        if kept is not None and self.open_id in self.lines:
            self.open_card = kept
            found = page.card(self.open_id)
            if found is not None:
                kept.show_card(found)
            self._insert(kept)
        elif kept is not None:
            self.open_id = ""
            kept.deleteLater()
        self._edges()

    def _add_lines(self, cards: list[CardModel], before: dict[str, ShutLine]) -> None:
        for card in cards:
            line = before.pop(card.id, None)
            if line is None:
                line = ShutLine(card)
                line.pressed.connect(self.open_question)
                line.stepped.connect(self._step)
            else:
                line.show_card(card)
            self.lines[card.id] = line
            self._column.addWidget(line)
            line.setVisible(True)
        self._groups.append([c.id for c in cards])
        self._column.addSpacing(12)

    def _add_fold(self, cards: list[CardModel], before: dict[str, ShutLine]) -> None:
        """What no answer to can change anything: one line, open on request."""
        if not cards:
            return
        words_ = tr("Will not change the advice ({cards})").format(cards=len(cards))
        self.fold = Button(words_, "link", icon="chevron-up" if self._unfolded else "chevron-down", tall=32)
        self.fold.clicked.connect(self.toggle_fold)
        self._column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        if self._unfolded:
            self._column.addSpacing(8)
            self._add_lines(cards, before)
            return
        told = tr("For the record, when you know it: ") + "; ".join(c.title for c in cards) + "."
        self._column.addWidget(controls.label(told, "caption", ink="text2", wrap=True))
        self._column.addSpacing(8)

    def toggle_fold(self) -> None:
        had_keyboard = self.fold is not None and self.fold.hasFocus()
        self._unfolded = not self._unfolded
        if self._page is not None:
            self.show_page(self._page)
        if had_keyboard and self.fold is not None:  # the list was made anew, and its button with it
            self.fold.show()  # its layout would do so a moment later
            self.fold.setFocus()

    def _insert(self, card: OpenCard) -> None:
        line = self.lines[self.open_id]
        line.hide()
        ids = next(group for group in self._groups if self.open_id in group)
        stand: list[QWidget] = [card]
        if self.open_id != ids[0]:
            stand.insert(0, self._gap())
        if self.open_id != ids[-1]:
            stand.append(self._gap())
        for place, widget in enumerate(stand, start=self._column.indexOf(line) + 1):
            self._column.insertWidget(place, widget)
        card.show()

    def _gap(self) -> QWidget:
        gap = QWidget()
        gap.setFixedHeight(PARTS)
        self._gaps.append(gap)
        return gap

    def _edges(self) -> None:
        """Neighbouring lines share an edge; the open card parts them."""
        for ids in self._groups:
            for i, name in enumerate(ids):
                before = ids[i - 1] if i else ""
                after = ids[i + 1] if i + 1 < len(ids) else ""
                self.lines[name].place(first=not before or before == self.open_id,
                                       last=not after or after == self.open_id)
        tab_order.as_read(self, self._column)

    def open_question(self, name: str, *, focus: bool = True) -> None:
        """Open one question and shut the one before; half-typed text is kept or refused first."""
        page = self._page
        card = page.card(name) if page is not None else None
        if page is None or card is None:
            return
        if name == self.open_id and self.open_card is not None:
            if focus:
                self.open_card.setFocus()
            return
        if self.open_card is not None and not self.open_card.editor.commit():
            self.reveal_open()
            return
        found = page.card(name)
        self.shut_open(another_follows=found is not None)
        if found is None:
            return
        self.open_id, self._looked_up = name, not page.left
        self.show_page(page)  # a question that lay folded takes its place
        self.open_card = OpenCard(found, self._over(page, name), self._today,
                                  self._drugs.get(name, ()), lambda: self._page)
        if self.only_look:
            self.open_card.only_look()
        self.open_card.answered.connect(self.answered)
        self.open_card.moved_on.connect(self.move_on)
        self.open_card.stepped.connect(self._step)
        self.open_card.shut.connect(self._put_away)
        self._insert(self.open_card)
        self._edges()
        self.opened.emit(name)
        if focus:
            self.open_card.setFocus()
        self.reveal_open()

    def _over(self, page: Page, name: str) -> str:
        """Over the question: its group, or its place on the page where the group's name stands over the list."""
        group = page.group(name)
        if group is None or not group.title or len(page.groups) < 2:
            return (group.title if group is not None else "") or page.title
        among = [card.id for card in page.cards if self._stands(card)]
        return tr("Question {number} of {many}").format(number=among.index(name) + 1, many=len(among))

    def focus_first_line(self) -> None:
        """The keyboard on the first question, without opening it; on the open one where there is one."""
        first = self.open_card or next(iter(self.lines.values()), None)
        if first is not None:
            first.setFocus()

    def _put_away(self) -> None:
        """Shut the open question, unless something wrong is typed there; the keyboard stays on its line, so that
        nothing else is opened or answered.
        """
        if self.open_card is not None and not self.open_card.editor.commit():
            self.reveal_open()
            return
        name = self.open_id
        self.shut_open()
        if (line := self.lines.get(name)) is not None:
            line.setFocus()

    def shut_open(self, *, another_follows: bool = False) -> None:
        card = self.open_card
        if card is None:
            return
        for widget in (card, *self._gaps):
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._gaps = []
        line = self.lines.get(self.open_id)
        if line is not None:
            line.show()
        self.open_card, self.open_id = None, ""
        if not another_follows:
            self._edges()

    def move_on(self, name: str) -> None:
        """To the next question that is not settled; when there is none, the page is finished. Who came back to a
        finished page to change or to add something stays there.
        """
        page = self._page
        if page is None:
            return
        following = page.next_open(name)
        if following:
            self.open_question(following)
        elif self._looked_up:
            beside = self._unfolded and next((c.id for c in page.folded if c.id != name), "")
            self.shut_open()
            self.lines[beside or name].setFocus()
        else:
            self.shut_open()
            self.finished.emit()

    def _step(self, name: str, step: int) -> None:
        page = self._page
        if page is None:
            return
        order = list(self.lines)
        index = order.index(name) + step if name in order else 0
        if not 0 <= index < len(order):
            return
        target = order[index]
        if name == self.open_id:
            self.open_question(target)
        else:
            line = self.lines[target]
            if target == self.open_id and self.open_card is not None:
                self.open_card.setFocus()
            else:
                line.setFocus()

    def reveal_open(self) -> None:
        """Bring the whole open card into sight."""
        if self.open_card is not None:
            reveal(self.open_card)


class _Body(QWidget):
    """As tall as its words need at the width they have, and not as tall as they would be in a narrow column."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class QuestionPage(ScrollArea):
    """Title, intro, what is settled, and the questions; pages add their own parts around the list."""

    answered = Signal(object)
    opened = Signal(str)
    finished = Signal()

    def __init__(self, today: date, drugs: dict[str, tuple[Drug, ...]]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = _Body()
        self.column = controls.column(body, margins=(MARGIN - RING, 20, MARGIN - RING, MARGIN), spacing=12)
        self.head = QWidget()
        head = controls.row(self.head, margins=(RING, 0, RING, 0), spacing=16)
        words = controls.column(spacing=2)
        self.title = controls.label("", "title")
        self.intro = controls.label("", "body", ink="text2", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.intro)
        head.addLayout(words, 1)
        self.count = controls.label("", "small", ink="text2", rich=True)
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addWidget(self.head)
        self.above = controls.column(margins=(RING, 0, RING, 0), spacing=12)
        self.column.addLayout(self.above)
        self.questions = QuestionList(today, drugs)
        self.questions.answered.connect(self.answered)
        self.questions.opened.connect(self.opened)
        self.questions.finished.connect(self.finished)
        self.column.addWidget(self.questions)
        self.below = controls.column(margins=(RING, 0, RING, 0), spacing=12)
        self.column.addLayout(self.below)
        self.column.addStretch(1)
        self.setWidget(body)

    def show_page(self, page: Page) -> None:
        self.title.setText(page.title)
        self.setAccessibleName(page.title)  # it has the keyboard itself where nothing is asked
        self.intro.setText(page.intro)
        self.intro.setVisible(bool(page.intro))
        told = tr("<b>{left}</b> to go").format(left=page.left) if page.left else tr("<b>Nothing open</b>")
        self.count.setText(told if page.total else "")
        self.questions.show_page(page)

    def focus_question(self, name: str) -> None:
        if name:
            self.questions.open_question(name)
