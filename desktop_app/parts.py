"""Makes each part that the others are joined from: clock, papers, guideline, arithmetic, seal.

Heavy libraries are imported where they are needed: the first window must not wait for reportlab,
pyHanko or Alembic.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop_app import language, places

if TYPE_CHECKING:
    from desktop_app.engine.model import Pack, PackInfo
    from desktop_app.seal.service import PdfSeal
    from desktop_app.use_cases.blank_papers import BlankPapers
    from desktop_app.use_cases.editions import Press
    from desktop_app.use_cases.loaded import Loaded
    from desktop_app.use_cases.patient_folder import FolderPapers
    from desktop_app.use_cases.ports import Clock, Documents


class ComputerClock:
    """This computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone()

    def today(self) -> date:
        return self.now().date()


class OneMoment:
    """A clock that stands: what is checked in one go has one day, also over midnight."""

    def __init__(self, clock: Clock) -> None:
        self._now = clock.now()

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()


def documents() -> Documents:
    from desktop_app.documents.care_plan import Paper
    from desktop_app.seal.attached import files

    return Paper(files)


_getting_ready = Lock()


def get_ready_to_sign() -> None:
    """Load what makes and signs papers. Whoever comes meanwhile waits; once it is loaded, nobody does."""
    with _getting_ready:
        from desktop_app.documents import care_plan
        from desktop_app.seal import sign

        care_plan.load()
        sign.load()


def blank_papers() -> BlankPapers:
    from desktop_app.documents.blank_papers import BlankPaper

    return BlankPaper()


def folder_papers() -> FolderPapers:
    from desktop_app.documents.patient_folder import FolderPaper
    from desktop_app.seal.attached import files

    return FolderPaper(files)


def read_logo(raw: bytes) -> bytes:
    from desktop_app.documents import logo

    return logo.read_logo(raw)


def pack_of(folder: Path) -> Pack:
    from desktop_app.engine.loader import load_pack

    return load_pack(folder)


def loaded_guideline(folder: Path) -> Loaded:
    """An edition that was installed, with its arithmetic. Raises ``ContentError``."""
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.use_cases.loaded import Loaded

    pack = pack_of(folder)
    return Loaded(pack, ClinicalArithmetic(pack))


class Spoken:
    """The guideline in the language of the screens, or of papers, made once for each edition and approval."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, PackInfo, str], Loaded] = {}

    def __call__(self, loaded: Loaded, wanted: str = "") -> Loaded:
        """``wanted``: a language; "" for that of the screens."""
        say = language.of_guideline(wanted)
        if say is None:
            return loaded
        key = loaded.pack.content_hash, loaded.pack.info, wanted or language.now()
        if key not in self._made:
            self._made[key] = self._make(loaded, say)
        return self._made[key]

    def _make(self, loaded: Loaded, say: Callable[[str], str]) -> Loaded:
        from desktop_app.clinical import ClinicalArithmetic
        from desktop_app.engine.spoken import spoken
        from desktop_app.use_cases.loaded import Loaded

        pack = spoken(loaded.pack, say)
        return Loaded(pack, ClinicalArithmetic(pack))


def own_cases(loaded: Loaded) -> tuple[int, tuple[str, ...]]:
    """How many of an edition's own worked cases pass, and what does not."""
    from desktop_app.engine.cases import read_cases
    from desktop_app.engine.expect import run_case

    cases, problems = read_cases(Path(loaded.pack.folder) / "cases", loaded.pack)
    failed = [str(problem) for problem in problems]
    passed = 0
    for case in cases:
        unmet = run_case(case, loaded.pack, loaded.clinical)[1]
        failed += [f"{case.id}: {one}" for one in unmet]
        passed += not unmet
    return passed, tuple(failed)


def seal() -> PdfSeal:
    from desktop_app.seal.service import PdfSeal

    return PdfSeal()


def press() -> Press:
    """What publishers of editions work with."""
    from desktop_app.seal.publishing import PublishersPress

    return PublishersPress()


def trusted_here(data_dir: Path | None) -> list[bytes]:
    """The certificate of this computer's clinic, when there is one."""
    from db.file_names import AUTHORITY_FILE

    path = (data_dir or places.data_folder()) / AUTHORITY_FILE
    return [path.read_bytes()] if path.is_file() else []
