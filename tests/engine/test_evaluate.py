"""The evaluator against a plain three-valued reading of the same trees, and lanes against single cases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes
from desktop_app.engine.domains import domains_of
from desktop_app.engine.evaluate import Compiler, read
from desktop_app.engine.lanes import Lanes, lanes_in
from desktop_app.engine.model import NumberRange, Unit
from tests.engine.small_pack import of_10, small_pack

PACK = small_pack()
DOMAINS = domains_of(PACK)
NAMED = {name: named.when for name, named in PACK.conditions.items()}


def kleene(node: Condition, state: dict[str, int]) -> bool | None:
    """Three-valued truth read straight off the tree: the reference."""
    match node:
        case Yes() | Is() | Compare():
            possible = state.get(node.atom, DOMAINS[node.atom].all)
            true = DOMAINS[node.atom].where(node)
            return True if not possible & ~true else False if not possible & true else None
        case Ref():
            return kleene(NAMED[node.condition], state)
        case Always():
            return True
        case Not():
            below = kleene(node.part, state)
            return None if below is None else not below
        case All() | Any():
            parts = [kleene(part, state) for part in node.parts]
            decisive = isinstance(node, Any)
            return decisive if decisive in parts else None if None in parts else not decisive
        case AtLeast():
            parts = [kleene(part, state) for part in node.parts]
            certain, possible = parts.count(True), parts.count(True) + parts.count(None)
            return True if certain >= node.count else False if possible < node.count else None


def leaves() -> st.SearchStrategy[Condition]:
    return st.one_of(
        st.sampled_from(["leg_pain", "severe", "allergy", "alarm.bladder"]).map(Yes),
        st.sampled_from(["left", "right", "nothing"]).map(lambda option: Is("imaged", option)),
        st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from([4.0, 7.0])).map(
            lambda pair: Compare("score", pair[0], pair[1])
        ),
        st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.sampled_from(["0", "3", "4", "5"])).map(
            lambda pair: Compare("power.knee.left", pair[0], pair[1])
        ),
        st.sampled_from(list(NAMED)).map(Ref),
        st.just(Always()),
    )


def trees() -> st.SearchStrategy[Condition]:
    def grow(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            parts.map(Not),
            several.map(All),
            several.map(Any),
            st.tuples(st.integers(0, 5), several).map(lambda pair: AtLeast(*pair)),
        )

    return st.recursive(leaves(), grow, max_leaves=12)


def states() -> st.SearchStrategy[dict[str, int]]:
    """Any non-empty set of classes for any of the atoms."""
    atoms = sorted(DOMAINS)
    return st.fixed_dictionaries({}, optional={atom: st.integers(1, DOMAINS[atom].all) for atom in atoms})


@settings(deadline=None)
@given(trees(), st.lists(states(), min_size=1, max_size=9))
def test_every_lane_is_read_like_a_single_case(tree: Condition, cases: list[dict[str, int]]) -> None:
    compiler = Compiler(DOMAINS, NAMED, {})
    term = compiler.term(tree)
    program = compiler.program()
    together = read(program.run(Lanes.from_states(DOMAINS, cases)), term)
    part, moved = program.slice((term,))
    for lane, case in enumerate(cases):
        alone = read(program.run(Lanes.from_state(DOMAINS, case)), term)
        sliced = part.run(Lanes.from_state(DOMAINS, case))
        wanted = kleene(tree, case)
        for truth in (
            (bool(together.holds >> lane & 1), bool(together.fails >> lane & 1)),
            (bool(alone.holds), bool(alone.fails)),
            (bool(sliced[moved[term.holds]]), bool(sliced[moved[term.fails]])),
        ):
            assert truth == (wanted is True, wanted is False)


@settings(deadline=None)
@given(trees(), states(), st.data())
def test_knowing_more_never_unsettles(tree: Condition, case: dict[str, int], data: st.DataObject) -> None:
    compiler = Compiler(DOMAINS, NAMED, {})
    term = compiler.term(tree)
    program = compiler.program()
    atom = data.draw(st.sampled_from(sorted(DOMAINS)))
    before = case.get(atom, DOMAINS[atom].all)
    kept = data.draw(st.integers(1, DOMAINS[atom].all).map(lambda mask: mask & before).filter(bool))
    one = read(program.run(Lanes.from_state(DOMAINS, case)), term)
    two = read(program.run(Lanes.from_state(DOMAINS, {**case, atom: kept})), term)
    assert not one.holds & ~two.holds
    assert not one.fails & ~two.fails
    assert not two.holds & two.fails


def test_a_question_that_does_not_apply_counts_as_no_unless_it_was_answered_yes() -> None:
    question = PACK.questions["cancer_pain"]
    compiler = Compiler(DOMAINS, NAMED, {"cancer_pain.night": question})
    term = compiler.term(Yes("cancer_pain.night"))
    program = compiler.program()
    no, yes = 1, 2
    for cancer, night, wanted in [
        (no, 3, False), (no, no, False), (no, yes, True),
        (3, 3, None), (yes, 3, None), (yes, yes, True), (3, yes, True), (yes, no, False),
    ]:  # fmt: skip
        state = {"cancer": cancer, "cancer_pain.night": night}
        truth = read(program.run(Lanes.from_state(DOMAINS, state)), term)
        assert (bool(truth.holds), bool(truth.fails)) == (wanted is True, wanted is False), state


def test_numbers_are_cut_where_rules_look_and_nowhere_else() -> None:
    score = DOMAINS["score"]
    assert score.names == ("below 4", "4", "4 to 7", "7", "above 7")
    assert score.where(Compare("score", ">=", 7)) == 0b11000
    assert score.where(Compare("score", "<", 7)) == 0b00111


def test_a_class_that_no_entry_can_reach_does_not_exist() -> None:
    assert DOMAINS["days"].names == ("any",)
    every = Any(tuple(Compare("score", ">=", step) for step in (0, 6, 7, 10)))
    whole = domains_of(replace(PACK, scope=every))["score"]
    assert whole.names == ("0", "0 to 4", "4", "4 to 6", "6", "7", "7 to 10", "10")
    score = PACK.atoms["score"]
    tenths = replace(score, range=NumberRange(0, 10, 0, 10, decimals=1))
    fine = domains_of(replace(PACK, scope=every, atoms={**PACK.atoms, "score": tenths}))["score"]
    assert "6 to 7" in fine.names
    free = replace(score, units=(Unit("a", "a"), Unit("b", "b", 0.3)))
    assert "6 to 7" in domains_of(replace(PACK, scope=every, atoms={**PACK.atoms, "score": free}))["score"].names


@given(st.integers(0, 10))
def test_every_value_lies_in_exactly_one_class(score: int) -> None:
    domain = DOMAINS["score"]
    state = domain.of_value(of_10(score))
    assert state.bit_count() == 1
    assert bool(state & domain.where(Compare("score", ">=", 7))) is (score >= 7)
    assert bool(state & domain.where(Compare("score", "<", 4))) is (score < 4)


def test_every_combination_holds_each_once() -> None:
    lanes = Lanes.every_combination(DOMAINS, {"leg_pain": [1, 2, 3], "imaged": [1, 2, 4, 8, 15]}, {"severe": 2})
    seen = {
        tuple(lanes.state(DOMAINS[atom], lane) for atom in ("leg_pain", "imaged", "severe"))
        for lane in lanes_in(lanes.full)
    }
    assert lanes.count == len(seen) == 15
    assert {state[2] for state in seen} == {2}


@given(st.lists(states(), max_size=20))
def test_ready_columns_make_the_same_lanes(cases: list[dict[str, int]]) -> None:
    """What a store keeps beside its documents: one byte a case and finding."""
    columns = {}
    for atom in DOMAINS:
        codes = {
            state: code for code, state in enumerate(sorted({case.get(atom, DOMAINS[atom].all) for case in cases}))
        }
        columns[atom] = (bytes(codes[case.get(atom, DOMAINS[atom].all)] for case in cases), codes)
    lanes = Lanes.from_columns(DOMAINS, len(cases), columns)
    for atom, domain in DOMAINS.items():
        assert [lanes.state(domain, lane) for lane in range(len(cases))] == [
            case.get(atom, domain.all) for case in cases
        ]


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="leg_pain: a column of 2 for 3 lanes"):
        Lanes.from_columns(DOMAINS, 3, {"leg_pain": (b"\0\0", {3: 0})})
