"""Draws every screen into PNG files, so that each can be looked at in every theme and text size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr
from desktop_app.presentation import forms
from desktop_app.presentation.emergency import numbers_of
from desktop_app.presentation.help import CONTENTS, HOW_IT_DECIDES, KEYS
from desktop_app.presentation.papers import LOOK
from desktop_app.presentation.ports import ClinicDesk, Door, OpenConsultation
from desktop_app.presentation.wizard import CORRELATION, OPTIONS, REVIEW, Place
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import EncounterState, PaperKind, WorklistRow
from desktop_app.use_cases.errors import KeyFileMissing, StoreDamaged, WrongPassphrase
from desktop_app.use_cases.keys import KeyUser
from desktop_app.use_cases.people import Code
from desktop_app.widgets import theme
from desktop_app.widgets.app import application
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.focus_ring import FocusRing
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.keys_page import KeysPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_page import MedicinesPage
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.numbers_page import NumbersPage
from desktop_app.widgets.people_page import CodeDialog, PeoplePage, PersonDialog
from desktop_app.widgets.print_dialog import PrintDialog
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.recovery_page import RecoveryPage
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage

PATIENTS = 3
FICTIONAL_KEY = "FRCT1-0NAQK-EYF0R-THEP1-CTVRE-23456-789AB-CDEFG"


def settle() -> None:
    """Let layouts and everything they ask for happen now."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _take(window: QWidget, folder: Path, name: str) -> Path:
    settle()
    target = folder / f"{name}.png"
    window.grab().save(str(target))
    return target


def _steps(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    for number, screen in enumerate(view.wizard.screens, start=1):
        view.go(Place(screen))
        page = view.page
        if page.has_options and view.wizard.consultation.asks_impression:
            page.show_part(OPTIONS)
            yield _take(window, folder, f"{prefix}-{number}-{screen}-own-impression")
            page.own.done.emit("")
        if page.has_options and view.wizard.page(screen).total:
            page.show_part("questions")
            yield _take(window, folder, f"{prefix}-{number}-{screen}")
            if isinstance(page, ImagingPage):
                yield from _correlation(window, page, folder, f"{prefix}-{number}-{screen}")
            page.show_part(OPTIONS)
            yield _take(window, folder, f"{prefix}-{number}-{screen}-options")
            yield from _deeper(window, view, folder, f"{prefix}-{number}-{screen}")
        else:
            yield _take(window, folder, f"{prefix}-{number}-{screen}")
        for card in view.wizard.page(screen).drawn().values():  # answered on the body map
            view.go(Place(screen, card.id))
            yield _take(window, folder, f"{prefix}-{number}-{screen}-{card.id}")


def _papers(window: MainWindow, view: ConsultationView, folder: Path, prefix: str) -> Iterator[Path]:
    """The review with its documents, the plan in the preview with words found in it, and the way to the printer."""
    view.go(Place(REVIEW))
    page = view.page
    if not isinstance(page, ReviewPage):
        return
    yield _take(window, folder, f"{prefix}-documents")
    page.papers.buttons[LOOK, PaperKind.CARE_PLAN.value].click()
    window.gate.wait()
    settle()
    preview = window.papers.preview
    if preview is None:  # the documents of a test are no PDF
        return
    yield _take(window, folder, f"{prefix}-preview")
    preview.search.setText("guideline")
    preview.show_hit(-1)
    yield _take(window, folder, f"{prefix}-preview-search")
    for name, names in (("print", ("Ward printer", "Office")), ("print-no-printer", ())):
        dialog = PrintDialog(window, preview.pages, preview.row, names=partial(tuple, names))
        dialog.show()
        yield _take(dialog, folder, f"{prefix}-{name}")
        dialog.close()
    preview.leave.emit()


def _correlation(window: MainWindow, page: ImagingPage, folder: Path, name: str) -> Iterator[Path]:
    """Signs and report beside each other: as it opens, with why, and down to its lists."""
    page.show_part(CORRELATION)
    yield _take(window, folder, f"{name}-correlation")
    for number, what in enumerate(page.correlation.verdict.panels):
        page.correlation.verdict.toggle(what)
        yield _take(window, folder, f"{name}-correlation-{('why', 'changes', 'follows')[number]}")
    page.correlation.verdict.toggle(what)
    settle()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    yield _take(window, folder, f"{name}-correlation-lists")


def _deeper(window: MainWindow, view: ConsultationView, folder: Path, name: str) -> Iterator[Path]:
    """What lies one step behind the options: why, the list with nothing open, two side by side."""
    page = view.page
    card = page.options.open_card
    if card is not None:
        card.panels[tr("Why")][0].click()
        yield _take(window, folder, f"{name}-options-why")
    page.options.open_option("")
    settle()
    page.verticalScrollBar().setValue(0)
    yield _take(window, folder, f"{name}-options-shut")
    if isinstance(page, MedicinesPage):
        page.unfold(shown=True)
        yield _take(window, folder, f"{name}-doses-and-dates")
    page.compare_first()
    if page.comparison is not None:
        yield _take(page.comparison, folder, f"{name}-options-compared")
        page.comparison.close()


def render_consultation(window: MainWindow, consultation: OpenConsultation, folder: Path, prefix: str) -> list[Path]:
    """Every step of one consultation, and its emergency page where it has one."""
    window.open_consultation(consultation)
    view = window.view
    if view is None:
        return []
    if view.wizard.emergency():
        return [_take(window, folder, f"{prefix}-emergency-page")]
    return [*_steps(window, view, folder, prefix), *_papers(window, view, folder, prefix)]


def _signed(window: MainWindow, desk: ClinicDesk, folder: Path) -> list[Path]:
    """A signed plan as it is found again from the worklist."""
    name = next((row.encounter_id for row in desk.worklist() if row.state is EncounterState.SIGNED), "")
    if not name:
        return []
    window.look_at(name)
    return list(_papers(window, window.view, folder, "signed")) if window.view is not None else []


def _in_use(window: MainWindow, page: QWidget | None, folder: Path) -> list[Path]:
    """A page of the desk while something is done on it: a search, mistakes, its lower part."""
    if isinstance(page, WorklistPage):
        page.search.setText("m")
        return [_take(window, folder, "desk-worklist-search")]
    if isinstance(page, NewPatientPage):
        page.begin()
        return [_take(window, folder, "desk-new-patient-mistakes")]
    if isinstance(page, SettingsPage):
        page.form.verticalScrollBar().setValue(page.form.verticalScrollBar().maximum() * 3 // 4)
        return [_take(window, folder, "desk-settings-numbers")]
    if isinstance(page, PeoplePage):
        return list(_people(page, folder))
    if isinstance(page, KeysPage):
        page.adopt()
        return [_take(window, folder, "desk-keys-mistakes")]
    return []


def _people(page: PeoplePage, folder: Path) -> Iterator[Path]:
    """The dialogs of the page of people: somebody new, and a code."""
    code = Code("L. Berg", "FRCT1-0NAQK-EYF0R-THEP1", page.desk.today)
    for name, dialog in (("person", PersonDialog(page, None)), ("code", CodeDialog(page, code))):
        dialog.show()
        yield _take(dialog, folder, f"desk-people-{name}")
        dialog.close()


def _blank_papers(window: MainWindow, folder: Path) -> list[Path]:
    """The papers for the day without power, where the desk can make them."""
    found = []
    for blank in Blank:
        window.show_worklist()
        window.papers.look_at_blank(blank.value)
        window.gate.wait()
        settle()
        if window.papers.preview is not None:
            found.append(_take(window, folder, f"desk-{blank.value}"))
    return found


def render_doors(window: MainWindow, desk: ClinicDesk, folder: Path) -> list[Path]:
    """First start, recovery, unlock with its three troubles, and the pages of the desk."""
    found = []
    users = [KeyUser("1", desk.clinician.name)]
    first = FirstStartPage(desk.pack, training=False)
    unlock = UnlockPage(users, training=desk.training)
    for name, page in (("first-start", first),
                       ("recovery-key", RecoveryKeyPage(FICTIONAL_KEY, desk, lambda _name, _content: None)),
                       ("recovery", RecoveryPage(users, training=False)), ("unlock", unlock)):
        window.show_page(page)
        page.focus_first()
        found.append(_take(window, folder, f"door-{name}"))
        if page is first:
            first.press()
            found.append(_take(window, folder, "door-first-start-mistakes"))
    for label, error in (("wrong-passphrase", WrongPassphrase("No user's place in the key file opens with it.")),
                         ("key-file-missing", KeyFileMissing("There is no key file in the folder of the records.")),
                         ("damaged", StoreDamaged("The stored records cannot be read."))):
        unlock.show_error(error)
        found.append(_take(window, folder, f"door-unlock-{label}"))
    window.show_page(UnlockPage([*users, KeyUser("2", "L. Berg"), KeyUser("3", "O. Sander", by_code=True)],
                                training=desk.training))
    found.append(_take(window, folder, "door-unlock-who"))
    window.show_page(UnlockPage([KeyUser("3", "O. Sander", by_code=True)], training=desk.training))
    found.append(_take(window, folder, "door-unlock-code"))
    numbers = NumbersPage(desk.pack, numbers_of(desk.pack, desk.clinic.phones, desk.clinic.phones_none),
                          training=desk.training)
    window.show_page(numbers)
    found.append(_take(window, folder, "door-numbers"))
    error_page = ErrorPage(forms.trouble(StoreDamaged("The stored records cannot be read.")))
    window.show_page(error_page)
    error_page.focus_first()
    found.append(_take(window, folder, "door-error"))
    keys = (("keys", window.show_keys),) if desk.keys is not None else ()
    people = (("people", window.show_people),) if desk.people is not None else ()
    editions = (("guideline", window.show_guideline),) if desk.editions is not None else ()
    found += _blank_papers(window, folder)
    for name, show in (("worklist", window.show_worklist), ("new-patient", window.show_new_patient),
                       ("settings", window.show_settings), *keys, *people, *editions):
        show()
        found.append(_take(window, folder, f"desk-{name}"))
        found += _in_use(window, window.stack.currentWidget(), folder)
    return found


def render_help(window: MainWindow, folder: Path) -> list[Path]:
    """Help over the page in sight, the list of keys, how the program decides, search, and the tour stop by stop."""
    found = []
    window.help.close()
    window.show_worklist()
    for name, topic in (("page", ""), ("keys", KEYS), ("all", CONTENTS), ("how-it-decides", HOW_IT_DECIDES)):
        window.open_help(topic)
        found.append(_take(window, folder, f"help-{name}"))
    if window.help.panel is not None:
        window.help.panel.search.setText("date")
        found.append(_take(window, folder, "help-search"))
    window.help.close()
    window.take_tour()
    while window.tour.on:
        settle()
        window.tour.follow()
        found.append(_take(window, folder, f"tour-{window.tour.index + 1:02d}-{window.tour.stop.id}"))
        window.tour.next()
    return found


def render_consultation_help(window: MainWindow, folder: Path, prefix: str) -> list[Path]:
    """Help inside a consultation: the page's own, and what is not known for this patient."""
    found = []
    for name, topic in (("page", ""), ("how-it-decides", HOW_IT_DECIDES)):
        window.open_help(topic)
        found.append(_take(window, folder, f"help-{prefix}-{name}"))
    window.help.close()
    return found


def render_screens(door: Door, passphrase: str, folder: Path, theme_name: str = "light",
                   scale: float = 1.0) -> list[Path]:
    """Every page of the program on three of the door's patients, one of them an emergency where there is one."""
    desk = door.sign_in(door.users()[0].id, passphrase)
    try:
        return render_desk(folder, desk, {str(number): desk.open_encounter(row.encounter_id)
                                          for number, row in enumerate(_three(list(desk.worklist())), start=1)},
                           theme_name=theme_name, scale=scale)
    finally:
        door.lock()


def _three(rows: list[WorklistRow]) -> list[WorklistRow]:
    """As different as the list has them: an emergency, one that is final, one that is not."""
    kinds = {(row.emergency, row.final): row for row in reversed(rows)}
    found = sorted(kinds.values(), key=lambda row: not row.emergency)[:PATIENTS]
    others = sorted((row for row in rows if row not in found), key=lambda row: row.emergency)
    calm = [row for row in found[1:] if not row.emergency]
    return [*found[:1], *calm, *others][:PATIENTS]


def render_correlations(folder: Path, desk: ClinicDesk, consultations: Mapping[str, OpenConsultation], *,
                        theme_name: str = "light", scale: float = 1.0,
                        size: tuple[int, int] = (1280, 800)) -> list[Path]:
    """The correlation of each consultation: how it opens, and its end with checklist and lists."""
    app = application()
    ring = FocusRing(app)
    folder.mkdir(parents=True, exist_ok=True)
    theme.apply(app, theme_name, scale)
    window = MainWindow(desk, save_file=lambda _name, _content: None, how_it_looks=lambda: (theme_name, scale))
    window.resize(*size)
    window.show()
    window.activateWindow()
    found = []
    for name, consultation in consultations.items():
        window.open_consultation(consultation)
        if window.view is not None:
            window.view.go(Place("imaging", CORRELATION))
            found.append(_take(window, folder, f"correlation-{name}"))
            bar = window.view.page.verticalScrollBar()
            bar.setValue(bar.maximum())
            found.append(_take(window, folder, f"correlation-{name}-end"))
    window.close()
    window.deleteLater()
    app.focusChanged.disconnect(ring.follow)
    ring.deleteLater()
    settle()
    return found


def render_desk(folder: Path, desk: ClinicDesk, consultations: dict[str, OpenConsultation], *,
                theme_name: str = "light", scale: float = 1.0, size: tuple[int, int] = (1280, 800)) -> list[Path]:
    """Every page of the program as a PNG in ``folder``; returns the files in the order of a session."""
    app = application()
    ring = FocusRing(app)
    folder.mkdir(parents=True, exist_ok=True)
    theme.apply(app, theme_name, scale)
    window = MainWindow(desk, save_file=lambda _name, _content: None, how_it_looks=lambda: (theme_name, scale))
    window.resize(*size)
    window.show()
    window.activateWindow()
    found = render_doors(window, desk, folder)
    for prefix, consultation in consultations.items():
        found += render_consultation(window, consultation, folder, prefix)
        found += render_consultation_help(window, folder, prefix)
    found += _signed(window, desk, folder)
    if window.training:
        found += render_help(window, folder)
    window.close()
    window.deleteLater()
    app.focusChanged.disconnect(ring.follow)
    ring.deleteLater()
    settle()
    return found
