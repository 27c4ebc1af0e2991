"""A clinician's hands: keys go to whatever has the keyboard, clicks to what can be seen. Every input is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QScrollArea, QWidget

from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.presentation import bulk
from desktop_app.presentation.cards import Card
from desktop_app.widgets.app import Program
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.editors import ChoiceEditor, DateEditor, Editor, NumberEditor, TextEditor, YesNoEditor
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.grid_editor import GridCell, GridEditor
from desktop_app.widgets.question_card import OpenCard
from desktop_app.widgets.reveal import PASSES, RING
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.several_editor import ItemRow, SeveralEditor

Key = Qt.Key
Wait = Callable[[Callable[[], bool]], None]
UNKNOWN_KEY = {Unknown.NOT_ASSESSED: "a", Unknown.CANNOT_ASSESS: "c", Unknown.DECLINED: "d"}


def same(one: Answer | None, other: Answer | None) -> bool:
    """The same answer, whenever and however it was given."""
    if one is None or other is None:
        return one is other
    return (one.value, one.unknown) == (other.value, other.unknown)


class Hands:
    """Presses and clicks; knows the window only by what stands in it."""

    def __init__(self, program: Program, wait: Wait) -> None:
        self.program, self.window, self.wait = program, program.window, wait
        self.inputs: Counter[str] = Counter()
        self.part = "start"
        self.out_of_sight: list[str] = []  # questions that opened by themselves where nobody sees them

    # --- the plainest movements -----------------------------------------------------------------------

    def key(self, what: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
            target: QWidget | None = None) -> None:
        """One key, to the widget that has the keyboard."""
        focused = target or QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        self.inputs[self.part] += 1
        QTest.keyClick(focused, what, modifier)
        self._settle()

    def type(self, text: str) -> None:
        """Words into the field that has the keyboard; they count as one input, as the paper's fields do."""
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit | QPlainTextEdit), f"{focused} is no field"
        self.inputs[self.part] += 1
        QTest.keyClicks(focused, text)
        self._settle()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Bring a widget into sight and click it; what cannot be seen or pressed cannot be clicked."""
        self.bring_into_sight(widget, at)
        assert widget.isVisible(), f"{widget.accessibleName()} cannot be seen"
        assert widget.isEnabled(), f"{widget.accessibleName()} cannot be pressed"
        point = at or widget.rect().center()
        top = widget.window()
        found = top.childAt(widget.mapTo(top, point)) if widget is not top else widget
        assert found is not None, f"{widget.accessibleName()} lies outside the window"
        assert found is widget or widget.isAncestorOf(found), \
            f"{widget.accessibleName()} is covered by {found.accessibleName() or found}"
        self.inputs[self.part] += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point)
        self._settle()

    @staticmethod
    def bring_into_sight(widget: QWidget, at: QPoint | None = None) -> None:
        """What a hand does with the wheel, once the page stands still."""
        for _ in range(PASSES + 1):
            QApplication.processEvents()
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea) and parent.widget() is not None:
                point = widget.mapTo(parent.widget(), at or widget.rect().center())
                parent.ensureVisible(point.x(), point.y(), 20, 60)
            parent = parent.parentWidget()
        QApplication.processEvents()

    @staticmethod
    def in_sight(widget: QWidget) -> bool:
        """Whether all of it can be seen in its page with the ring around it, or, when that is taller, its top."""
        for _ in range(PASSES + 1):
            QApplication.processEvents()
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if not isinstance(parent, QScrollArea):
            return widget.isVisible()
        view = parent.viewport()
        top = widget.mapTo(view, widget.rect().topLeft()).y()
        fits = widget.height() + 2 * RING <= view.height()
        return top >= 0 and (top + widget.height() <= view.height() if fits else top < view.height() // 3)

    def choose_in_menu(self, words: str) -> None:
        """The line of the open menu that begins with these words."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        action = next(a for a in menu.actions() if a.text().split("\t")[0] == words)
        self.inputs[self.part] += 1
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        self._settle()

    def _settle(self) -> None:
        QApplication.processEvents()
        if QApplication.activeWindow() is None:
            self.window.activateWindow()  # a window manager does this when a dialog is gone; offscreen nobody does
            QApplication.processEvents()

    # --- where one is ---------------------------------------------------------------------------------

    def page(self, kind: type[QWidget]) -> bool:
        return isinstance(self.window.stack.currentWidget(), kind)

    @property
    def view(self) -> ConsultationView:
        assert self.window.view is not None, "no consultation is open"
        return self.window.view

    @property
    def emergency(self) -> EmergencyPage:
        page = self.window.stack.currentWidget()
        assert isinstance(page, EmergencyPage), "the emergency page is not open"
        return page

    @property
    def review(self) -> ReviewPage:
        page = self.view.page
        assert isinstance(page, ReviewPage), "the review is not open"
        return page

    @property
    def place(self) -> tuple[str, str]:
        return self.view.step, self.view.page.questions.open_id

    @property
    def answers(self) -> Mapping[str, Answer]:
        return self.view.wizard.consultation.answers

    @property
    def card(self) -> OpenCard:
        card = self.view.page.questions.open_card
        assert card is not None, "no question is open"
        return card

    def go_to(self, screen: str) -> None:
        """The step in the list at the left."""
        self.click(self.view.steps.rows[screen])
        assert self.view.step == screen

    def step_by_key(self, number: int) -> None:
        self.key(Qt.Key(Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)

    def open_question(self, question: str) -> OpenCard:
        """The question's card, opened with a click on its line where it is shut."""
        questions = self.view.page.questions
        if questions.open_id != question:
            if question not in questions.lines and questions.fold is not None:
                self.click(questions.fold)  # it will not change the advice; answered all the same
            assert question in questions.lines, f"{question} is not asked on this page"
            self.click(questions.lines[question])
        assert questions.open_id == question
        return self.card

    # --- answering ------------------------------------------------------------------------------------

    def answer(self, question: str, wanted: Mapping[str, Answer]) -> None:
        """Answer one question through its own editor, with as few inputs as it allows."""
        moved_here = self.view.page.questions.open_id == question
        card = self.open_question(question)
        if moved_here and not self.in_sight(card):
            self.out_of_sight.append(question)
        editor = card.editor
        if isinstance(editor, SeveralEditor):
            self._several(editor, wanted)
        elif isinstance(editor, GridEditor):
            self._grid(editor, wanted)
        else:
            self._single(editor, wanted[editor.card.atom.id])
        for atom, given in wanted.items():
            kept = self.answers.get(atom)
            assert same(kept, given), f"{atom}: wanted {given}, kept {kept}"

    def _single(self, editor: Editor, given: Answer) -> None:
        value = given.value
        if given.unknown is not None:
            self.key(UNKNOWN_KEY[given.unknown])
        elif isinstance(editor, YesNoEditor):
            self.key("y" if value is True else "n")
        elif isinstance(editor, ChoiceEditor):
            number = [name for name, _ in editor.card.options].index(str(value)) + 1
            self.key(str(number)) if number <= 9 else self.click(editor.buttons[str(value)])
        elif isinstance(editor, NumberEditor):
            assert isinstance(value, Quantity)
            self._field(editor, f"{value.entered:g}", unit=value.unit)
        elif isinstance(editor, DateEditor):
            assert isinstance(value, DateRange)
            assert value.earliest == value.latest
            self._field(editor, value.earliest.isoformat())
        elif isinstance(editor, TextEditor):
            self.click(editor.area)
            self.type(str(value))
            self.click(self.view.steps)
        else:
            raise NotImplementedError(type(editor).__name__)

    def _field(self, editor: NumberEditor | DateEditor, text: str, unit: str = "") -> None:
        if isinstance(editor, NumberEditor) and unit and editor.unit.isVisible():
            editor.unit.setCurrentIndex(editor.unit.findData(unit))
        if not editor.field.hasFocus():
            # The first letter pressed on the card lands in the field, so no click is needed.
            QTest.keyClick(self.card, text[0])
            self._settle()
            text = text[1:]
        assert editor.field.hasFocus()
        if text:
            QTest.keyClicks(editor.field, text)
        self.inputs[self.part] += 1
        self.key(Key.Key_Return)

    def _several(self, editor: SeveralEditor, wanted: Mapping[str, Answer]) -> None:
        rows = {row.cell.atom: row for row in editor.rows}
        rest_is_no = all(a in wanted and wanted[a].value is False for a in rows
                         if a not in wanted or wanted[a].value is not True)
        for atom, given in wanted.items():
            if rest_is_no and given.value is False:
                continue
            row = rows[atom]
            if given.unknown is not None:
                self._item_unknown(row, given.unknown)
            else:
                box = row._boxes()["yes" if given.value is True else "no"]
                self.click(row, box.center().toPoint())
        if rest_is_no and self._asked(editor) and bulk.open_cells(editor.card):
            rest = "0" if editor.card.all_yes_label else "n"
            if any(r.hasFocus() for r in rows.values()):
                self.click(editor.none)
            else:
                self.key(rest, target=self.card)

    def _asked(self, editor: Editor) -> bool:
        """Whether the editor still stands in the page: the last item answered moves on by itself."""
        card = self.view.page.questions.open_card if self.window.view else None
        return card is not None and card.editor is editor

    def _item_unknown(self, row: ItemRow, unknown: Unknown) -> None:
        self.click(row, row.rect().center())
        row.setFocus()
        self.key(UNKNOWN_KEY[unknown])

    def _grid(self, editor: GridEditor, wanted: Mapping[str, Answer]) -> None:
        card = editor.card
        normal: bool | str = False if not card.options else card.normal_option
        bulk_ok = bulk.can_be_normal(card) and set(wanted) == set(editor.cells)
        for atom, given in wanted.items():
            if bulk_ok and given.value == normal:
                continue
            self._cell(editor.cells[atom], card, given)
        if bulk_ok and self._asked(editor) and bulk.open_cells(editor.card):
            exceptions = any(given.value != normal for given in wanted.values())
            self.click(editor.rest) if exceptions else self.key("n", target=self.card)

    def _cell(self, cell: GridCell, card: Card, given: Answer) -> None:
        """A click on the cell, then the line of its menu."""
        self.click(cell)
        if given.unknown is not None:
            raise NotImplementedError
        if card.options:
            self.choose_in_menu(dict(card.options)[str(given.value)])
        else:
            self.choose_in_menu("Yes" if given.value is True else "No")

    # --- a page at a time -----------------------------------------------------------------------------

    def answer_page(self, wanted: Mapping[str, Answer]) -> list[str]:
        """Everything on this page that the wanted answers hold, in the page's order; returns what was asked."""
        asked: list[str] = []
        step = self.view.step
        while True:
            if self.view.step != step:  # the last answer that matters led on; the rest of this page is answered too
                self.go_to(step)
            if self.view.page.part != "questions":
                self.click(self.view.page.to_questions)
            questions = self.view.page.questions
            here = self.view.wizard.page(self.view.step)
            todo = [c for c in here.cards
                    if not c.settled and any(cell.atom in wanted for cell in c.cells) and c.id not in asked]
            if not todo:
                return asked
            card = next((c for c in todo if c.id == questions.open_id), todo[0])
            self.answer(card.id, {c.atom: wanted[c.atom] for c in card.cells if c.atom in wanted})
            asked.append(card.id)
            if not self.page(ConsultationView):
                return asked

    # --- options --------------------------------------------------------------------------------------

    def show_options(self) -> None:
        page = self.view.page
        if page.part != "options":
            self.click(page.to_options)
        if page.asking_impression:
            self.key(Key.Key_Escape)
        assert page.part == "options"

    def open_option(self, option: str) -> None:
        options = self.view.page.options
        if options.open_id != option:
            self.click(options.shut_cards[option])
        assert options.open_id == option
        opened = options.open_card
        assert opened is not None
        title = opened.findChildren(QLabel)[0]
        if not self.in_sight(title):
            self.out_of_sight.append(option)

    def accept(self, option: str) -> None:
        self.open_option(option)
        card = self.view.page.options.open_card
        assert card is not None
        self.click(card.accept)

    def decline(self, option: str, reason: str) -> None:
        self.open_option(option)
        card = self.view.page.options.open_card
        assert card is not None
        self.click(card.decline)
        self.type(reason)
        self.click(card.keep)
