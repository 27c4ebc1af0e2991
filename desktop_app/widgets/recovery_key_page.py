"""Shows a new recovery key until somebody says that it is on paper; it can be printed, saved and copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import program_header
from desktop_app.widgets.recovery_sheet import RecoverySheet, pdf, print_on_paper
from desktop_app.widgets.shell import Footer, Shell
from desktop_app.widgets.where_to import suggested

WHY = {
    "first": tr("It is the only way in when the passphrase is lost. Lock it away, not beside this computer."),
    "again": tr("The program was closed before anybody said that the recovery key is kept. This is a new "
                "one: it is the only way in when the passphrase is lost, and whatever was noted before opens "
                "nothing any more."),
    "new": tr("The sheet you had opens nothing any more. Lock this one away, not beside this computer."),
}


class RecoveryKeyPage(Shell):
    """Goes on only when the key was kept and its last group copied. Closed before, the next start shows a new one."""

    help_topic = "recovery_key"
    kept = Signal()

    def __init__(self, key: str, desk: ClinicDesk, save_file: Callable[[str, bytes], None], *, why: str = "first",
                 onwards: str = tr("Go to the worklist")) -> None:
        super().__init__()
        self._key, self._save_file = key, save_file
        self._sheet = RecoverySheet(key, desk.clinic.name, desk.clinician.name, desk.today)
        self.form = Form(tr("Keep the recovery key"), WHY[why], width=680)
        footer = Footer(desk.pack.info.state_words, desk.pack.info.version)
        self.frame(program_header(tr("Recovery key"), training=desk.training), self.form, footer)
        self.form.put(self._card())
        self.form.line(
            "last", tr("Type its last group"), hint=tr("From the paper, so that it is certain it can be read.")
        )
        self.tick = Tick(tr("It is printed or written down, and locked away"))
        self.form.labelled("tick", "", self.tick)
        self.go = footer.add(Button(onwards, "primary", trailing="arrow-right"))
        self.go.clicked.connect(self.press)

    def _card(self) -> controls.Card:
        card = controls.Card(edge="accent", width=2)
        column = controls.column(card, margins=(20, 18, 20, 18), spacing=14)
        shown = controls.label(self._key, "heading", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                      | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(tr("Recovery key: {key}").format(key=self._key))
        column.addWidget(shown)
        self.print = Button(tr("Print…"), icon="printer")
        self.save = Button(tr("Save as PDF…"), icon="content-save")
        self.copy = Button(tr("Copy"), icon="clipboard-text-outline", name=tr("Copy the recovery key"))
        self.print.clicked.connect(self.on_paper)
        self.save.clicked.connect(self.as_file)
        self.copy.clicked.connect(self.to_clipboard)
        column.addWidget(FlowBox(self.print, self.save, self.copy, gap=12))
        self.said = controls.label("", "small", ink="text2", wrap=True)
        self.said.hide()
        column.addWidget(self.said)
        return card

    def on_paper(self) -> None:
        if print_on_paper(self, self._sheet):
            self._say(tr("Sent to the printer. Look at the paper before you go on."))

    def as_file(self) -> None:
        target = self.choose_file("recovery-key.pdf")
        if not target:
            return
        try:
            self._save_file(target, pdf(self._sheet))
        except LumbarError as error:
            self._say(f"{error} {error.next_step}".strip())
        else:
            self._say(
                tr(
                    "Written to {target}. Print it or take it away on a stick, then delete it here: "
                    "whoever finds it on this computer can read every record."
                ).format(target=target)
            )

    def to_clipboard(self) -> None:
        QApplication.clipboard().setText(self._key)
        self._say(tr("Copied. Paste it where you keep such keys, not into a file on this computer."))

    def choose_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, tr("Save the recovery key"), suggested(name), tr("PDF (*.pdf)"))[0]

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.show()

    def press(self) -> None:
        mistakes = {}
        if words := forms.recovery_confirmed(self._key, self.form.text("last")):
            mistakes["last"] = words
        if not self.tick.isChecked():
            mistakes["tick"] = tr("Say that the key is kept.")
        if self.form.show_mistakes(mistakes):
            self.kept.emit()

    def focus_first(self) -> None:
        self.print.setFocus()
