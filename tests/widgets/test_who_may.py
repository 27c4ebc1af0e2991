"""What each role is offered in the window: nothing that is then refused, and nothing that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case, load_case
from desktop_app.engine.model import Pack
from desktop_app.presentation.leaving import ONLY_CLINICIANS
from desktop_app.presentation.wizard import Place
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinician, Role, Verdict
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.emergency_access_dialog import TakeEmergencyAccess
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.preview_page import PreviewPage
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import CLINICIAN, PASSPHRASE, MarkingSigner, MemoryStore, PlainDocuments, StillClock, confirm
from tests.presentation.conftest import answered
from tests.widgets.test_papers import PlainSigner

SLOW = 30_000  # ms that a busy computer may take for a page of paper
LOOKING = (Role.VIEWER, Role.REVIEWER)
Enter = Callable[..., MainWindow]


@pytest.fixture
def enter(window: MainWindow, store: MemoryStore, pack: Pack, clinical: ClinicalArithmetic,
          guideline_folder: Path) -> Enter:
    """A draft and a signed plan by a clinician; then somebody in another role signs in."""

    def desk_of(person: Clinician, *, papers: bool) -> Desk:
        return Desk(pack=pack, clinical=clinical, store=store, clock=StillClock(),
                    documents=Paper if papers else PlainDocuments, signer=PlainSigner if papers else MarkingSigner,
                    confirm=confirm, clinician=person, training=True)

    def come(role: Role, *, papers: bool = False) -> MainWindow:
        clinician = desk_of(CLINICIAN, papers=papers)
        case: Case = load_case(guideline_folder / "cases" / "c01.yaml", pack)
        answers = answered(dict(case.sheet.items()))
        for number in ("TR-0001", "TR-0002"):
            patient = clinician.new_patient(name=f"Patient {number}", number=number, born=date(1954, 3, 3),
                                            sex="female")
            consultation = clinician.open(patient.id)
            consultation.answer_many(answers)
            consultation.close_impression()
            if number == "TR-0002":
                offered = next(o.id for o in consultation.decision.options if o.status.value == "offered"
                               and pack.options[o.id].decidable)
                consultation.choose(offered, Verdict.DECLINE, "She wants to wait")
                consultation.sign(clinician.signer(PASSPHRASE))
        other = replace(CLINICIAN, id="other", name="R. Other", role=role, administers=False)
        window.sit_down(desk_of(other, papers=papers))
        return window

    return come


def offered(page: QWidget) -> list[Button]:
    return [b for b in page.findChildren(Button) if b.isVisibleTo(page) and b.isEnabled()]


def words(page: QWidget) -> str:
    return " ".join(b.accessibleName() for b in offered(page))


@pytest.mark.parametrize("role", LOOKING)
def test_whoever_only_looks_is_offered_to_look(enter: Enter, role: Role) -> None:
    page = enter(role).stack.currentWidget()
    assert isinstance(page, WorklistPage)
    told = words(page)
    assert "Look at the draft" in told
    assert "Look at the signed plan" in told
    assert "New patient" not in told
    assert "New consultation" not in told


@pytest.mark.parametrize("role", LOOKING)
@pytest.mark.parametrize("which", ["TR-0001", "TR-0002"])
def test_no_button_of_a_consultation_is_refused_or_dead(enter: Enter, role: Role, which: str) -> None:
    window = enter(role)
    patient = next(p for p in window.desk.find(which))
    visits = window.desk.visits(patient.id)
    window.open_consultation(window.desk.open_encounter(visits.draft or visits.signed))
    view = window.view
    assert view is not None
    assert view._looking.isVisibleTo(view)
    before = dict(view.wizard.consultation.answers)
    for screen in view.wizard.screens:
        view.go(Place(screen))
        page = view.page
        for part in ("questions", "options") if page.has_options else ("questions",):
            if page.has_options:
                page.show_part(part)
            for card in view.wizard.page(screen).cards if part == "questions" else ():
                page.questions.open_question(card.id)
                opened = page.questions.open_card
                assert opened is None or not opened.editor.isEnabled()
            told = words(page)
            assert not {"Accept", "Change…", "Decline…"} & {b.text() for b in offered(page)}, told
            assert "Take back the decision" not in told
    assert isinstance(view.page, ReviewPage)
    assert not view.page.sign_button.isVisibleTo(view)
    assert view.page.pdf_button.isVisibleTo(view) is (role is Role.REVIEWER)
    assert not view.page.standing.correct_button.isVisibleTo(view)
    assert not view.page.standing.void_button.isVisibleTo(view)
    printing = [b for b in offered(view.page.papers) if b.accessibleName().startswith(("Print", "Save"))]
    assert bool(printing) is (role is Role.REVIEWER and which == "TR-0002")
    assert view.wizard.consultation.answers == before


@pytest.mark.parametrize("role", LOOKING)
def test_a_document_can_be_looked_at_and_taken_out_only_by_who_may(enter: Enter, qtbot: QtBot, role: Role) -> None:
    window = enter(role, papers=True)
    patient = next(p for p in window.desk.find("TR-0002"))
    window.look_at(window.desk.visits(patient.id).signed)
    window.papers.do("look", "care_plan")
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), PreviewPage), timeout=SLOW)
    page = window.stack.currentWidget()
    assert isinstance(page, PreviewPage)
    for button in (page.print_button, page.save_button, page.copy_button, page.open_button):
        assert (button.isVisibleTo(page) and button.isEnabled()) is (role is Role.REVIEWER)


def test_whoever_only_looks_after_the_computer_sees_no_patient_and_is_told_so(enter: Enter) -> None:
    page = enter(Role.ADMIN).stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert not page.row_buttons
    assert not page.search.isVisibleTo(page)
    assert "Patient TR" not in " ".join(label.text() for label in page.findChildren(QLabel))
    assert QApplication.focusWidget() is not None


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.CLINICIAN])
def test_the_settings_of_the_clinic_are_read_by_all_and_changed_by_an_administrator(enter: Enter, role: Role) -> None:
    window = enter(role)
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert not page.save.isVisibleTo(page)
    assert "administrator" in page.said.text()
    assert not page.form.fields["name"].isEnabled()
    assert page.themes["dark"].isEnabled()


def test_an_administrator_changes_them(enter: Enter) -> None:
    window = enter(Role.ADMIN)
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert page.save.isVisibleTo(page)
    assert page.form.fields["name"].isEnabled()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.REVIEWER])
def test_emergency_access_asks_why_opens_the_worklist_and_is_told_to_an_administrator(
    enter: Enter, qtbot: QtBot, store: MemoryStore, role: Role,
) -> None:
    window = enter(role)
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    page.take_access.click()
    dialog = window.findChild(TakeEmergencyAccess)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.check()
    assert not window.desk.access.emergency, "without a reason"
    dialog.reason.setPlainText("The only clinician is in theatre")
    dialog.passphrase.setText("wrong wrong wrong wrong")
    dialog.check()
    qtbot.waitUntil(dialog.go.isEnabled)
    assert not window.desk.access.emergency, "with a wrong passphrase"
    dialog.passphrase.setText(PASSPHRASE)
    dialog.check()
    qtbot.waitUntil(lambda: bool(window.desk.access.emergency))
    qtbot.waitUntil(lambda: window.stack.currentWidget() is not page)
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert "Continue" in words(page)
    assert page.new.isEnabled()
    assert not page.take_access.isVisibleTo(page)
    assert any("The only clinician is in theatre" in label.text() for label in page.findChildren(QLabel))
    row = store.recorded[-1]
    assert (row.deed, row.subject, row.detail) == (Deed.EMERGENCY_ACCESS, "other", "The only clinician is in theatre")
    window.open_consultation(window.desk.open_encounter(window.desk.visits(window.desk.find("TR-0001")[0].id).draft))
    view = window.view
    assert view is not None
    assert "Emergency access" in view._why_only.text()
    assert view.wizard.consultation.can_write
    view.go(Place("review"))
    assert isinstance(view.page, ReviewPage)
    assert not view.page.sign_button.isVisibleTo(view), "it never signs"


def test_a_clinician_needs_none(enter: Enter) -> None:
    page = enter(Role.CLINICIAN).stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert not page.take_access.isVisibleTo(page)


def test_an_administrator_is_told_until_they_have_looked_through_it(enter: Enter, store: MemoryStore) -> None:
    store.recorded.append(AuditEvent(Deed.EMERGENCY_ACCESS, "taken", subject="viewer", detail="Nobody else was here"))
    window = enter(Role.ADMIN)
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    assert any("Nobody else was here" in label.text() for label in page.findChildren(QLabel))
    page.looked_through.click()
    page = window.stack.currentWidget()
    assert not any("Nobody else was here" in label.text() for label in page.findChildren(QLabel))
    assert store.recorded[-1].what == "looked through"


def test_an_administrator_who_took_it_leaves_it_to_another(enter: Enter, store: MemoryStore) -> None:
    store.recorded.append(AuditEvent(Deed.EMERGENCY_ACCESS, "taken", subject="other", detail="Nobody else was here"))
    store.people = [replace(CLINICIAN, id="second", name="S. Second", role=Role.ADMIN)]
    page = enter(Role.ADMIN).stack.currentWidget()
    assert isinstance(page, WorklistPage)
    [told] = [label.text() for label in page.findChildren(QLabel) if "Nobody else was here" in label.text()]
    assert "another administrator has to look through it" in told
    assert "S. Second" in told
    assert not any(button.text() == "I have looked through it" for button in page.findChildren(Button))


@pytest.mark.parametrize("role", [*LOOKING, Role.CLINICIAN])
def test_all_data_of_a_patient_leave_by_a_clinician_and_others_are_told_so(enter: Enter, role: Role) -> None:
    window = enter(role)
    window.show_patient(window.desk.find("TR-0002")[0].id)
    page = window.stack.currentWidget()
    assert page is not None
    told = words(page)
    assert ("Save everything" in told) is (role is Role.CLINICIAN)
    assert ("Erase this patient" in told) is (role is Role.CLINICIAN)
    said = any(label.text() == ONLY_CLINICIANS for label in page.findChildren(QLabel))
    assert said is (role is not Role.CLINICIAN)
