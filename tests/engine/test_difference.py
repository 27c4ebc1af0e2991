"""What differs between two editions of a pack is told whole, in words, and nothing else is."""

from __future__ import annotations

import io
import shutil
from argparse import Namespace
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from desktop_app.cli import guideline
from desktop_app.engine.difference import _PARTS, Change, Deed, _entries, difference
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from tests.engine.lighthouse import FOLDER, lighthouse

Edited = Callable[[str, str, str], Pack]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """The small pack with one replacement in one of its files."""

    def edit(file: str, old: str, new: str) -> Pack:
        folder = tmp_path / "pack"
        shutil.copytree(FOLDER, folder)
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_pack(folder)

    return edit


def only(changes: tuple[Change, ...]) -> Change:
    assert len(changes) == 1, [(change.part, change.id) for change in changes]
    return changes[0]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert difference(lighthouse(), lighthouse()) == ()


def test_a_changed_word_is_told_before_and_after(edited: Edited) -> None:
    pack = lighthouse()
    option = next(iter(pack.options.values()))
    change = only(difference(pack, edited("recommendations.yaml", option.title, "Another title")))
    assert (change.part, change.id, change.deed) == ("option", option.id, Deed.CHANGED)
    assert [(f.name, f.before, f.after) for f in change.fields] == [("title", option.title, "Another title")]


def test_a_changed_condition_is_told_with_labels(edited: Edited) -> None:
    pack = lighthouse()
    text = (FOLDER / "conditions.yaml").read_text(encoding="utf-8")
    word = "any:" if "any:" in text else "all:"
    changes = difference(pack, edited("conditions.yaml", word, "all:" if word == "any:" else "any:"))
    change = only(tuple(c for c in changes if c.part == "condition"))
    field = next(f for f in change.fields if f.name == "holds when")
    assert (field.before.count("any of ("), field.after.count("all of (")) >= (1, 1)
    assert field.before != field.after
    labels = {atom.label for atom in pack.atoms.values()} | {named.label for named in pack.conditions.values()}
    assert any(label in field.before for label in labels)


def test_added_and_removed_are_each_others_mirror(edited: Edited) -> None:
    pack = lighthouse()
    more = edited("pack.yaml", "version:", "version: 9 #")
    assert only(difference(pack, more)).part == "edition"
    smaller = load_pack(FOLDER)
    gone = next(iter(pack.services), None) or next(iter(pack.sources))
    part = "service" if gone in pack.services else "source"
    left = dict(pack.services if part == "service" else pack.sources)
    del left[gone]
    object.__setattr__(smaller, "services" if part == "service" else "sources", left)
    away, back = only(difference(pack, smaller)), only(difference(smaller, pack))
    assert (away.deed, back.deed, away.id, back.id) == (Deed.REMOVED, Deed.ADDED, gone, gone)
    assert [(f.name, f.before) for f in away.fields] == [(f.name, f.after) for f in back.fields]


def test_a_changed_table_is_told_by_its_place(pack: Pack) -> None:
    changes = difference(lighthouse(), pack)
    tables = [change for change in changes if change.part == "table"]
    assert {change.id for change in tables} <= set(pack.tables) | set(lighthouse().tables)
    assert any(", " in field.name for change in tables for field in change.fields)


def test_every_part_of_a_pack_is_compared() -> None:
    """A part that is added to the model has to be told too, or stand here with its reason."""
    apart = {
        "info", "content_hash", "folder",  # the edition itself, and where it lies
        "imaging_adequate", "imaging_verdict", "clinical_root", "clock_stopped",  # names of what is compared
        "order",  # follows from the rest
    }
    compared = {"sources", "statements", "disagreements", "questions", "atoms", "conditions", "contradictions",
                "criteria", "options", "imaging_actions", "claims", "screens", "texts", "phones", "services", "tables",
                "scope"}
    assert {field.name for field in fields(Pack)} == apart | compared
    assert len(_PARTS) == len(_entries(lighthouse())) == len(compared)


def test_the_command_prints_every_change(edited: Edited, tmp_path: Path) -> None:
    option = next(iter(lighthouse().options.values()))
    edited("recommendations.yaml", option.title, "Another title")
    out = io.StringIO()
    assert guideline.run(Namespace(job="diff", old=FOLDER, new=tmp_path / "pack"), out, FOLDER) == 0
    told = out.getvalue()
    assert "1 change\n" in told
    assert f"before: {option.title}" in told
    assert "after:  Another title" in told
