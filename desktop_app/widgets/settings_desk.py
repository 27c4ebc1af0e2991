"""The settings and the pages behind them in the window: keys, people, record of use, backups, guideline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.language import tr
from desktop_app.widgets.backups_page import BackupsPage
from desktop_app.widgets.guideline_page import GuidelinePage
from desktop_app.widgets.keys_page import KeysPage
from desktop_app.widgets.own_passphrase import OwnPassphrase
from desktop_app.widgets.people_page import PeoplePage
from desktop_app.widgets.record_page import RecordPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.retention_page import RetentionPage
from desktop_app.widgets.settings_page import Changes, SettingsPage

if TYPE_CHECKING:
    from desktop_app.presentation.ports import ClinicDesk
    from desktop_app.widgets.backup_rounds import BackupRounds
    from desktop_app.widgets.frame import Frame


class SettingsDesk(QObject):
    """Acts for whoever is signed in; a page that is not theirs is not shown."""

    def __init__(self, window: Frame, rounds: BackupRounds, save_file: Callable[[str, bytes], None],
                 how_it_looks: Callable[[], tuple[str, float]]) -> None:
        super().__init__(window)
        self._window, self._rounds = window, rounds
        self._save_file, self._how_it_looks = save_file, how_it_looks
        self._aside: tuple[str, Changes] | None = None  # whose, and what they had not saved at the lock

    @property
    def _desk(self) -> ClinicDesk:
        return self._window.desk

    def show_settings(self) -> None:
        before = self._window.stack.currentWidget()
        changes = before.changes() if isinstance(before, SettingsPage) else self._back()
        page = SettingsPage(self._desk, *self._how_it_looks(), changes, self._save_file)
        if changes is not None and page.unsaved():
            page.said.setText(tr("What you had typed is back in its field. Check it."))
        page.look.connect(self._new_look)
        page.to_keys.connect(self.show_keys)
        page.to_people.connect(self.show_people)
        page.to_record.connect(self.show_record)
        page.to_retention.connect(self.show_retention)
        page.to_guideline.connect(self.show_guideline)
        page.to_backups.connect(self.show_backups)
        page.to_passphrase.connect(self.change_passphrase)
        page.to_close.connect(self._window.close)
        self._window.show_desk_page(page)

    def put_aside(self) -> None:
        """The lock comes: what was changed and not saved waits for whoever changed it, while this window is open."""
        page = self._window.stack.currentWidget()
        if isinstance(page, SettingsPage) and page.unsaved():
            self._aside = self._desk.clinician.id, page.changes()

    def stops_closing(self) -> bool:
        """Changed settings are asked about before the window closes; the question closes it once it is answered."""
        page = self._window.stack.currentWidget()
        if not isinstance(page, SettingsPage) or not page.unsaved():
            return False
        page.leave_by(page.to_close)
        return True

    def _back(self) -> Changes | None:
        if self._aside is None or self._aside[0] != self._desk.clinician.id:
            return None
        (_, changes), self._aside = self._aside, None
        return changes

    def _new_look(self, name: str, text_scale: float) -> None:
        self._window.look.emit(name, text_scale)
        self.show_settings()

    def show_guideline(self, said: str = "") -> None:
        """The editions of the guideline; anew when another one came in use."""
        if self._desk.editions is None:
            return
        self._window.show_desk_page(
            GuidelinePage(self._desk, self._desk.editions, self._window.gate.run, self.show_guideline, said))

    def show_backups(self) -> None:
        """Where copies go, which are there, one more now."""
        if self._desk.backups is None:
            return
        page = BackupsPage(self._desk, self._desk.backups, self._rounds)
        page.restore.connect(self._window.restore)
        self._window.show_desk_page(page)

    def show_record(self) -> None:
        """Who did what."""
        if self._desk.record is None:
            return
        window = self._window
        window.show_desk_page(
            RecordPage(self._desk, self._desk.record, window.gate.run, window.choose_table, self._save_file))

    def show_retention(self) -> None:
        """Whose time of keeping has passed."""
        page = RetentionPage(self._desk)
        page.patient.connect(self._window.show_patient)
        self._window.show_desk_page(page)

    def show_people(self) -> None:
        """Who works here."""
        if self._desk.people is None:
            return
        self._window.show_desk_page(PeoplePage(self._desk, self._desk.people, self._window.gate.run))

    def change_passphrase(self) -> None:
        """The signed-in person's own."""
        people = self._desk.people
        if people is None:
            return
        dialog = OwnPassphrase(self._window)
        dialog.tried.connect(lambda old: self._window.gate.run(
            lambda: people.change_own_passphrase(old, dialog.new.text()), lambda _done: dialog.changed(),
            dialog.show_error))
        dialog.open()

    def show_keys(self) -> None:
        """Which certificate signs, and a new recovery key."""
        ring = self._desk.keys
        if ring is None:
            return
        page = KeysPage(self._desk, ring, self._window.gate.run, self._save_file)
        page.new_recovery_key.connect(self._show_recovery_key)
        self._window.show_desk_page(page)

    def _show_recovery_key(self, key: str) -> None:
        def kept() -> None:
            if self._desk.keys is not None:
                self._desk.keys.recovery_key_kept()
            self.show_keys()

        page = RecoveryKeyPage(key, self._desk, self._save_file, why="new",
                               onwards=tr("Back to signature and keys"))
        page.kept.connect(kept)
        self._window.show_page(page)
        page.focus_first()
