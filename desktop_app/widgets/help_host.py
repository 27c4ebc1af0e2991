"""Opens help over the window: F1 for the page, Ctrl+/ for the keys, F6 between both; Esc gives the keyboard back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desktop_app.presentation import hazards, how_it_decides
from desktop_app.presentation.help import HAZARDS, HOW_IT_DECIDES, KEYS, Article, Library
from desktop_app.widgets import theme
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.help_panel import NARROW, WIDE, HelpPanel
from desktop_app.widgets.shell import Shell

if TYPE_CHECKING:
    from desktop_app.engine.model import Pack


class Tours(Protocol):
    """Whoever can show the tour; no words where it cannot."""

    def take_tour(self) -> None: ...

    def tour_words(self) -> str: ...


class Help(QObject):
    """The help of one window."""

    def __init__(self, window: QMainWindow, stack: QStackedWidget, guideline: Callable[[], Pack],
                 tours: Tours) -> None:
        super().__init__(window)
        self._window, self._stack, self._guideline, self._tours = window, stack, guideline, tours
        self.library = Library(theme.RESOURCES / "help")
        self.panel: HelpPanel | None = None
        self._before: QWidget | None = None
        self._page: QWidget | None = None
        self._shown_for = ""
        self._made_for = (0.0, "")
        stack.currentChanged.connect(self._page_changed)
        stack.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        return self.panel is not None and self.panel.isVisible()

    def toggle(self) -> None:
        """F1: the page's help; once more, and it is gone."""
        panel = self.panel
        if panel is not None and self.is_open and panel.topic == self.topic():
            self.close()
        else:
            self.open()

    def topic(self) -> str:
        """What is to be known about the page in sight."""
        page = self._stack.currentWidget()
        return self.library.topic_for(page.topic()) if isinstance(page, Shell) else self.library.topic_for("")

    def open(self, topic: str = "") -> None:
        """Show a topic over the page; without one, the page's own."""
        if not self.is_open:
            self._before = QApplication.focusWidget()
        panel = self._need_panel()
        panel.show()
        panel.raise_()
        panel.offer_tour(self._tours.tour_words())
        panel.start_at(topic or self.topic())
        self._follow_page()
        self.place()

    def open_keys(self) -> None:
        self.open(KEYS)

    def close(self) -> None:
        """The keyboard goes back to where it was."""
        if self.panel is None or not self.is_open:
            return
        self.panel.hide()
        self._let_page_go()
        before, self._before = self._before, None
        page = self._stack.currentWidget()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        elif isinstance(page, Shell):
            page.focus_first()

    def to_other_part(self) -> None:
        """F6: from the page into the help and back."""
        panel = self.panel
        if panel is None or not self.is_open:
            return
        focused = QApplication.focusWidget()
        if focused is not None and (focused is panel or panel.isAncestorOf(focused)):
            before = self._before
            page = self._stack.currentWidget()
            if before is not None and shiboken6.isValid(before) and before.isVisible():
                before.setFocus()
            elif isinstance(page, Shell):
                page.focus_first()
        else:
            self._before = focused
            panel.view.focus_first()

    # --- what is shown --------------------------------------------------------------------------------

    def article(self, name: str) -> Article:
        """A topic; how this program decides and the hazard log are made from their data."""
        if name == HOW_IT_DECIDES:
            page = self._stack.currentWidget()
            wizard = page.wizard if isinstance(page, ConsultationView) else None
            return how_it_decides.build(self.library, self._guideline(), wizard)
        if name == HAZARDS:
            return hazards.build(self.library)
        return self.library.article(name)

    def _need_panel(self) -> HelpPanel:
        scale = (theme.scale(), theme.now().name)
        if self.panel is not None and self._made_for != scale:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        if self.panel is None:
            self._made_for = scale
            self.panel = HelpPanel(self.library, self.article, parent=self._window)
            self.panel.closed.connect(self.close)
            self.panel.tour.connect(self._tour)
            self.panel.question.connect(self._to_question)
            self.panel.wider.connect(self.place)
        return self.panel

    def _tour(self) -> None:
        self.close()
        self._tours.take_tour()

    def _to_question(self, question: str) -> None:
        page = self._stack.currentWidget()
        self.close()
        if isinstance(page, ConsultationView):
            page.go_to_question(question)

    # --- the page behind ------------------------------------------------------------------------------

    def _page_changed(self) -> None:
        """Another page: nothing of the one before stays in sight, the help is about the new one."""
        self._let_page_go()
        self._before = None
        if self.is_open:
            self.open()  # in the colours and the text size of now

    def _follow_page(self) -> None:
        page = self._stack.currentWidget()
        self._let_page_go()
        if isinstance(page, Shell):
            page.changed.connect(self._changed)
            self._page = page
            self._shown_for = self.topic()
            self._pin()

    def _let_page_go(self) -> None:
        if self._page is not None and shiboken6.isValid(self._page) and isinstance(self._page, Shell):
            self._page.changed.disconnect(self._changed)
        self._page = None

    def _changed(self) -> None:
        """An answer or another step on the same page."""
        panel = self.panel
        if panel is None or not self.is_open:
            return
        self._pin()
        topic = self.topic()
        if topic != self._shown_for and panel.topic == self._shown_for:
            panel.start_at(topic)
        elif panel.topic == HOW_IT_DECIDES:
            panel.refresh()
        self._shown_for = topic

    def _pin(self) -> None:
        page = self._stack.currentWidget()
        if self.panel is not None:
            self.panel.show_pins(page.pinned() if isinstance(page, Shell) else ())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def place(self) -> None:
        """At the right, below the header and above the footer, which stay in sight."""
        panel, page = self.panel, self._stack.currentWidget()
        if panel is None or not self.is_open:
            return
        area = self._stack.geometry()
        top, bottom = page.help_room() if isinstance(page, Shell) else (0, 0)
        width = min(theme.px(WIDE if panel.wide else NARROW), area.width())
        panel.setGeometry(QRect(area.right() + 1 - width, area.top() + top, width,
                                area.height() - top - bottom))
