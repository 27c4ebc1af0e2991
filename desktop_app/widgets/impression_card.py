"""Asks once for the clinician's own impression, before any option of treatment is seen; one key skips it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.language import tr
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.fields import text_area

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ImpressionCard(controls.Card):
    """``done`` carries the words, empty when skipped. Urgency stays in sight all the while."""

    done = Signal(str)
    typed = Signal(str)  # as it stands when the keyboard leaves the words, so that nothing typed is lost

    def __init__(self) -> None:
        super().__init__(edge="accent")
        column = controls.column(self, margins=(24, 20, 24, 20), spacing=10)
        column.addWidget(controls.label(tr("Your own impression first"), "heading", wrap=True))
        column.addWidget(
            controls.label(
                tr(
                    "What would you do for this patient? Write it before the options are shown; it is kept as "
                    "written and stands in the plan beside what was decided. It changes no advice."
                ),
                "body",
                ink="text2",
                wrap=True,
            )
        )
        self.area = text_area(tr("Your own impression"), lines=4)
        self.area.installEventFilter(self)
        column.addWidget(self.area)
        buttons = controls.row(spacing=12)
        self.go = Button(tr("Show the options"), trailing="arrow-right")
        self.go.clicked.connect(self.finish)
        self.skip = Button(tr("Skip"), key="Esc")
        self.skip.clicked.connect(lambda: self.done.emit(""))
        for button in (self.go, self.skip):
            button.installEventFilter(self)  # on the page Enter goes on to the next step
        controls.add_all(buttons, self.go, self.skip)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.area.textChanged.connect(self._words_changed)
        self.setFocusProxy(self.area)

    def show_words(self, text: str) -> None:
        """What was typed before, on this step or on another one."""
        typing = self.area.hasFocus() and self.area.toPlainText().strip()
        if not typing and self.area.toPlainText().strip() != text:
            self.area.setPlainText(text)

    def _words_changed(self) -> None:
        some = bool(self.area.toPlainText().strip())
        self.skip.setEnabled(not some)
        self.go.set_words(tr("Keep it and show the options") if some else tr("Show the options"))

    def finish(self) -> None:
        self.done.emit(self.area.toPlainText().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter ends the words or presses the button that has it; Escape skips as long as there are no words."""
        if watched is self.area and event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
            self.typed.emit(self.area.toPlainText().strip())
        if isinstance(watched, Button) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                watched.click()
                return True
            return False
        if watched is self.area and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                if self.skip.isEnabled():
                    self.done.emit("")
                else:
                    self.go.setFocus()
                return True
            if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.finish()
                return True
        return False
