"""Damaged and hostile input is refused in words, in little time and memory; nothing changed is ever believed.

The bounded share of `python -m tests.hostile`, in a process of its own because of its limit of memory.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.use_cases.errors import BadData
from tests.hostile.bombs import bombs
from tests.hostile.damage import damaged
from tests.hostile.importers import Importer, importers
from tests.hostile.trial import Outcome, give, trial

ROOT = Path(__file__).resolve().parents[2]
SHARE = 150


def test_every_importer_takes_its_samples_and_refuses_what_is_damaged() -> None:
    ran = subprocess.run([sys.executable, "-m", "tests.hostile", str(SHARE)], cwd=ROOT, capture_output=True, text=True,
                         timeout=600, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    for importer in importers():
        line = next(one for one in ran.stdout.splitlines() if one.startswith(importer.name))
        count, taken, refused = (int(word) for word in line[len(importer.name):].split()[:3])
        assert count == taken + refused == SHARE + sum(name == importer.name for name, _ in bombs().values())
        assert refused > SHARE // 3
    assert re.search(r"most memory: \d+ MB", ran.stdout)


@pytest.mark.parametrize("importer", importers(), ids=lambda importer: importer.name)
def test_what_is_whole_is_taken(importer: Importer) -> None:
    outcome = Outcome(importer.name)
    give(importer, importer.samples[0], outcome, "whole")
    assert (outcome.taken, outcome.wrong) == (1, ())


@pytest.mark.long
@pytest.mark.parametrize("importer", importers(), ids=lambda importer: importer.name)
def test_ten_thousand_of_each(importer: Importer) -> None:
    assert trial(importer, 10_000, 7).wrong == ()


def test_a_scanner_s_own_signs_before_the_code_change_nothing_that_is_proved() -> None:
    importer = next(one for one in importers() if one.name == "code from paper")
    [code] = importer.samples
    outcome = Outcome(importer.name)
    give(importer, b"SHC0-" + code[5:], outcome, "a keyboard of another layout")
    give(importer, code[:-1] + (b"0" if code[-1:] != b"0" else b"1"), outcome, "another digit")
    assert (outcome.taken, outcome.refused, outcome.wrong) == (1, 1, ())


def _fails(error: Exception) -> Importer:
    def read(_: bytes) -> object:
        raise error

    return Importer("one that fails", [b"abc"], [], read)


def test_a_traceback_and_a_refusal_without_words_are_found() -> None:
    assert "ZeroDivisionError" in trial(_fails(ZeroDivisionError("x")), 1, 0).wrong[0]
    assert "without a word" in trial(_fails(BadData("")), 1, 0).wrong[0]
    assert trial(_fails(BadData("This is no case.")), 5, 0).refused == 5


def test_the_same_seed_damages_in_the_same_way_and_differently_each_time() -> None:
    samples = [b"one sample of some length", b"another"]
    first, again = random.Random(3), random.Random(3)
    made = [damaged(samples, [b"word"], first) for _ in range(200)]
    assert made == [damaged(samples, [b"word"], again) for _ in range(200)]
    assert len(set(made)) > 150
