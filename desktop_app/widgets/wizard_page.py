"""A page of the wizard: its questions, and where it has them, the options they decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import comparison, notes, options, words
from desktop_app.presentation.interruptions import OWN_IMPRESSION
from desktop_app.presentation.medicine_rows import Drug
from desktop_app.presentation.notes import PageNote
from desktop_app.presentation.options import OptionCard
from desktop_app.presentation.wizard import OPTIONS, QUESTIONS, Wizard
from desktop_app.widgets import controls, shortcuts, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.compare_two import CompareTwo
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.impression_card import ImpressionCard
from desktop_app.widgets.option_list import OptionList
from desktop_app.widgets.question_card import provenance_chips
from desktop_app.widgets.question_page import QuestionPage
from desktop_app.widgets.shell import LARGE

NOTES_SHOWN = 3  # of the pack's sentences under a page; more of them fold
OWN = "own impression"  # its place among what is half typed


class WizardPage(QuestionPage):
    """One screen of the pack. Subclasses add what is special to them and nothing else."""

    wide = False
    """Whether the page needs the whole window now: the steps become the rail, the advice panel the chip.

    A page whose parts differ makes it a property; the window asks again after every answer and change of part.
    """

    broad = False
    """Whether it needs the panel's room too where the window is narrow."""

    decided = Signal(str, object, str)
    jump = Signal(str)  # to a question, wherever it stands

    def __init__(self, wizard: Wizard, screen: str, today: date, drugs: dict[str, tuple[Drug, ...]]) -> None:
        super().__init__(today, drugs)
        self.wizard, self.step = wizard, screen
        page = wizard.page(screen)
        self.has_options = bool(page.option_groups)
        self.part = "questions" if page.total else OPTIONS
        self.options = OptionList()
        self.to_questions = Button(tr("Questions"), tall=40)
        self.to_options = Button(tr("Options"), tall=40)
        self.compare_button = Button(tr("Compare two"), icon="arrow-split-vertical", key="Alt+C", tall=40)
        self.comparison: CompareTwo | None = None
        if self.has_options:
            self._options_parts(with_questions=bool(page.total))
        self.own = ImpressionCard()
        self.own.done.connect(self._own_impression)
        self.own.typed.connect(self._keep_words)
        self.above.addWidget(self.own)
        self.own.hide()
        self.texts = controls.column(spacing=8)
        self.below.addLayout(self.texts)
        self._notes: tuple[PageNote, ...] = ()
        self.compare_button.setVisible(self.has_options and self.part == OPTIONS)  # elsewhere it has no parent
        self.special()
        self.refresh()

    def part_buttons(self) -> tuple[Button, ...]:
        """One for each part of the page, in their order."""
        return self.to_questions, self.to_options

    def special(self) -> None:
        """Add the page's own widgets to ``above`` or ``below``."""

    def refresh_special(self) -> None:
        """Bring the page's own widgets up to date after an answer."""

    def _options_parts(self, *, with_questions: bool) -> None:
        for button, part in ((self.to_questions, QUESTIONS), (self.to_options, OPTIONS)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, p=part: self.show_part(p))
        self.compare_button.clicked.connect(self.compare_first)
        shortcuts.install(self, "compare", self.compare_first)
        parts = self.part_buttons()
        if theme.scale() >= LARGE:
            self.above.addWidget(FlowBox(*parts, self.compare_button))
        else:
            row = controls.row()
            for button in parts:
                row.addWidget(button)
            row.addStretch(1)
            row.addWidget(self.compare_button)
            self.above.addLayout(row)
        self.to_questions.setVisible(with_questions)
        self.to_options.setVisible(with_questions)
        self.options.decided.connect(self.decided)
        self.options.question.connect(self.jump)
        self.column.insertWidget(self.column.indexOf(self.questions) + 1, self.options)
        self.options.hide()

    def compare_first(self) -> None:
        """The open option and the most relevant other one side by side."""
        if self.wizard.consultation.asks_impression:
            self.show_part(OPTIONS)
            return
        left, right = comparison.first_pair(self._option_cards(), self.options.open_id)
        if left:
            self.compare(left, right)

    def compare(self, left: str, right: str) -> None:
        """Two options of this step side by side."""
        while self.wizard.consultation.work_on():
            pass  # beside each other nothing may still be missing
        cards, pair = self._option_cards(), (left, right)
        self.comparison = CompareTwo(self.window(), cards, pair)
        self.comparison.open_option.connect(self._open_compared)
        self.comparison.open()

    def show_what_ifs(self) -> None:
        """What would change the options has been worked out."""
        if self.has_options and self.part == OPTIONS:
            self.options.show_cards(self._option_cards())

    def _option_cards(self) -> tuple[OptionCard, ...]:
        return options.cards(self.wizard.consultation, self.wizard.page(self.step).option_groups)

    def _open_compared(self, name: str) -> None:
        self.show_part(OPTIONS, focus=False)
        self.options.open_option(name)

    def show_part(self, part: str, *, focus: bool = True) -> None:
        """Questions or options of this page."""
        if part == OPTIONS and self.questions.open_card is not None and not self.questions.open_card.editor.commit():
            self.to_options.setChecked(False)
            return
        self.part = part
        showing = part == OPTIONS
        self.questions.setVisible(not showing)
        self.options.setVisible(showing)
        self.to_options.setChecked(showing)
        self.to_questions.setChecked(not showing)
        if showing:
            self.options.show_cards(self._option_cards())
            self.opened.emit(OPTIONS)
            if focus and self.asking_impression:
                self.own.setFocus()
            elif focus:
                self.options.focus_first()
        elif focus and (name := self.wizard.page(self.step).next_open()):
            self.questions.open_question(name)
        elif focus:
            self.questions.focus_first_line()  # all answered: whoever comes to change one looks for it in the list
        self.part_changed()

    def can_leave(self) -> bool:
        """Half-typed words are kept, or shown with what is wrong with them."""
        option = self.options.open_card
        if self.part == OPTIONS and option is not None and not option.commit():
            return False
        card = self.questions.open_card
        if card is None or card.editor.commit():
            return True
        self.questions.reveal_open()
        return False

    def half_typed(self) -> Mapping[str, str]:
        """What is typed beside the questions and options and is nothing yet, each under a name without a stroke."""
        noted = self.wizard.consultation.impression
        text = self.own.area.toPlainText().strip() if self.asking_impression else ""
        return {OWN: text} if text and text != (noted.text if noted is not None else "") else {}

    def put_back(self, name: str, text: str) -> bool:
        """Words from earlier into the field of that name; False as long as it is not open."""
        if name != OWN or not self.asking_impression:
            return False
        if not self.own.area.toPlainText().strip():
            self.own.show_words(text)
        return True

    def put_aside(self) -> None:
        """Whatever is half typed here is not to be taken for an answer as its field goes."""
        if self.questions.open_card is not None:
            self.questions.open_card.editor.put_aside()

    def holds(self) -> bool:
        """Whether something wrong stands here that nobody would be told of on another page."""
        return False

    @property
    def asking_impression(self) -> bool:
        """Whether the options wait until the clinician was asked for an own impression."""
        return self.part == OPTIONS and self.wizard.consultation.asks_impression

    def _keep_words(self, text: str) -> None:
        """Stored as it is typed; it is closed only when the options come into sight."""
        consultation = self.wizard.consultation
        noted = consultation.impression
        if consultation.asks_impression and text != (noted.text if noted is not None else ""):
            consultation.note_impression(text)

    def _own_impression(self, text: str) -> None:
        """Kept as it is from now on: the options come into sight."""
        consultation = self.wizard.consultation
        self._keep_words(text)
        consultation.close_impression()
        self.show_noted()
        self.impression_noted.emit()

    def show_noted(self) -> None:
        """The own impression has been noted or skipped: what waited for it is shown."""
        self.show_part(OPTIONS)

    impression_noted = Signal()

    def part_changed(self) -> None:
        self._ask_impression()
        self.compare_button.setVisible(self.part == OPTIONS and not self.asking_impression)
        if self.part == OPTIONS:
            self.options.setVisible(not self.asking_impression)
        self.finished_part.emit()

    def _ask_impression(self) -> None:
        asking = self.asking_impression
        noted = self.wizard.consultation.impression
        if asking:
            self.wizard.interrupt(OWN_IMPRESSION)  # the first of them: nothing was told before it
        if asking and noted is not None:
            self.own.show_words(noted.text)
        self.own.setVisible(asking)

    finished_part = Signal()

    def refresh(self) -> None:
        page = self.wizard.page(self.step)
        self.questions.only_look = bool(self.wizard.only_look)
        self.show_page(page)
        if self.has_options:
            if self.part == OPTIONS:
                self.options.show_cards(self._option_cards())
            offered, decided = options.tally(self.wizard.consultation, page.option_groups)
            waiting = offered - decided
            self.to_questions.set_words(
                tr("Questions · {left} to go").format(left=page.left) if page.left else tr("Questions")
            )
            self.to_options.set_words(
                tr("Options · {waiting} to decide").format(waiting=waiting) if waiting else tr("Options")
            )
        self._show_texts()
        self.refresh_special()

    def _show_texts(self) -> None:
        """The pack's own sentences for this screen, quiet and at the end."""
        found = notes.for_screen(self.wizard, self.wizard.page(self.step).texts)
        if found == self._notes:
            return
        self._notes = found
        controls.clear(self.texts)
        if not found:
            return
        card = controls.Card(fill="sunken", edge="", radius=8)
        column = controls.column(card, margins=(16, 12, 16, 14), spacing=8)
        folded = QWidget()
        rest = controls.column(folded, spacing=8)
        for place, note in enumerate(found):
            into = column if place < NOTES_SHOWN or len(found) <= NOTES_SHOWN + 1 else rest
            into.addWidget(controls.label(note.text, "small", ink="text2", wrap=True))
            if note.basis:
                into.addWidget(FlowBox(*provenance_chips(note.basis), gap=6))
        if rest.count():
            folded.hide()
            more = Button(tr("Show all {notes}").format(notes=words.count(len(found), "note")), "link", tall=28)
            more.clicked.connect(folded.show)
            more.clicked.connect(more.hide)
            controls.add_all(column, more, folded)
        self.texts.addWidget(card)

    def start_at(self, question: str) -> None:
        """Put the keyboard on a question, on the options, or on the first open question."""
        page = self.wizard.page(self.step)
        if self.has_options and page.total and question == QUESTIONS:
            self.show_part(QUESTIONS)
            return
        if self.has_options and (question == OPTIONS or not page.total or (not question and not page.next_open())):
            self.show_part(OPTIONS)
            return
        if self.has_options and self.part == OPTIONS:
            self.show_part("questions", focus=False)
        elif self.has_options:
            self.to_questions.setChecked(True)
        name = question if page.card(question) is not None else page.next_open()
        if name:
            self.questions.open_question(name)
        else:
            self.setFocus()
