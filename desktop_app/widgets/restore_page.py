"""Restore: the backups there are, for whoever cannot get in, or begins on a new computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation import backups as words
from desktop_app.use_cases.backups import Place
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls
from desktop_app.widgets.backup_list import BackupList
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.form import Form
from desktop_app.widgets.program_header import door_footer, program_header
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shell import Shell

Look = Callable[[Path | None], Sequence[Place]]


class RestorePage(Shell):
    """``look`` finds what lies where backups go, or in a folder that somebody names."""

    help_topic = "restore"
    restore = Signal(Path)
    leave = Signal()

    def __init__(self, look: Look, *, training: bool) -> None:
        super().__init__()
        self._look = look
        self.form = Form(tr("Restore a backup"), tr("It takes the place of the records on this computer. What is there "
                                                    "now is set aside and never deleted. You need the passphrase of "
                                                    "an administrator on the day of the backup."), width=760)
        footer, row = door_footer()
        self.frame(program_header("", training=training), self.form, footer)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        self.wrong.hide()
        self.form.put(self.wrong)
        holder = QWidget()
        self._places = controls.column(holder, spacing=0)
        self.form.put(holder)
        self.lists: list[BackupList] = []
        self.back = Button(tr("Back"), icon="arrow-left")
        self.back.clicked.connect(self.leave)
        self.other = Button(tr("Look in another folder…"))
        self.other.clicked.connect(self.ask_for_folder)
        controls.add_all(row, self.back, self.other)
        self.show_places(look(None))

    def show_places(self, places: Sequence[Place]) -> None:
        controls.clear(self._places)
        self.wrong.hide()
        self.lists = []
        for place in places:
            view = words.place_view(place, "", {})
            head = controls.label(view.title, "heading", wrap=True)
            head.setContentsMargins(0, 22, 0, 0)
            controls.add_all(self._places, head, controls.label(view.folder, "body", wrap=True))
            listed = BackupList(view.rows, can_check=False, can_restore=True)
            listed.restore.connect(self.restore)
            self.lists.append(listed)
            self._places.addWidget(listed)

    def choose_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr("The folder or stick with the backups"))

    def ask_for_folder(self) -> None:
        chosen = self.choose_folder()
        if not chosen:
            return
        folder = Path(chosen)
        # Somebody may as well choose one backup as the folder around it.
        [place] = self._look(folder.parent if folder.name.startswith("backup-") else folder)
        self.show_places([place])
        if not place.backups and not place.broken:
            self._tell(tr("There is no backup in {folder}. Backups lie in folders named “backup-…”.").format(
                folder=folder))

    def show_error(self, error: LumbarError) -> None:
        self._tell(f"{error} {error.next_step}".strip())

    def _tell(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.show()
        reveal(self.wrong)

    def focus_first(self) -> None:
        buttons = [button for listed in self.lists for button in listed.buttons.values()]
        (buttons[0] if buttons else self.other).setFocus()
