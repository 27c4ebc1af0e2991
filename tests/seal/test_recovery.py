"""The printed recovery key: read back however it is typed, and a slip is named by its group."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.seal.recovery import canonical, new_recovery_key
from desktop_app.use_cases.errors import WrongPassphrase

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_form() -> None:
    keys = {new_recovery_key() for _ in range(50)}
    assert len(keys) == 50
    for key in keys:
        assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}", key)


@pytest.mark.parametrize("typed", [
    str.lower, lambda key: key.replace("-", " "), lambda key: key.replace("-", ""), lambda key: f"  {key}\n",
    lambda key: key.replace("-", "\u2013"), lambda key: key.replace("0", "O").replace("1", "l"),
    lambda key: key.replace("1", "I"),
])
def test_however_it_is_typed(typed: object) -> None:
    assert callable(typed)
    for _ in range(20):
        key = new_recovery_key()
        assert canonical(typed(key)) == key


@given(st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(place: int, other: str) -> None:
    letters = list(new_recovery_key().replace("-", ""))
    if letters[place] == other:
        return
    letters[place] = other
    with pytest.raises(WrongPassphrase, match=f"group {place // 5 + 1}, "):
        canonical("".join(letters))


@given(st.integers(0, 38))
def test_two_swapped_neighbours_are_found(place: int) -> None:
    letters = list(new_recovery_key().replace("-", ""))
    if letters[place] == letters[place + 1] or place % 5 == 4:
        return
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    with pytest.raises(WrongPassphrase, match=f"group {place // 5 + 1}, "):
        canonical("".join(letters))


@given(st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_groups_are_found(left: int, right: int) -> None:
    groups = new_recovery_key().split("-")
    groups[left], groups[right] = groups[right], groups[left]
    if left != right:
        with pytest.raises(WrongPassphrase, match="group"):
            canonical("-".join(groups))


@pytest.mark.parametrize(("typed", "said"), [
    ("", "0 characters; there must be 40"), ("ABCDE", "5 characters"), ("U" * 40, "character U"), ("é" * 40, "É"),
])
def test_what_is_no_recovery_key(typed: str, said: str) -> None:
    with pytest.raises(WrongPassphrase, match=said) as told:
        canonical(typed)
    assert "printed sheet" in told.value.next_step


@given(st.text(max_size=60))
def test_no_text_is_a_surprise(typed: str) -> None:
    with pytest.raises(WrongPassphrase):
        canonical(typed)
