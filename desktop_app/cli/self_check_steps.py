"""What `self-check` does: each step uses the program on fictional data in a throw-away folder."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import cached_property
from gettext import GNUTranslations
from pathlib import Path

from desktop_app import places
from desktop_app.cli.self_check import Step
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case, load_cases
from desktop_app.engine.expect import run_case
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.engine.translations import languages, load_translation
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.front_door import FrontDoor
from desktop_app.use_cases.ports import Seal
from desktop_app.use_cases.training import TRAINING_CLINIC, Trainee, fill_desk

PASSPHRASE = "a throw-away passphrase"  # noqa: S105  opens nothing but the profile of this check


class SelfCheck:
    """Holds what one step leaves for the next."""

    def __init__(
        self, guideline: Path, seal: Callable[[], Seal], door: Callable[[Path], FrontDoor],
        window: Callable[[Path], str],
    ) -> None:
        self._guideline = guideline
        self._seal = seal
        self._door = door
        self._window = window

    def steps(self) -> list[Step]:
        return [
            Step("Guideline", self._content),
            Step("Window, fonts and icons", lambda _place: self._window(places.resources())),
            Step("Languages", self._languages),
            Step("Store made and reopened", self._store),
            Step("Care plan signed and verified", self._paper),
        ]

    @cached_property
    def _pack(self) -> Pack:
        return load_pack(self._guideline)

    @cached_property
    def _cases(self) -> list[Case]:
        return load_cases(self._guideline / "cases", self._pack)

    @cached_property
    def _trainee(self) -> Trainee:
        return check_trainee(self._cases)

    def _content(self, _place: Path) -> str:
        clinical = ClinicalArithmetic(self._pack)
        failed = [case.id for case in self._cases if run_case(case, self._pack, clinical)[1]]
        if failed:
            raise BadData(f"{len(failed)} of {len(self._cases)} cases are not met: {', '.join(failed[:5])}")
        return f"{self._pack.info.title} {self._pack.info.version}, {len(self._cases)} cases pass"

    def _languages(self, _place: Path) -> str:
        """Catalogues of the screens, and what the guideline has for patients, are read whole."""
        screens = sorted((places.resources() / "translations").glob("*.mo"))
        for file in screens:
            with file.open("rb") as stream:
                try:
                    GNUTranslations(stream)
                except (OSError, ValueError, UnicodeDecodeError, struct.error) as error:
                    raise BadData(f"The words in {file.name} cannot be read.") from error
        sheets = languages(self._guideline)
        for language in sheets:
            load_translation(self._guideline, language)
        named = ", ".join(["en", *(file.stem for file in screens)])
        return f"screens in {named}; patients' sheets in {', '.join(['en', *sheets])}"

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


def check_trainee(cases: Sequence[Case]) -> Trainee:
    """The first case of the pack that carries decisions."""
    for case in cases:
        if case.choices and case.patient.born is not None and case.patient.name:
            return Trainee(case, case.patient.name)
    raise BadData("No case of the guideline carries decisions.")
