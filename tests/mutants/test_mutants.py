"""The mutation bench itself: it sees what a whole decision sees, and the fictional pack passes it."""

from __future__ import annotations

import pytest

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Condition, Is, Not, Yes
from desktop_app.engine.expect import run_case
from tests.engine.lighthouse import FOLDER
from tests.mutants.__main__ import NEEDED, ingredients, main, reasons
from tests.mutants.bench import Bench
from tests.mutants.leaves import mutants, sample, try_out
from tests.mutants.sites import exchanged, sites
from tests.mutants.statements import deciding, unnoticed
from tests.mutants.trees import deleted, leaves, negated

A, B, C = Yes("a"), Yes("b"), Is("c", "x")


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(*ingredients(FOLDER))


@pytest.mark.parametrize(
    ("tree", "path", "less", "turned"),
    [
        (A, (), None, Not(A)),
        (All((A, B)), (0,), All((B,)), All((Not(A), B))),
        (All((A,)), (0,), None, All((Not(A),))),
        (Not(A), (0,), None, Not(Not(A))),
        (All((Not(A), B)), (0, 0), All((B,)), All((Not(Not(A)), B))),
        (AtLeast(2, (A, B, C)), (2,), AtLeast(2, (A, B)), AtLeast(2, (A, B, Not(C)))),
        (AtLeast(2, (A, B)), (0,), All((B,)), AtLeast(2, (Not(A), B))),
        (Any((All((A,)), B)), (0, 0), Any((B,)), Any((All((Not(A),)), B))),
    ],
)
def test_single_changes(tree: Condition, path: tuple[int, ...], less: Condition | None, turned: Condition) -> None:
    assert deleted(tree, path) == less
    assert negated(tree, path) == turned


def test_leaves_are_phrases() -> None:
    tree = All((Any((A, B), label="List", question="list"), Not(C), Always()))
    assert [path for path, _ in leaves(tree)] == [(0,), (1, 0)]


def test_every_condition_can_be_exchanged(bench: Bench) -> None:
    for site in sites(bench.pack):
        changed = exchanged(bench.pack, site.key, Always())
        assert dict(sites(changed))[site.key] == Always()
        assert exchanged(changed, site.key, site.condition) == bench.pack


def test_lanes_see_what_whole_decisions_see(bench: Bench) -> None:
    for mutant in mutants(bench):
        changed = exchanged(bench.pack, mutant.key, mutant.condition)
        red = any(run_case(case, changed, bench.clinical)[1] for case in bench.cases)
        assert bool(bench.killer(mutant.key, mutant.condition)) is red, mutant.id


def test_the_fictional_pack_passes(bench: Bench) -> None:
    outcomes = try_out(bench, mutants(bench))
    survivors = {outcome.mutant.id for outcome in outcomes if not outcome.killed_by}
    assert 1 - len(survivors) / len(outcomes) >= NEEDED
    assert survivors == set(reasons(bench.pack)), "the list of survivors is exact"
    assert bench.red == []
    statements = deciding(bench.pack)
    assert statements == ["S1", "S2", "S3", "S5", "S6"]
    assert unnoticed(bench.pack, bench.clinical, bench.cases, statements) == []


def test_without_cases_nothing_is_noticed(bench: Bench) -> None:
    empty = Bench(bench.pack, bench.clinical, [])
    assert not any(outcome.killed_by for outcome in try_out(empty, sample(mutants(empty), 10, 3)))
    assert unnoticed(bench.pack, bench.clinical, [], ["S1"]) == ["S1"]


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FOLDER)]) == 0
    said = capsys.readouterr().out
    assert "116 of 118 leaf mutants turned a case red (98.3%); 2 survived, 2 of them listed with a reason" in said
    assert "5 of 5 deciding statements" in said
