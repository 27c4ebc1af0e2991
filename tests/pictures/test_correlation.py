"""The correlation from real cases: what meets is framed, what parts is shown on both legs, nothing unknown is a no."""

from __future__ import annotations

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import judge
from desktop_app.engine.model import Pack
from desktop_app.pictures import correlation
from desktop_app.pictures.correlation import Leg, Row
from desktop_app.pictures.drawing import Area, Filling, Pattern, Picture, Words, bounds
from desktop_app.use_cases.pictures import pictures

Sheet = dict[str, Answer]


def legs_of(pack: Pack, clinical: ClinicalArithmetic, case: Case, change: Sheet | None = None,
            without: str = "") -> tuple[tuple[Leg, ...], str]:
    sheet = {a: g for a, g in {**case.sheet, **(change or {})}.items() if not without or not a.startswith(without)}
    decision = judge(pack, sheet, case.as_of, clinical).decision
    given = sheet.get("imaging_done")
    complete = sheet.get("compression_list_complete")
    both = correlation.legs(pictures(clinical, decision)["roots"], named=decision.imaging.root,
                            done=given.value if given and isinstance(given.value, bool) else None,
                            complete=complete is not None and complete.value is True)
    return both, decision.imaging.root


def row(both: tuple[Leg, ...], side: str, root: str) -> Row:
    return next(r for leg in both if leg.side == side for r in leg.rows if r.root == root)


def framed(picture: Picture) -> list[Area]:
    return [s for s in picture.shapes if isinstance(s, Area) and s.fill == "accent_soft"]


def said(picture: Picture) -> str:
    return " ".join(s.text for s in picture.shapes if isinstance(s, Words))


def test_concordant_frames_the_row_where_both_meet(pack: Pack, clinical: ClinicalArithmetic,
                                                   cases: dict[str, Case]) -> None:
    both, named = legs_of(pack, clinical, cases["c01"])
    shown = correlation.shown(both, named)
    assert [leg.side for leg in shown] == ["left"]
    meeting = row(both, "left", "L4")
    assert (meeting.total, meeting.discs, meeting.meets) == (6, 2, True)
    picture = correlation.correlation(shown)
    assert len(framed(picture)) == 1
    assert "L4-L5 foramen touched" in said(picture)


def test_discordant_shows_both_legs_and_frames_nothing(pack: Pack, clinical: ClinicalArithmetic,
                                                       cases: dict[str, Case]) -> None:
    both, named = legs_of(pack, clinical, cases["verdict_other_side"])
    shown = correlation.shown(both, named)
    assert [leg.side for leg in shown] == ["right", "left"]
    assert row(both, "right", "L4").discs == 2
    assert row(both, "left", "L4").discs == 0
    assert not framed(correlation.correlation(shown, width=470))


def test_none_reported_is_not_the_same_as_not_reported_on(pack: Pack, clinical: ClinicalArithmetic,
                                                          cases: dict[str, Case]) -> None:
    whole, _ = legs_of(pack, clinical, cases["c01"])
    part, _ = legs_of(pack, clinical, cases["c01"], {"compression_list_complete": Answer(value=False)},
                      without="compression.L1_L2.")
    none, _ = legs_of(pack, clinical, cases["c01"], {"compression_list_complete": Answer(value=False)},
                      without="compression.")
    bare, _ = legs_of(pack, clinical, cases["c01"], {"imaging_done": Answer(value=False)}, without="compression")
    assert row(whole, "right", "L2").report == correlation.NONE
    assert row(part, "right", "L2").report == correlation.PARTLY
    assert row(none, "right", "L5").report in {correlation.NOT_REPORTED, correlation.PARTLY}
    assert row(bare, "right", "L5").report == correlation.NO_IMAGING
    assert correlation.NOT_REPORTED not in correlation.alt(correlation.shown(whole, ""))


def test_what_is_not_answered_is_a_dashed_block_and_a_range(pack: Pack, clinical: ClinicalArithmetic,
                                                            cases: dict[str, Case]) -> None:
    both, _ = legs_of(pack, clinical, cases["c01"], without="power.")
    one = row(both, "left", "L4")
    assert [(b.kind, b.certain) for b in one.blocks][-1] == ("motor", False)
    assert (one.total, one.most) == (6, 9)
    picture = correlation.correlation((Leg("left", (one,)),))
    assert sum(isinstance(s, Area) and s.dashed for s in picture.shapes) == 2  # the block and its key
    assert "6 to 9" in said(picture)


@pytest.mark.parametrize("kind", correlation.KINDS)
def test_a_kind_is_told_by_its_pattern_not_by_its_colour(kind: str) -> None:
    (area, *more) = correlation.block(kind, 0, 0, 60, 18)
    assert isinstance(area, Area)
    wanted = {"motor": ("text", (), 0), "reflex": ("accent", (), 1),
              "sensory": ("surface", (Filling(Pattern.DOTS, "text"),), 0),
              "pain": ("surface", (Filling(Pattern.STRIPES, "accent"),), 0)}[kind]
    assert (area.fill, area.fillings, len(more)) == wanted


def test_a_block_is_as_wide_as_its_weight() -> None:
    rows = (Row("L4", 4, 4, (correlation.Block("motor", 3), correlation.Block("pain", 1)), 0, correlation.NONE),)
    picture = correlation.correlation((Leg("left", rows),))
    widths = [bounds(s.path)[2] - bounds(s.path)[0] for s in picture.shapes if isinstance(s, Area)][:2]
    assert (widths[0] + 2) / (widths[1] + 2) == pytest.approx(3)


@pytest.mark.parametrize("width", [240.0, 330.0, 410.0, 470.0])
def test_nothing_leaves_the_picture(pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case],
                                    width: float) -> None:
    for name in ("c01", "verdict_other_side", "verdict_root_uncertain"):
        both, named = legs_of(pack, clinical, cases[name])
        picture = correlation.correlation(correlation.shown(both, named), width=width, row=20)
        for shape in picture.shapes:
            if isinstance(shape, Words):
                wide = len(shape.text) * shape.size * 0.52
                left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
                assert left >= -2, (name, shape.text)
                assert left + wide <= width + 2, (name, shape.text)


def test_what_imaging_says_of_both_sides_is_said_once(pack: Pack, clinical: ClinicalArithmetic,
                                                      cases: dict[str, Case]) -> None:
    both, _ = legs_of(pack, clinical, cases["c01"], {"imaging_done": Answer(False)}, without="compression")
    told = said(correlation.correlation(both, width=240))
    assert "Imaging, both sides: no imaging." in told
    assert "Imaging, right: " not in told
    one, _ = legs_of(pack, clinical, cases["verdict_other_side"])
    apart = said(correlation.correlation(one, width=240))
    assert "Imaging, right: " in apart
    assert "Imaging, left: " in apart
