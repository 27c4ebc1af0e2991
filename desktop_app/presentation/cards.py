"""One question as a card: its words, its cells with their answers, and how far it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.engine.answers import Answer, AnswerSheet, DateRange, Unknown
from desktop_app.engine.model import Atom, FindingType, Pack, Question, QuestionShape
from desktop_app.language import tr
from desktop_app.pictures.sides import as_seen
from desktop_app.presentation import words
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that can be known or not: the question itself, a tick box, a grid cell."""

    atom: str
    label: str  # stands alone
    short: str  # beside its row or item
    row: str
    column: str
    kind: str  # not_asked, yes, no, value, unknown, expired, excluded
    words: str
    option: str  # chosen option id, "" when none
    alarm: bool  # an emergency "yes"
    bulk: bool
    normal: bool
    unknown: Unknown | None
    answer: Answer | None

    @property
    def settled(self) -> bool:
        return self.kind not in {"not_asked", "expired"}

    @property
    def known(self) -> bool:
        return self.kind in {"yes", "no", "value", "excluded"}


@dataclass(frozen=True, slots=True)
class Axis:
    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    id: str
    shape: QuestionShape
    type: FindingType
    title: str
    question: str
    how: str
    why: str
    follows: str
    basis: tuple[words.Provenance, ...]
    cells: tuple[Cell, ...]
    options: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    range_words: str
    none_label: str
    all_normal_label: str
    all_yes_label: str  # "" where nobody may say yes to all at once
    normal_option: str
    emergency: bool
    state: str  # not_started, begun, settled, unknown
    chip: str
    chip_kind: str  # neutral, red, unknown
    detail: str
    note: str  # what the clinician wrote beside the answer
    matters: bool  # one of the open questions: can still change the advice, or completes the emergency screen
    atom: Atom
    born: date | None = None  # no date of this patient lies before it
    drawn: str = ""  # the kind of sign that this question marks on the body map, "" when it is not drawn

    @property
    def settled(self) -> bool:
        return self.state in {"settled", "unknown"}

    @property
    def open(self) -> bool:
        """Still to be answered, and it matters."""
        return not self.settled and self.matters

    @property
    def folded(self) -> bool:
        """Not answered, and nothing depends on it: it waits below the others."""
        return self.state == "not_started" and not self.open

    def cell(self, row: str, column: str = "") -> Cell | None:
        return next((c for c in self.cells if c.row == row and c.column == column), None)


def cell(atom: Atom, given: Answer | None, as_of: date, *, short: str) -> Cell:
    """How one atom stands on the as-of date. An old emergency "no" is asked again; a "yes" stays."""
    kind, text, option = "not_asked", words.answer(atom, given), ""
    if given is not None:
        if given.excluded is not None:
            day = words.day(given.excluded.on)
            kind = "excluded"
            if given.excluded.entered_in_error:
                kind, text = "expired", tr("Entered in error, {day}: ask again").format(day=day)
            else:
                text = tr("Excluded {day}").format(day=day)
            if kind == "excluded" and given.excluded.on < as_of:
                kind, text = "expired", tr("{text}: ask again today").format(text=text)
        elif given.value is None:
            kind = "unknown" if given.unknown not in {None, Unknown.NOT_ASKED} else "not_asked"
        elif given.value is True:
            kind = "yes"
        elif given.value is False:
            kind = "no"
            if atom.emergency and given.on is not None and given.on < as_of:
                kind, text = "expired", tr("No on {on}: ask again today").format(on=words.day(given.on))
        else:
            kind, option = "value", given.value if isinstance(given.value, str) else ""
    return Cell(
        atom=atom.id, label=atom.label, short=short, row=atom.row or atom.item, column=atom.column,
        kind=kind, words=text, option=option, alarm=atom.emergency and kind == "yes",
        bulk=given.bulk if given else False, normal=bool(atom.normal) and option == atom.normal,
        unknown=given.unknown if given else None, answer=given,
    )


def _short(question: Question, atom: Atom) -> str:
    if question.shape is QuestionShape.GRID:
        row = next((r.label for r in question.rows if r.id == atom.row), atom.row)
        column = next((c.label for c in question.columns if c.id == atom.column), atom.column)
        return f"{row}, {column.lower()}"
    return atom.label if question.shape is QuestionShape.SEVERAL else question.short


def _place(question: Question, across: list[str], atom: Atom) -> tuple[int, int]:
    """Line and column of a grid's cell as it is shown; one place for everything else, so that its order stays."""
    if question.shape is not QuestionShape.GRID:
        return 0, 0
    return [row.id for row in question.rows].index(atom.row), across.index(atom.column)


def build(pack: Pack, question: Question, sheet: AnswerSheet, as_of: date, *, matters: bool = False,
          drawn: str = "") -> Card:
    columns = as_seen(question.columns)
    across = [column.id for column in columns]
    atoms = sorted((pack.atoms[a] for a in question.atoms), key=lambda a: _place(question, across, a))
    cells = tuple(cell(a, sheet.get(a.id), as_of, short=_short(question, a)) for a in atoms)
    first = atoms[0]
    state = _state(cells)
    chip, kind = _chip(question, first, cells)
    return Card(
        id=question.id, shape=question.shape, type=question.type, title=question.short,
        question=question.question, how=question.how or question.help, why=question.why,
        follows=question.follows_yes, basis=tuple(words.provenance(pack, b) for b in question.basis),
        cells=cells, options=tuple((o.id, o.label) for o in first.options),
        units=tuple((u.id, u.label) for u in first.units),
        rows=tuple(Axis(r.id, r.label, r.note) for r in question.rows),
        columns=tuple(Axis(c.id, c.label, c.note) for c in columns),
        range_words=_range_words(first), none_label=question.none_label or tr("None of these"),
        all_normal_label=question.all_normal_label or tr("All normal"), all_yes_label=question.all_yes_label,
        normal_option=first.normal,
        emergency=question.emergency, state=state, chip=chip, chip_kind=kind,
        detail=_detail(question, cells), note=next((c.answer.note for c in cells if c.answer and c.answer.note), ""),
        matters=matters, atom=first, drawn=drawn, born=_born(sheet),
    )


def _born(sheet: AnswerSheet) -> date | None:
    given = sheet.get(DATE_OF_BIRTH)
    return given.value.earliest if given is not None and isinstance(given.value, DateRange) else None


def _state(cells: tuple[Cell, ...]) -> str:
    done = sum(c.settled for c in cells)
    if done == 0:
        return "not_started"
    if done < len(cells):
        return "begun"
    return "settled" if all(c.known for c in cells) else "unknown"


def _chip(question: Question, first: Atom, cells: tuple[Cell, ...]) -> tuple[str, str]:
    if question.shape is QuestionShape.SINGLE:
        c = cells[0]
        if c.kind == "expired":
            return tr("Ask again today"), "unknown"
        if not c.known:
            return c.words, "unknown"
        return c.words, "red" if c.alarm else "neutral"
    yes = [c for c in cells if c.kind == "yes"]
    if yes:
        return words.count(len(yes), "yes", "yes"), "red" if any(c.alarm for c in yes) else "neutral"
    done = sum(c.settled for c in cells)
    if done == 0:
        return (tr("Ask again today") if any(c.kind == "expired" for c in cells) else tr("Not asked")), "unknown"
    if done < len(cells):
        return tr("{done} of {cells}").format(done=done, cells=len(cells)), "unknown"
    unknown = [c for c in cells if not c.known]
    if unknown:
        kinds = {c.words for c in unknown}
        text = (
            kinds.pop()
            if len(kinds) == 1 and len(unknown) == len(cells)
            else tr("{unknown} not known").format(unknown=len(unknown))
        )
        return text, "unknown"
    if question.type is FindingType.YES_NO:
        return tr("No"), "neutral"
    if not first.normal:
        return words.count(len(cells), "entry", "entries"), "neutral"
    other = sum(not c.normal for c in cells)
    return (tr("{other} changed, rest normal").format(other=other) if other else tr("All normal")), "neutral"


_LINE = 110


def _detail(question: Question, cells: tuple[Cell, ...]) -> str:
    """The one line under a shut card's title: what was found, or what it asks for."""
    if question.shape is QuestionShape.SINGLE:
        return question.question
    if question.type is FindingType.YES_NO:
        told = [c.short for c in cells if c.kind == "yes"]
    else:
        told = [f"{c.short}: {words.inside(c.words)}" for c in cells if c.kind == "value" and not c.normal]
    line = "; ".join(told) if told else question.question
    return words.shortened(line, _LINE)


def _range_words(atom: Atom) -> str:
    limits = atom.range
    if limits is None or not atom.units:
        return ""
    low, high = words.number(limits.warn_min), words.number(limits.warn_max)
    if (limits.warn_min, limits.warn_max) == (limits.error_min, limits.error_max):
        return tr("{low} to {high}").format(
            low=low, high=high
        )  # nothing is unusual here, so only what is possible is said
    return tr("Usually {low} to {high} {unit}").format(low=low, high=high,
                                                       unit=words.unit(atom.units[0].label)).strip()


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    intro: str
    cards: tuple[Card, ...]
    all_no_label: str = ""
    all_yes_label: str = ""

    def together(self, question: str, *, yes: bool = False) -> tuple[Card, ...]:
        """The open questions that one "no to all" (or "yes to all") answers with this one; empty when not several.

        Only where the pack offers it, only yes-and-no questions, never an emergency question. Yes to a list of items
        is said in one go only where the pack offers that for the list itself.
        """
        found = tuple(c for c in self.cards if c.open and c.type is FindingType.YES_NO and not c.emergency
                      and (c.shape is QuestionShape.SINGLE
                           or (c.shape is QuestionShape.SEVERAL and (not yes or c.all_yes_label))))
        several = len(found) > 1 and any(c.id == question for c in found)
        return found if (self.all_yes_label if yes else self.all_no_label) and several else ()


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of the wizard, as far as its questions go."""

    id: str
    title: str
    intro: str
    groups: tuple[Group, ...]
    settled: int
    total: int
    option_groups: tuple[str, ...]
    results: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(card for group in self.groups for card in group.cards)

    def card(self, question: str) -> Card | None:
        return next((c for c in self.cards if c.id == question), None)

    def drawn(self) -> dict[str, Card]:
        """The questions of this page that are answered on the body map, by the kind of sign."""
        return {c.drawn: c for c in self.cards if c.drawn}

    def next_open(self, after: str = "") -> str:
        """The next question whose answer is still needed: below ``after`` first, then from the top."""
        ids = [c.id for c in self.cards]
        start = ids.index(after) + 1 if after in ids else 0
        for card in self.cards[start:] + self.cards[:start]:
            if card.open and card.id != after:
                return card.id
        return ""

    @property
    def left(self) -> int:
        """Questions still to be answered because they can change the advice."""
        return sum(card.open for card in self.cards)

    @property
    def folded(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.folded)

    def group(self, question: str) -> Group | None:
        return next((g for g in self.groups if any(c.id == question for c in g.cards)), None)
