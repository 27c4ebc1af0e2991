"""Negates and deletes each leaf of each condition and asks the worked cases whether they notice."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.engine.conditions import Condition
from desktop_app.engine.phrases import phrase
from tests.mutants.bench import Bench, Key
from tests.mutants.sites import sites
from tests.mutants.trees import NEVER, deleted, leaves, negated


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed condition. ``id`` stays the same when lines move."""

    id: str
    key: Key
    condition: Condition
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    mutant: Mutant
    killed_by: str  # empty: no worked case noticed


def mutants(bench: Bench) -> list[Mutant]:
    """Two for every leaf."""
    found: list[Mutant] = []
    seen: dict[str, int] = {}
    for site in sites(bench.pack):
        for path, leaf in leaves(site.condition):
            where = leaf.place or site.condition.place
            place = "" if where is None else f"{where.file}:{where.line}:{where.column}"
            for how, changed in (
                ("negated", negated(site.condition, path)),
                ("deleted", deleted(site.condition, path) or NEVER),
            ):
                name = f"{site.name} | {phrase(leaf)} | {how}"
                seen[name] = seen.get(name, 0) + 1
                if seen[name] > 1:
                    name += f" ({seen[name]})"
                found.append(Mutant(name, site.key, changed, place))
    return found


def sample(every: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """A fixed sample, in the pack's order."""
    if size <= 0 or size >= len(every):
        return list(every)
    chosen = set(random.Random(seed).sample(range(len(every)), size))
    return [mutant for index, mutant in enumerate(every) if index in chosen]


def try_out(bench: Bench, chosen: Sequence[Mutant]) -> list[Outcome]:
    return [Outcome(mutant, bench.killer(mutant.key, mutant.condition)) for mutant in chosen]
