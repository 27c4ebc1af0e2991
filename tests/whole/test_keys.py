"""Another certificate and a new recovery key through the settings, and a key that nobody had time to write down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from PySide6.QtGui import QGuiApplication

from desktop_app.__main__ import main
from desktop_app.door import Door
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.seal import pkcs12, pki
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets.form import Form
from desktop_app.widgets.keys_page import KeysPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]
FILE_SECRET = "a stick in the drawer"


class Hospital:
    """A throw-away authority and the key it issued to one of its clinicians."""

    def __init__(self, name: str = "Dr Nadia Karim", *, year: int = 2026) -> None:
        at = datetime(year, 3, 1, tzinfo=UTC)
        self.authority = pki.clinic_authority("Regional Hospital", at)
        self.person = pki.clinician_certificate(self.authority, "Regional Hospital", name, "physician", at)
        self.pair = pkcs12.KeyPair(self.person.key, self.person.certificate, (self.authority.certificate,))

    @property
    def p12(self) -> bytes:
        return pkcs12.export(self.pair, "key", FILE_SECRET.encode())


@pytest.fixture
def keys_page(at_desk: Hands) -> KeysPage:
    worklist = at_desk.window.stack.currentWidget()
    assert isinstance(worklist, WorklistPage)
    worklist.to_settings.emit()
    settings = at_desk.window.stack.currentWidget()
    assert isinstance(settings, SettingsPage)
    at_desk.click(settings.keys)
    page = at_desk.window.stack.currentWidget()
    assert isinstance(page, KeysPage)
    return page


def bring_in(hands: Hands, page: KeysPage, file: Path, secret: str = FILE_SECRET, own: str = PASSPHRASE) -> None:
    for field, text in (("file", str(file)), ("file_passphrase", secret), ("own_passphrase", own)):
        walk.write(hands, page.form, field, text)
    hands.click(page.use)
    hands.wait(lambda: not hands.window.gate.running)


def sign_a_plan(hands: Hands, guideline: Path, pack: Pack) -> bytes:
    """A decided case, signed at the desk that is open in the window."""
    case = load_case(guideline / "cases" / "c01_decided.yaml", pack)
    desk = hands.window.desk
    assert case.patient.born is not None
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0077", born=case.patient.born, sex=case.patient.sex)
    consultation = desk.open(patient.id)
    consultation.answer_many(walk.answers_of(case))
    for choice in case.choices:
        consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
    return consultation.sign(desk.signer(PASSPHRASE)).content


def test_plans_are_signed_with_an_imported_certificate_and_with_the_own_one_again(
    at_desk: Hands, keys_page: KeysPage, tmp_path: Path, guideline_folder: Path, pack: Pack,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    hospital = Hospital()
    (tmp_path / "key.p12").write_bytes(hospital.p12)
    assert "Made on this computer" in keys_page.origin.text()
    bring_in(at_desk, keys_page, tmp_path / "key.p12")
    assert "Dr Nadia Karim, physician, Regional Hospital" in keys_page.name.text()
    assert "Brought in from a file" in keys_page.origin.text()
    assert keys_page.form.text("file_passphrase") == keys_page.form.text("own_passphrase") == ""

    monkeypatch.setattr(keys_page, "choose_target", lambda name: str(tmp_path / name))
    at_desk.click(keys_page.export)
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(sign_a_plan(at_desk, guideline_folder, pack))
    assert main(["verify", str(plan), "--trust", str(tmp_path / "certificate.pem")]) == 0
    assert "Signed by Dr Nadia Karim, physician, Regional Hospital." in capsys.readouterr().out
    assert main(["verify", str(plan)]) == 1

    at_desk.click(keys_page.own)
    assert "Made on this computer" in keys_page.origin.text()
    assert keys_page.own.isHidden()
    assert at_desk.window.desk.signer(PASSPHRASE).name == walk.NAME


def test_what_is_wrong_with_a_file_is_said_at_its_field(at_desk: Hands, keys_page: KeysPage, tmp_path: Path) -> None:
    hospital = Hospital()
    good = tmp_path / "good.p12"
    good.write_bytes(hospital.p12)
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    locked = BestAvailableEncryption(FILE_SECRET.encode())
    wrong: dict[str, tuple[bytes, str]] = {
        "picture": (b"\x89PNG not a key", "not a PKCS#12"),
        "only a certificate": (serialize_key_and_certificates(None, None, hospital.person.certificate, None, locked),
                               "no private key"),
        "RSA": (rsa_file(rsa_key, locked), "an RSA key"),
        "expired": (Hospital(year=2005).p12, "expired on 2020"),
        "authority": (pkcs12.export(pkcs12.KeyPair(hospital.authority.key, hospital.authority.certificate, ()), "x",
                                    FILE_SECRET.encode()), "not issued for signing documents"),
        "without its issuer": (pkcs12.export(pkcs12.KeyPair(hospital.pair.key, hospital.pair.certificate, ()), "x",
                                             FILE_SECRET.encode()), "certificate of its issuer"),
    }
    for name, (content, said) in wrong.items():
        (tmp_path / name).write_bytes(content)
        bring_in(at_desk, keys_page, tmp_path / name)
        assert said in walk.shown(keys_page.form, "file"), name
        assert "Made on this computer" in keys_page.origin.text()
    bring_in(at_desk, keys_page, tmp_path / "nothing here")
    assert "no such file" in walk.shown(keys_page.form, "file")
    bring_in(at_desk, keys_page, good, secret="another")
    assert "does not open this key file" in walk.shown(keys_page.form, "file_passphrase")
    bring_in(at_desk, keys_page, good, own="not this one")
    assert walk.NAME in walk.shown(keys_page.form, "own_passphrase")
    assert "Made on this computer" in keys_page.origin.text()


def rsa_file(key: rsa.RSAPrivateKey, locked: BestAvailableEncryption) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dr N. Karim")])
    at = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(1).not_valid_before(at).not_valid_after(at.replace(year=2030))
                   .sign(key, hashes.SHA256()))
    return serialize_key_and_certificates(None, key, certificate, None, locked)


def test_a_certificate_of_another_name_is_taken_only_when_it_is_said_to_be_the_same_person(
    at_desk: Hands, keys_page: KeysPage, tmp_path: Path,
) -> None:
    (tmp_path / "key.p12").write_bytes(Hospital("Dr Nadia Orlov").p12)
    bring_in(at_desk, keys_page, tmp_path / "key.p12")
    assert "Dr Nadia Orlov" in walk.shown(keys_page.form, "same_person")
    assert "Made on this computer" in keys_page.origin.text()
    at_desk.click(keys_page.same)
    assert walk.shown(keys_page.form, "same_person") == ""
    at_desk.click(keys_page.use)
    at_desk.wait(lambda: "Dr Nadia Orlov" in keys_page.name.text())


# --- the recovery key -----------------------------------------------------------------------------------


def recovery_key(hands: Hands) -> tuple[RecoveryKeyPage, str]:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, RecoveryKeyPage)
    hands.click(page.copy)
    return page, QGuiApplication.clipboard().text()


def confirm(hands: Hands, page: RecoveryKeyPage, key: str) -> None:
    walk.write(hands, page.form, "last", key.rsplit("-", maxsplit=1)[-1].replace("0", "o").replace("1", "l"))
    hands.click(page.tick)
    hands.click(page.go)


def unlock(hands: Hands) -> None:
    assert hands.page(UnlockPage)
    hands.type(PASSPHRASE)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    hands.click(page.go)
    hands.wait(lambda: not hands.page(UnlockPage))


def test_closed_before_it_was_confirmed_a_new_recovery_key_is_shown_until_it_is(
    door: Door, folder: Path, start: Start,
) -> None:
    hands = start(door)
    walk.fill_first_start(hands)
    _, lost = recovery_key(hands)
    door.lock()  # what closing the program leaves: nothing but the files
    again = start(Door(folder, door._guideline, door._clock))
    unlock(again)
    _, second = recovery_key(again)
    assert second != lost
    again.program.lock()
    unlock(again)
    page, third = recovery_key(again)
    assert third not in {lost, second}
    assert "nothing any more" in walk.words_of(page)
    confirm(again, page, third)
    assert again.page(WorklistPage)
    again.program.lock()
    walk.sign_in(again)
    again.program.lock()
    for old in (lost, second):
        with pytest.raises(Exception, match="not the one of this store"):
            again.program.door.recover(old, walk.NAME, walk.ROLE, PASSPHRASE)
    again.program.door.recover(third, walk.NAME, walk.ROLE, PASSPHRASE)
    again.program.door.lock()


def test_a_new_recovery_key_from_the_settings_needs_the_passphrase(at_desk: Hands, keys_page: KeysPage) -> None:
    walk.write(at_desk, keys_page.form, "recovery_passphrase", "not this one")
    at_desk.click(keys_page.renew)
    at_desk.wait(lambda: bool(walk.shown(keys_page.form, "recovery_passphrase")))
    walk.write(at_desk, keys_page.form, "recovery_passphrase", PASSPHRASE)
    at_desk.click(keys_page.renew)
    at_desk.wait(lambda: at_desk.page(RecoveryKeyPage))
    page, key = recovery_key(at_desk)
    confirm(at_desk, page, key)
    assert at_desk.page(KeysPage)


def test_the_recovery_key_is_saved_as_one_page_that_holds_it(
    door: Door, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pypdfium2

    hands = start(door)
    walk.fill_first_start(hands)
    page, key = recovery_key(hands)
    monkeypatch.setattr(page, "choose_file", lambda name: str(tmp_path / name))
    hands.click(page.save)
    assert "delete it here" in page.said.text()
    found = pypdfium2.PdfDocument(tmp_path / "recovery-key.pdf")
    assert len(found) == 1
    text = found[0].get_textpage().get_text_range()
    assert all(group in text for group in key.split("-"))
    assert "Hillside Clinic" in text
    assert isinstance(page.form, Form)


def test_printing_draws_the_same_page(door: Door, start: Start, tmp_path: Path,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's dialog is answered with yes, and the printer it was opened for writes into a file."""
    from PySide6 import QtPrintSupport

    def accepted(printer: QtPrintSupport.QPrinter, _parent: object) -> object:
        printer.setOutputFormat(QtPrintSupport.QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))

        class Answered:
            @staticmethod
            def exec() -> QtPrintSupport.QPrintDialog.DialogCode:
                return QtPrintSupport.QPrintDialog.DialogCode.Accepted

        return Answered()

    accepted.DialogCode = QtPrintSupport.QPrintDialog.DialogCode  # type: ignore[attr-defined]
    hands = start(door)
    walk.fill_first_start(hands)
    page, key = recovery_key(hands)
    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", accepted)
    hands.click(page.print)
    assert "Sent to the printer" in page.said.text()
    import pypdfium2

    found = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(found) == 1
    assert key.split("-")[0] in found[0].get_textpage().get_text_range()
