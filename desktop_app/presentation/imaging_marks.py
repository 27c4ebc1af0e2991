"""What the picture of the spine shows of the answers, and what a mark on it answers."""

from __future__ import annotations

from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack
from desktop_app.pictures.spine import UNKNOWN, Cell, Fracture, SpineMarks
from desktop_app.presentation import words
from desktop_app.presentation.wizard import Wizard

GRIDS = ("compression", "retropulsion")  # roles of the imaging verdict
KEYS = {str(number): number - 1 for number in range(1, 5)}  # key to the place of the answer in the grid's list


def grids(pack: Pack) -> dict[str, str]:
    """Role to the question that answers it."""
    rule = pack.atoms[pack.imaging_verdict].derived
    return {role: str(rule.arguments[role]) for role in GRIDS if rule is not None and role in rule.arguments}


def spine_marks(wizard: Wizard) -> SpineMarks:
    pack = wizard.consultation.pack
    found = {role: _cells(wizard, question) for role, question in grids(pack).items()}
    fracture = _fracture(wizard)
    return SpineMarks(fracture, found.get("compression", ()), found.get("retropulsion", ()),
                      fracture_words(wizard) if fracture is not None else "")


def _cells(wizard: Wizard, question: str) -> tuple[Cell, ...]:
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    made = []
    for name in pack.questions[question].atoms:
        atom, given = pack.atoms[name], sheet.get(name)
        state = str(given.value) if given is not None and given.value is not None else (
            UNKNOWN if given is not None else "")
        told = words.answer(atom, given) if state else "Not reported"
        made.append(Cell(name, atom.row, atom.column, state, f"{atom.label}: {told}"))
    return tuple(made)


def _fracture(wizard: Wizard) -> Fracture | None:
    sheet = wizard.consultation.sheet

    def text(name: str) -> str:
        given = sheet.get(name)
        return given.value if given is not None and isinstance(given.value, str) else ""

    level, oedema = text("fracture_level"), sheet.get("oedema")
    if not level:
        return None
    swollen = oedema.value if oedema is not None and isinstance(oedema.value, bool) else None
    return Fracture(level, text("endplate"), swollen, text("fracture_state"))


def fracture_words(wizard: Wizard) -> str:
    """The broken vertebra in words; what is not known is said to be so."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    parts = []
    for name, missing in (("endplate", "part not reported"), ("oedema", "oedema not reported"),
                          ("fracture_state", "age not reported")):
        atom, given = pack.atoms.get(name), sheet.get(name)
        if atom is None:
            continue
        if given is None or given.value is None:
            parts.append(missing)
        elif isinstance(given.value, bool):
            parts.append("oedema" if given.value else "no oedema")
        else:
            parts.append(words.inside(words.answer(atom, given)))
    level = sheet.get("fracture_level")
    return f"{level.value if level is not None else ''} fracture: {', '.join(parts)}"


def cell_answer(pack: Pack, key: str, letter: str) -> Answer | None:
    """What a key pressed on a cell answers: 1 to 4 choose, N is reported clear. None when it means nothing."""
    atom = pack.atoms[key]
    if letter == "n":
        return Answer(atom.normal)
    at = KEYS.get(letter)
    return Answer(atom.options[at].id) if at is not None and at < len(atom.options) else None
