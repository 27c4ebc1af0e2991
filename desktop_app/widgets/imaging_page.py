"""Imaging: its questions, the correlation of signs and report as pictures, and the options that follow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from desktop_app.language import tr
from desktop_app.presentation.wizard import CORRELATION, OPTIONS, QUESTIONS
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.correlation_part import CorrelationPart
from desktop_app.widgets.question_page import MARGIN
from desktop_app.widgets.wizard_page import WizardPage


class ImagingPage(WizardPage):
    """Three parts: Questions, Correlation, Options."""

    broad = True

    @property
    def wide(self) -> bool:  # type: ignore[override]
        return self.part == CORRELATION

    def part_buttons(self) -> tuple[Button, ...]:
        self.to_correlation = Button(tr("Correlation"), tall=40)
        self.to_correlation.setCheckable(True)
        self.to_correlation.clicked.connect(lambda: self.show_part(CORRELATION))
        return self.to_questions, self.to_correlation, self.to_options

    def special(self) -> None:
        self.correlation = CorrelationPart(self.wizard)
        self.correlation.answered.connect(self.answered)
        self.correlation.question.connect(self.jump)
        self.correlation.hide()
        self.above.addWidget(self.correlation)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.correlation.arrange(self.viewport().width() - 2 * MARGIN)

    def refresh_special(self) -> None:
        if self.part == CORRELATION:
            self.correlation.refresh()

    def show_part(self, part: str, *, focus: bool = True) -> None:
        if part != CORRELATION:
            if self.holds():
                for button, name in ((self.to_questions, QUESTIONS), (self.to_options, OPTIONS)):
                    button.setChecked(name == self.part)
                return
            self.correlation.hide()
            self.to_correlation.setChecked(False)
            super().show_part(part, focus=focus)
            if self.part == CORRELATION:  # what was typed could not be read: nothing was left
                self.correlation.show()
            return
        card = self.questions.open_card
        if card is not None and not card.editor.commit():
            self.to_correlation.setChecked(False)
            return
        self.part = CORRELATION
        self.questions.hide()
        self.options.hide()
        self.correlation.refresh()
        self.correlation.show()
        for button, name in ((self.to_questions, QUESTIONS), (self.to_correlation, CORRELATION),
                             (self.to_options, OPTIONS)):
            button.setChecked(name == CORRELATION)
        self.opened.emit(CORRELATION)
        self.part_changed()
        self.verticalScrollBar().setValue(0)
        if focus:
            self.to_correlation.setFocus(Qt.FocusReason.OtherFocusReason)  # Enter there leads on

    def can_leave(self) -> bool:
        return super().can_leave() and not self.holds()

    def holds(self) -> bool:
        """A wrong day beside a check: the record would keep another one without a word."""
        return self.part == CORRELATION and not self.correlation.checklist.can_leave()

    def half_typed(self) -> Mapping[str, str]:
        return {**super().half_typed(), **self.correlation.checklist.half_typed()}

    def put_back(self, name: str, text: str) -> bool:
        return super().put_back(name, text) or self.correlation.checklist.put_back(name, text)

    def put_aside(self) -> None:
        super().put_aside()
        self.correlation.checklist.put_aside()

    def start_at(self, question: str) -> None:
        page = self.wizard.page(self.step)
        if question == CORRELATION or (not question and not page.next_open()):
            self.show_part(CORRELATION)
            return
        if self.part == CORRELATION:
            self.show_part(QUESTIONS, focus=False)
        super().start_at(question)

