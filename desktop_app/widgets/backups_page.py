"""Backups: the last good one, where they go, which are there and whether each is whole; making one now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar

from desktop_app.language import tr
from desktop_app.presentation import backups as words
from desktop_app.presentation.backups import PlaceView
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.backups import BackupReport, Backups
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets import controls
from desktop_app.widgets.backup_list import BackupList
from desktop_app.widgets.backup_rounds import BackupRounds
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.warning_card import warning_card


class BackupsPage(DeskShell):
    """A round runs beside the window: this page only shows how far it is."""

    help_topic = "backups"
    restore = Signal(Path)

    def __init__(self, desk: ClinicDesk, backups: Backups, rounds: BackupRounds) -> None:
        super().__init__()
        self.desk, self._backups, self._rounds = desk, backups, rounds
        self._checked: dict[Path, str] = {}
        self.buttons: dict[str, Button] = {}
        self.lists: list[BackupList] = []
        self.form = Form(tr("Backups"), tr("A backup is made every 30 minutes and when the program closes, if "
                                           "something was entered. Each is opened with its key and read whole before "
                                           "it counts."), width=760)
        self.desk_frame(desk, self.form, "settings")
        self.said = controls.label("", "small-strong", ink="accent", wrap=True)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        for line in (self.said, self.wrong):
            line.hide()
            self.form.put(line)
        self._notices = controls.column(spacing=12)
        self.form.put_layout(self._notices)
        self._last_good()
        self._places = controls.column(spacing=0)
        self.form.put_layout(self._places)
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)
        self.now = self.footer_bar.add(Button(tr("Back up now"), "primary", icon="content-save"))
        self.now.clicked.connect(self.begin)
        rounds.growing.connect(self._grows)
        rounds.over.connect(self._round_over)
        rounds.gate.busy.connect(self._busy)
        self.show_all()
        self._busy(rounds.gate.running)

    def _last_good(self) -> None:
        self.card = controls.Card()
        inside = controls.column(self.card, margins=(20, 16, 20, 16), spacing=4)
        self.newest = controls.label("", "subheading", wrap=True)
        self.where = controls.label("", "small", ink="text2", wrap=True)
        self.under_way = controls.label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How much of the backup is done"))
        controls.add_all(inside, self.newest, self.where, self.under_way, self.bar)
        self.form.put(self.card)

    # --- what is shown --------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Anew from what lies in the folders."""
        controls.clear(self._notices)
        controls.clear(self._places)
        self.lists, self.buttons = [], {}
        for told in self._backups.failed:
            self._notices.addWidget(warning_card(told, alarm=True))
        try:
            places = self._backups.places()
        except LumbarError as error:  # whoever sees the records from a copy
            self.show_error(error)
            self.now.setEnabled(False)
            return
        store = self._backups.store_id
        newest, where = words.last_good(places, store, self.desk.today, self._checked)
        self.newest.setText(newest)
        self.where.setText(where)
        self.card.setAccessibleName(newest)
        for place in places:
            self._place(words.place_view(place, store, self._checked))
        if not any(place.stick for place in places) and self._may_choose:
            head = controls.label(tr("USB stick"), "heading", wrap=True)
            head.setContentsMargins(0, 22, 0, 0)
            self._places.addWidget(head)
            self._places.addWidget(controls.label(tr("No stick was chosen. A backup on another disk outlives this "
                                                     "computer."), "small", ink="text2", wrap=True))
            self._places.addSpacing(8)
            self._places.addWidget(FlowBox(self._button("stick", tr("Choose a stick…"), self.ask_for_stick)))

    @property
    def _may_choose(self) -> bool:
        return self.desk.access.may(Action.CHANGE_CLINIC)

    def _place(self, place: PlaceView) -> None:
        head = controls.label(place.title, "heading", wrap=True)
        head.setContentsMargins(0, 22, 0, 0)
        self._places.addWidget(head)
        self._places.addWidget(controls.label(place.folder, "body", wrap=True))
        if place.note:
            self._places.addWidget(controls.label(place.note, "small-strong", wrap=True))
        if self._may_choose:
            box = [self._button("stick", tr("Choose another stick…"), self.ask_for_stick),
                   self._button("no stick", tr("No stick any more"), self.no_stick)] if place.stick else [
                   self._button("folder", tr("Choose another folder…"), self.ask_for_folder)]
            self._places.addSpacing(8)
            self._places.addWidget(FlowBox(*box, gap=12))
        listed = BackupList(place.rows, can_check=True, can_restore=self.desk.access.may(Action.RESTORE))
        listed.check.connect(self.check)
        listed.restore.connect(self.restore)
        self.lists.append(listed)
        self._places.addSpacing(6)
        self._places.addWidget(listed)

    def _button(self, name: str, text: str, act: Callable[[], None]) -> Button:
        button = Button(text, look="body")
        button.clicked.connect(act)
        self.buttons[name] = button
        return button

    def _say(self, text: str) -> None:
        self.wrong.hide()
        self.said.setText(text)
        self.said.setVisible(bool(text))
        if text:
            reveal(self.said)

    def show_error(self, error: LumbarError) -> None:
        self.said.hide()
        self.wrong.setText(f"{error} {error.next_step}".strip())
        self.wrong.show()
        reveal(self.wrong)

    # --- a round --------------------------------------------------------------------------------------

    def begin(self) -> None:
        self._say("")
        self._rounds.now()
        reveal(self.card)

    def _busy(self, busy: bool) -> None:
        """One thing at a time in the folders; the rest of the window goes on."""
        self.now.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.under_way.setVisible(busy)
        self.bar.setRange(0, 0 if busy else 100)
        self.under_way.setText(tr("Working …"))
        for listed in self.lists:
            listed.enable(on=not busy)
        for button in self.buttons.values():
            button.setEnabled(not busy)

    def _grows(self, folder: str, done: float) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(done * 100))
        self.under_way.setText(words.under_way(folder, done))

    def _round_over(self, report: object) -> None:
        self.show_all()
        if isinstance(report, BackupReport):
            self._say(words.result(report.made))
        self.now.setFocus()

    def check(self, backup: Path) -> None:
        """Reads one whole with its key, beside the window."""
        self._say("")
        self._rounds.gate.run(lambda: self._backups.check(backup), partial(self._was_checked, backup),
                              lambda error: self._is_bad(backup, error))

    def _was_checked(self, backup: Path, _found: object) -> None:
        self._found(backup, "")

    def _is_bad(self, backup: Path, error: LumbarError) -> None:
        self._found(backup, f"{error} {error.next_step}".strip())

    def _found(self, backup: Path, told: str) -> None:
        from shiboken6 import isValid

        if not isValid(self):
            return  # somebody went on to another page meanwhile
        self._checked[backup] = told
        self.show_all()

    # --- where they go --------------------------------------------------------------------------------

    def choose_folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title)

    def ask_for_folder(self) -> None:
        if chosen := self.choose_folder(tr("A folder for backups")):
            self._choose(lambda: self._backups.choose_folder(Path(chosen)), tr("Backups go there from now on."))

    def ask_for_stick(self) -> None:
        if chosen := self.choose_folder(tr("A stick for backups")):
            self._choose(lambda: self._backups.choose_stick(Path(chosen)), tr("Backups go to the stick from now on."))

    def no_stick(self) -> None:
        self._choose(lambda: self._backups.choose_stick(None),
                     tr("No stick any more. What lies on it stays there."))

    def _choose(self, act: Callable[[], None], said: str) -> None:
        try:
            act()
        except LumbarError as error:
            self.show_error(error)
            return
        self.show_all()
        self._say(said)

    def focus_first(self) -> None:
        self.now.setFocus()
