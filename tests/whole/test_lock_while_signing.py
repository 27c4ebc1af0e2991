"""The desktop locks while a plan is being signed: the signature is whole or not there, and nothing waits for ever."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.door import Door
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.domain import EncounterState, StoredDocument, Verdict
from desktop_app.use_cases.errors import IoFailed
from desktop_app.widgets.confirm import SignNow
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.system_lock import SystemLock
from desktop_app.widgets.unlock_page import UnlockPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

SAVER, SAVER_PATH = "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"


@pytest.fixture
def address() -> Iterator[str]:
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


@pytest.fixture
def deciding(made: Door, prepare: Prepare, start: Callable[[Door], Hands], guideline_folder: Path, pack: Pack) -> Hands:
    """Everything answered and decided, the question for the passphrase open."""
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    prepare(walk.answers_of(case))
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    for choice in case.choices:
        hands.view.decide(choice.option, Verdict(choice.verdict), choice.reason)
    hands.go_to("review")
    hands.click(hands.review.sign_button)
    return hands


@pytest.fixture
def desktop_locks(deciding: Hands, address: str) -> Iterator[Callable[[], None]]:
    """What a desktop sends as its screen is locked, over a bus of the test's own that the program listens to."""
    bus = QDBusConnection.connectToBus(address, f"program {address}")
    sender = QDBusConnection.connectToBus(address, f"desktop {address}")
    heard = SystemLock(bus, bus)
    heard.locked.connect(deciding.program.locking.due)

    def send() -> None:
        message = QDBusMessage.createSignal(SAVER_PATH, SAVER, "ActiveChanged")
        message.setArguments([True])
        assert sender.send(message)

    yield send
    for name in ("program", "desktop"):
        QDBusConnection.disconnectFromBus(f"{name} {address}")


Sign = Callable[..., StoredDocument]


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("at", ["before", "within", "after"])
def test_a_signature_is_whole_or_not_there(deciding: Hands, made: Door, desktop_locks: Callable[[], None], at: str,
                                           fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock comes as the job begins, between two documents, or when everything is stored and not yet told."""
    reached, go_on = threading.Event(), threading.Event()
    whole, beside = Consultation.sign, Consultation._beside

    def pause() -> None:
        reached.set()
        assert go_on.wait(60)
        if fails and at != "after":
            raise IoFailed("The disk does not answer.", next_step="Check it.")

    def sign(consultation: Consultation, *given: object) -> StoredDocument:
        if at == "before":
            pause()
        document = whole(consultation, *given)  # type: ignore[arg-type]
        if at == "after":
            pause()
        return document

    def with_it(consultation: Consultation, *given: object) -> StoredDocument:
        if at == "within" and not reached.is_set():
            pause()
        return beside(consultation, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Consultation, "sign", sign)
    monkeypatch.setattr(Consultation, "_beside", with_it)
    hands = deciding
    encounter = hands.view.wizard.consultation.encounter.id
    asked = walk.dialog(hands, SignNow)
    assert isinstance(asked, SignNow)
    hands.type(PASSPHRASE)
    hands.click(asked.go)
    hands.wait(reached.is_set)
    desktop_locks()
    hands.wait(lambda: hands.page(UnlockPage))
    assert not asked.isVisible()
    assert hands.window.gate.running
    go_on.set()
    hands.wait(lambda: not hands.window.gate.running)
    hands.wait(lambda: not made.is_open)

    hands.window.activateWindow()  # the offscreen platform gives the keyboard back to nobody when a question goes
    hands.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    hands.type(PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: hands.page(ConsultationView))
    opened = made._need_open()
    papers = opened.store.documents_of(encounter)
    signed = opened.store.encounter(encounter).state is EncounterState.SIGNED
    assert signed is (not fails or at == "after")
    assert len({paper.kind for paper in papers}) == len(papers) == (4 if signed else 0)  # with whatever goes with it
    assert hands.view.wizard.signed is signed
    assert opened.store.verify_audit().sound
    assert len(opened.store.audit_rows(AuditFilter(deed=Deed.SIGNED))) == len(papers)
    if not signed:  # and can be signed now
        monkeypatch.undo()
        assert walk.sign(hands)
