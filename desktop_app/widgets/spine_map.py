"""The spine as an input: each vertebra and each cell beside it is answered by keys, by a menu, or in its question."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.pictures import spine
from desktop_app.pictures.drawing import Picture, Point, bounds
from desktop_app.pictures.spine import Body, Cell, SpineMarks
from desktop_app.presentation import imaging_marks, words
from desktop_app.widgets import picture_painter
from desktop_app.widgets.picture_view import Part, PictureView

UNKNOWN_LETTERS = {"a": Unknown.NOT_ASSESSED, "c": Unknown.CANNOT_ASSESS, "d": Unknown.DECLINED}
LETTERS = "1234567yn" + "".join(UNKNOWN_LETTERS)

Choices = tuple[tuple[str, str, Answer], ...]  # words, key, answer


class SpineMap(PictureView):
    """Shows what is reported of every level and zone, and says what is answered about one."""

    said = Signal(str, object)  # atom, Answer or None

    def __init__(self, pack: Pack) -> None:
        super().__init__(LETTERS, smallest=1.0)  # a cell is never below the least size of a target
        self._pack = pack
        self._bodies: dict[str, Body] = {}
        self._broken = ""
        self.setAccessibleName(tr("Spine with the zones of each level"))
        self.pressed.connect(self._menu)
        self.menu_asked.connect(self._menu)
        self.typed.connect(self._letter)
        self.taken_back.connect(self._take_back)

    def show_marks(self, marks: SpineMarks) -> None:
        self._bodies = {body.key: body for body in marks.bodies}
        self._broken = marks.fracture.level if marks.fracture is not None else ""
        picture = spine.spine(marks, measure=picture_painter.width_of)
        bodies = {b.key: Part(b.name, b.level == self._broken if self._broken else None, _in_column(picture, b.key))
                  for b in marks.bodies}
        self.show_picture(picture, {**bodies, **{c.key: Part(c.name, _checked(c)) for c in marks.drawn()}})

    def _is_broken(self, key: str) -> bool:
        return key in self._bodies and self._bodies[key].level == self._broken

    def _take_back(self, key: str) -> None:
        if key not in self._bodies:  # of a vertebra several things are said; its menu takes each back
            self.said.emit(key, None)

    def _letter(self, key: str, letter: str) -> None:
        if key in self._bodies:
            found = imaging_marks.vertebra_answer(self._pack, letter) if self._is_broken(key) else None
            if found is not None:
                self.said.emit(*found)
        elif letter in UNKNOWN_LETTERS:
            self.said.emit(key, Answer(unknown=UNKNOWN_LETTERS[letter]))
        elif (given := imaging_marks.cell_answer(self._pack, key, letter)) is not None:
            self.said.emit(key, given)

    def _menu(self, key: str, at: QPoint | None = None) -> None:
        """Every answer that this part can have, each with its key."""
        menu = self.menu_of(key)
        menu.popup(at or self.mapToGlobal(self.spots[key].geometry().bottomLeft()))

    def menu_of(self, key: str) -> QMenu:
        menu = QMenu(self)
        if self._is_broken(key):
            for name in imaging_marks.fracture_questions(self._pack):
                self._answers(menu.addMenu(self._pack.questions[name].short), name,
                              imaging_marks.choices(self._pack, name), with_keys=False)
        elif key in self._bodies:
            level = self._bodies[key].level
            self._answers(menu, imaging_marks.LEVEL,
                          ((tr("{level} is the fractured vertebra").format(level=level), "", Answer(level)),))
        else:
            options = self._pack.atoms[key].options
            self._answers(menu, key, tuple((o.label, str(n), Answer(o.id)) for n, o in enumerate(options, start=1)),
                          with_keys=True)
        return menu

    def _answers(self, menu: QMenu, atom: str, choices: Choices, *, with_keys: bool | None = None) -> None:
        """Lines of a menu; ``with_keys``: the kinds of not knowing follow, with or without a key of their own."""
        def line(words_: str, key: str, given: Answer | None) -> None:
            action = menu.addAction(f"{words_}\t{key}" if key else words_)
            action.triggered.connect(lambda: self.said.emit(atom, given))

        for words_, key, given in choices:
            line(words_, key, given)
        if with_keys is None:
            return
        menu.addSeparator()
        for letter, unknown in UNKNOWN_LETTERS.items():
            line(words.UNKNOWN[unknown], letter.upper() if with_keys else "", Answer(unknown=unknown))
        line(tr("Not reported: take the answer back"), "", None)


def _in_column(picture: Picture, key: str) -> Point:
    """Where the arrow keys find a vertebra: one above the other, whatever the curve of the back."""
    _, top, _, bottom = bounds(picture.part(key)[0].path)
    return 0.0, (top + bottom) / 2


def _checked(cell: Cell) -> bool | None:
    """Marked, reported clear, or neither."""
    return cell.state != spine.CLEAR if cell.known else None
