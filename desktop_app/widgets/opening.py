"""A file opened by a double click: asked about in the window, never used without a yes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.problems import ContentError
from desktop_app.language import tr
from desktop_app.presentation import opening as words
from desktop_app.presentation.opening import Kind, Question
from desktop_app.use_cases import training
from desktop_app.use_cases.errors import LumbarError, NotPermitted
from desktop_app.use_cases.permissions import Action
from desktop_app.widgets.dialogs import Ask

if TYPE_CHECKING:
    from desktop_app.engine.model import Pack
    from desktop_app.widgets.main_window import MainWindow


def open_training(file: str) -> bool:
    """Another process with the throw-away profile, which then asks about the file itself."""
    own = [] if getattr(sys, "frozen", False) else ["-m", "desktop_app"]
    started = QProcess.startDetached(sys.executable, [*own, "--demo", "--open", file])
    return started[0] if isinstance(started, tuple) else started


class AboutFile(Ask):
    """One question about one file; without an action it only tells."""

    help_topic = "open_file"

    def __init__(self, parent: QWidget, asked: Question) -> None:
        super().__init__(parent, asked.title, asked.text, asked.action)
        self.asked = asked
        if not asked.action:
            self.go.hide()
            self.cancel.setText(tr("Close"))


class Opening(QObject):
    """Takes files one after the other; a case for training and an edition wait until somebody has signed in."""

    def __init__(self, window: MainWindow, pack: Callable[[], Pack], *, training: bool,
                 other_window: Callable[[str], bool] = open_training) -> None:
        super().__init__(window)
        self._window, self._pack, self._training, self._other_window = window, pack, training, other_window
        self._waiting: list[str] = []
        self.dialog: AboutFile | None = None
        window.gate.busy.connect(lambda busy: None if busy else self.go_on(), Qt.ConnectionType.QueuedConnection)

    @property
    def waits(self) -> str:
        """For the page that unlocks; empty when no file waits for it."""
        return words.waits(self._waiting[0]) if self._waiting else ""

    def put(self, file: str) -> None:
        """``file`` is a whole path; ``go_on`` asks about it."""
        if file not in self._waiting:
            self._waiting.append(file)

    def go_on(self) -> None:
        """Ask about the next file, as soon as nothing else is being asked or done and somebody can answer."""
        if not self._waiting or self._window.gate.running:
            return
        before = QApplication.activeModalWidget()
        if before is not None:
            if isinstance(before, QDialog):
                before.finished.connect(lambda _result: self.go_on(), Qt.ConnectionType.QueuedConnection)
            return
        file = self._waiting[0]
        try:
            kind = words.kind_of(file)
        except LumbarError as error:
            self._waiting.remove(file)
            self._tell(tr("“{name}” cannot be read as a case").format(name=Path(file).name), error)
            return
        if (kind is Kind.EDITION or self._training) and not self._window.signed_in:
            return
        self._waiting.remove(file)
        if kind is Kind.EDITION:
            self._edition(file)
        else:
            self._case(file)

    def _ask(self, asked: Question, act: Callable[[], None]) -> None:
        dialog = self.dialog = AboutFile(self._window, asked)
        dialog.accepted.connect(act)
        dialog.finished.connect(lambda _result: self.go_on(), Qt.ConnectionType.QueuedConnection)
        dialog.open()

    def _tell(self, title: str, error: LumbarError) -> None:
        self._ask(Question(title, f"{error} {error.next_step}".strip()), lambda: None)

    def _case(self, file: str) -> None:
        try:
            case = load_case(Path(file), self._pack())
        except ContentError as error:
            self._ask(words.cannot_be_read(file, error), lambda: None)
            return
        self._ask(words.about_case(case, training=self._training), lambda: self._take_case(file, case))

    def _take_case(self, file: str, case: Case) -> None:
        if not self._training:
            self._other_window(file)
            return
        try:
            patient = training.take_case(self._window.desk, case)
        except LumbarError as error:
            self._tell(tr("This case is not shown"), error)
            return
        self._window.open_consultation(self._window.desk.open(patient.id))

    def _edition(self, file: str) -> None:
        desk = self._window.desk
        editions, refused = desk.editions, ""
        try:
            desk.access.require(Action.INSTALL_GUIDELINE)
        except NotPermitted as error:
            refused = f"{error} {error.next_step}".strip()
        believed = editions is not None and editions.publishers is not None
        self._ask(words.about_edition(file, refused=refused, publishers=believed), lambda: self._install(file))

    def _install(self, file: str) -> None:
        from desktop_app.widgets.guideline_page import GuidelinePage

        self._window.show_worklist()  # whatever was open is stored, and left
        self._window.settings.show_guideline()
        page = self._window.stack.currentWidget()
        if isinstance(page, GuidelinePage):
            page.install(file)
