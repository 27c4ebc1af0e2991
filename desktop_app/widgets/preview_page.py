"""A document looked at inside the program: pages, small pages, zoom and search; from here it is printed and saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation.papers import PRINT, SAVE, PaperRow
from desktop_app.widgets import controls, shortcuts, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import field
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.pdf_pages import Hit, PdfPages
from desktop_app.widgets.sheets import Sheets
from desktop_app.widgets.shell import LARGE, Footer, Header, Shell
from desktop_app.widgets.thumbnails import Thumbnails

COPY, OPEN = "copy", "open"


class PreviewPage(Shell):
    """Shows one document and says what was asked of it."""

    help_topic = "preview"
    asked = Signal(str)  # print, save, copy, open
    leave = Signal()
    lock = Signal()

    def __init__(self, pages: PdfPages, row: PaperRow, *, name: str, line: str, training: bool, state: str,
                 version: str, out: bool = True) -> None:
        """Raises ``BadData`` when the content is no PDF. Without ``out`` it can be looked at only."""
        super().__init__()
        self.row, self.pages = row, pages
        self._hits: tuple[Hit, ...] = ()
        self._hit = 0
        header = Header(name, line, training=training, nobody=row.kind is None)
        header.lock_button.clicked.connect(self.lock.emit)
        body = QWidget()
        column = controls.column(body, spacing=0)
        column.addWidget(self._top())
        column.addWidget(controls.Rule())
        self.sheets = Sheets(pages, row.title)
        self.thumbs = Thumbnails(pages)
        self.thumbs.setVisible(len(pages) > 1)
        sides = controls.row(spacing=0)
        sides.addWidget(self.thumbs)
        between = controls.Rule(upright=True)
        between.setVisible(len(pages) > 1)
        sides.addWidget(between)
        sides.addWidget(self.sheets, 1)
        column.addLayout(sides, 1)
        footer = Footer(state, version)
        self.frame(header, body, footer)
        back = tr("Back to the worklist") if row.kind is None else tr("Back to the review")
        self.back = footer.add(Button(tr("Back"), icon="arrow-left", name=back))
        self.back.clicked.connect(self.leave)
        self.print_button = footer.add(
            Button(tr("Print the draft…") if row.draft else tr("Print…"), "primary", icon="printer")
        )
        self.print_button.clicked.connect(lambda: self.asked.emit(PRINT))
        if not out:
            for button in (self.print_button, self.save_button, self.copy_button, self.open_button):
                controls.keep_hidden(button, self)
                button.setEnabled(False)  # neither does its key
        self.thumbs.chosen.connect(self.sheets.go_to)
        self.sheets.page_changed.connect(self.thumbs.show_page)
        self.sheets.page_changed.connect(self._show_where)
        self.sheets.zoomed.connect(self._show_zoom)
        self._show_zoom(self.sheets.zoom)
        self._show_where()
        for key, slot in (("zoom_in", self.larger.click), ("zoom_out", self.smaller.click),
                          ("true_size", self.true_size.click), ("fit_width", self.fit.click),
                          ("find_words", self._to_search), ("next_hit", self.following.click),
                          ("previous_hit", self.previous.click), ("print", self.print_button.click),
                          ("save", self.save_button.click)):
            shortcuts.install(self, key, slot)

    def _top(self) -> QWidget:
        """Two lines: what it is and what can be done with it; how it is shown. Large text needs room for the pages."""
        holder = QWidget()
        column = controls.column(holder, margins=(24, 10, 24, 10), spacing=8)
        large = theme.scale() >= LARGE
        self.save_button = Button(tr("Save…"), icon="" if large else "content-save", tall=32)
        self.copy_button = Button(tr("Copy as text"), icon="" if large else "clipboard-text-outline", tall=32,
                                  name=tr("Copy as plain text for the hospital record"))
        self.open_button = Button(tr("Save and open…"), icon="" if large else "file-document-edit-outline", tall=32,
                                  name=tr("Save and open in this computer's viewer…"))
        for button, verb in ((self.save_button, SAVE), (self.copy_button, COPY), (self.open_button, OPEN)):
            button.clicked.connect(lambda _=False, v=verb: self.asked.emit(v))
        what = [controls.label(self.row.title, "heading" if large else "title")]
        if self.row.number:
            what.append(controls.label(self.row.number, "body", ink="text2"))
        draft = [controls.Chip(tr("DRAFT, not signed"), "unknown", tall=24)] if self.row.draft else []
        gone = [controls.Chip(self.row.mark, "red", "cancel", tall=24)] if self.row.mark else []
        told: list[QWidget] = [*what, *draft, *gone]
        actions = (self.copy_button, self.open_button, self.save_button)
        if large:
            column.addWidget(FlowBox(*told, *actions))
        else:
            line = controls.row(spacing=12)
            controls.add_all(line, *told)
            line.addStretch(1)
            controls.add_all(line, *actions)
            column.addLayout(line)
        column.addWidget(FlowBox(*self._sizes(), self._finding(), gap=8))
        self.copy_button.setVisible(self.row.kind is not None)  # nothing was said on a blank paper
        self.where.setVisible(not large)  # the small pages say it too
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        return holder

    def _sizes(self) -> tuple[QWidget, ...]:
        self.smaller = Button("", icon="minus", tall=32, name=tr("Smaller"))
        self.larger = Button("", icon="plus", tall=32, name=tr("Larger"))
        self.true_size = Button("100 %", tall=32, name=tr("As large as on paper, 100 %"))
        self.fit = Button(tr("Fit width"), tall=32)
        self.shown_size = controls.label("", "small", ink="text2")
        self.shown_size.setMinimumWidth(theme.px(44))
        self.shown_size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.smaller.clicked.connect(lambda: self.sheets.step(-1))
        self.larger.clicked.connect(lambda: self.sheets.step(1))
        self.true_size.clicked.connect(lambda: self.sheets.set_zoom(1.0))
        self.fit.clicked.connect(self._fit_width)
        self.true_size.setCheckable(True)
        self.fit.setCheckable(True)
        self.where = controls.label("", "small", ink="text2")
        self.where.setMinimumWidth(theme.px(96))
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return self.smaller, self.shown_size, self.larger, self.true_size, self.fit, self.where

    def _finding(self) -> QWidget:
        """The field, the ways to the next place, and how many there are: one group that breaks as a whole."""
        holder = QWidget()
        line = controls.row(holder, spacing=8)
        self.search = field(tr("Find words in the document"), placeholder=tr("Find words"),
                            width=120 if theme.scale() >= LARGE else 180, low=True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(lambda: self.show_hit(1))
        self.previous = Button("", icon="chevron-up", tall=32, name=tr("Place found before"))
        self.following = Button("", icon="chevron-down", tall=32, name=tr("Next place found"))
        self.previous.clicked.connect(lambda: self.show_hit(-1))
        self.following.clicked.connect(lambda: self.show_hit(1))
        for button in (self.previous, self.following):
            button.setEnabled(False)
        self.found = controls.label("", "small", ink="text2")
        self.found.setMinimumWidth(theme.px(72))
        controls.add_all(line, self.search, self.previous, self.following, self.found)
        return holder

    def _fit_width(self) -> None:
        self.sheets.fit_width()

    def _show_zoom(self, zoom: float) -> None:
        self.shown_size.setText(f"{zoom * 100:.0f} %")
        self.shown_size.setAccessibleName(tr("Size {value:.0f} %").format(value=zoom * 100))
        self.fit.setChecked(self.sheets.fits)
        self.true_size.setChecked(not self.sheets.fits and zoom == 1.0)

    def _show_where(self) -> None:
        self.where.setText(tr("Page {value} of {pages}").format(value=self.sheets.page + 1, pages=len(self.pages)))

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _find(self, text: str) -> None:
        self._hits, self._hit = self.pages.find(text), 0
        self._show_found(asked=bool(text.strip()))

    def show_hit(self, step: int) -> None:
        """The place found after (1) or before (-1) this one; after the last comes the first."""
        if self._hits:
            self._hit = (self._hit + step) % len(self._hits)
            self._show_found(asked=True)

    def _show_found(self, *, asked: bool) -> None:
        number = len(self._hits)
        told = (
            tr("{value} of {number}").format(value=self._hit + 1, number=number)
            if number
            else tr("Not found")
            if asked
            else ""
        )
        self.found.setText(told)
        self.found.setAccessibleName(tr("Found: {told}").format(told=told) if told else "")
        for button in (self.previous, self.following):
            button.setEnabled(number > 1)
        self.sheets.show_hits(self._hits, self._hit)

    def warn(self, text: str) -> None:
        """What went wrong, in red words under the tools."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def header_says(self, text: str) -> None:
        """What became of the last thing that was asked."""
        self.warn("")
        header = self.header
        if isinstance(header, Header):
            header.say(text)

    def focus_first(self) -> None:
        self.sheets.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave.emit()
        else:
            super().keyPressEvent(event)
