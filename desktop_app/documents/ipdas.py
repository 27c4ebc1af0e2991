"""Self-check of the sheet with the choices against the sixteen first items of IPDAS version 4 (BMJ Open, PMC5013503).

Each item is answered from the sheet itself, so the check cannot say more than what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.documents.tree import ChoiceCard, Listing, Paragraph, TickLines, plain
from desktop_app.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.tree import Block
    from desktop_app.engine.model import PackInfo

EVEN = 2.0  # good and bad are in equal detail while neither has more than twice the words of the other


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number, what it asks for, and whether the sheet does it. None: it is not about this sheet."""

    number: str
    asks: str
    met: bool | None


def self_check(blocks: Sequence[Block], info: PackInfo, sources: int, *, payer_named: bool) -> tuple[Item, ...]:
    """``blocks`` of the sheet without this check; ``sources``: how many are named on it. That nobody knows who paid is
    honest and no answer: only a payer that is named meets the item.
    """
    cards = [block for block in blocks if isinstance(block, ChoiceCard)]
    said = [plain(block.text) for block in blocks if isinstance(block, Paragraph)]
    lists = [block for block in blocks if isinstance(block, Listing | TickLines)]
    even = all(_even(card.good[1], card.bad[1]) for card in cards)
    return (
        Item("1.1.1", tr("says what the health problem is"), bool(said)),
        Item("1.1.2", tr("names the decision to be made"), bool(said)),
        Item("1.1.3", tr("lists the options"), len(cards) > 1),
        Item("1.1.4", tr("says what is good about each"), all(card.good[1] for card in cards)),
        Item("1.1.5", tr("says what is bad about each"), all(card.bad[1] for card in cards)),
        Item("1.2.1", tr("tells what living with the result is like"), len(said) > 1 and bool(lists)),
        Item("2.1.1", tr("shows good and bad in equal detail"), bool(cards) and even),
        Item("2.2.1", tr("names the evidence used"), sources > 0),
        Item("2.2.2", tr("has a date"), bool(info.version)),
        Item("2.2.3", tr("says when it is renewed"), bool(info.review_by)),
        Item("2.2.4", tr("says how sure the figures are"), all(card.sure[1] for card in cards)),
        Item("2.3.1", tr("says who paid for it"), payer_named),
        Item("2.4.1", tr("tests: what is measured"), None),
        Item("2.4.2", tr("tests: what follows a positive result"), None),
        Item("2.4.3", tr("tests: what follows a negative result"), None),
        Item("2.4.4", tr("tests: the harm of finding what never mattered"), None),
    )


def in_every_language(checks: Sequence[Sequence[Item]]) -> tuple[Item, ...]:
    """The checks of a sheet in one or more languages as one: an item is met where every language meets it."""
    together = zip(*checks, strict=True)
    return tuple(replace(same[0], met=same[0].met and all(one.met for one in same)) for same in together)


def _even(good: str, bad: str) -> bool:
    first, second = len(good.split()), len(bad.split())
    return min(first, second) * EVEN >= max(first, second)
