"""How many pages, key strokes and clicks ten scripted cases take, through the real wizard.

A clinician's hands are counted as they move: every key of a number or a date is one, every answer key, every Enter.
Nothing is pressed that the page does not say. A case ends when the emergency screen is complete and no unanswered
question can change the advice, or when the emergency page opens. Counts depend on no clock, so a test may fail on them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_app import places
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, DateRange, Medicine, Quantity, Unknown
from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.expect import unmet
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.pictures.body import key_of
from desktop_app.presentation import bulk, entry
from desktop_app.presentation.body import marked_answer
from desktop_app.presentation.cards import Card, Cell
from desktop_app.presentation.wizard import QUESTIONS
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets.application import application
from desktop_app.widgets.body_editor import BodyEditor
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.editors import ChoiceEditor, DateEditor, Editor, NumberEditor, YesNoEditor
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.grid_editor import GridEditor
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_editor import MedicinesEditor
from desktop_app.widgets.question_card import OpenCard
from desktop_app.widgets.several_editor import ItemRow, SeveralEditor
from tests.fakes import CLINICIAN, MarkingSigner, MemoryStore, PlainDocuments, StillClock, confirm

CASES = ("c01", "c02", "c03", "c05", "c07", "c11", "c15", "c16", "c18", "c20")
TYPICAL = "c01"
RED_FLAG = "a01_urinary_retention"
NAMED_DISCREPANCY = "c18"  # no entrapment on the MRI, but signs of a root
MOST_TYPICAL, MOST_RED_FLAG = 60, 12  # the aims
MOST_MESSAGES = 3  # that come between in one consultation, and none twice
UNKNOWN_KEY = {Unknown.NOT_ASSESSED: "a", Unknown.CANNOT_ASSESS: "c", Unknown.DECLINED: "d"}
NOT_IN_CASE = "a"  # what the case does not say was not assessed; that is said, not skipped
CLICK_AND_CHOOSE = 2  # clicks: the cell, then the line of its menu; the walk needs a key for the answer besides
STUCK = 400  # inputs; no case may need as many

Key = Qt.Key


@dataclass(slots=True)
class Count:
    """What one case took."""

    case: str
    pages: int = 0
    keys: int = 0
    clicks: int = 0
    steps: list[str] = field(default_factory=list)  # what the inputs were for, for reading along
    end: str = ""
    differs: list[str] = field(default_factory=list)  # what the advice at the end says otherwise than the whole case
    messages: list[str] = field(default_factory=list)  # what came between without having been asked for

    @property
    def inputs(self) -> int:
        return self.keys + self.clicks


class Typist:
    """Answers one case by keyboard, in the order in which the wizard asks."""

    def __init__(self, window: MainWindow, case: Case, name: str) -> None:
        self.window, self.case, self.count = window, case, Count(name)
        self._message = ""
        self.wanted = {a: g for a, g in case.sheet.items()
                       if a not in {SEX, DATE_OF_BIRTH} and g.unknown is not Unknown.NOT_ASKED}

    @property
    def view(self) -> ConsultationView:
        assert self.window.view is not None
        return self.window.view

    def key(self, what: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None, f"nothing has the keyboard after {self.count.steps[-1:]}"
        assert self.count.keys < STUCK, f"stuck: {self.count.steps[-12:]}"
        self.count.keys += 1
        QTest.keyClick(focused, what, modifier)
        QApplication.processEvents()
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            QApplication.processEvents()
        self._watch()

    def _watch(self) -> None:
        """Take down each message that opened by itself. No key of these hands asks for a dialog."""
        dialog = QApplication.activeModalWidget()
        wizard = self.window.view is not None and self.window.stack.currentWidget() is self.window.view
        now = dialog.windowTitle() if dialog is not None else (
            "own impression" if wizard and self.view.asking_impression else "")
        waits = now == "own impression" and now in self.count.messages  # left lying and met again: the same message
        if now and now != self._message and not waits:
            self.count.messages.append(now)
        self._message = now

    def keys(self, text: str) -> None:
        for letter in text:
            self.key(letter)

    # --- one case -------------------------------------------------------------------------------------

    def run(self) -> Count:
        seen: list[str] = []
        while not self.finished():
            view, before = self.view, self.count.inputs
            if not seen or seen[-1] != view.step:
                seen.append(view.step)
            card = view.page.questions.open_card
            if view.page.part != QUESTIONS and (number := self._asks_on()):
                # The step list says where questions are left; pictures and options are looked at after them.
                self.key(Qt.Key(Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
                what = f"step {number}"
            elif card is not None and view.page.part == QUESTIONS and not card.card.settled:
                what = card.card.id
                self.answer(card)
            else:
                what = "on"
                self.key(Key.Key_Return)
            self.count.steps.append(f"{what} {self.count.inputs - before}")
        self.count.pages = len(seen)
        wizard = self.view.wizard
        self.count.differs = [str(u) for u in unmet(self.case, wizard.decision, wizard.consultation.pack)]
        return self.count

    def _asks_on(self) -> int:
        """The number of the next step in the list that has questions to go; 0 when none has."""
        wizard = self.view.wizard
        return next((i for i, s in enumerate(wizard.screens, start=1) if wizard.page(s).left), 0)

    def finished(self) -> bool:
        if isinstance(self.window.stack.currentWidget(), EmergencyPage):
            self.count.end = "emergency page"
            return True
        wizard = self.view.wizard
        if wizard.decision.emergency.complete and not wizard.unanswered():
            self.count.end = "nothing open can change the advice"
            return True
        return False

    def answer(self, card: OpenCard) -> None:
        wanted = {c.atom: self.wanted[c.atom] for c in card.card.cells if c.atom in self.wanted}
        editor = card.editor
        if self._all(card, yes=False):
            self.key("N", Qt.KeyboardModifier.ShiftModifier)
        elif self._all(card, yes=True):
            self.key("Y", Qt.KeyboardModifier.ShiftModifier)
        elif not wanted:
            self.key(NOT_IN_CASE)
        elif isinstance(editor, SeveralEditor):
            self._several(card.card, wanted)
        elif isinstance(editor, GridEditor):
            self._grid(editor, wanted)
        else:
            self._single(editor, next(iter(wanted.values())))

    def _all(self, card: OpenCard, *, yes: bool) -> bool:
        """Whether the card offers one answer to several questions, and it is what the case says to all of them."""
        atoms = [cell.atom for other in card.together(yes=yes) for cell in other.cells]
        return bool(atoms) and all(a in self.wanted and self.wanted[a].value is yes for a in atoms)

    def _single(self, editor: Editor, given: Answer) -> None:
        if given.unknown is not None:
            self.key(UNKNOWN_KEY[given.unknown])
        elif isinstance(editor, YesNoEditor):
            self.key("y" if given.value is True else "n")
        elif isinstance(editor, ChoiceEditor):
            self.key(str([name for name, _ in editor.card.options].index(str(given.value)) + 1))
        elif isinstance(editor, NumberEditor):
            assert isinstance(given.value, Quantity)
            self.keys(f"{given.value.entered:g}")
            self.key(Key.Key_Return)
            if editor.confirm.isVisible():
                self.key(Key.Key_Return)
        elif isinstance(editor, DateEditor):
            assert isinstance(given.value, DateRange)
            if pick := _pick(given.value, editor):
                self.key(pick, Qt.KeyboardModifier.ControlModifier)
                return
            self.keys(_as_said(given.value, editor))
            self.key(Key.Key_Return)
        elif isinstance(editor, MedicinesEditor):
            assert isinstance(given.value, tuple)
            self._medicines(editor, given.value)
        else:
            raise NotImplementedError(type(editor).__name__)

    def _medicines(self, editor: MedicinesEditor, taken: tuple[Medicine, ...]) -> None:
        """Chosen from the list, its amount typed, added; a list is opened and its line clicked."""
        if not taken:
            self.key("n")
            return
        for medicine in taken:
            for pick, name in ((editor.drug, medicine.drug), (editor.unit, medicine.unit),
                               (editor.route, medicine.route)):
                if pick.currentData() != name:
                    pick.setCurrentIndex(pick.findData(name))
                    self.count.clicks += CLICK_AND_CHOOSE
            self.click(editor.dose, editor.dose.rect().center())
            editor.dose.setFocus()
            self.keys("" if medicine.per_day is None else f"{medicine.per_day:g}")
            most = medicine.as_needed and medicine.maximum_known
            for tick, on in ((editor.as_needed, medicine.as_needed), (editor.maximum, most)):
                if tick.isChecked() != on:
                    self.click(tick, tick.rect().center())
            self.click(editor.add, editor.add.rect().center())
        self._card().setFocus()
        self.key(Key.Key_Return)

    def _several(self, card: Card, wanted: Mapping[str, Answer]) -> None:
        """A number says yes to its item, N no to all the rest, Y yes to all where that is offered."""
        values = [wanted.get(c.atom) for c in card.cells]
        if card.all_yes_label and all(g is not None and g.value is True for g in values):
            self.key("y")
            return
        for number, given in enumerate(values, start=1):
            if given is not None and given.value is True:
                self._item(number)
            if given is not None and given.unknown is not None:
                self._walk_to(number)
                self.key(UNKNOWN_KEY[given.unknown])
        if self._still_here(card.id):
            key = NOT_IN_CASE if any(g is None for g in values) else "0" if card.all_yes_label else "n"
            if key != "0" and isinstance(QApplication.focusWidget(), ItemRow):
                self.key(key.upper(), Qt.KeyboardModifier.ShiftModifier)  # from an item the plain key means the item
            else:
                self.key(key)

    def _item(self, number: int) -> None:
        if number <= 9:
            self.key(str(number))
        else:
            self._walk_to(number)
            self.key(Key.Key_Space)

    def _walk_to(self, number: int) -> None:
        editor = self._card().editor
        assert isinstance(editor, SeveralEditor)
        while not editor.rows[number - 1].hasFocus():
            self.key(Key.Key_Down)

    def _grid(self, editor: GridEditor, wanted: Mapping[str, Answer]) -> None:
        card = editor.card
        normal: bool | str = card.normal_option if card.options else False
        drawn = self._drawn(editor, wanted)
        for cell in card.cells:
            given = wanted.get(cell.atom)
            if given is not None and given.value != normal and cell.atom not in drawn:
                self._exception(editor, cell, given)
        if self._still_here(card.id):
            self.key("n" if all(c.atom in wanted for c in card.cells) else NOT_IN_CASE)

    def _drawn(self, editor: GridEditor, wanted: Mapping[str, Answer]) -> set[str]:
        """Where a stroke of the mouse marks what it passes over: zones beside each other, one input a stroke."""
        if not (isinstance(editor, BodyEditor) and editor.map.strokes):
            return set()
        cells = [c for c in editor.card.cells if wanted.get(c.atom) == marked_answer(editor.card, c)]
        rest = [key_of((c.row, c.column)) for c in cells]
        while rest:
            way = [editor.map.spot_point(rest[0])]
            key = rest.pop(0)
            for other in list(rest):
                points = _between(way[-1], editor.map.spot_point(other))
                if {editor.map.key_at(point) for point in points} <= {key, other, ""}:
                    way += points
                    key = other
                    rest.remove(other)
            self.count.clicks += 1
            QTest.mousePress(editor.map, Qt.MouseButton.LeftButton, pos=way[0])
            for point in way[1:]:
                QTest.mouseMove(editor.map, point)
                QApplication.processEvents()
            QTest.mouseRelease(editor.map, Qt.MouseButton.LeftButton, pos=way[-1])
            QApplication.processEvents()
        return {c.atom for c in cells}

    def _exception(self, editor: GridEditor, cell: Cell, given: Answer) -> None:
        """As a hand would: a zone of the body map is clicked; a cell near by is walked to, one far off is clicked."""
        if isinstance(editor, BodyEditor) and given == marked_answer(editor.card, cell):
            self.click(editor.map, editor.map.spot_point(key_of((cell.row, cell.column))))
        elif given.unknown is None and self._far(editor, cell) > CLICK_AND_CHOOSE:
            self.click(editor.cells[cell.atom], editor.cells[cell.atom].rect().center())
            words = dict(editor.card.options).get(str(given.value), "Yes")
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            line = next(a for a in menu.actions() if a.text().split("\t")[0] == words)
            self.click(menu, menu.actionGeometry(line).center())
        else:
            on_card = isinstance(QApplication.focusWidget(), OpenCard)
            if not (on_card and cell is bulk.open_cells(editor.card)[0]):  # the first key goes to the first open cell
                self._walk(editor, cell.atom)
            self._cell(editor.card, given)

    def click(self, widget: QWidget, at: QPoint) -> None:
        self.count.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        QApplication.processEvents()

    def _far(self, editor: GridEditor, target: Cell) -> int:
        """Arrow keys from where the keyboard is to a cell, with the one that leads into the grid."""
        rows, columns = [r.id for r in editor.card.rows], [c.id for c in editor.card.columns]
        here = next((c for c in editor.card.cells if editor.cells[c.atom].hasFocus()), None)
        start = here or editor.card.cells[0]
        if here is None and target.column == columns[-1]:  # the arrow that points there leads into its column
            return rows.index(target.row) + 1
        return (abs(rows.index(target.row) - rows.index(start.row)) + (here is None)
                + abs(columns.index(target.column) - columns.index(start.column)))

    def _walk(self, editor: GridEditor, atom: str) -> None:
        """By arrows from where the keyboard is, from the first cell when it is outside the grid."""
        target = next(c for c in editor.card.cells if c.atom == atom)
        rows, columns = [r.id for r in editor.card.rows], [c.id for c in editor.card.columns]
        while not editor.cells[atom].hasFocus():
            here = next((c for c in editor.card.cells if editor.cells[c.atom].hasFocus()), None)
            if here is None:
                self.key(Key.Key_Right if target.column == columns[-1] else Key.Key_Down)
                continue
            down = rows.index(target.row) - rows.index(here.row)
            right = columns.index(target.column) - columns.index(here.column)
            if right:
                self.key(Key.Key_Right if right > 0 else Key.Key_Left)
            else:
                self.key(Key.Key_Down if down > 0 else Key.Key_Up)

    def _cell(self, card: Card, given: Answer) -> None:
        if given.unknown is not None:
            self.key(UNKNOWN_KEY[given.unknown])
            return
        if not card.options:
            self.key("y")
            return
        cell = card.cells[0]
        value = str(given.value)
        key = next((k for k in "0123456789" if bulk.option_for_key(card, cell, k) == value.rstrip("+-")), "")
        assert key, f"no key for {value} in {card.id}"
        self.keys(key + value[len(value.rstrip("+-")):])

    def _card(self) -> OpenCard:
        card = self.view.page.questions.open_card
        assert card is not None
        return card

    def _still_here(self, question: str) -> bool:
        if isinstance(self.window.stack.currentWidget(), EmergencyPage):
            return False
        card = self.view.page.questions.open_card
        return card is not None and card.card.id == question and not card.card.settled


def _between(start: QPoint, end: QPoint) -> list[QPoint]:
    """Where a straight stroke goes, without its beginning."""
    steps = 12
    return [start + (end - start) * (n / steps) for n in range(1, steps + 1)]


def _pick(value: DateRange, editor: DateEditor) -> str:
    """The key of the day on a button, when the patient's own words are as rough: six weeks ago to the day."""
    found = ((key, span) for key, (_, span) in zip(editor.picks, entry.picks(editor.today), strict=True))
    if editor.card.atom.allow_future or value.earliest != value.latest:
        return ""
    return next((key for key, span in found
                 if span.earliest + (span.latest - span.earliest) / 2 == value.earliest), "")


def _as_said(value: DateRange, editor: DateEditor) -> str:
    """The shortest way in which a clinician writes this day that the program reads as this day."""
    day = value.earliest
    if value.earliest != value.latest:
        return day.strftime("%b %Y")
    weeks = f"{(editor.today - day).days // 7}w"
    said = (weeks, f"{day.day} {day.strftime('%b')}", f"{day.day} {day.strftime('%b %Y')}", day.isoformat())
    return next(text for text in said
                if (found := entry.moment(text, editor.today)).answer is not None and found.answer.value == value)


# --- the room they work in ----------------------------------------------------------------------------


@contextmanager
def room(pack: Pack, clinical: ClinicalArithmetic, case: Case) -> Iterator[MainWindow]:
    """A window with an untouched consultation of the case's patient, in memory."""
    store = MemoryStore(Clinic("Hillside Clinic", "1 Example Road", "555 0110", "TR01",
                               {p.id: "555 0142" for p in pack.phones if p.required}))
    desk = Desk(pack=pack, clinical=clinical, store=store, clock=StillClock(), documents=PlainDocuments,
                signer=MarkingSigner, confirm=confirm, clinician=CLINICIAN, training=True)
    window = MainWindow(desk, save_file=lambda _name, _content: None)
    window.show()
    person = case.patient
    patient = desk.new_patient(name=str(person.name or "Marta Lindqvist"), number=str(person.number or "TR-0001"),
                               born=person.born or date(1954, 3, 3), sex=str(person.sex or "female"))
    window.open_consultation(desk.open(patient.id))
    _activate(window)
    yield window
    window.gate.wait()
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def _activate(window: QWidget) -> None:
    for _ in range(200):
        window.activateWindow()
        QApplication.processEvents()
        if window.isActiveWindow():
            return


def count(pack: Pack, clinical: ClinicalArithmetic, name: str) -> Count:
    case = load_case(places.guideline() / "cases" / f"{name}.yaml", pack)
    with room(pack, clinical, case) as window:
        return Typist(window, case, name).run()


def report() -> list[str]:
    """One line for each case."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    pack = load_pack(places.guideline())
    clinical = ClinicalArithmetic(pack)
    lines = ["inputs until nothing open can change the advice (typing counts each key)"]
    for name in (*CASES, RED_FLAG):
        found = count(pack, clinical, name)
        aim = {TYPICAL: f"   (aim {MOST_TYPICAL})", RED_FLAG: f"   (aim {MOST_RED_FLAG})"}.get(name, "")
        lines.append(f"  {name:22} pages {found.pages}   keys {found.keys:3}   clicks {found.clicks}"
                     f"   total {found.inputs:3}{aim}"
                     f"   messages {len(found.messages)}   {found.end}")
    return lines
