"""Morphine equivalents: every factor, what is never converted, and the lower bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.clinical.opioids import Equivalents, OpioidInputs, morphine_equivalents, reaches
from desktop_app.engine.answers import Medicine
from desktop_app.engine.derive import Interval
from tests.clinical.little_pack import formulary

TABLES = formulary()


def oral(drug: str, per_day: float | None, **more: object) -> Medicine:
    return Medicine(drug, per_day, "mg", "oral", **more)  # type: ignore[arg-type]


def total(*medicines: Medicine, taken: bool | None = True, listed: bool | None = True) -> Equivalents:
    return morphine_equivalents(OpioidInputs(taken, medicines, listed), TABLES)


@pytest.mark.parametrize(
    ("drug", "dose", "expected"),
    [
        ("codeine", 100, 15),
        ("hydrocodone", 20, 20),
        ("hydromorphone", 10, 50),
        ("methadone", 10, 47),
        ("morphine", 60, 60),
        ("oxycodone", 20, 30),
        ("oxymorphone", 10, 30),
        ("tapentadol", 100, 40),
        ("tramadol", 200, 40),
    ],
)
def test_factors_by_mouth(drug: str, dose: float, expected: float) -> None:
    assert total(oral(drug, dose)).interval == Interval(expected, expected)


def test_fentanyl_through_the_skin_is_counted_by_the_hour() -> None:
    for unit in ("mcg_h", "mcg/h", "µg/h"):
        patch = Medicine("fentanyl", 25, unit, "transdermal")
        assert total(patch).interval == Interval(60, 60)


def test_the_factors_of_2016_are_not_used() -> None:
    assert total(oral("tramadol", 100)).at_least == 20  # 2016: 10
    assert total(oral("hydromorphone", 10)).at_least == 50  # 2016: 40


def test_c16_sixty_and_thirty_make_ninety() -> None:
    result = total(oral("morphine", 60), oral("oxycodone", 20))
    assert result.interval == Interval(90, 90)
    assert [part.equivalents for part in result.parts] == [60, 30]
    assert reaches(result.interval, TABLES.equivalents) == "yes"


@pytest.mark.parametrize(
    ("medicine", "words"),
    [
        (oral("buprenorphine", 8), "no factor for buprenorphine"),
        (oral("pethidine", 100), "no factor"),
        (oral("other_opioid", 100), "not in the table"),
        (oral("unheard_of", 100), "not in the table"),
        (oral("oxycodone", None), "dose is not known"),
        (oral("oxycodone", 20, as_needed=True, maximum_known=False), "as needed without a daily maximum"),
        (Medicine("morphine", 10, "mg", "injected"), "only a dose by mouth is converted"),
        (Medicine("fentanyl", 25, "mg", "transdermal"), "only a dose in micrograms an hour is converted"),
        (Medicine("fentanyl", 100, "mcg_h", "buccal"), "only a dose through the skin is converted"),
        (Medicine("morphine", 60, "drops", "oral"), "only a dose in mg a day is converted"),
    ],
)
def test_what_cannot_be_converted_leaves_a_lower_bound(medicine: Medicine, words: str) -> None:
    result = total(oral("morphine", 30), medicine)
    assert result.interval == Interval(30, None)
    assert any(words in reason for reason in result.reasons)
    assert reaches(result.interval, TABLES.equivalents) == "unknown"
    assert reaches(total(oral("morphine", 50), medicine).interval, TABLES.equivalents) == "yes"


def test_as_needed_with_a_daily_maximum_counts_in_full() -> None:
    assert total(oral("oxycodone", 20, as_needed=True)).interval == Interval(30, 30)


@pytest.mark.parametrize(("dose", "answer"), [(49, "no"), (49.9, "no"), (50, "yes"), (51, "yes")])
def test_fifty_is_reached_at_fifty(dose: float, answer: str) -> None:
    assert reaches(total(oral("morphine", dose)).interval, TABLES.equivalents) == answer


def test_an_incomplete_list_is_a_lower_bound() -> None:
    for listed in (False, None):
        result = total(oral("morphine", 40), listed=listed)
        assert result.interval == Interval(40, None)
        assert result.reasons == ("the list of opioids is not known to be complete",)


def test_no_opioid_is_exactly_nothing() -> None:
    assert morphine_equivalents(OpioidInputs(False, None, None), TABLES).interval == Interval(0, 0)
    assert total(taken=None).interval == Interval(0, 0)


def test_an_opioid_that_is_listed_counts_even_against_no_opioid() -> None:
    assert total(oral("morphine", 60), taken=False).interval == Interval(60, 60)


def test_an_opioid_taken_but_not_listed_is_unknown() -> None:
    assert total().interval == Interval(0, None)
    for taken in (True, None):
        assert morphine_equivalents(OpioidInputs(taken, None, None), TABLES).interval == Interval(0, None)


def test_other_medicines_of_the_table_do_not_count() -> None:
    assert total(oral("morphine", 20), oral("pregabalin", 300)).interval == Interval(20, 20)


entries = st.builds(
    Medicine,
    st.sampled_from(["morphine", "oxycodone", "fentanyl", "buprenorphine", "tramadol", "pregabalin"]),
    st.one_of(st.none(), st.integers(0, 300).map(float)),
    st.sampled_from(["mg", "mcg_h"]),
    st.sampled_from(["oral", "transdermal", "injected"]),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(entries, max_size=4), entries)
def test_an_added_entry_never_lowers_the_known_part(medicines: list[Medicine], more: Medicine) -> None:
    assert total(*medicines, more).at_least >= total(*medicines).at_least


@given(st.lists(entries, max_size=4), st.sampled_from([True, False, None]), st.integers(0, 300))
def test_filling_in_a_dose_and_closing_the_list_only_narrows(
    medicines: list[Medicine], listed: bool | None, dose: int
) -> None:
    before = total(*medicines, listed=listed).interval
    filled = [
        m if m.per_day is not None else Medicine(m.drug, dose, m.unit, m.route, m.as_needed, m.maximum_known)
        for m in medicines
    ]
    after = total(*filled, listed=listed).interval
    assert before.low is not None
    assert after.low is not None
    assert after.low >= before.low
    assert before.high is None or before.high == after.high
