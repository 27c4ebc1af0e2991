"""What a key pressed on the spine answers: on a cell beside it, and on a vertebra."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.pictures.spine import Body, SpineMarks
from desktop_app.pictures.spine_marks import spine_marks
from desktop_app.presentation.wizard import Wizard

LEVEL, PART, OEDEMA, AGE = "fracture_level", "endplate", "oedema", "fracture_state"
WALL, FLAT = "posterior_wall_defect", "near_complete_collapse"
KEYS = {str(number): number - 1 for number in range(1, 5)}  # key to the place of the answer in the grid's list
_PART_KEYS, _AGE_KEYS = "1234", "567"


def cell_answer(pack: Pack, key: str, letter: str) -> Answer | None:
    """1 to 4 choose, N is reported clear. None when the letter means nothing."""
    atom = pack.atoms[key]
    if letter == "n":
        return Answer(atom.normal)
    at = KEYS.get(letter)
    return Answer(atom.options[at].id) if at is not None and at < len(atom.options) else None


def spine_of(wizard: Wizard) -> SpineMarks:
    """The spine with the vertebrae that can be said to be broken."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    marks = spine_marks(pack, sheet)
    screen = wizard.screen_of(LEVEL)
    if not screen or wizard.page(screen).card(LEVEL) is None:
        return marks  # whether anything is broken comes first
    broken = marks.fracture.level if marks.fracture is not None else ""
    return replace(marks, bodies=tuple(
        Body(f"{LEVEL}.{option.id}", option.id, marks.words if option.id == broken
             else tr("{level} vertebra, not the fractured one").format(level=option.label) if broken
             else tr("{level} vertebra").format(level=option.label))
        for option in pack.atoms[LEVEL].options))


def fracture_questions(pack: Pack) -> tuple[str, ...]:
    """What is asked of the broken vertebra, as far as the guideline asks it."""
    return tuple(name for name in (PART, OEDEMA, AGE, WALL, FLAT) if name in pack.atoms)


def choices(pack: Pack, name: str) -> tuple[tuple[str, str, Answer], ...]:
    """Every known answer to a question about the broken vertebra: its words, its key ("": none), and the answer."""
    if name in {OEDEMA, WALL, FLAT}:
        yes, no = ("Y", "N") if name == OEDEMA else ("", "")
        return (tr("Yes"), yes, Answer(value=True)), (tr("No"), no, Answer(value=False))
    keys = _PART_KEYS if name == PART else _AGE_KEYS
    return tuple((option.label, key, Answer(option.id))
                 for option, key in zip(pack.atoms[name].options, keys, strict=False))


def vertebra_answer(pack: Pack, letter: str) -> tuple[str, Answer] | None:
    """The question and answer that a key on the broken vertebra means. None when it means nothing."""
    return next(((name, given) for name in fracture_questions(pack) for _, key, given in choices(pack, name)
                 if key.lower() == letter), None)
