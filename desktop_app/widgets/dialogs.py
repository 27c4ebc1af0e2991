"""The few questions that interrupt: how an emergency ended, to whom it was handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop_app.language import tr
from desktop_app.presentation.emergency import Because
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.fields import KEPT_NOWHERE, field, set_wrong, text_area
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.help_dialog import HelpedDialog
from desktop_app.widgets.help_link import HelpButton
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.scroll_area import ScrollArea

NARROWEST = 520  # px at 100 %
EDGE, RING = 24, 4  # px: the dialog's margin, and what of it the ring of the focus needs inside what scrolls
FRAME = 64  # px that a window's title and the desktop's bar may take


class Ask(HelpedDialog):
    """A title, some fields, one action that is pressed on purpose, and a way out by Escape."""

    keeps_words = False
    """Whether what is typed here survives a lock and a crash: words for the record only, never a passphrase."""

    for_the_record = True
    """Whether one Escape leaves words that were written here where they are."""

    def __init__(self, parent: QWidget, title: str, intro: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(NARROWEST))
        outer = controls.column(self, margins=(EDGE - RING, EDGE, EDGE - RING, EDGE), spacing=16 - RING)
        head = controls.label(title, "heading", wrap=True)
        head.setContentsMargins(RING, 0, RING, 0)
        outer.addWidget(head)
        self._area, inside = ScrollArea(), Sheet()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # as tall as `fit` says
        self._words = controls.column(inside, margins=(RING, RING, RING, RING), spacing=0)
        if intro:
            told = controls.label(intro, "body", ink="text2", wrap=True)
            told.setContentsMargins(0, 0, 0, 16)
            self._words.addWidget(told)
        self.body = controls.column(spacing=16)
        self._words.addLayout(self.body)
        self._words.addStretch(1)  # room to spare stands above the buttons, never between the words
        self._area.setWidget(inside)
        outer.addWidget(self._area, 1)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.setContentsMargins(RING, 0, RING, 0)
        self.wrong.hide()
        outer.addWidget(self.wrong)
        buttons = controls.row(margins=(RING, 0, RING, 0), spacing=12)
        buttons.addWidget(HelpButton(tall=40))
        buttons.addStretch(1)
        self.cancel = Button(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.go = Button(action, "primary")
        self.go.guarded = True
        self.go.clicked.connect(self.check)
        controls.add_all(buttons, self.cancel, self.go)
        outer.addLayout(buttons)
        self._buttons = buttons
        self._found: list[str] | None = None  # the words that stood here when it was first shown
        self._warned_of: list[str] = []  # the words that one more Escape leaves
        self.cancel.setFocus()  # the way out has the keyboard first

    def beside_go(self, button: Button) -> None:
        """A second way on, between the way out and the action."""
        self._buttons.insertWidget(self._buttons.indexOf(self.go), button)

    def labelled(self, text: str, *fields: QWidget) -> None:
        """What is asked for, close above the fields it is written into; several stand beside each other."""
        group = controls.column(spacing=4)
        group.addWidget(controls.label(text, "small-strong", wrap=True))
        beside = controls.row(spacing=12)
        for place, one in enumerate(fields):
            beside.addWidget(one, 0 if place else 1)
        group.addLayout(beside)
        self.body.addLayout(group)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._found is None:
            self._found = self._written()
        self.fit()

    def fit(self) -> None:
        """As tall as its words are at its width, and no taller than the screen: then the words scroll, never the
        title and the buttons. Qt guesses the lines before it knows the width.
        """
        layout = self.layout()
        if layout is None:
            return
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        needs = self._words.totalMinimumSize().width() + 2 * (EDGE - RING)
        self.setMinimumWidth(max(theme.px(NARROWEST), needs, layout.totalMinimumSize().width()))
        wide = max(self.width(), self.minimumWidth())
        words = self._words.totalHeightForWidth(wide - 2 * (EDGE - RING))
        if not self._words.hasHeightForWidth():
            words = self._words.totalSizeHint().height()
        rest = layout.totalHeightForWidth(wide)  # the area counts nothing in it
        room = self.screen().availableGeometry().height() - FRAME
        if rest + words > room:  # they scroll, and the bar must not cover what cannot break into lines
            wide = max(wide, needs + self._area.verticalScrollBar().sizeHint().width())
            self.setMinimumWidth(wide)
        tall = min(rest + words, room)
        self._area.setMinimumHeight(tall - rest)
        self.setMinimumHeight(tall)
        self.resize(wide, tall)
        layout.activate()
        here = self.focusWidget()
        if here is not None and self._area.isAncestorOf(here):
            reveal(here)

    def tell(self, text: str) -> None:
        """What is wrong, in red above the buttons; nothing when ``text`` is empty."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.fit()

    def mistake(self) -> str:
        """What is wrong with what was entered, a line for each field that is marked; empty when it can be taken."""
        return ""

    def ask_again(self, error: LumbarError) -> None:
        """It could not be recorded: the same question with its words still there, and what was wrong."""
        self.open()
        self.tell(f"{error} {error.next_step}".strip())

    def check(self) -> None:
        text = self.mistake()
        self.tell(text)
        if not text:
            self.accept()

    def _written(self) -> list[str]:
        """The words for the record, field by field; empty where none of them has any. Never a passphrase."""
        lines = [f.text() for f in self.findChildren(QLineEdit) if f.isVisible() and not f.property(KEPT_NOWHERE)]
        areas = [f.toPlainText() for f in self.findChildren(QPlainTextEdit) if f.isVisible()]
        found = [text.strip() for text in (*lines, *areas)]
        return found if any(found) else []

    def _warns(self) -> bool:
        """Escape by habit does not throw written words away: it says so first, and once is enough."""
        written = self._written()
        if not self.for_the_record or written in ([], self._found, self._warned_of):
            return False
        self._warned_of = written
        self.tell(tr("What is written here is not recorded yet. Escape once more leaves without it."))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._warns():
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Enter never ends a dialog that records something; it does press what leads away.
            here = self.focusWidget()
            if isinstance(here, Button) and here is not self.go and not here.isCheckable():
                here.click()
            return
        super().keyPressEvent(event)


class AnswerWasWrong(Ask):
    """Ends emergency answers: excluded by examination, or entered in error. Both stay recorded."""

    help_topic = "answer_wrong"
    keeps_words = True

    def __init__(self, parent: QWidget, facts: tuple[Because, ...], by: str, on: str) -> None:
        super().__init__(
            parent,
            tr("An answer was wrong"),
            tr("The answer and what you write here both stay in the record. By {by}, {on}.").format(by=by, on=on),
            tr("Record and go back"),
        )
        self._ticks: dict[str, Tick] = {}
        which = QWidget()
        ticks = controls.column(which, spacing=4)
        self._facts = {f.atom: f for f in facts if f.can_end or f.question}
        for fact in self._facts.values():
            tick = Tick(
                fact.label
                if fact.can_end
                else tr("{label}: {words} (from the examination)").format(label=fact.label, words=fact.words)
            )
            tick.setChecked(len(self._facts) == 1)
            self._ticks[fact.atom] = tick
            ticks.addWidget(tick)
        self.labelled(tr("Which answer?"), which)
        ended = QWidget()
        choice = controls.row(ended, spacing=8)
        self.excluded = Button(tr("Excluded"))
        self.in_error = Button(tr("Entered in error"))
        for button, other in ((self.excluded, self.in_error), (self.in_error, self.excluded)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, b=button, o=other: (b.setChecked(True), o.setChecked(False)))
            choice.addWidget(button)
        choice.addStretch(1)
        self.labelled(tr("How did it end?"), ended)
        self.how = text_area(tr("How"), placeholder=tr("For example: emergency MRI today, no compression"), lines=3)
        self.labelled(tr("How was it excluded, or how did the wrong answer come about?"), self.how)

    @property
    def atoms(self) -> tuple[str, ...]:
        """The answers of yes that end."""
        return tuple(a for a, t in self._ticks.items() if t.isChecked() and self._facts[a].can_end)

    @property
    def correct_at(self) -> str:
        """The question where an examination that was entered wrongly is corrected; empty when none is."""
        return next((self._facts[a].question for a, t in self._ticks.items()
                     if t.isChecked() and not self._facts[a].can_end), "")

    @property
    def tick_for(self) -> dict[str, Tick]:
        return self._ticks

    def mistake(self) -> str:
        unsaid = not self.how.toPlainText().strip()
        set_wrong(self.how, wrong=unsaid)
        found = []
        if not (self.atoms or self.correct_at):
            found.append(tr("Choose which answer was wrong."))
        if not (self.excluded.isChecked() or self.in_error.isChecked()):
            found.append(tr("Choose: excluded, or entered in error."))
        elif self.correct_at and self.excluded.isChecked():
            found.append(tr("What comes from the examination is not excluded but corrected: choose "
                            "“Entered in error”."))
        if unsaid:
            found.append(tr("Write how; it stands in the record."))
        return "\n".join(found)


class Handover(Ask):
    """To whom the patient was handed over."""

    help_topic = "handover"
    keeps_words = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Record the handover"), tr("Recorded with your name and the time."), tr("Record"))
        self.to = field(tr("Handed over to"), placeholder=tr("Name, service, hospital"))
        self.labelled(tr("Handed over to"), self.to)
        self.note = text_area(tr("How, and anything they should know"), lines=3)
        self.labelled(tr("How, and anything they should know"), self.note)
        self.to.setFocus()

    def mistake(self) -> str:
        set_wrong(self.to, wrong=not self.to.text().strip())
        return "" if self.to.text().strip() else tr("Write to whom the patient was handed over.")

    @property
    def words(self) -> str:
        note = self.note.toPlainText().strip()
        return f"{self.to.text().strip()}. {note}" if note else self.to.text().strip()
