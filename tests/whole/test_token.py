"""A smart card is chosen in the settings and signs a plan in the window; its PIN is asked for and kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.presentation.wizard import REVIEW, Place
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.domain import PaperKind, Verdict
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.keys_page import KeysPage
from desktop_app.widgets.review_page import ReviewPage
from tests.people import PASSPHRASE
from tests.seal import softhsm
from tests.seal.softhsm import MODULE, PIN
from tests.whole import walk
from tests.whole.hands import Hands
from tests.whole.test_keys import Hospital, keys_page  # noqa: F401 - a fixture


@pytest.fixture
def hospital(tmp_path: Path) -> Hospital:
    """Whose card lies in the reader under the label “card”."""
    made = Hospital()
    place = tmp_path / "softhsm"
    place.mkdir()
    softhsm.prepare(place)
    softhsm.write(softhsm.new_token("card"), made.person.key, [made.person.certificate, made.authority.certificate])
    return made


def choose(hands: Hands, page: KeysPage, *, label: str = "card", pin: str = PIN, own: str = PASSPHRASE,
           module: str = MODULE) -> None:
    for field, text in (("module", module), ("token", label), ("pin", pin), ("token_passphrase", own)):
        walk.write(hands, page.form, field, text)
    hands.click(page.token.use)
    hands.wait(lambda: not hands.window.gate.running)


def test_what_is_wrong_with_a_token_is_said_at_its_field(at_desk: Hands, keys_page: KeysPage,  # noqa: F811
                                                         hospital: Hospital) -> None:
    wrong = keys_page.form._wrong
    at_desk.click(keys_page.token.use)
    assert all(wrong[name].text() for name in ("module", "token", "pin", "token_passphrase"))
    choose(at_desk, keys_page, module="/nowhere/maker.so")
    assert "no PKCS#11 module" in wrong["module"].text()
    choose(at_desk, keys_page, label="another")
    assert "no token with the label “another”" in wrong["token"].text()
    choose(at_desk, keys_page, pin="0000")
    assert "not the PIN" in wrong["pin"].text()
    choose(at_desk, keys_page, own="brown tractor on the moon")
    assert wrong["token_passphrase"].text()
    assert "Made on this computer" in keys_page.origin.text()


def test_a_plan_is_signed_with_the_card_after_its_pin_in_the_window(
    at_desk: Hands, keys_page: KeysPage, hospital: Hospital, guideline_folder: Path, pack: Pack,  # noqa: F811
    folder: Path, tmp_path: Path,
) -> None:
    choose(at_desk, keys_page)
    assert "Dr Nadia Karim, physician, Regional Hospital" in keys_page.name.text()
    assert "On the token “card”" in keys_page.origin.text()
    assert keys_page.form.text("pin") == keys_page.form.text("token_passphrase") == ""
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    assert case.patient.born is not None
    desk, window = at_desk.window.desk, at_desk.window
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0077", born=case.patient.born, sex=case.patient.sex)
    consultation = desk.open(patient.id)
    consultation.answer_many(walk.answers_of(case))
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    window.open_consultation(consultation)
    assert window.view is not None
    window.view.go(Place(REVIEW))
    page = window.view.page
    assert isinstance(page, ReviewPage)
    at_desk.click(page.sign_button)
    dialog = window.findChild(SignNow)
    assert dialog is not None
    dialog.passphrase.setText(PASSPHRASE)
    dialog.go.click()
    assert "PIN" in dialog.wrong.text()
    dialog.pin_field.setText("0000")
    dialog.go.click()
    at_desk.wait(lambda: not window.gate.running)
    assert "not the PIN" in dialog.wrong.text()
    assert not consultation.documents
    dialog.passphrase.setText(PASSPHRASE)
    dialog.pin_field.setText(PIN)
    dialog.go.click()
    at_desk.wait(lambda: window.signed is not None)
    for document in consultation.documents:
        told = PdfSeal().verify(document.content, [keys_page_trust(hospital)])
        assert told.accepted, (PaperKind(document.kind), told.problems)
        assert "Regional Hospital" in told.signer
    for path in (*folder.rglob("*"), *(one for one in tmp_path.rglob("*") if one.suffix in {".json", ".pem", ".db"})):
        assert not path.is_file() or PIN.encode() not in path.read_bytes(), path


def keys_page_trust(hospital: Hospital) -> bytes:
    from desktop_app.seal import pki

    return pki.to_pem(hospital.authority.certificate)


def test_the_own_key_signs_again_when_the_card_is_given_up(at_desk: Hands, keys_page: KeysPage,  # noqa: F811
                                                           hospital: Hospital) -> None:
    choose(at_desk, keys_page)
    at_desk.click(keys_page.own)
    assert "Made on this computer" in keys_page.origin.text()
    assert at_desk.window.desk.signer(PASSPHRASE).name == walk.NAME
