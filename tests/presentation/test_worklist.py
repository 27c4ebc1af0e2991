"""The worklist: emergencies, overdue, soon, later; words for every distance."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta

from desktop_app.engine.model import Pack, Tier
from desktop_app.presentation import advice, words, worklist
from desktop_app.use_cases.domain import EncounterState, Patient, Visits, WorklistRow

TODAY = date(2026, 11, 12)


def row(name: str, due: int | None, tier: str = "U14", *, final: bool = True, emergency: bool = False) -> WorklistRow:
    patient = Patient(name, f"TR-{name}", name, date(1954, 3, 3), "female", training=True)
    return WorklistRow(patient, f"e-{name}", EncounterState.DRAFT, tier, final,
                       None if due is None else TODAY + timedelta(days=due), datetime(2026, 11, 1, tzinfo=UTC),
                       emergency, "Still needed: power")


def test_groups_and_distances() -> None:
    found = worklist.groups([row("later", 60, "R3"), row("late", -6), row("now", 0, "E", emergency=True),
                             row("soon", 1), row("open", None, "NONE", final=False)], TODAY)
    assert [g.title for g in found] == ["Emergencies", "Overdue", "Due within 14 days", "Later",
                                        "Without a due date"]
    assert found[1].rows[0].distance == "6 days overdue"
    assert found[1].rows[0].overdue
    assert found[2].rows[0].distance == "tomorrow"
    assert found[3].rows[0].distance == "in 8 weeks"
    assert found[4].rows[0].tier_word == "Not final"
    assert found[4].rows[0].tier == ""


def test_a_limit_that_passed_before_the_first_visit_is_told_with_its_beginning() -> None:
    late = row("late", -31)
    before = dataclasses.replace(late, first_visit=TODAY, counted_from=date(2026, 9, 28))
    shown = worklist.row(before, TODAY)
    assert shown.note == ("Was due on 12 Oct 2026 (counted from 28 Sep 2026), before the first visit here on "
                          "12 Nov 2026.")
    assert (shown.date, shown.distance, shown.overdue) == ("12 Oct 2026", "act today", True)
    seen = dataclasses.replace(late, first_visit=date(2026, 10, 1), counted_from=date(2026, 9, 28))
    assert worklist.row(seen, TODAY).distance == "31 days overdue"
    assert worklist.row(seen, TODAY).note == ""
    unknown = dataclasses.replace(late, first_visit=TODAY)
    assert "counted" not in worklist.row(unknown, TODAY).note


def test_what_can_be_done_about_a_patient() -> None:
    def told(draft: str, done: str) -> list[str]:
        return [action.words for action in worklist.actions(Visits(draft, done), "p")]

    assert told("", "") == ["New consultation"]
    assert told("d", "") == ["Continue"]
    assert told("", "s") == ["Look at the signed plan", "New consultation"]
    assert told("d", "s") == ["Continue", "Look at the signed plan"]


def test_identity_line() -> None:
    patient = Patient("1", "TR-0001", "Marta", date(1954, 11, 13), "female")
    assert worklist.identity(patient, TODAY) == "Female, 71 years · born 13 Nov 1954 · TR-0001"


def test_the_ladder_puts_certain_and_possible_apart() -> None:
    places = {r.tier: r.place for r in advice.ladder(Tier.U14, Tier.E, final=False)}
    assert places == {"E": "ceiling", "E24": "open", "U14": "floor", "R3": "below"}
    final = {r.tier: r.place for r in advice.ladder(Tier.U14, Tier.U14, final=True)}
    assert final == {"E": "out", "E24": "out", "U14": "final", "R3": "below"}
    none = {r.tier: r.place for r in advice.ladder(Tier.NONE, Tier.R3, final=False)}
    assert none["R3"] == "ceiling"
    assert none["NONE"] == "floor"


def test_where_nothing_is_certain_no_limit_is_as_open_as_the_limits() -> None:
    rungs = {r.tier: (r.place, r.word) for r in advice.ladder(Tier.NONE, Tier.E, final=False, certain=False)}
    assert rungs == {"E": ("ceiling", "Not yet ruled out"), "E24": ("open", "open"), "U14": ("open", "open"),
                     "R3": ("open", "open"), "NONE": ("open", "open")}


def test_small_words(pack: Pack) -> None:
    assert words.days_left(0, 0) == "today"
    assert words.days_left(None, 0) == ""
    assert words.days_left(3, 0) == "3 days left"
    assert words.initials("Dr N. Karim") == "NK"
    assert words.initials("Cher") == "C"
    assert words.shortened("one two three", 9) == "one two …"
    assert words.provenance(pack, "A1").text == "A1 · added for safety"
    assert words.provenance(pack, "nothing").text == "nothing"
    assert any(words.provenance(pack, s).unchecked for s in pack.sources)
