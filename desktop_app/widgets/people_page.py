"""People: who works at this computer, in which role, and how each gets in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.language import tr
from desktop_app.presentation import people as words
from desktop_app.presentation.people import CHANGE, CODE, RETIRE, PersonRow
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.people import Code, People
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.fields import field, set_wrong
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form, choice_row, chosen
from desktop_app.widgets.keys_page import Run
from desktop_app.widgets.shell import Initials


class PeoplePage(DeskShell):
    """Each change is made in a dialog that asks for the passphrase. ``run`` does slow work beside the window."""

    help_topic = "people"

    def __init__(self, desk: ClinicDesk, people: People, run: Run) -> None:
        super().__init__()
        self.desk, self._people, self._run = desk, people, run
        self.form = Form(tr("People"), tr("Everybody signs in under their own name. What somebody did stays with "
                                      "their name, so nobody is ever deleted."), width=760)
        self.desk_frame(desk, self.form, "settings")
        self._list = QWidget()
        self._column = controls.column(self._list, margins=(0, 12, 0, 0), spacing=12)
        self.form.put(self._list)
        self.buttons: dict[tuple[str, str], Button] = {}
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)
        self.add = self.footer_bar.add(Button(tr("Add a person…"), "primary", icon="plus"))
        self.add.clicked.connect(self.ask_for_new)
        self.show_people()

    def show_people(self) -> None:
        controls.clear(self._column)
        self.buttons = {}
        for person in self._people.everybody():
            self._column.addWidget(self._card(words.row(person, self.desk.clinician.id), person.clinician))

    def _card(self, row: PersonRow, person: Clinician) -> controls.Card:
        card = controls.Card(dashed=row.waits)
        line = controls.row(card, margins=(20, 14, 20, 14), spacing=16)
        from desktop_app.presentation.words import initials

        line.addWidget(Initials(initials(row.name)), 0, Qt.AlignmentFlag.AlignTop)
        told = controls.column(spacing=2)
        told.addWidget(
            controls.label(tr("{name} (you)").format(name=row.name) if row.you else row.name, "subheading", wrap=True)
        )
        told.addWidget(controls.label(row.line, "body", ink="text2", wrap=True))
        state = controls.row(spacing=6)
        state.addWidget(controls.IconLabel(row.icon, 16))
        state.addWidget(controls.label(row.state, "small", ink="text2", wrap=True), 1)
        told.addLayout(state)
        acts = {CHANGE: self.ask_to_change, CODE: self.ask_for_code, RETIRE: self.ask_to_retire}
        box = []
        for name in row.actions:
            button = Button(name, look="body", tall=32, name=f"{name.rstrip('…')}: {row.name}")
            button.clicked.connect(partial(acts[name], person))
            self.buttons[row.id, name] = button
            box.append(button)
        if box:
            told.addSpacing(8)
            told.addWidget(FlowBox(*box, gap=12))
        line.addLayout(told, 1)
        return card

    # --- what can be done -----------------------------------------------------------------------------

    def ask_for_new(self) -> None:
        dialog = PersonDialog(self, None)
        self._asked(dialog, lambda secret: self._people.add(
            dialog.name.text(), dialog.profession.text(), dialog.role, administers=dialog.administers.isChecked(),
            passphrase=secret))

    def ask_to_change(self, person: Clinician) -> None:
        dialog = PersonDialog(self, person)
        self._asked(dialog, lambda secret: self._people.change(
            person.id, dialog.name.text(), dialog.profession.text(), dialog.role,
            administers=dialog.administers.isChecked(), passphrase=secret))

    def ask_for_code(self, person: Clinician) -> None:
        dialog = PersonQuestion(
            self,
            tr("A one-time code for {name}?").format(name=person.name),
            tr(
                "Their present passphrase opens "
                "nothing any more. They choose a new "
                "one with the code; nobody else "
                "learns it. Their signing key is made "
                "anew: what they signed stays valid."
            ),
            tr("Make the code"),
        )
        self._asked(dialog, lambda secret: self._people.reset(person.id, secret))

    def ask_to_retire(self, person: Clinician) -> None:
        dialog = PersonQuestion(
            self,
            tr("Retire {name}?").format(name=person.name),
            tr(
                "They cannot sign in any more. What they "
                "signed stays valid and keeps their name. "
                "A one-time code lets them back in."
            ),
            tr("Retire"),
        )
        self._asked(dialog, lambda secret: self._people.retire(person.id, secret))

    def _asked(self, dialog: Confirm, act: Callable[[str], object]) -> None:
        def done(result: object) -> None:
            dialog.accept()
            self.show_people()
            if isinstance(result, Code):
                CodeDialog(self, result).open()

        def failed(error: LumbarError) -> None:
            dialog.show_error(error)

        dialog.tried.connect(lambda secret: self._run(lambda: act(secret), done, failed))
        dialog.open()

    def focus_first(self) -> None:
        self.add.setFocus()


class PersonQuestion(Confirm):
    """Something to be done to one person."""

    help_topic = "people"

    def __init__(self, parent: QWidget, title: str, intro: str, action: str) -> None:
        super().__init__(parent, title, intro, action)
        self.ask_passphrase()
        self.passphrase.setFocus()


class PersonDialog(Confirm):
    """Name, profession, role; somebody new, or a change."""

    help_topic = "people"

    def __init__(self, parent: QWidget, person: Clinician | None) -> None:
        new = person is None
        super().__init__(
            parent,
            tr("Add a person") if new else tr("Change {value}").format(value=person.name if person else ""),
            tr("They choose their own passphrase with a one-time code that you are shown next.")
            if new
            else tr("From now on. What was signed keeps the name it was signed with."),
            tr("Add") if new else tr("Change"),
        )
        self.name = field(tr("Name"), example=tr("L. Berg"))
        self.profession = field(tr("Profession"), example=tr("nurse"))
        self.name.setText(person.name if person else "")
        self.profession.setText(person.role_title if person else "")
        for label, edit in ((tr("Name"), self.name), (tr("Profession"), self.profession)):
            self.labelled(label, edit)
        role = person.role if person else Role.CLINICIAN
        holder, self.roles = choice_row(tuple((one.value, label) for one, label, _ in words.ROLES), role.value)
        self.labelled(tr("Role"), holder)
        self._may = controls.label("", "small", ink="text2", wrap=True)
        self.body.addWidget(self._may)
        self.administers = Tick(words.ADMINISTERS)
        self.administers.setChecked(bool(person and person.administers))
        self.body.addWidget(self.administers)
        for button in self.roles.values():
            button.clicked.connect(self._role_chosen)
        self._role_chosen()
        self.ask_passphrase()
        self.name.setFocus()

    @property
    def role(self) -> Role:
        return Role(chosen(self.roles))

    def _role_chosen(self) -> None:
        self._may.setText(next(told for one, _, told in words.ROLES if one is self.role))
        self.administers.setVisible(self.role is not Role.ADMIN)

    def mistake(self) -> str:
        asked = ((self.name, tr("Write the name as it should stand on a signed plan.")),
                 (self.profession, tr("Write the profession, for example nurse or receptionist.")))
        empty = [(edit, told) for edit, told in asked if not edit.text().strip()]
        for edit, _ in asked:
            set_wrong(edit, wrong=not edit.text().strip())
        if empty:
            empty[0][0].setFocus()
        return "\n".join(told for _, told in empty)


class CodeDialog(Ask):
    """Shows a one-time code, once."""

    help_topic = "people"

    def __init__(self, parent: QWidget, code: Code) -> None:
        super().__init__(
            parent,
            tr("One-time code for {person}").format(person=code.person),
            words.code_intro(code),
            tr("It is written down"),
        )
        card = controls.Card(edge="accent", width=2)
        inside = controls.column(card, margins=(20, 16, 20, 16), spacing=10)
        shown = controls.label(code.letters, "heading", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                      | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(tr("One-time code: {letters}").format(letters=code.letters))
        inside.addWidget(shown)
        self.copy = Button(tr("Copy"), look="body", icon="clipboard-text-outline", name=tr("Copy the one-time code"))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(code.letters))
        inside.addWidget(FlowBox(self.copy))
        self.body.addWidget(card)
        self.cancel.hide()
        self.go.setFocus()
