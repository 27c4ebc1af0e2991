"""Settings: the clinic, its telephone numbers and services, how the program looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, Signal, SignalInstance

from desktop_app import language, log
from desktop_app.language import tr, trc
from desktop_app.presentation import forms
from desktop_app.presentation.forms import Typed
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.domain import Clinic
from desktop_app.use_cases.errors import LumbarError
from desktop_app.use_cases.permissions import Action
from desktop_app.use_cases.retention import YEARS
from desktop_app.widgets import controls
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.choosers import Tick
from desktop_app.widgets.clinic_form import ClinicForm
from desktop_app.widgets.desk_shell import DeskShell
from desktop_app.widgets.form import Form, choice_row, chosen
from desktop_app.widgets.letterhead_part import LetterheadPart
from desktop_app.widgets.problem_report import problem_report
from desktop_app.widgets.report_button import ReportButton
from desktop_app.widgets.system_text import system_text_size
from desktop_app.widgets.theme import AS_SYSTEM
from desktop_app.widgets.tokens import TEXT_SIZES
from desktop_app.widgets.unsaved import Unsaved

THEMES = (
    ("system", tr("As the system")),
    ("light", tr("Light")),
    ("dark", tr("Dark")),
    ("high contrast", tr("High contrast")),
)
LOCK_MINUTES = (1, 2, 5, 10, 15, 30)


class Changes(NamedTuple):
    """What stood in the fields when the page had to go: for another look, or for the lock."""

    typed: Typed
    lock_minutes: str
    years: str


class SettingsPage(DeskShell):
    help_topic = "settings"
    look = Signal(str, float)
    saved = Signal()
    to_keys = Signal()
    to_people = Signal()
    to_record = Signal()
    to_retention = Signal()
    to_guideline = Signal()
    to_backups = Signal()
    to_passphrase = Signal()
    to_close = Signal()  # the window

    def __init__(self, desk: ClinicDesk, theme_name: str, text_scale: float, changes: Changes | None = None,
                 save_file: Callable[[str, bytes], None] | None = None) -> None:
        """``changes``: what stood in the fields before. ``save_file`` writes a problem report."""
        super().__init__()
        self.desk = desk
        self.form = Form(tr("Settings"), "", width=680)
        self.desk_frame(desk, self.form, "settings")
        self._theme, self._scale = theme_name, text_scale
        self._given_up = False  # “Do not save” was said
        self.form.heading(trc("settings", "Look"))
        holder, self.themes = choice_row(THEMES, theme_name)
        for name, button in self.themes.items():
            button.clicked.connect(lambda _=False, n=name: self._look(n, self._scale))
        self.form.labelled("theme", tr("Colours"), holder)
        sizes = ((str(AS_SYSTEM), tr("As the system, {size} %").format(size=round(system_text_size() * 100))),
                 *((str(size), f"{round(size * 100)} %") for size in TEXT_SIZES))
        holder, self.scales = choice_row(sizes, str(text_scale))
        for text, button in self.scales.items():
            button.clicked.connect(lambda _=False, t=text: self._look(self._theme, float(t)))
        self.form.labelled("scale", tr("Text size"), holder)
        holder, self.languages = choice_row(
            ((language.SYSTEM, tr("As the system")), *language.LANGUAGES.items()), language.chosen())
        for code, button in self.languages.items():
            button.clicked.connect(lambda _=False, c=code: language.choose(c))
        self.form.labelled("language", tr("Language of the screens"), holder,
                           hint=tr("Counts from the next start. French and Spanish are machine-drafted and not "
                                   "reviewed."))
        kept, phones, services = forms.clinic_form(desk.pack, desk.clinic)
        kept = changes.typed if changes is not None else kept
        self.form.heading(tr("Consultation"))
        self.impression = Tick(tr("Ask for my own impression before advice on treatment"))
        self.impression.setChecked(kept.ask_impression)
        self.form.labelled("impression", "", self.impression, hint=tr("Whoever has thought first judges the "
                                                                      "advice better. It can be left out in "
                                                                      "each consultation."))
        self._people_part()
        waits = tuple((str(n), tr("{n} min").format(n=n)) for n in LOCK_MINUTES)
        holder, self.locks = choice_row(
            waits, changes.lock_minutes if changes is not None else str(desk.clinic.lock_minutes))
        self.form.labelled("locks", tr("Lock when nobody touches the computer for"), holder,
                           hint=tr("From the next sign-in. Ctrl+L locks at once."))
        if desk.keys is not None:
            self.form.heading(tr("Signature and keys"), tr("Which certificate signs your plans, another one from "
                                                       "a file, and a new recovery key."))
            self.keys = Button(tr("Signature and keys…"), look="body", icon="key-outline")
            self.keys.clicked.connect(lambda: self.leave_by(self.to_keys))
            self.form.buttons(self.keys)
        self._records_part(changes.years if changes is not None else str(desk.clinic.retention_years))
        self._guideline_part()
        self.letterhead = LetterheadPart(self.form, kept.letterhead, desk.logo)
        self.clinic = ClinicForm(self.form, kept, phones, services)
        if save_file is not None:
            self.form.heading(tr("This program"), tr("When something went wrong: a report says where in the program, "
                                                     "and under which versions. It holds nothing of a patient and is "
                                                     "sent nowhere."))
            self.report = ReportButton(self._problem_report, save_file)
            self.report.setContentsMargins(0, 8, 0, 0)  # as far below its words as the other buttons
            self.form.put(self.report)
        self.said = controls.label("", "small-strong", ink="accent")
        self.footer_bar.buttons.addWidget(self.said)
        self.save = self.footer_bar.add(Button(tr("Save settings"), "primary", icon="content-save"))
        self.save.clicked.connect(self.keep)
        self._only_for_administrators()

    def _only_for_administrators(self) -> None:
        """Whoever may not change the clinic's settings reads them, and is told why."""
        may = self.desk.access.may(Action.CHANGE_CLINIC)
        self.save.setVisible(may)
        self.save.setEnabled(may)
        if may:
            return
        self.said.setText(tr("An administrator changes the settings of the clinic."))
        clinic = ("name", "address", "telephone", "station", *(f"phone.{one.id}" for one in self.desk.pack.phones),
                  *(f"service.{one}" for one in self.desk.pack.services))
        for name in ("impression", "locks", "years", "logo", "page_size", "top", "paper_language", *clinic):
            self.form.only_shown(name)

    @staticmethod
    def _problem_report() -> str:
        return problem_report(None, None, QCoreApplication.applicationVersion(), log.newest())

    def _records_part(self, time: str) -> None:
        """What is done with all records together. ``time``: the years that are chosen."""
        box = []
        if self.desk.backups is not None:
            self.backups = Button(tr("Backups…"), look="body", icon="content-save")
            self.backups.clicked.connect(lambda: self.leave_by(self.to_backups))
            box.append(self.backups)
        if self.desk.record is not None and self.desk.access.may(Action.SEE_AUDIT):
            self.record = Button(tr("Record of use…"), look="body", icon="clipboard-check-outline")
            self.record.clicked.connect(lambda: self.leave_by(self.to_record))
            box.append(self.record)
        if self.desk.access.may(Action.SEE_RETENTION):
            self.retention = Button(tr("Time of keeping…"), look="body", icon="clock-time-four")
            self.retention.clicked.connect(lambda: self.leave_by(self.to_retention))
            box.append(self.retention)
        if box:
            self.form.heading(tr("Records"), tr("Copies of the records, and who did what with them."))
            self.form.buttons(*box)
        kept = self.desk.clinic.retention_years
        years = tuple((str(n), tr("{n} years").format(n=n) if n else tr("No time set"))
                      for n in sorted({*YEARS, kept}))
        holder, self.years = choice_row(years, time)
        self.form.labelled("years", tr("Keep records after the last entry for"), holder,
                           hint=tr("After that a patient is proposed for erasing; nothing is erased by itself. The law "
                                   "of your country says how long records have to be kept."))

    def _guideline_part(self) -> None:
        """Which edition gives the advice, and what has to be said of it."""
        editions = self.desk.editions
        if editions is None:
            return
        self.form.heading(tr("Guideline"), tr("Edition {version}. {state}.").format(
            version=self.desk.pack.info.version, state=self.desk.pack.info.state_words))
        for warning in editions.warnings(self.desk.today):
            self.form.put(controls.label(warning, "small-strong", ink="red", wrap=True))
        self.guideline = Button(tr("Editions and approval…"), look="body", icon="check-decagram")
        self.guideline.clicked.connect(lambda: self.leave_by(self.to_guideline))
        self.form.buttons(self.guideline)

    def _people_part(self) -> None:
        """Who works here, for whoever looks after it; for everybody their own passphrase."""
        people = self.desk.people
        if people is None:
            return
        self.form.heading(tr("People and passphrase"), tr("Who works at this computer, and the passphrase you "
                                                      "unlock it with."))
        self.people = Button(tr("People…"), look="body", icon="account-multiple-outline")
        self.people.clicked.connect(lambda: self.leave_by(self.to_people))
        self.people.setVisible(self.desk.access.may(Action.MANAGE_PEOPLE))
        self.passphrase = Button(tr("Change my passphrase…"), look="body", icon="lock-outline")
        self.passphrase.clicked.connect(self.to_passphrase)
        self.form.buttons(self.people, self.passphrase)

    def _look(self, name: str, text_scale: float) -> None:
        self._theme, self._scale = name, text_scale
        self.look.emit(name, text_scale)

    def typed(self) -> Typed:
        return replace(self.clinic.typed(), ask_impression=self.impression.isChecked(),
                       letterhead=self.letterhead.typed())

    def changes(self) -> Changes:
        return Changes(self.typed(), chosen(self.locks), chosen(self.years))

    def _clinic(self) -> Clinic:
        """The clinic as it stands in the fields."""
        return replace(forms.clinic_of(self.typed(), self.desk.clinic), lock_minutes=int(chosen(self.locks)),
                       retention_years=int(chosen(self.years)))

    def unsaved(self) -> bool:
        """Whether whoever may save has changed something and has not."""
        stored, _phones, _services = forms.clinic_form(self.desk.pack, self.desk.clinic)
        return not self._given_up and self.desk.access.may(Action.CHANGE_CLINIC) and (
            self._clinic() != forms.clinic_of(stored, self.desk.clinic))

    def leave_by(self, way: SignalInstance) -> None:
        if not self.unsaved():
            way.emit()
            return
        ask = Unsaved(self.window())
        ask.without.connect(lambda: self._leave_without(way))
        ask.accepted.connect(lambda: way.emit() if self.keep() else None)
        ask.open()

    def _leave_without(self, way: SignalInstance) -> None:
        self._given_up = True
        way.emit()

    def keep(self) -> bool:
        """Save; False where something is wrong, which is said."""
        if not self.form.show_mistakes(self.clinic.mistakes()):
            self.said.setText(tr("Not saved: see the red words."))
            return False
        try:
            self.desk.save_clinic(self._clinic())
        except LumbarError as error:
            self.said.setText(str(error))
            return False
        self.said.setText(tr("Saved."))
        self.saved.emit()
        return True

    def focus_first(self) -> None:
        self.themes.get(self._theme, next(iter(self.themes.values()))).setFocus()
