"""The proofs over the packs that travel with the program: exhaustive in small cones, sampled in whole."""

from __future__ import annotations

import pytest

from desktop_app.engine.directions import used_two_ways
from tests.engine.packs import NAMES, loaded
from tests.engine.proofs import assert_every_small_cone, assert_random_cases

every_pack = pytest.mark.parametrize("name", NAMES)


@every_pack
def test_tier_conditions_use_each_finding_in_one_direction(name: str) -> None:
    assert used_two_ways(loaded(name).plan) == ()


@every_pack
def test_every_small_cone(name: str) -> None:
    assert assert_every_small_cone(loaded(name).plan) > 0


@every_pack
def test_random_whole_cases(name: str) -> None:
    assert_random_cases(loaded(name).plan, cases=100_000, chunk=50_000)


@pytest.mark.long
def test_a_million_random_whole_cases() -> None:
    assert_random_cases(loaded("lumbar_fracture_radicular_pain").plan, cases=1_000_000)
