"""Words typed that are no answer yet: kept every second, and back in their field when it opens again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.language import tr
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.half_typed import NEW_PATIENT, HalfTyped
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.fields import KEPT_NOWHERE

if TYPE_CHECKING:
    from desktop_app.widgets.consultation_view import ConsultationView
    from desktop_app.widgets.new_patient_page import NewPatientPage

EVERY_MS = 1000
DIALOG = "dialog"
BESIDE = "beside"  # the questions and options of a page


class HalfTypedWords(QObject):
    """Watches the fields of one page, and keeps what stands in them under the name of its place."""

    def __init__(self, kept: HalfTyped, encounter_id: str, page: QWidget) -> None:
        super().__init__(page)
        self._kept, self._encounter = kept, encounter_id
        self._stored: Mapping[str, str] = kept.of(encounter_id)
        self._waiting = dict(self._stored)  # typed earlier; its field has not been opened since
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The words of the last second as well: whatever takes the page out of sight may be its end."""
        if event.type() == QEvent.Type.Hide and self._timer.isActive():
            self.keep()
        return False

    def keep(self) -> None:
        """Store what is half typed now, where that has changed."""
        self.put_back()
        now = {**self._waiting, **self.typed_now()}
        if now == self._stored:
            return
        try:
            self._kept.keep(self._encounter, now)
        except LumbarError as error:
            self.say(tr("What is being typed cannot be kept until it is an answer. {why}").format(why=error))
        else:
            self._stored = now

    def put_back(self) -> None:
        """What waits, into the fields that stand open; the page says so."""
        found = [place for place, text in self._waiting.items() if self.put(place, text)]
        for place in found:
            del self._waiting[place]
        if found:
            self.say(tr("What you had typed is back in its field. Check it."))

    def lock(self) -> None:
        """Keep it, and leave none of it to be taken for an answer as its field goes."""
        self._timer.stop()
        self.keep()

    def done(self) -> None:
        """What was typed here has been stored or given up."""
        self._timer.stop()
        if self._stored:
            self._kept.keep(self._encounter, {})

    def typed_now(self) -> Mapping[str, str]:
        """Place to text."""
        raise NotImplementedError

    def put(self, place: str, text: str) -> bool:
        """False as long as that field is not open, or holds other words."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """A quiet line on the page."""


class InConsultation(HalfTypedWords):
    """Of a consultation: the open question, a reason at an option, and what is asked over the window.

    A place is named by its step, its question or option, and what is typed there.
    """

    def __init__(self, kept: HalfTyped, view: ConsultationView) -> None:
        super().__init__(kept, view.wizard.consultation.encounter.id, view)
        self._view = view

    def lock(self) -> None:
        super().lock()
        for page in self._view.pages.values():
            page.put_aside()

    def say(self, words: str) -> None:
        self._view.header_says(words)

    def typed_now(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for step, page in self._view.pages.items():
            card, option = page.questions.open_card, page.options.open_card
            if card is not None and (text := card.editor.half_typed()):
                found[f"{step}/{page.questions.open_id}/"] = text
            if option is not None and option.draft is not None and option.draft[1].strip():
                found[f"{step}/{page.options.open_id}/{option.draft[0].value}"] = option.draft[1]
            for name, text in page.half_typed().items():
                found[f"{step}/{BESIDE}/{name}"] = text
        for dialog, name, field in _asked(self._view):
            if text := _text(field):
                found[f"{DIALOG}/{dialog}/{name}"] = text
        return found

    def put(self, place: str, text: str) -> bool:
        step, item, name = place.split("/", 2)
        if step == DIALOG:
            return any(_write(field, text) for *found, field in _asked(self._view) if found == [item, name])
        page = self._view.pages.get(step)
        if page is None:
            return False
        if item == BESIDE:
            return page.put_back(name, text)
        card, option = page.questions.open_card, page.options.open_card
        if card is not None and page.questions.open_id == item and not card.editor.half_typed():
            card.editor.put_back(text)
            return True
        if option is not None and page.options.open_id == item and option.draft is None:
            draft = (Verdict(name), text)
            if option.takes(draft):
                option.resume(draft)
                return True
        return False


class OfNewPatient(HalfTypedWords):
    """Of the page on which a patient is added."""

    def __init__(self, kept: HalfTyped, page: NewPatientPage) -> None:
        super().__init__(kept, NEW_PATIENT, page)
        self._page = page

    def typed_now(self) -> Mapping[str, str]:
        return {name: text for name, field in self._page.form.fields.items()
                if isinstance(field, QLineEdit) and (text := _text(field))}

    def put(self, place: str, text: str) -> bool:
        field = self._page.form.fields.get(place)
        return isinstance(field, QLineEdit) and _write(field, text)


def _asked(view: QWidget) -> Iterator[tuple[str, str, QLineEdit | QPlainTextEdit]]:
    """The fields of the questions that are asked over the window just now and whose words are for the record: which
    question, which of its fields, and the field. Named by their order, which every language has in common.
    """
    for dialog in view.window().findChildren(Ask):
        if not (dialog.keeps_words and dialog.isVisible()):
            continue
        for at, line in enumerate(dialog.findChildren(QLineEdit)):
            if not line.property(KEPT_NOWHERE):
                yield type(dialog).__name__, f"line {at}", line
        for at, area in enumerate(dialog.findChildren(QPlainTextEdit)):
            yield type(dialog).__name__, f"area {at}", area


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()


def _write(field: QLineEdit | QPlainTextEdit, text: str) -> bool:
    """As if it were typed, unless something stands there already."""
    if _text(field):
        return False
    if isinstance(field, QLineEdit):
        field.insert(text)
    else:
        field.insertPlainText(text)
    return True
