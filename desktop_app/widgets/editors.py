"""What a question is answered with: yes and no, a choice, a number, a date, words.

Every editor reports whole answers; none of them stores or decides anything. Letters and digits
reach an editor from its card, so that the keys work wherever the focus is inside the open question.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.language import tr
from desktop_app.presentation import entry, words
from desktop_app.presentation.cards import Card
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.fields import Area, field, set_wrong
from desktop_app.widgets.flow_box import FlowBox

UNKNOWN_KEYS = {"a": Unknown.NOT_ASSESSED, "c": Unknown.CANNOT_ASSESS, "d": Unknown.DECLINED}


class UnknownBar(QWidget):
    """Three dashed buttons: one key away from every answer, and never looking like a no."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, suffix: str = "") -> None:
        super().__init__(parent)
        layout = FlowBox()
        controls.column(self).addWidget(layout)
        self.buttons: dict[Unknown, Button] = {}
        for key, unknown in UNKNOWN_KEYS.items():
            button = Button(words.UNKNOWN[unknown] + suffix, "unknown", key=key.upper(), tall=44)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, u=unknown: self.chosen.emit(u))
            layout.add(button)
            self.buttons[unknown] = button

    def mark(self, unknown: Unknown | None) -> None:
        for kind, button in self.buttons.items():
            button.setChecked(kind is unknown)


class Editor(QWidget):
    """``answered`` carries one step of answers; ``moved_on`` asks for the next question."""

    answered = Signal(object)
    moved_on = Signal()

    def __init__(self, card: Card, today: date) -> None:
        super().__init__()
        self.card, self.today = card, today

    def show_card(self, card: Card) -> None:
        """The same question after an answer."""
        self.card = card
        self.refresh()

    def refresh(self) -> None:
        """Show the answers that the card now holds."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key pressed anywhere in the open card. True when it was used."""
        unknown = UNKNOWN_KEYS.get(event.text().lower())
        if unknown is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self.say_unknown(unknown)
        return True

    def chord(self, event: QKeyEvent) -> bool:  # noqa: ARG002 - most editors have no keys with Ctrl
        """Take a key pressed together with Ctrl anywhere in the open card. True when it was used."""
        return False

    def commit(self) -> bool:
        """Take over what is half typed. False when that is wrong and its words are shown."""
        return True

    def half_typed(self) -> str:
        """Words that stand in the field and are no answer yet."""
        return ""

    def put_back(self, text: str) -> None:
        """Half-typed words from earlier; they become an answer as if they had been typed now."""

    def put_aside(self) -> None:
        """Forget them: as the field goes they are not to be taken for an answer."""

    def say_unknown(self, unknown: Unknown) -> None:
        self.give({self.card.cells[0].atom: Answer(unknown=unknown)})

    def give(self, changes: Mapping[str, Answer | None], *, on: bool = True) -> None:
        """Report a step of answers, and move on when that settles the question."""
        self.answered.emit(dict(changes))
        if on:
            self.moved_on.emit()


class YesNoEditor(Editor):
    """Two equal solid buttons without a default, and the three dashed ones."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today)
        layout = FlowBox()
        controls.column(self).addWidget(layout)
        self.yes = Button(tr("Yes"), key="Y", tall=44)
        self.no = Button(tr("No"), key="N", tall=44)
        for button, value in ((self.yes, True), (self.no, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, v=value: self.say(v))
            layout.add(button)
        rule = controls.Rule(upright=True)
        rule.setFixedSize(1, theme.px(28))
        layout.add(rule)
        self.bar = UnknownBar()
        controls.keep_hidden(self.bar, self)
        for button in self.bar.buttons.values():
            layout.add(button)
        self.bar.chosen.connect(self.say_unknown)
        self.refresh()

    def refresh(self) -> None:
        cell = self.card.cells[0]
        self.yes.setChecked(cell.kind == "yes")
        self.no.setChecked(cell.kind == "no")
        self.bar.mark(cell.unknown)

    def say(self, value: bool) -> None:
        self.give({self.card.cells[0].atom: Answer(value)})

    def key(self, event: QKeyEvent) -> bool:
        found = {"y": True, "n": False}.get(event.text().lower())
        if found is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.say(found)
            return True
        return super().key(event)


class ChoiceEditor(Editor):
    """One of several: a button each, chosen by its number."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today)
        column = controls.column(self, spacing=12)
        box = FlowBox()
        self.buttons: dict[str, Button] = {}
        for number, (name, label) in enumerate(card.options, start=1):
            button = Button(label, key=str(number) if number <= 9 else "", tall=44, look="body")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, n=name: self.say(n))
            box.add(button)
            self.buttons[name] = button
        self.bar = UnknownBar()
        self.bar.chosen.connect(self.say_unknown)
        column.addWidget(box)
        column.addWidget(self.bar)
        self.refresh()

    def refresh(self) -> None:
        cell = self.card.cells[0]
        for name, button in self.buttons.items():
            button.setChecked(cell.option == name)
        self.bar.mark(cell.unknown)

    def say(self, option: str) -> None:
        self.give({self.card.cells[0].atom: Answer(option)})

    def key(self, event: QKeyEvent) -> bool:
        text = event.text()
        if text.isdigit() and 1 <= int(text) <= len(self.card.options):
            self.say(self.card.options[int(text) - 1][0])
            return True
        return super().key(event)


class _Typed(Editor):
    """A line to type in, the words of a mistake below it, a warning that may be confirmed."""

    def __init__(self, card: Card, today: date, placeholder: str, hint: str) -> None:
        super().__init__(card, today)
        self.column = controls.column(self, spacing=8)
        self.line = controls.row(spacing=8)
        self.field = field(card.title, placeholder=placeholder, width=240)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._edited)
        self.line.addWidget(self.field)
        self.column.addLayout(self.line)
        self.hint = controls.label(hint, "caption", ink="text3", wrap=True)
        if not hint:
            self.hint.hide()
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        self.confirm = Button(tr("It is right: keep it"), tall=32)
        self.confirm.clicked.connect(self._confirmed)
        self.confirm.hide()
        self.bar = UnknownBar()
        self.bar.chosen.connect(self.say_unknown)
        for widget in (self.hint, self.wrong, self.confirm, self.bar):
            self.column.addWidget(widget)
        self._edited_since = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self._edited_since:
            self.commit()
        return False

    def read(self, *, confirmed: bool) -> entry.Entry:
        raise NotImplementedError

    def _edited(self) -> None:
        self._edited_since = True
        self._say("", warning=False)

    def _say(self, text: str, *, warning: bool) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        self.confirm.setVisible(warning)
        self.field.setAccessibleDescription(text)
        set_wrong(self.field, wrong=bool(text))

    def commit(self) -> bool:
        if not self._edited_since:
            return not self.wrong.isVisible()
        return self._take(confirmed=False)

    def half_typed(self) -> str:
        return self.field.text().strip() if self._edited_since or not self.wrong.isHidden() else ""

    def put_back(self, text: str) -> None:
        self.field.selectAll()
        self.field.insert(text)

    def put_aside(self) -> None:
        self._edited_since = False

    def _confirmed(self) -> None:
        if self._take(confirmed=True):
            self.moved_on.emit()

    def _take(self, *, confirmed: bool) -> bool:
        if not self.field.text().strip():
            self._edited_since = False
            self._say("", warning=False)
            if self.card.cells[0].settled:
                self.give({self.card.cells[0].atom: None}, on=False)
            return True
        found = self.read(confirmed=confirmed)
        if found.error or found.warning:
            self._say(found.error or found.warning, warning=bool(found.warning))
            return False
        self._edited_since = False
        self._say("", warning=False)
        if found.answer is not None:
            self.give({self.card.cells[0].atom: found.answer}, on=False)
        return True

    def say_unknown(self, unknown: Unknown) -> None:
        self._edited_since = False
        self._say("", warning=False)
        super().say_unknown(unknown)

    def key(self, event: QKeyEvent) -> bool:
        if self.field.hasFocus():
            return False
        if super().key(event):
            return True
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.field.setFocus()
            self.field.selectAll()
            QApplication.sendEvent(self.field, event)
            return True
        return False


class NumberEditor(_Typed):
    """A number with its unit; outside the usual range it may be confirmed, outside the possible not."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today, "", "" if card.range_words in card.question else card.range_words)
        self.field.setFixedWidth(theme.px(120))
        self.unit = Pick(tr("Unit of {title}").format(title=card.title))
        for name, label in card.units:
            self.unit.addItem(label, name)
        self.unit.currentIndexChanged.connect(self._edited)
        if len(card.units) > 1:
            self.line.addWidget(self.unit)
        else:
            controls.keep_hidden(self.unit, self)
            for _, label in card.units:
                self.line.addWidget(controls.label(label))
        self.line.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        cell = self.card.cells[0]
        self.bar.mark(cell.unknown)
        given = cell.answer.value if cell.answer else None
        if self._edited_since:
            return
        if isinstance(given, Quantity):
            self.field.setText(words.number(given.entered))
            self.unit.blockSignals(True)
            self.unit.setCurrentIndex(max(self.unit.findData(given.unit), 0))
            self.unit.blockSignals(False)
        else:
            self.field.clear()

    def half_typed(self) -> str:
        text = super().half_typed()
        return f"{text}\t{self.unit.currentData() or ''}" if text else ""

    def put_back(self, text: str) -> None:
        number, _, unit = text.partition("\t")
        self.unit.setCurrentIndex(max(self.unit.findData(unit), 0))
        super().put_back(number)

    def read(self, *, confirmed: bool) -> entry.Entry:
        return entry.number(self.field.text(), self.card.atom, str(self.unit.currentData() or ""),
                            confirmed=confirmed)


class DateEditor(_Typed):
    """A date as people say it, or one of the days that are told most often.

    Their keys are held with Ctrl: a plain digit or letter begins a date that is typed.
    """

    def __init__(self, card: Card, today: date) -> None:
        planned = card.atom.allow_future
        super().__init__(card, today, tr("12 Dec 2026 or in 2 weeks") if planned else tr("12 Oct 2026 or 6 weeks ago"),
                         tr("A day, or how far ahead.") if planned else
                         tr("A day, a month, a year, or how long ago. What is approximate stays approximate."))
        self.field.textChanged.connect(lambda _text: self._read_back())
        self.echo: QLabel = controls.label("", "small-strong", ink="accent")
        self.line.addWidget(self.echo)
        self.line.addStretch(1)
        self.picks: dict[str, Button] = {}  # by the letter or digit that is pressed with Ctrl
        box = FlowBox()
        for place, (label, value) in enumerate(entry.picks(today, allow_future=card.atom.allow_future)):
            key = str(place) if place else "t"
            button = Button(label, key=tr("Ctrl {upper}").format(upper=key.upper()), tall=36)
            button.clicked.connect(lambda _=False, v=value: self.say(v))
            box.add(button)
            self.picks[key] = button
        self.column.insertWidget(1, box)
        self.refresh()

    def say(self, value: DateRange) -> None:
        self._edited_since = False
        self._say("", warning=False)
        self.field.clear()  # it then shows what was picked
        self.give({self.card.cells[0].atom: Answer(value)})

    def chord(self, event: QKeyEvent) -> bool:
        code = event.key()
        key = chr(code).lower() if 0x20 < code < 0x7F else ""
        if key not in self.picks:
            return False
        self.picks[key].click()
        return True

    def refresh(self) -> None:
        cell = self.card.cells[0]
        self.bar.mark(cell.unknown)
        given = cell.answer.value if cell.answer else None
        if isinstance(given, DateRange):
            told = words.span(given)
            if not self.field.text():
                self.field.setText(told if given.earliest == given.latest else "")
            if not self._edited_since:
                self.echo.setText("" if told == self.field.text() else told)  # not a second time what stands there
        elif not self._edited_since:
            self.echo.clear()
            self.field.clear()

    def _read_back(self) -> None:
        """How the words in the field are read, and nothing while they are not: never the answer from before."""
        if self._edited_since:
            found = self.read(confirmed=True)
            self.echo.setText("" if found.error else found.echo)

    def read(self, *, confirmed: bool) -> entry.Entry:
        return entry.moment(self.field.text(), self.today, allow_future=self.card.atom.allow_future,
                            born=self.card.born, confirmed=confirmed)


class _Area(Area):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextEditor(Editor):
    """Free words for the record; they stand in no rule. A figure has to be in them where the pack wants one."""

    def __init__(self, card: Card, today: date) -> None:
        super().__init__(card, today)
        column = controls.column(self, spacing=12)
        self.area = _Area()
        self.area.setAccessibleName(card.title)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(theme.px(84))
        self.area.left.connect(self.commit)
        self.bar = UnknownBar()
        self.bar.chosen.connect(self.say_unknown)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        controls.add_all(column, self.area, self.wrong, self.bar)
        self.refresh()

    def refresh(self) -> None:
        cell = self.card.cells[0]
        self.bar.mark(cell.unknown)
        given = cell.answer.value if cell.answer else None
        text = given if isinstance(given, str) else ""
        if not self.area.hasFocus() and self.area.toPlainText() != text:
            self.area.setPlainText(text)

    @property
    def _kept(self) -> str:
        cell = self.card.cells[0]
        return cell.answer.value if cell.answer and isinstance(cell.answer.value, str) else ""

    def half_typed(self) -> str:
        text = self.area.toPlainText().strip()
        return text if text != self._kept else ""

    def put_back(self, text: str) -> None:
        self.area.setPlainText(text)

    def put_aside(self) -> None:
        self.area.setPlainText(self._kept)

    def commit(self) -> bool:
        text = self.area.toPlainText().strip()
        found = entry.free_text(text, self.card.atom) if text else entry.Entry()
        self.wrong.setText(found.error)
        self.wrong.setVisible(bool(found.error))
        self.area.setAccessibleDescription(found.error)
        set_wrong(self.area, wrong=bool(found.error))
        if found.error:
            return False
        if text != self._kept:
            self.give({self.card.cells[0].atom: found.answer}, on=False)
        return True

    def key(self, event: QKeyEvent) -> bool:
        if self.area.hasFocus():
            return False
        if super().key(event):
            return True
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.area.setFocus()
            QApplication.sendEvent(self.area, event)
            return True
        return False
