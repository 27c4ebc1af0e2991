"""Answers for many cells at once: "none of the others", "all normal", and what a typed key means."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import FindingType
from desktop_app.language import tr
from desktop_app.presentation.cards import Card, Cell

KEYS_FOR_NOT_KNOWING = "acd"
NOTHING_LEFT = tr("Everything here has its answer already.")


def open_cells(card: Card, column: str = "") -> tuple[Cell, ...]:
    """What is not answered yet, in the whole question or in one column."""
    return tuple(c for c in card.cells if not c.settled and (not column or c.column == column))


def fillable(card: Card, column: str = "") -> tuple[Cell, ...]:
    """What a bulk answer may fill: the open cells; when none is open, those put aside as not assessed."""
    return open_cells(card, column) or tuple(
        c for c in card.cells if c.unknown is Unknown.NOT_ASSESSED and (not column or c.column == column))


def none_of_the_others(card: Card) -> dict[str, Answer | None]:
    """"No" to every item not answered yet: one input, kept as entered in bulk."""
    return {c.atom: Answer(value=False, bulk=True) for c in fillable(card)}


def same_to_all(cards: Iterable[Card], *, yes: bool) -> dict[str, Answer | None]:
    """Yes or no to every open item of several questions: one step, kept as entered in bulk, never an emergency one."""
    return {c.atom: Answer(value=yes, bulk=True) for card in cards if not card.emergency for c in open_cells(card)}


def all_of_the_others(card: Card) -> dict[str, Answer | None]:
    """"Yes" to every item not answered yet, where the pack offers it; never for an emergency question."""
    if card.emergency or not card.all_yes_label:
        return {}
    return {c.atom: Answer(value=True, bulk=True) for c in fillable(card)}


def unknown_for_the_rest(card: Card, unknown: Unknown, column: str = "") -> dict[str, Answer | None]:
    cells = open_cells(card, column) or card.cells
    return {c.atom: Answer(unknown=unknown) for c in cells}


def can_be_normal(card: Card) -> bool:
    """Emergency questions are never answered by "all normal"."""
    return not card.emergency and (bool(card.normal_option) or card.type is FindingType.YES_NO)


def all_normal(card: Card, column: str = "") -> dict[str, Answer | None]:
    """The normal answer for every open cell; what was answered or not testable stays."""
    if not can_be_normal(card):
        return {}
    value: bool | str = False if card.type is FindingType.YES_NO else card.normal_option
    return {c.atom: Answer(value, bulk=True) for c in fillable(card, column)}


def option_for_key(card: Card, cell: Cell, text: str) -> str:
    """The option a key stands for in a grid cell: its own word, 4 then - or +, or its place. "" for none."""
    ids = [name for name, _ in card.options]
    if text in {"+", "-"}:
        return cell.option.rstrip("+-") + text if cell.option.rstrip("+-") + text in ids else ""
    if text in ids:
        return text
    if any(name[:1].isdigit() for name in ids):
        return ""
    if text.isdigit() and 1 <= int(text) <= len(ids):
        return ids[int(text) - 1]
    starts = [name for name, label in card.options if label[:1].lower() == text.lower()]
    return starts[0] if len(starts) == 1 and text.lower() not in KEYS_FOR_NOT_KNOWING else ""


def keys_line(card: Card) -> str:
    """How a grid is filled by keyboard, in one caption."""
    if card.type is FindingType.YES_NO:
        return tr("Arrows move · Y yes · Delete takes back · N none of the rest · A C D not known")
    if any(name[:1].isdigit() for name, _ in card.options):
        return tr("Arrows move · 0 to 5, then + or - · N the rest normal · A C D not known")
    told = ", ".join(f"{i} {label.lower()}" for i, (_, label) in enumerate(card.options, start=1))
    return tr("Arrows move · {told} · N the rest normal · A C D not known").format(told=told)
