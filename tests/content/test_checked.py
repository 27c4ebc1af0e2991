"""The shipped guideline passes all of its checks, and everything the article says is accounted for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.checks import CheckReport, check_pack
from desktop_app.engine.loader import Reading, read_pack
from tests.mutants.statements import deciding

FOLDER = Path(__file__).parents[2] / "resources/guidelines/lumbar_fracture_radicular_pain"
ONLY_SHOWN = {"S4", "S6", "S7", "S11", "S16", "S26", "S39", "S40", "S43"}


@cache
def reading() -> Reading:
    return read_pack(FOLDER)


@cache
def report() -> CheckReport:
    return check_pack(reading(), ClinicalArithmetic(reading().pack))


def test_nothing_is_wrong() -> None:
    assert report().problems == ()
    assert report().unmet == ()
    assert report().cases_passed == report().cases_run


def test_everything_is_accounted_for() -> None:
    summary = report().lines()[-1]
    for words in ("47 of 47 statements", "5 of 5 headings", "17 of 17 additions", "30 of 30 disagreements"):
        assert words in summary


def test_statements_that_decide_nothing_are_the_known_ones() -> None:
    statements = [each.id for each in reading().pack.statements.values() if each.kind == "statement"]
    assert set(statements) - set(deciding(reading().pack)) == ONLY_SHOWN
