"""What `self-check` does: each step uses the program on fictional data in a throw-away folder."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from desktop_app.use_cases.domain import PaperKind, Verdict
from desktop_app.use_cases.errors import BadData, KeyFileError
from desktop_app.use_cases.front_door import FrontDoor
from desktop_app.use_cases.ports import Seal
from desktop_app.use_cases.training import TRAINING_CLINIC, Trainee, fill_desk

SCRIPTS = {"ar": ("\u0600", "\u06ff"), "hi": ("\u0900", "\u097f")}
"""Languages whose letters are shaped or read from the right, each with the first and last letter of its script."""
FEWEST_LETTERS = 200  # on such a sheet
PASSPHRASE = "a throw-away passphrase"  # noqa: S105  opens nothing but the profile of this check


class SelfCheck:
    """Holds what one step leaves for the next."""

    def __init__(
        self, guideline: Path, seal: Callable[[], Seal], door: Callable[[Path], FrontDoor],
        window: Callable[[Path], str], around: Callable[[Path], str], look_at: Callable[[bytes], tuple[str, str]],
    ) -> None:
        """``window``: draws a window and tells of it. ``around``: reaches what is around the program. ``look_at``: a
        document's words as the preview finds them, and the code on its pages.
        """
        self._guideline = guideline
        self._seal = seal
        self._door = door
        self._window = window
        self._around = around
        self._look_at = look_at
        self._signed = b""

    def steps(self) -> list[Step]:
        return [
            Step("Guideline", self._content),
            Step("Window, fonts and icons", lambda _place: self._window(places.resources())),
            Step("Printers, lock of the system, second start", self._around),
            Step("Languages", self._languages),
            Step("Store made and reopened", self._store),
            Step("Scripts of the patient's sheet", self._scripts),
            Step("Care plan signed and verified", self._paper),
            Step("Pages on the screen and code on paper", self._preview),
            Step("Keys on cards and tokens", self._tokens),
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

    @contextmanager
    def _desk(self, place: Path) -> Iterator[Desk]:
        door = self._door(place / "profile")
        try:
            yield door.sign_in("", PASSPHRASE)
        finally:
            door.lock()

    def _store(self, place: Path) -> str:
        door = self._door(place / "profile")
        desk, recovery_key = door.first_start(TRAINING_CLINIC, "Dr Self Check", "clinician", PASSPHRASE)
        if not recovery_key:
            raise BadData("No recovery key was made.")
        fill_desk(desk, [self._trainee], PASSPHRASE)
        before = _answers(desk)
        door.lock()
        with self._desk(place) as again:
            if _answers(again) != before or not before:
                raise BadData("The store did not hold what was written into it.")
        return f"{len(before)} answers kept"

    def _paper(self, place: Path) -> str:
        with self._desk(place) as desk:
            consultation = desk.open(desk.find("")[0].id)
            for choice in self._trainee.case.choices:
                consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
            pdf = consultation.sign(desk.signer(PASSPHRASE)).content
        trusted = _trusted(place)
        verdict = self._seal().verify(pdf, trusted)
        if not verdict.accepted:
            raise BadData("The signed plan was not accepted: " + " ".join(verdict.problems))
        changed = bytearray(pdf)
        changed[len(changed) // 3] ^= 1
        if self._seal().verify(bytes(changed), trusted).accepted:
            raise BadData("A changed plan was accepted.")
        self._signed = pdf
        return f"{len(pdf) // 1024} KiB, accepted; a changed copy refused"

    def _preview(self, place: Path) -> str:
        """The signed plan as it is looked at, and its code as a scanner reads it off the paper."""
        words, code = self._look_at(self._signed)
        if self._trainee.name not in words:
            raise BadData("The patient's name is not found on the pages of the plan.")
        if not self._seal().verify_code(code, _trusted(place)).accepted:
            raise BadData("The code on the plan cannot be read back from its page.")
        return "every page drawn, the name found, the code read back and accepted"

    def _scripts(self, place: Path) -> str:
        """The sheet in every language whose letters have to be shaped or set from the right."""
        with self._desk(place) as desk:
            consultation = desk.open(desk.find("")[0].id)
            try:
                for name, (first, last) in SCRIPTS.items():
                    consultation.speak(name)
                    words, _code = self._look_at(consultation.draft(PaperKind.HANDOUT))
                    if sum(first <= letter <= last for letter in words) < FEWEST_LETTERS:
                        raise BadData(f"The sheet in “{name}” holds no words in its own letters.")
            finally:
                consultation.speak("")
        return f"drawn in {', '.join(SCRIPTS)}"

    def _tokens(self, place: Path) -> str:
        """The part that speaks to tokens is there: given a file that is no module, it says so."""
        module = str(place / "no-module")
        Path(module).write_bytes(b"")
        with self._desk(place) as desk:
            try:
                if desk.keys is not None:
                    desk.keys.look_into_token(module, "none", "0000")
            except KeyFileError as told:
                if module in str(told):
                    return "a file that is no module of a token is refused"
                raise
        raise BadData("A token was found where there is none.")


def _trusted(place: Path) -> list[bytes]:
    return [(place / "profile" / "clinic-certificate.pem").read_bytes()]


def _answers(desk: Desk) -> dict[str, object]:
    return dict(desk.open(desk.find("")[0].id).answers)


def check_trainee(cases: Sequence[Case]) -> Trainee:
    """The first case of the pack that carries decisions."""
    for case in cases:
        if case.choices and case.patient.born is not None and case.patient.name:
            return Trainee(case, case.patient.name)
    raise BadData("No case of the guideline carries decisions.")
