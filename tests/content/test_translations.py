"""Translations for patients: whole, not stale, with the same numbers, in letters the paper has, drafts said so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desktop_app.documents.fonts import REGULAR, lacking, script_face
from desktop_app.documents.shaping import lacks_glyph, logical_runs
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError
from desktop_app.engine.translations import (
    Translation,
    check_translations,
    language_names,
    languages,
    load_translation,
    slots,
    stale,
    wanted,
)
from desktop_app.pictures import signs

LANGUAGES = ("ar", "es", "fr", "hi", "pt", "sw")


def translation(pack: Pack, language: str) -> Translation:
    found = load_translation(Path(pack.folder), language)
    assert found is not None
    return found


def words_of(one: Translation) -> list[str]:
    every = [each.words for each in (*one.texts.values(), *one.options.values())]
    return [*every, one.name, one.notice, *one.weekdays, *one.months, *one.sides.values()]


@pytest.fixture
def copied(pack: Pack, tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(pack.folder, folder)
    load_translation.cache_clear()
    return folder


def test_the_pack_speaks_seven_languages(pack: Pack) -> None:
    assert languages(Path(pack.folder)) == LANGUAGES
    assert language_names(Path(pack.folder))["hi"] == ("हिन्दी", "Hindi")
    assert {len(names) for names in language_names(Path(pack.folder)).values()} == {2}


def test_nothing_is_missing_or_stale(pack: Pack) -> None:
    problems, notices = check_translations(pack)
    assert problems == []
    assert len(notices) == len(LANGUAGES)
    assert [stale(pack, translation(pack, language)) for language in LANGUAGES] == [[]] * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_gaps_are_those_of_the_english(pack: Pack, language: str) -> None:
    one = translation(pack, language)
    for each in (*one.texts.values(), *one.options.values()):
        assert slots(each.words) == slots(each.english), each


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_on_the_paper(pack: Pack, language: str) -> None:
    """No missing glyph: neither a letter without a face nor a cluster that shaping cannot draw."""
    for words in words_of(translation(pack, language)):
        assert lacking(words) == ()
        for part, script in logical_runs(words):
            assert not script or not lacks_glyph(part, script_face(REGULAR, script), script), part


@pytest.mark.parametrize(("language", "letters"), [("ar", "[\u0600-\u06ff]"), ("hi", "[\u0900-\u097f]")])
def test_words_are_in_their_script(pack: Pack, language: str, letters: str) -> None:
    allowed = {"MRI", "D", "clinician", "when", "phone", "leg", "points"}
    for words in words_of(translation(pack, language)):
        assert re.search(letters, words), words
        assert set(re.findall(r"[A-Za-z]+", words)) <= allowed, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_forbidden_in_english_is_forbidden_everywhere(pack: Pack, language: str) -> None:
    """Sentences that warn keep the word that forbids: a lost "not" would turn the medicine round."""
    no = {
        "ar": ("لا ", "ليس", "لم "),
        "es": ("no ", "nada", "sin "),
        "fr": ("ne ", "n’", "pas de ", "pas d’", "sans "),
        "hi": ("न ", "नहीं", "बिना"),
        "pt": ("não ", "nunca", "nada", "sem "),
        "sw": ("usi", "isi", "si ", "hakuna", "hai", "huta", "bila", "kuto", "hawa"),
    }[language]
    one = translation(pack, language)
    for key, each in {**one.texts, **one.options}.items():
        if re.search(r"\b([Dd]o not|[Nn]ever|not safe)\b", each.english):
            assert any(word in each.words.lower() for word in no), (key, each.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_as_many_as_in_english(pack: Pack, language: str) -> None:
    """A sentence more or less than in English is a sentence made up or lost; two may be drawn into one."""
    one = translation(pack, language)
    for key, each in {**one.texts, **one.options}.items():
        english, words = (len(re.findall(r"[.!?:।؟](?:\s|$)", text)) for text in (each.english, each.words))
        assert abs(english - words) <= 1, (key, each)


def test_none_of_them_is_approved(pack: Pack) -> None:
    assert not any(translation(pack, language).approved for language in LANGUAGES)


# -- authors' mistakes ------------------------------------------------------------------------------


def changed(folder: Path, language: str, old: str, new: str) -> Pack:
    file = folder / "translations" / f"{language}.yaml"
    words = file.read_text(encoding="utf-8")
    assert old in words
    file.write_text(words.replace(old, new, 1), encoding="utf-8")
    load_translation.cache_clear()
    return load_pack(folder)


def test_a_text_that_changed_in_english_is_stale(copied: Path) -> None:
    texts = copied / "texts" / "handout.yaml"
    words = texts.read_text(encoding="utf-8").replace("New trouble walking straight", "New trouble walking")
    texts.write_text(words, encoding="utf-8")
    pack = load_pack(copied)
    problems, _ = check_translations(pack)
    assert len(problems) == len(LANGUAGES)
    assert all("made from other English" in str(problem) for problem in problems)
    assert stale(pack, translation(pack, "sw")) == ["handout_now_walk"]


def test_a_missing_text_and_one_too_many_are_named(copied: Path) -> None:
    pack = changed(copied, "fr", "\n  handout_signed:", "\n  handout_sealed:")
    found = [str(problem) for problem in check_translations(pack)[0]]
    assert any("'handout_signed' is not translated; English stands in" in one for one in found)
    assert any("'handout_sealed' is no text for patients" in one for one in found)
    assert all(one.startswith("translations/fr.yaml:") for one in found)


def test_other_numbers_are_a_mistake(copied: Path) -> None:
    pack = changed(copied, "es", "llámenos: {phone}", "llámenos: 555 0100")
    assert any("other numbers or gaps" in str(problem) for problem in check_translations(pack)[0])


def test_an_approval_holds_for_the_words_that_were_approved(copied: Path, pack: Pack) -> None:
    print_of = translation(pack, "pt").fingerprint
    said = f"state: approved\napproved_by: Dr A. Reader\napproved_on: 2026-11-20\napproved_words: {print_of}\n"
    approved = changed(copied, "pt", "state: machine_drafted\n", said)
    one = translation(approved, "pt")
    assert (one.approved_by, one.approved_on, one.fingerprint) == ("Dr A. Reader", "2026-11-20", print_of)
    assert any("Portuguese: approved by Dr A. Reader, 2026-11-20" in line for line in check_translations(approved)[1])
    tampered = changed(copied, "pt", "Procure ajuda AGORA", "Procure ajuda")
    with pytest.raises(ContentError, match="changed after they were approved"):
        load_translation(copied, "pt")
    assert any("changed after they were approved" in str(one) for one in check_translations(tampered)[0])


# -- pictures ---------------------------------------------------------------------------------------


def test_every_emergency_sign_has_a_picture_of_its_own(pack: Pack) -> None:
    shown = [one.picture for one in pack.texts if one.place == "handout.now"]
    assert len(shown) == len(set(shown)) == 12
    assert set(shown) == set(signs.names())
    assert {len(wanted(pack)[0]) > 45, len(wanted(pack)[1]) > 70} == {True}


def test_pictures_keep_to_their_box() -> None:
    from desktop_app.pictures.drawing import Area, bounds

    for name in signs.names():
        for shape in signs.sign(name).shapes:
            assert isinstance(shape, Area)
            left, top, right, bottom = bounds(shape.path)
            assert left >= -2, name
            assert top >= -2, name
            assert right <= signs.SIZE + 2, name
            assert bottom <= signs.SIZE + 2, name
