"""Timing as a ratio against a floor measured in the same run, pair by pair, so that a slow day cancels out."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each run."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)


def timed(job: Callable[[], object], runs: int, warm_up: int = 1) -> Timing:
    """Run a job several times after a warm-up."""
    for _ in range(warm_up):
        job()
    found = []
    for _ in range(runs):
        gc.collect()
        begun = time.perf_counter()
        job()
        found.append(time.perf_counter() - begun)
    return Timing(tuple(found))


def paired(job: Callable[[], float], floor: Callable[[], float], runs: int) -> tuple[Timing, Timing, float]:
    """Alternate job and floor; each returns its own seconds. The ratio is the median of the pairs' ratios."""
    job()
    floor()
    ours, bare = [], []
    for _ in range(runs):
        bare.append(floor())
        ours.append(job())
    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    return Timing(tuple(ours)), Timing(tuple(bare)), ratio


def in_ms(seconds: float) -> str:
    return f"{seconds * 1000:,.2f} ms" if seconds < 1 else f"{seconds:,.2f} s"
