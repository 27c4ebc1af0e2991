"""What the window does with documents: show, print, save, copy. Made when the first one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop_app.language import tr
from desktop_app.presentation import papers, words, worklist
from desktop_app.presentation.papers import LOOK, PRINT, SAVE, SAVE_ALL, PaperRow
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.permissions import Action
from desktop_app.use_cases.stamping import SUFFIX
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.pdf_pages import PdfPages
from desktop_app.widgets.preview_page import COPY, OPEN, PreviewPage
from desktop_app.widgets.review_page import ReviewPage

if TYPE_CHECKING:
    from desktop_app.presentation.ports import OpenConsultation
    from desktop_app.widgets.frame import Frame


class PaperDesk(QObject):
    """Acts on the consultation that is open in the window. Drafts are made beside the window."""

    def __init__(self, window: Frame, save_file: Callable[[str, bytes], None],
                 open_file: Callable[[str], bool] | None = None) -> None:
        super().__init__(window)
        self._window, self._save_file = window, save_file
        self._open_file = open_file or (lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self._preview: PreviewPage | None = None
        self._back_to: Callable[[], None] | None = None  # where a look ends; the consultation's page without it

    @property
    def preview(self) -> PreviewPage | None:
        """The document in sight; None while another page is."""
        page = self._preview
        return page if page is not None and self._window.stack.currentWidget() is page else None

    @property
    def _consultation(self) -> OpenConsultation:
        view = self._window.view
        if view is None:
            raise LookupError("no consultation is open")
        return view.wizard.consultation

    def do(self, verb: str, kind: str, back: Callable[[], None] | None = None) -> None:
        """Look at, print, save, copy or open a document; ``save_all`` needs no kind. A look ends with ``back``."""
        if self._window.view is None:
            return
        if verb == LOOK:
            self._back_to = back
        if verb != LOOK:  # before a folder is asked for or a dialog opens
            try:
                self._window.desk.access.require(Action.TAKE_OUT)
            except LumbarError as error:
                self._failed(error)
                return
        if verb == SAVE_ALL:
            self._save_all()
            return
        row = papers.build(self._consultation).row(PaperKind(kind))
        if verb == COPY:
            consultation = self._consultation
            self._beside(lambda: consultation.plain_text(row.kind or PaperKind.CARE_PLAN),
                         lambda text: self._out(row, lambda: self._copied(row, str(text))))
        elif verb in {SAVE, OPEN}:
            if target := self._window.choose_file(row.file):
                self._with(row, lambda content: self._out(row, lambda: self._saved(
                    target, content, then_open=verb == OPEN, mark=row.mark)))
        else:
            act = {LOOK: self._show, PRINT: self._print}[verb]
            self._with(row, lambda content: act(row, content))

    def look_at_blank(self, what: str) -> None:
        """A paper that needs no patient, with its own ways to printer and file."""
        desk, row = self._window.desk, papers.blank(Blank(what))
        self._beside(lambda: desk.blank_paper(Blank(what)),
                     lambda content: self._show_blank(row, content) if isinstance(content, bytes) else None)

    def _show_blank(self, row: PaperRow, content: bytes) -> None:
        desk = self._window.desk
        info = desk.pack.info
        page = PreviewPage(PdfPages(content), row, name=tr("Any patient"), line=desk.clinic.name,
                           training=desk.training, state=info.state_words, version=info.version)
        page.asked.connect(lambda verb: self._do_blank(verb, row, content))
        page.leave.connect(self._window.show_worklist)
        self._put_in_sight(page)

    def _do_blank(self, verb: str, row: PaperRow, content: bytes) -> None:
        try:
            if verb == PRINT:
                self._print(row, content)
            elif target := self._window.choose_file(row.file):
                self._saved(target, content, then_open=verb == OPEN)
        except LumbarError as error:
            self._failed(error)

    def _with(self, row: PaperRow, done: Callable[[bytes], None]) -> None:
        consultation = self._consultation
        if self.preview is None:
            self._say(tr("Opening …") if not row.draft else tr("Making the draft …"))
        kind = row.kind or PaperKind.CARE_PLAN
        self._beside(lambda: papers.content(consultation, kind),
                     lambda content: done(content) if isinstance(content, bytes) else None)

    def _beside(self, job: Callable[[], object], done: Callable[[object], None]) -> None:
        def over(result: object) -> None:
            try:
                if self._window.signed_in:
                    self._say("")
                    done(result)
            except LumbarError as error:
                self._failed(error)

        self._window.gate.run(job, over, self._failed)

    def _say(self, text: str) -> None:
        if self.preview is not None:
            self.preview.header_says(text)
        elif isinstance(page := self._window.stack.currentWidget(), EmergencyPage):
            page.say(text)
        elif self._window.view is not None:
            self._window.view.header_says(text)

    def _failed(self, error: LumbarError) -> None:
        view, told = self._window.view, f"{error} {error.next_step}".strip()
        page = self._window.stack.currentWidget()
        if isinstance(page, EmergencyPage):
            page.say(told)
        elif self.preview is None and view is not None and isinstance(view.page, ReviewPage):
            view.header_says("")
            view.page.say(told)
        elif self.preview is not None:
            self.preview.warn(told)

    def close(self) -> None:
        """The window goes: let go of what is shown."""
        if self.preview is not None:
            self.preview.pages.close()

    # --- look -----------------------------------------------------------------------------------------

    def _show(self, row: PaperRow, content: bytes) -> None:
        consultation = self._consultation
        patient, info = consultation.patient, consultation.pack.info
        page = PreviewPage(PdfPages(content, row.mark), row, name=patient.name,
                           line=worklist.identity(patient, consultation.as_of), training=patient.training,
                           state=info.state_words, version=info.version,
                           out=consultation.access.may(Action.TAKE_OUT))
        page.asked.connect(lambda verb: self.do(verb, (row.kind or PaperKind.CARE_PLAN).value))
        page.leave.connect(self._back)
        self._put_in_sight(page)

    def _put_in_sight(self, page: PreviewPage) -> None:
        page.lock.connect(self._window.locked)
        page.destroyed.connect(page.pages.close)
        self._preview = page
        self._window.show_page(page)
        page.focus_first()

    def _back(self) -> None:
        page, view = self.preview, self._window.view
        if page is None or view is None:
            return
        self._preview = None
        if self._back_to is not None:
            self._back_to()
            return
        self._window.stack.setCurrentWidget(view)
        self._window.stack.removeWidget(page)
        page.deleteLater()
        if isinstance(view.page, ReviewPage):
            view.page.papers.give_keyboard(LOOK, (page.row.kind or PaperKind.CARE_PLAN).value)

    # --- save, copy, print ----------------------------------------------------------------------------

    def _saved(self, target: str, content: bytes, *, then_open: bool = False, mark: str = "") -> None:
        self._save_file(target, content)
        self._save_stamp(target, content)
        told = tr("Written to {name}").format(name=Path(target).name)
        if mark:
            told += tr(", as it was signed: the file does not say {mark}").format(mark=mark)
        self._say(told)
        if then_open and not self._open_file(target):
            self._say(tr("{told}. No program on this computer opens PDF files.").format(told=told))

    def _out(self, row: PaperRow, then: Callable[[], None]) -> None:
        self._recorded(row)
        then()

    def _recorded(self, row: PaperRow, *, printed: bool = False) -> None:
        """In the record of use, before the file is there: a row too many is better than one too few."""
        self._consultation.taken_out(row.number or f"draft of the {row.title}", printed=printed)

    def _save_stamp(self, target: str, content: bytes) -> None:
        """A time stamp is kept beside the file, never in it."""
        stamping = self._window.desk.stamping
        stamp = None if stamping is None else stamping.stamp_for(content)
        if stamp is not None:
            self._save_file(target + SUFFIX, stamp.content)

    def _save_all(self) -> None:
        folder = self._window.choose_folder()
        if not folder:
            return
        consultation = self._consultation
        rows = papers.build(consultation).rows

        def written(found: object) -> None:
            renamed = 0
            for row in rows:
                self._recorded(row)
            for name, content in found if isinstance(found, tuple) else ():
                target = papers.free_name(Path(folder), name)
                renamed += target.name != name
                self._save_file(str(target), content)
                self._save_stamp(str(target), content)
            told = tr("{count} written to {folder}").format(count=words.count(len(rows), "file"), folder=folder)
            self._say(
                tr("{told}; {renamed} beside a file of that name").format(told=told, renamed=renamed)
                if renamed
                else told
            )

        def every() -> tuple[tuple[str, bytes], ...]:
            return tuple((row.file, papers.content(consultation, row.kind)) for row in rows if row.kind is not None)

        self._beside(every, written)

    def _copied(self, row: PaperRow, text: str) -> None:
        QApplication.clipboard().setText(text)
        self._say(tr("{title} copied as text").format(title=row.title))

    def _print(self, row: PaperRow, content: bytes) -> None:
        from desktop_app.widgets.print_dialog import PrintDialog

        pages = PdfPages(content, row.mark)
        dialog = PrintDialog(self._window, pages, row)
        dialog.printed.connect(self._say)
        if row.kind is not None:
            dialog.printed.connect(lambda _said: self._recorded(row, printed=True))
        dialog.finished.connect(pages.close)
        dialog.open()
