"""Mistakes in content and case files: where, what is wrong, what is allowed; all of one run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUOTED = 60
_LONG_QUOTE = re.compile(rf"(['\"])([^'\"]{{{_QUOTED + 20},}})\1", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake of an author. Line and column count from 1; 0 stands for the file as a whole."""

    file: str
    line: int
    column: int
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        tail = f"; allowed: {self.allowed}" if self.allowed else ""
        return f"{place}: {self.message}{tail}"


class ContentError(Exception):
    """A pack or case cannot be used. Carries every mistake that one run could find.

    ``exit_code`` follows sysexits: 65 for bad data, 66 when the file is not there.
    """

    exit_code = 65
    next_step = "Correct the file at the places named, then run the command again."

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingContent(ContentError):
    """The file or folder that was named is not there or cannot be opened."""

    exit_code = 66
    next_step = "Check the path; the file has to exist and be readable."


class Problems:
    """Collects the mistakes of one run, so that an author sees all of them at once."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, file: str, line: int, column: int, message: str, allowed: str = "") -> None:
        """Note one mistake; a second one at the same place saying the same is dropped."""
        problem = Problem(file, line, column, shortened(message), allowed)
        if problem not in self.found:
            self.found.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def finish(self) -> None:
        """Raise ``ContentError`` with all of them, in reading order, when there are any."""
        if self.found:
            raise ContentError(sorted(self.found))


def shortened(message: str) -> str:
    """What an author wrote is quoted by its beginning; a whole page of it would hide the mistake."""
    return _LONG_QUOTE.sub(lambda found: f"{found[1]}{found[2][:_QUOTED]} ...{found[1]}", message)


def choices(names: Iterable[str], given: str = "", *, most: int = 12) -> str:
    """The allowed names as a list in words, the nearest to what was given first.

    Long lists are cut; the nearest names are always among those shown.
    """
    every = list(dict.fromkeys(str(name) for name in names))
    near: list[str] = []
    if given and every:
        import difflib  # only needed when something is wrong

        near = difflib.get_close_matches(given, every, n=3, cutoff=0.6)
    if near:
        hint = f"did you mean {' or '.join(repr(name) for name in near)}?"
        if len(every) > most:
            return f"{hint} ({len(every)} names in all)"
        return f"{', '.join(every)} ({hint})"
    shown = ", ".join(every[:most])
    return f"{shown}, ... ({len(every)} in all)" if len(every) > most else shown
