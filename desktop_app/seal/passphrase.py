"""What a new passphrase must be: long, and nothing that is tried first. No rules about which characters.

After NIST SP 800-63B-4: length counts, composition does not; what is compared with lists is the whole passphrase as it
would be guessed. The lists (30,000 leaked passwords, 30,000 words, names) come with zxcvbn and need no network.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from desktop_app.language import later, tr
from desktop_app.use_cases.errors import WeakPassphrase

SHORTEST = 15
LONGEST = 256
_FEWEST_DIFFERENT = 5
_SHORTEST_NAME = 3
_PROGRAM = ("lumbar", "pathway", "passphrase", "password")
_FEWEST_GUESSES = 10**10
"""At a third of a second a guess (see ``keyfile.Effort``) this is a hundred years of one processor."""
_LOOKED_INTO = 72  # characters; the estimate's own limit, and more than enough to be too long to guess


def as_bytes(passphrase: str) -> bytes:
    """The same bytes however the keyboard composes its accents."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def require_strong(passphrase: str, too_easy: Sequence[str]) -> None:
    """Raises ``WeakPassphrase``. ``too_easy`` are names that anybody here would try first."""
    plain = unicodedata.normalize("NFKC", passphrase)
    advice = tr("Four or five words that do not belong together are easy to keep and hard to guess.")
    if len(plain) < SHORTEST:
        raise WeakPassphrase(
            tr("The passphrase has {letters} characters; it needs at least {shortest}.").format(
                letters=len(plain), shortest=SHORTEST
            ),
            next_step=advice,
        )
    if len(plain) > LONGEST:
        raise WeakPassphrase(
            tr("The passphrase has {letters} characters; at most {longest} are possible.").format(
                letters=len(plain), longest=LONGEST
            ),
            next_step=tr("Use a shorter one."),
        )
    if len(set(plain)) < _FEWEST_DIFFERENT:
        raise WeakPassphrase(tr("The passphrase repeats a few characters only."), next_step=advice)
    own = _words_of((*too_easy, *_PROGRAM))
    rest = plain.casefold()
    for word in own:
        rest = rest.replace(word, " ")
    if sum(letter.isalpha() for letter in rest) < _FEWEST_DIFFERENT and len("".join(rest.split())) < SHORTEST:
        raise WeakPassphrase(
            tr("The passphrase is made of the names of the clinic, the user or this program."), next_step=advice
        )
    if tried := _tried_first(plain, own):
        raise WeakPassphrase(
            tr("The passphrase is among those that are tried first: it is made of {tried}.").format(tried=tried),
            next_step=advice,
        )


def _words_of(names: Sequence[str]) -> list[str]:
    """The names and their parts, longest first, as letters without case."""
    words = {word.casefold() for name in names for word in (name, *name.split()) if len(word) >= _SHORTEST_NAME}
    return sorted(words, key=lambda word: (-len(word), word))


def _tried_first(plain: str, own: Sequence[str]) -> str:
    """What a guesser would build it from, in words; empty when that takes too many guesses."""
    from zxcvbn import zxcvbn  # lists of 90,000 words: loaded when a passphrase is chosen, never to unlock

    found = zxcvbn(plain[:_LOOKED_INTO], user_inputs=list(own))
    if found["guesses"] >= _FEWEST_GUESSES:
        return ""
    kinds = (tr(_KINDS.get(part["pattern"], _OTHER)) for part in found["sequence"])
    return tr(" and ").join(dict.fromkeys(kinds))


_OTHER = later("a few other characters")
_KINDS = {
    "dictionary": later("words that stand high in the lists"),
    "repeat": later("something repeated"),
    "sequence": later("a row of following letters or digits"),
    "spatial": later("keys that lie side by side"),
    "date": later("a date"),
    "regex": later("a year"),
}
