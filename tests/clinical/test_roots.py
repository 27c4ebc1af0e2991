"""Root localisation: the worked numbers, every row of the signature, and the exact set against brute force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.clinical.anatomy import KINDS
from desktop_app.clinical.roots import UNCERTAIN, Localiser
from desktop_app.clinical.supports import discriminators, provocation
from tests.clinical.little_pack import AREAS, MUSCLES, POWERS, REFLEXES, SADDLE, SIDES, SKIN, anatomy

QUESTIONS = {"motor": "power", "reflex": "reflex", "sensory": "sensation", "pain": "pain_area"}
ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1", "S2")
ANATOMY = anatomy()
LOCALISER = Localiser(ANATOMY, QUESTIONS)

Cells = Mapping[str, object]


def cells_with(kind: str) -> tuple[str, ...]:
    question = QUESTIONS[kind]
    return tuple(f"{question}.{sign}" for sign in ANATOMY.kinds[kind].signs)


def all_normal() -> dict[str, object]:
    values: dict[str, object] = {}
    for side in SIDES:
        values |= {f"power.{muscle}.{side}": "5" for muscle in MUSCLES}
        values |= {f"reflex.{jerk}.{side}": "normal" for jerk in ("knee", "ankle")}
        values |= {f"sensation.{skin}.{side}": "normal" for skin in SKIN}
        values |= {f"pain_area.{area}.{side}": False for area in AREAS}
    return values


def examined(**found: object) -> dict[str, object]:
    """A full examination with these findings; a double underscore stands for the dot of a cell."""
    return all_normal() | {name.replace("__", "."): value for name, value in found.items()}


def totals(values: Cells) -> dict[str, int]:
    """Certain points per root and side, as the picture shows them."""
    found: dict[str, int] = {}
    for root in LOCALISER.localise(values)["roots"]:  # type: ignore[attr-defined]
        for side in root["sides"].values():
            assert side["least"] <= side["most"]
            found[side["id"]] = side["least"]
    return found


# --- an independent reading of the rule, one complete examination at a time -------------------------

POINTS = {"motor": 3, "reflex": 3, "sensory": 2, "pain": 1}
ROOTS_OF = {
    "power.hip_flexion": "L2",
    "power.knee_extension": "L3 L4",
    "power.ankle_dorsiflexion": "L4 L5",
    "power.big_toe_extension": "L5",
    "power.plantar_flexion": "S1",
    "reflex.knee": "L3 L4",
    "reflex.ankle": "S1",
    "pain_area.L3": "L3 L4",
    "pain_area.S2": "S1 S2",
    "pain_area.buttock": "L5 S1 S2",
    **{f"sensation.{skin}": skin for skin in ROOTS},
    "sensation.S3": "S2",  # S2 to S4 are one candidate
    "sensation.S4": "S2",
    "pain_area.S3": "S2",
    **{f"pain_area.{area}": area for area in ("L1", "L2", "L4", "L5", "S1")},
}
LOSS: dict[object, int] = {
    **{word: 7 - place for place, word in enumerate(POWERS)},
    "absent": 2,
    "reduced": 1,
    "normal": 0,
    "brisk": 0,
    "changed": 1,
    True: 1,
    False: 0,
}


def named_by_hand(values: Cells) -> str:
    kinds: dict[tuple[str, str], set[str]] = {(root, side): set() for root in ROOTS for side in SIDES}
    for kind in KINDS:
        for sign in cells_with(kind):
            left, right = LOSS[values[f"{sign}.left"]], LOSS[values[f"{sign}.right"]]
            if left != right:
                for root in ROOTS_OF[sign].split():
                    kinds[root, "left" if left > right else "right"].add(kind)
    score = {pair: sum(POINTS[kind] for kind in found) for pair, found in kinds.items()}
    for pair, found in kinds.items():
        others = max(points for other, points in score.items() if other != pair)
        if pair[0] != "S2" and len(found) >= 2 and score[pair] - others >= 2:
            return ".".join(pair)
    return UNCERTAIN


def options_of(cell: str) -> tuple[object, ...]:
    kind = cell.split(".", maxsplit=1)[0]
    found: dict[str, tuple[object, ...]] = {
        "power": POWERS,
        "reflex": REFLEXES,
        "sensation": ("normal", "changed"),
        "pain_area": (True, False),
    }
    return found[kind]


def completions(values: Cells, open_cells: list[str]) -> Iterator[dict[str, object]]:
    """Every completion that differs to the rule: per sign with both sides open, one of three outcomes."""
    choices: list[list[dict[str, object]]] = []
    for sign in dict.fromkeys(cell.rpartition(".")[0] for cell in open_cells):
        pair = [f"{sign}.{side}" for side in SIDES]
        if all(cell in open_cells for cell in pair):
            low, high = sorted(options_of(pair[0]), key=lambda value: LOSS[value])[:: len(options_of(pair[0])) - 1]
            choices.append([dict(zip(pair, both, strict=True)) for both in ((low, low), (low, high), (high, low))])
        else:
            cell = next(cell for cell in pair if cell in open_cells)
            choices.append([{cell: value} for value in options_of(cell)])
    for combination in product(*choices):
        whole = dict(values)
        for part in combination:
            whole |= part
        yield whole


# --- worked cases -----------------------------------------------------------------------------------


def test_c01_left_l4_scores_six_against_four_of_l3() -> None:
    case = examined(
        reflex__knee__left="reduced",
        sensation__L4__left="changed",
        pain_area__L3__left=True,
        pain_area__L4__left=True,
    )
    points = totals(case)
    assert (points["L4.left"], points["L3.left"]) == (6, 4)
    assert sum(points.values()) == 10
    assert LOCALISER.possible(case) == {"L4.left"}


def test_c15_right_l3_scores_six_and_l4_at_most_four() -> None:
    case = examined(reflex__knee__right="reduced", sensation__L3__right="changed", pain_area__L3__right=True)
    points = totals(case)
    assert (points["L3.right"], points["L4.right"]) == (6, 4)
    assert LOCALISER.possible(case) == {"L3.right"}


def test_c16_left_l5_with_pain_weakness_and_numbness() -> None:
    case = examined(
        power__big_toe_extension__left="4",
        sensation__L5__left="changed",
        pain_area__L5__left=True,
        pain_area__buttock__left=True,
    )
    assert totals(case)["L5.left"] == 6
    assert LOCALISER.possible(case) == {"L5.left"}


def test_c18_big_toe_and_dorsum_of_the_foot_name_left_l5() -> None:
    case = examined(power__big_toe_extension__left="4", sensation__L5__left="changed")
    assert totals(case)["L5.left"] == 5
    assert LOCALISER.possible(case) == {"L5.left"}


def test_c26_right_knee_extension_four_plus_and_numb_above_the_knee_name_l3() -> None:
    case = examined(power__knee_extension__right="4+", sensation__L3__right="changed", pain_area__L3__right=True)
    points = totals(case)
    assert (points["L3.right"], points["L4.right"]) == (6, 4)
    assert LOCALISER.possible(case) == {"L3.right"}


def test_an_open_sign_of_a_neighbour_keeps_the_root_uncertain() -> None:
    case = examined(power__big_toe_extension__left="4", sensation__L5__left="changed")
    del case["sensation.L4.left"], case["power.ankle_dorsiflexion.left"], case["reflex.knee.left"]
    assert LOCALISER.possible(case) == {"L5.left", "L4.left", UNCERTAIN}


# --- every row of the signature ---------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("sign", [sign for kind in KINDS for sign in cells_with(kind)])
def test_each_sign_scores_for_its_roots_only(sign: str, side: str) -> None:
    worst = max(options_of(f"{sign}.left"), key=lambda value: LOSS[value])
    points = totals(all_normal() | {f"{sign}.{side}": worst})
    kind = next(kind for kind, question in QUESTIONS.items() if sign.startswith(f"{question}."))
    expected = {f"{root}.{side}": POINTS[kind] for root in ROOTS_OF[sign].split()}
    assert {name: value for name, value in points.items() if value} == expected


@pytest.mark.parametrize("sign", [sign for kind in KINDS for sign in cells_with(kind)])
def test_the_same_on_both_sides_scores_nothing(sign: str) -> None:
    for value in options_of(f"{sign}.left"):
        points = totals(all_normal() | {f"{sign}.left": value, f"{sign}.right": value})
        assert not any(points.values())


def test_each_kind_counts_once_per_root() -> None:
    case = examined(power__knee_extension__left="4", power__ankle_dorsiflexion__left="3")
    assert totals(case)["L4.left"] == 3


def test_one_kind_names_no_root_whatever_its_points() -> None:
    assert LOCALISER.possible(examined(power__big_toe_extension__left="0")) == {UNCERTAIN}


def test_a_lead_of_one_names_no_root() -> None:
    case = examined(  # L5: 3 + 2; L4: 3 + 1
        power__ankle_dorsiflexion__left="4", sensation__L5__left="changed", pain_area__L4__left=True
    )
    assert totals(case)["L5.left"] - totals(case)["L4.left"] == 1
    assert LOCALISER.possible(case) == {UNCERTAIN}


def test_the_roots_below_s1_compete_and_are_never_named() -> None:
    case = examined(sensation__S2__left="changed", pain_area__S2__left=True)
    assert totals(case)["S2.left"] == 3
    assert LOCALISER.possible(case) == {UNCERTAIN}


def test_a_brisk_reflex_is_no_loss_on_the_other_side() -> None:
    assert not any(totals(examined(reflex__knee__left="brisk")).values())


def test_nothing_examined_leaves_every_root_possible() -> None:
    assert LOCALISER.possible({}) == {f"{r}.{s}" for r in ROOTS if r != "S2" for s in SIDES} | {UNCERTAIN}


def test_the_picture_says_what_is_possible_and_untested() -> None:
    case = examined(power__big_toe_extension__left="4")
    del case["sensation.L5.left"]
    picture = LOCALISER.localise(case)
    assert picture["named"] is None
    assert picture["untested"] == [{"atom": "sensation.L5.left", "kind": "sensory", "sign": "L5", "side": "left"}]
    row = next(root for root in picture["roots"] if root["id"] == "L5")  # type: ignore[attr-defined]
    blocks = row["sides"]["left"]["blocks"]
    assert [(block["kind"], block["state"], block["points"]) for block in blocks] == [
        ("motor", "certain", 3),
        ("sensory", "possible", 2),
    ]
    assert blocks[0]["signs"] == ["Big-toe extension"]
    assert (row["sides"]["left"]["least"], row["sides"]["left"]["most"]) == (3, 5)
    assert picture["candidates"] == ["L5.left"]
    assert {entry["id"] for entry in picture["discriminators"]} == {  # type: ignore[attr-defined]
        "l5_or_peroneal",
        "l4_or_femoral",
        "s1_or_sciatic",
    }


def test_candidates_are_those_too_close_to_tell_apart() -> None:
    case = examined(power__ankle_dorsiflexion__left="4", sensation__L5__left="changed", pain_area__L4__left=True)
    assert LOCALISER.localise(case)["candidates"] == ["L4.left", "L5.left"]
    assert LOCALISER.localise(all_normal())["candidates"] == []
    named = examined(power__big_toe_extension__left="4", sensation__L5__left="changed")
    assert LOCALISER.localise(named)["candidates"] == ["L5.left"]


@pytest.mark.parametrize(
    ("answers", "reading"),
    [
        ({}, "not tested"),
        ({"hip_abduction_weak": True}, "speaks for the L5 root"),
        ({"hip_abduction_weak": False}, "not tested"),
        ({"hip_abduction_weak": False, "inversion_weak": True}, "speaks for the L5 root"),
        ({"hip_abduction_weak": False, "inversion_weak": False}, "speaks for the peroneal nerve"),
    ],
)
def test_muscles_that_tell_root_from_nerve(answers: dict[str, bool], reading: str) -> None:
    given = {f"discriminators.{name}": value for name, value in answers.items()}
    found = {entry["id"]: entry["reading"] for entry in discriminators(ANATOMY, given)}
    assert found["l5_or_peroneal"] == reading
    assert found["l4_or_femoral"] == "not tested"


def test_provocation_supports_or_argues_and_gives_no_points() -> None:
    given = {"provocation.slr.left": True, "provocation.slr.right": False, "provocation.femoral_stretch.left": True}
    tests = {entry["id"]: entry["sides"] for entry in provocation(ANATOMY, given)}
    assert tests["slr"]["left"] == {"result": "positive", "reading": "supports L5, S1, weakly L4"}  # type: ignore[index]
    assert "says nothing about L2 and L3" in tests["slr"]["right"]["reading"]  # type: ignore[index]
    assert tests["femoral_stretch"]["left"]["reading"] == "supports L2, L3, L4"  # type: ignore[index]
    assert tests["slump"]["left"]["result"] == "not tested"  # type: ignore[index]
    assert not any(totals(all_normal() | given).values())


# --- the set of possible values ---------------------------------------------------------------------


@st.composite
def examinations(draw: st.DrawFn) -> tuple[dict[str, object], list[str]]:
    """A whole examination with few signs, and the cells that are taken away from it."""
    values = all_normal()
    cells = sorted(values)
    for cell in draw(st.lists(st.sampled_from(cells), max_size=7, unique=True)):
        values[cell] = draw(st.sampled_from(options_of(cell)))
    signs = sorted({cell.rpartition(".")[0] for cell in cells})
    hidden = []
    for sign in draw(st.lists(st.sampled_from(signs), max_size=5, unique=True)):
        hidden += [f"{sign}.{side}" for side in draw(st.sampled_from((("left",), ("right",), SIDES)))]
    powers = [cell for cell in hidden if cell.startswith("power.")]
    single = [cell for cell in powers if sum(other.startswith(cell.rpartition(".")[0]) for other in powers) == 1]
    for cell in single[2:]:  # each has eight completions
        hidden.remove(cell)
    return values, hidden


@settings(max_examples=250, deadline=None)
@given(examinations())
def test_the_set_is_exactly_what_the_completions_give(case: tuple[dict[str, object], list[str]]) -> None:
    values, hidden = case
    partial = {cell: value for cell, value in values.items() if cell not in hidden}
    reached = {named_by_hand(whole) for whole in completions(partial, hidden)}
    found = LOCALISER.possible(partial)
    assert reached <= found
    assert found - {UNCERTAIN} == reached - {UNCERTAIN}
    assert (len(found) == 1) == (len(reached) == 1)


@settings(max_examples=150, deadline=None)
@given(examinations(), st.data())
def test_an_added_answer_only_narrows(case: tuple[dict[str, object], list[str]], data: st.DataObject) -> None:
    values, hidden = case
    partial = {cell: value for cell, value in values.items() if cell not in hidden}
    before = LOCALISER.possible(partial)
    for cell in hidden:
        partial[cell] = data.draw(st.sampled_from(options_of(cell)))
        after = LOCALISER.possible(partial)
        assert after <= before
        before = after
    assert before == {named_by_hand(partial)}


# --- the saddle area --------------------------------------------------------------------------------


def test_a_saddle_that_was_asked_and_not_tested_leaves_a_named_root_named() -> None:
    """Sensation 2 and pain 1 for L2: the two points that an untested S3 could bring would end the lead."""
    case = examined(sensation__L2__left="changed", pain_area__L2__left=True)
    assert LOCALISER.possible(case) == {"L2.left"}
    untested = {cell: value for cell, value in case.items() if not cell.startswith(("sensation.S3", "sensation.S4"))}
    assert UNCERTAIN in LOCALISER.possible(untested)
    assert LOCALISER.possible({**untested, SADDLE: False}) == {"L2.left"}
    assert UNCERTAIN in LOCALISER.possible({**untested, SADDLE: True})


def test_changed_sensation_of_the_saddle_speaks_for_the_sacral_roots() -> None:
    case = examined(sensation__S3__left="changed", sensation__S4__left="changed", pain_area__S3__left=True)
    found = {root["id"]: root["sides"]["left"]["least"] for root in LOCALISER.localise(case)["roots"]}  # type: ignore[attr-defined]
    assert found["S2"] == 3  # once for each kind
    assert sum(found.values()) == 3
