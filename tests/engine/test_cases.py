"""Case files: typed answers, unknowns, approximate dates, one-stroke answers, like, decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown
from desktop_app.engine.cases import Case, ContentError, MissingContent, load_case, load_cases, read_cases
from tests.engine.lighthouse import CASES, MORE_CASES, lighthouse

AS_OF = date(2026, 10, 31)


def case(folder: Path, answers: str, head: str = "as_of: 2026-10-31\n", name: str = "one") -> Case:
    file = folder / f"{name}.yaml"
    body = "".join(f"  {line}\n" for line in answers.splitlines())
    file.write_text(f"{head}answers:\n{body}", encoding="utf-8")
    return load_case(file, lighthouse())


def test_plain_values(tmp_path: Path) -> None:
    sheet = case(tmp_path, "flicker: yes\nlamp_type: gas\nflicker_score: 3\nbrightness.lower.left: dim").sheet
    assert sheet["flicker"] == Answer(value=True)
    assert sheet["lamp_type"] == Answer(value="gas")
    assert sheet["flicker_score"] == Answer(value=Quantity(3, 3, "of 10"))
    assert sheet["brightness.lower.left"] == Answer(value="dim")


def test_units_keep_what_was_entered(tmp_path: Path) -> None:
    sheet = case(tmp_path, "oil_left:\n  value: 10\n  unit: gallon").sheet
    assert sheet["oil_left"].value == Quantity(45.46, 10, "gallon")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-10-12", date(2026, 10, 12), date(2026, 10, 12)),
        ("2026-09", date(2026, 9, 1), date(2026, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026", date(2026, 1, 1), AS_OF),
        ("{earliest: 2026-10-01, latest: 2026-10-05}", date(2026, 10, 1), date(2026, 10, 5)),
    ],
)
def test_dates_may_be_approximate(tmp_path: Path, written: str, first: date, last: date) -> None:
    assert case(tmp_path, f"flicker_seen_on: {written}").sheet["flicker_seen_on"].value == DateRange(first, last)


@pytest.mark.parametrize("word", list(Unknown))
def test_reasons_for_not_knowing_are_kept(tmp_path: Path, word: Unknown) -> None:
    sheet = case(tmp_path, f"flicker: {word}\nsignal: {word}\nlamp_type:\n  unknown: {word}\n  note: Fog").sheet
    assert sheet["flicker"] == Answer(unknown=word)
    assert sheet["signal.horn_silent"] == Answer(unknown=word)
    assert sheet["lamp_type"] == Answer(unknown=word, note="Fog")


def test_lists(tmp_path: Path) -> None:
    sheet = case(
        tmp_path,
        "signal:\n  lamp_dark: yes\n  horn_silent: declined\nlens_risk: none\nstorm_parts:\n  roof: yes\n  others: no",
    ).sheet
    assert sheet["signal.lamp_dark"].value is True
    assert "signal.wrong_colour" not in sheet, "an unticked box is unknown"
    assert sheet["signal.horn_silent"].unknown is Unknown.DECLINED
    assert sheet["lens_risk.frost"] == Answer(value=False, bulk=True)
    assert sheet["storm_parts.gallery"] == Answer(value=False, bulk=True)
    assert sheet["storm_parts.roof"] == Answer(value=True)


def test_grids(tmp_path: Path) -> None:
    sheet = case(
        tmp_path, "brightness:\n  upper:\n    left: dim\n    right: cannot_be_assessed\n  others: normal"
    ).sheet
    assert sheet["brightness.upper.left"] == Answer(value="dim")
    assert sheet["brightness.upper.right"].unknown is Unknown.CANNOT_ASSESS
    assert sheet["brightness.lower.right"] == Answer(value="bright", bulk=True)
    assert case(tmp_path, "brightness: normal").sheet["brightness.upper.left"].bulk


def test_wrapped_answers(tmp_path: Path) -> None:
    sheet = case(
        tmp_path,
        """\
signal:
  answer: none
  on: 2026-10-30
ships_near:
  answer: yes
  on: 2026-10-29
  note: Two sails
  excluded:
    how: They passed
    by: Bo
    on: 2026-10-30
storm_damage:
  answer: yes
  entered_in_error:
    how: Wrong tower
    by: Bo
    on: 2026-10-31
flicker_score:
  answer: 10
  confirmed: yes""",
    ).sheet
    assert sheet["signal.lamp_dark"] == Answer(value=False, on=date(2026, 10, 30), bulk=True)
    assert sheet["ships_near"] == Answer(
        value=True, on=date(2026, 10, 29), note="Two sails", excluded=Exclusion("They passed", "Bo", date(2026, 10, 30))
    )
    assert sheet["storm_damage"].excluded == Exclusion("Wrong tower", "Bo", AS_OF, entered_in_error=True)
    assert sheet["flicker_score"].confirmed


def test_warning_range_is_accepted_and_reported(tmp_path: Path) -> None:
    warned = case(tmp_path, "flicker_score: 10")
    assert warned.sheet["flicker_score"].value == Quantity(10, 10, "of 10")
    (warning,) = warned.warnings
    assert warning.endswith("one.yaml:3:18: 10 of 10 is unusual for 'flicker_score'; usual: 1 to 9")
    assert case(tmp_path, "flicker_score:\n  answer: 10\n  confirmed: yes").warnings == ()
    assert case(tmp_path, "flicker_score: 9").warnings == ()


def test_medicines(tmp_path: Path) -> None:
    sheet = case(
        tmp_path,
        """\
stores:
  - drug: whale
    per_day: 2.5
    unit: litres
    route: lamp
  - drug: rape
    per_day: not_assessed
    unit: litre
    route: lamp
    as_needed: yes
    maximum_known: no
    note: In winter""",
    ).sheet
    assert sheet["stores"].value == (
        Medicine("whale", 2.5, "litres", "lamp"),
        Medicine("rape", None, "litre", "lamp", as_needed=True, maximum_known=False, note="In winter"),
    )
    assert case(tmp_path, "stores: none").sheet["stores"].value == ()
    assert case(tmp_path, "stores: declined").sheet["stores"].unknown is Unknown.DECLINED


def test_patient_becomes_answers(tmp_path: Path) -> None:
    found = case(
        tmp_path,
        "flicker: no",
        "as_of: 2026-10-31\npatient:\n  name: Ada\n  number: 7\n  sex: female\n  born: 1980-02-29\n",
    )
    assert found.patient.born == date(1980, 2, 29)
    assert (found.patient.name, found.patient.number) == ("Ada", "7")
    assert found.sheet["sex"].value == "female"
    assert found.sheet["date_of_birth"].value == DateRange(date(1980, 2, 29), date(1980, 2, 29))
    with pytest.raises(ContentError, match="differ"):
        case(tmp_path, "sex: male", "as_of: 2026-10-31\npatient:\n  sex: female\n")


def test_like_takes_the_answers_first(tmp_path: Path) -> None:
    case(
        tmp_path,
        "flicker: yes\nsignal: none\nbrightness:\n  upper:\n    left: dim\n  others: normal",
        "as_of: 2026-10-31\npatient:\n  name: Ada\n  sex: female\n",
    )
    child = case(tmp_path, "flicker: no\nsignal:\n  lamp_dark: yes", "as_of: 2026-10-31\nlike: one\n", name="two")
    assert child.like == "one"
    assert child.patient.name == "Ada"
    assert child.sheet["flicker"].value is False
    assert child.sheet["signal.lamp_dark"].value is True
    assert child.sheet["signal.horn_silent"].value is False
    assert child.sheet["brightness.upper.left"].value == "dim"


def test_like_in_a_circle_and_from_the_future(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("as_of: 2026-10-31\nlike: b\nanswers: {}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("as_of: 2026-10-31\nlike: a\nanswers: {}\n", encoding="utf-8")
    with pytest.raises(ContentError, match="in a circle: a -> b -> a"):
        load_case(tmp_path / "a.yaml", lighthouse())
    case(tmp_path, "flicker_seen_on: 2026-10-30", name="later")
    with pytest.raises(ContentError, match="'flicker_seen_on' of case 'later' lies after the as-of date 2026-10-01"):
        case(tmp_path, "flicker: yes", "as_of: 2026-10-01\nlike: later\n", name="earlier")


def test_decisions_and_clinician() -> None:
    found = load_case(CASES / "L14_electric_many_stores.yaml", lighthouse())
    assert found.clinician is not None
    assert (found.clinician.name, found.clinician.title) == ("Bo Harbour", "Harbour master")
    (choice,) = found.choices
    assert (choice.option, choice.verdict, choice.reason) == ("new_mantle", "decline", "The mantle is new already")


def test_expectations_are_flat_and_placed() -> None:
    found = load_case(CASES / "L02_day_14.yaml", lighthouse())
    assert found.expect["floor",] == "U14"
    assert found.expect["due_date",] == "2026-10-31"
    assert found.expect["criteria", "bad"] == "yes"
    assert found.expectations[0].place.line == 12
    assert found.places["bad_since"].line == 10


def test_another_as_of_date_from_the_caller(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("answers:\n  flicker: yes\n", encoding="utf-8")
    assert load_case(file, lighthouse(), as_of=AS_OF).as_of == AS_OF


def test_all_cases_of_a_folder() -> None:
    assert len(load_cases(CASES, lighthouse())) == 34
    assert len(load_cases(MORE_CASES, lighthouse())) == 10


def test_one_broken_case_leaves_the_others(tmp_path: Path) -> None:
    case(tmp_path, "flicker: yes", "case: A\nas_of: 2026-10-31\n", name="a")
    (tmp_path / "b.yaml").write_text("case: B\nas_of: 2026-10-31\nanswers:\n  flickr: yes\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("case: A\nas_of: 2026-10-31\nanswers: {}\n", encoding="utf-8")
    good, problems = read_cases(tmp_path, lighthouse())
    assert [each.id for each in good] == ["A"]
    assert len(list(problems)) == 2
    with pytest.raises(ContentError, match="is also in"):
        load_cases(tmp_path, lighthouse())


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(MissingContent) as caught:
        load_case(tmp_path / "none.yaml", lighthouse())
    assert caught.value.exit_code == 66
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(bytes(range(256)))
    with pytest.raises(ContentError, match="not text"):
        load_case(binary, lighthouse())
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: 1\n" * 2_000_000)
    with pytest.raises(ContentError, match="larger than 2 MiB"):
        load_case(big, lighthouse())
