"""The page of the guideline with real clicks: believe, install, look, switch on, go back, approve, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.shelf import SHELF
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Role
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.confirm import Confirm
from desktop_app.widgets.edition_dialogs import ApproveContent, TrustPublishers, WithReason
from desktop_app.widgets.guideline_page import GuidelinePage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.opening import Opening
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.editions import house
from tests.editions.conftest import SEVERE, SIGNED, Clinic, page_of
from tests.people import PASSPHRASE

Begin = Callable[[Desk], MainWindow]


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


class Hand:
    """Presses what stands on the page and waits for the work beside the window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    @property
    def page(self) -> GuidelinePage:
        return page_of(self.window)

    def press(self, button: Button) -> None:
        assert button.isEnabled()
        button.click()
        self._qtbot.waitUntil(lambda: not self.window.gate.running, timeout=30000)

    def press_named(self, name: str) -> None:
        self.press(self.page.buttons[name])

    def confirm(self, passphrase: str = PASSPHRASE) -> Confirm:
        dialog = self.page.dialog
        dialog.passphrase.setText(passphrase)
        self.press(dialog.go)
        return dialog


def test_from_a_file_to_the_advice_and_one_step_back(clinic: Clinic, window_on: Begin, qtbot: QtBot, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.fill()
    window = window_on(clinic.desk)
    hand = Hand(window, qtbot)
    assert "nothing can be installed" in words_on(hand.page)
    assert set(hand.page.buttons) == {"trust"}
    files = {"list": tmp_path / "publishers.json", "edition": tmp_path / "new.lumbar-pack"}
    files["list"].write_bytes(house.publishers())
    files["edition"].write_bytes(house.edition(signers=1))
    chosen = {"name": "list"}
    monkeypatch.setattr(GuidelinePage, "choose_file", lambda *_: str(files[chosen["name"]]))

    hand.press_named("trust")
    dialog = hand.page.dialog
    assert isinstance(dialog, TrustPublishers)
    assert clinic.editions.look_at_publishers(house.publishers()) in words_on(dialog)
    hand.confirm()
    assert "Compare the fingerprint first" in dialog.wrong.text()
    dialog.same.setChecked(True)
    hand.confirm("not this one")
    assert dialog.wrong.text()
    assert clinic.editions.publishers is None
    hand.confirm()
    assert clinic.editions.publishers is not None

    chosen["name"] = "edition"
    hand.press_named("install")
    assert "signed by 1 of the publishers' keys" in hand.page.wrong.text()
    files["edition"].write_bytes(house.edition())
    hand.press_named("install")
    assert "gives no advice before it is switched on" in hand.page.said.text()

    hand.press_named("look 1")
    part = hand.page.part
    assert part is not None
    assert part.told.text() == "The advice would change for 2 of 3 open patients."
    told = "\n".join(words_on(card) for card in part.patients)
    assert SEVERE in told
    assert SIGNED in told
    assert "Due: 2026-11-26 → " in told or "Due: 26 Nov 2026 → " in told
    part.search.setText("Severe radicular pain")
    assert list(part.folds) == ["reason for urgency"]
    assert "limit: 14 days → 7 days" in words_on(part)
    part.search.setText("nowhere at all")
    assert part.folds == {}
    hand.press(part.switch_on)
    hand.confirm()
    assert "Edition 0.2.0 gives the advice" in words_on(hand.page)
    assert "not clinically approved" in words_on(hand.page)

    row = next(row for row in clinic.desk.worklist() if row.patient.name == SEVERE)
    window.open_consultation(clinic.desk.open_encounter(row.encounter_id))
    assert window.view is not None
    assert "Begun with edition 0.1.0" in words_on(window.view)
    row = next(row for row in clinic.desk.worklist() if row.patient.name == SIGNED)
    window.look_at(row.encounter_id)
    assert "Decided with edition 0.1.0" in words_on(window.view)

    window.settings.show_guideline()
    hand.press_named("back")
    dialog = hand.page.dialog
    assert isinstance(dialog, WithReason)
    hand.confirm()
    assert "Write why" in dialog.wrong.text()
    dialog.reason.setPlainText("Not agreed in the clinic yet")
    hand.confirm()
    assert "Edition 0.1.0 gives the advice" in words_on(hand.page)
    assert "Not agreed in the clinic yet" in words_on(hand.page)
    assert "back" not in hand.page.buttons


def test_a_reviewer_approves_and_withdraws(clinic: Clinic, window_on: Begin, qtbot: QtBot) -> None:
    hand = Hand(window_on(clinic.become(Role.REVIEWER)), qtbot)
    hand.press_named("approve")
    dialog = hand.page.dialog
    assert isinstance(dialog, ApproveContent)
    hand.confirm()
    assert "was read" in dialog.wrong.text()
    dialog.read.setChecked(True)
    hand.confirm()
    assert "Guideline content approved by Dr N. Karim, 2026-11-12." in words_on(hand.page)
    assert "Guideline content approved by Dr N. Karim" in hand.page.footer_bar.state.accessibleName()
    hand.press_named("approve")
    dialog = hand.page.dialog
    assert isinstance(dialog, WithReason)
    dialog.reason.setPlainText("A limit is wrong")
    hand.confirm()
    assert "not clinically approved" in words_on(hand.page)
    assert "A limit is wrong" in words_on(hand.page)


def test_who_may_not_install_or_approve_only_reads(clinic: Clinic, window_on: Begin) -> None:
    clinic.door._opened.store.save_clinician(clinic.desk.clinician)  # type: ignore[union-attr]
    clinic.desk.access.person = clinic.desk.clinician.__class__(
        clinic.desk.clinician.id, clinic.desk.clinician.name, "nurse", Role.VIEWER)
    page = page_of(window_on(clinic.desk))
    assert page.buttons == {}
    assert "Edition 0.1.0 gives the advice" in words_on(page)


def test_what_is_wrong_is_said_where_work_begins(clinic: Clinic, window_on: Begin) -> None:
    clinic.believe()
    clinic.switch_on()
    [folder] = (clinic.folder / SHELF).iterdir()
    (folder / "referral.yaml").write_bytes(b"criteria: {}\n")
    clinic.later((house.REVIEW - clinic.clock.day).days + 1)
    window = window_on(clinic.sign_in())
    for show, kind in ((window.show_worklist, WorklistPage), (window.settings.show_settings, SettingsPage),
                       (window.settings.show_guideline, GuidelinePage)):
        show()
        page = window.stack.currentWidget()
        assert isinstance(page, kind)
        assert "gives the advice now" in words_on(page), kind
        assert "was to be looked at again" in words_on(page), kind


def test_opened_by_a_double_click_it_is_asked_about_and_installed(clinic: Clinic, window_on: Begin, qtbot: QtBot,
                                                                  tmp_path: Path) -> None:
    window = window_on(clinic.desk)
    hand = Hand(window, qtbot)
    file = tmp_path / "new.lumbar-pack"
    file.write_bytes(house.edition())
    opening = Opening(window, lambda: clinic.pack, training=False)

    def yes() -> str:
        opening.put(str(file))
        opening.go_on()
        assert opening.dialog is not None
        hand.press(opening.dialog.go)
        return opening.dialog.asked.text

    assert "no list of publishers" in yes()
    assert set(hand.page.buttons) == {"trust"}
    clinic.believe()
    assert "gives no advice before it is switched on" in yes()
    assert "installed" in words_on(hand.page)
    assert any(name.startswith("look ") for name in hand.page.buttons)
