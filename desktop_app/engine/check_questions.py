"""Checks of what is asked and shown: questions nothing uses, screens that forget something."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.engine.check_rules import rules_of
from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.loader import Reading
from desktop_app.engine.model import FindingType, Pack
from desktop_app.engine.problems import Problem, choices
from desktop_app.engine.read_pages import SCREENS
from desktop_app.engine.reader import Node


def check_questions(reading: Reading) -> Iterator[Problem]:
    """Questions that no rule, text, table or page uses."""
    pack = reading.pack
    used = _used_questions(pack)
    for top in pack.tables.values():
        used |= _named_in(top, pack)
    for question in pack.questions.values():
        if question.id in used or question.type is FindingType.TEXT:
            continue
        if question.derived:
            yield Problem(
                *reading.places["derived", question.id],
                f"derived finding {question.id!r} is used by nothing",
                "a condition or another derived finding that uses it",
            )
        elif "shown_on" not in reading.entries["question", question.id]:
            yield Problem(
                *reading.places["question", question.id],
                f"question {question.id!r} is used by no rule, text or page",
                "a condition that uses it, or shown_on: the page that shows the answer",
            )


def _used_questions(pack: Pack) -> set[str]:
    """Questions reached from the rules: directly, as input of something used, or as its relevance."""
    named = {key: each.when for key, each in pack.conditions.items()}
    atoms: set[str] = {pack.imaging_verdict, pack.clinical_root}
    atoms |= {criterion.clock_start for criterion in pack.criteria.values() if criterion.clock_start}
    for rule in rules_of(pack):
        if not rule.name.startswith(("relevance", "condition")):
            atoms |= atoms_of(rule.condition, named)
    for key in (pack.imaging_adequate, pack.clock_stopped):
        atoms |= atoms_of(named[key], named)
    used: set[str] = set()
    waiting = sorted(atoms)
    while waiting:
        atom = pack.atoms[waiting.pop()]
        waiting += [
            each for each in (atom.derived.inputs if atom.derived else ()) if pack.atoms[each].question not in used
        ]
        if atom.question in used:
            continue
        used.add(atom.question)
        relevance = pack.questions[atom.question].relevant_when
        if relevance is not None:
            waiting += sorted(atoms_of(relevance, named))
    return used


def _named_in(node: Node, pack: Pack) -> set[str]:
    """Questions that a table names, as a word or as a key."""
    found: set[str] = set()
    words = [node.words.strip(), *node.nodes]
    for word in words:
        if word in pack.questions:
            found.add(word)
        elif word in pack.atoms:
            found.add(pack.atoms[word].question)
    for each in (*node.nodes.values(), *node.parts):
        found |= _named_in(each, pack)
    return found


def check_screens(reading: Reading) -> Iterator[Problem]:
    """Every question stands on exactly one screen; every group of options and every verdict is shown."""
    pack = reading.pack
    shown: dict[str, str] = {}
    for screen in pack.screens:
        for group in screen.groups:
            for name in group.questions:
                if name in shown:
                    yield Problem(
                        "screens.yaml",
                        0,
                        0,
                        f"question {name!r} stands on screen {screen.id!r} and on {shown[name]!r}",
                        "one screen",
                    )
                shown[name] = screen.id
    for question in pack.questions.values():
        if not question.derived and question.id not in shown:
            yield Problem(
                *reading.places["question", question.id],
                f"question {question.id!r} stands on no screen",
                "a group of a screen in screens.yaml",
            )
    present = [screen.id for screen in pack.screens]
    for name in SCREENS:
        if present.count(name) != 1:
            yield Problem("screens.yaml", 0, 0, f"screen {name!r} is given {present.count(name)} times", "once")
    groups = {group for screen in pack.screens for group in screen.option_groups}
    for option in pack.options.values():
        if option.group not in groups:
            yield Problem(
                *reading.places["option", option.id],
                f"option {option.id!r} is in group {option.group!r}, which no screen shows",
                choices(groups, option.group) or "option_groups of a screen",
            )
    yield from _verdicts(pack)
    yield from _checklist(pack)
    yield from _doses(reading)


def _doses(reading: Reading) -> Iterator[Problem]:
    """An option whose dose follows a band names one that the medicines table has."""
    table = reading.pack.tables.get("medicines")
    bands = table.get("bands") if table is not None else None
    known = [] if bands is None else list(bands.nodes)
    for option in reading.pack.options.values():
        if option.medicine and option.medicine not in known:
            yield Problem(
                *reading.places["option", option.id],
                f"option {option.id!r} takes its dose from {option.medicine!r}, which has no bands",
                choices(known, option.medicine) or "a medicine under bands in medicines.yaml",
            )


def _checklist(pack: Pack) -> Iterator[Problem]:
    """Every check of the list is ticked in a finding that exists, and so is what already answers it."""
    table = pack.tables.get("imaging")
    rows = table.get("checklist") if table is not None else None
    for row in rows.items() if rows is not None else ():
        for node in (row.need("atom"), *(known.items() if (known := row.get("known_from")) is not None else ())):
            if (name := node.text()) and name not in pack.atoms:
                yield Problem(node.source.name, node.line, node.column, f"finding {name!r} is not in the pack",
                              choices(pack.atoms, name))


def _verdicts(pack: Pack) -> Iterator[Problem]:
    """Each possible verdict has its words in the imaging table, and no other has."""
    table = pack.tables.get("imaging")
    written = table.get("verdicts") if table is not None else None
    possible = [option.id for option in pack.atoms[pack.imaging_verdict].options]
    if written is None:
        yield Problem("imaging.yaml", 0, 0, "'verdicts' is missing", ", ".join(possible))
        return
    for name in possible:
        if name not in written:
            yield Problem(written.source.name, written.key_line, written.key_column, f"verdict {name!r} has no words")
    for name, node in written.nodes.items():
        if name not in possible:
            yield Problem(
                node.source.name,
                node.key_line,
                node.key_column,
                f"verdict {name!r} cannot come out",
                choices(possible, name),
            )
