"""A clinician without a mouse: every input is a key, to whatever has the keyboard, which must be seen and named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation.cards import Cell
from desktop_app.presentation.wizard import OPTIONS, QUESTIONS, REVIEW
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.grid_editor import GridEditor
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.question_card import OpenCard
from desktop_app.widgets.reveal import PASSES
from tests.benchmarks.inputs import Typist

Key = Qt.Key
Alt = Qt.KeyboardModifier.AltModifier
Wait = Callable[[Callable[[], bool]], None]
FARTHEST = 150  # Tab stops; no page needs as many


class KeysOnly(Typist):
    """The typist of the benchmarks without its clicks, from the first page to the last."""

    def __init__(self, window: MainWindow, case: Case, wait: Wait) -> None:
        super().__init__(window, case, case.id)
        self.wait = wait
        self.stops: set[tuple[str, str]] = set()  # kind and name of whatever had the keyboard
        self.steps_seen: list[str] = []
        self.passed: list[str] = []  # the stops of the last stretch of Tab

    # --- where the keyboard is ------------------------------------------------------------------------

    @property
    def stop(self) -> QWidget:
        """What has the keyboard. It can be seen and has a name, or the test ends here with what it is."""
        for _ in range(PASSES + 1):
            QApplication.processEvents()
        if QApplication.activeWindow() is None:
            self.window.activateWindow()  # a window manager does this when a dialog is gone; offscreen nobody does
            QApplication.processEvents()
        focused = QApplication.focusWidget()
        assert focused is not None, f"nothing has the keyboard after {self.passed[-4:]}; last: {self.count.steps[-3:]}"
        told = f"{type(focused).__name__} “{focused.accessibleName()}”"
        assert focused.accessibleName().strip(), f"{told} has no name; last: {self.count.steps[-3:]}"
        assert focused.isVisible(), f"{told} has the keyboard and is hidden; last: {self.count.steps[-3:]}"
        assert not focused.visibleRegion().isEmpty(), f"{told} has the keyboard out of sight"
        self.stops.add((type(focused).__name__, focused.accessibleName()))
        return focused

    def key(self, what: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.stop  # noqa: B018 - looked at before every key
        super().key(what, modifier)

    def tab_to(self, name: str) -> None:
        """To the stop whose name begins so, by Tab alone."""
        passed = self.passed = [f"to {name}"]
        for _ in range(FARTHEST):
            here = self.stop.accessibleName()
            if here.startswith(name):
                self.count.keys = 0  # the bound on keys is for one stretch
                return
            passed.append(here)
            self.key(Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to “{name}”, only to {list(dict.fromkeys(passed))}")

    def write(self, text: str) -> None:
        """Words into the field that has the keyboard."""
        field = self.stop
        assert isinstance(field, QLineEdit | QPlainTextEdit), f"{field} is no field"
        QTest.keyClicks(field, text)
        QApplication.processEvents()

    def press(self, name: str) -> None:
        self.tab_to(name)
        self.key(Key.Key_Space)

    # --- answers without the mouse --------------------------------------------------------------------

    def _drawn(self, editor: GridEditor, wanted: Mapping[str, Answer]) -> set[str]:
        """Nothing is drawn without a mouse."""
        return set()

    def _exception(self, editor: GridEditor, cell: Cell, given: Answer) -> None:
        """Each cell is walked to, the far ones too."""
        self._walk(editor, cell.atom)
        self._cell(editor.card, given)

    def answer(self, card: OpenCard) -> None:
        self.count.keys = 0
        self.count.steps.append(card.card.id)
        super().answer(card)

    # --- the consultation -----------------------------------------------------------------------------

    def consult(self, decisions: Mapping[str, str]) -> list[str]:
        """All steps up to the review. ``decisions``: verdict to reason, one option each. Returns these options."""
        open_decisions, decided = dict(decisions), []
        while self.view.step != REVIEW:
            view, page = self.view, self.view.page
            assert not isinstance(self.window.stack.currentWidget(), EmergencyPage), "the case is no emergency"
            if view.step not in self.steps_seen:
                self.steps_seen.append(view.step)
            card = page.questions.open_card
            if view.asking_impression:
                self.count.steps.append("own impression")
                self.key(Key.Key_Escape)
            elif page.part == QUESTIONS and card is not None and not card.card.settled and card.card.open:
                self.answer(card)
            elif page.part == OPTIONS and open_decisions and self._can_be_decided():
                decided.append(self._decide(open_decisions))
            else:
                self._on()
        self.steps_seen.append(REVIEW)
        return decided

    def _can_be_decided(self) -> bool:
        card = self.view.page.options.open_card
        return card is not None and card.card.waits and card.card.can_accept

    def _decide(self, open_decisions: dict[str, str]) -> str:
        card = self.view.page.options.open_card
        assert card is not None
        option, title = card.card.id, card.card.title
        verdict = next(iter(open_decisions))
        self.count.steps.append(f"{verdict} {option}")
        reason = open_decisions.pop(verdict)
        self.press(verdict)
        if reason:
            self.write(reason)
            self.press("Keep this decision")
        assert option in self.view.wizard.consultation.choices, f"{title} is not decided"
        return option

    def _on(self) -> None:
        before = (self.view.step, self.view.page.part)
        self.count.steps.append(f"on from {before}")
        self.key(Key.Key_Right, Alt)
        assert (self.view.step, self.view.page.part) != before, f"Alt+Right does not lead on from {before}"
