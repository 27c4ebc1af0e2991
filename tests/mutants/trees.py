"""Single changes of a condition tree: which leaves it has, one of them negated, one of them deleted."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Condition, Not, parts_of

Path = tuple[int, ...]
NEVER = Not(Always())


def leaves(node: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """Every phrase as the author wrote it; ``any QUESTION`` is one phrase. Constants are none."""
    if isinstance(node, Always):
        return
    parts = parts_of(node)
    if not parts or (isinstance(node, Any) and node.question):
        yield path, node
        return
    for index, part in enumerate(parts):
        yield from leaves(part, (*path, index))


def _with_parts(node: Condition, parts: tuple[Condition, ...]) -> Condition:
    match node:
        case All():
            return All(parts, node.place)
        case Any():
            return Any(parts, place=node.place)
        case AtLeast():
            return AtLeast(node.count, parts, node.place)
        case Not():
            return Not(parts[0], node.place)
        case _:
            raise TypeError(f"{node} has no parts")


def negated(node: Condition, path: Path) -> Condition:
    """The tree with the leaf at ``path`` turned round."""
    if not path:
        return Not(node, node.place)
    parts = list(parts_of(node))
    parts[path[0]] = negated(parts[path[0]], path[1:])
    return _with_parts(node, tuple(parts))


def deleted(node: Condition, path: Path) -> Condition | None:
    """The tree without the leaf at ``path``; None when nothing is left of it."""
    if not path:
        return None
    parts = list(parts_of(node))
    left = deleted(parts[path[0]], path[1:])
    if left is not None:
        parts[path[0]] = left
        return _with_parts(node, tuple(parts))
    if isinstance(node, Not):
        return None
    del parts[path[0]]
    if isinstance(node, AtLeast) and len(parts) < node.count:
        return All(tuple(parts), node.place) if parts else None
    return _with_parts(node, tuple(parts)) if parts else None
