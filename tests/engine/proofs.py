"""Proofs that hold for any pack: used on the small one, the blank one and the shipped one."""

from __future__ import annotations

from desktop_app.engine.decision import Status
from desktop_app.engine.imagine import imagine, lowest_and_highest_completion
from desktop_app.engine.lanes import Lanes, lanes_in
from desktop_app.engine.model import FindingType, Tier
from desktop_app.engine.plan import Plan
from desktop_app.engine.prove import small_cones
from desktop_app.engine.survey import Survey, broken_claims, survey_of


def assert_every_small_cone(plan: Plan) -> int:
    """Every rule with a small cone: sound, narrowing; tier criteria exact, red flags never lower.

    Returns the number of partial cases that were tried.
    """
    tried = 0
    for name, term, cone in small_cones(plan):
        enumerated = cone.run()
        proof = enumerated.prove(term)
        tried += proof.lanes
        for fault, plane in (
            ("has no truth value for", proof.undecided),
            ("claims what a completion refutes:", proof.unsound),
            ("is unsettled by an added answer:", proof.widened),
        ):
            assert not plane, f"{name} {fault} {proof.example(plane, plan)}"
        if not name.startswith("criterion"):
            continue
        assert proof.exact, f"{name} stays unknown needlessly: {proof.example(proof.needless, plan)}"
        for axis in proof.axes:
            atom = plan.pack.atoms[axis.atom]
            if atom.emergency and atom.type is FindingType.YES_NO and _is_red_flag(plan, axis.atom):
                lowered = enumerated.lowered_by(term, axis.atom)
                assert not lowered, f"{name} is lowered by {axis.atom}: {proof.example(lowered, plan)}"
    return tried


def _is_red_flag(plan: Plan, atom: str) -> bool:
    """An emergency item that raises the urgency; "cleared by a surgeon" is asked to lower it."""
    from desktop_app.engine.directions import raising_classes

    return all(classes == 2 for _, classes in raising_classes(plan).get(atom, ()))


def assert_random_cases(plan: Plan, *, cases: int, chunk: int = 100_000) -> None:
    """Random cases known a little, more and completely: the interval narrows onto the urgency."""
    for seed in range(-(-cases // chunk)):
        family = imagine(plan, min(chunk, cases - seed * chunk), seed)
        little, more, whole = (_survey(plan, lanes) for lanes in (family.little, family.more, family.whole))
        _assert_whole(whole)
        _assert_narrows(plan, little, more)
        _assert_narrows(plan, more, whole)
        lowest, highest = lowest_and_highest_completion(plan, family.little)
        _assert_reached(little, _survey(plan, lowest), _survey(plan, highest))
        for lanes in (family.little, family.more, family.whole):
            broken = {claim: next(lanes_in(plane)) for claim, plane in broken_claims(plan, lanes).items()}
            assert not broken, f"claims that do not hold, with a lane of seed {seed}: {broken}"


def _survey(plan: Plan, lanes: Lanes) -> Survey:
    return survey_of(plan, plan.program.run(lanes), lanes.full)


def _assert_whole(survey: Survey) -> None:
    """A complete case has one urgency, and every option one of the settled statuses."""
    for truth in (*survey.criteria.values(), *survey.conditions.values(), survey.scope):
        assert truth.holds ^ truth.fails == survey.full
    for planes in survey.options.values():
        assert not planes[Status.OPEN]


def _assert_narrows(plan: Plan, before: Survey, after: Survey) -> None:
    for tier in Tier:
        assert not before.at_least[tier].holds & ~after.at_least[tier].holds, f"a floor fell below {tier}"
        assert not before.at_least[tier].fails & ~after.at_least[tier].fails, f"a ceiling rose to {tier}"
        assert not before.at_least[tier].holds & before.at_least[tier].fails
    for name, truth in before.conditions.items():
        assert not truth.holds & ~after.conditions[name].holds, name
        assert not truth.fails & ~after.conditions[name].fails, name
    for name, planes in before.options.items():
        then = after.options[name]
        _assert_one_status(planes, before.full)
        assert not planes[Status.PROHIBITED] & ~then[Status.PROHIBITED], name
        held = before.full & ~(before.at_least[Tier.E24].holds | after.at_least[Tier.E24].holds)
        settled = planes[Status.OFFERED] & held
        assert not settled & ~then[Status.OFFERED], f"{name}: an offer was withdrawn"
        conditional = planes[Status.CONDITIONAL] & held
        assert not conditional & ~(then[Status.CONDITIONAL] | then[Status.OFFERED]), name


def _assert_one_status(planes: dict[Status, int] | object, full: int) -> None:
    assert isinstance(planes, dict)
    together = 0
    for plane in planes.values():
        assert not together & plane
        together |= plane
    assert together == full


def _assert_reached(partial: Survey, lowest: Survey, highest: Survey) -> None:
    """Some completion lies on the floor and some on the ceiling."""
    for tier in Tier:
        assert lowest.at_least[tier].holds == partial.at_least[tier].holds, f"no case at the floor ({tier})"
        assert highest.at_least[tier].fails == partial.at_least[tier].fails, f"no case at the ceiling ({tier})"
