"""Which printer, which pages, how many, both sides: asked in the program's own look, always at true size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import papers, words
from desktop_app.presentation.papers import MOST_COPIES, NO_PRINTER, PaperRow
from desktop_app.use_cases.errors import LumbarError
from desktop_app.widgets import controls, paper_printer
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.dialogs import Ask
from desktop_app.widgets.fields import field, set_wrong
from desktop_app.widgets.paper_printer import Order, PrintJob
from desktop_app.widgets.pdf_pages import PdfPages

SIDES = (("none", tr("One side")), ("long", tr("Both sides, turned like a book")),
         ("short", tr("Both sides, turned like a notepad")))


class PrintDialog(Ask):
    """Prints and closes; ``printed`` says what was sent where."""

    help_topic = "print"
    for_the_record = False
    printed = Signal(str)

    def __init__(self, parent: QWidget, pages: PdfPages, row: PaperRow, *,
                 names: Callable[[], Sequence[str]] = paper_printer.printers,
                 printer: Callable[[str], QPrinter] = paper_printer.printer) -> None:
        intro = (tr("A draft: every page carries DRAFT. A plan without it has to be signed first.") if row.draft
                 else tr("At true size: nothing is shrunk to fit."))
        super().__init__(parent, tr("Print: {name}").format(name=row.name), intro, tr("Print"))
        self._pages, self._row, self._printer = pages, row, printer
        self.job: PrintJob | None = None
        found = list(names())
        self.printer = Pick(tr("Printer"))
        self.printer.addItems(found)
        self.range = field(tr("Pages to print"), placeholder=tr("All"))
        self.copies = Pick(tr("Copies"))
        self.copies.addItems([str(number) for number in range(1, MOST_COPIES + 1)])
        self.sides = Pick(tr("Sides"))
        for name, label in SIDES:
            self.sides.addItem(label, name)
        if not found:
            self._without_printer()
            return
        self.labelled(tr("Printer"), self.printer)
        self.labelled(
            tr("Pages, for example 1-3, 5. There {value} {count}.").format(
                value="are" if len(pages) > 1 else "is", count=words.count(len(pages), "page")
            ),
            self.range,
        )
        self.labelled(tr("Copies"), self.copies)
        self.labelled(tr("Sides"), self.sides)
        self.printer.setFocus()

    def _without_printer(self) -> None:
        self.body.addWidget(controls.label(NO_PRINTER, "body", wrap=True))
        self.go.hide()
        self.cancel.set_words(tr("Close"))
        for unused in (self.printer, self.range, self.copies, self.sides):
            controls.keep_hidden(unused, self)

    @property
    def order(self) -> Order:
        """What is chosen now."""
        chosen, _ = papers.pages(self.range.text(), len(self._pages))
        return Order(chosen, int(self.copies.currentText()), str(self.sides.currentData()))

    def mistake(self) -> str:
        _, wrong = papers.pages(self.range.text(), len(self._pages))
        set_wrong(self.range, wrong=bool(wrong))
        return wrong

    def check(self) -> None:
        wrong = self.mistake()
        if wrong:
            self.tell(wrong)
            return
        try:
            self.job = PrintJob(self._pages, self._printer(self.printer.currentText()), self.order,
                                self._row.name, self)
            self.job.turn.connect(self._turn)
            self.job.done.connect(self._done)
            self.go.setEnabled(False)
            self.job.start()
        except LumbarError as error:
            self.go.setEnabled(True)
            self.tell(f"{error} {error.next_step}".strip())

    def _turn(self, page: int, of: int) -> None:
        self.go.set_words(tr("Printing {page} of {of} …").format(page=page, of=of))

    def _done(self, wrong: str) -> None:
        if wrong:
            self.go.setEnabled(True)
            self.go.set_words(tr("Print"))
            self.tell(wrong)
            return
        self.printed.emit(tr("Sent to {currentText}").format(currentText=self.printer.currentText()))
        self.accept()

    def reject(self) -> None:
        if self.job is not None:
            self.job.stop()
        super().reject()
