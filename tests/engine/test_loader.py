"""Loading a pack: what the fictional one becomes, its hash, its order, and both parsers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.engine.conditions import All, Any, AtLeast, Compare, Is, Not, Place, Ref, Yes
from desktop_app.engine.loader import ContentError, MissingContent, content_hash, load_pack, pack_files, read_pack
from desktop_app.engine.model import Check, FindingType, QuestionShape, Tier, TimeLimit
from desktop_app.engine.phrases import phrase
from desktop_app.engine.reader import PURE_LOADER
from tests.engine.lighthouse import FOLDER, lighthouse

PACKS = sorted(path.parent for path in FOLDER.parent.glob("*/pack.yaml"))


def test_questions_and_atoms() -> None:
    pack = lighthouse()
    signal = pack.questions["signal"]
    assert signal.shape is QuestionShape.SEVERAL
    assert signal.atoms == ("signal.lamp_dark", "signal.wrong_colour", "signal.horn_silent")
    assert signal.emergency
    assert pack.atoms["signal.lamp_dark"].label == "The lamp is dark"
    assert pack.atoms["signal.lamp_dark"].emergency
    grid = pack.questions["brightness"]
    assert grid.shape is QuestionShape.GRID
    cell = pack.atoms["brightness.upper.left"]
    assert (cell.row, cell.column, cell.normal, cell.type) == ("upper", "left", "bright", FindingType.SCALE)
    assert cell.label == "Left upper quarter, brightness"
    assert pack.questions["lens_test"].when_not_relevant_no
    assert pack.atoms["lens_risk.frost"].can_change
    assert not pack.atoms["lens_risk.knocked"].can_change
    oil = pack.atoms["oil_left"]
    assert [unit.id for unit in oil.units] == ["litre", "gallon"]
    assert oil.range is not None
    assert (oil.range.error_max, oil.range.warn_min, oil.range.decimals) == (2000, 5, 1)


def test_derived_findings_spell_out_their_inputs() -> None:
    derived = lighthouse().atoms["weak_quarter"].derived
    assert derived is not None
    assert derived.function == "weakest_quarter"
    assert derived.inputs == lighthouse().questions["brightness"].atoms
    assert derived.arguments == {"dim_from": "dim"}


def test_conditions_and_their_places() -> None:
    pack = lighthouse()
    unsafe = pack.conditions["tower_unsafe"].when
    assert unsafe == All(
        (
            Any(
                (
                    Yes("storm_damage"),
                    Any(
                        (Yes("storm_parts.gallery"), Yes("storm_parts.roof")),
                        label="What the storm damaged",
                        question="storm_parts",
                    ),
                )
            ),
            Not(Yes("cleared_by_mason")),
        )
    )
    assert unsafe.place == Place("conditions.yaml", 13, 7)
    signs = pack.conditions["two_signs"].when
    assert isinstance(signs, AtLeast)
    assert signs.count == 2
    assert signs.parts[1] == Compare("flicker_score", ">=", 7.0)
    assert isinstance(signs.parts[2], Any)
    assert signs.parts[2].parts[0] == Compare("brightness.upper.left", "<=", "dim")
    assert pack.criteria["bad"].when == Ref("bad_flicker")
    assert pack.options["burn_whale_oil"].never_when[0].when == Is("lamp_type", "gas")
    assert phrase(unsafe) == "all(any(storm_damage, any storm_parts), not(cleared_by_mason))"
    assert phrase(signs) == "at_least(2 of flicker_bad, flicker_score >= 7, any brightness <= dim)"


def test_rules() -> None:
    pack = lighthouse()
    slight = pack.criteria["slight"]
    assert (slight.tier, slight.clock_start, slight.limit) == (Tier.R3, "flicker_seen_on", TimeLimit(days=91, months=3))
    dark = pack.criteria["dark_lamp"]
    assert dark.limit.now
    assert dark.page is not None
    assert dark.page.do_now[1] == ("Call the coastguard", "")
    wick = pack.options["new_wick"]
    assert wick.effect is not None
    assert (wick.effect.minimum, wick.effect.maximum, wick.effect.in_article) == (6, 12, True)
    assert wick.conditional_when[0].plan == "Order oil before the wick"
    assert not pack.options["burn_whale_oil"].elective
    assert pack.disagreements["D1"].applies_when == Is("lamp_type", "oil")
    assert pack.sources["harbour_rules"].check is Check.OWN
    assert next(screen.id for screen in pack.screens) == "emergency"
    assert pack.info.state_words == "Guideline content not clinically approved"
    assert {"anatomy", "medicines", "imaging"} <= set(pack.tables)


def test_order_has_everything_after_what_it_needs() -> None:
    order = lighthouse().order
    assert order.index("weak_quarter") < order.index("survey_verdict")
    assert set(order) >= {"age", "flicker_days", "lens_test", "storm_parts"}


def test_named_conditions_come_after_those_they_refer_to(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    file = folder / "conditions.yaml"
    text = file.read_text(encoding="utf-8").replace("    when: master_called\n", "    when: later\n")
    file.write_text(
        text + "  later:\n    label: Later\n    when: master_called\n    rests_on:\n      - I1\n", encoding="utf-8"
    )
    names = list(load_pack(folder).conditions)
    assert names.index("later") < names.index("master_has_called")


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "pack"))


def test_hash_covers_everything_but_cases(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    before = load_pack(folder).content_hash
    assert before == lighthouse().content_hash
    (folder / "cases/L13_gas.yaml").unlink()
    assert content_hash(folder) == before
    texts = folder / "texts.yaml"
    texts.write_bytes(texts.read_bytes().replace(b"\n", b"\r\n"))
    assert content_hash(folder) == before, "another line ending is not another guideline"
    texts.write_bytes(texts.read_bytes() + b"# a remark\n")
    assert content_hash(folder) != before


def test_a_section_may_be_a_folder(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "statements").mkdir()
    (folder / "statements.yaml").rename(folder / "statements/all.yaml")
    (folder / "anatomy").mkdir()
    (folder / "anatomy.yaml").rename(folder / "anatomy/one.yaml")
    (folder / "anatomy/two.yaml").write_text("sides:\n  - left\n", encoding="utf-8")
    pack = load_pack(folder)
    assert set(pack.statements) == set(lighthouse().statements)
    assert set(pack.tables["anatomy"].entries()) == {"quarters", "sides"}


def test_missing_parts_and_unreadable_files_do_not_echo(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "claims.yaml").unlink()
    (folder / "findings/lamp.yaml").write_text("findings:\n  a: b: c\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_pack(folder)
    said = [str(problem) for problem in caught.value.problems]
    assert "claims.yaml: this part of the pack is missing" in said
    assert any(line.startswith("findings/lamp.yaml:2:7: cannot be read") for line in said)
    assert not any("unknown finding" in line for line in said)


def test_no_pack(tmp_path: Path) -> None:
    with pytest.raises(MissingContent) as caught:
        load_pack(tmp_path / "none")
    assert caught.value.exit_code == 66
    with pytest.raises(ContentError, match="this part of the pack is missing"):
        load_pack(tmp_path)


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_both_parsers_make_the_same_pack(folder: Path) -> None:
    fast, pure = load_pack(folder), read_pack(folder, loader=PURE_LOADER).pack
    for name in (
        "info",
        "content_hash",
        "sources",
        "statements",
        "disagreements",
        "questions",
        "atoms",
        "conditions",
        "contradictions",
        "scope",
        "criteria",
        "options",
        "imaging_actions",
        "claims",
        "screens",
        "texts",
        "phones",
        "services",
        "order",
    ):
        assert getattr(fast, name) == getattr(pure, name), name


def test_files_are_in_name_order() -> None:
    names = [path.relative_to(FOLDER).as_posix() for path in pack_files(FOLDER)]
    assert names == sorted(names)
    assert not any(name.startswith("cases/") for name in names)
