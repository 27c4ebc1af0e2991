"""Review and sign in the window: what blocks, the worker beside the window, the signed PDF."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.engine.cases import Case
from desktop_app.presentation import options
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import KeyFileError, LumbarError
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.review_page import ReviewPage
from desktop_app.widgets.work import Gate
from tests.fakes import PASSPHRASE
from tests.presentation.conftest import answered


def review_page(window: MainWindow) -> ReviewPage:
    assert window.view is not None
    window.view.go(Place(REVIEW))
    page = window.view.page
    assert isinstance(page, ReviewPage)
    return page


def decide_all(window: MainWindow, case: Case) -> None:
    assert window.view is not None
    window.view.answer(answered(dict(case.sheet)))
    for card in options.cards(window.view.wizard.consultation, ("interventions",)):
        if card.can_accept:
            window.view.decide(card.id, Verdict.ACCEPT, "")


def test_nothing_decided_cannot_be_signed(consult: MainWindow) -> None:
    assert not review_page(consult).sign_button.isEnabled()


def test_signed_and_saved(consult: MainWindow, cases: dict[str, Case], qtbot: QtBot, saved: dict[str, bytes],
                          monkeypatch: pytest.MonkeyPatch) -> None:
    decide_all(consult, cases["c01"])
    page = review_page(consult)
    monkeypatch.setattr(consult, "choose_file", lambda name: f"/somewhere/{name}")
    page.pdf_button.click()
    qtbot.waitUntil(lambda: bool(saved))
    assert saved["/somewhere/TR-0001-care-plan-draft.pdf"].endswith(b"signed_on=None")
    page.sign_button.click()
    dialog = consult.findChild(SignNow)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: consult.signed is not None)
    assert consult.view is not None
    assert consult.view.wizard.signed
    assert not page.sign_button.isVisible()
    page.pdf_button.click()
    qtbot.waitUntil(lambda: len(saved) > 1)  # made and fetched beside the window
    name = next(n for n in saved if "draft" not in n)
    assert saved[name].endswith(b"signed by Dr N. Karim")
    before = dict(consult.view.wizard.consultation.answers)
    consult.view.answer({"back_pain": None})
    assert dict(consult.view.wizard.consultation.answers) == before


def test_a_key_that_fails_says_so_on_the_page(consult: MainWindow, cases: dict[str, Case], qtbot: QtBot,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    decide_all(consult, cases["c01"])
    page = review_page(consult)

    def no_key(_passphrase: str, _pin: str = "") -> object:
        raise KeyFileError("The key cannot be opened.", next_step="Sign in again.")

    monkeypatch.setattr(consult.desk, "signer", no_key)
    page.sign_button.click()
    dialog = consult.findChild(SignNow)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    qtbot.waitUntil(lambda: bool(page.message.text()))
    assert page.message.text() == "The key cannot be opened. Sign in again."
    assert consult.stack.isEnabled()


def test_the_gate_works_beside_the_window_one_job_at_a_time(qtbot: QtBot) -> None:
    gate, told, seen = Gate(), [], []
    refused: list[LumbarError] = []
    here = threading.get_ident()
    with qtbot.waitSignals([gate.busy, gate.busy]):
        gate.run(lambda: seen.append(threading.get_ident() != here), told.append, told.append)
        gate.run(lambda: told.append("second"), told.append, refused.append)
    assert seen == [True]
    assert told == [None]
    assert [str(error) for error in refused] == ["Something else is still under way."]
    assert not gate.running


def test_signing_while_something_else_is_under_way_can_be_tried_again(consult: MainWindow, qtbot: QtBot) -> None:
    """The dialog must not be left with a button that nothing enables again."""
    go_on = threading.Event()
    with qtbot.waitSignals([consult.gate.busy, consult.gate.busy]):
        consult.gate.run(go_on.wait, lambda _done: None, lambda _error: None)
        consult.signing.ask()
        dialog = consult.findChild(SignNow)
        assert dialog is not None
        dialog.passphrase.setText(PASSPHRASE)
        dialog.go.click()
        assert "still under way" in dialog.wrong.text()
        assert dialog.go.isEnabled()
        go_on.set()
