"""Hands one importer many damaged inputs under a limit of memory, and measures what they did."""

from __future__ import annotations

import random
import resource
import time
from dataclasses import dataclass

from tests.hostile.damage import damaged
from tests.hostile.importers import REFUSALS, Importer

MEMORY = 3 * 1024**3
"""Address space in bytes. A bomb that unfolds beyond it ends in a MemoryError, which is no refusal."""
PATIENCE = 10.0
"""Seconds for one input. An honest one takes milliseconds; beyond this it holds up whoever handed it in."""


@dataclass(slots=True)
class Outcome:
    """What became of the inputs of one importer. ``wrong`` holds seed, number and error of each that was neither
    taken nor refused, or that took too long."""

    name: str
    taken: int = 0
    refused: int = 0
    slowest: float = 0.0
    wrong: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return self.taken + self.refused + len(self.wrong)


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))


def trial(importer: Importer, count: int, seed: int) -> Outcome:
    """The same seed damages in the same way: what was found is found again."""
    outcome, dice = Outcome(importer.name), random.Random(seed)
    for number in range(count):
        give(importer, damaged(importer.samples, importer.words, dice), outcome, f"seed {seed}, input {number}")
    return outcome


def give(importer: Importer, content: bytes, outcome: Outcome, place: str) -> None:
    """One input; the outcome is told in ``outcome``."""
    begun = time.perf_counter()
    try:
        importer.read(content)
        outcome.taken += 1
    except REFUSALS as refusal:
        if str(refusal).strip():
            outcome.refused += 1
        else:
            outcome.wrong = (*outcome.wrong, f"{place}: refused without a word")
    except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
        outcome.wrong = (*outcome.wrong, f"{place}: {type(error).__name__}: {error}")
    took = time.perf_counter() - begun
    outcome.slowest = max(outcome.slowest, took)
    if took > PATIENCE:
        outcome.wrong = (*outcome.wrong, f"{place}: took {took:.0f} s")
