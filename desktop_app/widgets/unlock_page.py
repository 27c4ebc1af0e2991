"""Unlock: who, then the passphrase or a one-time code. Wrong, missing and damaged are told apart; waits are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop_app.language import tr
from desktop_app.presentation.passphrase_words import PASSPHRASE_HINT
from desktop_app.use_cases.errors import LumbarError, MustWait, WeakPassphrase
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.countdown import Countdown
from desktop_app.widgets.fields import set_wrong
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shell import LARGE, Shell

if TYPE_CHECKING:
    from desktop_app.use_cases.keys import KeyUser

PASSPHRASE, CODE, NEW, AGAIN = "passphrase", "code", "new", "again"


class PersonButton(Button):
    """A name as wide as the card."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "row", trailing="chevron-right", tall=44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _inks(self) -> tuple[QColor | None, QColor | None, QColor, bool]:
        fill, _, ink, dashed = super()._inks()
        return fill, theme.colour("control"), ink, dashed


class UnlockPage(Shell):
    """With several people the first thing is who; with one it is the passphrase."""

    help_topic = "unlock"
    unlock = Signal(str, str)
    read = Signal(str, str)  # the records that somebody else has open
    unlock_with_code = Signal(str, str, str)
    recover = Signal()
    numbers = Signal()
    restore = Signal()

    def __init__(self, users: Sequence[KeyUser], *, training: bool, hint: str = "", last: str = "",
                 said: str = "", newest: Callable[[], str] = str) -> None:
        """``last``: id of who locked it a moment ago; they need not choose their name again. ``said``: what has just
        been done. ``newest``: tells of the newest backup, for when one may help.
        """
        super().__init__()
        self._newest = newest
        self.users = {user.id: user for user in users}
        self.form = Form(
            tr("Unlock"), tr("Records on this computer are encrypted."), width=520, icon="lock-outline", card=True
        )
        footer, row = door_footer()
        self.frame(program_header("", training=training), self.form, footer)
        self.people: dict[str, Button] = {}
        if said:
            self.form.put(controls.label(said, "small-strong", ink="accent", wrap=True))
        self.form.labelled("who", tr("Who are you?"), self._list())
        self.form.labelled("chosen", "", self._chosen_line())
        self.passphrase = self.form.line(PASSPHRASE, tr("Passphrase"), secret=True, hint=hint)
        if any(user.by_code for user in users):
            self._code_lines()
        self._trouble_card()
        self.call = Button(tr("Emergency numbers"), "link", icon="phone", tall=40)
        self.lost = Button(tr("Use the recovery key"), "link", icon="key-outline", tall=40)
        self.go = Button(tr("Unlock"), "primary", icon="lock-open-variant-outline")
        links = controls.row(spacing=20 if theme.scale() < LARGE else 12)
        controls.add_all(links, self.call, self.lost)
        row.addLayout(links)
        row.addWidget(self.go)
        self.go.clicked.connect(self.press)
        self.lost.clicked.connect(self.recover)
        self.call.clicked.connect(self.numbers)
        self._meanwhile = ""
        self._countdown = Countdown(self)
        self._countdown.told.connect(lambda told: self._tell(tr("Wait a little"), told, self._meanwhile))
        self._countdown.over.connect(self._waited)
        self.user_id = ""
        only = next(iter(self.users)) if len(self.users) == 1 else last if last in self.users else ""
        self.choose(only)

    def _code_lines(self) -> None:
        """For somebody's first time; hardly anybody needs them, and everybody would wait for them."""
        self.code = self.form.line(CODE, tr("One-time code"), hint=tr("Four groups of five, from the paper you "
                                                                  "were given. Small letters and spaces do "
                                                                  "not matter."))
        self.new = self.form.line(NEW, tr("Your own passphrase"), secret=True, hint=PASSPHRASE_HINT)
        self.again = self.form.line(AGAIN, tr("Your own passphrase again"), secret=True)

    def _list(self) -> QWidget:
        holder = QWidget()
        column = controls.column(holder, spacing=8)
        for user in self.users.values():
            button = PersonButton(user.name)
            button.clicked.connect(partial(self._chosen_by_hand, user.id))
            self.people[user.id] = button
            column.addWidget(button)
        return holder

    def _chosen_line(self) -> QWidget:
        holder = QWidget()
        row = controls.row(holder, spacing=12)
        self._name = controls.label("", "subheading", wrap=True)
        self.other = Button(tr("Somebody else"), "link", tall=32)
        self.other.clicked.connect(self._chosen_by_nobody)
        row.addWidget(self._name, 1)
        row.addWidget(self.other)
        return holder

    def _trouble_card(self) -> None:
        self.trouble = controls.Card(fill="sunken", edge="", radius=8)
        column = controls.column(self.trouble, margins=(16, 12, 16, 14), spacing=4)
        self._title = controls.label("", "subheading", wrap=True)
        self._sentence = controls.label("", "body", wrap=True)
        self._next = controls.label("", "body", ink="text2", wrap=True)
        controls.add_all(column, self._title, self._sentence, self._next)
        self.bring_back = Button(tr("Restore a backup…"), look="body")
        self.bring_back.clicked.connect(self.restore)
        self.bring_back.hide()
        self.look_in = Button(tr("Open for reading"), look="body")
        self.look_in.clicked.connect(lambda: self.read.emit(self.user_id, self.passphrase.text()))
        self.look_in.hide()
        self._way_out = QWidget()
        controls.column(self._way_out, margins=(0, 8, 0, 0)).addWidget(FlowBox(self.bring_back, self.look_in))
        self._way_out.hide()
        column.addWidget(self._way_out)
        self._below = QWidget()
        controls.column(self._below, margins=(0, 12, 0, 0)).addWidget(self.trouble)
        self._show_trouble(shown=False)
        self.form.put(self._below)

    def _show_trouble(self, *, shown: bool) -> None:
        self.trouble.setVisible(shown)
        self._below.setVisible(shown)  # its distance goes with it

    # --- who ------------------------------------------------------------------------------------------

    def choose(self, user_id: str) -> None:
        """Ask this person for what lets them in; nobody: ask who it is."""
        self.user_id = user_id
        user = self.users.get(user_id)
        by_code = user is not None and user.by_code
        self.form.show_field("who", shown=user is None)
        self.form.show_field("chosen", shown=user is not None)
        for name in (PASSPHRASE, CODE, NEW, AGAIN):
            if name in self.form.fields:
                self.form.show_field(name, shown=user is not None and by_code is (name != PASSPHRASE))
        self._name.setText(user.name if user is not None else "")
        self.other.setVisible(len(self.users) > 1)
        self.go.setVisible(user is not None)
        for edit in self.form.findChildren(QLineEdit):
            edit.clear()
        self._show_trouble(shown=False)
        self._countdown.stop()
        self.go.setEnabled(True)

    def _chosen_by_hand(self, user_id: str) -> None:
        self.choose(user_id)
        self.focus_first()

    def _chosen_by_nobody(self) -> None:
        before = self.user_id
        self.choose("")
        self.people[before].setFocus()

    @property
    def _by_code(self) -> bool:
        return self.users[self.user_id].by_code

    # --- in -------------------------------------------------------------------------------------------

    def press(self) -> None:
        if not self.user_id or not self.go.isEnabled():
            return
        if self._by_code:
            from desktop_app.presentation import forms

            mistakes = forms.code_mistakes(self.code.text(), self.new.text(), self.again.text())
            if self.form.show_mistakes(mistakes):
                self.unlock_with_code.emit(self.user_id, self.code.text(), self.new.text())
        elif self.form.show_mistakes({} if self.passphrase.text() else {PASSPHRASE: tr("Type the passphrase.")}):
            self.unlock.emit(self.user_id, self.passphrase.text())

    def enter(self) -> None:
        button = self.focusWidget()
        if isinstance(button, Button) and button is not self.go:
            button.click()
        else:
            self.press()

    def show_error(self, error: LumbarError) -> None:
        """In words where it went wrong; a wait is counted down."""
        if isinstance(error, WeakPassphrase):
            self.go.setEnabled(True)
            self.form.show_mistakes({NEW: f"{error} {error.next_step}".strip()})
            return
        if isinstance(error, MustWait):
            self._meanwhile = error.next_step
            self._countdown.begin(error.seconds)
            self._secret.clear()
            return
        from desktop_app.presentation import forms

        told = forms.trouble(error)
        self._tell(told.title, told.sentence,
                   f"{told.next_step} {self._newest() if told.restore else ''}".strip())
        reading = told.reading and not self._by_code
        self.bring_back.setVisible(told.restore)
        self.look_in.setVisible(reading)
        self._way_out.setVisible(told.restore or reading)
        set_wrong(self._secret, wrong=told.can_retry and not told.reading)
        self.go.setEnabled(True)
        self._secret.selectAll()
        self._secret.setFocus()
        if told.restore:
            self.bring_back.setFocus()

    def _tell(self, title: str, sentence: str, next_step: str) -> None:
        self.bring_back.hide()
        self.look_in.hide()
        self._way_out.hide()
        self._next.setVisible(bool(next_step))
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._next.setText(next_step)
        self.trouble.setAccessibleName(f"{title}. {sentence} {next_step}")
        self._show_trouble(shown=True)
        reveal(self.trouble)

    @property
    def _secret(self) -> QLineEdit:
        return self.code if self.user_id and self._by_code else self.passphrase

    def _waited(self) -> None:
        self._show_trouble(shown=False)
        self.go.setEnabled(True)
        self._secret.setFocus()

    def waiting(self) -> None:
        self.go.setEnabled(False)
        self._show_trouble(shown=False)

    @property
    def first(self) -> QWidget | None:
        """What has the keyboard when the page opens."""
        return self._secret if self.user_id else next(iter(self.people.values()), None)

    def focus_first(self) -> None:
        if self.first is not None:
            self.first.setFocus()
