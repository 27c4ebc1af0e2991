"""In the window: time stamps are off until an address is set, fetched when asked for, kept beside what is saved."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.presentation.papers import SAVE
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import PaperKind, Stamper
from desktop_app.use_cases.stamping import Stamping
from desktop_app.widgets.form import Form
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.stamp_part import StampPart
from tests.fakes import MemoryStore
from tests.seal.authority import Authority, new_authority, served
from tests.widgets.test_papers import desk as papers_desk
from tests.widgets.test_papers import draft, page_of, signed  # noqa: F401 - fixtures

PLAN = PaperKind.CARE_PLAN.value
desk_with_papers = papers_desk


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(made: Authority) -> Iterator[Authority]:
    made.asked.clear()
    with served(made) as here:
        yield here


@pytest.fixture
def desk(desk_with_papers: Desk, store: MemoryStore) -> Desk:
    desk_with_papers.stamping = Stamping(desk_with_papers.access, store, desk_with_papers._clock, PdfSeal)
    return desk_with_papers


def again(window: MainWindow) -> None:
    assert window.view is not None
    window.look_at(window.view.wizard.consultation.encounter.id)


def test_nothing_is_offered_or_asked_without_an_address(signed: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def no_network(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    again(signed)
    assert signed.view is not None
    assert not page_of(signed).standing.stamp_button.isVisibleTo(page_of(signed))


def test_stamps_are_fetched_when_asked_for_and_saved_beside_the_file(
    signed: MainWindow, store: MemoryStore, authority: Authority, qtbot: QtBot, saved: dict[str, bytes],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.save_stamper(Stamper(authority.address, authority.trust))
    again(signed)
    assert authority.asked == []
    page = page_of(signed)
    assert page.standing.stamp_button.isVisibleTo(page)
    page.standing.stamp_button.click()
    qtbot.waitUntil(lambda: not signed.gate.running)
    assert signed.view is not None
    consultation = signed.view.wizard.consultation
    assert len(authority.asked) == len(consultation.documents) == len(store.time_stamps)
    assert not page.standing.stamp_button.isVisibleTo(page)
    monkeypatch.setattr(signed, "choose_file", lambda name: name)
    page.papers.buttons[SAVE, PLAN].click()
    qtbot.waitUntil(lambda: len(saved) == 2)
    [name] = [one for one in saved if one.endswith(".pdf")]
    told = PdfSeal().check_stamp(saved[name], saved[f"{name}.tsr"], authority.trust)
    assert told.trusted


def test_an_authority_that_does_not_answer_is_told_and_can_be_asked_again(
    signed: MainWindow, store: MemoryStore, qtbot: QtBot  # noqa: F811
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store.save_stamper(Stamper(f"http://127.0.0.1:{port}/"))
    again(signed)
    page = page_of(signed)
    page.standing.stamp_button.click()
    qtbot.waitUntil(lambda: not signed.gate.running)
    assert "did not answer" in page.message.text()
    assert page.standing.stamp_button.isVisibleTo(page)
    assert store.time_stamps == {}


def test_the_address_is_kept_only_when_it_is_one(qtbot: QtBot, desk: Desk, store: MemoryStore, looks: None,
                                                 authority: Authority) -> None:
    form = Form("Signature and keys", width=680)
    qtbot.addWidget(form)
    assert desk.stamping is not None
    part = StampPart(form, desk.stamping, form)
    for text, kept in (("stamps.example", ""), ("https://stamps.example/tsa", "https://stamps.example/tsa")):
        form.fields["stamp_address"].setText(text)  # type: ignore[attr-defined]
        part.keep.click()
        assert store.stamper().address == kept
    form.fields["stamp_certificates"].setText(__file__)  # type: ignore[attr-defined]
    part.keep.click()
    assert store.stamper().certificates == b""
    form.fields["stamp_certificates"].setText(str(authority.folder / "ca.pem"))  # type: ignore[attr-defined]
    part.keep.click()
    assert store.stamper().certificates == authority.trust
    form.fields["stamp_address"].clear()  # type: ignore[attr-defined]
    part.keep.click()
    assert store.stamper() == Stamper()
