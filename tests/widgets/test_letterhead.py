"""The clinic's paper in the settings, through the real window; the store is one in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop_app import language, places
from desktop_app.documents.blank_papers import BlankPaper
from desktop_app.documents.logo import read_logo
from desktop_app.parts import Spoken
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Letterhead
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.settings_page import SettingsPage
from tests.documents.logos import logo


@pytest.fixture
def page(window: MainWindow, desk: Desk) -> SettingsPage:
    desk._logos = read_logo
    window.settings.show_settings()
    shown = window.stack.currentWidget()
    assert isinstance(shown, SettingsPage)
    return shown


def choose(page: SettingsPage, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page.letterhead, "choose_file", lambda: str(file))
    page.letterhead.pick.click()


def test_logo_size_and_room_are_kept(page: SettingsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                     ) -> None:
    file = tmp_path / "logo.jpg"
    file.write_bytes(logo("JPEG"))
    assert page.letterhead.shown.isHidden()
    choose(page, file, monkeypatch)
    assert not page.letterhead.shown.isHidden()
    page.letterhead.sizes["Letter"].click()
    page.letterhead.tops["30"].click()
    page.save.click()
    assert page.said.text() == "Saved."
    assert desk.clinic.letterhead == Letterhead(read_logo(logo("JPEG")), "Letter", 30)
    page.letterhead.remove.click()
    page.save.click()
    assert desk.clinic.letterhead == Letterhead(b"", "Letter", 30)


def test_papers_speak_the_language_that_was_chosen_for_them(window: MainWindow, page: SettingsPage, desk: Desk) -> None:
    """From the next paper on, and the screens go on in English; which words nobody reviewed stands beside each name."""
    language.use(language.ENGLISH, places.resources() / "translations")
    desk._speak, desk._blank_papers = Spoken(), BlankPaper
    english = desk.blank_paper(Blank.CARD)
    choices = page.letterhead.languages
    assert choices["en"].text() == "English"
    assert choices["fr"].text() == "Français, machine-drafted, not reviewed"
    choices["fr"].click()
    page.save.click()
    assert page.said.text() == "Saved."
    assert desk.clinic.letterhead.language == "fr"
    assert b"/Lang (fr)" in desk.blank_paper(Blank.CARD)
    choices["en"].click()
    page.save.click()
    assert desk.blank_paper(Blank.CARD) == english


@pytest.mark.parametrize(("raw", "words"), [
    (b"MZ not a picture", "no picture in PNG or JPEG"),
    (logo()[:80], "damaged"),
    (None, "cannot be read"),
])
def test_a_bad_file_is_told_under_the_field_and_changes_nothing(
    page: SettingsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes | None, words: str
) -> None:
    file = tmp_path / "logo.png"
    if raw is not None:
        file.write_bytes(raw)
    before = desk.clinic
    choose(page, file, monkeypatch)
    assert words in page.form._wrong["logo"].text()
    page.save.click()
    assert desk.clinic.letterhead == before.letterhead
    assert not page.form._wrong["logo"].text()


def test_saving_keeps_what_nobody_changed(window: MainWindow, desk: Desk) -> None:
    desk._store.save_clinic(replace(desk.clinic, retention_years=12))  # none of the usual times
    window.settings.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    name = page.form.fields["name"]
    assert isinstance(name, QLineEdit)
    name.setText("Riverside Clinic")
    page.locks["10"].click()
    page.save.click()
    assert (desk.clinic.name, desk.clinic.retention_years, desk.clinic.lock_minutes) == ("Riverside Clinic", 12, 10)
