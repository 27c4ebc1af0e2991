"""The checks of a whole pack: a good one passes, and what each check is able to see."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.engine.cases import load_cases
from desktop_app.engine.checks import check_pack
from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes
from desktop_app.engine.expect import run_case, unmet
from desktop_app.engine.free import FreeArithmetic
from desktop_app.engine.judge import decide
from desktop_app.engine.loader import read_pack
from desktop_app.engine.plan import plan_of
from desktop_app.engine.satisfiable import Search
from tests.engine.lighthouse import CASES, FOLDER, MORE_CASES, Lamps, lighthouse


@pytest.mark.parametrize("arithmetic", [Lamps(), FreeArithmetic()], ids=["lamps", "free"])
def test_the_fictional_pack_passes(arithmetic: Lamps | FreeArithmetic) -> None:
    report = check_pack(read_pack(FOLDER), arithmetic)
    assert report.passed
    assert report.lines() == [
        (
            "7 of 7 statements, 1 of 1 headings, 3 of 3 additions, 1 of 1 decisions, 1 of 1 tensions, "
            "3 of 3 disagreements accounted for; 35 cases pass"
        )
    ]


def test_cases_can_be_left_out() -> None:
    report = check_pack(read_pack(FOLDER), Lamps(), cases=False)
    assert report.passed
    assert report.lines()[-1].endswith("no case was run")


@pytest.mark.parametrize("folder", [CASES, MORE_CASES], ids=["pack", "fixture"])
def test_every_case_meets_what_it_states(folder: Path) -> None:
    for case in load_cases(folder, lighthouse()):
        assert run_case(case, lighthouse(), Lamps())[1] == []


def test_a_case_in_the_wrong_folder_is_found(tmp_path: Path) -> None:
    """A plan can be made of each case; a contradiction stands among the refused, and nothing else does."""
    folder = tmp_path / "pack"
    shutil.copytree(FOLDER, folder)
    refused = folder / "cases" / "refused"
    (refused / "L32_dark_and_bright.yaml").rename(folder / "cases" / "L32_dark_and_bright.yaml")
    (folder / "cases" / "L33_dark_left_only.yaml").rename(refused / "L33_dark_left_only.yaml")
    unmet = " ".join(check_pack(read_pack(folder), Lamps()).unmet)
    assert "case L32_dark_and_bright: answers contradict one another" in unmet
    assert "case L33_dark_left_only: stands among the refused" in unmet


def test_a_difference_is_said_with_its_place() -> None:
    case = next(each for each in load_cases(CASES, lighthouse()) if each.id == "L02_day_14")
    decision = decide(lighthouse(), case.sheet, date(2026, 11, 2), Lamps(), explain=False)
    said = [str(each) for each in unmet(case, decision, lighthouse())]
    assert any(line.endswith("L02_day_14.yaml:16:17: case L02_day_14: overdue_days is 2, expected 0") for line in said)


def test_medicines_are_compared_by_value_bound_and_rows() -> None:
    case = next(each for each in load_cases(CASES, lighthouse()) if each.id == "L02_day_14")
    decision = decide(lighthouse(), case.sheet, case.as_of, Lamps(), explain=False)
    shown = replace(
        decision,
        medicines={
            "mme": {"at_least": 90.0, "exact": True},
            "bands": {"x": {"possible": ["low"]}, "y": {"possible": ["low", "high"]}},
            "clearance": {"value": None},
            "sum": {"at_least": 50, "exact": False},
        },
    )
    place = case.expectations[0].place
    wanted = {
        ("medicines", "mme"): "90",
        ("medicines", "bands", "x"): "low",
        ("medicines", "bands", "y"): "low or high",
        ("medicines", "clearance"): "unknown",
        ("medicines", "sum"): "at least 50",
        ("medicines", "none"): "none",
    }
    stated = tuple(replace(case.expectations[0], path=path, wanted=word, place=place) for path, word in wanted.items())
    assert unmet(replace(case, expectations=stated), shown, lighthouse()) == []
    wrong = replace(stated[0], wanted="91")
    assert [each.found for each in unmet(replace(case, expectations=(wrong,)), shown, lighthouse())] == ["90"]


OIL, GAS, BAD = Is("lamp_type", "oil"), Is("lamp_type", "gas"), Yes("flicker_bad")


@pytest.mark.parametrize(
    ("condition", "can_be_true", "can_be_false"),
    [
        (BAD, True, True),
        (Always(), True, False),
        (Not(Always()), False, True),
        (All((BAD, Not(BAD))), False, True),
        (Any((BAD, Not(BAD))), True, False),
        (All((OIL, GAS)), False, True),
        (Any((OIL, GAS, Is("lamp_type", "electric"))), True, False),
        (All((Compare("oil_left", "<", 20.0), Compare("oil_left", ">", 20.0))), False, True),
        (All((Compare("oil_left", "<=", 20.0), Compare("oil_left", ">=", 20.0))), True, True),
        (AtLeast(2, (OIL, GAS, BAD)), True, True),
        (AtLeast(3, (OIL, GAS, BAD)), False, True),
        (AtLeast(1, (BAD, Not(BAD), OIL)), True, False),
        (All((Ref("bad_flicker"), Not(Yes("flicker")))), False, True),
        (All((Any((OIL, GAS)), Any((GAS, BAD)), Not(GAS), Not(BAD))), False, True),
    ],
)
def test_what_can_come_out(condition: Condition, can_be_true: bool, can_be_false: bool) -> None:
    plan = plan_of(lighthouse())
    search = Search(plan.domains, plan.named)
    assert search.possible(condition, outcome=True) is can_be_true
    assert search.possible(condition, outcome=False) is can_be_false
