"""The sheet with the choices in the patient's language: by the rules of the handout, whole, with nothing barred."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.documents import choices_tree as module
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.choices_tree import choices_of, choices_tree
from desktop_app.documents.ipdas import in_every_language, self_check
from desktop_app.documents.patient_words import STANDS_IN, PatientWords
from desktop_app.documents.tree import ChoiceCard, FromRight, InLanguage, Note, Side, plain
from desktop_app.documents.view import PlanView
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Pack
from desktop_app.engine.translations import Translated, Translation, slots
from desktop_app.use_cases.domain import PaperKind
from tests.documents.pdf_tools import pages_of, sound, text_of
from tests.documents.test_handout_languages import LANGUAGES, Make, flat, kept, of, translation, words_in
from tests.documents.test_letter_handout_transfer import make  # noqa: F401 - a fixture


def approve(monkeypatch: pytest.MonkeyPatch, one: Translation) -> None:
    words = PatientWords(replace(one, approved_by="Dr A. Reader", approved_on="2026-11-20"))
    monkeypatch.setattr(module, "words_for", lambda _pack, language: words if language else PatientWords())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_stands_beside_the_clinics_language_and_says_so(language: str, make: Make, tmp_path: Path) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    blocks = choices_tree(plan).first[0]
    pairs = [block for block in blocks if isinstance(block, Side)]
    english = words_in(tuple(block for pair in pairs for block in pair.left))
    other = words_in(tuple(block for pair in pairs for block in pair.right))
    for text in plan.pack.texts:
        if re.fullmatch(r"aid\.(nothing_invasive\.\w+|intro|numbers|life|paid\.unknown)", text.place):
            assert text.text in english
            assert one.texts[text.id].words in other
            assert text.text not in other
    [note] = [block for block in blocks if isinstance(block, Note)]
    assert "Machine-drafted, not reviewed." in plain(note.lines[0])
    assert note.foreign is not None
    assert note.foreign.words == one.notice
    for pair in pairs:
        [right] = pair.right
        assert isinstance(right, InLanguage)
        assert right.language == language
        assert isinstance(right.blocks[0], FromRight) is one.right_to_left
        assert [type(each) for each in flat(pair.left)] == [type(each) for each in flat(pair.right)]
    pdf = kept(tmp_path, Paper().choices(plan))
    said = text_of(pdf)
    assert "Machine-drafted, not reviewed." in said
    assert "\N{REPLACEMENT CHARACTER}" not in said
    assert "No syntax or stream encoding errors" in sound(pdf)


@pytest.mark.parametrize("language", LANGUAGES)
def test_approved_words_stand_alone(language: str, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    approve(monkeypatch, one)
    blocks = choices_tree(plan).first[0]
    assert not [block for block in flat(blocks) if isinstance(block, Note)]
    cards = [block for block in flat(blocks) if isinstance(block, ChoiceCard)]
    assert cards[0].good[1] == one.texts["aid_nothing_invasive_good"].words
    assert len(cards) == len(choices_of(PlanView(plan)))
    assert "Wait, with good care" not in words_in(blocks)
    assert f"Translation into {one.english_name} approved by Dr A. Reader, 2026-11-20." in words_in(blocks)
    assert "\N{REPLACEMENT CHARACTER}" not in text_of(kept(tmp_path, Paper().choices(plan)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_can_be_had_stands_on_the_sheet_in_any_language(language: str, make: Make) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    one = translation(plan, language)
    shown = {option.id for option in choices_of(PlanView(plan))}
    barred = "epidural_injection"
    assert barred in shown
    for status in (Status.PROHIBITED, Status.SUPPRESSED):
        options = tuple(replace(each, status=status) if each.id == barred else each for each in plan.decision.options)
        changed = replace(plan, decision=replace(plan.decision, options=options))
        said = words_in(choices_tree(changed).first[0]).splitlines()
        for text in plan.pack.texts:
            parts = text.place.split(".")
            if parts[0] == "aid" and len(parts) == 3 and parts[2] == "title":
                stands = parts[1] in shown - {barred}
                assert (text.text in said) is stands, text.id
                assert (one.texts[text.id].words in said) is stands, text.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_and_what_is_not_sure_are_those_of_the_english(language: str, pack: Pack, make: Make) -> None:  # noqa: F811
    """The same figures in the same number; “not sure” is said wherever English says it."""
    words = PatientWords(translation(make("c01_decided"), language))
    unsure = {"ar": "لسنا متأكدين", "es": "No estamos seguros", "fr": "Pas sûrs", "hi": "पक्का नहीं",
              "pt": "Não há certeza", "sw": "Hakuna uhakika"}[language]
    aid = [one for one in pack.texts if one.place.startswith("aid.")]
    assert len(aid) >= 120
    for one in aid:
        said = words.text(one)
        assert slots(said) == slots(one.text), one.id
        assert not said.startswith(STANDS_IN), one.id
        assert said.startswith(unsure) is one.text.startswith("Not sure."), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_and_bad_are_told_in_equal_detail_in_every_language(language: str, make: Make, pack: Pack) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    blocks = module._Sheet(PlanView(plan), PatientWords(translation(plan, language))).blocks()
    items = {item.number: item.met for item in self_check(blocks, pack.info, 1, payer_named=False)}
    assert items["2.1.1"] is True
    assert "Self-check against IPDAS: 11 of 12 items that apply." in " ".join(
        Paper().text(PaperKind.CHOICES, plan).split())


def test_an_item_is_met_only_where_every_language_meets_it(pack: Pack) -> None:
    even = ChoiceCard("x", ("Good", "It helps."), ("Bad", "It hurts."), ("Sure", "Not."))
    uneven = replace(even, bad=("Bad", "hurt " * 9))
    checks = [self_check((one, one), pack.info, 1, payer_named=False) for one in (even, uneven)]
    together = {item.number: item.met for item in in_every_language(checks)}
    assert together["2.1.1"] is False
    assert together["1.1.3"] is True
    assert together["2.4.1"] is None


def test_missing_and_stale_words_stand_in_english_and_are_marked(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    plan = of("fr", make("c01_decided"))
    one = translation(plan, "fr")
    texts = {key: each for key, each in one.texts.items() if key != "aid_life"}
    texts["aid_numbers"] = Translated("Other English", "Autre")
    approve(monkeypatch, replace(one, texts=texts))
    said = words_in(choices_tree(plan).first[0])
    assert f"{STANDS_IN} Whatever you choose" in said
    assert f"{STANDS_IN} We read only parts" in said
    assert "Autre" not in said


def test_a_language_without_words_is_said_on_the_page(make: Make) -> None:  # noqa: F811
    note = choices_tree(of("xx", make("c01_decided"))).first[0][0]
    assert isinstance(note, Note)
    assert "no words in the patient's language (xx)" in plain(note.lines[0])


@pytest.mark.parametrize("language", ["en", "ar", "hi"])
def test_the_clinicians_points_stay_english_and_are_marked_as_that(language: str, make: Make) -> None:  # noqa: F811
    plan = of(language, make("c01_decided"))
    shown = choices_of(PlanView(plan))[1]
    met = replace(shown, cautions_met=(plan.pack.options[shown.id].conditional_when[0].id,))
    options = tuple(met if one.id == met.id else one for one in plan.decision.options)
    plan = replace(plan, decision=replace(plan.decision, options=options))
    words = PatientWords() if language == "en" else PatientWords(translation(plan, language))
    cards = [one for one in module._Sheet(PlanView(plan), words).blocks() if isinstance(one, ChoiceCard) and one.talk]
    assert cards
    assert {STANDS_IN in one.talk for one in cards} == {language != "en"}
    assert not any("{" in one.talk for one in cards)


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_and_good_and_bad_of_a_choice_are_on_one_page(
    language: str, size: str, make: Make, tmp_path: Path  # noqa: F811
) -> None:
    plan = replace(of(language, make("c01_decided")), page_size=size)
    pages = [" ".join(page.split()) for page in pages_of(kept(tmp_path, Paper().choices(plan)))]
    assert len(pages) <= 2 + len(choices_of(PlanView(plan))) // 2
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(pages)
    for option in choices_of(PlanView(plan)):
        texts = {one.place: one.text for one in plan.pack.texts}
        title = texts[f"aid.{option.id}.title"].split()[0]
        whole = [page for page in pages if title in page and "What may be good" in page and "What may be bad" in page]
        assert whole, option.id
