"""Where conditions stand in a pack, and the pack with one of them exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from desktop_app.engine.conditions import Condition
from desktop_app.engine.model import Clause, Option, Pack


class Site(NamedTuple):
    """One condition of a pack. ``key`` names what comes out of it, as expectations do."""

    key: tuple[str, ...]
    condition: Condition

    @property
    def name(self) -> str:
        return " ".join(self.key)


def sites(pack: Pack) -> Iterator[Site]:
    """Every condition that decides or shows something. Claims promise and are proved elsewhere."""
    yield Site(("scope",), pack.scope)
    for named in pack.conditions.values():
        yield Site(("conditions", named.id), named.when)
    for criterion in pack.criteria.values():
        yield Site(("criteria", criterion.id), criterion.when)
    for option in pack.options.values():
        yield Site(("options", option.id), option.when)
        for clause in (*option.never_when, *option.conditional_when):
            yield Site(("clauses", option.id, clause.id), clause.when)
        for number, note in enumerate(option.notes, 1):
            if note.when is not None:
                yield Site(("notes", option.id, str(number)), note.when)
    for number, action in enumerate(pack.imaging_actions):
        yield Site(("action", str(number), action.id), action.when)
    for text in pack.texts:
        if text.when is not None:
            yield Site(("texts", text.id), text.when)
    for disagreement in pack.disagreements.values():
        if disagreement.applies_when is not None:
            yield Site(("disagreements", disagreement.id), disagreement.applies_when)
    for question in pack.questions.values():
        if question.relevant_when is not None:
            yield Site(("asked", question.id), question.relevant_when)
    for pair in pack.contradictions:
        yield Site(("contradictions", pair.id), pair.when)


def exchanged(pack: Pack, key: tuple[str, ...], condition: Condition) -> Pack:
    """The pack with another condition at one place."""
    kind, rest = key[0], key[1:]
    match kind:
        case "scope":
            return replace(pack, scope=condition)
        case "conditions":
            named = replace(pack.conditions[rest[0]], when=condition)
            return replace(pack, conditions={**pack.conditions, rest[0]: named})
        case "criteria":
            criterion = replace(pack.criteria[rest[0]], when=condition)
            return replace(pack, criteria={**pack.criteria, rest[0]: criterion})
        case "options" | "clauses" | "notes":
            option = _option(pack.options[rest[0]], kind, rest, condition)
            return replace(pack, options={**pack.options, rest[0]: option})
        case "action":
            actions = list(pack.imaging_actions)
            actions[int(rest[0])] = replace(actions[int(rest[0])], when=condition)
            return replace(pack, imaging_actions=tuple(actions))
        case "texts":
            texts = tuple(replace(text, when=condition) if text.id == rest[0] else text for text in pack.texts)
            return replace(pack, texts=texts)
        case "disagreements":
            against = replace(pack.disagreements[rest[0]], applies_when=condition)
            return replace(pack, disagreements={**pack.disagreements, rest[0]: against})
        case "asked":
            question = replace(pack.questions[rest[0]], relevant_when=condition)
            return replace(pack, questions={**pack.questions, rest[0]: question})
        case "contradictions":
            pairs = tuple(replace(p, when=condition) if p.id == rest[0] else p for p in pack.contradictions)
            return replace(pack, contradictions=pairs)
        case _:
            raise ValueError(f"no condition at {key}")


def _option(option: Option, kind: str, rest: tuple[str, ...], condition: Condition) -> Option:
    if kind == "options":
        return replace(option, when=condition)
    if kind == "notes":
        notes = list(option.notes)
        notes[int(rest[1]) - 1] = replace(notes[int(rest[1]) - 1], when=condition)
        return replace(option, notes=tuple(notes))

    def changed(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
        return tuple(replace(clause, when=condition) if clause.id == rest[1] else clause for clause in clauses)

    return replace(option, never_when=changed(option.never_when), conditional_when=changed(option.conditional_when))
