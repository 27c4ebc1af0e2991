"""What `self-check` does: each step uses the program on fictional data in a throw-away folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app import places
from desktop_app.cli.self_check import Step
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import load_cases
from desktop_app.engine.expect import run_case
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.front_door import FrontDoor
from desktop_app.use_cases.ports import Seal
from desktop_app.use_cases.training import TRAINING_CLINIC, Trainee, fill_desk

PASSPHRASE = "a throw-away passphrase"  # noqa: S105  opens nothing but the profile of this check
FONT_FILES = 3


class SelfCheck:
    """Holds what one step leaves for the next."""

    def __init__(
        self, guideline: Path, seal: Callable[[], Seal], door: Callable[[Path], FrontDoor], trainee: Trainee
    ) -> None:
        self._guideline = guideline
        self._seal = seal
        self._door = door
        self._trainee = trainee

    def steps(self) -> list[Step]:
        return [
            Step("Guideline", self._content),
            Step("Fonts and icons", self._resources),
            Step("Store made and reopened", self._store),
            Step("Care plan signed and verified", self._paper),
        ]

    def _content(self, _place: Path) -> str:
        pack = load_pack(self._guideline)
        clinical = ClinicalArithmetic(pack)
        cases = load_cases(self._guideline / "cases", pack)
        failed = [case.id for case in cases if run_case(case, pack, clinical)[1]]
        if failed:
            raise BadData(f"{len(failed)} of {len(cases)} cases are not met: {', '.join(failed[:5])}")
        return f"{pack.info.title} {pack.info.version}, {len(cases)} cases pass"

    def _resources(self, _place: Path) -> str:
        fonts = list((places.resources() / "fonts").glob("*.ttf"))
        icons = list((places.resources() / "icons").rglob("*.svg"))
        if len(fonts) < FONT_FILES or not icons:
            raise BadData(f"Only {len(fonts)} fonts and {len(icons)} icons were found.")
        return f"{len(fonts)} fonts, {len(icons)} icons"

    def _store(self, place: Path) -> str:
        door = self._door(place / "profile")
        desk, recovery_key = door.first_start(TRAINING_CLINIC, "Dr Self Check", "clinician", PASSPHRASE)
        if not recovery_key:
            raise BadData("No recovery key was made.")
        fill_desk(desk, [self._trainee], PASSPHRASE)
        before = _answers(desk)
        door.lock()
        again = door.sign_in("", PASSPHRASE)
        if _answers(again) != before or not before:
            raise BadData("The store did not hold what was written into it.")
        door.lock()
        return f"{len(before)} answers kept"

    def _paper(self, place: Path) -> str:
        door = self._door(place / "profile")
        desk = door.sign_in("", PASSPHRASE)
        consultation = desk.open(desk.find("")[0].id)
        for choice in self._trainee.case.choices:
            consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
        pdf = consultation.sign(desk.signer(PASSPHRASE)).content
        trusted = [(place / "profile" / "clinic-certificate.pem").read_bytes()]
        door.lock()
        verdict = self._seal().verify(pdf, trusted)
        if not verdict.accepted:
            raise BadData("The signed plan was not accepted: " + " ".join(verdict.problems))
        changed = bytearray(pdf)
        changed[len(changed) // 3] ^= 1
        if self._seal().verify(bytes(changed), trusted).accepted:
            raise BadData("A changed plan was accepted.")
        return f"{len(pdf) // 1024} KiB, accepted; a changed copy refused"


def _answers(desk: Desk) -> dict[str, object]:
    return dict(desk.open(desk.find("")[0].id).answers)


def check_trainee(guideline: Path, pack: Pack) -> Trainee:
    """The first case of the pack that carries decisions."""
    for case in load_cases(guideline / "cases", pack):
        if case.choices and case.patient.born is not None and case.patient.name:
            return Trainee(case, case.patient.name)
    raise BadData("No case of the guideline carries decisions.")
