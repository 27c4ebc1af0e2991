"""A pack with any one mistake of the collection is still checked as far as it can be read, without falling over."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.engine.checks import check_with_mistakes
from desktop_app.engine.loader import ContentError, read_pack, read_with_mistakes
from desktop_app.engine.problems import Problems
from desktop_app.engine.reader import read_file
from tests.engine.test_malformed import MALFORMED, broken_pack


def _mistake(path: Path) -> dict[str, str]:
    top = read_file(path, Problems())
    assert top is not None
    return {key: node.words for key, node in top.entries().items()}


@pytest.mark.parametrize("path", [one for one in MALFORMED if _mistake(one)["in"] == "pack"], ids=lambda one: one.stem)
def test_what_can_be_read_is_checked(path: Path, tmp_path: Path) -> None:
    folder = broken_pack(_mistake(path), tmp_path)
    with pytest.raises(ContentError) as refused:
        read_pack(folder)
    reading, mistakes = read_with_mistakes(folder)
    found = check_with_mistakes(reading, mistakes)
    assert set(refused.value.problems) <= set(found)
    assert len(found) == len(set(found))
    assert len(found) <= len(mistakes) + 3, [str(problem) for problem in found]  # no flood of echoes
