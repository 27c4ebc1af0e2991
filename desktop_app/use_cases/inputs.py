"""Reading files that somebody else may have put there: never more of them than they may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def read_at_most(path: Path, most: int) -> bytes:
    """The file's bytes; of a longer one ``most`` and one more. A device or a pipe has no size that could be asked
    for beforehand. Raises ``OSError``.
    """
    with path.open("rb") as file:
        return file.read(most + 1)
