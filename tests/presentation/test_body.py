"""Marks from answers and answers from marks; which questions stand on the map is the guideline's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import Pack
from desktop_app.pictures.body import PAIN, SENSATION, State
from desktop_app.pictures.body_marks import drawn_questions
from desktop_app.presentation import body, cards

TODAY = date(2026, 11, 12)


def card(pack: Pack, question: str, **answers: Answer) -> cards.Card:
    sheet = {f"{question}.{name.replace('__', '.')}": given for name, given in answers.items()}
    return cards.build(pack, pack.questions[question], sheet, TODAY)


def test_the_grids_that_name_the_root_are_drawn(pack: Pack) -> None:
    assert drawn_questions(pack) == {"pain_area": PAIN, "sensation": SENSATION}


def test_a_grid_with_a_row_that_the_map_does_not_know_stays_a_grid(pack: Pack) -> None:
    grid = pack.questions["sensation"]
    odd = replace(grid, rows=(*grid.rows, replace(grid.rows[0], id="T12")))
    assert drawn_questions(replace(pack, questions={**pack.questions, "sensation": odd})) == {"pain_area": PAIN}


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (Answer("changed"), State.MARKED),
        (Answer("normal"), State.NORMAL),
        (Answer(unknown=Unknown.NOT_ASSESSED), State.UNKNOWN),
        (Answer(unknown=Unknown.DECLINED), State.UNKNOWN),
        (Answer(unknown=Unknown.NOT_ASKED), State.NOT_ASKED),
        (None, State.NOT_ASKED),
    ],
)
def test_a_state_for_every_answer(pack: Pack, given: Answer | None, state: State) -> None:
    found = card(pack, "sensation", **({"L4__left": given} if given else {}))
    marks = body.marks({SENSATION: found})
    assert marks.state(SENSATION, ("L4", "left")) is state
    assert marks.state(SENSATION, ("L4", "right")) is State.NOT_ASKED
    assert marks.state(PAIN, ("L4", "left")) is None  # not on this map, which is not the same as not asked


def test_marking_and_marking_again(pack: Pack) -> None:
    for question, value in (("pain_area", True), ("sensation", "changed")):
        empty = card(pack, question)
        cell = body.cell_at(empty, ("L4", "left"))
        assert cell is not None
        assert body.marked_answer(empty, cell) == Answer(value)
        marked = card(pack, question, L4__left=Answer(value))
        cell = body.cell_at(marked, ("L4", "left"))
        assert cell is not None
        assert body.marked_answer(marked, cell) is None
    assert body.normal_answer(card(pack, "pain_area")) == Answer(value=False)
    assert body.normal_answer(card(pack, "sensation")) == Answer("normal")


def test_a_zone_is_spoken_with_its_area_and_both_kinds(pack: Pack) -> None:
    both = {PAIN: card(pack, "pain_area", buttock__left=Answer(value=True)), SENSATION: card(pack, "sensation")}
    marks = body.marks(both)
    assert body.spoken(both, marks, ("buttock", "left"), PAIN) == "Left buttock: pain"
    assert body.spoken(both, marks, ("S2", "right"), SENSATION) == (
        "Right S2, back of the knee: pain not asked; sensation not tested")
