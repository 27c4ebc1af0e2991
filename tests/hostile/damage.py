"""Damages bytes in the ways that files are damaged: scratched, cut, doubled, filled, joined, words exchanged."""

from __future__ import annotations

import random
from collections.abc import Sequence

MOST_ADDED = 4096


def damaged(samples: Sequence[bytes], words: Sequence[bytes], dice: random.Random) -> bytes:
    """One of the samples after one to four accidents; now and then bytes that were never a file at all."""
    if dice.random() < 0.02:
        return dice.randbytes(dice.randrange(200))
    content = bytearray(dice.choice(samples))
    for _ in range(dice.randint(1, 4)):
        _accident(content, samples, words, dice)
    return bytes(content)


def _accident(content: bytearray, samples: Sequence[bytes], words: Sequence[bytes], dice: random.Random) -> None:
    at = dice.randrange(len(content) + 1)
    end = min(len(content), at + dice.choice((1, 2, 8, 64, 1024)))
    match dice.randrange(8):
        case 0 if content:
            spot = min(at, len(content) - 1)
            content[spot] = (content[spot] + dice.randrange(1, 256)) % 256
        case 1 if content:
            spot = min(at, len(content) - 1)
            content[spot] ^= 1 << dice.randrange(8)
        case 2:
            del content[at:end]
        case 3:
            content[at:at] = content[at:end]
        case 4:
            content[at:end] = dice.choice(words) if words else b"\x00"
        case 5:
            content[at:at] = dice.choice(words) if words else dice.randbytes(8)
        case 6:
            other = dice.choice(samples)
            start = dice.randrange(len(other) + 1)
            content[at:end] = other[start:start + dice.choice((4, 64, MOST_ADDED))]
        case _:
            del content[at:]
