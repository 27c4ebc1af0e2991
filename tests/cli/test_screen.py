"""No screen is said in a sentence before Qt would end the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.__main__ import COMMANDS
from desktop_app.cli.screen import no_screen_here

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_no_display_is_said(bare: pytest.MonkeyPatch) -> None:
    assert "there is no screen here" in no_screen_here()


def test_a_display_that_does_not_answer_is_named(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DISPLAY", ":4093")
    assert "the screen :4093 does not answer" in no_screen_here()


@pytest.mark.parametrize(("name", "value"), [("QT_QPA_PLATFORM", "offscreen"), ("WAYLAND_DISPLAY", "wayland-0")])
def test_other_ways_to_show_a_window_are_left_to_qt(bare: pytest.MonkeyPatch, name: str, value: str) -> None:
    bare.setenv(name, value)
    assert no_screen_here() == ""


def test_the_program_names_what_works_instead() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 66
    assert "there is no screen here" in ran.stderr
    assert f"lumbar-pathway {', '.join(COMMANDS)}." in ran.stderr
    assert "Traceback" not in ran.stderr
