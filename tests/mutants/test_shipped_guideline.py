"""A sample of the mutants of the shipped guideline: every survivor is known and listed with its reason.

``python -m tests.mutants`` tries all of them.
"""

from __future__ import annotations

from functools import cache

from desktop_app.engine.cases import Case
from desktop_app.engine.derive import Clinical
from desktop_app.engine.model import Pack
from tests.mutants.__main__ import SHIPPED, ingredients, reasons
from tests.mutants.bench import Bench
from tests.mutants.leaves import mutants, sample, try_out
from tests.mutants.statements import deciding, unnoticed

SAMPLE = 150


@cache
def shipped() -> tuple[Pack, Clinical, list[Case]]:
    """Read once for all tests of this file: there are many cases."""
    return ingredients(SHIPPED)


def test_a_sample_of_leaves_matters_to_a_case() -> None:
    bench = Bench(*shipped())
    assert bench.red == []
    every = mutants(bench)
    survivors = {each.mutant.id for each in try_out(bench, sample(every, SAMPLE, 2026)) if not each.killed_by}
    known = reasons(bench.pack)
    assert survivors <= set(known), sorted(survivors - set(known))
    assert set(known) <= {mutant.id for mutant in every}, "reasons name mutants that exist"
    assert len(known) <= 0.05 * len(every)


def test_every_statement_is_missed_when_its_rules_go() -> None:
    pack, clinical, cases = shipped()
    assert unnoticed(pack, clinical, cases, deciding(pack)) == []
