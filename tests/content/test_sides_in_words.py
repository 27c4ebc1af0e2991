"""No translation says right where the English says left: on the screens, in the guideline, on the patient's sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.engine.model import Pack
from desktop_app.engine.translations import languages, load_translation

CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "translations"
SAID = {
    "fr": {"left": r"gauche", "right": r"\bdroite?s?\b"},
    "es": {"left": r"izquierd", "right": r"\bderech[oa]s?\b"},
}
LEAST = {"translations": 12, "guideline": 12}  # sentences that name a side, in the large catalogues
OF_A_LEG = {  # beside "leg" or "side" on the patient's sheet; from a dictionary of each language, not from the pack
    "ar": ("يسر", "يمن"), "es": ("izquierd", "derech"), "fr": ("gauche", "droit"), "hi": ("बा", "दा"),
    "pt": ("esquerd", "direit"), "sw": ("kushoto", "kulia"),
}  # fmt: skip


def _find(pattern: str, words: str) -> re.Match[str] | None:
    return re.search(pattern, words, re.IGNORECASE)


def order(words: str, patterns: dict[str, str]) -> list[str]:
    """The sides that a sentence names, in its order, each once."""
    found = {side: match.start() for side, pattern in patterns.items() if (match := _find(pattern, words))}
    return sorted(found, key=lambda side: found[side])


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("folder", sorted(one.parent.name for one in CATALOGUES.rglob("fr.po")))
def test_a_translation_names_the_sides_of_the_english_in_its_order(language: str, folder: str) -> None:
    with next(CATALOGUES.parent.rglob(f"{folder}/{language}.po")).open(encoding="utf-8") as file:
        pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', file.read(), re.MULTILINE)
    looked_at = 0
    for english, translated in pairs:
        meant = order(re.sub(r"\{[^}]*\}", "", english), {"left": r"\bleft\b", "right": r"\bright\b"})
        said = order(translated, SAID[language])
        if meant and said:
            assert said == meant, f"{english}: {translated}"
            looked_at += 1
    assert looked_at >= LEAST.get(folder, 1)


@pytest.mark.parametrize("language", OF_A_LEG)
def test_the_sides_on_the_patients_sheet(language: str, pack: Pack) -> None:
    found = load_translation(Path(pack.folder), language)
    assert found is not None
    sides = found.sides
    for side, other, (mine, wrong) in (("left", "right", OF_A_LEG[language]),
                                       ("right", "left", OF_A_LEG[language][::-1])):
        assert mine in sides[side], (language, side)
        assert wrong not in sides[side], (language, side)
        assert sides[side] != sides[other]


def test_every_language_of_the_sheet_is_looked_at(pack: Pack) -> None:
    assert set(languages(Path(pack.folder))) == set(OF_A_LEG)
