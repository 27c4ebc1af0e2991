"""First start: clinic with its emergency numbers, the first clinician, passphrase, then the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.engine.model import Pack
from desktop_app.presentation import forms
from desktop_app.presentation.forms import FirstStart
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.clinic_form import ClinicForm
from desktop_app.widgets.fields import Tick
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import program_header
from desktop_app.widgets.shell import Footer, Shell


class FirstStartPage(Shell):
    """Asks everything on one page; nothing is made before all of it is there."""

    help_topic = "first_start"
    ready = Signal(object)

    def __init__(self, pack: Pack, *, training: bool) -> None:
        super().__init__()
        self.form = Form("Set up this computer", "Everything stays on this computer, encrypted. This takes a few "
                         "minutes, once.", width=680)
        footer = Footer(pack.info.state_words, pack.info.version)
        self.frame(program_header("First start", training=training), self.form, footer)
        self.form.heading("First clinician", "Signs the plans. Others are added later.")
        self.form.line("clinician", "Your name", placeholder="Dr N. Karim")
        self.form.line("role", "Profession", placeholder="general practitioner")
        self.form.line("passphrase", "Passphrase", secret=True,
                       hint=f"At least {forms.SHORTEST_PASSPHRASE} characters; four or five words are good. It cannot "
                       "be looked up by anyone.")
        self.form.line("again", "Passphrase again", secret=True)
        self.clinic = ClinicForm(self.form, *forms.clinic_form(pack, None))
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        self.form.put(self.wrong)
        self.go = footer.add(Button("Set up", "primary", trailing="arrow-right", tall=40))
        self.go.clicked.connect(self.press)

    def press(self) -> None:
        text = self.form.text
        mistakes = {**forms.clinician_mistakes(text("clinician"), text("role"), text("passphrase"), text("again")),
                    **self.clinic.mistakes()}
        if self.form.show_mistakes(mistakes):
            self.go.setEnabled(False)
            self.ready.emit(FirstStart(forms.clinic_of(self.clinic.typed()), text("clinician").strip(),
                                       text("role").strip(), text("passphrase")))

    def show_error(self, words: str) -> None:
        self.go.setEnabled(True)
        self.wrong.setText(words)
        self.wrong.show()

    def focus_first(self) -> None:
        self.form.fields["clinician"].setFocus()


class RecoveryKeyPage(Shell):
    """Shows the recovery key once; goes on only when it was kept and its last group copied."""

    help_topic = "recovery_key"
    kept = Signal()

    def __init__(self, key: str, pack: Pack, *, training: bool) -> None:
        super().__init__()
        self._key = key
        self.form = Form("Print or write down the recovery key", "It is the only way in when the passphrase is lost. "
                         "Keep it locked away from this computer. It is shown only now.", width=620)
        footer = Footer(pack.info.state_words, pack.info.version)
        self.frame(program_header("First start", training=training), self.form, footer)
        card = controls.Card(edge="accent", width=2)
        column = controls.column(card, margins=(20, 18, 20, 18), spacing=10)
        shown = controls.label(key, "heading", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                      | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(f"Recovery key: {key}")
        column.addWidget(shown)
        copy = Button("Copy", tall=36, name="Copy the recovery key")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(key))
        column.addWidget(copy)
        self.form.put(card)
        self.form.line("last", "Type its last group", hint="So that it is certain the paper can be read.")
        self.tick = Tick("The key is printed or written down and locked away")
        self.form.labelled("tick", "", self.tick)
        self.go = footer.add(Button("Go to the worklist", "primary", trailing="arrow-right"))
        self.go.clicked.connect(self.press)

    def press(self) -> None:
        mistakes = {}
        if words := forms.recovery_confirmed(self._key, self.form.text("last")):
            mistakes["last"] = words
        if not self.tick.isChecked():
            mistakes["tick"] = "Say that the key is kept."
        if self.form.show_mistakes(mistakes):
            self.kept.emit()

    def focus_first(self) -> None:
        self.form.fields["last"].setFocus()
