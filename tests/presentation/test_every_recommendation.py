"""Every recommendation that a worked case can bring about shows on what it rests, and none is an order (S15)."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import OptionAdvice, Status
from desktop_app.engine.judge import judge
from desktop_app.engine.model import EMERGENCIES, Pack

ORDERS = re.compile(r"\b(you must|you have to|you shall)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def reached(pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]) -> dict[tuple[str, Status], OptionAdvice]:
    """Each option in each status that the worked cases reach, with the advice of the first such case."""
    found: dict[tuple[str, Status], OptionAdvice] = {}
    for case in cases.values():
        for advice in judge(pack, case.sheet, case.as_of, clinical).decision.options:
            found.setdefault((advice.id, advice.status), advice)
    return found


def test_every_option_is_reached_in_a_status_that_offers_it_or_rules_it_out(
    pack: Pack, reached: dict[tuple[str, Status], OptionAdvice]) -> None:
    statuses: dict[str, set[Status]] = defaultdict(set)
    for option, status in reached:
        statuses[option].add(status)
    for option in pack.options:
        assert statuses[option] & {Status.OFFERED, Status.CONDITIONAL, Status.PROHIBITED}, option


def test_each_shows_what_was_used_and_what_is_missing(reached: dict[tuple[str, Status], OptionAdvice]) -> None:
    for (option, status), advice in reached.items():
        match status:
            case Status.OFFERED | Status.CONDITIONAL:
                assert advice.why, option
                if status is Status.CONDITIONAL:
                    assert advice.cautions_met or advice.cautions_open, option
            case Status.OPEN:
                assert advice.missing, option
            case Status.PROHIBITED:
                assert advice.prohibited_by, option
                assert advice.why_not, option
            case Status.NOT_OFFERED:
                assert advice.why_not or advice.summary, option
            case Status.SUPPRESSED:
                assert advice.blocked_by, option


def test_each_names_its_rule_its_source_and_how_far_that_was_checked(
    pack: Pack, reached: dict[tuple[str, Status], OptionAdvice]) -> None:
    known = {*pack.statements, *pack.sources, *pack.disagreements}
    for (option, _), advice in reached.items():
        rule = pack.options[option]
        assert rule.basis, option
        assert rule.evidence, option
        assert rule.strength, option
        for reason in (*advice.why, *advice.why_not):
            assert set(reason.basis) <= known, (option, reason.basis)
        for name in rule.basis:
            found = pack.statements.get(name) or pack.sources.get(name) or pack.disagreements[name]
            assert found.check, (option, name)


def test_none_is_worded_as_an_order(pack: Pack) -> None:
    for option in pack.options.values():
        assert not ORDERS.search(option.text), option.id
        assert not ORDERS.search(option.title), option.id


def test_every_emergency_says_to_act_and_not_to_wait_for_this_program(pack: Pack) -> None:
    pages = [(name, c.page) for name, c in pack.criteria.items() if c.tier in EMERGENCIES and c.page is not None]
    assert pages
    for name, page in pages:
        assert page.do_now, name
        assert page.not_now, name
        assert page.sentence.endswith("."), name
