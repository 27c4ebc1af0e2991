"""Types the answers of a case file: yes and no, options, numbers with unit, dates, medicines, unknowns.

An answer that cannot be read is noted with its place and left out; a value in the warning range is kept
and noted as a warning unless the file says ``confirmed: yes``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown, Value
from desktop_app.engine.conditions import Place
from desktop_app.engine.model import Atom, FindingType, Pack, Question, QuestionShape
from desktop_app.engine.problems import choices
from desktop_app.engine.read_conditions import place_of
from desktop_app.engine.reader import Node

UNKNOWNS = tuple(Unknown)
_WRAPPER = ("answer", "unknown", "on", "note", "confirmed", "excluded", "entered_in_error")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d))?\Z", re.ASCII)


@dataclass(slots=True)
class Sheet:
    """The answers of one case while they are read."""

    pack: Pack
    as_of: date
    answers: dict[str, Answer] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def put(self, atom: str, answer: Answer, node: Node) -> None:
        self.answers[atom] = answer
        self.places[atom] = place_of(node)


def read_answers(node: Node, sheet: Sheet) -> None:
    """Read ``answers``: question or atom id to answer, on top of what the sheet holds already."""
    asked = [question.id for question in sheet.pack.questions.values() if not question.derived]
    for key, each in node.entries(named=False).items():
        question = sheet.pack.questions.get(key)
        if question is not None and question.derived:
            derived = sheet.pack.atoms[key].derived
            each.problem(
                f"{key!r} is worked out from other answers and cannot be answered",
                choices(() if derived is None else derived.inputs, most=4),
                key=True,
            )
        elif question is not None:
            _question(question, each, sheet)
        elif key in sheet.pack.atoms:
            _atom(sheet.pack.atoms[key], each, sheet)
        else:
            each.problem(f"unknown finding {key!r}", choices([*asked, *sheet.pack.atoms], key, most=4), key=True)


def _question(question: Question, node: Node, sheet: Sheet) -> None:
    atoms = [sheet.pack.atoms[atom] for atom in question.atoms]
    if question.shape is QuestionShape.SINGLE:
        _atom(atoms[0], node, sheet)
        return
    wrapped = (
        node.kind == "map"
        and bool({"answer", "unknown"} & set(node.nodes))
        and not any(atom.item in {"answer", "unknown"} or atom.row in {"answer", "unknown"} for atom in atoms)
    )
    outer = _wrapping(node, sheet) if wrapped else Answer()
    inner = node.need("answer") if wrapped and outer.unknown is None else node
    if outer.unknown is not None:
        for atom in atoms:
            sheet.put(atom.id, outer, node)
    elif inner.kind == "text":
        _whole(question, atoms, inner, sheet, outer)
    elif question.shape is QuestionShape.SEVERAL:
        _items(question, atoms, inner, sheet, outer)
    else:
        _cells(question, atoms, inner, sheet, outer)


def _whole(question: Question, atoms: list[Atom], node: Node, sheet: Sheet, outer: Answer) -> None:
    """One word for a list (``none``) or a grid (``normal``), or why all of it is not known."""
    word = node.text()
    everything = "none" if question.shape is QuestionShape.SEVERAL else "normal"
    if word in UNKNOWNS:
        for atom in atoms:
            sheet.put(atom.id, replace(outer, unknown=Unknown(word)), node)
    elif word == everything and _bulk_allowed(question, atoms[0], node):
        for atom in atoms:
            sheet.put(atom.id, replace(outer, value=_normal(atom), bulk=True), node)
    elif word != everything:
        node.problem(
            f"{word!r} is no answer to {question.id!r}",
            f"{everything}, {', '.join(UNKNOWNS)}, or a map of {choices(_parts(atoms), most=6)}",
        )


def _bulk_allowed(question: Question, atom: Atom, node: Node) -> bool:
    if question.shape is QuestionShape.SEVERAL:
        return True
    if question.emergency:
        node.problem("'normal' in one stroke is never an answer to an emergency question", "each cell by itself")
        return False
    if not atom.normal:
        node.problem(f"{question.id!r} has no normal answer", "each cell by itself")
        return False
    return True


def _normal(atom: Atom) -> Value:
    if atom.type is FindingType.YES_NO:
        return atom.normal == "yes"
    return atom.normal


def _parts(atoms: list[Atom]) -> list[str]:
    return [*list(dict.fromkeys(atom.item or atom.row for atom in atoms)), "others"]


def _others(question: Question, rest: list[Atom], node: Node, sheet: Sheet, outer: Answer) -> None:
    """What is said in one stroke about every part that was not named."""
    word = node.text()
    for atom in rest:
        if word in UNKNOWNS:
            sheet.put(atom.id, replace(outer, unknown=Unknown(word)), node)
        elif question.shape is QuestionShape.SEVERAL and word == "no":
            sheet.put(atom.id, replace(outer, value=False, bulk=True), node)
        elif question.shape is QuestionShape.GRID and word == "normal":
            if not _bulk_allowed(question, atom, node):
                return
            sheet.put(atom.id, replace(outer, value=_normal(atom), bulk=True), node)
        else:
            wanted = "no" if question.shape is QuestionShape.SEVERAL else "normal"
            node.problem(f"{word!r} cannot be said of all others", f"{wanted}, {', '.join(UNKNOWNS)}")
            return


def _items(question: Question, atoms: list[Atom], node: Node, sheet: Sheet, outer: Answer) -> None:
    by_item = {atom.item: atom for atom in atoms}
    for key, each in node.entries().items():
        if key == "others":
            continue
        if key not in by_item:
            each.problem(
                f"unknown item {key!r} of {question.id!r}", choices([*by_item, "others"], key, most=20), key=True
            )
            continue
        _atom(by_item[key], each, sheet, outer)
    if "others" in node:
        _others(question, [atom for atom in atoms if atom.item not in node], node.nodes["others"], sheet, outer)


def _cells(question: Question, atoms: list[Atom], node: Node, sheet: Sheet, outer: Answer) -> None:
    rows: dict[str, dict[str, Atom]] = {}
    for atom in atoms:
        rows.setdefault(atom.row, {})[atom.column] = atom
    named: set[str] = set()
    for key, row in node.entries().items():
        if key == "others":
            continue
        columns = rows.get(key)
        if columns is None:
            row.problem(f"unknown row {key!r} of {question.id!r}", choices([*rows, "others"], key, most=20), key=True)
            continue
        for column, each in row.entries().items():
            if column in columns:
                named.add(columns[column].id)
                _atom(columns[column], each, sheet, outer)
            else:
                each.problem(f"unknown column {column!r} of {question.id!r}", choices(columns, column), key=True)
    if "others" in node:
        _others(question, [atom for atom in atoms if atom.id not in named], node.nodes["others"], sheet, outer)


# --- one atom ------------------------------------------------------------------------------------


def _atom(atom: Atom, node: Node, sheet: Sheet, outer: Answer | None = None) -> None:
    answer = outer or Answer()
    inner = node
    if node.kind == "map" and set(node.nodes) & {"answer", "unknown"}:
        answer = _wrapping(node, sheet)
        if answer.unknown is not None:
            sheet.put(atom.id, answer, node)
            return
        inner = node.need("answer")
        if answer.excluded is not None and not (atom.emergency and inner.kind == "text" and inner.words == "yes"):
            node.problem("only the yes of an emergency question is excluded or entered in error", "answer: yes")
    if inner.kind == "text" and inner.words.strip() in UNKNOWNS and atom.type is not FindingType.TEXT:
        sheet.put(atom.id, replace(answer, unknown=Unknown(inner.words.strip())), inner)
        return
    value = _value(atom, inner, sheet, confirmed=answer.confirmed)
    if value is not None:
        sheet.put(atom.id, replace(answer, value=value), inner)


def _wrapping(node: Node, sheet: Sheet) -> Answer:
    """What stands around an answer: the day, a note, a confirmation, an exclusion, a reason for not knowing."""
    node.only(*_WRAPPER)
    if "answer" in node and "unknown" in node:
        node.nodes["unknown"].problem("'answer' and 'unknown' both given", "one of them", key=True)
    unknown = None
    if "unknown" in node:
        unknown = Unknown(node.nodes["unknown"].one_of(UNKNOWNS) or Unknown.NOT_ASKED)
    excluded = None
    for key in ("excluded", "entered_in_error"):
        given = node.get(key)
        if given is not None:
            given.only("how", "by", "on")
            on = _past(given.need("on"), sheet)
            excluded = Exclusion(
                given.need("how").text(),
                given.need("by").text(),
                on or sheet.as_of,
                entered_in_error=key == "entered_in_error",
            )
    return Answer(
        unknown=unknown,
        on=_past(node.nodes["on"], sheet) if "on" in node else None,
        excluded=excluded,
        confirmed=node.flag_of("confirmed"),
        note=node.text_of("note"),
    )


def _past(node: Node, sheet: Sheet) -> date | None:
    day = node.day()
    if day is not None and day > sheet.as_of:
        node.problem(f"{day} lies after the as-of date {sheet.as_of}", f"up to {sheet.as_of}")
    return day


def _value(atom: Atom, node: Node, sheet: Sheet, *, confirmed: bool) -> Value | None:
    match atom.type:
        case FindingType.YES_NO:
            return _yes_no(node)
        case FindingType.CHOICE | FindingType.SCALE:
            return _option(atom, node)
        case FindingType.NUMBER:
            return _quantity(atom, node, sheet, confirmed=confirmed)
        case FindingType.DATE:
            return read_date(node, sheet.as_of, future=atom.allow_future)
        case FindingType.MEDICINES:
            return _medicines(node, sheet.pack)
        case FindingType.TEXT:
            words = node.text()
            if words and atom.lacks_figure(words):
                node.problem(f"{words!r} names no figure", "words with the figure in digits")
            return words or None


def _yes_no(node: Node) -> bool | None:
    word = node.text()
    if word in {"yes", "no"}:
        return word == "yes"
    if word:
        node.problem(f"{word!r} is not yes or no", f"yes, no, {', '.join(UNKNOWNS)}")
    return None


def _option(atom: Atom, node: Node) -> str | None:
    word = node.text()
    ids = [option.id for option in atom.options]
    if word in ids:
        return word
    if word:
        node.problem(
            f"{word!r} is not an option of {atom.id!r}", f"{choices(ids, word, most=20)}, or why it is unknown"
        )
    return None


def _quantity(atom: Atom, node: Node, sheet: Sheet, *, confirmed: bool) -> Quantity | None:
    before = len(node.source.problems.found)
    unit = atom.units[0]
    number = node
    if node.kind == "map":
        node.only("value", "unit", "confirmed")
        number = node.need("value")
        ids = {each.id: each for each in atom.units} | {each.label: each for each in atom.units}
        if "unit" in node or len(atom.units) > 1:
            unit = ids.get(node.need("unit").one_of(list(ids), "unit"), unit)
        confirmed = confirmed or node.flag_of("confirmed")
    elif node.kind == "text" and len(atom.units) > 1:
        node.problem(
            f"{atom.id!r} needs its unit", "{value: NUMBER, unit: UNIT} with " + choices(u.id for u in atom.units)
        )
    entered = number.number()
    if len(node.source.problems.found) > before or number.kind != "text":
        return None
    base = round(entered * unit.factor, 9)
    limits = atom.range
    if limits is None:
        return Quantity(base, entered, unit.id)
    if not limits.error_min <= base <= limits.error_max:
        low, high = limits.error_min / unit.factor, limits.error_max / unit.factor
        number.problem(
            f"{number.words.strip()} {unit.label} is outside what is possible for {atom.id!r}",
            f"{low:g} to {high:g} {unit.label}",
        )
        return None
    digits = len(number.words.strip().partition(".")[2])
    if unit.factor == 1 and digits > limits.decimals:
        number.problem(
            f"{number.words.strip()!r} has too many decimals for {atom.id!r}",
            f"{limits.decimals} decimals" if limits.decimals else "a whole number",
        )
        return None
    if not confirmed and not limits.warn_min <= base <= limits.warn_max:
        place = place_of(number)
        sheet.warnings.append(
            f"{place.file}:{place.line}:{place.column}: {number.words.strip()} {unit.label} is unusual for "
            f"{atom.id!r}; usual: {limits.warn_min / unit.factor:g} to {limits.warn_max / unit.factor:g}"
        )
    return Quantity(base, entered, unit.id)


def read_date(node: Node, as_of: date, *, future: bool = False) -> DateRange | None:
    """A day, a month, a year, or the earliest and latest day; never after the as-of date unless allowed."""
    if node.kind == "map":
        node.only("earliest", "latest")
        first, last = node.need("earliest").day(), node.need("latest").day()
        if first is None or last is None:
            return None
        if first > last:
            node.problem(f"the date runs from {first} to {last}", "the earlier day first")
            return None
    else:
        word = node.text()
        partial = _PARTIAL_DATE.match(word)
        if partial and (partial[2] is None or 1 <= int(partial[2]) <= 12) and int(partial[1]):
            year, month = int(partial[1]), int(partial[2] or 0)
            first = date(year, month or 1, 1)
            last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
            if not future and first <= as_of < last:
                last = as_of  # a month that has begun: its days still to come are not meant
        else:
            if partial:
                node.problem(f"{word!r} is not a month of the calendar", "YYYY-MM-DD, YYYY-MM, YYYY")
                return None
            day = node.day()
            if day is None:
                return None
            first = last = day
    if last > as_of and not future:
        node.problem(f"{last} lies after the as-of date {as_of}", f"a day up to {as_of}")
        return None
    return DateRange(first, last)


# --- medicines -----------------------------------------------------------------------------------


def _medicines(node: Node, pack: Pack) -> tuple[Medicine, ...] | None:
    if node.kind == "text" and node.words.strip() == "none":
        return ()
    if node.kind != "list":
        node.problem(
            "a list of medicines is expected", f"none, {', '.join(UNKNOWNS)}, or a list of drug, per_day, unit, route"
        )
        return None
    return tuple(_medicine(part, *_known_medicines(pack)) for part in node.parts)


def _known_medicines(pack: Pack) -> tuple[Collection[str], Collection[str]]:
    """Drugs and ways of writing their units, as the pack's medicines table lists them."""
    table = pack.tables.get("medicines")
    if table is None:
        return (), ()
    drugs = table.nodes["drugs"].nodes if "drugs" in table else {}
    units: list[str] = []
    equivalents = table.get("equivalents")
    listed: Mapping[str, Node] = {}
    if equivalents is not None and "units" in equivalents:
        listed = equivalents.nodes["units"].nodes
    for key, each in listed.items():
        written = each.get("written")
        units += [key, *(part.words for part in (written.parts if written is not None else ()))]
    return list(drugs), list(dict.fromkeys(units))


def _medicine(node: Node, drugs: Collection[str], units: Collection[str]) -> Medicine:
    node.only("drug", "per_day", "unit", "route", "as_needed", "maximum_known", "note")
    drug = node.need("drug")
    amount = node.get("per_day")
    per_day: float | None = None
    if amount is not None and amount.words.strip() not in UNKNOWNS:
        per_day = amount.number()
        if per_day < 0:
            amount.problem("an amount is not below 0", "0 or more")
    unit = node.need("unit")
    return Medicine(
        drug=drug.one_of(drugs, "drug") if drugs else drug.text(),
        per_day=per_day,
        unit=unit.one_of(units, "unit") if units else unit.text(),
        route=node.need("route").text(),
        as_needed=node.flag_of("as_needed"),
        maximum_known=node.flag_of("maximum_known", default=True),
        note=node.text_of("note"),
    )
