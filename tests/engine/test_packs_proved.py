"""The proofs over the packs that travel with the program: exhaustive in small cones, sampled in whole."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop_app.engine.decision import Status
from desktop_app.engine.directions import used_two_ways
from desktop_app.engine.imagine import imagine
from desktop_app.engine.model import Tier
from desktop_app.engine.survey import survey_of
from tests.engine.packs import NAMES, loaded
from tests.engine.proofs import assert_every_small_cone, assert_random_cases

SHIPPED = NAMES[-1]
every_pack = pytest.mark.parametrize("name", NAMES)


@every_pack
def test_tier_conditions_use_each_finding_in_one_direction(name: str) -> None:
    assert used_two_ways(loaded(name).plan) == ()


@every_pack
def test_every_small_cone(name: str) -> None:
    assert assert_every_small_cone(loaded(name).plan) > 0


@every_pack
def test_random_whole_cases(name: str) -> None:
    assert_random_cases(loaded(name).plan, cases=1_000_000 if name == SHIPPED else 100_000, chunk=50_000)


def test_random_cases_reach_every_tier_and_status() -> None:
    """Else the proof above would say little."""
    plan = loaded(SHIPPED).plan
    tiers: Counter[Tier] = Counter()
    reached: set[tuple[str, Status]] = set()
    for seed in range(4):
        whole = imagine(plan, 50_000, seed).whole
        survey = survey_of(plan, plan.program.run(whole), whole.full)
        tiers.update({tier: survey.floor(tier).bit_count() for tier in Tier})
        reached |= {
            (name, status) for name, planes in survey.options.items() for status, plane in planes.items() if plane
        }
    assert min(tiers[tier] for tier in Tier) > 100, tiers
    offered = {name for name, status in reached if status in (Status.OFFERED, Status.CONDITIONAL)}
    assert len(offered) > len(plan.options) * 0.9
