"""The record of use: who did what to whose data, newest first; checked on demand, an extract to take along."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import record_of_use as words
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.presentation.record_of_use import Checked, RecordRow
from desktop_app.use_cases.audit import ALL_ROWS, AuditFilter, AuditVerdict
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.permissions import Action
from desktop_app.use_cases.record_of_use import PAGE, Named, RecordOfUse
from desktop_app.widgets import controls, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.fields import field
from desktop_app.widgets.flow_box import FlowBox
from desktop_app.widgets.form import Form
from desktop_app.widgets.keys_page import Run
from desktop_app.widgets.reveal import reveal
from desktop_app.widgets.shell import LARGE

WHEN, WHO = 168, 150  # px


class TakeExtract(Confirm):
    """The passphrase once more before rows leave the program."""

    help_topic = "record_of_use"

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Save an extract?"),
                         tr("The rows that are shown, and those that the filter finds further back, as a table in a "
                            "file that is not locked. That it was taken is recorded."), tr("Save…"))
        self.ask_passphrase()
        self.passphrase.setFocus()


class RecordPage(DeskShell):
    """A page of rows at a time, so that a hundred thousand of them take no longer than fifty."""

    help_topic = "record_of_use"

    def __init__(self, desk: ClinicDesk, record: RecordOfUse, run: Run, choose_file: Callable[[str], str],
                 write: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self.desk, self._record, self._run = desk, record, run
        self._choose_file, self._write = choose_file, write
        self._wanted, self._last = ALL_ROWS, 0
        self.form = Form(tr("Record of use"), tr("Everything that was done with the records on this computer, newest "
                                                 "first. Nobody can take a row out unseen."), width=920)
        self.desk_frame(desk, self.form, "settings")
        self._filters()
        self.said = controls.label("", "small-strong", ink="accent", wrap=True)
        self.wrong = controls.label("", "small-strong", ink="red", wrap=True)
        for line in (self.said, self.wrong):
            line.hide()
            self.form.put(line)
        self._verdict = QWidget()
        self._told = controls.column(self._verdict, margins=(0, 8, 0, 0))
        self.form.put(self._verdict)
        self._list = QWidget()
        self._column = controls.column(self._list, margins=(0, 12, 0, 0), spacing=0)
        self.form.put(self._list)
        self.older = Button(tr("Show older rows"), look="body", icon="chevron-down")
        self.older.clicked.connect(self.show_older)
        self.form.put(FlowBox(self.older))
        self.back = self.footer_bar.add(Button(tr("Settings"), icon="arrow-left"))
        self.back.clicked.connect(self.to_settings)
        self.extract = self.footer_bar.add(Button(tr("Save an extract…"), icon="content-save"))
        self.extract.clicked.connect(self.ask_for_extract)
        self.check = self.footer_bar.add(Button(tr("Check the record"), "primary", icon="shield-check-outline"))
        self.check.clicked.connect(self.begin_check)
        self.rows: list[RecordRow] = []
        self.show_newest()

    def _filters(self) -> None:
        self.by = Pick(tr("Who did it"))
        self.by.addItem(words.EVERYBODY, "")
        for name, label in self._record.people().items():
            self.by.addItem(label, name)
        self.kind = Pick(tr("What was done"))
        for name, label in words.kinds():
            self.kind.addItem(label, name)
        self.patient = field(tr("A patient's name or number"), placeholder=tr("A patient's name or number"), width=240)
        for pick in (self.by, self.kind):
            pick.currentIndexChanged.connect(self.show_newest)
        self.patient.editingFinished.connect(self.show_newest)
        sees = self.desk.access.may(Action.SEE_PATIENTS)
        box = [self.by, self.kind]
        if sees:
            self.form.put(FlowBox(*box, self.patient, gap=12))
        else:
            controls.keep_hidden(self.patient, self)
            self.form.put(FlowBox(*box, gap=12))

    # --- rows -----------------------------------------------------------------------------------------

    def show_newest(self) -> None:
        """The first page of what the filter finds."""
        patient = self._patient_found()
        if patient is None:
            return
        self._wanted = AuditFilter(patient, str(self.by.currentData() or ""), str(self.kind.currentData() or ""))
        controls.clear(self._column)
        self.rows, self._last = [], 0
        self._add(self._record.rows(self._wanted))
        if not self.rows:
            self._column.addWidget(controls.label(tr("Nothing was done that fits."), "body", ink="text2", wrap=True))

    def show_older(self) -> None:
        count = len(self.rows)
        self._add(self._record.rows(self._wanted, before=self._last))
        if not self.older.isVisible():
            self.back.setFocus()
        if len(self.rows) > count and (line := self._column.itemAt(self._column.count() - 1)) is not None:
            widget = line.widget()
            if widget is not None:
                reveal(widget)

    def _add(self, found: tuple[Named, ...]) -> None:
        for one in found:
            if self.rows:
                self._column.addWidget(controls.Rule())
            row = words.row(one, self.desk.pack)
            self.rows.append(row)
            self._column.addWidget(self._line(row))
            self._last = row.sequence
        self.older.setVisible(len(found) == PAGE)

    def _patient_found(self) -> str | None:
        """The id of the one patient that was written, "" for all; None, with words, when it is not one."""
        text = self.patient.text().strip()
        found = self._record.patients(text) if text else ()
        told = ""
        if text and len(found) != 1:
            told = tr("Nobody is called “{text}”.").format(text=text) if not found else tr(
                "{count} patients fit “{text}”: write more of the name, or the number.").format(count=len(found),
                                                                                             text=text)
        self._say(told, wrong=True)
        if told:
            return None
        return found[0].id if found else ""

    def _line(self, row: RecordRow) -> QWidget:
        holder = QWidget()
        told = controls.column(spacing=0)
        told.addWidget(controls.label(row.what, "small-strong" if row.loud else "small", ink="red" if row.loud else "",
                                      wrap=True))
        for text in (row.whose, row.detail):
            if text:
                told.addWidget(controls.label(text, "caption", ink="text2", wrap=True))
        when = controls.label(row.when, "caption", ink="text2", wrap=True)
        who = controls.label(row.who, "small", wrap=True)
        if theme.scale() >= LARGE:
            column = controls.column(holder, margins=(0, 8, 0, 8), spacing=2)
            column.addWidget(when)
            column.addWidget(who)
            column.addLayout(told)
            return holder
        line = controls.row(holder, margins=(0, 8, 0, 8), spacing=16)
        when.setFixedWidth(theme.px(WHEN))
        who.setFixedWidth(theme.px(WHO))
        line.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(who, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(told, 1)
        return holder

    # --- checking and taking along --------------------------------------------------------------------

    def begin_check(self) -> None:
        self._say(tr("Reading every row …"), wrong=False)

        def done(found: object) -> None:
            self._say("", wrong=False)
            if isinstance(found, AuditVerdict):
                self.show_verdict(words.checked(found))

        self._run(self._record.check, done, self._failed)

    def show_verdict(self, found: Checked) -> None:
        controls.clear(self._told)
        card = controls.Card(edge="accent" if found.sound else "red", width=1 if found.sound else 2)
        row = controls.row(card, margins=(16, 12, 16, 12), spacing=12)
        row.addWidget(controls.IconLabel("shield-check-outline" if found.sound else "alert-octagon", 22,
                                         "accent" if found.sound else "red"), 0, Qt.AlignmentFlag.AlignTop)
        told = controls.column(spacing=2)
        told.addWidget(controls.label(found.title, "strong", wrap=True))
        for line in found.lines:
            told.addWidget(controls.label(line, "small", ink="text2" if found.sound else "", wrap=True))
        row.addLayout(told, 1)
        self._told.addWidget(card)
        card.setAccessibleName(found.title)
        reveal(self._verdict)

    def ask_for_extract(self) -> None:
        dialog = TakeExtract(self)
        dialog.tried.connect(lambda secret: self._run(lambda: self._record.extract(secret, self._wanted),
                                                      lambda content: self._take(dialog, content), dialog.show_error))
        dialog.open()

    def _take(self, dialog: TakeExtract, content: object) -> None:
        dialog.accept()
        path = self._choose_file("record-of-use.csv")
        if not path or not isinstance(content, bytes):
            return
        try:
            self._write(path, content)
        except LumbarError as error:
            self._failed(error)
            return
        self._say(tr("Saved: {path}").format(path=path), wrong=False)

    def _failed(self, error: LumbarError) -> None:
        self._say(f"{error} {error.next_step}".strip(), wrong=True)

    def _say(self, text: str, *, wrong: bool) -> None:
        for label, shown in ((self.wrong, wrong), (self.said, not wrong)):
            label.setText(text if shown else "")
            label.setVisible(bool(text) and shown)
        if text:
            reveal(self.wrong if wrong else self.said)

    def focus_first(self) -> None:
        self.check.setFocus()
