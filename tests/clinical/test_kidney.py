"""Cockcroft-Gault with its units and traps, the interval of partial inputs, and every band edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.clinical.kidney import (
    UNBOUNDED,
    ClearanceInputs,
    band,
    bands_possible,
    clearance,
    cockcroft_gault,
    in_proportion,
    show,
    unknown_because,
)
from desktop_app.engine.answers import DateRange, Quantity
from desktop_app.engine.derive import Interval
from tests.clinical.little_pack import formulary

TABLES = formulary()
RULE = TABLES.clearance
GABAPENTIN, PREGABALIN = TABLES.bands["gabapentin"], TABLES.bands["pregabalin"]
TODAY = date(2026, 11, 1)


def on(day: date) -> DateRange:
    return DateRange(day, day)


KNOWN = ClearanceInputs(
    age=Interval(80, 80),
    sex="male",
    weight_kg=72.0,
    creatinine_mg_dl=1.0,
    creatinine_on=on(TODAY),
    stable=True,
    entered=None,
    dialysis=None,
)


def exact(value: float) -> Interval:
    return Interval(value, value)


# --- the formula ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "weight", "creatinine", "factor", "expected"),
    [
        (80, 72, 1.0, 1.0, 60.0),
        (80, 72, 1.0, 0.85, 51.0),
        (80, 72, 2.0, 1.0, 30.0),
        (80, 72, 4.0, 1.0, 15.0),
        (77, 70, 2.0, 1.0, 30.625),
        (72, 60, 0.8, 0.85, 60.208333),
        (40, 72, 1.0, 1.0, 100.0),
        (140, 72, 1.0, 1.0, 0.0),
    ],
)
def test_cockcroft_gault(age: float, weight: float, creatinine: float, factor: float, expected: float) -> None:
    assert cockcroft_gault(age, weight, creatinine, factor) == pytest.approx(expected, abs=1e-6)


def test_88_4_micromol_is_one_milligram() -> None:
    roles = {
        role: role
        for role in ("age", "sex", "weight", "creatinine", "creatinine_date", "kidney_stable", "entered", "dialysis")
    }
    answers = {
        "age": Interval(80, 80),
        "sex": "male",
        "weight": Quantity(72, 72, "kg"),
        "creatinine_date": on(TODAY),
        "kidney_stable": True,
    }
    results = {
        clearance(ClearanceInputs.take({**answers, "creatinine": quantity}, roles), RULE, TODAY)
        for quantity in (Quantity(1.0, 1.0, "mg_dl"), Quantity(88.4 * (1 / 88.4), 88.4, "umol_l"))
    }
    assert results == {Interval(60.0, 60.0)}
    third = ClearanceInputs.take({**answers, "creatinine": Quantity(265.2 * (1 / 88.4), 265.2, "umol_l")}, roles)
    assert clearance(third, RULE, TODAY) == Interval(20.0, 20.0)


def test_the_factor_of_women_is_the_tables() -> None:
    assert RULE.sex_factors == {"female": 0.85, "male": 1.0}
    assert clearance(replace(KNOWN, sex="female"), RULE, TODAY) == Interval(51.0, 51.0)


# --- partial inputs ---------------------------------------------------------------------------------


def test_an_unknown_sex_gives_a_range() -> None:
    assert clearance(replace(KNOWN, sex=None), RULE, TODAY) == Interval(51.0, 60.0)
    assert clearance(replace(KNOWN, sex="another word"), RULE, TODAY) == Interval(51.0, 60.0)


def test_an_approximate_age_gives_a_range() -> None:
    assert clearance(replace(KNOWN, age=Interval(79, 80)), RULE, TODAY) == Interval(60.0, 61.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"age": UNBOUNDED}, "age"),
        ({"age": Interval(0, None)}, "age"),
        ({"weight_kg": None}, "weight"),
        ({"creatinine_mg_dl": None}, "creatinine"),
        ({"creatinine_on": None}, "no date"),
        ({"stable": None}, "not known whether"),
        ({"stable": False}, "not stable"),
        ({"creatinine_on": on(TODAY - timedelta(days=91))}, "is older than 90 days"),
        ({"creatinine_on": DateRange(TODAY - timedelta(days=91), TODAY)}, "may be older than 90 days"),
        ({"creatinine_on": on(TODAY + timedelta(days=1))}, "after this assessment"),
    ],
)
def test_what_makes_the_clearance_unknown(change: dict[str, object], words: str) -> None:
    known = replace(KNOWN, **change)  # type: ignore[arg-type]
    assert clearance(known, RULE, TODAY) == UNBOUNDED
    assert any(words in reason for reason in unknown_because(known, RULE, TODAY))
    entered = replace(known, entered=44.0)
    stable = known.stable is True
    assert clearance(entered, RULE, TODAY) == (exact(44.0) if stable else UNBOUNDED)
    assert bool(unknown_because(entered, RULE, TODAY)) is not stable


@pytest.mark.parametrize(("days", "usable"), [(0, True), (89, True), (90, True), (91, False), (400, False)])
def test_a_result_counts_for_ninety_days(days: int, usable: bool) -> None:
    known = replace(KNOWN, creatinine_on=on(TODAY - timedelta(days=days)))
    assert (clearance(known, RULE, TODAY) == exact(60.0)) is usable


ages = st.integers(18, 105)


@given(st.tuples(ages, ages), st.sampled_from(["female", "male", None]), st.floats(30, 200), st.floats(0.3, 12))
def test_the_interval_holds_every_completion(
    span: tuple[int, int], sex: str | None, weight: float, creatinine: float
) -> None:
    low, high = sorted(span)
    partial = replace(KNOWN, age=Interval(low, high), sex=sex, weight_kg=weight, creatinine_mg_dl=creatinine)
    interval = clearance(partial, RULE, TODAY)
    assert interval.low is not None
    assert interval.high is not None
    for age in {low, high, (low + high) // 2}:
        for word in [sex] if sex else ["female", "male"]:
            value = clearance(replace(partial, age=Interval(age, age), sex=word), RULE, TODAY).exact
            assert value is not None
            assert interval.low <= value <= interval.high
            for drug in TABLES.bands.values():
                assert band(drug, exact(value)) <= band(drug, interval)


# --- bands ------------------------------------------------------------------------------------------

BELOW, ABOVE = 0.000001, 0.000001


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (200, "at_least_60"),
        (60 + ABOVE, "at_least_60"),
        (60, "at_least_60"),
        (60 - BELOW, "30_to_60"),
        (45, "30_to_60"),
        (30 + ABOVE, "30_to_60"),
        (30, "15_to_30"),
        (30 - BELOW, "15_to_30"),
        (29, "15_to_30"),
        (22, "15_to_30"),
        (15 + ABOVE, "15_to_30"),
        (15, "at_most_15"),
        (15 - BELOW, "at_most_15"),
        (7.5, "at_most_15"),
        (0, "at_most_15"),
    ],
)
def test_gabapentin_bands(value: float, expected: str) -> None:
    assert band(GABAPENTIN, exact(value)) == {expected}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (200, "above_60"),
        (60 + ABOVE, "above_60"),
        (60, "30_to_60"),
        (60 - BELOW, "30_to_60"),
        (30 + ABOVE, "30_to_60"),
        (30, "15_to_30"),
        (30 - BELOW, "15_to_30"),
        (22, "15_to_30"),
        (15 + ABOVE, "15_to_30"),
        (15, "at_most_15"),
        (15 - BELOW, "at_most_15"),
        (0, "at_most_15"),
    ],
)
def test_pregabalin_bands(value: float, expected: str) -> None:
    assert band(PREGABALIN, exact(value)) == {expected}


@given(st.floats(0, 400))
def test_every_clearance_lies_in_exactly_one_band(value: float) -> None:
    for drug in TABLES.bands.values():
        assert [row.id for row in drug.rows if row.holds(value)] == list(band(drug, exact(value)))


def test_an_interval_meets_several_bands() -> None:
    assert band(GABAPENTIN, Interval(29, 61)) == {"15_to_30", "30_to_60", "at_least_60"}
    assert band(GABAPENTIN, Interval(31, 60)) == {"30_to_60", "at_least_60"}
    assert band(PREGABALIN, Interval(31, 60)) == {"30_to_60"}
    assert band(PREGABALIN, UNBOUNDED) == {row.id for row in PREGABALIN.rows}
    assert band(PREGABALIN, Interval(None, 15)) == {"at_most_15"}
    assert band(PREGABALIN, Interval(60, None)) == {"30_to_60", "above_60"}


@pytest.mark.parametrize(
    ("drug", "value", "range_mg", "edge"),
    [
        (GABAPENTIN, 75, (900, 3600), ">=60"),
        (GABAPENTIN, 45, (400, 1400), ">30-59"),
        (GABAPENTIN, 22, (200, 700), ">15-29"),  # C15
        (GABAPENTIN, 15, (100, 300), "15"),
        (PREGABALIN, 75, (150, 600), ">60"),
        (PREGABALIN, 45, (75, 300), "30-60"),
        (PREGABALIN, 22, (25, 150), "15-30"),  # C15
        (PREGABALIN, 15, (25, 75), "<=15"),
    ],
)
def test_every_row_of_the_dose_tables(drug: object, value: float, range_mg: tuple[int, int], edge: str) -> None:
    (row,) = bands_possible(drug, exact(value))  # type: ignore[arg-type]
    assert (row.from_mg, row.to_mg) == range_mg
    assert row.label_edge == edge


def test_pregabalin_steps_for_150_300_450_and_600() -> None:
    assert [row.steps for row in PREGABALIN.rows] == [
        ("150", "300", "450", "600"),
        ("75", "150", "225", "300"),
        ("25-50", "75", "100-150", "150"),
        ("25", "25-50", "50-75", "75"),
    ]


def test_below_fifteen_gabapentin_goes_down_in_proportion() -> None:
    lowest = GABAPENTIN.rows[-1]
    assert in_proportion(lowest, 7.5) == (50, 150)
    assert in_proportion(lowest, 15) is None
    assert in_proportion(PREGABALIN.rows[-1], 7.5) is None


def test_ceiling_and_checks_are_those_of_the_sources() -> None:
    assert GABAPENTIN.ceiling_mg == 1800
    assert PREGABALIN.ceiling_mg is None
    assert (GABAPENTIN.check, PREGABALIN.check) == ("secondary", "secondary")
    assert (GABAPENTIN.dialysis_check, PREGABALIN.dialysis_check) == ("secondary", "unchecked")


@pytest.mark.parametrize(
    ("value", "shown"), [(60.0, "60"), (59.96, "59.96"), (60.04, "60.04"), (30.625, "30.6"), (15.000001, "15.000001")]
)
def test_rounding_never_moves_a_value_over_a_band_edge(value: float, shown: str) -> None:
    assert show(value, (15, 30, 60)) == shown
