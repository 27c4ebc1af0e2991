"""The way on never passes over a question that matters or an option without a decision; back passes over nothing."""

from __future__ import annotations

from desktop_app.engine.cases import Case
from desktop_app.presentation import options
from desktop_app.presentation.way import Way
from desktop_app.presentation.wizard import CORRELATION, OPTIONS, QUESTIONS, REVIEW, Place, Wizard
from desktop_app.use_cases.domain import Verdict
from tests.presentation.conftest import answered


def walked(wizard: Wizard, way: Way) -> list[Place]:
    """Every place from the first to the review, going on without answering or deciding anything."""
    places = [Place(wizard.screens[0], QUESTIONS)]
    while places[-1].screen != REVIEW:
        way.leave(places[-1].screen, places[-1].question)
        following = way.onward(places[-1].screen, places[-1].question)
        assert following is not None
        assert following not in places  # nobody is sent to the same place twice
        places.append(following)
    return places


def test_before_any_answer_every_step_with_questions_is_on_the_way(wizard: Wizard) -> None:
    screens = [p.screen for p in walked(wizard, Way(wizard))]
    assert set(screens) >= {s for s in wizard.screens if wizard.page(s).left}


def test_all_answered_the_correlation_and_every_undecided_option_are_on_the_way(
    wizard: Wizard, cases: dict[str, Case],
) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    passed = walked(wizard, Way(wizard))
    waiting = {s.id for s in wizard.consultation.pack.screens
               if (tally := options.tally(wizard.consultation, s.option_groups))[1] < tally[0]}
    assert {"interventions", "medicines", "referral"} <= waiting
    assert {p.screen for p in passed if p.question == OPTIONS} == waiting
    assert Place("imaging", CORRELATION) in passed
    asked = [wizard.screens.index(p.screen) for p in passed if p.question == QUESTIONS]
    decided = [wizard.screens.index(p.screen) for p in passed if p.question != QUESTIONS]
    assert asked == sorted(asked)
    assert decided == sorted(decided)


def test_everything_is_asked_before_the_first_option_is_met(wizard: Wizard) -> None:
    kinds = [p.question for p in walked(wizard, Way(wizard)) if p.screen != REVIEW]
    assert kinds.index(CORRELATION) == len(kinds) - kinds[::-1].index(QUESTIONS)
    assert OPTIONS not in kinds[:kinds.index(CORRELATION)]


def test_what_a_later_answer_brings_leads_back_once_before_the_review(
    wizard: Wizard, cases: dict[str, Case],
) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    way = Way(wizard)
    for screen in wizard.screens:
        way.leave(screen, QUESTIONS)
    found = []
    while (place := way.onward("referral", OPTIONS)) != Place(REVIEW, QUESTIONS):
        assert place is not None
        way.leave(place.screen, place.question)
        found.append(place)
    assert found == [Place(s, OPTIONS) for s in ("imaging", "interventions", "medicines")]


def test_what_a_later_answer_brings_is_asked_before_its_meaning_is_shown(
    wizard: Wizard, cases: dict[str, Case],
) -> None:
    wizard.answer(answered({a: g for a, g in cases["c01"].sheet.items() if a != "entrapment"}))
    way = Way(wizard)
    for screen in wizard.screens:
        if screen != "imaging":
            way.leave(screen, QUESTIONS)
    assert wizard.page("imaging").left
    last = [p for p in ("medicines", "referral") if wizard.page(p).total][-1]
    assert way.onward(last, QUESTIONS) == Place("imaging", QUESTIONS)
    way.leave("imaging", QUESTIONS)  # left open on purpose: nobody is sent there twice
    assert way.onward(last, QUESTIONS) == Place("imaging", CORRELATION)


def test_decided_options_are_passed_over(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    groups = wizard.page("imaging").option_groups
    for brief in options.briefs(wizard.consultation, groups):
        if brief.can_decide:
            wizard.consultation.choose(brief.id, Verdict.DECLINE, "not wanted")
    following = Way(wizard).onward("imaging", CORRELATION)
    assert following is not None
    assert following.screen == "interventions"


def test_back_is_the_reverse_and_passes_over_nothing(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    way, place = Way(wizard), Place(REVIEW, QUESTIONS)
    found = [place]
    while (before := way.back(place.screen, place.question)) is not None:
        found.append(before)
        place = before
    assert found[-1] == Place(wizard.screens[0], QUESTIONS)
    order = [p for p in reversed(found) if p.screen == "imaging"]
    assert order == [Place("imaging", QUESTIONS), Place("imaging", CORRELATION), Place("imaging", OPTIONS)]
    assert {p.screen for p in found} == set(wizard.screens)
