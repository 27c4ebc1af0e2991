"""Reads the data dictionary: questions, their atoms, derived findings and pairs that contradict.

Questions are read without their relevance first: a relevance is a condition and may name any finding of
any file, so :func:`with_relevance` adds it once every name is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.engine.model import (
    Atom,
    ChoiceOption,
    Contradiction,
    Derived,
    FindingType,
    GridAxis,
    NumberRange,
    Question,
    QuestionShape,
    Unit,
)
from desktop_app.engine.problems import choices
from desktop_app.engine.read_conditions import Names, read_condition
from desktop_app.engine.reader import Node

_COMMON = (
    "short",
    "label",
    "question",
    "why",
    "how",
    "help",
    "type",
    "emergency",
    "follows_yes",
    "basis",
    "relevant_when",
    "when_not_relevant",
    "can_change",
    "codes",
    "shown_on",
)
_OF_SHAPE = {
    QuestionShape.SINGLE: ("options", "unit", "units", "range", "decimals", "allow_future", "figure"),
    QuestionShape.SEVERAL: ("several", "none_label", "all_yes_label"),
    QuestionShape.GRID: ("grid", "options", "unit", "units", "range", "decimals", "normal", "all_normal_label"),
}
_TYPES = tuple(FindingType)


@dataclass(slots=True)
class Draft:
    """A question whose conditions are still to be read."""

    question: Question
    node: Node


@dataclass(slots=True)
class Dictionary:
    """All questions and atoms of a pack while it is being read."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    atoms: dict[str, Atom] = field(default_factory=dict)
    derived: dict[str, Node] = field(default_factory=dict)

    def add(self, draft: Draft, atoms: Iterable[Atom]) -> None:
        self.drafts[draft.question.id] = draft
        for atom in atoms:
            self.atoms[atom.id] = atom


def read_question(key: str, node: Node, into: Dictionary) -> None:
    """Read one entry of ``findings`` and add it with its atoms."""
    shape = (
        QuestionShape.SEVERAL if "several" in node else QuestionShape.GRID if "grid" in node else QuestionShape.SINGLE
    )
    node.only(*_COMMON, *_OF_SHAPE[shape])
    kind = _type_of(node, shape)
    emergency = node.flag_of("emergency")
    base = Atom(
        id=key,
        type=kind,
        label="",
        question=key,
        options=_options(node, kind),
        units=_units(node, kind),
        range=_range(node, kind),
        emergency=emergency,
        can_change=node.flag_of("can_change"),
        allow_future=node.flag_of("allow_future"),
        figure=_figure(node, kind),
    )
    rows: tuple[GridAxis, ...] = ()
    columns: tuple[GridAxis, ...] = ()
    short = node.need("short").text()
    if shape is QuestionShape.SEVERAL:
        atoms = _items(key, node.need("several"), base)
    elif shape is QuestionShape.GRID:
        rows, columns, atoms = _cells(key, node, base)
    else:
        atoms = (replace(base, label=node.text_of("label") or short),)
    if emergency:
        node.need("follows_yes").text()
        if (bulk := node.get("all_yes_label")) is not None:
            bulk.problem("an emergency question is never answered with yes to all", "leave it out", key=True)
    when_not = node.get("when_not_relevant")
    if when_not is not None:
        when_not.one_of(("no",))
        if kind is not FindingType.YES_NO:
            when_not.problem("only a yes-no finding can be 'no' when it is not relevant", "leave it out", key=True)
        if "relevant_when" not in node:
            when_not.problem("'when_not_relevant' stands without 'relevant_when'", "both or none", key=True)
    question = Question(
        id=key,
        shape=shape,
        type=kind,
        short=short,
        question=node.need("question").text(),
        why=node.need("why").text(),
        how=node.need("how").text(),
        atoms=tuple(atom.id for atom in atoms),
        rows=rows,
        columns=columns,
        none_label=node.text_of("none_label"),
        all_normal_label=node.text_of("all_normal_label"),
        all_yes_label=node.text_of("all_yes_label"),
        basis=node.texts_of("basis"),
        codes=_codes(node),
        when_not_relevant_no=when_not is not None,
        emergency=emergency,
        help=node.text_of("help"),
        follows_yes=node.text_of("follows_yes"),
    )
    into.add(Draft(question, node), atoms)


def _type_of(node: Node, shape: QuestionShape) -> FindingType:
    given = node.get("type")
    if given is None:
        if shape is QuestionShape.SINGLE:
            node.problem("'type' is missing", ", ".join(_TYPES), key=True)
        return FindingType.YES_NO
    kind = FindingType(given.one_of(_TYPES, "type"))
    if shape is QuestionShape.SEVERAL and kind is not FindingType.YES_NO:
        given.problem("the items of 'several' are yes or no", "yes_no")
    if shape is QuestionShape.GRID and kind in {FindingType.DATE, FindingType.MEDICINES, FindingType.TEXT}:
        given.problem(f"a grid cannot hold {kind}", "yes_no, choice, scale, number")
    return kind


def _figure(node: Node, kind: FindingType) -> bool:
    if (given := node.get("figure")) is not None and kind is not FindingType.TEXT:
        given.problem(f"a {kind} is no free text that could lack a figure", "text", key=True)
    return node.flag_of("figure")


def _options(node: Node, kind: FindingType) -> tuple[ChoiceOption, ...]:
    given = node.get("options")
    if kind not in {FindingType.CHOICE, FindingType.SCALE}:
        if given is not None:
            given.problem(f"a {kind} has no options", "choice, scale", key=True)
        return ()
    entries = node.need("options").entries(dotted=True)
    options = tuple(ChoiceOption(key, each.text()) for key, each in entries.items())
    if given is not None and len(options) < 2:
        given.problem("a choice needs at least two options", "two or more", key=True)
    return options


def _units(node: Node, kind: FindingType) -> tuple[Unit, ...]:
    one, many = node.get("unit"), node.get("units")
    if kind is not FindingType.NUMBER:
        for given in (one, many):
            if given is not None:
                given.problem(f"a {kind} has no unit", "number", key=True)
        return ()
    if one is not None and many is not None:
        many.problem("'unit' and 'units' both given", "one of them", key=True)
    if many is None:
        if one is None:
            node.need("unit")
            return ()
        label = one.text()
        return (Unit(label, label),)
    units: list[Unit] = []
    for key, each in many.entries().items():
        each.only("label", "factor")
        factor = each.need("factor").number()
        if factor <= 0 or (not units and factor != 1):
            each.problem("the first unit is the base unit and has factor 1; every factor is above 0", "1")
        units.append(Unit(key, each.need("label").text(), factor))
    return tuple(units)


def _range(node: Node, kind: FindingType) -> NumberRange | None:
    given, decimals = node.get("range"), node.get("decimals")
    if kind is not FindingType.NUMBER:
        for each in (given, decimals):
            if each is not None:
                each.problem(f"a {kind} has no range", "number", key=True)
        return None
    places = decimals.whole(0, 6) if decimals is not None else 0
    if given is None:
        node.need("range")
        return None
    given.only("error", "warn")
    error = _pair(given.need("error"))
    warn = _pair(given.nodes["warn"]) if "warn" in given else error
    if warn[0] < error[0] or warn[1] > error[1]:
        given.problem(
            f"the warning range {warn[0]:g} to {warn[1]:g} leaves the error range",
            f"within {error[0]:g} to {error[1]:g}",
        )
    return NumberRange(error[0], error[1], warn[0], warn[1], places)


def _pair(node: Node) -> tuple[float, float]:
    parts = node.items()
    if len(parts) != 2:
        node.problem("a range has two ends", "[lowest, highest]")
        return 0.0, 0.0
    low, high = parts[0].number(), parts[1].number()
    if low >= high:
        node.problem(f"the range runs from {low:g} to {high:g}", "the lower end first")
    return low, high


def _items(key: str, node: Node, base: Atom) -> tuple[Atom, ...]:
    atoms = []
    for item, each in node.entries().items():
        if each.kind == "map":
            each.only("label", "can_change")
            label, change = each.need("label").text(), each.flag_of("can_change", default=base.can_change)
        else:
            label, change = each.text(), base.can_change
        if item in {"others", "none"}:
            each.problem(f"{item!r} has a meaning of its own in answers", "another name", key=True)
        atoms.append(replace(base, id=f"{key}.{item}", item=item, label=label, can_change=change))
    if not atoms:
        node.problem("'several' has no items", "a map of item and label", key=True)
    return tuple(atoms)


def _cells(key: str, node: Node, base: Atom) -> tuple[tuple[GridAxis, ...], tuple[GridAxis, ...], tuple[Atom, ...]]:
    grid = node.need("grid")
    grid.only("rows", "columns", "cell_label")
    rows, columns = _axis(grid.need("rows")), _axis(grid.need("columns"))
    pattern = grid.text_of("cell_label", "{column} {row}")
    if "{row}" not in pattern or "{column}" not in pattern:
        grid.nodes["cell_label"].problem("the label of a cell names its row and column", "{row} and {column}")
    normal = node.text_of("normal")
    if normal:
        ids = [option.id for option in base.options] or (["yes", "no"] if base.type is FindingType.YES_NO else [])
        if normal not in ids:
            node.nodes["normal"].problem(f"{normal!r} is not an option", choices(ids, normal))
    if any(axis.id in {"others", "none"} for axis in (*rows, *columns)):
        grid.problem("'others' and 'none' have a meaning of their own in answers", "another name")
    atoms = []
    for row in rows:
        for column in columns:
            words = pattern.replace("{row}", row.label).replace("{column}", column.label)
            atoms.append(
                replace(
                    base,
                    id=f"{key}.{row.id}.{column.id}",
                    row=row.id,
                    column=column.id,
                    label=words[:1].upper() + words[1:],
                    normal=normal,
                )
            )
    return rows, columns, tuple(atoms)


def _axis(node: Node) -> tuple[GridAxis, ...]:
    axis = []
    for key, each in node.entries().items():
        if each.kind == "map":
            each.only("label", "note")
            axis.append(GridAxis(key, each.need("label").text(), each.text_of("note")))
        else:
            axis.append(GridAxis(key, each.text()))
    if not axis:
        node.problem("a grid needs rows and columns", "a map of name and label", key=True)
    return tuple(axis)


def _codes(node: Node) -> Mapping[str, str]:
    given = node.get("codes")
    return {} if given is None else {key: each.text() for key, each in given.entries().items()}


def read_derived(key: str, node: Node, into: Dictionary) -> None:
    """Read one derived finding without its inputs, which may stand in a later file."""
    node.only(
        "label", "type", "options", "unit", "units", "range", "decimals", "function", "inputs", "arguments", "why"
    )
    allowed = (FindingType.YES_NO, FindingType.CHOICE, FindingType.SCALE, FindingType.NUMBER)
    kind = FindingType(node.need("type").one_of(allowed, "type") or FindingType.YES_NO)
    label = node.need("label").text()
    atom = Atom(
        id=key,
        type=kind,
        label=label,
        question=key,
        options=_options(node, kind),
        units=_units(node, kind),
        range=_range(node, kind) if "range" in node or kind is not FindingType.NUMBER else None,
        derived=Derived(node.need("function").text(), (), _arguments(node)),
    )
    question = Question(
        id=key,
        shape=QuestionShape.SINGLE,
        type=kind,
        short=label,
        question="",
        why=node.text_of("why"),
        how="",
        atoms=(key,),
        derived=True,
    )
    into.add(Draft(question, node), (atom,))
    into.derived[key] = node


def _arguments(node: Node) -> Mapping[str, object]:
    given = node.get("arguments")
    return {} if given is None else {key: plain(each) for key, each in given.entries().items()}


def plain(node: Node) -> object:
    """A node as plain texts, lists and maps."""
    if node.kind == "list":
        return [plain(part) for part in node.parts]
    if node.kind == "map":
        return {key: plain(each) for key, each in node.nodes.items()}
    return node.words


def join_inputs(dictionary: Dictionary) -> None:
    """Spell out the inputs of derived findings as atoms, now that every finding is known."""
    for key, node in dictionary.derived.items():
        atoms: list[str] = []
        for part in node.need("inputs").items():
            name = part.text()
            draft = dictionary.drafts.get(name)
            if draft is not None:
                atoms.extend(draft.question.atoms)
            elif name in dictionary.atoms:
                atoms.append(name)
            elif name:
                part.problem(
                    f"unknown finding {name!r}", choices([*dictionary.drafts, *dictionary.atoms], name, most=4)
                )
        atom = dictionary.atoms[key]
        if atom.derived is not None:
            dictionary.atoms[key] = replace(atom, derived=replace(atom.derived, inputs=tuple(dict.fromkeys(atoms))))


def with_relevance(draft: Draft, names: Names) -> Question:
    """The finished question; its relevance is read with every name known."""
    given = draft.node.get("relevant_when")
    if given is None or draft.question.derived:
        return draft.question
    return replace(draft.question, relevant_when=read_condition(given, names))


def read_contradiction(key: str, node: Node, names: Names) -> Contradiction:
    node.only("when", "message", "blocks")
    when = read_condition(node.need("when"), names)
    return Contradiction(key, when, node.need("message").text(), node.flag_of("blocks", default=True))
