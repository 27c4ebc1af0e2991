"""The spine from data: every state of a place looks and reads differently, and so does every kind of fracture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.pictures import spine
from desktop_app.pictures.drawing import Area, Pattern, Shape, Words, bounds
from desktop_app.pictures.spine import Cell, Fracture, SpineMarks
from desktop_app.pictures.spine_marks import fracture_words, spine_marks

STATES = (spine.CLEAR, spine.NARROWED, spine.TOUCHED, spine.PRESSED, spine.UNKNOWN, "")


def cell(state: str, level: str = "L4_L5", zone: str = "foramen_left") -> Cell:
    return Cell(f"compression.{level}.{zone}", level, zone, state, f"{level} {zone}: {state or 'Not reported'}")


def drawn(state: str) -> tuple[Shape, ...]:
    """The shapes of one place without its key and name."""
    return tuple(replace(s, key="", name="") if isinstance(s, Area) else s for s in spine.mark(state, 0, 0, 24, "k"))


def body(fracture: Fracture | None, fragments: tuple[Cell, ...] = ()) -> tuple[Shape, ...]:
    return spine.spine(SpineMarks(fracture, (), fragments), legend=False).shapes


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_a_place_has_a_mark_of_its_own(state: str) -> None:
    assert all(drawn(state) != drawn(other) for other in STATES if other != state)


@pytest.mark.parametrize("state", STATES)
def test_only_what_is_not_known_is_dashed(state: str) -> None:
    edge = spine.mark(state, 0, 0, 24, "k")[0]
    assert isinstance(edge, Area)
    assert edge.dashed is (state in {"", spine.UNKNOWN})


def test_a_place_is_a_target_of_24_px_and_says_its_state() -> None:
    picture = spine.spine(SpineMarks(None, (cell(spine.TOUCHED),)))
    (area,) = picture.part("compression.L4_L5.foramen_left")
    left, top, right, bottom = bounds(area.path)
    assert right - left >= 23.5
    assert bottom - top >= 23.5
    assert "touched" in area.name
    assert picture.at((left + right) / 2, (top + bottom) / 2) == area.key


def test_right_stands_at_the_left_and_is_written_out() -> None:
    marks = SpineMarks(None, tuple(cell("", zone=zone) for zone in spine.ZONES))
    picture = spine.spine(marks)
    at = [bounds(picture.part(f"compression.L4_L5.{zone}")[0].path)[0] for zone in spine.ZONES]
    assert at == sorted(at)
    said = {shape.text: shape.x for shape in picture.shapes if isinstance(shape, Words)}
    assert said["Right"] < said["Left"]


@pytest.mark.parametrize("part", spine.PARTS)
def test_what_gave_way_is_seen(part: str) -> None:
    looks = [body(Fracture("L3", other, oedema=False, age="unhealed")) for other in spine.PARTS if other != part]
    assert body(Fracture("L3", part, oedema=False, age="unhealed")) not in looks


def test_oedema_is_hatched_only_when_it_is_reported() -> None:
    def hatched(oedema: bool | None) -> bool:
        return any(isinstance(s, Area) and any(f.pattern is Pattern.HATCH for f in s.fillings)
                   for s in body(Fracture("L4", "inferior", oedema, "unhealed")))  # fmt: skip

    assert hatched(True)
    assert not hatched(False)
    assert not hatched(None)


def test_recent_healed_and_not_united_differ_and_not_known_is_dashed() -> None:
    looks = [body(Fracture("L4", "inferior", None, age)) for age in ("unhealed", "healed", "non_union", "")]
    assert len({repr(look) for look in looks}) == 4
    for age, dashed in (("unhealed", False), ("", True)):
        edges = [s for s in body(Fracture("L4", "inferior", None, age)) if isinstance(s, Area) and s.edge == "amber"]
        assert [s.dashed for s in edges] == [dashed]


@pytest.mark.parametrize("age", ["unhealed", "non_union", "healed", ""])
@pytest.mark.parametrize("part", ["", *spine.PARTS])
def test_a_broken_back_wall_and_a_flat_body_are_seen_beside_everything_else(part: str, age: str) -> None:
    kinds = [Fracture("L4", part, oedema, age, wall, flat)
             for oedema in (True, False) for wall in (True, False) for flat in (True, False)]  # fmt: skip
    assert len({repr(body(kind)) for kind in kinds}) == len(kinds)
    open_ = body(Fracture("L4", part, oedema=True, age=age))
    assert open_ == body(Fracture("L4", part, oedema=True, age=age, wall=False, flat=False))  # only what is reported


def test_the_key_names_the_line_of_a_broken_back_wall_where_there_is_one() -> None:
    def key(wall: bool | None) -> list[str]:
        return [s.text for s in spine.spine(SpineMarks(Fracture("L4", wall=wall))).shapes if isinstance(s, Words)]

    assert "Back wall broken" in key(True)
    assert "Back wall broken" not in [*key(False), *key(None)]


@pytest.mark.parametrize(("answers", "said"), [
    ({}, "back wall not reported, height not reported"),
    ({"posterior_wall_defect": Answer(value=True), "near_complete_collapse": Answer(value=True)},
     "back wall broken, almost flat"),
    ({"posterior_wall_defect": Answer(value=False), "near_complete_collapse": Answer(unknown=Unknown.NOT_ASKED)},
     "back wall not broken, height not reported"),
])
def test_the_words_of_the_fracture_tell_no_from_not_known(pack: Pack, answers: dict[str, Answer], said: str) -> None:
    assert fracture_words(pack, {"fracture_level": Answer("L4"), **answers}).endswith(said)


def test_a_fragment_is_drawn_when_reported_and_has_a_line_at_the_broken_vertebra() -> None:
    open_ = tuple(Cell(f"retropulsion.L4.{z}", "L4", z, "", z) for z in spine.FRAGMENT_ZONES)
    told = (replace(open_[0], state=spine.PRESSED), *open_[1:])
    assert SpineMarks(Fracture("L4"), (), open_).lines_of_fragments() == ("L4",)
    assert SpineMarks(None, (), open_).lines_of_fragments() == ()
    assert SpineMarks(None, (), told).lines_of_fragments() == ("L4",)

    def solid(fragments: tuple[Cell, ...]) -> int:
        return sum(isinstance(s, Area) and s.fill == "amber" for s in body(Fracture("L4"), fragments))

    assert solid(told) == solid(open_) + 1


def test_the_words_tell_touched_clear_and_not_reported_apart() -> None:
    said = spine.alt(SpineMarks(None, (cell(spine.TOUCHED), cell(spine.CLEAR, "L3_L4"), cell("", "L2_L3"))))
    assert "touched" in said
    assert "1 places reported clear, 1 not reported" in said


def test_marks_come_from_the_answers(pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]) -> None:
    marks = spine_marks(pack, cases["c01"].sheet)
    by_key = {one.key: one for one in marks.cells}
    assert by_key["compression.L4_L5.foramen_left"].state == spine.TOUCHED
    assert by_key["compression.L1_L2.canal"].state == spine.CLEAR
    assert marks.fracture == Fracture("L4", "inferior", oedema=True, age="unhealed", wall=False, flat=False)
    sheet = {"compression.L4_L5.canal": Answer(unknown=Unknown.DECLINED)}
    some = {one.key: one for one in spine_marks(pack, sheet).cells}
    assert some["compression.L4_L5.canal"].state == spine.UNKNOWN
    assert some["compression.L3_L4.canal"].state == ""
    assert "Not reported" in some["compression.L3_L4.canal"].name
