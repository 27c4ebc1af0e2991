"""Every answer comes back from the store exactly as it went in."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.answer_json import from_text, to_text
from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown

numbers = st.floats(allow_nan=False, allow_infinity=False)
# Letters SQLite cannot take on their own (half of a pair) must survive as well: JSON writes them as escapes.
texts = st.text(st.characters(exclude_categories=()))
medicines = st.builds(Medicine, texts, st.none() | numbers, texts, texts, st.booleans(), st.booleans(), texts)
values = st.one_of(
    st.booleans(),
    texts,
    st.builds(Quantity, numbers, numbers, texts),
    st.builds(DateRange, st.dates(), st.dates()),
    st.lists(medicines, max_size=4).map(tuple),
)
exclusions = st.none() | st.builds(Exclusion, texts, texts, st.dates(), st.booleans())
rest = {"on": st.none() | st.dates(), "bulk": st.booleans(), "excluded": exclusions,
        "confirmed": st.booleans(), "note": texts}
answers = st.one_of(
    st.builds(Answer, value=values, unknown=st.none(), **rest),
    st.builds(Answer, value=st.none(), unknown=st.sampled_from(Unknown), **rest),
)


def kinds(value: object) -> object:
    """Equality takes True for 1 and 0.0 for -0.0; a store must not."""
    if isinstance(value, Quantity):
        return (type(value.base), type(value.entered), math.copysign(1, value.base), math.copysign(1, value.entered))
    if isinstance(value, tuple):
        return tuple(type(one.per_day) for one in value)
    return type(value)


@given(answers)
def test_round_trip(answer: Answer) -> None:
    back = from_text(to_text(answer))
    assert back == answer
    assert kinds(back.value) == kinds(answer.value)


@given(answers)
def test_the_same_answer_is_the_same_text(answer: Answer) -> None:
    assert to_text(from_text(to_text(answer))) == to_text(answer)
    assert to_text(answer).isascii()


@pytest.mark.parametrize("answer", [
    Answer(), Answer(value=True, unknown=Unknown.DECLINED),
    Answer(value=Quantity(math.nan, 1, "mg")), Answer(value=Quantity(1, math.inf, "mg")),
    Answer(value=(Medicine("morphine", math.nan, "mg", "oral"),)),
])
def test_what_is_no_answer_is_never_written(answer: Answer) -> None:
    with pytest.raises(ValueError):
        to_text(answer)


@pytest.mark.parametrize("text", [
    "", "[]", "null", '{"value": true}', '{"value": {"yes_no": true, "text": "x"}}', '{"unknown": "perhaps"}',
    '{"value": {"colour": "red"}}', '{"value": {"date": ["2026-01-01"]}}', '{"on": "yesterday"}', "{}",
])
def test_foreign_text_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        from_text(text)
