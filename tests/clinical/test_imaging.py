"""Imaging verdict: every row and its order, the tables of levels and fractures, and the exact set."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.clinical.imaging import Correlator, fragment_roots, level_roots, level_table, roots_at_risk
from desktop_app.engine.derive import Possible
from tests.clinical.little_pack import CONTACT, DISCS, FRAGMENTS, LEVELS, ROOT_OPTIONS, SIDES, ZONES, anatomy

ANATOMY = anatomy()
ROLES = {
    "done": "imaging_done",
    "symptoms": "radicular_pain",
    "entrapment": "entrapment",
    "root": "clinical_root",
    "compression": "compression",
    "retropulsion": "retropulsion",
    "complete": "compression_list_complete",
}
CORRELATOR = Correlator(ANATOMY, ROLES)
ORDER = ["T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2"]
ALL = {
    "concordant",
    "partial",
    "discordant_level",
    "discordant_side",
    "no_compression_seen",
    "incidental_only",
    "not_done",
    "root_uncertain",
}

Answers = dict[str, bool | str | Possible | None]


def scanned(root: str | frozenset[str] = "L4.left", **cells: str) -> Answers:
    """A finished scan with entrapment of a patient with leg pain; cells not named are clear."""
    answers: Answers = {
        "imaging_done": True,
        "radicular_pain": True,
        "entrapment": "seen",
        "compression_list_complete": True,
        "clinical_root": frozenset((root,)) if isinstance(root, str) else root,
    }
    return answers | {f"compression.{name.replace('__', '.')}": value for name, value in cells.items()}


def verdicts(answers: Mapping[str, bool | str | Possible | None]) -> set[str]:
    return set(CORRELATOR.possible(answers))


# --- the tables -------------------------------------------------------------------------------------

EXITING_TRAVERSING = [
    ("T12_L1", "T12", "L1"),
    ("L1_L2", "L1", "L2"),
    ("L2_L3", "L2", "L3"),
    ("L3_L4", "L3", "L4"),
    ("L4_L5", "L4", "L5"),
    ("L5_S1", "L5", "S1"),
]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("level", "exiting", "traversing"), EXITING_TRAVERSING)
def test_the_foramen_holds_the_exiting_and_the_recess_the_traversing_root(
    level: str, exiting: str, traversing: str, side: str
) -> None:
    assert level_roots(ANATOMY, level, f"foramen_{side}") == {f"{exiting}.{side}"}
    assert level_roots(ANATOMY, level, f"far_{side}") == {f"{exiting}.{side}"}
    assert level_roots(ANATOMY, level, f"recess_{side}") == {f"{traversing}.{side}"}


@pytest.mark.parametrize(
    ("level", "first", "conus"),
    [
        ("L1_L2", "L2", True),
        ("L2_L3", "L3", False),
        ("L3_L4", "L4", False),
        ("L4_L5", "L5", False),
        ("L5_S1", "S1", False),
    ],
)
def test_a_central_lesion_meets_every_root_below_on_both_sides(level: str, first: str, conus: bool) -> None:
    below = ORDER[ORDER.index(first) :]
    assert level_roots(ANATOMY, level, "canal") == {f"{root}.{side}" for root in below for side in SIDES}
    assert level_table(ANATOMY, level)["central"] == {
        "roots": below,
        "text": ANATOMY.disc_levels[level].central_text,
        "conus": conus,
    }


@pytest.mark.parametrize(
    ("level", "recess", "central", "below", "above", "new_pain"),
    [
        ("L1", ["L1", "L2"], ["S2"], ("L1", "L1_L2"), ("T12", "T12_L1"), "not covered; the study took L2 to L5"),
        ("L2", ["L2", "L3"], ORDER[2:], ("L2", "L2_L3"), ("L1", "L1_L2"), "0 of 100"),
        ("L3", ["L3", "L4"], ORDER[3:], ("L3", "L3_L4"), ("L2", "L2_L3"), "22 of 100"),
        ("L4", ["L4", "L5"], ORDER[4:], ("L4", "L4_L5"), ("L3", "L3_L4"), "43 of 100"),
        ("L5", ["L5", "S1"], ORDER[5:], ("L5", "L5_S1"), ("L4", "L4_L5"), "63 of 100"),
    ],
)
def test_roots_at_risk_by_fractured_vertebra(
    level: str, recess: list[str], central: list[str], below: tuple[str, str], above: tuple[str, str], new_pain: str
) -> None:
    risk = roots_at_risk(ANATOMY, level)
    assert risk["recess"] == recess
    assert risk["central"]["roots"] == central  # type: ignore[index]
    assert risk["foramen_below"] == {"root": below[0], "level": below[1]}
    assert risk["foramen_above"] == {"root": above[0], "level": above[1]}
    assert risk["new_leg_pain"] == new_pain
    assert (risk["check"], risk["anatomy_check"]) == ("read", "unchecked")
    for side in SIDES:
        assert fragment_roots(ANATOMY, level, f"recess_{side}") == {f"{root}.{side}" for root in recess}
    assert fragment_roots(ANATOMY, level, "canal") == {f"{root}.{side}" for root in central for side in SIDES}


def test_the_two_tables_agree_about_the_foramina() -> None:
    for level in ANATOMY.fracture_levels.values():
        assert ANATOMY.disc_levels[level.below_level].exiting == level.below_root
        assert ANATOMY.disc_levels[level.above_level].exiting == level.above_root


# --- the verdicts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (scanned(L4_L5__foramen_left="touched"), "concordant"),  # C01
        (scanned("L3.right", L3_L4__foramen_right="pressed"), "concordant"),  # C26
        (scanned(L4_L5__foramen_left="pressed", L3_L4__recess_left="touched"), "concordant"),  # the same root twice
        (scanned(L4_L5__foramen_left="touched", L4_L5__recess_left="touched"), "partial"),  # L5 besides
        (scanned(L4_L5__foramen_left="touched", L4_L5__foramen_right="touched"), "partial"),  # the other side besides
        (scanned(L4_L5__recess_left="pressed"), "partial"),  # L5, a neighbour
        (scanned(L3_L4__foramen_left="pressed"), "partial"),  # L3, a neighbour
        (scanned(L3_L4__canal="pressed"), "partial"),  # central holds the root and others
        (scanned("L4.left", L4_L5__canal="pressed"), "partial"),  # central below holds the neighbour L5
        (scanned("L3.left", L5_S1__canal="pressed"), "discordant_level"),
        (scanned(L1_L2__foramen_left="pressed"), "discordant_level"),
        (scanned(L5_S1__recess_left="pressed"), "discordant_level"),
        (scanned(L4_L5__foramen_right="pressed"), "discordant_side"),
        (scanned("uncertain", L4_L5__foramen_left="pressed"), "root_uncertain"),
        (scanned(L4_L5__foramen_left="touched") | {"entrapment": "none_seen"}, "no_compression_seen"),
        (scanned(L4_L5__foramen_left="touched") | {"radicular_pain": False}, "incidental_only"),
        (scanned(L4_L5__foramen_left="touched") | {"imaging_done": False}, "not_done"),
        (scanned("uncertain") | {"entrapment": "none_seen"}, "no_compression_seen"),  # before the root
        (scanned("uncertain") | {"entrapment": "none_seen", "radicular_pain": False}, "incidental_only"),
        (scanned("uncertain") | {"radicular_pain": False, "imaging_done": False}, "not_done"),
        (scanned() | {"retropulsion.L4.recess_left": "touched"}, "partial"),  # L4 and L5
        (scanned() | {"retropulsion.L2.recess_right": "pressed"}, "discordant_side"),
        (scanned(), "discordant_side"),
    ],
)
def test_verdicts_in_their_order(answers: Answers, verdict: str) -> None:
    assert verdicts(answers) == {verdict}


def test_narrowed_is_not_imaged_and_touched_is() -> None:
    assert verdicts(scanned(L4_L5__foramen_left="touched", L3_L4__foramen_left="narrowed")) == {"concordant"}
    assert verdicts(scanned(L4_L5__foramen_left="narrowed")) == {"discordant_side"}


def test_an_incomplete_list_leaves_the_other_places_open() -> None:
    answers = scanned(L4_L5__foramen_left="touched") | {"compression_list_complete": False}
    assert verdicts(answers) == {"concordant", "partial"}
    assert verdicts({**answers, "compression_list_complete": None}) == {"concordant", "partial"}


def test_nothing_known_leaves_all_eight_open() -> None:
    assert verdicts({}) == ALL


def test_a_report_without_entrapment_is_enough_whatever_the_root_is() -> None:
    answers: Answers = {"imaging_done": True, "radicular_pain": True, "entrapment": "none_seen"}  # C18, C24
    assert verdicts(answers) == {"no_compression_seen"}


def test_no_leg_pain_and_a_scan_is_incidental_without_any_examination() -> None:
    assert verdicts({"imaging_done": True, "radicular_pain": False}) == {"incidental_only"}  # C20, C21


def test_no_scan_needs_nothing_else() -> None:
    assert verdicts({"imaging_done": False}) == {"not_done"}


# --- the set of possible verdicts, against an independent reading ------------------------------------


def by_hand(answers: Answers) -> str:
    if answers["imaging_done"] is False:
        return "not_done"
    if answers["radicular_pain"] is False:
        return "incidental_only"
    if answers["entrapment"] == "none_seen":
        return "no_compression_seen"
    clinical = str(answers["clinical_root"])
    if clinical == "uncertain":
        return "root_uncertain"
    seen: set[str] = set()
    for cell, value in answers.items():
        if value in {"touched", "pressed"}:
            question, row, zone = cell.split(".")
            meets = level_roots if question == "compression" else fragment_roots
            seen |= meets(ANATOMY, row, zone)
    root, side = clinical.split(".")
    here = {name.split(".")[0] for name in seen if name.endswith(f".{side}")}
    if not here:
        return "discordant_side"
    place = ORDER.index(root)
    near = {ORDER[place + step] for step in (-1, 0, 1)}
    if not here & near:
        return "discordant_level"
    return "concordant" if seen == {clinical} else "partial"


PLACES = [f"compression.{d}.{z}" for d in DISCS for z in ZONES] + [
    f"retropulsion.{v}.{z}" for v in LEVELS for z in FRAGMENTS
]


@st.composite
def scans(draw: st.DrawFn) -> tuple[Answers, dict[str, list[object]]]:
    """A scan known in part, and for everything open the values it may take."""
    known: Answers = dict.fromkeys(PLACES, "clear")
    for cell in draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True)):
        known[cell] = draw(st.sampled_from(CONTACT))
    open_values: dict[str, list[object]] = {
        cell: ["clear", "touched"] for cell in draw(st.lists(st.sampled_from(PLACES), max_size=5, unique=True))
    }
    for name, values in (
        ("imaging_done", [True, False]),
        ("radicular_pain", [True, False]),
        ("entrapment", ["seen", "none_seen"]),
    ):
        if draw(st.integers(0, 4)) == 0:
            open_values[name] = values
        else:
            known[name] = draw(st.sampled_from([values[0], values[0], values[0], values[1]]))  # type: ignore[assignment]
    open_values["clinical_root"] = draw(st.lists(st.sampled_from(ROOT_OPTIONS), min_size=1, max_size=3, unique=True))
    return known, open_values


def partial_of(known: Answers, open_values: dict[str, list[object]]) -> Answers:
    partial = {name: value for name, value in known.items() if name not in open_values}
    partial["clinical_root"] = frozenset(open_values["clinical_root"])  # type: ignore[arg-type]
    return partial


@settings(max_examples=400, deadline=None)
@given(scans())
def test_the_set_is_exactly_what_the_completions_give(case: tuple[Answers, dict[str, list[object]]]) -> None:
    known, open_values = case
    reached = {
        by_hand({**known, **dict(zip(open_values, values, strict=True))})  # type: ignore[arg-type]
        for values in product(*open_values.values())
    }
    assert verdicts(partial_of(known, open_values)) == reached


@settings(max_examples=200, deadline=None)
@given(scans(), st.data())
def test_an_added_answer_only_narrows(case: tuple[Answers, dict[str, list[object]]], data: st.DataObject) -> None:
    known, open_values = case
    partial = partial_of(known, open_values)
    before = verdicts(partial)
    for name, values in open_values.items():
        value = data.draw(st.sampled_from(values))
        partial[name] = frozenset((value,)) if name == "clinical_root" else value  # type: ignore[assignment]
        after = verdicts(partial)
        assert after <= before
        before = after
    assert len(before) == 1
