"""The help beside a page: what is shown, the way back, search, and what must stay in sight while it is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.language import tr
from desktop_app.presentation.help import CONTENTS, HOW_IT_DECIDES, KEYS, TOUR, Article, Library
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.help_view import HelpView
from desktop_app.widgets.shell import LARGE, Pin
from desktop_app.widgets.tokens import TIER_LOOK

NARROW, WIDE = 440, 760


class HelpPanel(controls.Bar):
    """``article_of`` makes what a name stands for, so that figures of the open consultation can stand in it."""

    closed = Signal()
    tour = Signal()
    question = Signal(str)

    def __init__(self, library: Library, article_of: Callable[[str], Article], *, beside_a_page: bool = True,
                 parent: QWidget | None = None) -> None:
        super().__init__("left", parent)
        self._library, self._article_of = library, article_of
        self.setAccessibleName(tr("Help"))
        self._small = theme.scale() >= LARGE
        self.with_tour = False
        self.trail: list[str] = []  # the topics seen before, for the way back
        self.topic = ""
        outer = controls.column(self, margins=(1, 0, 0, 0), spacing=0)
        outer.addWidget(self._head())
        self.pins = controls.column(margins=(24, 0, 24, 8), spacing=6)
        outer.addLayout(self.pins)
        self.view = HelpView()
        self.view.follow.connect(self.show_topic)
        self.view.question.connect(self.question)
        outer.addWidget(self.view, 1)
        foot = self._foot(beside_a_page=beside_a_page)
        outer.addWidget(foot)
        foot.setVisible(not self._small)  # the same links stand under "All help"

    def _head(self) -> QWidget:
        """Two lines; with large text one, so that room is left to read in."""
        head = QWidget()
        small = self._small
        column = controls.column(head, margins=(20, 12, 20, 12), spacing=8)
        row = controls.row(spacing=4)
        self.back = Button(
            "" if small else tr("Back"), "link", icon="arrow-left", tall=32, name=tr("Back to the help before")
        )
        self.back.clicked.connect(self.go_back)
        self.all = Button(
            "" if small else tr("All help"), "link", icon="clipboard-text-outline", tall=32, name=tr("All help")
        )
        self.all.clicked.connect(lambda: self.show_topic(CONTENTS))
        self.close_button = Button(
            "" if small else tr("Close"), icon="close", key="Esc", tall=32, name=tr("Close help")
        )
        self.close_button.clicked.connect(self.closed)
        self.search = field(tr("Search help"), placeholder=tr("Search help"))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.view_first)
        controls.add_all(row, self.back, self.all)
        column.addLayout(row)
        if small:
            row.addWidget(self.search, 1)
            row.addSpacing(8)
        else:
            row.addStretch(1)
            column.addWidget(self.search)
        row.addWidget(self.close_button)
        return head

    def _foot(self, *, beside_a_page: bool) -> QWidget:
        foot = controls.Bar("top")
        column = controls.column(foot, margins=(20, 8, 20, 8), spacing=4)
        links = [(tr("All keys"), KEYS, "Ctrl /", "keyboard-outline")]
        if beside_a_page:  # its figures come from the guideline and the open consultation
            links.append((tr("How this program decides"), HOW_IT_DECIDES, "", "information-outline"))
        made = []
        for words, topic, key, icon in links:
            link = Button(words, "link", icon=icon, key=key, tall=28)
            link.clicked.connect(lambda _=False, t=topic: self.show_topic(t))
            made.append(link)
        self.tour_link = Button(tr("Five-minute tour"), "link", icon="arrow-right", tall=28)
        self.tour_link.clicked.connect(self.tour)
        made.append(self.tour_link)
        self.tour_link.hide()
        column.addWidget(FlowBox(*made, gap=4))
        return foot

    @property
    def wide(self) -> bool:
        article = self.view.article
        return article is not None and article.wide

    wider = Signal()

    def show_topic(self, target: str, *, trail: bool = True) -> None:
        """Show a topic, or one part of it ("topic#part")."""
        name, _, part = target.partition("#")
        if name == TOUR and self.with_tour:
            self.tour.emit()
            return
        if trail and self.topic and self.topic != name:
            self.trail.append(self.topic)
        self.topic = name
        self._clear_search()
        self.view.show_article(self._article_of(name))
        self.back.setVisible(bool(self.trail))
        self.wider.emit()
        if part:
            QTimer.singleShot(0, self.view, lambda: self.view.go_to(part))
        elif self.isVisible():
            QTimer.singleShot(0, self.view, self.view.focus_first)

    def refresh(self) -> None:
        """The same topic after an answer, at the same place."""
        bar = self.view.verticalScrollBar()
        at, focused = bar.value(), QApplication.focusWidget()
        had = focused is not None and self.view.isAncestorOf(focused)
        open_folds = [f.button.text() for f in self.view.folds if not f.card.isHidden()]
        self.view.show_article(self._article_of(self.topic))
        for fold in self.view.folds:
            if fold.button.text() in open_folds:
                fold.toggle()
        self.view.settle()
        bar.setValue(at)
        if had:
            self.view.focus_first()

    def offer_tour(self, words: str) -> None:
        """The link to the tour; none where there are no training patients."""
        self.with_tour = bool(words)
        self.tour_link.setVisible(bool(words))
        if words:
            self.tour_link.set_words(words)

    def go_back(self) -> None:
        if self.trail:
            self.show_topic(self.trail.pop(), trail=False)

    def start_at(self, topic: str) -> None:
        """Opened anew: nothing lies before this topic."""
        self.trail, self.topic = [], ""
        self.show_topic(topic)

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _search(self, text: str) -> None:
        if len(text.strip()) > 1:
            self.view.show_hits(text.strip(), self._library.search(text))
        elif self.topic:
            self.view.show_article(self._article_of(self.topic))

    def view_first(self) -> None:
        """Enter in the search goes to the first thing found."""
        self.view.focus_first()

    def show_pins(self, pins: tuple[Pin, ...]) -> None:
        """What the page must keep in sight while the help lies over a part of it."""
        controls.clear(self.pins)
        for pin in pins:
            if pin.tier:
                icon, strong = TIER_LOOK[pin.tier][:2]
                chip = controls.Chip(pin.words, strong if strong in controls.CHIPS else "neutral", icon, tall=32)
                self.pins.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
                if pin.rest:
                    rest = controls.row(spacing=6)
                    if pin.overdue:
                        rest.addWidget(controls.IconLabel("alert-circle", 16, "red", line="small"), 0,
                                       Qt.AlignmentFlag.AlignTop)
                    rest.addWidget(controls.label(pin.rest, "small-strong" if pin.overdue else "small",
                                                  ink="red" if pin.overdue else "", wrap=True), 1)
                    self.pins.addLayout(rest)
                continue
            row = controls.row(spacing=10)
            row.addWidget(controls.IconLabel(pin.icon, 20, "red"))
            row.addWidget(controls.label(pin.words, "small-strong", wrap=True), 1)
            row.addWidget(controls.label(pin.rest, "step"))
            self.pins.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._press(self.focusWidget())
        else:
            super().keyPressEvent(event)

    def _press(self, focused: QWidget | None) -> None:
        """Enter presses the button with the keyboard and never anything of the page behind."""
        if isinstance(focused, Button) and self.isAncestorOf(focused):
            focused.click()
