"""The proofs find what is wrong, and find nothing wrong in a sound pack."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.engine.conditions import All, Any, Compare, Condition, Is, Not, Ref, Yes
from desktop_app.engine.directions import used_two_ways
from desktop_app.engine.imagine import imagine, lowest_and_highest_completion
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Claim, Criterion, Pack, Tier
from desktop_app.engine.plan import Plan
from desktop_app.engine.prove import Cone, Proof, all_rules, small_cones
from desktop_app.engine.survey import broken_claims
from tests.engine.proofs import assert_every_small_cone, assert_random_cases
from tests.engine.small_pack import CRITERIA, small_pack


def with_criterion(when: Condition) -> Pack:
    pack = small_pack()
    criterion: Criterion = replace(CRITERIA[2], when=when)
    return replace(pack, criteria={**pack.criteria, criterion.id: criterion})


def proof_of(when: Condition) -> Proof:
    plan = Plan(with_criterion(when))
    return Cone(plan, (plan.criteria["S24"],)).run().prove(plan.criteria["S24"])


def test_every_small_cone_of_the_small_pack() -> None:
    plan = Plan(small_pack())
    assert len(list(small_cones(plan))) == len(list(all_rules(plan)))
    assert_every_small_cone(plan)


def test_random_whole_cases_of_the_small_pack() -> None:
    assert_random_cases(Plan(small_pack()), cases=40_000, chunk=20_000)


def test_a_needless_unknown_is_found_with_an_example() -> None:
    when = Any((Yes("leg_pain"), Not(Yes("leg_pain"))))
    plan = Plan(with_criterion(when))
    proof = Cone(plan, (plan.criteria["S24"],)).run().prove(plan.criteria["S24"])
    assert proof.sound
    assert not proof.exact
    assert proof.example(proof.needless, plan) == {}


def test_scale_and_number_classes_that_no_leaf_tells_apart_count_once() -> None:
    proof = proof_of(All((Compare("power.knee.left", "<=", "3"), Compare("score", ">=", 7))))
    assert proof.lanes == 9
    assert proof.sound
    assert proof.exact


def test_relevance_is_part_of_the_cone() -> None:
    proof = proof_of(All((Yes("leg_pain"), Yes("cancer_pain.night"))))
    assert set(proof.atoms) == {"leg_pain", "cancer_pain.night", "cancer"}
    assert proof.sound
    assert proof.exact


def test_a_red_flag_that_lowers_urgency_is_found() -> None:
    plan = Plan(with_criterion(All((Yes("leg_pain"), Not(Yes("alarm.bladder"))))))
    enumerated = Cone(plan, (plan.criteria["S24"],)).run()
    assert enumerated.lowered_by(plan.criteria["S24"], "alarm.bladder")
    assert not enumerated.lowered_by(plan.criteria["S24"], "leg_pain")


def test_a_finding_that_tiers_use_both_ways_is_found() -> None:
    assert used_two_ways(Plan(small_pack())) == ()
    both = Plan(with_criterion(Not(Yes("alarm.bladder"))))
    assert [found.atom for found in used_two_ways(both)] == ["alarm.bladder"]
    chain = Plan(with_criterion(Any((Compare("score", ">=", 4), Ref("severe_leg_pain")))))
    assert used_two_ways(chain) == ()
    crossing = Plan(with_criterion(Any((Is("imaged", "left"), Is("imaged", "right")))))
    assert [found.atom for found in used_two_ways(crossing)] == ["imaged"]
    through_relevance = Plan(with_criterion(All((Not(Yes("cancer")), Yes("leg_pain")))))
    assert [found.atom for found in used_two_ways(through_relevance)] == ["cancer"]


def test_a_claim_that_does_not_hold_is_found() -> None:
    pack = small_pack()
    wrong = Claim("wrong", "Leg pain is an emergency", Yes("leg_pain"), None, tier_at_least=Tier.E)
    plan = Plan(replace(pack, claims=(*pack.claims, wrong)))
    family = imagine(plan, 2_000, seed=1)
    assert set(broken_claims(plan, family.whole)) == {"wrong"}
    assert set(broken_claims(plan, family.little)) == {"wrong"}


def test_the_same_seed_imagines_the_same_cases() -> None:
    plan = Plan(small_pack())
    one, two = imagine(plan, 500, seed=3), imagine(plan, 500, seed=3)
    assert one.little.ruled_out == two.little.ruled_out
    assert one.whole.ruled_out != imagine(plan, 500, seed=4).whole.ruled_out


def test_whole_cases_are_whole_and_their_completions_stay_as_they_are() -> None:
    plan = Plan(small_pack())
    whole = imagine(plan, 500, seed=5).whole
    for atom, domain in plan.domains.items():
        for lane in range(0, 500, 50):
            assert whole.state(domain, lane).bit_count() == 1, atom
    for completed in lowest_and_highest_completion(plan, whole):
        assert isinstance(completed, Lanes)
        assert {a: list(p) for a, p in completed.ruled_out.items()} == {
            a: list(p) for a, p in whole.ruled_out.items()
        }
