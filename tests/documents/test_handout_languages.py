"""The patient's sheet in another language: beside the clinic's own until somebody approved it, then alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from desktop_app.documents import handout_tree as module
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.handout_tree import handout_tree
from desktop_app.documents.patient_words import STANDS_IN, PatientWords
from desktop_app.documents.tree import (
    Block,
    FromRight,
    GetHelp,
    Heading,
    InLanguage,
    NextSteps,
    Note,
    Paragraph,
    Side,
    plain,
)
from desktop_app.engine.model import Pack
from desktop_app.engine.translations import Translated, Translation, load_translation
from desktop_app.use_cases.ports import PlanInput
from tests.documents.pdf_tools import pages_of, sound, text_of
from tests.documents.test_letter_handout_transfer import make  # noqa: F401 - a fixture
from tests.documents.test_structure import elements

LANGUAGES = ("ar", "es", "fr", "hi", "pt", "sw")
Make = Callable[[str], PlanInput]


def of(language: str, plan: PlanInput) -> PlanInput:
    return replace(plan, patient=replace(plan.patient, language=language))


def translation(plan: PlanInput, language: str) -> Translation:
    found = load_translation(Path(plan.pack.folder), language)
    assert found is not None
    return found


def approve(monkeypatch: pytest.MonkeyPatch, one: Translation) -> None:
    words = PatientWords(replace(one, approved_by="Dr A. Reader", approved_on="2026-11-20"))
    monkeypatch.setattr(module, "words_for", lambda _pack, language: words if language else PatientWords())


def flat(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Side):
            found += [*flat(block.left), *flat(block.right)]
        elif isinstance(block, (FromRight, InLanguage)):
            found += flat(block.blocks)
        else:
            found.append(block)
    return found


def words_in(blocks: tuple[Block, ...]) -> str:
    said = []
    for block in flat(blocks):
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Paragraph):
            said.append(plain(block.text))
        elif isinstance(block, NextSteps):
            said += [block.title, *(plain(words) for _, words in block.rows)]
    return "\n".join(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_stands_beside_the_clinics_language_and_says_so(language: str, make: Make, tmp_path: Path) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    document = handout_tree(plan)
    everything = (*document.first[0], *document.rest)
    pairs = [block for block in everything if isinstance(block, Side)]
    assert len(pairs) >= 8
    english = words_in(tuple(block for pair in pairs for block in pair.left))
    other = words_in(tuple(block for pair in pairs for block in pair.right))
    assert "Your next steps" in english
    assert one.texts["handout_next_title"].words in other
    assert "26 Nov 2026" in english
    assert one.months[10] in other
    assert "Your next steps" not in other
    notes = [block for block in everything if isinstance(block, Note)]
    assert "Machine-drafted, not reviewed." in plain(notes[0].lines[0])
    foreign = notes[0].foreign
    assert foreign is not None
    assert (foreign.language, foreign.words) == (language, one.notice)
    assert "Machine-drafted, not reviewed." in text_of(kept(tmp_path, Paper().handout(plan)))


def kept(folder: Path, pdf: bytes) -> Path:
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_emergencies_of_a_draft_are_pictures_and_the_number_never_translated_words(language: str, make: Make) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    document = handout_tree(plan)
    everything = flat((*document.first[0], *document.rest))
    lists = [block for block in everything if isinstance(block, GetHelp)]
    assert len(lists) == 1
    assert lists[0].by_picture
    assert all(lists[0].pictures)
    assert lists[0].number == "555 0100"
    unapproved = {each.words for key, each in one.texts.items() if key.startswith("handout_now")}
    assert not unapproved & {lists[0].title, lists[0].how, *lists[0].items}
    assert not any(words in words_in(tuple(everything)) for words in unapproved)


@pytest.mark.parametrize("language", LANGUAGES)
def test_approved_words_stand_alone(
    language: str, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path  # noqa: F811
) -> None:
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    approve(monkeypatch, one)
    document = handout_tree(plan)
    blocks = (*document.first[0], *document.rest)
    said = words_in(blocks)
    assert one.texts["handout_do"].words in said
    assert "Your next steps" not in said
    assert f"Translation into {one.english_name} approved by Dr A. Reader, 2026-11-20." in said
    assert "not clinically approved" in said
    lists = [block for block in flat(blocks) if isinstance(block, GetHelp)]
    assert lists[0].title == one.texts["handout_now_title"].words
    assert not lists[0].by_picture
    [whole] = document.first[0]
    assert isinstance(whole, InLanguage)
    assert whole.language == language
    assert isinstance(whole.blocks[0], FromRight) is one.right_to_left
    pdf = kept(tmp_path, Paper().handout(plan))
    assert "\N{REPLACEMENT CHARACTER}" not in text_of(pdf)
    assert "No syntax or stream encoding errors" in sound(pdf)
    assert len(pages_of(pdf)) <= 3


def test_what_is_missing_or_stale_stands_in_english_and_is_marked(
    make: Make, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    plan = of("fr", make("c01_decided"))
    one = translation(plan, "fr")
    texts = {key: each for key, each in one.texts.items() if key != "handout_do"}
    texts["handout_questions"] = Translated("Other English", "Vos questions")
    approve(monkeypatch, replace(one, texts=texts))
    document = handout_tree(plan)
    said = words_in((*document.first[0], *document.rest))
    assert f"{STANDS_IN} Keep moving in small steps." in said
    assert f"{STANDS_IN} Your questions" in said
    assert "Vos questions" not in said


def test_a_language_without_words_is_said_on_the_page(make: Make) -> None:  # noqa: F811
    document = handout_tree(of("xx", make("c01_decided")))
    note = document.first[0][0]
    assert isinstance(note, Note)
    assert "no words in the patient's language (xx)" in plain(note.lines[0])


def test_an_unknown_side_leaves_no_gap(pack: Pack, make: Make) -> None:  # noqa: F811
    plan = make("c01_decided")
    for language in LANGUAGES:
        words = PatientWords(translation(plan, language))
        why = next(text for text in pack.texts if text.id == "handout_why")
        from desktop_app.documents.patient_words import filled

        with_side = filled(words.text(why), "{leg}", words.side("left"))
        without = filled(words.text(why), "{leg}", words.side(""))
        assert words.side("left") in with_side
        assert "  " not in without
        assert " ." not in without
        assert "{" not in without


def test_the_same_sheet_has_the_same_bytes(make: Make) -> None:  # noqa: F811
    for language in ("ar", "hi"):
        plan = of(language, make("c01_decided"))
        assert Paper().handout(plan) == Paper().handout(plan)


def test_the_clinicians_own_words_stay_as_they_are(make: Make) -> None:  # noqa: F811
    plan = of("ar", make("c01_decided"))
    document = handout_tree(plan)
    from desktop_app.documents.tree import Listing

    items = [plain(item) for block in flat(document.rest) if isinstance(block, Listing) for item in block.items]
    about, changed = (translation(plan, "ar").texts[f"handout_{name}"].words
                      for name in ("about_anti_inflammatory", "changed"))
    assert any(item.startswith(f"{about} {changed}\n") and item.endswith("for two more weeks.") for item in items)


@pytest.mark.parametrize("language", ["hi", "ar"])
@pytest.mark.parametrize("approved", [False, True])
def test_foreign_words_are_marked_with_their_language_and_no_others(
    language: str, approved: bool, make: Make, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    plan = of(language, make("c01_decided"))
    if approved:
        approve(monkeypatch, translation(plan, language))
    with pikepdf.open(BytesIO(Paper().handout(plan))) as pdf:
        assert str(pdf.Root.Lang) == "en"
        spoken = {str(one.Lang) for one, _ in elements(pdf) if "/Lang" in one}
        assert spoken == {language}
        told = Counter(_tongue(one) for one, _ in elements(pdf) if str(one.S)[1:] in {"H2", "H3", "LBody"})
    assert told[language] >= 8
    assert approved or told[""] >= told[language]  # beside each other, the same parts in both


def _tongue(element: pikepdf.Object) -> str:
    """The language of the nearest part around an element that names one."""
    while "/Lang" not in element and "/P" in element:
        element = element.P
    return str(element.get("/Lang", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_stand_row_beside_row_so_that_a_page_can_end_between_them(language: str, make: Make) -> None:  # noqa: F811
    document = handout_tree(of(language, make("c01_decided")))
    rows = [block for block in (*document.first[0], *document.rest) if isinstance(block, Side)]
    for row in rows:
        assert len(row.left) == 1
        assert [type(one) for one in flat(row.left)] == [type(one) for one in flat(row.right)]


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_languages_take_three_pages_and_the_longer_one_has_more_of_the_width(
    language: str, size: str, make: Make  # noqa: F811
) -> None:
    """A fourth page would hold little more than the signature; English beside a longer language ends as low."""
    plan = replace(of(language, make("c01_decided")), page_size=size)
    with pikepdf.open(BytesIO(Paper().handout(plan))) as pdf:
        assert len(pdf.pages) <= 3
    shares = {block.share for block in handout_tree(plan).rest if isinstance(block, Side)}
    assert len(shares) == 1
    assert 0.4 < shares.pop() <= 0.5


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_of_two_languages_pages_has_the_emergencies_and_the_next_steps(
    language: str, size: str, make: Make, tmp_path: Path  # noqa: F811
) -> None:
    """What somebody has to do stands on the page that is seen first; what the illness is can stand on the next."""
    plan = replace(of(language, make("c01_decided")), page_size=size)
    first, *_ = pages_of(kept(tmp_path, Paper().handout(plan)))
    assert "Get help NOW" in first
    assert "Your next steps" in first
