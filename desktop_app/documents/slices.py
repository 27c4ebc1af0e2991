"""The unit of layout: a slice of a page that is never split, and how slices are stacked and put on pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.documents.brush import Brush


@dataclass(slots=True)
class Slice:
    """``draw(brush, x, y)`` puts it with its top left corner at x, y."""

    height: float
    draw: Callable[[Brush, float, float], None]
    before: float = 0.0  # space above, dropped at the top of a page
    keep: bool = False  # stays on one page with the slice that follows
    header: Slice | None = None  # drawn above when a page starts with this slice
    new_page: bool = False
    spare: bool = False  # may be left away where that saves a page
    split: Splitter | None = None  # a run that may go on over pages; ``height`` is what it needs to begin


class Splitter(Protocol):
    """The piece of a run that fits ``room`` (none when too little and not forced), and what is left."""

    def __call__(self, room: float, *, force: bool) -> tuple[Slice | None, Slice | None]: ...


@dataclass(slots=True)
class Placed:
    slice: Slice
    y: float


def stack_height(slices: Sequence[Slice]) -> float:
    """The height of slices under each other, without the space above the first."""
    return sum(s.height for s in slices) + sum(s.before for s in slices[1:])


def draw_stack(slices: Sequence[Slice], brush: Brush, x: float, y: float) -> None:
    at = y
    for number, one in enumerate(slices):
        if number:
            at += one.before
        one.draw(brush, x, at)
        at += one.height


def group_end(slices: Sequence[Slice], start: int) -> int:
    """Index behind the slices that have to stay together with ``slices[start]``."""
    end = start
    while end < len(slices) - 1 and slices[end].keep and not slices[end + 1].new_page:
        end += 1
    return end + 1


def paginate(slices: Sequence[Slice], room: Callable[[int], tuple[float, float]]) -> list[list[Placed]]:
    """Put slices on pages. ``room(page)`` is the top and bottom of the free area of that page (from 0)."""
    pages: list[list[Placed]] = [[]]
    top, bottom = room(0)
    at = top
    index = 0

    def turn() -> None:
        nonlocal top, bottom, at
        pages.append([])
        top, bottom = room(len(pages) - 1)
        at = top

    while index < len(slices):
        end = group_end(slices, index)
        group = slices[index:end]
        if group[0].new_page and pages[-1]:
            turn()
        needed = stack_height(group) + (group[0].before if pages[-1] else 0.0)
        if pages[-1] and at + needed > bottom + 0.01:
            turn()
        for one in group:
            if one.split is not None:
                left: Slice | None = one
                while left is not None and left.split is not None:
                    lead = left.before if pages[-1] else 0.0
                    piece, left = left.split(bottom - at - lead, force=not pages[-1])
                    if piece is not None:
                        pages[-1].append(Placed(piece, at + lead))
                        at += lead + piece.height
                    if left is not None:
                        turn()
                continue
            lead = one.before if pages[-1] else 0.0
            if pages[-1] and at + lead + one.height > bottom + 0.01:  # a group longer than a page
                turn()
                lead = 0.0
            if not pages[-1] and one.header is not None and one.header is not one:
                pages[-1].append(Placed(one.header, at))
                at += one.header.height
            pages[-1].append(Placed(one, at + lead))
            at += lead + one.height
        index = end
    return pages


def paginate_briefly(slices: Sequence[Slice], room: Callable[[int], tuple[float, float]]) -> list[list[Placed]]:
    """As ``paginate``; as few of the spare slices as save a page are left away, the last ones first."""
    pages = paginate(slices, room)
    for first in reversed([place for place, one in enumerate(slices) if one.spare]):
        if first and slices[first - 1].spare and slices[first - 1].keep:
            continue  # its heading goes along
        fewer = paginate([one for place, one in enumerate(slices) if place < first or not one.spare], room)
        if len(fewer) < len(pages):
            return fewer
    return pages
