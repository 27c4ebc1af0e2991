"""Names and numbers as they are written down: two that look the same on paper are the same here."""

from __future__ import annotations

import unicodedata

from desktop_app.language import tr
from desktop_app.use_cases.look_alike import mixed_word

LONGEST_NAME = 200  # letters
LONGEST_NUMBER = 64
_JOINERS = "\u200c\u200d"  # shape the letters at their sides in Persian, Hindi and other scripts
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # drawn as nothing, though Unicode calls them letters


def name_written(text: str) -> str:
    """With single blanks, and each letter in its one form (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def number_written(text: str) -> str:
    """As a name; wide and raised digits and letters in their plain form as well (NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def mistake(written: str, longest: int) -> str:
    """What keeps a name or a number from being told by eye, in words; "" when nothing does."""
    if len(written) > longest:
        return tr("This is longer than {longest} letters.").format(longest=longest)
    if any(_unseen(written, at) for at in range(len(written))):
        return tr("This holds letters that cannot be seen. Type it anew, without pasting.")
    if not any(letter.isalnum() for letter in written):
        return tr("This holds neither a letter nor a digit.")
    if word := mixed_word(written):
        return tr("“{word}” mixes letters of two alphabets that look the same. Type it anew in one of them.").format(
            word=word)
    return ""


def _is_joined(letter: str) -> bool:
    """Of a script in which letters take another shape beside each other."""
    return (unicodedata.category(letter)[0] in "LM"
            and not unicodedata.name(letter, "").startswith(("LATIN ", "GREEK ", "CYRILLIC ", "COMBINING ")))


def _unseen(written: str, at: int) -> bool:
    letter, before = written[at], written[at - 1:at]
    if letter in _JOINERS:
        beside = before + written[at + 1:at + 2]
        return len(beside) < 2 or not all(_is_joined(one) for one in beside)
    name = unicodedata.name(letter, "")
    if "VARIATION SELECTOR" in name:
        return not unicodedata.name(before, "").startswith("CJK ") if before else True
    return letter in _FILLERS or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn"}
