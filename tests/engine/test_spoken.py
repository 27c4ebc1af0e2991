"""The guideline in another language decides the same, and what is compared and signed keeps its own words."""

from __future__ import annotations

from itertools import islice

import pytest

from desktop_app import language, places
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Decision
from desktop_app.engine.judge import decide, judge
from desktop_app.engine.model import Pack
from desktop_app.engine.plan import plan_of
from desktop_app.engine.record import record_text
from desktop_app.engine.spoken import sentences, spoken
from desktop_app.parts import Spoken
from desktop_app.use_cases.loaded import Loaded

CATALOGUES = places.resources() / "translations"
OTHERS = tuple(name for name in language.LANGUAGES if name != language.ENGLISH)


@pytest.fixture
def marked(pack: Pack) -> Pack:
    return spoken(pack, lambda text: f"{language.LEFT}{text}{language.RIGHT}")


@pytest.fixture
def in_marked_language() -> object:
    language.use(language.PSEUDO, CATALOGUES)
    yield
    language.use(language.ENGLISH, CATALOGUES)


def plain(text: str) -> str:
    return text.replace(language.LEFT, "").replace(language.RIGHT, "")


def test_a_guideline_that_is_said_as_it_is_written_is_the_same_thing(pack: Pack) -> None:
    assert spoken(pack, lambda text: text).questions is pack.questions


def test_what_decides_is_untouched(pack: Pack, marked: Pack) -> None:
    assert plan_of(marked).program == plan_of(pack).program
    assert (marked.content_hash, marked.folder, marked.order) == (pack.content_hash, pack.folder, pack.order)
    for kind in ("questions", "atoms", "options", "criteria", "conditions", "statements", "sources", "services"):
        assert list(getattr(marked, kind)) == list(getattr(pack, kind)), kind
    assert marked.sources == pack.sources
    assert marked.claims == pack.claims


def test_each_question_option_and_reason_is_spoken(marked: Pack) -> None:
    def is_marked(text: str) -> bool:
        return not any(letter.isalpha() for letter in text) or text.startswith(language.LEFT)

    for question in marked.questions.values():
        assert all(map(is_marked, (question.short, question.question, question.why, question.how))), question.id
    for atom in marked.atoms.values():
        assert is_marked(atom.label), atom.id
        assert all(is_marked(option.label) for option in atom.options), atom.id
    for option in marked.options.values():
        assert is_marked(option.title), option.id
        assert is_marked(option.text), option.id
        for clause in (*option.never_when, *option.conditional_when):
            assert is_marked(clause.label), clause.id
            assert is_marked(clause.plan), clause.id
    for criterion in marked.criteria.values():
        assert is_marked(criterion.label), criterion.id
        assert is_marked(criterion.action), criterion.id


def test_the_patients_sheet_keeps_its_own_translations(pack: Pack, marked: Pack) -> None:
    sheet = {one.id: one.text for one in pack.texts if one.place.partition(".")[0] in {"handout", "aid"}}
    assert sheet
    assert {one.id: one.text for one in marked.texts if one.id in sheet} == sheet


def shape(decision: Decision) -> object:
    return ([(one.id, one.status, one.cautions_met, one.cautions_open, one.prohibited_by) for one in decision.options],
            decision.tier.floor, decision.tier.ceiling, decision.tier.due_date, decision.imaging.verdict,
            [one.question for one in decision.questions], decision.conditions)  # fmt: skip


def test_the_same_answers_give_the_same_decision_in_other_words(pack: Pack, marked: Pack,
                                                                cases: dict[str, Case]) -> None:
    for case in islice(cases.values(), 0, None, 9):
        one = judge(pack, case.sheet, case.as_of, ClinicalArithmetic(pack), explain=False).decision
        other = judge(marked, case.sheet, case.as_of, ClinicalArithmetic(marked), explain=False).decision
        assert shape(one) == shape(other), case.id


@pytest.mark.usefixtures("in_marked_language")
def test_advice_is_spoken_and_the_record_of_it_is_not(pack: Pack, cases: dict[str, Case]) -> None:
    case, loaded = cases["c01"], Loaded(pack, ClinicalArithmetic(pack))
    said = Spoken()(loaded)
    advice = judge(said.pack, case.sheet, case.as_of, said.clinical).decision
    told = [reason.text for option in advice.options for reason in (*option.why, *option.why_not)]
    assert told
    assert all(text.startswith(language.LEFT) for text in told)
    kept = record_text(decide(pack, case.sheet, case.as_of, loaded.clinical))
    assert language.LEFT not in kept
    language.use(language.ENGLISH, CATALOGUES)
    assert kept == record_text(decide(pack, case.sheet, case.as_of, loaded.clinical))


@pytest.mark.usefixtures("in_marked_language")
def test_it_is_made_once_for_each_edition(pack: Pack) -> None:
    speak, loaded = Spoken(), Loaded(pack, ClinicalArithmetic(pack))
    assert speak(loaded) is speak(Loaded(pack, ClinicalArithmetic(pack)))
    language.use(language.ENGLISH, CATALOGUES)
    assert speak(loaded) is loaded


@pytest.mark.parametrize("name", OTHERS)
def test_no_translation_loses_a_number(name: str, pack: Pack) -> None:
    """Limits, doses and years: the figures of a sentence are the figures of its translation."""
    language.use(name, CATALOGUES)
    try:
        say = language.of_guideline()
    finally:
        language.use(language.ENGLISH, CATALOGUES)
    assert say is not None
    wrong = [f"{one} | {say(one)}" for one in sentences(pack) if figures(one) != figures(say(one))]
    assert not wrong, "\n".join(wrong)


def figures(text: str) -> list[str]:
    """Digits in any order, without the signs between them: 1,800 and 1 800 are the same, and so are 0.5 and 0,5."""
    return sorted("".join(letter for letter in text if letter.isdigit()))
