"""First start: the first clinician with a passphrase, the clinic with its emergency numbers and services."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal

from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.forms import FirstStart, Typed
from desktop_app.presentation.passphrase_words import SHORTEST_PASSPHRASE
from desktop_app.use_cases.errors import LumbarError, WeakPassphrase
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.clinic_form import ClinicForm
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import program_header
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shell import Footer, Shell


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed here before somebody looked at the backups; a passphrase is typed again."""

    clinician: str
    role: str
    clinic: Typed


class FirstStartPage(Shell):
    """Asks everything on one page; nothing is made before all of it is there."""

    help_topic = "first_start"
    ready = Signal(object)
    restore = Signal()

    def __init__(self, pack: Pack, *, training: bool, begun: Begun | None = None) -> None:
        super().__init__()
        self.form = Form(tr("Set up this computer"), tr("Everything stays on this computer, encrypted. This "
                                                    "takes a few minutes, once. Have the emergency telephone "
                                                    "numbers of your area at hand."), width=680)
        footer = Footer(pack.info.state_words, pack.info.version)
        self.frame(program_header(tr("First start"), training=training), self.form, footer)
        self.form.heading(tr("First clinician"), tr("Signs the plans. Others are added later."))
        self.form.line("clinician", tr("Your name"), value=begun.clinician if begun else "", example=tr("Dr N. Karim"))
        self.form.line("role", tr("Profession"), value=begun.role if begun else "", example=tr("general practitioner"))
        self.form.line(
            "passphrase",
            tr("Passphrase"),
            secret=True,
            hint=tr(
                "At least {SHORTEST_PASSPHRASE} characters; four or five words are good. It "
                "cannot be looked up by anyone."
            ).format(SHORTEST_PASSPHRASE=SHORTEST_PASSPHRASE),
        )
        self.form.line("again", tr("Passphrase again"), secret=True)
        typed, phones, services = forms.clinic_form(pack, None)
        self.clinic = ClinicForm(self.form, begun.clinic if begun else typed, phones, services)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        self.form.put(self.wrong)
        self.bring_back = footer.add(Button(tr("Restore a backup…"), tall=40))
        self.bring_back.clicked.connect(self.restore)
        self.go = footer.add(Button(tr("Set up"), "primary", trailing="arrow-right", tall=40))
        self.go.clicked.connect(self.press)

    def begun(self) -> Begun:
        return Begun(self.form.text("clinician"), self.form.text("role"), self.clinic.typed())

    def press(self) -> None:
        text = self.form.text
        mistakes = {**forms.clinician_mistakes(text("clinician"), text("role"), text("passphrase"), text("again")),
                    **self.clinic.mistakes()}
        if self.form.show_mistakes(mistakes):
            self.go.setEnabled(False)
            self.ready.emit(FirstStart(forms.clinic_of(self.clinic.typed()), text("clinician").strip(),
                                       text("role").strip(), text("passphrase")))

    def show_error(self, error: LumbarError) -> None:
        """At the passphrase when it is about that, else at the end of the page."""
        words = f"{error} {error.next_step}".strip()
        self.go.setEnabled(True)
        if isinstance(error, WeakPassphrase):
            self.form.show_mistakes({"passphrase": words})
            return
        self.wrong.setText(words)
        self.wrong.show()
        reveal(self.wrong)
        self.go.setFocus()

    def focus_first(self) -> None:
        self.form.fields["clinician"].setFocus()
