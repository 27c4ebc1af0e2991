"""Layout for scripts that are read from the right: the same blocks, every place mirrored within their width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.brush import Brush
from desktop_app.documents.slices import Slice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.marks import Step
    from desktop_app.documents.style import Voice
    from desktop_app.documents.wrap import Line


class MirroredBrush(Brush):
    """Draws at the mirrored place of everything; letters, icons and pictures themselves are not turned."""

    def __init__(self, brush: Brush, left: float, width: float) -> None:
        self._plain = brush
        self._sum = 2 * left + width  # of a place and its mirrored one

    def __getattr__(self, name: str) -> object:
        return getattr(self._plain, name)

    @property
    def straight(self) -> Brush:
        return self._plain

    def place(self, x: float, width: float) -> float:
        return self._sum - x - width

    def outline(self, title: str) -> None:
        self._plain.outline(title)

    # -- text -------------------------------------------------------------------------------------

    def words(self, x: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        self._plain.words_right(self._sum - x, baseline, words, face, size, colour)

    def words_right(self, right: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        self._plain.words(self._sum - right, baseline, words, face, size, colour)

    def words_centred(self, middle: float, baseline: float, words: str, face: str, size: float, colour: str) -> None:
        self._plain.words_centred(self._sum - middle, baseline, words, face, size, colour)

    def lines(self, x: float, top: float, lines: Sequence[Line], voice: Voice, *, right: float | None = None) -> None:
        if right is None:
            self._plain.lines(x, top, lines, voice, right=self._sum - x)
        else:
            self._plain.lines(self._sum - right, top, lines, voice)

    # -- shapes -----------------------------------------------------------------------------------

    def stroke_line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.6, *, dashed: bool = False
    ) -> None:
        self._plain.stroke_line(self._sum - x1, y1, self._sum - x2, y2, colour, width, dashed=dashed)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        radius: float = 0.0,
        dashed: bool = False,
    ) -> None:
        left = self.place(x, width)
        self._plain.box(left, y, width, height, fill=fill, edge=edge, line=line, radius=radius, dashed=dashed)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        dashed: bool = False,
    ) -> None:
        self._plain.disc(self._sum - x, y, radius, fill=fill, edge=edge, line=line, dashed=dashed)

    def mark(self, name: str, x: float, y: float, size: float, colour: str) -> None:
        self._plain.mark(name, self.place(x, size), y, size, colour)

    def path(
        self,
        path_steps: Sequence[Step],
        x: float,
        y: float,
        scale: float,
        *,
        fill: str = "",
        edge: str = "",
        line: float = 0.8,
        dashed: bool = False,
    ) -> None:
        """A picture needs its width to be placed: ``straight`` and ``place`` are for that."""
        raise NotImplementedError


def from_right(slices: Sequence[Slice], width: float) -> list[Slice]:
    """The slices with their places mirrored within ``width``."""
    return [_turned(one, width) for one in slices]


def _turned(one: Slice, width: float) -> Slice:
    def draw(brush: Brush, x: float, y: float) -> None:
        one.draw(MirroredBrush(brush, x, width), x, y)

    return Slice(one.height, draw, before=one.before, keep=one.keep, new_page=one.new_page, spare=one.spare,
                 header=_turned(one.header, width) if one.header is not None else None)
