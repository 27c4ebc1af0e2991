"""A whole consultation through the real window: first start, every page, the signature, the file checked by others."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_app.door import Door
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Decision
from desktop_app.widgets.first_start_page import FirstStartPage
from tests.documents.pdf_tools import one_line, pages_of, sound
from tests.whole import walk
from tests.whole.hands import Hands, same

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("emergency", "presentation", "examination", "imaging", "interventions", "medicines", "referral")
REASON = "She drives for a living and prefers to wait for the injection."


def statuses(decision: Decision) -> dict[str, str]:
    return {option.id: option.status.value for option in decision.options}


def test_first_start_asks_for_everything_before_it_makes_anything(
    door: Door, folder: Path, start: Callable[[Door], Hands],
) -> None:
    hands = start(door)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, FirstStartPage)
    hands.click(page.go)
    assert "the emergency page shows either" in walk.shown(page.form, "phone.ambulance")
    assert walk.shown(page.form, "clinician")
    assert walk.shown(page.form, "passphrase")
    assert not folder.exists()
    walk.write(hands, page.form, "phone.ambulance", "555 0100")
    assert not walk.shown(page.form, "phone.ambulance")
    key = walk.first_start(hands)
    assert len(key.replace("-", "").replace(" ", "")) >= 20
    assert hands.window.desk.clinic.phones == walk.PHONES


def test_from_first_start_to_a_signed_plan(
    door: Door, start: Callable[[Door], Hands], c01: Case, tmp_path: Path,
) -> None:
    case = c01
    wanted = walk.answers_of(case)
    hands = start(door)
    walk.first_start(hands)
    walk.new_patient(hands, case)
    assert hands.place == ("emergency", "cauda_equina")
    hands.inputs.clear()

    asked: list[str] = []
    for screen in SCREENS:
        asked += walk.answer_screen(hands, screen, wanted)
    consultation = hands.view.wizard.consultation
    unsaid = {a for a in wanted if a not in consultation.answers}
    assert {consultation.pack.atoms[a].question for a in unsaid}.isdisjoint(asked)
    assert all(same(given, wanted[atom]) for atom, given in consultation.answers.items())

    decision = consultation.decision
    expect = case.expect
    assert decision.tier.floor.name == expect["floor",]
    assert decision.tier.final
    assert decision.tier.due_date is not None
    assert decision.tier.due_date.isoformat() == expect["due_date",]
    assert decision.emergency.complete
    expected = {path[1]: status for path, status in expect.items() if path[0] == "options"}
    assert {o: s for o, s in statuses(decision).items() if o in expected} == expected

    hands.part = "deciding"
    hands.go_to("interventions")
    hands.show_options()
    hands.accept("epidural_injection")
    hands.go_to("medicines")
    hands.show_options()
    hands.accept("continue_nsaid")
    hands.decline("start_pregabalin", REASON)
    hands.go_to("referral")
    hands.show_options()
    hands.accept("refer_urgently")
    assert {c.option: c.verdict.value for c in consultation.choices.values()} == {
        "epidural_injection": "accept", "continue_nsaid": "accept", "start_pregabalin": "decline",
        "refer_urgently": "accept"}

    assert hands.out_of_sight == []

    document = walk.sign(hands)
    print_inputs(hands)
    assert hands.view.wizard.signed
    assert not hands.review.sign_button.isVisible()
    check_signed(document.content, door.authority, tmp_path, case)


def print_inputs(hands: Hands) -> None:
    """For the reader: how many keys and clicks the consultation took."""
    total = sum(hands.inputs.values())
    print(f"inputs: {total}; " + ", ".join(f"{part} {count}" for part, count in hands.inputs.items()))


def check_signed(content: bytes, authority: bytes, place: Path, case: Case) -> None:
    """The file is accepted by our own check with the clinic's certificate, and by Debian's."""
    pdf, clinic = place / "plan.pdf", place / "clinic.pem"
    pdf.write_bytes(content)
    clinic.write_bytes(authority)
    ours = subprocess.run([sys.executable, "-m", "desktop_app", "verify", str(pdf), "--trust", str(clinic)],
                          cwd=ROOT, capture_output=True, text=True, check=False)
    assert ours.returncode == 0, ours.stdout + ours.stderr
    assert walk.NAME in ours.stdout
    assert str(case.patient.name) in ours.stdout
    theirs = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in theirs.stdout
    assert "Total document signed" in theirs.stdout
    sound(pdf)
    first = one_line(pages_of(pdf)[0])
    assert str(case.patient.name) in first
    assert "EMERGENCY SCREEN INCOMPLETE" not in first
    assert REASON in one_line(" ".join(pages_of(pdf)))
