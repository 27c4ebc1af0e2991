"""Text in two or more columns: a run of slices that fills each page's columns and ends with even ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents.slices import Slice, draw_stack, group_end, stack_height
from desktop_app.documents.style import LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.brush import Brush

_LEAST = 58.0  # in less room than this a run of columns does not begin


@dataclass(frozen=True, slots=True)
class _Flow:
    """What is still to be placed, in groups that stay together."""

    groups: tuple[tuple[Slice, ...], ...]
    count: int
    width: float
    gap: float
    before: float

    def fill(self, room: float) -> tuple[list[list[Slice]], tuple[tuple[Slice, ...], ...]]:
        """As many groups as fit ``count`` columns of ``room``; a group higher than that is broken."""
        waiting = list(self.groups)
        filled: list[list[Slice]] = []
        while waiting and len(filled) < self.count:
            column: list[Slice] = []
            height = 0.0
            while waiting:
                group = waiting[0]
                needed = stack_height(group) + (group[0].before if column else 0.0)
                if height + needed <= room + 0.01:
                    column.extend(group)
                    height += needed
                    waiting.pop(0)
                    continue
                if not column:
                    head, tail = _broken(group, room)
                    column.extend(head)
                    waiting[:1] = [tail] if tail else []
                break
            filled.append(column)
        return filled, tuple(waiting)

    def split(self, room: float, *, force: bool) -> tuple[Slice | None, Slice | None]:
        """The piece for this page, and what goes on to the next."""
        first = stack_height(self.groups[0])
        if not force and room < min(max(first, _LEAST), self.even_height()):
            return None, self.as_slice()
        filled, left = self.fill(room)
        if not left:
            return self._piece(self.fill(self.even_height(room))[0]), None
        return self._piece(filled), _Flow(left, self.count, self.width, self.gap, 0.0).as_slice()

    def even_height(self, most: float = 4000.0) -> float:
        """The lowest columns that hold everything."""
        sizes = [(stack_height(group), group[0].before) for group in self.groups]
        low, high = sum(height for height, _ in sizes) / self.count, most
        highest = max(height for height, _ in sizes)
        while high - low > 1.0:
            middle = (low + high) / 2
            if self._holds(sizes, middle) if highest <= middle else not self.fill(middle)[1]:
                high = middle
            else:
                low = middle
        return high

    def _holds(self, sizes: Sequence[tuple[float, float]], room: float) -> bool:
        """Whether columns of ``room`` hold groups of these heights and spaces above, none of them higher than that."""
        columns, height = 1, 0.0
        for needed, before in sizes:
            if height and height + needed + before <= room + 0.01:
                height += needed + before
            elif not height:
                height = needed
            else:
                columns, height = columns + 1, needed
                if columns > self.count:
                    return False
        return True

    def _piece(self, filled: list[list[Slice]]) -> Slice:
        height = max(map(stack_height, filled))

        def draw(brush: Brush, x: float, y: float) -> None:
            for number, column in enumerate(filled):
                left = x + number * (self.width + self.gap)
                if number:
                    middle = left - self.gap / 2
                    brush.stroke_line(middle, y + 2, middle, y + height, LINE)
                draw_stack(column, brush, left, y)

        return Slice(height, draw, before=self.before)

    def as_slice(self) -> Slice:
        """One slice that stands for all that is left; its height is what it needs at least to begin."""
        everything = self._piece(self.fill(self.even_height())[0])
        least = min(max(stack_height(self.groups[0]), _LEAST), everything.height)
        return Slice(least, everything.draw, before=self.before, split=self.split)


def _broken(group: Sequence[Slice], room: float) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    """The slices of a group that fit one column, at least one, and the others."""
    end, height = 1, group[0].height
    while end < len(group) and height + group[end].before + group[end].height <= room:
        height += group[end].before + group[end].height
        end += 1
    return tuple(group[:end]), tuple(group[end:])


def in_columns(slices: Sequence[Slice], count: int, width: float, gap: float) -> list[Slice]:
    """``slices`` made for ``width`` as one run of ``count`` columns."""
    if not slices:
        return []
    groups: list[tuple[Slice, ...]] = []
    at = 0
    while at < len(slices):
        end = group_end(slices, at)
        groups.append(tuple(slices[at:end]))
        at = end
    return [_Flow(tuple(groups), count, width, gap, 3.0).as_slice()]
