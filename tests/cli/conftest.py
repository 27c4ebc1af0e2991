"""Runs the command line in this process, as a script would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.__main__ import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(*arguments: object) -> Ran:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return _run


@pytest.fixture(scope="session")
def case_folder(guideline_folder: Path) -> Path:
    return guideline_folder / "cases"
