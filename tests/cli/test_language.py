"""The language of the screens: chosen once, English where a word is missing, catalogues that follow the program."""

from __future__ import annotations

import ast
import gettext
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import language, places
from desktop_app.presentation import words
from desktop_app.use_cases import errors

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = places.resources() / "translations"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use(language.ENGLISH, CATALOGUES)
    language._State.settings = None


@pytest.mark.parametrize("code", ["fr", "es"])
def test_a_catalogue_speaks(code: str) -> None:
    language.use(code, CATALOGUES)
    assert language.tr("Worklist") != "Worklist"
    assert language.tr("No such sentence anywhere") == "No such sentence anywhere"
    told = language.draft_words()
    assert told.startswith(language.LANGUAGES[code])
    assert told.endswith(language.tr("machine-drafted, not reviewed"))
    assert "machine-drafted" not in told
    assert (" : " in told) is (code == "fr")  # a blank before the colon in French alone


@pytest.mark.parametrize("code", ["fr", "es"])
def test_voiding_a_plan_and_leaving_the_question_are_two_words(code: str) -> None:
    """Annuler stood on both buttons."""
    language.use(code, CATALOGUES)
    leave, void = language.tr("Cancel"), language.tr("Void this plan")
    assert not void.startswith(leave)


@pytest.mark.parametrize("code", ["fr", "es"])
def test_the_back_of_a_body_is_not_the_way_back(code: str) -> None:
    assert language.trc("body", "Back") == "Back"
    language.use(code, CATALOGUES)
    assert language.trc("body", "Back") not in {language.tr("Back"), "Back"}


def test_plural_forms_are_those_of_the_language() -> None:
    language.use("fr", CATALOGUES)
    assert [words.count(number, "day") for number in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
    language.use("es", CATALOGUES)
    assert [words.count(number, "day") for number in (0, 1, 2)] == ["0 días", "1 día", "2 días"]
    language.use("en", CATALOGUES)
    assert [words.count(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert language.draft_words() == ""


def test_a_catalogue_that_is_not_there_or_broken_leaves_english(tmp_path: Path) -> None:
    language.use("fr", tmp_path)
    assert (language.now(), language.tr("Worklist")) == ("en", "Worklist")


def test_the_choice_is_kept_and_a_strange_one_is_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    language.begin(tmp_path, CATALOGUES)
    assert (language.chosen(), language.now()) == ("system", "es")
    language.choose("fr")
    language.begin(tmp_path, CATALOGUES)
    assert (language.chosen(), language.now()) == ("fr", "fr")
    (tmp_path / language.FILE).write_bytes(b"\xff\x00")
    language.begin(tmp_path, CATALOGUES)
    assert (language.chosen(), language.now()) == ("system", "es")
    monkeypatch.setenv("LC_ALL", "C")
    language.begin(tmp_path, CATALOGUES)
    assert language.now() == "en"


def test_catalogues_follow_the_program() -> None:
    """Every sentence stands in each catalogue, no other one, and what is compiled is what is written."""
    ran = subprocess.run([sys.executable, "build/catalogues.py", "--check"], cwd=ROOT, capture_output=True, text=True,
                         check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("code", ["fr", "es"])
def test_gaps_are_those_of_the_english(code: str) -> None:
    with (CATALOGUES / f"{code}.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # every entry
    for key, said in catalogue.items():
        english = key[0] if isinstance(key, tuple) else key
        if english:
            gaps = [sorted(set(re.findall(r"\{[^{}]*\}", text))) for text in (english, said)]
            assert gaps[0] == gaps[1], (english, said)


def test_whatever_is_counted_is_named_for_whoever_translates() -> None:
    named = {one for one, _ in words.COUNTED}
    for path in (ROOT / "desktop_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "count" or len(node.args) < 2:
                continue
            noun = node.args[1]
            if isinstance(noun, ast.Constant) and isinstance(noun.value, str):
                assert f"{{count}} {noun.value}" in named, f"{path.name}: {noun.value}"


OF_THE_COMMAND_LINE = {"plan_case.py", "window_check.py", "paper_check.py", "around_check.py"}
"""Rooms that only the command line, which is English, shows the errors of; and the screens that are drawn for us."""
ERRORS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, errors.LumbarError)}


def _wrapped(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") in {"tr", "trn", "trc", "later"}
               for one in ast.walk(node))


def _bare_sentences(path: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {*ERRORS, "refused"}:
            for said in (*call.args[:2], *(one.value for one in call.keywords if one.arg == "next_step")):
                words_ = [one.value for one in ast.walk(said)
                          if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if any(re.search("[a-z] [a-z]", one) for one in words_) and not _wrapped(said):
                    yield f"{path.name}:{said.lineno}"


def test_every_error_that_a_screen_can_show_goes_through_translation() -> None:
    """Also those of store and seal: a wrong passphrase or a full disk is told in the language of the screens."""
    rooms = [ROOT / "db", *(ROOT / "desktop_app" / name for name in ("seal", "use_cases", "widgets", "presentation",
                                                                     "documents"))]
    files = [ROOT / "desktop_app" / "door.py", *(file for room in rooms for file in room.rglob("*.py")
                                                if file.name not in OF_THE_COMMAND_LINE
                                                and not file.name.startswith("shots_"))]
    assert not [place for file in files for place in _bare_sentences(file)]
