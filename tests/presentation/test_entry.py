"""What is typed becomes an answer or words at the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from desktop_app import language, places
from desktop_app.engine.answers import DateRange, Quantity
from desktop_app.engine.model import Atom, FindingType, NumberRange, Unit
from desktop_app.presentation import entry, words

TODAY = date(2026, 11, 12)
WEIGHT = Atom("weight", FindingType.NUMBER, "Weight", "weight", units=(Unit("kg", "kg"),),
              range=NumberRange(20, 300, 35, 180))
CREATININE = Atom("creatinine", FindingType.NUMBER, "Creatinine", "creatinine",
                  units=(Unit("mg_dl", "mg/dl"), Unit("umol_l", "µmol/l", 1 / 88.4)),
                  range=NumberRange(0.1, 25, 0.4, 5, decimals=2))


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    ("12 Oct 2026", date(2026, 10, 12), date(2026, 10, 12)),
    ("2026-10-12", date(2026, 10, 12), date(2026, 10, 12)),
    ("12.10.2026", date(2026, 10, 12), date(2026, 10, 12)),
    ("12/10/2026", date(2026, 10, 12), date(2026, 10, 12)),
    ("October 2026", date(2026, 10, 1), date(2026, 10, 31)),
    ("12 Oct", date(2026, 10, 12), date(2026, 10, 12)),
    ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
    ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ("2026", date(2026, 1, 1), TODAY),
    ("today", TODAY, TODAY),
    ("yesterday", date(2026, 11, 11), date(2026, 11, 11)),
    ("10 days ago", date(2026, 11, 2), date(2026, 11, 2)),
    ("6 weeks ago", date(2026, 9, 28), date(2026, 10, 4)),
    ("six weeks", date(2026, 9, 28), date(2026, 10, 4)),
    ("1 month ago", date(2026, 9, 27), date(2026, 10, 27)),
    ("  A Week  ago ", date(2026, 11, 2), date(2026, 11, 8)),
])
def test_dates_as_people_say_them(text: str, earliest: date, latest: date) -> None:
    found = entry.moment(text, TODAY)
    assert found.error == ""
    assert found.answer is not None
    assert found.answer.value == DateRange(earliest, latest)


@pytest.fixture
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The names of months are said once, when the program starts; here they were said in English."""
    try:
        language.use(request.param, places.resources() / "translations")
        monkeypatch.setattr(words, "MONTHS", tuple(language.tr(month) for month in words.MONTHS))
        yield request.param
    finally:
        language.use(language.ENGLISH, places.resources() / "translations")


@pytest.mark.parametrize(("spoken", "text", "earliest", "latest"), [
    ("fr", "il y a 6 semaines", date(2026, 9, 28), date(2026, 10, 4)),
    ("fr", "depuis six semaines", date(2026, 9, 28), date(2026, 10, 4)),
    ("fr", "6 sem.", date(2026, 9, 28), date(2026, 10, 4)),
    ("fr", "il y a un an", date(2025, 5, 14), date(2026, 5, 13)),
    ("fr", "Aujourd’hui", TODAY, TODAY),
    ("fr", "hier", date(2026, 11, 11), date(2026, 11, 11)),
    ("fr", "1er août 2026", date(2026, 8, 1), date(2026, 8, 1)),
    ("fr", "6 weeks ago", date(2026, 9, 28), date(2026, 10, 4)),
    ("es", "hace 6 semanas", date(2026, 9, 28), date(2026, 10, 4)),
    ("es", "desde hace seis semanas", date(2026, 9, 28), date(2026, 10, 4)),
    ("es", "hace 1 mes", date(2026, 9, 27), date(2026, 10, 27)),
    ("es", "hoy", TODAY, TODAY),
    ("es", "ayer", date(2026, 11, 11), date(2026, 11, 11)),
    ("es", "12 de octubre de 2026", date(2026, 10, 12), date(2026, 10, 12)),
    ("es", "6 weeks ago", date(2026, 9, 28), date(2026, 10, 4)),
], indirect=["spoken"])
def test_dates_in_the_language_of_the_screens(spoken: str, text: str, earliest: date, latest: date) -> None:
    """And in English, whatever the screens speak."""
    found = entry.moment(text, TODAY)
    assert found.answer is not None, f"{spoken}: {found.error}"
    assert found.answer.value == DateRange(earliest, latest)


@pytest.mark.parametrize(("spoken", "text"), [("fr", "dans 2 semaines"), ("es", "en 2 semanas"),
                                              ("es", "dentro de dos semanas")], indirect=["spoken"])
def test_a_planned_day_in_the_language_of_the_screens(spoken: str, text: str) -> None:
    day = date(2026, 11, 26)
    found = entry.moment(text, TODAY, allow_future=True)
    assert found.answer is not None, f"{spoken}: {found.error}"
    assert found.answer.value == DateRange(day, day)
    assert entry.moment(text, TODAY).answer is None  # nothing is planned there


@pytest.mark.parametrize("spoken", ["fr", "es"], indirect=True)
def test_what_the_words_beside_a_date_suggest_can_be_typed(spoken: str) -> None:
    """Each field shows a day and a span as examples, and refuses with them."""
    for shown, future in (("12 Oct 2026 or 6 weeks ago", False), ("12 Dec 2026 or in 2 weeks", True)):
        for example in re.split(r" (?:ou|o) ", language.tr(shown)):
            assert entry.moment(example, TODAY, allow_future=future).answer is not None, f"{spoken}: {example}"


@pytest.mark.parametrize("text", ["", "soon", "31.2.2026", "13 Nov 2026", "99 Xyz 2026", "2027", "0000", "1 Jan 1800",
                                  "٣", "31 Feb", "2026-13", "999 years ago"])
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    found = entry.moment(text, TODAY)
    assert found.answer is None
    assert found.error.endswith(".")


def test_a_future_date_where_it_is_allowed() -> None:
    assert entry.moment("1 Dec 2026", TODAY, allow_future=True).answer is not None


def test_a_month_is_31_days_at_the_end_of_a_leap_february() -> None:
    found = entry.moment("1 month ago", date(2028, 3, 31))
    assert found.answer is not None
    assert found.answer.value == DateRange(date(2028, 2, 14), date(2028, 3, 15))


def test_a_number_with_its_unit() -> None:
    found = entry.number("88,4", CREATININE, "umol_l")
    assert found.answer is not None
    assert isinstance(found.answer.value, Quantity)
    assert found.answer.value.base == pytest.approx(1.0)
    assert found.answer.value.entered == 88.4
    assert found.answer.value.unit == "umol_l"


@pytest.mark.parametrize(("text", "base", "unit"), [
    ("0,9 mg/dl", 0.9, "mg_dl"), ("0.9mg/dL", 0.9, "mg_dl"), ("88.4 \u00b5mol/l", 1.0, "umol_l"),
    ("88.4 \u03bcmol/l", 1.0, "umol_l"), ("88.4 umol/l", 1.0, "umol_l"),
])
@pytest.mark.parametrize("beside", ["mg_dl", "umol_l"])
def test_a_unit_written_after_the_number_is_the_one_that_counts(text: str, base: float, unit: str, beside: str) -> None:
    """ "Copy the number with its unit" was asked, and refused."""
    found = entry.number(text, CREATININE, beside)
    assert found.answer is not None, found.error
    assert isinstance(found.answer.value, Quantity)
    assert (found.answer.value.base, found.answer.value.unit) == (pytest.approx(base), unit)


@pytest.mark.parametrize("text", ["0.9 mg", "0.9 mmol/l", "0.9 0.9 mg/dl", "mg/dl", "9e-1 mg/dl"])
def test_a_unit_that_the_question_does_not_know_is_refused(text: str) -> None:
    assert entry.number(text, CREATININE, "mg_dl").error


@pytest.mark.parametrize("text", ["", "seventy", "nan", "inf", "1e9", "1e2", "7_5", "7 5", "-5", "301", "19", "70.5"])
def test_impossible_numbers_are_refused(text: str) -> None:
    found = entry.number(text, WEIGHT)
    assert found.answer is None
    assert found.error


@pytest.mark.parametrize("text", ["1,000", "12,500", "1,000,000", "-1,000.5", "1.000", "12.500"])
def test_a_thousand_to_one_reader_and_one_to_another_is_refused(text: str) -> None:
    found = entry.number(text, WEIGHT)
    assert found.answer is None
    assert found.error == "Write 1000 for a thousand, and 1.5 for one and a half."


@pytest.mark.parametrize("text", ["0.900", "0,900", "1.5", "1,25", "1000", "88.4"])
def test_a_number_with_one_meaning_is_not(text: str) -> None:
    assert entry.two_meanings(text) == ""


def test_an_unusual_number_may_be_confirmed() -> None:
    asked = entry.number("190", WEIGHT)
    assert asked.warning.endswith("Is it right?")
    kept = entry.number("190", WEIGHT, confirmed=True)
    assert kept.warning == ""
    assert kept.answer is not None
    assert kept.answer.confirmed
    plain = entry.number("70", WEIGHT, confirmed=True)
    assert plain.answer is not None
    assert not plain.answer.confirmed


def test_short_forms_of_how_long_ago() -> None:
    today = date(2026, 11, 12)
    for short, long in (("3 d ago", "3 days ago"), ("3d", "3 days ago"), ("6w", "6 weeks ago"), ("6 wk", "6 weeks ago"),
                        ("2 mo ago", "2 months ago"), ("1y", "1 year ago")):
        given = entry.moment(short, today).answer
        assert given is not None, short
        assert given == entry.moment(long, today).answer


HIGHEST = Atom("highest", FindingType.TEXT, "Highest dose", "highest", figure=True)
FREE = Atom("remark", FindingType.TEXT, "Remark", "remark")


@pytest.mark.parametrize(("text", "atom", "taken"), [("as needed", HIGHEST, False), ("at most 20 mg", HIGHEST, True),
                                                      ("as needed", FREE, True)])
def test_words_that_have_to_name_a_figure(text: str, atom: Atom, *, taken: bool) -> None:
    found = entry.free_text(f"  {text} ", atom)
    assert (found.answer is not None) is taken
    assert ("in digits" in found.error) is not taken
    if found.answer is not None:
        assert found.answer.value == text


@pytest.mark.parametrize(("text", "day"), [
    ("in 2 weeks", date(2026, 11, 26)), ("2w", date(2026, 11, 26)), ("2 weeks", date(2026, 11, 26)),
    ("in a month", date(2026, 12, 12)), ("in 3 days", date(2026, 11, 15)), ("in 1 year", date(2027, 11, 12)),
    ("1 Dec", date(2026, 12, 1)), ("1 Oct", date(2027, 10, 1)), ("12 Nov", TODAY),
])  # fmt: skip
def test_a_planned_day_lies_ahead(text: str, day: date) -> None:
    found = entry.moment(text, TODAY, allow_future=True)
    assert found.answer is not None
    assert found.answer.value == DateRange(day, day)


def test_two_weeks_ago_stays_in_the_past_and_ahead_is_refused_where_nothing_is_planned() -> None:
    ago = entry.moment("2 weeks ago", TODAY, allow_future=True).answer
    assert ago is not None
    assert isinstance(ago.value, DateRange)
    assert ago.value.latest < TODAY
    assert "in the future" in entry.moment("in 2 weeks", TODAY).error
    assert "in 2 weeks" in entry.moment("soon", TODAY, allow_future=True).error


def test_no_date_lies_before_the_patient_was_born() -> None:
    born = date(1954, 3, 3)
    assert entry.moment("1 Jan 1953", TODAY, born=born).error == \
        "1 Jan 1953 lies before the patient was born, 3 Mar 1954."
    year = entry.moment("1954", TODAY, born=born, confirmed=True).answer
    assert year is not None
    assert year.value == DateRange(born, date(1954, 12, 31))


@pytest.mark.parametrize(("text", "asked"), [
    ("4/5/2026", "Read as 4 May 2026, the day before the month"),
    ("4-5-2026", "Read as 4 May 2026, the day before the month"), ("May 4, 2026", ""), ("may. 4 2026", ""),
    ("5/5/2026", ""), ("14/5/2026", ""), ("14-5-2026", ""), ("4.5.2026", ""),
    ("12 Oct 1990", "more than 20 years ago"), ("12 Oct 2016", ""),
])  # fmt: skip
def test_a_date_that_may_be_meant_otherwise_is_asked_back(text: str, asked: str) -> None:
    assert asked in entry.moment(text, TODAY).warning
    assert bool(entry.moment(text, TODAY).warning) is bool(asked)
    confirmed = entry.moment(text, TODAY, confirmed=True)
    assert confirmed.answer is not None
    assert not confirmed.warning
