"""What a new passphrase must be: long, not one of a few letters, not the clinic's own names. No other rules."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from desktop_app.use_cases.errors import WeakPassphrase

SHORTEST = 15
LONGEST = 256
_FEWEST_DIFFERENT = 5
_SHORTEST_NAME = 3
_PROGRAM = ("lumbar", "pathway", "passphrase", "password")


def as_bytes(passphrase: str) -> bytes:
    """The same bytes however the keyboard composes its accents."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def require_strong(passphrase: str, too_easy: Sequence[str]) -> None:
    """Raises ``WeakPassphrase``. ``too_easy`` are names that anybody here would try first."""
    plain = unicodedata.normalize("NFKC", passphrase)
    advice = "Four or five words that do not belong together are easy to keep and hard to guess."
    if len(plain) < SHORTEST:
        raise WeakPassphrase(f"The passphrase has {len(plain)} characters; it needs at least {SHORTEST}.",
                             next_step=advice)
    if len(plain) > LONGEST:
        raise WeakPassphrase(f"The passphrase has {len(plain)} characters; at most {LONGEST} are possible.",
                             next_step="Use a shorter one.")
    if len(set(plain)) < _FEWEST_DIFFERENT:
        raise WeakPassphrase("The passphrase repeats a few characters only.", next_step=advice)
    rest = plain.casefold()
    for name in sorted((*too_easy, *_PROGRAM), key=len, reverse=True):
        for word in (name, *name.split()):
            if len(word) >= _SHORTEST_NAME:
                rest = rest.replace(word.casefold(), " ")
    if sum(letter.isalpha() for letter in rest) < _FEWEST_DIFFERENT and len("".join(rest.split())) < SHORTEST:
        raise WeakPassphrase("The passphrase is made of the names of the clinic, the user or this program.",
                             next_step=advice)
