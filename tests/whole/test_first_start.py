"""A new computer is set up: what is missing is said where it is missing, and no such service here is an answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.restore_page import RestorePage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]


def first_page(hands: Hands) -> FirstStartPage:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, FirstStartPage)
    return page


def test_the_first_mistake_comes_into_sight_and_its_words_go_when_it_is_mended(
    door: Door, start: Start,
) -> None:
    hands = start(door)
    page = first_page(hands)
    for field, text in (("clinician", walk.NAME), ("role", walk.ROLE), ("passphrase", PASSPHRASE),
                        ("again", PASSPHRASE), ("name", "Hillside Clinic"), ("station", "HC01")):
        walk.write(hands, page.form, field, text)
    bar = page.form.verticalScrollBar()
    bar.setValue(bar.maximum())  # where somebody stands who has gone through the whole page
    hands.click(page.go)
    first = page.form.fields["phone.ambulance"]
    assert first.hasFocus()
    assert hands.in_sight(first)
    assert "None here" in walk.shown(page.form, "phone.ambulance")
    hands.type("112")
    assert walk.shown(page.form, "phone.ambulance") == ""
    assert walk.shown(page.form, "phone.vascular")
    hands.click(page.clinic.none_here["vascular"])
    assert walk.shown(page.form, "phone.vascular") == ""
    hands.click(page.go)
    assert page.form.fields["phone.emergency_department"].hasFocus()


def test_a_passphrase_that_is_too_easy_is_said_at_its_field(door: Door, start: Start) -> None:
    hands = start(door)
    page = first_page(hands)
    for field, text in (("clinician", walk.NAME), ("role", walk.ROLE), ("passphrase", "Hillside Clinic Hillside"),
                        ("again", "Hillside Clinic Hillside"), ("name", "Hillside Clinic"), ("station", "HC01")):
        walk.write(hands, page.form, field, text)
    for phone, number in walk.PHONES.items():
        walk.write(hands, page.form, f"phone.{phone}", number)
    hands.click(page.go)
    hands.wait(lambda: bool(walk.shown(page.form, "passphrase")))
    assert "names of the clinic" in walk.shown(page.form, "passphrase")
    assert door.is_first_start()


def test_none_here_is_kept_and_stands_on_the_emergency_page(door: Door, start: Start, c01: Case) -> None:
    hands = start(door)
    page = first_page(hands)
    for field, text in (("clinician", walk.NAME), ("role", walk.ROLE), ("passphrase", PASSPHRASE),
                        ("again", PASSPHRASE), ("name", "Hillside Clinic"), ("station", "HC01")):
        walk.write(hands, page.form, field, text)
    for phone, number in walk.PHONES.items():
        if phone == "vascular":
            hands.click(page.clinic.none_here[phone])
        else:
            walk.write(hands, page.form, f"phone.{phone}", number)
    hands.click(page.go)
    hands.wait(lambda: hands.page(RecoveryKeyPage))
    key = hands.window.stack.currentWidget()
    assert isinstance(key, RecoveryKeyPage)
    walk.write(hands, key.form, "last", key._key[-5:])
    hands.click(key.tick)
    hands.click(key.go)
    assert hands.page(WorklistPage)
    assert hands.window.desk.clinic.phones_none == ("vascular",)
    walk.new_patient(hands, c01)
    hands.view.answer({"limb_ischaemia": Answer(True)})
    hands.wait(lambda: hands.page(EmergencyPage))
    words = [label.text() for label in hands.emergency.findChildren(QLabel)]
    assert "none here" in words


def test_what_was_typed_is_there_again_after_a_look_at_the_backups(door: Door, start: Start) -> None:
    hands = start(door)
    page = first_page(hands)
    for field, text in (("clinician", walk.NAME), ("passphrase", PASSPHRASE), ("name", "Hillside Clinic"),
                        ("phone.ambulance", "112")):
        walk.write(hands, page.form, field, text)
    hands.click(page.clinic.none_here["vascular"])
    service = next(iter(page.clinic.services))
    page.clinic.services[service].place.setText("Next town")
    hands.click(page.bring_back)
    backups = hands.window.stack.currentWidget()
    assert isinstance(backups, RestorePage)
    hands.click(backups.back)
    again = first_page(hands)
    assert again is not page
    assert [again.form.text(name) for name in ("clinician", "name", "phone.ambulance")] == [
        walk.NAME, "Hillside Clinic", "112"]
    assert again.clinic.none_here["vascular"].isChecked()
    assert again.clinic.services[service].place.text() == "Next town"
    assert again.form.text("passphrase") == ""
