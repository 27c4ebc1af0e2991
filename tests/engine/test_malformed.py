"""Each mistake an author can make is answered with its place, what is wrong and what is allowed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desktop_app.engine.cases import load_case
from desktop_app.engine.checks import check_pack
from desktop_app.engine.loader import ContentError, read_pack
from desktop_app.engine.problems import Problems
from desktop_app.engine.reader import read_file
from tests.engine.lighthouse import FOLDER, Lamps, lighthouse

MALFORMED = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))


def broken_pack(mistake: dict[str, str], folder: Path) -> Path:
    """A copy of the blank pack with one mistake in it."""
    target = folder / "pack"
    shutil.copytree(FOLDER, target)
    file = target / mistake["file"]
    text = file.read_text(encoding="utf-8")
    find, replace = mistake["find"].rstrip("\n"), mistake["replace"].rstrip("\n")
    if not replace:
        find += "\n"  # the whole line goes
    assert text.count(find) >= 1, f"{file} does not hold the text to be replaced"
    file.write_text(text.replace(find, replace, 1), encoding="utf-8")
    if "add" in mistake:
        (target / mistake["add"]).write_text("findings: {}\n", encoding="utf-8")
    return target


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.stem)
def test_mistake_is_named(path: Path, tmp_path: Path) -> None:
    top = read_file(path, Problems())
    assert top is not None
    mistake = {key: node.words for key, node in top.entries().items()}
    if mistake["in"] == "case":
        file = tmp_path / "case.yaml"
        file.write_text(mistake["case"], encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            load_case(file, lighthouse())
        said = str(caught.value).replace(str(file), "CASE")
        assert caught.value.exit_code == 65
    elif mistake["in"] == "pack":
        with pytest.raises(ContentError) as caught:
            read_pack(broken_pack(mistake, tmp_path))
        said = str(caught.value)
        assert caught.value.exit_code == 65
    else:
        report = check_pack(read_pack(broken_pack(mistake, tmp_path)), Lamps())
        assert not report.passed
        said = "\n".join(report.lines()[:-1])
    for words in top.need("words").texts():
        assert words in said, f"{mistake['mistake']}: {words!r} is not in\n{said}"
    for line in said.splitlines():
        assert re.match(r"[\w./-]+(:\d+:\d+)?: ", line), f"no place in {line!r}"


def test_there_is_one_for_every_kind() -> None:
    kinds = {path.stem.split("_", maxsplit=1)[0] for path in MALFORMED}
    assert kinds == {"pack", "check", "case"}
    assert len(MALFORMED) > 100
