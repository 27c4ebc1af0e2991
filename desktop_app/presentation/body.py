"""What the body map shows of the answers, and what a mark on it answers."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.engine.answers import Answer
from desktop_app.engine.model import FindingType
from desktop_app.language import tr
from desktop_app.pictures import body
from desktop_app.pictures.body import PAIN, SENSATION, Marks, Place, State
from desktop_app.presentation.cards import Card, Cell


def state_of(cell: Cell) -> State:
    if cell.kind == "yes" or (cell.kind == "value" and not cell.normal):
        return State.MARKED
    if cell.known:
        return State.NORMAL
    return State.UNKNOWN if cell.kind == "unknown" else State.NOT_ASKED


def marks(cards: Mapping[str, Card]) -> Marks:
    """The map's marks from the questions drawn on it, by kind."""
    found: dict[str, dict[Place, State]] = {PAIN: {}, SENSATION: {}}
    for kind, card in cards.items():
        found[kind] = {(cell.row, cell.column): state_of(cell) for cell in card.cells}
    return Marks(found[PAIN], found[SENSATION])


def cell_at(card: Card, place: Place) -> Cell | None:
    """The cell of this place; None where the question does not ask about it."""
    return card.cell(*place)


def place_words(place: Place) -> str:
    """Left L4; Right buttock."""
    zone, side = place
    where = tr("Left {place}") if side == "left" else tr("Right {place}")
    return where.format(place=body.zone_word(zone))


def spoken(cards: Mapping[str, Card], shown: Marks, place: Place, kind: str) -> str:
    """The name of a zone for whoever does not see the map: place, area, and what is known of it."""
    order = [kind, *(other for other in cards if other != kind)]
    area = next((axis.label for one in order if one in cards for axis in cards[one].rows if axis.id == place[0]), "")
    where = place_words(place) + (f", {area[:1].lower()}{area[1:]}" if area and area.lower() != place[0] else "")
    return f"{where}: {body.told(shown, place, cards)}"


def marked_answer(card: Card, cell: Cell) -> Answer | None:
    """What marking the zone says; marking it again takes the mark back, which is not a no."""
    if state_of(cell) is State.MARKED:
        return None
    if card.type is FindingType.YES_NO:
        return Answer(value=True)
    return Answer(next(name for name, _ in card.options if name != card.normal_option))


def normal_answer(card: Card) -> Answer:
    return Answer(value=False) if card.type is FindingType.YES_NO else Answer(card.normal_option)
