"""Opens the program: the way in (first start, unlock, recovery), then the window with the desk."""

from __future__ import annotations

import contextlib
import gc
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app import log, places
from desktop_app.language import tr
from desktop_app.use_cases.errors import LumbarError, StoreBusy
from desktop_app.widgets import theme
from desktop_app.widgets.application import Application
from desktop_app.widgets.focus_ring import FocusRing
from desktop_app.widgets.kept_look import KeptLook
from desktop_app.widgets.locking import Locking
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.one_instance import OneInstance, bring_to_front
from desktop_app.widgets.restoring import Restoring
from desktop_app.widgets.work import Gate

if TYPE_CHECKING:
    from desktop_app.presentation.forms import FirstStart, Trouble
    from desktop_app.presentation.ports import ClinicDesk, Door
    from desktop_app.widgets.first_start_page import Begun, FirstStartPage
    from desktop_app.widgets.opening import Opening
    from desktop_app.widgets.unlock_page import UnlockPage


CRASHED = tr("The program ended by itself last time. Everything that was saved is there. “Save a problem report…” in "
             "the settings says where it happened.")


def save_file(target: str, content: bytes) -> None:
    """Write a file whole or not at all."""
    from desktop_app.use_cases.outputs import write_files

    write_files({Path(target): content})


def _trouble(error: LumbarError) -> Trouble:
    from desktop_app.presentation.forms import trouble

    log.note(log.Event.TROUBLE, type(error))
    return trouble(error)


class Look:
    """The chosen theme and text size, put over the application."""

    def __init__(self, app: QApplication, kept: KeptLook) -> None:
        self._app, self._kept = app, kept

    @property
    def name(self) -> str:
        return self._kept.now.theme

    def now(self) -> tuple[str, float]:
        return self._kept.now.theme, self._kept.now.text_scale

    def choose(self, name: str, scale: float) -> None:
        self._kept.keep(theme=name, text_scale=scale)
        self.apply()

    def apply(self) -> None:
        theme.apply(self._app, *self.now())


class Program(QObject):
    """Leads through the door and back out; everything after it belongs to the window."""

    def __init__(self, app: QApplication, door: Door, *, kept: KeptLook | None = None) -> None:
        super().__init__(app)
        self.door = door
        self.look = Look(app, kept or KeptLook(None))
        self.look.apply()
        self._ring = FocusRing(app)
        self.window = MainWindow(save_file=save_file, how_it_looks=self.look.now)
        self.window.guideline = lambda: door.pack
        self.window.locked.connect(self.lock)
        self.locking = Locking(app)
        self.locking.due.connect(self._lock_if_open)
        self.window.rounds.over.connect(_note_round)
        self.restoring = Restoring(self.window, door)
        self.restoring.done.connect(self._restored)
        self.restoring.left.connect(self.begin)
        self.restoring.failed.connect(lambda error: self.show_error(_trouble(error)))
        self._file = places.program_file()
        self._file_then = _state(self._file)
        self._left = ("", "")  # who locked, and in which consultation
        self._begun: Begun | None = None  # of the first start, while backups are looked for
        self._were_here = False  # records, while this window is open
        self.window.look.connect(self.look.choose)
        self._opening: Opening | None = None
        self.warming = Gate(self)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _system_changed(self, _scheme: object) -> None:
        if self.look.now()[0] == "system":
            self.look.apply()

    def begin(self) -> None:
        """First start on a new computer, else unlock."""
        try:
            if not self._were_here and self.door.is_first_start():
                self.show_first_start()
            else:  # also where the disk was pulled out since: nobody is asked to begin anew beside their own records
                self._were_here = True
                self.show_unlock(CRASHED if log.ended_badly() else "")
        except LumbarError as error:
            self.show_error(_trouble(error))

    def warm_up(self) -> None:
        """Load the store, the guideline and the next pages while the passphrase is typed; whoever is quicker waits for
        the rest.
        """
        load = getattr(self.door, "warm_up", lambda: None)

        def try_to() -> None:
            with contextlib.suppress(Exception):  # whatever is wrong comes again where it is needed, and is told there
                load()
                import desktop_app.widgets.consultation_view
                import desktop_app.widgets.worklist_page  # noqa: F401

        self.warming.run(try_to, lambda _done: None, lambda _error: None)

    def put(self, file: str) -> None:
        """A file that was opened by a double click, to be asked about; "" for none."""
        if not file:
            return
        if self._opening is None:
            from desktop_app.widgets.opening import Opening

            self._opening = Opening(self.window, lambda: self.door.pack, training=self.door.training)
        self._opening.put(file)

    def ask_about_files(self) -> None:
        if self._opening is not None:
            self._opening.go_on()

    # --- first start ----------------------------------------------------------------------------------

    def show_first_start(self) -> None:
        from desktop_app.widgets.first_start_page import FirstStartPage

        page = FirstStartPage(self.door.pack, training=self.door.training, begun=self._begun)
        page.ready.connect(lambda given: self._set_up(page, given))
        page.restore.connect(lambda: self._look_for_backups(page))
        self.window.show_page(page)
        page.focus_first()

    def _look_for_backups(self, page: FirstStartPage) -> None:
        """Who comes back without one finds what they had typed."""
        self._begun = page.begun()
        self.restoring.show_page()

    def _set_up(self, page: FirstStartPage, given: FirstStart) -> None:
        def made(result: object) -> None:
            if isinstance(result, tuple):
                self._show_recovery_key(result[0], str(result[1]))

        self.window.gate.run(
            lambda: self.door.first_start(given.clinic, given.name, given.role_title, given.passphrase),
            made, page.show_error)

    def _show_recovery_key(self, desk: ClinicDesk, key: str, why: str = "first") -> None:
        from desktop_app.widgets.recovery_key_page import RecoveryKeyPage

        def kept() -> None:
            self.door.recovery_key_kept()
            self._sit_down(desk)

        page = RecoveryKeyPage(key, desk, save_file, why=why)
        page.kept.connect(kept)
        self.window.show_page(page)
        page.focus_first()

    # --- unlock ---------------------------------------------------------------------------------------

    def show_unlock(self, said: str = "") -> None:
        from desktop_app.widgets.unlock_page import UnlockPage

        words = str(getattr(self.door, "passphrase_hint", ""))
        hint = tr("Training profile: the passphrase is “{words}”.").format(words=words) if words else ""
        if self._opening is not None:
            hint = f"{hint} {self._opening.waits}".strip()
        page = UnlockPage(self.door.users(), training=self.door.training, hint=hint, last=self._left[0],
                          said=said, newest=self._newest_backup)
        page.unlock.connect(lambda user, words: self._unlock(page, lambda: self.door.sign_in(user, words)))
        page.read.connect(lambda user, words: self._unlock(
            page, lambda: self.door.sign_in(user, words, reading=True)))
        page.unlock_with_code.connect(lambda user, code, words: self._unlock(
            page, lambda: self.door.sign_in_with_code(user, code, words)))
        page.recover.connect(self.show_recovery)
        page.numbers.connect(self.show_numbers)
        page.restore.connect(self.restoring.show_page)
        self.window.show_page(page)
        page.focus_first()
        if self.window.gate.running and page.first is not None:  # locked in the middle of a job
            self.window.keyboard_afterwards(page.first)

    def _newest_backup(self) -> str:
        from desktop_app.presentation import backups

        return backups.newest(self.door.backup_places())

    def _unlock(self, page: UnlockPage, way: Callable[[], ClinicDesk]) -> None:
        page.waiting()

        def failed(error: LumbarError) -> None:
            log.note(log.Event.NOT_LET_IN, type(error))
            page.show_error(error)

        self.window.gate.run(lambda: self._way_in(way()), self._signed_in, failed)

    def _way_in(self, desk: ClinicDesk) -> tuple[ClinicDesk, str]:
        """The desk, and a new recovery key where nobody has confirmed the one before."""
        return desk, self.door.recovery_key_to_confirm()

    def _signed_in(self, result: object) -> None:
        if not isinstance(result, tuple):
            return
        from desktop_app.use_cases.permissions import Action

        desk, key = result
        if key:
            self._show_recovery_key(desk, key, "again")
            return
        who, encounter = self._left
        self._left = ("", "")
        self._sit_down(desk)
        if encounter and who == desk.clinician.id and desk.access.may(Action.SEE_PATIENTS):
            self.window.open_consultation(desk.open_encounter(encounter))

    def _sit_down(self, desk: ClinicDesk) -> None:
        log.note(log.Event.SIGNED_IN)
        self._were_here = True
        self.locking.begin(desk.clinic.lock_minutes)
        self.window.sit_down(desk)
        QTimer.singleShot(0, self, self.ask_about_files)

    def _restored(self, said: str) -> None:
        """Other records are in place: nothing of the ones before stays in the window."""
        log.note(log.Event.RESTORED)
        self._left = ("", "")
        self.window.stand_up()
        self.locking.clear(self.window)
        self.window.activateWindow()  # the question has just been shut
        self.show_unlock(said)

    def show_recovery(self) -> None:
        from desktop_app.widgets.recovery_page import RecoveryPage

        page = RecoveryPage(self.door.users(), training=self.door.training)
        page.cancelled.connect(self.show_unlock)
        page.recover.connect(lambda *given: self.window.gate.run(
            lambda: self._way_in(self.door.recover(*given)), self._signed_in, page.show_error))
        self.window.show_page(page)
        page.focus_first()

    def show_numbers(self) -> None:
        """Whom to call, for whoever stands before a locked screen; no record is opened for it."""
        from desktop_app.presentation.emergency import numbers_of
        from desktop_app.widgets.numbers_page import NumbersPage

        pack = self.door.pack
        page = NumbersPage(pack, numbers_of(pack, *self.door.emergency_numbers()), training=self.door.training)
        page.leave.connect(self.show_unlock)
        self.window.show_page(page)
        page.focus_first()

    def _lock_if_open(self) -> None:
        if self.window.signed_in:
            self.lock()

    def lock(self) -> None:
        """At once nothing of a patient is in sight; what is half typed is kept, answers are stored already.

        Whoever unlocks next under the same name goes on in the same consultation. A job that runs beside the window
        ends first, unseen, and then the store is closed.
        """
        view = self.window.view
        log.note(log.Event.LOCKED)
        if self.window.signed_in:
            self._left = (self.window.desk.clinician.id, view.wizard.consultation.encounter.id if view else "")
            self.window.put_typed_aside()
        self.window.stand_up()
        self.locking.clear(self.window)
        try:
            self.show_unlock()
        except LumbarError as error:  # the disk was pulled out: the page needs the key file, the lock does not
            self.show_error(_trouble(error))
        finally:
            self.window.gate.drop(lambda: self.window.rounds.gate.drop(self.door.lock))

    # --- trouble --------------------------------------------------------------------------------------

    def show_error(self, trouble: Trouble, details: str = "", report: str = "") -> None:
        """The last resort; ``report`` is offered as a file."""
        from desktop_app.widgets.error_page import ErrorPage

        page = ErrorPage(trouble, training=self.door.training, details=details, report=report, save_file=save_file)
        page.again.connect(self.begin)
        page.leave.connect(self.window.close)
        page.restore.connect(self.restoring.show_page)
        self.window.show_page(page)
        page.focus_first()

    def bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error of ours: the answers are stored; the window says so and offers to go on."""
        if isinstance(error, LumbarError):
            self.show_error(_trouble(error))
            return
        # Where it happened and what kind it is; its own words may name a patient.
        traceback.print_tb(trace)
        print(kind.__name__, file=sys.stderr)  # noqa: T201  for whoever started it from a terminal
        log.note_mistake(kind, trace)
        self.window.stand_up()
        try:
            self._show_mistake(kind, trace)
        except Exception as second:  # noqa: BLE001  files of another version under a running program break this page too
            log.note_mistake(type(second), second.__traceback__)
            self.window.show_page(_bare_words())

    def _show_mistake(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        from desktop_app.presentation import forms
        from desktop_app.widgets.problem_report import problem_report

        if _state(self._file) != self._file_then:
            self.show_error(forms.other_files())
            return
        self.show_error(
            forms.our_mistake(),
            kind.__name__,
            problem_report(kind, trace, QCoreApplication.applicationVersion(), log.newest()),
        )


def _state(file: Path) -> tuple[int, int, int] | None:
    """Which file lies there, and of when; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _bare_words() -> QLabel:
    """A page with nothing of this program around its words, where the page for a mistake could not be made either: an
    empty window would leave nobody knowing whether anything was lost.
    """
    words = QLabel(tr("The program made a mistake and cannot go on. Every answer that was given is stored.\n\n"
                      "Close this window and start the program again."))
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setWordWrap(True)
    return words


def _note_round(report: object) -> None:
    from desktop_app.use_cases.backups import BackupReport

    if isinstance(report, BackupReport) and report.made:
        log.note(log.Event.BACKED_UP, len(report.made))
    if isinstance(report, BackupReport) and report.remarks:
        log.note(log.Event.BACKUP_FAILED, len(report.failed), len(report.away))


def _come(program: Program, file: str) -> None:
    """A later start of the same user wants this window, and perhaps a file asked about in it."""
    bring_to_front(program.window)
    program.put(file)
    program.ask_about_files()


def run(app: QApplication, door: Door, *, when_ready: Callable[[], None] | None = None, version: str = "",
        settings: Path | None = None, alone: tuple[Path, Path] | None = None, file: str = "") -> int:
    """Open the window and stay until it is closed. ``when_ready`` is called once it can be used.

    ``settings`` is the folder in which its look is kept, None keeps nothing. ``alone`` are the folders of state and of
    data of which there may be one window at a time; a second start raises the first and returns 0. ``file`` is asked
    about in the window, or in that of the first.
    """
    app.setApplicationVersion(version)
    instance = OneInstance(*alone) if alone is not None else None
    if instance is not None and not instance.first():
        if instance.raise_first(file):
            return 0
        raise StoreBusy(tr("Lumbar Pathway is open already, and its window does not answer."),
                        next_step=tr("Wait a little; if it stays so, end it with the system's own means and "
                                     "start again."))
    if alone is not None:
        log.watch(alone[0])
    kept = KeptLook(settings)
    program = Program(app, door, kept=kept)
    sys.excepthook = program.bug
    kept.put(program.window)
    program.window.show()
    program.put(file)
    if isinstance(app, Application):
        app.file_opened.connect(partial(_come, program))
    program.begin()
    if when_ready is not None:
        QTimer.singleShot(0, when_ready)
    QTimer.singleShot(0, program, gc.enable)  # here where the start turned it off
    QTimer.singleShot(0, program, program.ask_about_files)
    QTimer.singleShot(0, program, lambda: log.begin(version))
    QTimer.singleShot(0, program, program.warm_up)
    if instance is not None:  # after the window can be used: a second start waits for the answer, the first for nothing
        QTimer.singleShot(0, program, lambda: instance.listen(partial(_come, program)))
    code = app.exec()
    program.window.gate.wait()
    program.window.rounds.gate.wait()
    program.warming.wait()
    kept.remember(program.window)
    if instance is not None:
        instance.leave()
    log.end()
    sys.excepthook = sys.__excepthook__
    return code
