"""The shipped guideline passes all of its checks, and everything the article says is accounted for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.checks import CheckReport, check_pack
from desktop_app.engine.loader import Reading, read_pack
from tests.mutants.statements import deciding

FOLDER = Path(__file__).parents[2] / "resources/guidelines/lumbar_fracture_radicular_pain"
_YEAR = re.compile(r"\d{4}")
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


def test_a_disagreement_carries_the_years_of_its_own_source() -> None:
    """Printed together (“FDA 2019”), a year of somebody else's paper would be taken for the source's."""
    pack = reading().pack
    years = {one.id: (set(_YEAR.findall(one.year)), set(_YEAR.findall(pack.sources[one.source].year)))
             for one in pack.disagreements.values()}
    assert {name for name, (said, own) in years.items() if not said <= own} == set()


def test_only_a_randomised_trial_is_called_a_trial() -> None:
    kinds = {one.id: one.kind for one in reading().pack.sources.values()}
    assert [name for name, kind in kinds.items() if kind == "trial"] == ["precise_2017"]
    assert kinds["mandel_2013"] == kinds["jkns_2015"] == kinds["bmc_2024"] == "observational study"
