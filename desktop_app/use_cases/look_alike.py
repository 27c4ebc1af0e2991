"""Letters of different alphabets that look the same: Latin A, Greek Α and Cyrillic А.

Unicode names the alphabet of a letter (``unicodedata.name``) and the value of a digit; which letters are drawn alike it
keeps in a list that Python does not bring, so the few that matter stand here, as capitals and as small letters.
"""

from __future__ import annotations

import re
import unicodedata

_CAPITALS = {
    "GREEK": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    "CYRILLIC": ("АВСЕНІӀЈКМОРЅТУҮХҺԚԜԌ", "ABCEHIIJKMOPSTYYXHQWG"),
}
_SMALL = {
    "GREEK": ("αγικνορυχ", "ayikvopux"),
    "CYRILLIC": ("асеһіӏјкорѕухԁԛԝ", "acehiijkopsyxdqw"),
}
_TO_LATIN = tuple(str.maketrans(*("".join(column) for column in zip(*table.values(), strict=True)))
                  for table in (_CAPITALS, _SMALL))
_LOOKS_LATIN = frozenset("".join(one for table in (_CAPITALS, _SMALL) for one, _ in table.values()))
_LATIN_OF = {alphabet: frozenset("".join(table[alphabet][1] for table in (_CAPITALS, _SMALL)))
             for alphabet in _CAPITALS}
_ALPHABETS = ("LATIN", *_CAPITALS)
_STANDS_IN = {"CYRILLIC": "I"}  # for the palochka of Chechen and Avar names, which few keyboards have
_WORD = re.compile(r"[^\W_]+")


def looks(number: str) -> tuple[str, str]:
    """How a number is seen, in capitals and in small letters; digits of every script by their value."""
    if number.isascii():
        return number.upper(), number.lower()
    plain = "".join(str(value) if (value := unicodedata.decimal(letter, None)) is not None else letter
                    for letter in unicodedata.normalize("NFKD", number.casefold()))
    capitals, small = _TO_LATIN
    return (unicodedata.normalize("NFC", plain.upper().translate(capitals)),
            unicodedata.normalize("NFC", plain.translate(small)))


def look_the_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """By what ``looks`` says of two numbers."""
    return one[0] == other[0] or one[1] == other[1]


def mixed_word(text: str) -> str:
    """The first word in which letters of one alphabet can be taken for those of another; "" when there is none.

    A word whose letters are plainly of two alphabets deceives nobody.
    """
    return next((word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if _deceives(word)), "")


def _deceives(word: str) -> bool:
    if word.isascii():
        return False
    letters: dict[str, set[str]] = {}
    for letter in unicodedata.normalize("NFD", word):
        alphabet = unicodedata.name(letter, "").split(" ", 1)[0]
        if alphabet in _ALPHABETS:
            letters.setdefault(alphabet, set()).add(letter)
    latin = letters.pop("LATIN", set())
    for alphabet, own in letters.items():
        strange = latin - set(_STANDS_IN.get(alphabet, ""))
        if strange and (strange <= _LATIN_OF[alphabet] or own <= _LOOKS_LATIN):
            return True
    return False
