"""Letters as a search compares them: case, accents, apostrophes and hyphens keep nobody from being found."""

from __future__ import annotations

import re
import unicodedata

_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})  # Unicode takes none apart
_APOSTROPHES = re.compile("['`´‘’ʻʼ]")
_HYPHENS = re.compile("[-‐‑‒–—]")


def plain_letters(text: str) -> str:
    """For comparing, never for showing: “Müller-O’Brien” and “muller obrien” are the same.

    Only marks that combine with a letter of any alphabet go; the vowel signs of Hindi or Arabic are letters here.
    """
    found = _APOSTROPHES.sub("", _HYPHENS.sub(" ", text)).casefold()
    if found.isascii():
        return found
    apart = unicodedata.normalize("NFKD", found).translate(_WHOLE)
    kept = "".join(one for one in apart
                   if not (unicodedata.combining(one) and unicodedata.name(one, "").startswith("COMBINING ")))
    return unicodedata.normalize("NFC", kept)
