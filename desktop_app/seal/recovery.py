"""The recovery key as people print, read and type it: eight groups of four letters or digits and a check.

A one-time code has four such groups, 80 random bits, and lives for days; the recovery key has 160 random bits. The
alphabet is without I, L, O and U. The last character of each group is computed from the other four and the group's
place, so a slip of the pen is found and named by its group before any key is tried: one wrong character, two swapped
neighbours, or two swapped groups.
"""

from __future__ import annotations

import secrets

from desktop_app.language import later, tr
from desktop_app.use_cases.errors import WrongPassphrase
from desktop_app.use_cases.keys import recovery_letters

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS = 8
_CODE_GROUPS = 4
_DATA = 4
_FIELD = 0b100101  # x^5 + x^2 + 1: arithmetic among 32 values, in which every difference shows


def new_recovery_key() -> str:
    return _new(_GROUPS)


def new_code() -> str:
    """A one-time code."""
    return _new(_CODE_GROUPS)


def _new(count: int) -> str:
    groups = []
    for place in range(count):
        values = [secrets.randbelow(32) for _ in range(_DATA)]
        groups.append("".join(_ALPHABET[value] for value in [*values, _check(place, values)]))
    return "-".join(groups)


def canonical(typed: str) -> str:
    """The key as it was made, whatever the case and the dividers. Raises ``WrongPassphrase`` with the place
    of the mistake.
    """
    return _canonical(typed, _GROUPS, later("recovery key"))


def canonical_code(typed: str) -> str:
    """The same of a one-time code."""
    return _canonical(typed, _CODE_GROUPS, later("one-time code"))


def _canonical(typed: str, count: int, what: str) -> str:
    letters = recovery_letters(typed)
    strange = sorted(set(letters) - set(_ALPHABET))
    if strange:
        raise _mistyped(
            what, tr("It holds the character {letter}, which no {what} has.").format(letter=strange[0], what=tr(what))
        )
    wanted = count * (_DATA + 1)
    if len(letters) != wanted:
        raise _mistyped(
            what, tr("It has {letters} characters; there must be {wanted}.").format(letters=len(letters), wanted=wanted)
        )
    groups = [letters[start:start + _DATA + 1] for start in range(0, wanted, _DATA + 1)]
    for place, group in enumerate(groups):
        *values, check = (_ALPHABET.index(letter) for letter in group)
        if check != _check(place, values):
            raise _mistyped(
                what, tr("There is a mistake in group {place}, {group}.").format(place=place + 1, group=group)
            )
    return "-".join(groups)


def _check(place: int, values: list[int]) -> int:
    total = place
    for weight, value in enumerate(values):
        total ^= _times(2 << weight, value)
    return total


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0b100000:
            left ^= _FIELD
        right >>= 1
    return product


def _mistyped(what: str, told: str) -> WrongPassphrase:
    return WrongPassphrase(
        tr("The {what} was not typed as it is printed. {told}").format(what=tr(what), told=told),
        next_step=tr("Compare it with the printed sheet, group by group."),
    )
