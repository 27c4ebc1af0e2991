"""The decision record: the keys scripts rely on, plain JSON, and the words in it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown
from desktop_app.engine.derive import Interval, age_years, days_since
from desktop_app.engine.model import Atom, FindingType, Unit
from desktop_app.engine.record import answer_record, record, record_text
from desktop_app.engine.words import join, possible_in_words, value_in_words
from tests.engine.small_pack import AS_OF, sheet, small_pack
from tests.engine.test_judge import CONCORDANT, decided

PACK = small_pack()
DAYS = PACK.atoms["days"]


def test_the_keys_of_the_record() -> None:
    found = record(decided(sheet(**CONCORDANT)))
    assert set(found) == {
        "guideline", "as_of", "scope", "scope_reasons", "tier", "emergency_screen", "imaging", "recommendations",
        "medicines", "unanswered_that_matter", "contradictions", "doubts", "conditions", "derived", "texts", "answers",
    }  # fmt: skip
    tier = found["tier"]
    assert isinstance(tier, dict)
    assert {"floor", "ceiling", "final", "due_date", "rule_out_by", "overdue_days", "reasons"} <= set(tier)
    options = found["recommendations"]
    assert isinstance(options, list)
    assert {
        "id", "status", "kind", "text", "why", "why_not", "missing", "flips", "statements", "disagreements",
    } <= set(options[0])  # fmt: skip


def test_the_record_is_json_with_sorted_keys() -> None:
    text = record_text(decided(sheet(**CONCORDANT)))
    assert text.endswith("}\n")
    assert json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, indent=1) + "\n" == text


def test_an_answer_keeps_everything_that_was_said_about_it() -> None:
    assert answer_record(Answer(unknown=Unknown.DECLINED, note="later")) == {
        "value": None, "unknown": "declined", "note": "later",
    }  # fmt: skip
    ended = Exclusion("MRI normal", "Dr A", date(2026, 11, 2))
    assert answer_record(Answer(value=True, on=date(2026, 11, 1), excluded=ended)) == {
        "value": True,
        "on": "2026-11-01",
        "excluded": {"how": "MRI normal", "by": "Dr A", "on": "2026-11-02", "entered_in_error": False},
    }
    assert answer_record(Answer(Quantity(1.0, 88.4, "umol_l"), bulk=True, confirmed=True)) == {
        "value": {"base": 1.0, "entered": 88.4, "unit": "umol_l"}, "bulk": True, "confirmed": True,
    }  # fmt: skip
    listed = answer_record(Answer((Medicine("morphine", None, "mg", "oral"),)))["value"]
    assert isinstance(listed, list)
    assert listed[0]["per_day"] is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (DateRange(date(2026, 3, 5), date(2026, 3, 5)), "5 March 2026"),
        (DateRange(date(2026, 3, 1), date(2026, 3, 31)), "between 1 March 2026 and 31 March 2026"),
        (True, "yes"),
        ((), "none"),
        ((Medicine("morphine", 60, "mg", "oral"),), "morphine 60 mg a day"),
    ],
)
def test_values_in_words(value: DateRange | bool | tuple[Medicine, ...], words: str) -> None:
    assert value_in_words(value, DAYS) == words


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(54.26, 54.26), "54.3 ml/min"),
        (Interval(30, 60), "between 30 and 60 ml/min"),
        (Interval(None, 15), "at most 15 ml/min"),
        (Interval(50, None), "at least 50 ml/min"),
        (Interval(None, None), "not known"),
    ],
)
def test_intervals_in_words(interval: Interval, words: str) -> None:
    atom = Atom("x", FindingType.NUMBER, "Clearance", "x", units=(Unit("ml_min", "ml/min"),))
    assert possible_in_words(interval, atom) == words


def test_lists_in_words() -> None:
    assert join([]) == ""
    assert join(["a"]) == "a"
    assert join(["a", "b", "c"]) == "a, b and c"
    assert join(["a", "b", "c", "d"], limit=3) == "a, b and 2 more"


@pytest.mark.parametrize(
    ("born", "as_of", "age"),
    [
        (date(1961, 11, 16), date(2026, 11, 15), 64),
        (date(1961, 11, 16), date(2026, 11, 16), 65),
        (date(1960, 2, 29), date(2026, 2, 28), 65),
        (date(1960, 2, 29), date(2026, 3, 1), 66),
        (date(1960, 2, 29), date(2028, 2, 29), 68),
    ],
)
def test_age_turns_on_the_birthday(born: date, as_of: date, age: int) -> None:
    assert age_years(DateRange(born, born), as_of) == Interval(age, age)


def test_approximate_dates_leave_a_span_of_days() -> None:
    assert days_since(DateRange(date(2026, 11, 1), date(2026, 11, 10)), AS_OF) == Interval(6, 15)
    assert days_since(None, AS_OF) == Interval(None, None)
    assert age_years(DateRange(date(1960, 1, 1), date(1960, 12, 31)), AS_OF) == Interval(65, 66)
