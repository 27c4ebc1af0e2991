"""Many states of knowledge side by side: for each atom's class, the lanes where it is ruled out.

A lane is one patient, one what-if or one imagined case. A plane is a Python integer with one bit a
lane. Atoms that nobody mentions have no planes: nothing is ruled out, they are unknown everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from desktop_app.engine.domains import Domain

_BYTE_STATES = 256


class Lanes:
    """``count`` states of knowledge. ``ruled_out[atom][class]`` is a plane."""

    __slots__ = ("count", "ruled_out")

    def __init__(self, count: int, ruled_out: Mapping[str, Sequence[int]]) -> None:
        self.count = count
        self.ruled_out = ruled_out

    @property
    def full(self) -> int:
        """The plane that holds every lane."""
        return (1 << self.count) - 1

    @classmethod
    def from_state(cls, domains: Mapping[str, Domain], state: Mapping[str, int]) -> Lanes:
        """One lane. ``state`` maps atoms to the mask of their possible classes."""
        ruled_out: dict[str, Sequence[int]] = {}
        for atom, possible in state.items():
            domain = domains[atom]
            if possible != domain.all:
                ruled_out[atom] = _one_lane(possible, len(domain.names))
        return cls(1, ruled_out)

    @classmethod
    def from_states(cls, domains: Mapping[str, Domain], states: Sequence[Mapping[str, int]]) -> Lanes:
        """One lane a state, in the order given. Atoms that a state does not mention are unknown."""
        columns: dict[str, list[_Page]] = {}
        count = len(states)
        for lane, state in enumerate(states):
            for atom, possible in state.items():
                pages = columns.get(atom)
                if pages is None:
                    pages = columns[atom] = [_Page(count, domains[atom].all)]
                if not any(page.note(lane, possible) for page in pages):
                    pages.append(_Page(count, domains[atom].all))
                    pages[-1].note(lane, possible)
        return cls(count, {atom: _of_pages(domains[atom], pages) for atom, pages in columns.items()})

    @classmethod
    def from_columns(
        cls, domains: Mapping[str, Domain], count: int, columns: Mapping[str, tuple[bytes, Mapping[int, int]]]
    ) -> Lanes:
        """Ready columns: per atom one byte a lane and what each byte stands for (state -> byte)."""
        for atom, (column, _) in columns.items():
            if len(column) != count:
                raise ValueError(f"{atom}: a column of {len(column)} for {count} lanes")
        return cls(
            count, {atom: _planes(domains[atom], column, codes) for atom, (column, codes) in columns.items()}
        )

    @classmethod
    def every_combination(
        cls, domains: Mapping[str, Domain], choices: Mapping[str, Sequence[int]], base: Mapping[str, int]
    ) -> Lanes:
        """The full product: each atom of ``choices`` in each of its states, the rest as in ``base``.

        The first atom varies fastest.
        """
        count = 1
        ruled_out: dict[str, Sequence[int]] = {}
        total = 1
        for states in choices.values():
            total *= len(states)
        for atom, states in choices.items():
            planes = [0] * len(domains[atom].names)
            for position, possible in enumerate(states):
                where = repeat(((1 << count) - 1) << (position * count), count * len(states), total)
                for index in range(len(planes)):
                    if not possible >> index & 1:
                        planes[index] |= where
            ruled_out[atom] = planes
            count *= len(states)
        full = (1 << total) - 1
        for atom, possible in base.items():
            if atom not in choices and possible != domains[atom].all:
                width = len(domains[atom].names)
                ruled_out[atom] = [0 if possible >> index & 1 else full for index in range(width)]
        return cls(total, ruled_out)

    def state(self, domain: Domain, lane: int) -> int:
        """The mask of classes of one atom that are possible in one lane."""
        planes = self.ruled_out.get(domain.atom)
        if planes is None:
            return domain.all
        return sum(1 << index for index, plane in enumerate(planes) if not plane >> lane & 1)


@cache
def _one_lane(possible: int, width: int) -> tuple[int, ...]:
    return tuple((possible >> index & 1) ^ 1 for index in range(width))


def repeat(pattern: int, length: int, total: int) -> int:
    """The pattern of ``length`` bits side by side until ``total`` bits are full, by doubling."""
    while length < total:
        pattern |= pattern << length
        length *= 2
    return pattern & ((1 << total) - 1)


class _Page:
    """One byte a lane for up to 256 different states of one atom. Byte 0 rules nothing out.

    A lane whose state stands on another page keeps byte 0 here, so pages are joined with ``or``.
    """

    __slots__ = ("codes", "column")

    def __init__(self, count: int, anything: int) -> None:
        self.column = bytearray(count)
        self.codes = {anything: 0}

    def note(self, lane: int, possible: int) -> bool:
        """Write the state of one lane; False when this page is full and does not know the state."""
        code = self.codes.get(possible)
        if code is None:
            if len(self.codes) == _BYTE_STATES:
                return False
            code = self.codes[possible] = len(self.codes)
        self.column[lane] = code
        return True


def _of_pages(domain: Domain, pages: Sequence[_Page]) -> list[int]:
    planes = [0] * len(domain.names)
    for page in pages:
        for index, plane in enumerate(_planes(domain, bytes(page.column), page.codes)):
            planes[index] |= plane
    return planes


def _planes(domain: Domain, column: bytes, codes: Mapping[int, int]) -> list[int]:
    """One plane a class from one byte a lane: the bytes become binary digits, lane 0 the last."""
    if len(codes) > _BYTE_STATES:
        raise ValueError(f"{domain.atom}: more than {_BYTE_STATES} different states in one column")
    backwards = column[::-1]
    planes: list[int] = []
    for index in range(len(domain.names)):
        digits = bytearray(b"0" * _BYTE_STATES)
        for possible, code in codes.items():
            if not possible >> index & 1:
                digits[code] = ord("1")
        planes.append(int(backwards.translate(bytes(digits)), 2) if column else 0)
    return planes


def lanes_in(plane: int) -> Iterator[int]:
    """The numbers of the lanes that a plane holds, ascending."""
    while plane:
        lowest = plane & -plane
        yield lowest.bit_length() - 1
        plane ^= lowest
