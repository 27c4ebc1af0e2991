"""What nobody can see in a name or a number is refused; what a script needs stays."""

from __future__ import annotations

import pytest

from desktop_app.use_cases import identity
from desktop_app.use_cases.look_alike import look_the_same, looks


@pytest.mark.parametrize("text", [
    "\u200b", "AB\u200dC", "An\u200cna", "N1\ufe0f", "\ufe0fN1", "N1\u180b", "N1\U000e0101", "Gud\u202erun", "A\0B",
    "N\u00ad1", "A\u2060B", "\u3164"], ids=ascii)
def test_what_cannot_be_seen_is_refused(text: str) -> None:
    assert "cannot be seen" in identity.mistake(identity.name_written(text), identity.LONGEST_NAME)


@pytest.mark.parametrize("text", ["Åsa Öberg", "O’Neill-Smith", "क्‍षमा", "علی‌رضا", "葛\U000e0100城", "Nguyễn Thị Ánh",
                                  "N-1/2", "李"], ids=ascii)
def test_what_a_script_needs_stays(text: str) -> None:
    written = identity.name_written(text)
    assert identity.mistake(written, identity.LONGEST_NAME) == ""
    assert written == identity.name_written(written)


@pytest.mark.parametrize("text", ["A\u043d\u043d\u0430", "\u0410nna", "N\u041e12", "A\u039412\u0391", "\u0421AP1",
                                  "Ivan P\u0435trov"], ids=ascii)
def test_a_word_in_which_two_alphabets_pass_for_one_is_refused(text: str) -> None:
    """A in “Aнна” is Latin: a search for the name would not find it."""
    wrong = identity.mistake(identity.name_written(text), identity.LONGEST_NAME)
    assert "two alphabets" in wrong
    assert f"“{text.rsplit(maxsplit=1)[-1]}”" in wrong


@pytest.mark.parametrize("text", ["Иван (Ivan)", "Иван-Ivan", "Анна", "Ελένη Παπαδοπούλου", "Мухӏаммад",
                                  "МухIаммад", "Ніна", "А12", "ИБN12", "Đặng Thị Ý", "محمد", "अनीता",
                                  "Владимир II", "3-й", "β2", "李Li",
                                  "ヤマダ太郎", "Սարգսյան", "გიორგი", "O’Neill"], ids=ascii)
def test_real_names_and_plain_mixtures_stay(text: str) -> None:
    assert identity.mistake(identity.name_written(text), identity.LONGEST_NAME) == ""


@pytest.mark.parametrize(("one", "other"), [
    ("A12", "\u041012"), ("A12", "\u039112"), ("abc-1", "\u0410\u0412\u0421-1"), ("\u0391\u0392", "\u0410\u0412"),
    ("v7", "\u03bd7"), ("\xcb1", "\u04011"), ("12", "\u0661\u0662"), ("\u06f12", "\u06612"), ("N7", "n7")], ids=ascii)
def test_numbers_that_look_the_same(one: str, other: str) -> None:
    assert look_the_same(looks(one), looks(other))


@pytest.mark.parametrize(("one", "other"), [("A12", "A13"), ("\u041112", "B12"), ("N 7", "N7"), ("\u0434-1", "D-1")],
                         ids=ascii)
def test_numbers_that_differ(one: str, other: str) -> None:
    assert not look_the_same(looks(one), looks(other))
