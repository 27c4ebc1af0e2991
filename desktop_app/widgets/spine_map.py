"""The spine as an input: each cell beside it is answered by keys, by a menu, or in the question's own grid."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.pictures import spine
from desktop_app.pictures.spine import Cell, SpineMarks
from desktop_app.presentation import imaging_marks, words
from desktop_app.widgets.picture_view import Part, PictureView

UNKNOWN_LETTERS = {"a": Unknown.NOT_ASSESSED, "c": Unknown.CANNOT_ASSESS, "d": Unknown.DECLINED}
LETTERS = "1234n" + "".join(UNKNOWN_LETTERS)


class SpineMap(PictureView):
    """Shows what is reported of every level and zone, and says what is answered about one."""

    said = Signal(str, object)  # atom, Answer or None

    def __init__(self, pack: Pack) -> None:
        super().__init__(LETTERS, smallest=1.0)  # a cell is never below the least size of a target
        self._pack = pack
        self.setAccessibleName(tr("Spine with the zones of each level"))
        self.pressed.connect(self._menu)
        self.menu_asked.connect(self._menu)
        self.typed.connect(self._letter)
        self.taken_back.connect(lambda key: self.said.emit(key, None))

    def show_marks(self, marks: SpineMarks) -> None:
        self.show_picture(spine.spine(marks), {c.key: Part(c.name, _checked(c)) for c in marks.drawn()})

    def _letter(self, key: str, letter: str) -> None:
        if letter in UNKNOWN_LETTERS:
            self.said.emit(key, Answer(unknown=UNKNOWN_LETTERS[letter]))
        elif (given := imaging_marks.cell_answer(self._pack, key, letter)) is not None:
            self.said.emit(key, given)

    def _menu(self, key: str, at: QPoint | None = None) -> None:
        """Every answer that this cell can have, each with its key."""
        menu = self.menu_of(key)
        menu.popup(at or self.mapToGlobal(self.spots[key].geometry().bottomLeft()))

    def menu_of(self, key: str) -> QMenu:
        menu = QMenu(self)
        atom = self._pack.atoms[key]
        for number, option in enumerate(atom.options, start=1):
            action = menu.addAction(f"{option.label}\t{number}")
            action.triggered.connect(lambda _=False, v=option.id: self.said.emit(key, Answer(v)))
        menu.addSeparator()
        for letter, unknown in UNKNOWN_LETTERS.items():
            action = menu.addAction(f"{words.UNKNOWN[unknown]}\t{letter.upper()}")
            action.triggered.connect(lambda _=False, u=unknown: self.said.emit(key, Answer(unknown=u)))
        menu.addAction(tr("Not reported: take the answer back")).triggered.connect(lambda: self.said.emit(key, None))
        return menu


def _checked(cell: Cell) -> bool | None:
    """Marked, reported clear, or neither."""
    return cell.state != spine.CLEAR if cell.known else None
