"""In the window: a signed plan is corrected or voided, and is marked wherever it is shown or printed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.presentation import papers
from desktop_app.presentation.papers import LOOK
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.use_cases.domain import EncounterState, PaperKind
from desktop_app.use_cases.errors import DiskFull
from desktop_app.widgets import controls, shots
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.correct_dialogs import CorrectPlan, VoidPlan
from desktop_app.widgets.main_window import SMALLEST, MainWindow
from desktop_app.widgets.page_mark import draw
from desktop_app.widgets.paper_printer import Order, PrintJob
from desktop_app.widgets.patient_page import PatientPage
from desktop_app.widgets.pdf_pages import PdfPages
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import PASSPHRASE, MemoryStore
from tests.widgets.test_every_page import problems
from tests.widgets.test_papers import PlainSigner, desk, draft, page_of, signed  # noqa: F401 - fixtures
from tests.widgets.test_printing import pdf_printer

PLAN = PaperKind.CARE_PLAN.value
WHY = "The fracture is at L2, not at L1"
WRONG = "Answers of another patient"


def said(page: QWidget) -> str:
    texts = [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]
    chips = [one.text for one in page.findChildren(controls.Chip) if one.isVisibleTo(page)]
    return " | ".join([*texts, *chips])


def correct(window: MainWindow, why: str = WHY) -> CorrectPlan:
    page_of(window).standing.correct_button.click()
    dialog = window.findChild(CorrectPlan)
    assert dialog is not None
    dialog.reason.setPlainText(why)
    dialog.go.click()
    return dialog


def consultation(window: MainWindow):
    assert window.view is not None
    return window.view.wizard.consultation


@pytest.fixture
def replaced(signed: MainWindow) -> tuple[MainWindow, str, str, str]:  # noqa: F811
    """The window on the correction, signed; the old encounter, its number, the new number."""
    old = consultation(signed)
    number = old.standing.number
    correct(signed)
    new = consultation(signed)
    new.sign(PlainSigner())
    return signed, old.encounter.id, number, new.standing.number


def test_a_correction_needs_a_reason_and_opens_as_a_draft_that_says_what_it_is(signed: MainWindow) -> None:  # noqa: F811
    number, answers = consultation(signed).standing.number, dict(consultation(signed).answers)
    signed.resize(1280, 800)  # the list of steps has room for words; where it is the rail, the page says it
    dialog = correct(signed, "   ")
    assert dialog.isVisible()
    assert "why" in dialog.wrong.text()
    assert signed.view is not None
    assert not signed.view.steps.special.isVisible()
    dialog.reason.setPlainText(WHY)
    dialog.go.click()
    now = consultation(signed)
    for screen in ("emergency", "medicines"):  # on every step, not in the review alone
        signed.view.go(Place(screen))
        assert signed.view.steps.special.text() == f"Corrects {number}"
        signed.resize(1280, 800)
        assert signed.view.steps.special.isVisible()
        assert not signed.view.corrects.isVisible()
        signed.resize(*SMALLEST)
        assert not signed.view.steps.special.isVisible()
        assert signed.view.corrects.isVisible()
        assert signed.view.corrects.text() == f"Corrects {number}"
    assert now.encounter.state is EncounterState.DRAFT
    assert dict(now.answers) == answers
    signed.view.go(Place(REVIEW))  # type: ignore[union-attr] # the window shows a consultation
    words = said(page_of(signed))
    assert number in words
    assert WHY in words
    assert not page_of(signed).standing.correct_button.isVisibleTo(page_of(signed))


def test_after_the_guideline_changed_the_answers_stay_and_the_dialog_says_what_does_not(
    signed: MainWindow, store: MemoryStore  # noqa: F811
) -> None:
    """She was promised the same answers, and nearly all of them were gone."""
    old = consultation(signed).encounter.id
    answers = dict(consultation(signed).answers)
    store.encounters[old] = dataclasses.replace(store.encounters[old], content_hash="an earlier content")
    signed.look_at(old)
    dialog = correct(signed)
    assert "The guideline has changed since then" in said(dialog)
    assert "every decision is made anew" in said(dialog)
    assert dict(consultation(signed).answers) == answers
    assert not consultation(signed).encounter.choices


def test_the_old_plan_says_superseded_on_its_page_its_preview_and_in_print(
    replaced: tuple[MainWindow, str, str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    window, old, number, new = replaced
    window.look_at(old)
    page = page_of(window)
    assert f"{number} is superseded by {new}" in said(page)
    assert not page.standing.correct_button.isVisibleTo(page)
    mark = f"SUPERSEDED by {new}"
    row = papers.build(consultation(window)).row(PaperKind.CARE_PLAN)
    assert row.mark == mark
    window.papers.do(LOOK, PLAN)
    qtbot.waitUntil(lambda: window.papers.preview is not None)
    preview = window.papers.preview
    assert preview is not None
    assert mark in said(preview)
    content = papers.content(consultation(window), PaperKind.CARE_PLAN)
    assert b"SUPERSEDED" not in content
    plain, marked = PdfPages(content), preview.pages
    for number_ in range(len(plain)):
        assert marked.image(number_, 1) != plain.image(number_, 1), number_
    assert printed_differs(content, mark, tmp_path, qtbot)
    assert problems(preview) == []


def printed_differs(content: bytes, mark: str, folder: Path, qtbot: QtBot) -> bool:
    images = []
    for name, words in (("plain", ""), ("marked", mark)):
        job = PrintJob(PdfPages(content, words), pdf_printer(folder / f"{name}.pdf", 72), Order((0,)), "x",
                       None)  # type: ignore[arg-type]
        with qtbot.waitSignal(job.done, timeout=20_000):
            job.start()
        images.append(PdfPages((folder / f"{name}.pdf").read_bytes()).image(0, 1))
    return bool(images[0] != images[1])


def test_what_is_printed_of_an_old_plan_is_what_the_dialog_shows(
    replaced: tuple[MainWindow, str, str, str], qtbot: QtBot
) -> None:
    from desktop_app.widgets.print_dialog import PrintDialog

    window, old, _, new = replaced
    window.look_at(old)
    window.papers.do(papers.PRINT, PLAN)
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is not None)
    dialog = window.findChild(PrintDialog)
    assert dialog is not None
    assert dialog._pages.mark == f"SUPERSEDED by {new}"
    dialog.reject()


def test_a_saved_copy_is_the_signed_file_and_the_window_says_so(
    replaced: tuple[MainWindow, str, str, str], qtbot: QtBot, saved: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, old, _, new = replaced
    window.look_at(old)
    monkeypatch.setattr(window, "choose_file", lambda name: name)
    page_of(window).papers.buttons[papers.SAVE, PLAN].click()
    qtbot.waitUntil(lambda: bool(saved))
    [content] = saved.values()
    assert content == papers.content(consultation(window), PaperKind.CARE_PLAN)
    assert window.view is not None
    assert new in said(window.view)


def test_void_asks_to_be_sure_and_crosses_the_plan_out_everywhere(signed: MainWindow, qtbot: QtBot) -> None:  # noqa: F811
    name, number = consultation(signed).patient.name, consultation(signed).standing.number
    patient = consultation(signed).patient.id
    page_of(signed).standing.void_button.click()
    dialog = signed.findChild(VoidPlan)
    assert dialog is not None
    assert name in said(dialog)
    dialog.reason.setPlainText(WRONG)
    dialog.go.click()
    assert dialog.isVisible()
    dialog.sure.setChecked(True)
    dialog.passphrase.setText("whoever stands at an open window")
    dialog.go.click()
    qtbot.waitUntil(lambda: "passphrase is not that of" in dialog.wrong.text())
    assert consultation(signed).standing.void is None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    page = page_of(signed)
    assert f"{number} is void" in said(page)
    assert signed.view is not None
    assert "Clock stopped: VOID" in said(signed.view.panel)
    assert consultation(signed).plain_text(PaperKind.CARE_PLAN).startswith(f"VOID: {number}")
    assert WRONG in said(page)
    assert not page.standing.void_button.isVisibleTo(page)
    assert papers.build(consultation(signed)).row(PaperKind.CARE_PLAN).mark == "VOID"
    signed.show_worklist()
    worklist = signed.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    assert "Void: nothing of these holds" in said(worklist)
    assert "Clock stopped" in said(worklist)
    crossed = [one for one in worklist.findChildren(QLabel) if one.font().strikeOut()]
    assert [one.text() for one in crossed] == [name]
    shots.settle()
    assert problems(worklist) == []
    signed.show_patient(patient)
    history = signed.stack.currentWidget()
    assert isinstance(history, PatientPage)
    assert any(number in one.text() for one in history.findChildren(QLabel) if one.font().strikeOut())


def test_the_patients_page_lists_every_consultation_with_what_became_of_it(
    replaced: tuple[MainWindow, str, str, str]
) -> None:
    window, old, number, new = replaced
    patient = consultation(window).patient
    window.show_worklist()
    worklist = window.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    assert number not in said(worklist)
    worklist.search.setText(patient.name)
    every = next(b for b in worklist.findChildren(Button) if b.accessibleName().startswith("All consultations"))
    every.click()
    page = window.stack.currentWidget()
    assert isinstance(page, PatientPage)
    words = said(page)
    assert words.index(new) < words.index(number)
    assert f"Superseded by {new}" in words
    assert WHY in words
    shots.settle()
    assert problems(page) == []
    next(b for b in page.buttons if number in b.accessibleName()).click()
    assert consultation(window).encounter.id == old
    assert consultation(window).patient == patient


def test_the_words_across_a_page_are_readable(tmp_path: Path) -> None:
    """Another reader than our own finds ink from corner to corner, and the text below stays darker than the mark."""
    for words in ("VOID", "SUPERSEDED by CP-TR01-000123"):
        image = QImage(595, 842, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        draw(image, words)
        dark = [(x, y) for x in range(0, 595, 3) for y in range(0, 842, 3) if image.pixelColor(x, y).lightness() < 250]
        assert min(x for x, _ in dark) < 150
        assert max(x for x, _ in dark) > 440
        below = [image.pixelColor(x, y).lightness() for x, y in dark if y > 40]
        assert min(below) > 90  # what is printed in black below it can still be read


def test_the_dialogs_have_names_and_room(signed: MainWindow, qtbot: QtBot) -> None:  # noqa: F811
    for dialog in (CorrectPlan(signed, "CP-TR01-000001", same_content=False),
                   VoidPlan(signed, "CP-TR01-000001", "Marta", ("CP-2",))):
        qtbot.addWidget(dialog)
        dialog.open()
        shots.settle()
        assert problems(dialog) == []
        dialog.reject()


def test_a_correction_that_cannot_begin_keeps_its_reason(
    signed: MainWindow, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    def full(*_given: object) -> None:
        raise DiskFull("The disk is full.", next_step="Make room and try again.")

    with monkeypatch.context() as patched:
        patched.setattr(type(signed.desk), "correct", full)
        dialog = correct(signed)
    assert dialog.isVisible()
    assert "Make room" in dialog.wrong.text()
    assert dialog.words == WHY
    dialog.go.click()
    assert not dialog.isVisible()
    assert consultation(signed).encounter.state is EncounterState.DRAFT
