"""How this program decides: every figure counted, every point of an independent review answered, nothing claimed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app import places
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Check, Pack
from desktop_app.presentation import how_it_decides
from desktop_app.presentation.help import Article, Fold, Library
from desktop_app.presentation.wizard import Wizard
from tests.presentation.conftest import answered

LIBRARY = Library(places.resources() / "help")
POINTS = ("what-it-is-for", "who-should-use-it", "which-patients-it-fits", "what-it-asks-and-why",
          "how-it-reaches-its-advice", "evidence-and-sources", "how-it-was-tested-and-what-that-cannot-show",
          "what-it-cannot-know", "what-stays-with-you")


@pytest.fixture(scope="module")
def article(pack: Pack) -> Article:
    return how_it_decides.build(LIBRARY, pack, None)


def part(article: Article, anchor: str) -> str:
    return next(p.plain for p in article.passages if p.anchor == anchor)


def fold(article: Article, start: str) -> Fold | None:
    return next((f for p in article.passages for f in p.folds if f.title.startswith(start)), None)


def test_every_point_is_answered_in_order(article: Article) -> None:
    assert tuple(p.anchor for p in article.passages) == POINTS
    assert all(p.plain for p in article.passages)


def test_the_figures_are_those_of_the_guideline(article: Article, pack: Pack) -> None:
    figures = how_it_decides.figures(pack)
    assert figures["statements"] == sum(s.kind == "statement" for s in pack.statements.values())
    assert figures["cases"] == len(list((Path(pack.folder) / "cases").glob("*.yaml")))
    assert sum(figures[k] for k in ("read", "secondary", "unchecked", "own")) == len(pack.sources)
    tested = part(article, "how-it-was-tested-and-what-that-cannot-show")
    assert f"{figures['cases']} worked cases" in tested
    assert f"{len(pack.claims)} safety claims" in tested
    assert not re.search(r"[{}]", " ".join(p.plain for p in article.passages))


def test_the_million_invented_patients_are_really_tried() -> None:
    proof = (Path(__file__).parents[1] / "engine" / "test_packs_proved.py").read_text()
    assert "cases=1_000_000 if name == SHIPPED" in proof


def test_another_guideline_gives_other_figures(blank_folder: Path) -> None:
    blank = load_pack(blank_folder)
    told = how_it_decides.build(LIBRARY, blank, None)
    assert f"It asks {how_it_decides.figures(blank)['questions']} questions" in part(told, "what-it-asks-and-why")


def test_every_question_stands_there_with_its_reason(article: Article, pack: Pack) -> None:
    listed = {line.title: line for p in article.passages if p.anchor == "what-it-asks-and-why"
              for f in p.folds for line in f.lines}
    for question in pack.questions.values():
        if not question.derived:
            assert question.why in listed[question.short].text


def test_every_source_and_every_disagreement_stands_there(article: Article, pack: Pack) -> None:
    told = "\n".join(f"{line.title} {line.text}" for p in article.passages if p.anchor == "evidence-and-sources"
                     for f in p.folds for line in f.lines)
    for source in pack.sources.values():
        assert source.title in told
    for disagreement in pack.disagreements.values():
        assert disagreement.says in told


def test_nothing_is_claimed_that_is_not_so(article: Article) -> None:
    said = " ".join(p.plain for p in article.passages)
    assert "No clinician has approved" in said
    assert "no regulator has looked" in said
    assert "Guideline content not clinically approved" in said
    for word in ("validated", "certified", "compliant", "proven safe", "cleared by the"):
        assert word not in said.lower()


def test_inside_a_consultation_it_begins_with_what_is_not_known(wizard: Wizard) -> None:
    told = how_it_decides.build(LIBRARY, wizard.consultation.pack, wizard)
    assert told.passages[0].title == how_it_decides.FOR_THIS_PATIENT
    assert fold(told, "Open on the emergency screen") is not None
    deciding = fold(told, "Can still change the advice")
    assert deciding is not None
    later = fold(told, "Asked only after some of these answers")
    assert later is not None
    assert len(deciding.lines) == len(wizard.open_questions())
    assert len(deciding.lines) + len(later.lines) == len(wizard.decision.questions)
    shown = {c.id for s in wizard.screens for c in wizard.page(s).cards}
    assert {line.question for line in deciding.lines} <= shown
    assert {line.question for line in later.lines} <= shown | {""}


def test_what_was_asked_and_is_not_known_is_told_apart(wizard: Wizard) -> None:
    wizard.answer({"limb_ischaemia": Answer(unknown=Unknown.CANNOT_ASSESS)})
    told = how_it_decides.build(LIBRARY, wizard.consultation.pack, wizard)
    asked = fold(told, "Asked, and not known")
    assert asked is not None
    assert [line.text for line in asked.lines] == ["Cannot be assessed"]


def test_a_whole_case_names_what_is_unchecked_and_what_came_in_bulk(wizard: Wizard, cases: dict[str, Case],
                                                                    pack: Pack) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    told = how_it_decides.build(LIBRARY, pack, wizard)
    assert fold(told, "Open on the emergency screen") is None
    assert "entered together with others" in told.passages[0].plain
    unchecked = fold(told, "Advice for this patient that rests on something unchecked")
    assert unchecked is not None
    names = {o.title for o in wizard.decision.options} | {r.label for r in wizard.decision.tier.reasons}
    assert {line.title for line in unchecked.lines} <= names
    assert any(s.check is Check.UNCHECKED for s in pack.sources.values())


def test_words_of_the_guideline_stand_as_they_are_inside_markdown() -> None:
    assert how_it_decides.escaped("[1] is *not* a_b <c>") == r"\[1\] is \*not\* a\_b \<c\>"
