"""One question as a card: what is settled, what is asked again, what a bulk answer covers."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Unknown
from desktop_app.engine.model import Pack
from desktop_app.presentation import bulk, cards, medicine_rows
from desktop_app.presentation.cards import Card
from desktop_app.presentation.medicine_rows import Line

TODAY = date(2026, 11, 12)
YESTERDAY = TODAY - timedelta(days=1)


def card(pack: Pack, question: str, given: dict[str, Answer]) -> Card:
    return cards.build(pack, pack.questions[question], given, TODAY)


def test_untouched_is_dashed_and_not_a_no(pack: Pack) -> None:
    found = card(pack, "cauda_equina", {})
    assert (found.state, found.chip, found.chip_kind) == ("not_started", "Not asked", "unknown")
    assert not found.settled


def test_one_yes_of_an_emergency_question_is_red(pack: Pack) -> None:
    found = card(pack, "cauda_equina", {"cauda_equina.saddle_numbness": Answer(value=True, on=TODAY)})
    assert found.chip_kind == "red"
    assert found.state == "begun"
    assert "Numbness" in found.detail


def test_an_emergency_no_of_yesterday_is_asked_again_and_a_yes_stays(pack: Pack) -> None:
    atoms = pack.questions["cauda_equina"].atoms
    old = {a: Answer(value=False, on=YESTERDAY) for a in atoms}
    found = card(pack, "cauda_equina", old)
    assert found.state == "not_started"
    assert found.chip == "Ask again today"
    assert len(bulk.open_cells(found)) == len(atoms)
    still = card(pack, "cauda_equina", {**old, atoms[0]: Answer(value=True, on=YESTERDAY)})
    assert still.cells[0].kind == "yes"


def test_an_exclusion_of_yesterday_is_asked_again(pack: Pack) -> None:
    name = pack.questions["cauda_equina"].atoms[0]
    given = Answer(value=True, on=YESTERDAY, excluded=Exclusion("MRI", "Dr K", YESTERDAY))
    assert card(pack, "cauda_equina", {name: given}).cells[0].kind == "expired"
    today = dataclasses.replace(given, excluded=Exclusion("MRI", "Dr K", TODAY, entered_in_error=True))
    found = card(pack, "cauda_equina", {name: today}).cells[0]
    assert found.kind == "expired"  # nobody said no: the question is open again
    assert not found.settled
    assert found.words.startswith("Entered in error")
    assert not found.alarm


def test_none_of_the_others_covers_only_what_is_open(pack: Pack) -> None:
    atoms = pack.questions["cauda_equina"].atoms
    found = card(pack, "cauda_equina", {atoms[1]: Answer(unknown=Unknown.NOT_ASSESSED)})
    changes = bulk.none_of_the_others(found)
    assert atoms[1] not in changes
    assert len(changes) == len(atoms) - 1
    assert all(a is not None and a.value is False and a.bulk for a in changes.values())


def test_all_normal_for_one_side_never_touches_what_was_answered(pack: Pack) -> None:
    found = card(pack, "power", {"power.knee_extension.left": Answer("4-"),
                                 "power.big_toe_extension.left": Answer(unknown=Unknown.CANNOT_ASSESS)})
    changes = bulk.all_normal(found, "left")
    assert len(changes) == len(found.rows) - 2
    assert all(a is not None and a.value == "5" and a.bulk for a in changes.values())
    assert all(name.endswith(".left") for name in changes)


def test_all_normal_is_refused_for_emergency_questions(pack: Pack) -> None:
    found = card(pack, "cauda_equina", {})
    assert not bulk.can_be_normal(found)
    assert bulk.all_normal(found) == {}


def test_keys_of_a_power_cell(pack: Pack) -> None:
    found = card(pack, "power", {"power.knee_extension.left": Answer("4")})
    four, empty = found.cell("knee_extension", "left"), found.cell("knee_extension", "right")
    assert four is not None
    assert empty is not None
    assert bulk.option_for_key(found, four, "-") == "4-"
    assert bulk.option_for_key(found, four, "+") == "4+"
    assert bulk.option_for_key(found, empty, "+") == ""
    assert bulk.option_for_key(found, empty, "3") == "3"
    assert bulk.option_for_key(found, empty, "7") == ""


def test_keys_of_a_reflex_cell(pack: Pack) -> None:
    found = card(pack, "reflex", {})
    options = [name for name, _ in found.options]
    assert bulk.option_for_key(found, found.cells[0], "2") == options[1]
    assert bulk.option_for_key(found, found.cells[0], "a") == ""  # A is "not assessed"
    assert bulk.option_for_key(found, found.cells[0], "9") == ""


def test_an_answered_grid_tells_what_is_not_normal(pack: Pack) -> None:
    question = pack.questions["power"]
    given = {a: Answer("5", bulk=True) for a in question.atoms}
    assert card(pack, "power", given).chip == "All normal"
    given["power.knee_extension.left"] = Answer("4")
    assert "4" in card(pack, "power", given).detail


def test_a_date_and_medicines_in_words(pack: Pack) -> None:
    found = card(pack, "radicular_onset", {"radicular_onset": Answer(DateRange(YESTERDAY, TODAY))})
    assert found.chip.startswith("between")
    taken = (Medicine("oxycodone", 20, "mg", "oral"),)
    assert card(pack, "opioids", {"opioids": Answer(taken)}).chip == "1 medicine"
    assert card(pack, "opioids", {"opioids": Answer(())}).chip == "None taken"


def test_the_list_of_opioids_comes_from_the_pack(pack: Pack) -> None:
    drugs = medicine_rows.drugs(pack, "opioids")
    assert "oxycodone" in {d.id for d in drugs}
    assert "gabapentin" not in {d.id for d in drugs}
    medicine, wrong = medicine_rows.read(Line("fentanyl", "", "mcg_h", "transdermal", as_needed=True))
    assert wrong == ""
    assert medicine is not None
    assert medicine.per_day is None
    assert "dose not known" in medicine_rows.line(medicine, drugs)
    for drug, dose in (("", "1"), ("fentanyl", "x"), ("fentanyl", "-1"), ("fentanyl", "99999"), ("fentanyl", "1,000"),
                       ("fentanyl", "1.000"), ("fentanyl", "nan"), ("fentanyl", "1_5")):
        medicine, wrong = medicine_rows.read(Line(drug, dose, "mg", "oral"))
        assert medicine is None
        assert wrong


def test_a_line_that_is_kept_comes_back_as_it_was() -> None:
    lines = (Line("fentanyl", "25", "mcg_h", "transdermal", as_needed=True), Line("", "60", "mg", "oral"),
             Line("morphine", "", "mg", "oral", as_needed=True, maximum_known=True))
    for line in lines:
        assert line.begun
        assert medicine_rows.kept_line(line.kept()) == line
    assert not Line("", " ", "mcg_h", "transdermal").begun
    assert not medicine_rows.kept_line("").begun
