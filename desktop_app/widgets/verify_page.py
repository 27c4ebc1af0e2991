"""Check a document: a signed file, a scan or photograph of a printed page, or its code from a hand scanner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.checking import Checked, Checking
from desktop_app.use_cases.errors import LumbarError, NoInput
from desktop_app.use_cases.inputs import read_at_most
from desktop_app.use_cases.stamping import SUFFIX
from desktop_app.widgets import code_scan, controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.fields import text_area
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Sheet
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.scroll_area import ScrollArea
from desktop_app.widgets.warning_card import warning_card

Run = Callable[[Callable[[], object], Callable[[object], None], Callable[[LumbarError], None]], None]
PDF, FEWEST = b"%PDF-", 200  # digits of a code; a scanner that stops earlier has not read it
KINDS = tr("Documents and pictures (*.pdf *.png *.jpg *.jpeg);;All files (*)")
NO_CODE = (tr("No code of a signed paper was found on it. Care plan and letter carry one on their last page: "
              "scan that page flat and sharp, with 200 dpi or more."))
UNSIGNED = tr("This file itself carries no signature: everything on its pages may have been changed.")


class VerifyPage(DeskShell):
    """``run`` does slow work beside the window."""

    help_topic = "verify"

    def __init__(self, desk: ClinicDesk, checking: Checking, run: Run) -> None:
        super().__init__()
        self.desk, self._checking, self._run = desk, checking, run
        self._more: list[bytes] = []
        body = ScrollArea()
        body.setWidgetResizable(True)
        body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = Sheet()
        column = controls.column(inside, margins=(24, 20, 24, 24), spacing=12)
        head = controls.column(spacing=4)
        head.addWidget(controls.label(tr("Check a document"), "title"))
        head.addWidget(controls.label(
            tr("Is a signed file or paper whole, who signed it, for whom, and does it still hold? Nothing is "
               "sent anywhere."),
            "body", ink="text2", wrap=True))
        column.addLayout(head)
        self.choose = Button(tr("Choose a file…"), "primary", icon="magnify",
                             name=tr("Choose a signed PDF, or a scan or photograph of its code"))
        self.choose.clicked.connect(self.choose_and_check)
        self.trust = Button(tr("Certificate of another clinic…"), icon="shield-check-outline",
                            name=tr("Choose the certificate of another clinic"))
        self.trust.clicked.connect(self.choose_trust)
        column.addWidget(FlowBox(self.choose, self.trust, gap=12))
        self.trusted = controls.label("", "small", ink="text2", wrap=True)
        self.trusted.hide()
        column.addWidget(self.trusted)
        asked = controls.column(spacing=4)
        asked.addWidget(controls.label(tr("Or the code of a printed page: click here and scan it with a "
                                          "hand scanner, or paste its text"), "small-strong", wrap=True))
        self.code = text_area(tr("Text of the code"), placeholder="shc:/…", lines=3)
        self.code.setTabChangesFocus(True)
        self.code.textChanged.connect(self._typed)
        asked.addWidget(self.code)
        column.addLayout(asked)
        self.check = Button(tr("Check the code"))
        self.check.clicked.connect(self.check_code)
        column.addWidget(FlowBox(self.check))
        self.result = controls.column(spacing=0)
        column.addLayout(self.result)
        column.addStretch(1)
        body.setWidget(inside)
        self.desk_frame(desk, body, "verify")

    # --- what is checked ------------------------------------------------------------------------------

    def choose_and_check(self) -> None:
        if path := self.choose_file(tr("Document to check"), KINDS):
            self.check_file(path)

    def choose_file(self, title: str, kinds: str) -> str:
        return QFileDialog.getOpenFileName(self, title, "", kinds)[0]

    def choose_trust(self) -> None:
        path = self.choose_file(
            tr("Certificate of another clinic"), tr("Certificate (*.pem *.crt *.cer);;All files (*)")
        )
        if not path:
            return
        try:
            content = _read(path)
            self._checking.code("", more=[content])  # raises when it is no certificate
        except LumbarError as error:
            self._failed(error)
            return
        self._more.append(content)
        self.trusted.setText(tr("Believed on this page until it is left: {name}").format(name=Path(path).name))
        self.trusted.show()

    def check_file(self, path: str) -> None:
        """A PDF by its signature; one without a signature and a picture by the codes on it."""
        try:
            content = _read(path)
            if not content.startswith(PDF):
                self._codes(code_scan.in_picture(content))
                return
            beside = Path(path + SUFFIX)
            stamp = _read(str(beside)) if beside.is_file() else b""
        except LumbarError as error:
            self._failed(error)
            return
        more = tuple(self._more)
        self._run(lambda: self._checking.file(content, more=more, stamp=stamp),
                  lambda told: self._checked_file(told, content, Path(path).name), self._failed)

    def _checked_file(self, told: object, content: bytes, name: str) -> None:
        if not isinstance(told, Checked):
            return
        scanned: tuple[str, ...] = ()
        if not told.accepted and b"/ByteRange" not in content:
            try:
                scanned = code_scan.in_pages(content)
            except LumbarError:
                scanned = ()  # what is no PDF has been told already
        if scanned:
            self._codes(scanned, UNSIGNED)
        else:
            self._show([(name, told)])

    def _typed(self) -> None:
        """A hand scanner ends what it types with Enter: then it is checked at once."""
        text = self.code.toPlainText()
        if text.endswith("\n") and len(text.strip()) >= FEWEST:
            self.check_code()

    def check_code(self) -> None:
        text = self.code.toPlainText().strip()
        if not text:
            controls.clear(self.result)
            asked = f"{tr('There is no text to check.')} {tr('Scan or paste the code first.')}"
            told = warning_card(asked, alarm=False)  # not in red: no document was refused
            self.result.addWidget(told)
            reveal(told)
            return
        self.code.blockSignals(True)
        self.code.clear()  # ready for the next scan; what it said stands below
        self.code.blockSignals(False)
        self._codes((text,))
        self.code.setFocus()

    def _codes(self, texts: tuple[str, ...], warning: str = "") -> None:
        """``warning``: what has to be known before the code's own lines are believed of the page it stands on."""
        if not texts:
            self._failed(NoInput(NO_CODE))
            return
        found = [self._checking.code(text, more=self._more) for text in texts]
        if warning:
            found = [replace(told, sentences=(warning, *told.sentences)) for told in found]
        self._show([(tr("Code of a printed page"), told) for told in found], code=True)

    # --- what is said ---------------------------------------------------------------------------------

    def _show(self, found: list[tuple[str, Checked]], *, code: bool = False) -> None:
        controls.clear(self.result)
        cards = [self._verdict(name, told, code=code) for name, told in found]
        for card in cards:
            self.result.addWidget(card)
        reveal(cards[0])

    @staticmethod
    def _verdict(name: str, told: Checked, *, code: bool) -> QWidget:
        """A code proves its own lines only, and may stand on a page that was changed: no green for the page."""
        icon, colour, word = (("alert-octagon", "red", tr("Whole, but it does not hold") if told.accepted
                               else tr("Not accepted")) if not told.holds else
                              ("magnify", "amber", tr("The code is whole; the page is not checked")) if code else
                              ("shield-check-outline", "accent", tr("Whole, and it holds")))
        card = controls.Card(edge=colour, width=2)
        row = controls.row(card, margins=(16, 12, 16, 14), spacing=12)
        row.addWidget(controls.IconLabel(icon, 24, colour), 0, Qt.AlignmentFlag.AlignTop)
        lines = controls.column(spacing=4)
        lines.addWidget(controls.label(word, "subheading", ink=colour, wrap=True))
        lines.addWidget(controls.label(name, "small", ink="text2", wrap=True))
        for sentence in told.sentences:
            lines.addWidget(controls.label(words.with_days(sentence), "body", wrap=True))
        row.addLayout(lines, 1)
        return card

    def _failed(self, error: LumbarError) -> None:
        self._show([(tr("Nothing was checked"), Checked(accepted=False, holds=False, sentences=tuple(
            one for one in (str(error), error.next_step) if one)))])

    def focus_first(self) -> None:
        self.code.setFocus()


def _read(path: str) -> bytes:
    """Raises ``NoInput`` in words."""
    try:
        content = read_at_most(Path(path), code_scan.LARGEST)
    except OSError as problem:
        raise NoInput(tr("The file cannot be read: {value}.").format(value=problem.strerror or problem),
                      next_step=tr("Check that it is there and may be read.")) from problem
    if len(content) > code_scan.LARGEST:
        raise NoInput(tr("This file is larger than any plan or scan."), next_step=tr("Choose another file."))
    return content
