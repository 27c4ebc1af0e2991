"""The papers for the day without power: every question once, no advice, the clinic's own numbers."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.blank_papers import BlankPaper
from desktop_app.documents.form_tree import form_tree
from desktop_app.documents.plain_text import plain_text
from desktop_app.documents.tree import Paragraph, plain
from desktop_app.engine.model import FindingType, Pack, QuestionShape
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import Clinic
from tests.documents.pdf_tools import one_line, pages_of, text_of

DAY = date(2026, 11, 22)


@pytest.fixture
def clinic(pack: Pack) -> Clinic:
    some, none, *_ = pack.phones
    return Clinic("Hillside Clinic", "1 Example Road", "555 0110", "TR01", {some.id: "555 0142"},
                  phones_none=(none.id,))


def made(tmp_path: Path, blank: Blank, pack: Pack, clinic: Clinic | None, size: str = "A4") -> Path:
    target = tmp_path / f"{blank.value}.pdf"
    target.write_bytes(BlankPaper().make(blank, pack, clinic, DAY, size))
    return target


def test_every_question_stands_on_the_form_once_and_in_order(pack: Pack) -> None:
    told = one_line(plain_text(form_tree(pack, None, DAY, "A4")))
    at = 0
    for number, screen in enumerate(pack.screens, start=1):
        names = [name for group in screen.groups for name in group.questions]
        for asked, name in enumerate(names, start=1):
            words = one_line(f"{number}.{asked} {pack.questions[name].question}")
            found = told.find(words, at)
            assert found >= at, words
            at = found


def test_an_empty_box_is_said_not_to_be_a_no_and_each_unknown_can_be_ticked(pack: Pack, tmp_path: Path) -> None:
    first = one_line(pages_of(made(tmp_path, Blank.FORM, pack, None))[0])
    assert "An empty box is not a no" in first
    for words in ("Not assessed", "Cannot be", "Declined", "Name ____", "This paper gives no advice"):
        assert words in first


def test_every_page_of_the_form_has_room_for_the_name(pack: Pack, tmp_path: Path) -> None:
    pages = pages_of(made(tmp_path, Blank.FORM, pack, None))
    assert all("Name ____" in one_line(page) and pack.info.state_words in one_line(page) for page in pages)


def test_no_option_of_treatment_stands_on_the_form(pack: Pack, tmp_path: Path) -> None:
    told = text_of(made(tmp_path, Blank.FORM, pack, None))
    asked = " ".join([*(q.question for q in pack.questions.values()), *(a.label for a in pack.atoms.values()),
                      *(o.label for a in pack.atoms.values() for o in a.options)])
    assert [o.title for o in pack.options.values() if o.title in told and o.title not in asked] == []


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_the_card_is_one_page_with_every_emergency_and_every_number(pack: Pack, clinic: Clinic, tmp_path: Path,
                                                                   size: str) -> None:
    [page] = pages_of(made(tmp_path, Blank.CARD, pack, clinic, size), layout=True)
    told = one_line(page)
    for criterion in pack.criteria.values():
        if criterion.page is not None:
            assert all(word in told for word in criterion.label.split()), criterion.label
    assert "555 0142" in told
    assert "none here" in told
    assert told.count("____") >= len(pack.phones) - 2  # a number that nobody entered is a line to write on
    assert pack.info.state_words in told


def test_the_same_input_makes_the_same_bytes(pack: Pack, clinic: Clinic) -> None:
    for blank in Blank:
        assert BlankPaper().make(blank, pack, clinic, DAY) == BlankPaper().make(blank, pack, clinic, DAY)


def test_a_pack_without_emergencies_has_a_card_and_a_form_all_the_same(pack: Pack) -> None:
    calm = dataclasses.replace(pack, criteria={}, screens=())
    for blank in Blank:
        assert BlankPaper().make(blank, calm, None, DAY).startswith(b"%PDF")


def test_a_question_is_never_alone_at_the_foot_of_a_page(pack: Pack, clinic: Clinic, tmp_path: Path) -> None:
    asked = {question.question for question in pack.questions.values() if question.shape is QuestionShape.SEVERAL}
    for size in ("A4", "Letter"):
        for page in pages_of(made(tmp_path, Blank.FORM, pack, clinic, size))[:-1]:
            body = one_line(page.partition("Name ___")[0])
            assert not any(body.endswith(words) for words in asked), body[-80:]


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_what_goes_on_over_a_page_says_its_question_again(pack: Pack, clinic: Clinic, tmp_path: Path,
                                                          size: str) -> None:
    """Pages of a form get separated: no item stands on a page without its question, no legend without its grid."""
    pages = [one_line(page) for page in pages_of(made(tmp_path, Blank.FORM, pack, clinic, size))]
    for page in pages:
        asked = re.search(r"(?<![.\d])\d\.\d+ [A-Z]", page)
        assert asked is not None
        assert "– " not in page[: asked.start()], page[:200]
        assert "Write: " not in page[: asked.start()], page[:200]
    assert any(" (goes on)" in page for page in pages)


def test_a_box_stands_on_one_line_with_its_words(pack: Pack) -> None:
    choice = next(one for one in pack.questions.values() if one.type is FindingType.CHOICE and not one.rows)
    shown = [plain(block.text) for block in form_tree(pack, None, DAY, "A4").rest if isinstance(block, Paragraph)]
    label = pack.atoms[choice.atoms[0]].options[0].label.replace(" ", "\N{NO-BREAK SPACE}")
    assert any(f"\N{NO-BREAK SPACE}{label}" in words for words in shown)


def test_answers_of_a_grid_are_numbers_that_its_narrow_cells_can_hold(pack: Pack) -> None:
    """Grades of power are numbers already, and keep their own."""
    told = one_line(plain_text(form_tree(pack, None, DAY, "A4")))
    for name in ("compression", "power"):
        labels = [option.label for option in pack.atoms[pack.questions[name].atoms[0]].options]
        said = labels if labels[0][0].isdigit() else [f"{place} {label}" for place, label in enumerate(labels, 1)]
        assert f"Write: {'; '.join(said)}; or A not assessed" in told, name
