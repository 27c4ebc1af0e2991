"""The correlation as two lists: the patient's signs, and what the report says and leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.model import Atom, Pack, Question
from desktop_app.engine.reader import Node
from desktop_app.language import tr
from desktop_app.pictures.correlation import KINDS, ZONES, Leg
from desktop_app.pictures.spine_marks import NOT_REPORTED, grids
from desktop_app.presentation import words
from desktop_app.presentation.imaging_marks import LEVEL, fracture_questions
from desktop_app.presentation.wizard import Wizard

_SIDE_WORDS = {"right": tr("Right"), "left": tr("Left")}


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of the pictures; ``question`` is where it is answered. ``known`` False: drawn as open."""

    what: str
    side: str
    text: str
    note: str
    question: str
    known: bool = True

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.what, self.side, self.text, self.note) if part)


def truth(sheet: AnswerSheet, name: str) -> bool | None:
    given = sheet.get(name)
    return given.value if given is not None and isinstance(given.value, bool) else None


def when(wizard: Wizard) -> str:
    """Kind and day of the imaging, as far as they are known."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    parts = [words.answer(pack.atoms[name], given) for name in ("imaging_modality", "imaging_date")
             if name in pack.atoms and (given := sheet.get(name)) is not None and given.value is not None]
    return " ".join(parts) or tr("Imaging, day not known")


def sign_questions(pack: Pack) -> dict[str, str]:
    """Kind of sign to the grid that asks for it."""
    for atom in pack.atoms.values():
        if atom.derived is not None and atom.derived.function == "root_localisation":
            return {kind: str(atom.derived.arguments[kind]) for kind in KINDS if kind in atom.derived.arguments}
    return {}


def examined(wizard: Wizard) -> bool:
    """Whether any sign was looked for."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    return any((given := sheet.get(name)) is not None and given.value is not None
               for question in sign_questions(pack).values() for name in pack.questions[question].atoms)


def signs(wizard: Wizard, legs: tuple[Leg, ...]) -> tuple[Line, ...]:
    """Every sign that is not normal, with the roots it speaks for and whether it counts."""
    pack = wizard.consultation.pack
    table = pack.tables.get("anatomy")
    kinds = table.get("kinds") if table is not None else None
    found: list[Line] = []
    for kind, name in sign_questions(pack).items() if kinds is not None else ():
        node = kinds.get(kind) if kinds is not None else None
        if node is not None:
            question = pack.questions[name]
            found += (_areas if kind in {"pain", "sensory"} else _single)(wizard, question, node, kind, legs)
    return tuple(found)


def _affected(wizard: Wizard, question: Question) -> list[Atom]:
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    atoms = []
    for name in question.atoms:
        atom, given = pack.atoms[name], sheet.get(name)
        if given is None or given.value is None or given.excluded is not None:
            continue
        if given.value is True or (isinstance(given.value, str) and given.value != atom.normal):
            atoms.append(atom)
    return atoms


def _roots(node: Node, row: str) -> tuple[str, ...]:
    every = node.get("signs")
    sign = every.get(row) if every is not None else None
    return sign.texts_of("roots") if sign is not None else ()


def _label(node: Node, row: str) -> str:
    every = node.get("signs")
    sign = every.get(row) if every is not None else None
    return sign.text_of("label") if sign is not None else ""


def _counts(legs: tuple[Leg, ...], kind: str, side: str, label: str, points: str, *, several: bool) -> str:
    """Whether the sign adds to a root: only a difference between the sides does."""
    blocks = [b for leg in legs if leg.side == side for row in leg.rows for b in row.blocks if b.kind == kind]
    mine = [b for b in blocks if label in b.signs]
    if any(b.certain for b in mine):
        return tr("counts {points}{value}").format(points=points, value=" each" if several else "")
    if mine:
        return tr("counts once the other side is known")
    return tr("counts nothing")


def _single(wizard: Wizard, question: Question, node: Node, kind: str, legs: tuple[Leg, ...]) -> list[Line]:
    sheet, made = wizard.consultation.sheet, []
    for atom in _affected(wizard, question):
        roots = _roots(node, atom.row)
        label = _label(node, atom.row)
        told = words.inside(words.answer(atom, sheet.get(atom.id)))
        note = _counts(legs, kind, atom.column, label, node.text_of("points"), several=len(roots) > 1)
        text = f"{', '.join(roots)}: {told}" if roots else told
        made.append(Line(words.capital(_row_label(question, atom)), _SIDE_WORDS.get(atom.column, ""), text, note,
                         question.id))
    return made


def _areas(wizard: Wizard, question: Question, node: Node, kind: str, legs: tuple[Leg, ...]) -> list[Line]:
    made = []
    for side, shown in _SIDE_WORDS.items():
        atoms = [atom for atom in _affected(wizard, question) if atom.column == side]
        if not atoms:
            continue
        areas = [f"{atom.row}: {words.inside(_row_label(question, atom))}" if _row_label(question, atom) != atom.row
                 else atom.row for atom in atoms]
        notes = dict.fromkeys(_counts(legs, kind, side, _label(node, atom.row), node.text_of("points"),
                                      several=len(atoms) > 1 or len(_roots(node, atom.row)) > 1) for atom in atoms)
        made.append(Line(question.short, shown, "; ".join(areas), "; ".join(notes), question.id))
    return made


def _row_label(question: Question, atom: Atom) -> str:
    return next((row.label for row in question.rows if row.id == atom.row), atom.row)


# -- the report --------------------------------------------------------------------------------------


def report(wizard: Wizard, *, done: bool | None) -> tuple[Line, ...]:
    """What the report says, then what it leaves out; the second is never a no."""
    if not done:
        return ()
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    found = [Line(tr("Imaging"), "", when(wizard), "", "imaging_date")]
    if name := _entrapment(pack):
        given = sheet.get(name)
        known = given is not None and given.value is not None
        found.append(Line(pack.questions[name].short, "", words.answer(pack.atoms[name], given), "", name, known=known))
    found += _vertebra(pack, sheet)
    roots = _roots_of_cells(wizard)
    for question in grids(pack).values():
        found += _nothing_narrow(pack, sheet, question)
        for atom in _affected(wizard, pack.questions[question]):
            side = next((shown for name, shown in _SIDE_WORDS.items() if atom.column.endswith(name)), "")
            zone = atom.column.partition("_")[0]
            place = tr(ZONES.get(zone, zone))
            what = (
                f"{atom.row.replace('_', '-')} {place}"
                if "_" in atom.row
                else tr("{row} fragment, {place}").format(row=atom.row, place=place)
            )
            meets = ", ".join(dict.fromkeys(roots.get((atom.row, atom.column), ())))
            found.append(Line(what, side, words.answer(atom, sheet.get(atom.id)), meets, question))
    return (*found, *_left_out(pack, sheet))


def _entrapment(pack: Pack) -> str:
    """The question about the report as a whole; "" in a guideline without one."""
    rule = pack.atoms[pack.imaging_verdict].derived if pack.imaging_verdict in pack.atoms else None
    name = str(rule.arguments.get("entrapment", "")) if rule is not None else ""
    return name if name in pack.questions else ""


def as_a_whole(wizard: Wizard) -> str:
    """The one answer about all nerves, and that no place was named where none was."""
    pack, sheet = wizard.consultation.pack, wizard.consultation.sheet
    name = _entrapment(pack)
    if not name:
        return ""
    told = f"{pack.questions[name].short}: {words.inside(words.answer(pack.atoms[name], sheet.get(name)))}"
    cells = [sheet.get(atom) for question in grids(pack).values() for atom in pack.questions[question].atoms]
    named = any(given is not None and given.value is not None for given in cells)
    return told if named else tr("{told}; no place is named").format(told=told)


def _vertebra(pack: Pack, sheet: AnswerSheet) -> list[Line]:
    """The broken vertebra: each thing that is asked of it leads to its own question."""
    level = sheet.get(LEVEL)
    if level is None or not isinstance(level.value, str):
        return []
    made = [Line(tr("Fractured vertebra"), "", level.value, "", LEVEL)]
    for name in fracture_questions(pack):
        given = sheet.get(name)
        known = given is not None and given.value is not None
        told = words.answer(pack.atoms[name], given) if given is not None else tr(NOT_REPORTED)
        made.append(Line(pack.questions[name].short, "", told, "", name, known=known))
    return made


def _nothing_narrow(pack: Pack, sheet: AnswerSheet, question: str) -> list[Line]:
    """One line for a grid in which no place is narrow: how many are clear, and how many were left out."""
    given = [g.value if (g := sheet.get(name)) is not None else None for name in pack.questions[question].atoms]
    clear = sum(value == pack.atoms[pack.questions[question].atoms[0]].normal for value in given)
    if clear + given.count(None) < len(given):
        return []
    if not clear:
        told = tr(NOT_REPORTED)
    elif clear == len(given):
        told = tr("Clear at every level and place")
    else:
        told = tr("{clear} places clear, {left} not reported").format(clear=clear, left=len(given) - clear)
    return [Line(pack.questions[question].short, "", told, "", question, known=clear == len(given))]


def _roots_of_cells(wizard: Wizard) -> Mapping[tuple[str, str], list[str]]:
    made: dict[tuple[str, str], list[str]] = {}
    entries = wizard.consultation.pictures.get("roots")
    for entry in entries if isinstance(entries, list) else []:
        for one in entry.get("imaged", ()):
            made.setdefault((str(one["level"]), str(one["zone"])), []).append(str(entry["root"]))
    return made


_READ_BY = "images_read_by"


def _read_by(pack: Pack, sheet: AnswerSheet) -> Line:
    given = sheet.get(_READ_BY)
    known = given is not None and given.value is not None
    told = words.answer(pack.atoms[_READ_BY], given) if given is not None and known else tr("Not answered")
    return Line(pack.questions[_READ_BY].short, "", told, "", _READ_BY, known=known)


def _left_out(pack: Pack, sheet: AnswerSheet) -> list[Line]:
    """Coverage, sequences, quality and counting: what is missing, and what nobody has said."""
    made = [_read_by(pack, sheet)] if _READ_BY in pack.atoms else []
    for name in ("imaging_adequacy", "numbering_recorded", "compression_list_complete", "requester_interprets"):
        question = pack.questions.get(name)
        if question is None:
            continue
        atoms = [pack.atoms[one] for one in question.atoms]
        for told, value in ((tr("No"), False), (tr("Not answered"), None)):
            mine = [atom.label for atom in atoms if truth(sheet, atom.id) is value]
            if not mine:
                continue
            text = f"{told}: {'; '.join(words.inside(m) for m in mine)}" if len(atoms) > 1 else told
            made.append(Line(question.short, "", words.capital(text), "", name, known=value is not None))
        if all(truth(sheet, atom.id) is True for atom in atoms):
            every = tr("Yes, all {atoms} points").format(atoms=len(atoms)) if len(atoms) > 1 else tr("Yes")
            made.append(Line(question.short, "", every, "", name))
    return made
