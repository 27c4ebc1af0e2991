"""Option cards as plain data: order, one reason a line, contraindications with answers, what is settled first."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.engine.answers import Answer, DateRange, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Status, Truth
from desktop_app.presentation import comparison, kidneys, options, reasons
from desktop_app.presentation.options import OptionCard
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.domain import Verdict
from tests.presentation.conftest import answered

INTERVENTIONS = ("interventions", "surgery", "second_line")
MEDICINES = ("medicines", "bone")


def shown(wizard: Wizard, groups: tuple[str, ...] = INTERVENTIONS) -> dict[str, OptionCard]:
    return {card.id: card for card in options.cards(wizard.consultation, groups)}


@pytest.fixture
def c01(wizard: Wizard, cases: dict[str, Case]) -> Wizard:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    return wizard


def test_what_waits_comes_first_and_what_is_not_offered_last(c01: Wizard) -> None:
    found = [card.status for card in options.cards(c01.consultation, INTERVENTIONS)]
    assert found[:3] == [Status.OFFERED, Status.OPEN, Status.PROHIBITED]
    assert set(found[3:]) == {Status.NOT_OFFERED}
    c01.consultation.choose("epidural_injection", Verdict.ACCEPT)
    order = [card.id for card in options.cards(c01.consultation, INTERVENTIONS)]
    assert order.index("cement_augmentation") < order.index("epidural_injection") < order.index("blind_injection")


def test_conditional_and_offered_wait_alike_in_the_order_of_the_guideline(c01: Wizard) -> None:
    waiting = [card for card in options.cards(c01.consultation, MEDICINES) if card.waits]
    assert waiting[0].id == "start_pregabalin"
    assert {card.status for card in waiting} == {Status.OFFERED, Status.CONDITIONAL}


def test_reasons_stand_one_a_line(wizard: Wizard, cases: dict[str, Case]) -> None:
    for name in ("c01", "c16", "c18", "c26"):
        wizard.answer(answered(dict(cases[name].sheet)))
        groups = tuple(g for screen in wizard.consultation.pack.screens for g in screen.option_groups)
        for card in options.cards(wizard.consultation, groups):
            for told in (*card.speaks_for, card.summary):
                assert not told.endswith(": yes"), (card.id, told)
                assert told.count(": yes") + told.count(": no") <= 1, (card.id, told)
            assert len(set(card.speaks_for)) == len(card.speaks_for)


def test_a_value_is_said_once(c01: Wizard) -> None:
    card = shown(c01)["epidural_injection"]
    assert "The examination names one root (L4, left)" in card.speaks_for
    assert "Imaging shows exactly the root that the examination names" in card.speaks_for


def test_for_and_against_carry_this_patient(c01: Wizard) -> None:
    card = shown(c01)["epidural_injection"]
    told = [one.text for one in card.against]
    assert any("Thin bones" in text for text in told)
    assert any("FDA 2014" in text for text in told)
    assert card.disagreements[0].fits == "fits this patient"
    assert card.disagreements[-1].id == "D9"  # from three months of pain on
    assert card.disagreements[-1].fits == "does not fit this patient"


def test_the_articles_words_stand_in_quotation_marks(c01: Wizard) -> None:
    found = shown(c01)
    assert found["epidural_injection"].strength.startswith("Article: “proceed immediately”, “essential”")
    assert found["epidural_injection"].evidence == "not stated"
    assert found["cement_augmentation"].evidence == "“observational”"
    assert options.evidence_words("weak (D30)") == "weak (D30)"


def test_an_open_option_names_the_one_answer_that_decides(c01: Wizard) -> None:
    card = shown(c01)["cement_augmentation"]
    assert card.summary == "Decided by one answer"
    assert [one.question for one in card.missing] == ["optimal_pain_management"]
    assert not card.can_decide


def test_contraindications_carry_their_answers_and_lead_to_their_questions(c01: Wizard) -> None:
    card = shown(c01)["cement_augmentation"]
    by_label = {check.label: check for check in card.checks}
    levels = by_label["More than 3 levels in one session"]
    assert (levels.state, levels.answer, levels.question) == ("open", "not known", "cement_levels")
    narrowing = by_label["Radicular pain from narrowing of canal or foramen"]
    assert (narrowing.state, narrowing.question) == ("plan", "entrapment")
    assert by_label["Fracture healed"].state == "clear"
    pack = c01.consultation.pack
    assert all(check.question in pack.questions for check in card.checks)


def test_an_unknown_contraindication_is_never_shown_as_clear(c01: Wizard) -> None:
    c01.answer({"allergy.injectate": Answer(unknown=Unknown.NOT_ASSESSED)})
    card = shown(c01)["epidural_injection"]
    check = next(c for c in card.checks if c.label.startswith("True allergy"))
    assert check.state == "open"
    assert card.status is Status.OPEN
    assert any(step.truth is Truth.UNKNOWN for step in card.why)


def test_why_is_the_trace_with_the_patients_facts(c01: Wizard) -> None:
    card = shown(c01)["epidural_injection"]
    facts = {(fact.label, fact.value) for step in card.why for fact in step.facts}
    assert ("Age", "72 years") in facts
    assert ("Root named by the examination", "L4, left") in facts
    pack = c01.consultation.pack
    assert all(fact.question in pack.questions for step in card.why for fact in step.facts)
    assert all(step.basis for step in card.why)


def test_an_opioid_says_what_is_to_be_settled_with_a_question_for_each(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["opioid_start_full_plan"].sheet)))
    card = shown(wizard, MEDICINES)["start_strong_opioid"]
    assert card.can_decide
    assert not card.can_accept
    assert {one.question for one in card.settle_first} == {
        "opioid_highest_dose", "opioid_start_date", "opioid_review_date", "opioid_stop_date"}
    later = DateRange(date(2026, 12, 1), date(2026, 12, 1))
    wizard.answer({"opioid_highest_dose": Answer("Oxycodone, at most 20 mg a day"), "opioid_start_date": Answer(later),
                   "opioid_review_date": Answer(later), "opioid_stop_date": Answer(later)})
    card = shown(wizard, MEDICINES)["start_strong_opioid"]
    assert card.can_accept
    assert card.settle_first == ()


def test_what_may_not_stand_beside_an_accepted_option_says_so(c01: Wizard) -> None:
    assert shown(c01, MEDICINES)["start_gabapentin"].can_accept
    c01.consultation.choose("start_pregabalin", Verdict.ACCEPT)
    card = shown(c01, MEDICINES)["start_gabapentin"]
    assert not card.can_accept
    assert "together with Pregabalin" in card.why_no_accept
    c01.consultation.choose("start_pregabalin", Verdict.DECLINE, "She drives")
    assert shown(c01, MEDICINES)["start_gabapentin"].can_accept


def test_what_would_change_an_option_stands_under_the_status_it_leads_to() -> None:
    told = reasons.grouped(("Offered, with conditions if “Guidance” is CT.", "Not offered if “Back pain” is no.",
                            "Not offered if “Leg pain” is no.", "Blocked by: fever."))
    assert told == (
        ("Offered, with conditions, if", ("“Guidance” is CT.",)),
        ("Not offered, if", ("“Back pain” is no.", "“Leg pain” is no.")),
        ("", ("Blocked by: fever.",)),
    )


def test_both_options_of_a_comparison_are_told_in_every_row(c01: Wizard) -> None:
    found = shown(c01)
    made = comparison.compare(found["epidural_injection"], found["cement_augmentation"])
    assert all(row.left and row.right for row in made.rows)
    rows = {row.id: row for row in made.rows}
    assert rows["status"].left == ("Offered",)
    assert rows["decides"].left == ("Nothing",)
    assert rows["decides"].right == ("Fracture pain despite optimal treatment",)
    assert rows["relief"].left == ("No period is given",)
    assert any("not known" in text for text in rows["checks"].right)
    assert rows["checks"].left == ("All 31 clear",)


def test_the_first_pair_is_the_open_option_and_the_next(c01: Wizard) -> None:
    cards = options.cards(c01.consultation, INTERVENTIONS)
    assert comparison.first_pair(cards, "blind_injection") == ("blind_injection", cards[0].id)
    assert comparison.first_pair(cards) == (cards[0].id, cards[1].id)
    assert comparison.first_pair(cards[:1]) == ("", "")


# -- medicines -----------------------------------------------------------------------------------------


def test_the_dose_band_stands_on_the_drugs_card(c01: Wizard) -> None:
    found = shown(c01, MEDICINES)
    band = found["start_gabapentin"].dose
    assert band is not None
    assert band.known
    assert "900 to 3600 mg a day" in band.lines[0]
    assert found["continue_nsaid"].dose is None


def test_the_clearance_is_shown_with_the_patients_numbers(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["kidney_woman"].sheet)))
    found = kidneys.build(wizard.consultation, wizard.decision).clearance
    assert found is not None
    assert {label for label, _ in found.inputs} >= {"Age", "Body weight", "Creatinine in the blood"}
    assert any(" x 0.85 = " in line for line in found.lines)
    assert found.value in next(line for line in found.lines if " = " in line)


def test_a_day_known_roughly_is_written_as_everywhere(wizard: Wizard, cases: dict[str, Case]) -> None:
    """It read 2026-11-13 to 2026-11-19 beside 13 Nov 2026."""
    sheet = answered(dict(cases["kidney_woman"].sheet))
    day = next(name for name in sheet if isinstance(sheet[name].value, DateRange) and "creatinine" in name)
    sheet[day] = Answer(DateRange(date(2026, 11, 3), date(2026, 11, 9)))
    wizard.answer(sheet)
    found = kidneys.build(wizard.consultation, wizard.decision).clearance
    assert found is not None
    assert dict(found.inputs)["Date of the creatinine"] == "between 3 Nov 2026 and 9 Nov 2026"


def test_the_sum_of_opioids_is_told_line_by_line(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["mme_lower_bound"].sheet)))
    found = kidneys.build(wizard.consultation, wizard.decision).equivalents
    assert found is not None
    assert not found.known
    assert found.inputs[-1][0] == "Sum of what is known"
    assert found.inputs[-1][1].startswith("at least ")
    assert any("not counted" in value for _, value in found.inputs[:-1])


def test_what_is_taken_is_named_beside_what_it_matters_to(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c16"].sheet)))
    found = kidneys.build(wizard.consultation, wizard.decision)
    assert any(one.taken.startswith("Takes") and "Opioid already taken" in one.option for one in found.interactions)
    assert kidneys.build(wizard.consultation, wizard.decision).interactions == found.interactions


def test_a_course_is_dashed_until_its_first_day_is_settled(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["opioid_start_full_plan"].sheet)))
    drawn = kidneys.build(wizard.consultation, wizard.decision).courses
    course = next(c for c in drawn if c.id == "start_strong_opioid")
    assert [mark.settled for mark in course.marks] == [False, False, False]
    assert [mark.first for mark in course.marks][1:] == [None, None]
    starts = DateRange(date(2026, 11, 16), date(2026, 11, 16))
    wizard.answer({"opioid_start_date": Answer(starts)})
    model = kidneys.build(wizard.consultation, wizard.decision)
    course = next(c for c in model.courses if c.id == "start_strong_opioid")
    assert (course.marks[0].first, course.marks[0].settled) == (date(2026, 11, 16), True)
    assert {question for _, question in model.to_settle} == {"opioid_review_date", "opioid_stop_date"}
