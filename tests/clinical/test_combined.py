"""Findings that a screening item and the grids state together, and how wide a deficit is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.clinical.combined import NO, OPEN, YES, WideDeficit, any_abnormal, power_fall, weakness_at_most
from desktop_app.engine.derive import Inputs
from tests.clinical.little_pack import POWERS, SIDES, anatomy
from tests.clinical.test_roots import all_normal

ANATOMY = anatomy()
RANKS = ANATOMY.kinds["motor"].ranks
ROLES = {
    "item": "item",
    "power": "power",
    "sensation": "sensation",
    "reflex": "reflex",
    "motor_course": "motor_course",
    "sensory_course": "sensory_course",
}
WIDE = WideDeficit(ANATOMY, ROLES)


# --- power ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("power", POWERS)
def test_power_of_three_is_weak_and_four_minus_is_not(power: str) -> None:
    weak = power in {"0", "1", "2", "3"}
    assert weakness_at_most(False, [power], RANKS, "3") == (YES if weak else NO)
    assert weakness_at_most(None, [power], RANKS, "3") == (YES if weak else OPEN)
    assert weakness_at_most(True, [power], RANKS, "3") == YES


def test_the_screening_item_settles_what_the_grid_leaves_open() -> None:
    assert weakness_at_most(False, [None, "5"], RANKS, "3") == NO
    assert weakness_at_most(None, [None, "5"], RANKS, "3") == OPEN


@pytest.mark.parametrize("before", POWERS)
@pytest.mark.parametrize("now", POWERS)
def test_any_measured_fall_counts(before: str, now: str) -> None:
    fell = POWERS.index(now) < POWERS.index(before)
    assert power_fall(False, [(before, now)], RANKS) == (YES if fell else NO)
    assert power_fall(None, [(before, now)], RANKS) == (YES if fell else OPEN)


def test_a_fall_needs_both_examinations() -> None:
    assert power_fall(False, [("5", None), (None, "0")], RANKS) == NO
    assert power_fall(None, [("5", None), (None, "0")], RANKS) == OPEN


def test_any_weakness_is_yes_no_or_open() -> None:
    assert any_abnormal(["5", None, "4+"], "5") == YES
    assert any_abnormal(["5", None], "5") == OPEN
    assert any_abnormal(["5", "5"], "5") == NO
    assert any_abnormal(["5", "5"], "5", [True]) == YES
    assert any_abnormal(["5", "5"], "5", [None]) == OPEN
    assert any_abnormal(["5", "5"], "5", [False]) == NO


# --- how wide ---------------------------------------------------------------------------------------


def examined(item: bool | None = False, course: str = "stable", **found: str) -> Inputs:
    cells = {name.replace("__", "."): value for name, value in found.items()}
    return {**all_normal(), **cells, "item": item, "motor_course": course, "sensory_course": course}  # type: ignore[dict-item]


@pytest.mark.parametrize("course", ["stable", "worsening", "first_exam"])
@pytest.mark.parametrize(
    "found",
    [
        {"power__knee_extension__left": "4", "power__plantar_flexion__left": "4"},  # L3 or L4, and S1
        {"power__big_toe_extension__left": "4", "power__big_toe_extension__right": "4"},  # both legs
        {"power__big_toe_extension__left": "4", "sensation__L3__right": "changed"},  # both legs
        {"sensation__L4__left": "changed", "sensation__S1__left": "changed"},
        {"power__big_toe_extension__left": "4", "reflex__ankle__left": "absent"},  # L5 and S1
    ],
)
def test_two_legs_or_two_roots_are_wide_even_against_the_item(found: dict[str, str], course: str) -> None:
    assert WIDE.possible(examined(course=course, **found)) == YES


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"power__knee_extension__left": "4", "power__ankle_dorsiflexion__left": "4"},  # L4 explains both
        {"power__hip_flexion__left": "4", "power__knee_extension__left": "4"},  # L3 explains both
        {"power__ankle_dorsiflexion__left": "4", "power__big_toe_extension__left": "4"},  # L5 explains both
        {"reflex__knee__left": "reduced", "sensation__L4__left": "changed"},  # C01
        {"reflex__knee__right": "reduced", "sensation__L3__right": "changed"},  # C15
        {"power__big_toe_extension__left": "4", "sensation__L5__left": "changed"},  # C18
        {"power__knee_extension__right": "4+", "sensation__L3__right": "changed"},  # C26
        {"reflex__knee__left": "absent", "reflex__knee__right": "absent"},  # equal loss is no deficit
        {"reflex__knee__left": "absent", "reflex__ankle__left": "absent"},  # nor are reflexes alone
        {"sensation__L5__left": "changed", "reflex__ankle__left": "absent", "reflex__ankle__right": "absent"},
    ],
)
def test_what_one_root_explains_is_not_wide(found: dict[str, str]) -> None:
    assert WIDE.possible(examined(**found)) == NO
    assert WIDE.possible(examined(item=None, **found)) == OPEN
    assert WIDE.possible(examined(item=True, **found)) == YES


@pytest.mark.parametrize("course", ["long_known", None])
def test_a_long_known_or_undated_pattern_does_not_contradict_the_item(course: str) -> None:
    both = {f"power__knee_extension__{side}": "4" for side in SIDES}
    assert WIDE.possible(examined(course=course, **both)) == NO
    assert WIDE.possible(examined(item=None, course=course, **both)) == OPEN


def test_an_unexamined_patient_is_settled_by_the_item_alone() -> None:
    assert WIDE.possible({"item": False}) == NO
    assert WIDE.possible({}) == OPEN
    assert WIDE.possible({"item": True}) == YES


CELLS = sorted(name for name in all_normal() if not name.startswith("pain_area"))


@given(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 7)), st.data())
def test_an_added_sign_never_takes_a_wide_deficit_away(worse: dict[str, int], data: st.DataObject) -> None:
    def value(cell: str, number: int) -> str:
        kind = {"power": "motor", "reflex": "reflex", "sensation": "sensory"}[cell.split(".", maxsplit=1)[0]]
        words = tuple(ANATOMY.kinds[kind].ranks)
        return words[number % len(words)]

    answers: dict[str, object] = {"item": None, "motor_course": "stable", "sensory_course": "worsening"}
    was_wide = False
    order = data.draw(st.permutations(sorted(worse)))
    for cell in order:
        answers[cell] = value(cell, worse[cell])
        wide = WIDE.certain(answers)  # type: ignore[arg-type]
        assert wide or not was_wide
        was_wide = wide
