"""Papers in another language than English: nothing goes past the translation, and nothing but words changes."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from desktop_app import language, places
from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.blank_papers import BlankPaper
from desktop_app.documents.card_tree import card_tree
from desktop_app.documents.care_plan import _TREES, Paper, told
from desktop_app.documents.form_tree import form_tree
from desktop_app.documents.tree import Document
from desktop_app.engine.loader import load_pack
from desktop_app.engine.model import Pack
from desktop_app.language import PSEUDO_PIECES, on_paper
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.loaded import Loaded
from tests.documents.pdf_tools import attached, info_of, one_line, pages_of
from tests.documents.test_reviewed import CASES, GUIDELINE
from tests.documents.told import SPEAK, plan_in, strings

CATALOGUES = places.resources() / "translations"
OTHERS = tuple(name for name in language.LANGUAGES if name != language.ENGLISH)
TOLD = (PaperKind.CARE_PLAN, PaperKind.LETTER, PaperKind.TRANSFER_NOTE)  # what clinicians read
NOT_READ = {"age", "id", "key", "kind", "language", "limits", "mark", "page_size", "part", "side", "state", "style",
            "tier", "open_tier", "tone", "zone"}  # fields of a content tree that nobody reads
DATA = ("decision-record.json", "fhir-r4-bundle.json")
_NAMES = (
    "Lumbar Pathway FHIR UTC ml/min PEG Roland-Morris SHA-256 Hillside Clinic 1 Example Road Sampleton Dr N. Karim, "
    "general practitioner mg"
)
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def catalogues() -> None:
    language.use(language.ENGLISH, CATALOGUES)


def kinds(name: str) -> list[PaperKind]:
    return [kind for kind in Paper().kinds(plan_in(language.ENGLISH, name)) if kind in TOLD]


def made(language_: str, name: str, kind: PaperKind, folder: Path) -> Path:
    file = folder / f"{language_}-{name}-{kind.value}.pdf"
    file.write_bytes(Paper().make(kind, plan_in(language_, name)))
    return file


def said(code: str) -> Pack:
    pack = load_pack(GUIDELINE)
    return SPEAK(Loaded(pack, ClinicalArithmetic(pack)), code).pack


# -- nothing goes past the translation ---------------------------------------------------------------


def unmarked(words: str) -> str:
    return re.sub(f"{language.LEFT}[^{language.RIGHT}]*({language.RIGHT}|$)", "\n", words)


def folded(words: str) -> str:
    return " ".join(words.lower().split())


@cache
def not_translated() -> str:
    """Publications with their years, names, drugs by their ids, units, file names, and what clinicians typed."""
    pack = load_pack(GUIDELINE)
    texts = [word for one in pack.sources.values() for word in (one.title, one.year)]
    texts += [one.year for one in pack.disagreements.values()]
    texts += [pack.info.id, pack.content_hash, *DATA, _NAMES]
    texts += [one.label for one in pack.atoms.values() if one.question.startswith("takes")]  # cut after "Takes"
    for name in CASES:
        plan = plan_in(language.ENGLISH, name)
        texts += [plan.patient.name, plan.number, plan.patient.number, *(one.reason for one in plan.choices)]
        for answer in plan.decision.answers.values():
            texts += [answer.value] if isinstance(answer.value, str) else []
            texts += (
                [f"{one.drug} {one.per_day:g} {one.unit}" for one in answer.value]
                if isinstance(answer.value, tuple)
                else []
            )
    return " ¦ ".join(map(folded, texts))


def left_in_english(document: Document) -> Iterator[str]:
    for field, words in strings(document):
        if field in NOT_READ:
            continue
        for piece in re.split(r"[\n;,.:()·]", unmarked(words)):
            bare = re.sub(r"^([\W\d_]|[A-Z]+\d+\b)+|[\W\d_]+$", "", piece)
            if re.search(r"[a-z]{2}", bare) and folded(bare) not in not_translated():
                yield f"{field}: {bare} (in {words[:100]!r})"


@pytest.mark.parametrize("name", [name for name in CASES if name != "long-name"])
def test_no_sentence_of_a_paper_goes_past_the_translation(name: str) -> None:
    plan = plan_in(PSEUDO_PIECES, name)
    for kind in kinds(name):
        with on_paper(PSEUDO_PIECES):
            found = sorted(set(left_in_english(_TREES[kind](told(kind, plan)))))
        assert not found, "\n".join(found)


def test_no_sentence_of_a_paper_about_nobody_goes_past_the_translation() -> None:
    pack = said(PSEUDO_PIECES)
    with on_paper(PSEUDO_PIECES):
        for tree in (form_tree, card_tree):
            found = sorted(set(left_in_english(tree(pack, None, DAY, "A4"))))
            assert not found, "\n".join(found)


PRINTS = {"text", "bold", "quiet", "Heading", "Column", "Note", "Alarm", "Identity", "Paragraph", "_line", "_fine",
          "brush.words", "brush.words_right", "brush.words_centred", "brush.figure", "sentence"}  # fmt: skip


def test_no_sentence_is_written_straight_onto_a_page() -> None:
    """In the code: what goes into a run, a heading, a column or a drawn line is no bare English."""
    found = []
    for path in sorted((places.resources().parent / "desktop_app" / "documents").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = ast.unparse(call.func).removeprefix("self.")
            for part in call.args[:1 if name in {"Heading", "Column", "Note", "brush.figure"} else None]:
                pieces = part.values if isinstance(part, ast.JoinedStr) else [part]
                bare = [one.value for one in pieces if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if name in PRINTS and any(re.search(r"[A-Za-z]{3}", one) for one in bare):
                    found.append(f"{path.name}:{call.lineno} {bare}")
    styles = re.compile(r"\['(?:body|small|fine|large|title|caption|tick|question|accent)'\]$")
    assert not [one for one in found if not styles.search(one)]


# -- what the words are worth ------------------------------------------------------------------------


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_loses_a_number_or_a_gap(code: str) -> None:
    with (CATALOGUES / language.PAPERS / f"{code}.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # every entry
    assert len(catalogue) > 400
    for key, words in catalogue.items():
        english = key[0] if isinstance(key, tuple) else key
        if english and not isinstance(key, tuple):
            for pattern in (r"\{\w+\}", r"\d+"):
                assert sorted(set(re.findall(pattern, english))) == sorted(set(re.findall(pattern, words))), english


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", list(CASES))
def test_a_paper_says_of_itself_what_it_is(code: str, name: str, tmp_path: Path) -> None:
    """Its language, on each page that nobody reviewed its words, that the content is not approved, and one page."""
    with on_paper(code):
        state = said(code).info.state_words
    english = {"fr": "In French", "es": "In Spanish"}[code]
    for kind in kinds(name):
        file = made(code, name, kind, tmp_path)
        pages = list(map(one_line, pages_of(file)))
        assert all(f"{english}: machine-drafted, not reviewed." in page for page in pages), kind
        assert all(state in page.replace("\N{NO-BREAK SPACE}", " ") for page in pages), kind
        assert f"/Lang ({code})".encode() in file.read_bytes()
        if kind is not PaperKind.CARE_PLAN:
            assert len(pages) == 1, kind
        assert info_of(file)["Title"].startswith(told_title(code, name, kind))


def told_title(code: str, name: str, kind: PaperKind) -> str:
    with on_paper(code):
        return _TREES[kind](told(kind, plan_in(code, name))).title


@pytest.mark.parametrize("name", ["plain", "emergency"])
def test_data_and_code_have_one_wording(name: str, tmp_path: Path) -> None:
    for kind in kinds(name):
        english, french = (made(code, name, kind, tmp_path) for code in (language.ENGLISH, "fr"))
        for data in DATA:
            assert attached(french, data).replace(b'"language":"fr"', b'"language":"en"') == attached(english, data)
    plan = plan_in("fr", name)
    assert Paper().summary(plan, PaperKind.CARE_PLAN) == Paper().summary(
        replace(plan, language="en", words=None), PaperKind.CARE_PLAN)


def test_what_the_patient_takes_home_keeps_its_own_languages() -> None:
    plan, english = plan_in("fr", "plain"), plan_in(language.ENGLISH, "plain")
    for kind in (PaperKind.HANDOUT, PaperKind.CHOICES):
        assert Paper().make(kind, plan) == Paper().make(kind, english)


def test_english_is_what_it_was_whatever_the_screens_speak() -> None:
    plan = plan_in(language.ENGLISH, "plain")
    before = Paper().make(PaperKind.LETTER, plan)
    try:
        language.use("fr", CATALOGUES)
        assert Paper().make(PaperKind.LETTER, plan) == before
        assert language.LEFT not in Paper().text(PaperKind.CARE_PLAN, plan)
    finally:
        language.use(language.ENGLISH, CATALOGUES)


@pytest.mark.parametrize("code", OTHERS)
def test_the_blank_papers_speak(code: str, tmp_path: Path) -> None:
    pack = said(code)
    for blank, most in ((Blank.FORM, 99), (Blank.CARD, 1)):
        file = tmp_path / f"{blank.value}.pdf"
        file.write_bytes(BlankPaper().make(blank, pack, None, DAY, "A4", code))
        pages = list(map(one_line, pages_of(file)))
        assert len(pages) <= most
        assert all("machine-drafted, not reviewed." in page for page in pages)
        assert f"/Lang ({code})".encode() in file.read_bytes()


def test_a_language_that_is_not_there_is_english(tmp_path: Path) -> None:
    assert language.paper_language("fr") == "fr"
    language.use(language.ENGLISH, tmp_path)
    try:
        assert language.paper_language("fr") == language.ENGLISH
    finally:
        language.use(language.ENGLISH, CATALOGUES)


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("code", OTHERS)
def test_the_signature_stands_on_the_first_page_in_every_language(code: str, name: str, tmp_path: Path) -> None:
    """Limit and title of the banner share a line in languages with longer words too, which is what it takes."""
    [first, *others] = [one_line(page) for page in pages_of(made(code, name, PaperKind.CARE_PLAN, tmp_path))]
    assert "Dr N. Karim, general practitioner" in first
    assert not any("Dr N. Karim, general practitioner" in page[:400] for page in others[:1])
