"""`lumbar-pathway verify` with the text of a code: from a file, and as a hand scanner types it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.seal.conftest import Clinic, clinic  # noqa: F401  the fixture
from tests.seal.test_code import code_of


class Typed(io.TextIOWrapper):
    """Standard input that a scanner types into: a line, and then nothing for a long time."""

    def __init__(self, line: bytes, *, terminal: bool) -> None:
        super().__init__(_OneLine(line))
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class _OneLine(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("waits for more than the line")


@pytest.fixture
def trust(tmp_path: Path, clinic: Clinic) -> Path:  # noqa: F811
    file = tmp_path / "clinic.pem"
    file.write_bytes(clinic.trust[0])
    return file


def test_a_file_with_the_code(run: Run, tmp_path: Path, clinic: Clinic, trust: Path) -> None:  # noqa: F811
    file = tmp_path / "scanned.txt"
    for written in (code_of(clinic), f"\ufeff{code_of(clinic)}\r\n"):
        file.write_text(written, encoding="utf-8")
        ran = run("verify", file, "--trust", trust)
        assert (ran.code, ran.err) == (0, "")
        assert "This code is whole" in ran.out
        assert "Signed by Dr N. Karim" in ran.out
        assert "Urgency: Urgent, within 2 weeks." in ran.out


@pytest.mark.parametrize("terminal", [True, False])
def test_a_hand_scanner_is_answered_at_the_end_of_its_line(
    run: Run, clinic: Clinic, trust: Path, monkeypatch: pytest.MonkeyPatch, *, terminal: bool  # noqa: F811
) -> None:
    monkeypatch.setattr("sys.stdin", Typed(code_of(clinic).encode() + b"\n", terminal=terminal))
    ran = run("verify", "-", "--trust", trust)
    assert ran.code == 0
    assert "This code is whole" in ran.out
    assert ("Scan the code now." in ran.err) is terminal


def test_a_changed_code_an_unknown_clinic_and_nothing(
    run: Run, tmp_path: Path, clinic: Clinic, trust: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    file = tmp_path / "scanned.txt"
    code = code_of(clinic)
    file.write_text(code)
    assert run("verify", file).code == 1
    file.write_text(code[:700] + ("1" if code[700] != "1" else "2") + code[701:])
    ran = run("verify", file, "--trust", trust)
    assert ran.code == 1
    assert "Do not rely on this document." in ran.out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert run("verify", "-", "--trust", trust).code == 1


def test_a_pdf_through_standard_input(
    run: Run, clinic: Clinic, trust: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    from tests.seal.paper import plan_pdf

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(clinic.sign(plan_pdf()))))
    ran = run("verify", "-", "--trust", trust)
    assert ran.code == 0
    assert "This document is whole" in ran.out


def test_a_device_without_an_end_is_refused(run: Run) -> None:
    """Its size is said to be nothing; read whole it would take all memory."""
    ran = run("verify", "/dev/zero")
    assert ran.code == 74
    assert "no ordinary file" in ran.err
