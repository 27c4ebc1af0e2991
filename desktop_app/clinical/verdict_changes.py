"""What would change the imaging verdict: every single answer that settles it to another one, by the same function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.engine.derive import Inputs
from desktop_app.engine.model import Atom, FindingType, Pack

Judge = Callable[[Inputs], frozenset[str]]


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """With this answer instead the verdict would be ``verdict``. ``atom`` "": the root that is named changes."""

    atom: str
    value: bool | str
    verdict: str


def verdict_changes(pack: Pack, roles: Mapping[str, str], judge: Judge, given: Inputs) -> tuple[VerdictChange, ...]:
    """``roles``: those of the verdict; ``given``: what is known, the root as a set while it is not settled."""
    now = judge(given)
    trial = dict(given)
    found: list[VerdictChange] = []

    def settled(key: str, value: bool | str) -> str:
        kept = trial.get(key)
        trial[key] = value
        then = judge(trial)
        trial[key] = kept
        return next(iter(then)) if len(then) == 1 and then != now else ""

    for atom in _changeable(pack, roles):
        found += [
            VerdictChange(atom.id, value, verdict)
            for value in _values(atom)
            if value != given.get(atom.id) and (verdict := settled(atom.id, value))
        ]
    roots = given.get(roles["root"])
    names = sorted(str(root) for root in roots) if isinstance(roots, frozenset) and len(roots) > 1 else []
    found += [VerdictChange("", root, verdict) for root in names if (verdict := settled(roles["root"], root))]
    return tuple(found)


def _changeable(pack: Pack, roles: Mapping[str, str]) -> Iterator[Atom]:
    for role in ("done", "entrapment", "complete", "compression", "retropulsion"):
        name = roles[role]
        question = pack.questions.get(name)
        for one in question.atoms if question is not None else (name,):
            yield pack.atoms[one]


def _values(atom: Atom) -> tuple[bool | str, ...]:
    return (True, False) if atom.type is FindingType.YES_NO else tuple(option.id for option in atom.options)
