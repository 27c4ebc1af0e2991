"""The condition trees that rules are written in, and the ways to walk them.

Eight kinds of node and a constant, all frozen: two of them compare equal exactly when they say the
same. The same tree is evaluated, explained, checked and exported by different readers; each of them
is a :class:`Reader` given to :func:`fold`. There is no node that tests for "unknown", and none may
ever be added: that is what makes an added answer only narrow the advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar, assert_never

Operator = Literal["<", "<=", ">", ">="]


class Place(NamedTuple):
    """Where in the pack a condition stands; no part of what it says."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes-no atom is answered yes."""

    atom: str
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A choice or scale atom has this option."""

    atom: str
    option: str
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A number (in its base unit) or a scale (by the order of its options) against a threshold."""

    atom: str
    op: Operator
    value: float | str  # a number, or the id of a scale's option
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """A named condition of the pack holds."""

    condition: str
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Always:
    """Constantly true."""

    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts holds. ``question`` is set when it was written as ``any QUESTION ...``."""

    parts: tuple[Condition, ...]
    label: str = ""  # the question's short title, for explanations
    question: str = ""
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition
    place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the parts hold."""

    count: int
    parts: tuple[Condition, ...]
    place: Place | None = field(default=None, compare=False, repr=False)


Leaf = Yes | Is | Compare
Condition = Yes | Is | Compare | Ref | Always | All | Any | Not | AtLeast

T = TypeVar("T")


class Reader(Protocol, Generic[T]):
    """One way of reading a tree: what each kind of node becomes, given what its parts became."""

    def yes(self, node: Yes) -> T: ...

    def is_(self, node: Is) -> T: ...

    def compare(self, node: Compare) -> T: ...

    def ref(self, node: Ref) -> T: ...

    def always(self, node: Always) -> T: ...

    def all(self, node: All, parts: tuple[T, ...]) -> T: ...

    def any(self, node: Any, parts: tuple[T, ...]) -> T: ...

    def not_(self, node: Not, part: T) -> T: ...

    def at_least(self, node: AtLeast, parts: tuple[T, ...]) -> T: ...


def fold(node: Condition, reader: Reader[T]) -> T:
    """Read a tree from its leaves up."""
    match node:
        case Yes():
            return reader.yes(node)
        case Is():
            return reader.is_(node)
        case Compare():
            return reader.compare(node)
        case Ref():
            return reader.ref(node)
        case Always():
            return reader.always(node)
        case All():
            return reader.all(node, tuple(fold(part, reader) for part in node.parts))
        case Any():
            return reader.any(node, tuple(fold(part, reader) for part in node.parts))
        case Not():
            return reader.not_(node, fold(node.part, reader))
        case AtLeast():
            return reader.at_least(node, tuple(fold(part, reader) for part in node.parts))
        case _:
            assert_never(node)


def parts_of(node: Condition) -> tuple[Condition, ...]:
    """The parts directly below a node; empty for leaves, references and the constant."""
    match node:
        case All() | Any() | AtLeast():
            return node.parts
        case Not():
            return (node.part,)
        case _:
            return ()


def walk(node: Condition) -> Iterator[Condition]:
    """The node and everything below it, without following references."""
    yield node
    for part in parts_of(node):
        yield from walk(part)


def signed_leaves(node: Condition, *, positive: bool = True) -> Iterator[tuple[Leaf | Ref, bool]]:
    """Each leaf and reference with the direction it is used in: False below an odd number of nots."""
    match node:
        case Yes() | Is() | Compare() | Ref():
            yield node, positive
        case Not():
            yield from signed_leaves(node.part, positive=not positive)
        case All() | Any() | AtLeast():
            for part in node.parts:
                yield from signed_leaves(part, positive=positive)
        case Always():
            return
        case _:
            assert_never(node)


def reach(node: Condition, named: Mapping[str, Condition]) -> Iterator[tuple[Leaf, bool]]:
    """The leaves of a node and of every named condition it reaches, each with its direction."""
    seen: set[tuple[str, bool]] = set()

    def below(part: Condition, *, positive: bool) -> Iterator[tuple[Leaf, bool]]:
        for leaf, sign in signed_leaves(part, positive=positive):
            if not isinstance(leaf, Ref):
                yield leaf, sign
            elif (leaf.condition, sign) not in seen:
                seen.add((leaf.condition, sign))
                yield from below(named[leaf.condition], positive=sign)

    return below(node, positive=True)


def atoms_of(node: Condition, named: Mapping[str, Condition]) -> frozenset[str]:
    """Every atom a condition looks at, through named conditions too."""
    return frozenset(leaf.atom for leaf, _ in reach(node, named))
