"""Brings a backup back from the window: finds it whole, says what it replaces, asks, and shuts the records first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.language import tr
from desktop_app.use_cases.errors import BadData, LumbarError

if TYPE_CHECKING:
    from desktop_app.presentation.ports import Door
    from desktop_app.use_cases.backups import Backup, Present
    from desktop_app.use_cases.keys import KeyUser
    from desktop_app.widgets.main_window import MainWindow
    from desktop_app.widgets.restore_dialog import RestoreNow


class Restoring(QObject):
    """From the settings of whoever is signed in, or from the pages before that."""

    done = Signal(str)  # what to say on the unlock page
    failed = Signal(object)  # the records are shut and the backup is not in place
    left = Signal()

    def __init__(self, window: MainWindow, door: Door) -> None:
        super().__init__(window)
        self._window, self._door = window, door
        self.dialog: RestoreNow | None = None
        window.restore.connect(self.ask)

    def show_page(self) -> None:
        from desktop_app.widgets.restore_page import RestorePage

        page = RestorePage(self._door.backup_places, training=self._door.training)
        page.restore.connect(self.ask)
        page.leave.connect(self.left)
        self._window.show_page(page)
        page.focus_first()

    def ask(self, path: Path) -> None:
        """Every file of it against what is said of it, beside the window; then the question."""
        self._when_free(lambda: self._window.gate.run(lambda: self._look_at(path), self._ask, self._cannot))

    def _look_at(self, path: Path) -> tuple[Backup, list[KeyUser], Present | None]:
        users = [user for user in self._door.users_of_backup(path) if not user.by_code]
        found = [one for place in self._door.backup_places(path.parent) for one in place.backups if one.path == path]
        if not users or not found:
            raise BadData(tr("Nobody can open {name} with a passphrase.").format(name=path.name),
                          next_step=tr("Nothing was changed. Choose another backup."))
        backups = self._window.desk.backups if self._window.signed_in else None
        return found[0], users, None if backups is None else backups.present()

    def _ask(self, seen: object) -> None:
        if not isinstance(seen, tuple):
            return
        from desktop_app.presentation import backups as words
        from desktop_app.widgets.restore_dialog import RestoreNow

        backup, users, present = seen
        dialog = self.dialog = RestoreNow(
            self._window, tr("Restore backup {number} of {moment}?").format(
                number=backup.number, moment=words.moment(backup.made)),
            words.replaced(backup, present), users,
            self._window.desk.clinician.id if self._window.signed_in else "")
        dialog.tried.connect(lambda secret: self._restore(dialog, backup.path, secret))
        dialog.open()

    def _restore(self, dialog: RestoreNow, path: Path, secret: str) -> None:
        was_open, user_id = self._door.is_open, dialog.user_id

        def done(aside: object) -> None:
            from desktop_app.presentation import backups as words

            dialog.accept()
            self.done.emit(words.restored(Path(str(aside))))

        def failed(error: LumbarError) -> None:
            if was_open and not self._door.is_open:  # after the last check: the disk failed
                dialog.reject()
                self._window.stand_up()
                self.failed.emit(error)
            else:
                dialog.show_error(error)

        self._when_free(lambda: self._window.gate.run(lambda: self._door.restore(path, user_id, secret), done, failed))

    def _when_free(self, then: Callable[[], None]) -> None:
        """A round of backups that is under way ends first: it reads the store that is about to be shut."""
        self._window.rounds.gate.drop(then)

    def _cannot(self, error: LumbarError) -> None:
        page = self._window.stack.currentWidget()
        show = getattr(page, "show_error", None)
        if show is not None:
            show(error)
