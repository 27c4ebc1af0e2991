"""The documents of a consultation in the window: the card, the preview, save, copy; with the real papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.documents.blank_papers import BlankPaper
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case
from desktop_app.presentation.papers import LOOK, PRINT, SAVE
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import PaperKind, Role
from desktop_app.use_cases.errors import CannotCreate
from desktop_app.use_cases.ports import SignatureRequest
from desktop_app.widgets import shots, theme
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.preview_page import PreviewPage
from desktop_app.widgets.print_dialog import PrintDialog
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import PASSPHRASE, MarkingSigner
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate
from tests.widgets.test_every_page import problems
from tests.widgets.test_signing import decide_all, review_page

K = Qt.Key
PLAN = PaperKind.CARE_PLAN.value


class PlainSigner(MarkingSigner):
    """Leaves the file a PDF."""

    def sign(self, request: SignatureRequest) -> bytes:
        return request.pdf

    def code(self, summary: object, at: datetime) -> str:
        return "shc:/" + "56" * 300


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk._documents = Paper  # type: ignore[assignment]  # the port, as the door hands it in
    desk._signer = PlainSigner
    desk._blank_papers = BlankPaper
    return desk


@pytest.fixture
def draft(consult: MainWindow, cases: dict[str, Case], qtbot: QtBot) -> MainWindow:
    decide_all(consult, cases["c01"])
    review_page(consult)
    activate(qtbot, consult)
    return consult


@pytest.fixture
def signed(draft: MainWindow) -> MainWindow:
    assert draft.view is not None
    draft.view.wizard.consultation.sign(draft.desk.signer(PASSPHRASE))
    draft.view.show_all()
    shots.settle()
    return draft


def page_of(window: MainWindow) -> ReviewPage:
    assert window.view is not None
    assert isinstance(window.view.page, ReviewPage)
    return window.view.page


def looked_at(window: MainWindow, qtbot: QtBot, kind: str = PLAN) -> PreviewPage:
    page_of(window).papers.buttons[LOOK, kind].click()
    qtbot.waitUntil(lambda: window.papers.preview is not None)
    shots.settle()
    page = window.papers.preview
    assert page is not None
    activate(qtbot, window)
    page.focus_first()
    return page


def test_a_viewer_takes_nothing_out(signed: MainWindow, qtbot: QtBot, saved: dict[str, bytes],
                                    monkeypatch: pytest.MonkeyPatch) -> None:
    signed.desk.access.person = replace(signed.desk.clinician, role=Role.VIEWER)
    asked: list[str] = []
    monkeypatch.setattr(signed, "choose_file", lambda name: asked.append(name) or "")
    monkeypatch.setattr(signed, "choose_folder", lambda: asked.append("folder") or "")
    card = page_of(signed).papers
    for button in (card.buttons[PRINT, PLAN], card.buttons[SAVE, PLAN], card.all_button):
        page_of(signed).say("")
        button.click()
        assert not signed.findChildren(PrintDialog)
        assert any("You may not print, save or copy a document." in one.text()
                   for one in page_of(signed).findChildren(QLabel))
    assert not asked
    assert not saved
    assert looked_at(signed, qtbot)


# --- the card ---------------------------------------------------------------------------------------------


def test_a_signed_plan_has_all_its_documents_in_rows(signed: MainWindow) -> None:
    card = page_of(signed).papers
    kept = {one.kind: one.number for one in signed.desk.documents_of(signed.view.wizard.consultation.encounter.id)}  # type: ignore[union-attr]
    assert {kind for _, kind in card.buttons} == set(kept)
    assert {verb for verb, _ in card.buttons} == {LOOK, PRINT, SAVE}
    for (_, kind), button in card.buttons.items():
        assert kept[kind] in button.accessibleName()
    assert not card.all_button.isHidden()


def test_a_draft_can_only_be_looked_at(draft: MainWindow) -> None:
    card = page_of(draft).papers
    assert {verb for verb, _ in card.buttons} == {LOOK}
    assert card.all_button.isHidden()


def test_the_same_list_for_a_signed_plan_from_the_worklist(signed: MainWindow) -> None:
    assert signed.view is not None
    encounter = signed.view.wizard.consultation.encounter.id
    before = set(page_of(signed).papers.buttons)
    signed.show_worklist()
    signed.look_at(encounter)
    assert set(page_of(signed).papers.buttons) == before


def test_an_emergency_has_a_transfer_note(consult: MainWindow, cases: dict[str, Case]) -> None:
    assert consult.view is not None
    consult.view.answer(answered(dict(cases["c09"].sheet)))
    consult.emergencies._back_to_wizard(Place(REVIEW))
    assert {kind for _, kind in page_of(consult).papers.buttons} == {PLAN, PaperKind.TRANSFER_NOTE.value}


def test_one_is_saved_and_all_are_saved(signed: MainWindow, qtbot: QtBot, saved: dict[str, bytes],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed, "choose_file", lambda name: f"/somewhere/{name}")
    monkeypatch.setattr(signed, "choose_folder", lambda: "/all")
    card = page_of(signed).papers
    card.buttons[SAVE, PaperKind.LETTER.value].click()
    qtbot.waitUntil(lambda: bool(saved))
    [(name, content)] = saved.items()
    assert name.startswith("/somewhere/RL-TR01")
    assert content.startswith(b"%PDF")
    saved.clear()
    card.all_button.click()
    qtbot.waitUntil(lambda: bool(saved))
    assert len(saved) == len({kind for _, kind in card.buttons})
    assert all(Path(name).parent == Path("/all") for name in saved)


def test_what_cannot_be_saved_is_said_on_the_page(signed: MainWindow, qtbot: QtBot,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(_name: str, _content: bytes) -> None:
        raise CannotCreate("No such folder.", next_step="Create it first.")

    monkeypatch.setattr(signed, "choose_file", lambda name: f"/nowhere/{name}")
    monkeypatch.setattr(signed.papers, "_save_file", refuses)
    page = page_of(signed)
    page.papers.buttons[SAVE, PLAN].click()
    qtbot.waitUntil(lambda: bool(page.message.text()))
    assert page.message.text() == "No such folder. Create it first."


# --- the preview ------------------------------------------------------------------------------------------


def test_pages_are_drawn_and_read_out(signed: MainWindow, qtbot: QtBot) -> None:
    page = looked_at(signed, qtbot)
    first = page.sheets.sheets[0]
    assert first.accessibleName() == f"Care plan, page 1 of {len(page.pages)}"
    assert "Marta Lindqvist" in first.accessibleDescription()
    drawn = first.grab().toImage()
    assert len({drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 3) for y in range(0, 300, 3)}) > 2
    assert QColor("white").name() == drawn.pixelColor(drawn.width() - 5, drawn.height() - 5).name()


def test_a_draft_carries_draft_and_says_so(draft: MainWindow, qtbot: QtBot) -> None:
    page = looked_at(draft, qtbot)
    assert all("DRAFT" in page.pages.words(number) for number in range(len(page.pages)))
    assert page.print_button.text() == "Print the draft…"
    assert page.row.draft


def test_zoom_keeps_the_place(signed: MainWindow, qtbot: QtBot, press: Press) -> None:
    page = looked_at(signed, qtbot)
    assert page.fit.isChecked()
    page.sheets.go_to(1)
    press("1", ctrl=True)
    assert page.true_size.isChecked()
    assert page.sheets.sheets[0].width() == round(page.pages.sizes[0].width() / 72 * 96)
    assert page.sheets.page == 1
    press("+", ctrl=True)
    assert page.sheets.zoom == 1.25
    press("-", ctrl=True)
    press("-", ctrl=True)
    assert page.sheets.zoom == 0.75
    assert page.shown_size.text() == "75 %"
    press("0", ctrl=True)
    assert page.sheets.fits
    assert page.sheets.sheets[0].width() < page.sheets.viewport().width()


def test_words_are_found_marked_and_brought_into_sight(signed: MainWindow, qtbot: QtBot, press: Press) -> None:
    page = looked_at(signed, qtbot)
    press("f", ctrl=True)
    press(*"guideline")
    assert page.found.text().startswith("1 of ")
    press(K.Key_F3)
    assert page.found.text().startswith("2 of ")
    press(K.Key_F3, shift=True)
    press(K.Key_F3, shift=True)  # before the first comes the last
    last = page._hits[-1]
    assert page.sheets.sheets[last.page].hit_now is last
    sheet = page.sheets.sheets[last.page]
    top = sheet.y() + sheet.area(last).top() - page.sheets.verticalScrollBar().value()
    assert 0 <= top <= page.sheets.viewport().height()
    page.search.setText("no such words")
    assert page.found.text() == "Not found"


def test_small_pages_lead_and_follow(signed: MainWindow, qtbot: QtBot, press: Press) -> None:
    page = looked_at(signed, qtbot)
    page.thumbs.thumbs[0].setFocus()
    press(K.Key_Down)
    assert page.sheets.page == 1
    assert page.where.text() == f"Page 2 of {len(page.pages)}"
    press(K.Key_Up)
    assert page.thumbs.thumbs[0].isChecked()
    page.focus_first()
    press(K.Key_End)
    assert page.thumbs.thumbs[-1].isChecked() or page.sheets.page >= len(page.pages) - 2
    press(K.Key_Home)
    assert page.sheets.page == 0
    before = page.sheets.verticalScrollBar().value()
    press(K.Key_PageDown)
    assert page.sheets.verticalScrollBar().value() > before


def test_escape_goes_back_to_the_button(signed: MainWindow, qtbot: QtBot, press: Press) -> None:
    looked_at(signed, qtbot)
    press(K.Key_Escape)
    assert signed.stack.currentWidget() is signed.view
    assert signed.papers.preview is None
    assert QApplication.focusWidget() is page_of(signed).papers.buttons[LOOK, PLAN]


def test_locking_takes_the_document_out_of_sight(signed: MainWindow, qtbot: QtBot, press: Press) -> None:
    looked_at(signed, qtbot)
    with qtbot.waitSignal(signed.locked):
        press("l", ctrl=True)


def test_the_words_are_copied_and_written_nowhere(signed: MainWindow, qtbot: QtBot, saved: dict[str, bytes]) -> None:
    page = looked_at(signed, qtbot)
    page.copy_button.click()
    qtbot.waitUntil(lambda: page.row.number in QApplication.clipboard().text())
    assert "Marta Lindqvist" in QApplication.clipboard().text()
    assert not saved


def test_it_is_saved_before_the_viewer_opens_it(signed: MainWindow, qtbot: QtBot, saved: dict[str, bytes],
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(signed, "choose_file", lambda name: f"/somewhere/{name}")
    monkeypatch.setattr(signed.papers, "_open_file", lambda path: opened.append(path) or True)
    looked_at(signed, qtbot).open_button.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == list(saved)


def test_what_is_no_pdf_is_said(signed: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert signed.view is not None
    encounter = signed.view.wizard.consultation.encounter.id
    store = signed.desk._store  # type: ignore[attr-defined]
    plan = next(d for d in store.documents if d.encounter_id == encounter)
    object.__setattr__(plan, "content", b"not a document")
    page_of(signed).papers.buttons[LOOK, PLAN].click()
    qtbot.waitUntil(lambda: bool(page_of(signed).message.text()))
    assert "cannot be shown" in page_of(signed).message.text()


def test_pypdfium2_is_known_in_one_file_only() -> None:
    found = [path.name for path in (Path(__file__).parents[2] / "desktop_app").rglob("*.py")
             if "import pypdfium2" in path.read_text() or "from pypdfium2" in path.read_text()]
    assert found == ["pdf_pages.py"]


@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("dark", 2.0), ("high contrast", 1.25)])
def test_card_and_preview_are_whole_and_have_names(signed: MainWindow, qtbot: QtBot, qapp: QApplication, name: str,
                                                   scale: float) -> None:
    assert signed.view is not None
    encounter = signed.view.wizard.consultation.encounter.id
    signed.resize(1280, 720)
    theme.apply(qapp, name, scale)
    signed.look_at(encounter)
    shots.settle()
    assert problems(page_of(signed).papers) == []
    assert [p for p in problems(looked_at(signed, qtbot)) if "wider than its room" not in p] == []


@pytest.mark.parametrize("what", list(Blank))
def test_the_papers_for_a_day_without_power_are_looked_at_and_saved(window: MainWindow, qtbot: QtBot, press: Press,
                                                                    saved: dict[str, bytes], what: Blank,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_worklist()
    page = window.stack.currentWidget()
    assert isinstance(page, WorklistPage)
    page.blank_buttons[what].click()
    qtbot.waitUntil(lambda: window.papers.preview is not None)
    preview = window.papers.preview
    assert preview is not None
    assert preview.copy_button.isHidden()
    assert not preview.row.draft
    assert "Hillside Clinic" in preview.pages.words(0)
    monkeypatch.setattr(window, "choose_file", lambda name: f"/somewhere/{name}")
    preview.save_button.click()
    assert list(saved) == [f"/somewhere/{what.value}.pdf"]
    activate(qtbot, window)
    preview.focus_first()
    press(K.Key_Escape)
    assert isinstance(window.stack.currentWidget(), WorklistPage)


def test_a_page_is_shown_as_it_was_drawn(signed: MainWindow, qtbot: QtBot) -> None:
    """Stretched by a single pixel, a line of text would lose its upper edge."""
    page = looked_at(signed, qtbot)
    for zoom in (0.5, 0.75, 1.0):
        page.sheets.set_zoom(zoom)
        shots.settle()
        sheet = page.sheets.sheets[0]
        shown, drawn = sheet.grab().toImage(), page.pages.image(0, zoom * 96 / 72)
        differs = [(x, y) for x in range(4, shown.width() - 4) for y in range(100, 300)
                   if shown.pixelColor(x, y).name() != drawn.pixelColor(x, y).name()]
        assert differs == []
