"""On paper too a column's heading is the side of what stands below it, and a side's word the side of its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.answers_part import all_answers
from desktop_app.documents.blank_papers import BlankPaper
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.form_tree import form_tree
from desktop_app.documents.tree import Block, Columns, Paragraph, Table, plain
from desktop_app.documents.view import PlanView
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import FindingType, Pack, Question
from desktop_app.pictures.sides import SIDES, as_seen, heading
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.plan_case import document_of, plan_case
from tests.documents.pdf_tools import boxes_of, one_line, text_of
from tests.documents.test_imaging_pictures import Caught

DAY = date(2026, 11, 22)


def by_side(pack: Pack) -> list[Question]:
    return [question for question in pack.questions.values() if {c.id for c in question.columns} == set(SIDES)]


def left_first(pack: Pack) -> Pack:
    """An edition that names the left first."""
    turned = {q.id: replace(q, columns=tuple(sorted(q.columns, key=lambda c: c.id))) for q in by_side(pack)}
    assert all(q.columns[0].id == "left" for q in turned.values())
    return replace(pack, questions={**pack.questions, **turned})


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Columns):
            yield from paragraphs(block.blocks)
        elif isinstance(block, Paragraph):
            yield block


def words_of(pack: Pack, question: Question, *, affected: bool) -> str:
    """The answer of a cell as the paper says it."""
    if question.type is FindingType.YES_NO:
        return "yes" if affected else "no"
    options = pack.atoms[question.atoms[0]].options
    chosen = next(o for o in options if (o.id == pack.atoms[question.atoms[0]].normal) != affected)
    return chosen.label


def value_of(pack: Pack, question: Question, *, affected: bool) -> bool | str:
    if question.type is FindingType.YES_NO:
        return affected
    options = pack.atoms[question.atoms[0]].options
    return next(o for o in options if (o.id == pack.atoms[question.atoms[0]].normal) != affected).id


@pytest.mark.parametrize("ill", SIDES)
def test_each_answer_on_paper_stands_at_the_word_of_its_side(
    ill: str, pack: Pack, clinical: ClinicalArithmetic, guideline_folder: Path, tmp_path: Path
) -> None:
    case = load_case(guideline_folder / "cases" / "c01_decided.yaml", pack)
    caught = Caught()
    document_of(plan_case(pack, clinical, case, case.as_of), pack, clinical, caught)
    given = {
        atom: Answer(value_of(pack, question, affected=pack.atoms[atom].column == ill), on=case.as_of)
        for question in by_side(pack)
        for atom in question.atoms
    }
    decision = replace(caught.plan.decision, answers={**caught.plan.decision.answers, **given})
    for edition in (pack, left_first(pack)):
        plan = replace(caught.plan, decision=decision, pack=edition)
        tree = one_line(" ".join(plain(one.text) for one in paragraphs(all_answers(PlanView(plan)))))
        paper = tmp_path / "plan.pdf"
        paper.write_bytes(Paper().care_plan(plan))
        printed, cut = text_of(paper), []
        for question in by_side(pack):
            sick, well = (words_of(pack, question, affected=affected) for affected in (True, False))
            right, left = (sick, well) if ill == "right" else (well, sick)
            for row in question.rows:
                told, wrong = (f"{row.label}: right {a}; left {b}" for a, b in ((right, left), (left, right)))
                assert told in tree
                assert wrong not in tree + printed
                cut += [] if told in printed else [told]
        assert len(cut) <= 3, cut  # lines that a column's end cuts in two


def test_the_columns_of_the_form_stand_as_in_the_picture(pack: Pack, tmp_path: Path) -> None:
    """In print: in the heading of each grid whatever is called Right stands before whatever is called Left."""
    for edition in (pack, left_first(pack)):
        paper = tmp_path / "form.pdf"
        paper.write_bytes(BlankPaper().make(Blank.FORM, edition, None, DAY, "A4"))
        lines: dict[tuple[int, int], dict[str, list[float]]] = {}
        before = ""
        for page, left, top, _, _, said in boxes_of(paper):
            if said in {"Right", "Left"} or (before == "Patient’s" and said in SIDES):
                lines.setdefault((page, round(top)), {"right": [], "left": []})[said.lower()].append(left)
            before = said
        grids = [question for question in pack.questions.values() if question.columns]
        assert len(lines) >= len(grids)  # a heading is said again on a new page
        assert all(max(line["right"]) < min(line["left"]) for line in lines.values())


def test_each_grid_of_the_form_has_the_columns_of_its_question(pack: Pack) -> None:
    form = form_tree(pack, None, DAY, "A4")
    asked = ""
    seen: dict[str, list[str]] = {}
    for block in (*form.first[0], *form.rest):
        if isinstance(block, Paragraph):
            asked = plain(block.text)
        elif isinstance(block, Table):
            seen[asked.partition("  ")[2]] = [column.title for column in block.columns[1:]]
    for question in pack.questions.values():
        if question.columns:
            titles = [heading(column.id) or column.label.capitalize() for column in as_seen(question.columns)]
            assert [side for title in titles for side in SIDES if side in title.lower()] == [
                side for column in as_seen(question.columns) for side in SIDES if side in column.id]
            assert seen[question.question] == titles, question.id
