"""Files damaged at random are refused with sentences; no damage ends in a traceback."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from desktop_app.engine.cases import load_case
from desktop_app.engine.checks import check_pack
from desktop_app.engine.free import FreeArithmetic
from desktop_app.engine.loader import ContentError, read_pack
from tests.engine.lighthouse import CASES, FOLDER, lighthouse

FILES = sorted(FOLDER.rglob("*.yaml"))
WORDS = (
    "", "[]", "{}", "yes", "[a, b]", "{a: b}", "9" * 400, "-1", "nan", "1e9", "2026-13-45", "0000", "&a x", "*a",
    "!!x y", "|", "'", "none", "not_asked", "any signal", "always", "any brightness is", "x is y", "flicker >= ",
    "- - - -", "~", "?",
)  # fmt: skip
SIGNS = list("\t:-[]{}#&*!|>'\"%@` \x00é9")


def damaged(text: str, dice: random.Random) -> str:
    """The text with one to three lines lost, doubled, refilled, shifted or scratched."""
    lines = text.split("\n")
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(lines))
        line = lines[at]
        match dice.randrange(6):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(at, dice.choice(lines))
            case 2 if ":" in line:
                lines[at] = f"{line.split(':', maxsplit=1)[0]}: {dice.choice(WORDS)}"
            case 3 if "- " in line:
                lines[at] = f"{line.split('- ', maxsplit=1)[0]}- {dice.choice(WORDS)}"
            case 4:
                lines[at] = " " * dice.randrange(8) + line.lstrip()
            case _ if line:
                spot = dice.randrange(len(line))
                lines[at] = line[:spot] + dice.choice(SIGNS) + line[spot + 1 :]
            case _:
                pass
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_damage_is_refused_in_words(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    refused = 0
    for number in range(40):
        file = dice.choice(FILES)
        text = damaged(file.read_text(encoding="utf-8"), dice)
        folder = tmp_path / str(number)
        try:
            if "cases" in file.parts:
                shutil.copytree(CASES, folder)
                (folder / file.name).write_text(text, encoding="utf-8")
                load_case(folder / file.name, lighthouse())
            else:
                shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("cases"))
                (folder / file.relative_to(FOLDER)).write_text(text, encoding="utf-8")
                check_pack(read_pack(folder), FreeArithmetic(), cases=False)
        except ContentError as error:
            refused += bool(error.problems)
    assert refused > 10
