"""The body map as an input: a zone is marked by a click or by Space, for pain or for changed sensation."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from desktop_app.language import tr
from desktop_app.pictures import body
from desktop_app.pictures.body import State
from desktop_app.pictures.sides import SIDES
from desktop_app.presentation import body as body_words
from desktop_app.presentation.cards import Card
from desktop_app.widgets.picture_view import Part, PictureView

LETTERS = "psnyacd0"
_SMALLEST = 0.75  # px for a unit of the picture at 100 %: zone names stay legible


class BodyMap(PictureView):
    """Shows the questions drawn on it and reports what is done to their zones."""

    # A place, and one of "mark", "yes", "not here", "normal" (the rest), "back", or a letter of not knowing.
    said = Signal(object, str)
    kind_asked = Signal(str)

    def __init__(self, smallest: float = _SMALLEST) -> None:
        super().__init__(LETTERS, smallest)
        self.setAccessibleName(tr("Body map"))
        self.kind = body.PAIN
        self.pressed.connect(lambda key: self.said.emit(body.place_of(key), "mark"))
        self.passed.connect(lambda key: self.said.emit(body.place_of(key), "yes"))
        self.taken_back.connect(lambda key: self.said.emit(body.place_of(key), "back"))
        self.typed.connect(self._letter)

    def show_marks(self, cards: Mapping[str, Card], kind: str) -> None:
        """``cards``: the questions drawn here by kind; ``kind``: the one that is answered now."""
        self.kind = kind
        self.strokes = kind == body.PAIN  # pain is drawn with one finger, sensation tested point by point
        marks = body_words.marks(cards)
        places = [(zone, side) for side in SIDES for zone in body.ZONES
                  if any(marks.state(one, (zone, side)) is not None for one in cards)]
        self.show_picture(body.body(marks, tuple(cards), active=(kind,)), {
            body.key_of(place): Part(body_words.spoken(cards, marks, place, kind), _checked(marks.state(kind, place)),
                                     body.anchors()[place])
            for place in places
        })

    def _letter(self, key: str, letter: str) -> None:
        if letter in {"p", "s"}:
            self.kind_asked.emit(body.PAIN if letter == "p" else body.SENSATION)
        else:
            what = {"n": "normal", "0": "not here", "y": "yes"}.get(letter, letter)
            self.said.emit(body.place_of(key), what)


def _checked(state: State | None) -> bool | None:
    if state is None or not state.known:
        return None
    return state is State.MARKED
