"""Takes away every rule that rests on a statement and asks the worked cases whether they notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from desktop_app.engine.cases import Case
from desktop_app.engine.derive import Clinical
from desktop_app.engine.expect import run_case
from desktop_app.engine.model import Option, Pack
from tests.mutants.trees import NEVER


def without(pack: Pack, statement: str) -> Pack:
    """The pack without its criteria, options, clauses, notes, texts and conditions that rest on a statement.

    A named condition stays, as others refer to it, and never holds; so does an imaging action.
    """
    return replace(
        pack,
        conditions={
            name: replace(each, when=NEVER) if statement in each.basis else each
            for name, each in pack.conditions.items()
        },
        criteria={name: each for name, each in pack.criteria.items() if statement not in each.basis},
        options={
            name: _option_without(each, statement)
            for name, each in pack.options.items()
            if statement not in each.basis and statement not in each.statements
        },
        imaging_actions=tuple(
            replace(each, when=NEVER) if statement in each.basis else each for each in pack.imaging_actions
        ),
        texts=tuple(text for text in pack.texts if statement not in text.basis),
        claims=(),
    )


def _option_without(option: Option, statement: str) -> Option:
    return replace(
        option,
        never_when=tuple(clause for clause in option.never_when if statement not in clause.basis),
        conditional_when=tuple(clause for clause in option.conditional_when if statement not in clause.basis),
        notes=tuple(note for note in option.notes if statement not in note.basis),
    )


def deciding(pack: Pack) -> list[str]:
    """The statements that decide something: not those that are only shown, nor those not computed."""
    return [
        each.id
        for each in pack.statements.values()
        if each.kind == "statement" and each.role == "rule" and not each.not_computed_because
    ]


def unnoticed(pack: Pack, clinical: Clinical, cases: Sequence[Case], statements: Sequence[str]) -> list[str]:
    """The statements whose rules can be taken away without turning a case red."""
    missed = []
    for statement in statements:
        less = without(pack, statement)
        resting = set(_resting(pack, statement))
        # Cases that speak of what goes are asked first: one red case is enough.
        likely_first = sorted(cases, key=lambda case: not _speaks_of(case, resting))
        if not any(_notices(case, less, clinical) for case in likely_first):
            missed.append(statement)
    return missed


def _resting(pack: Pack, statement: str) -> Iterator[tuple[str, str]]:
    """What rests on a statement, named as expectations name it."""
    for kind, named in (("conditions", pack.conditions), ("criteria", pack.criteria), ("options", pack.options)):
        yield from ((kind, name) for name, each in named.items() if statement in each.basis)
    yield from (("options", name) for name, each in pack.options.items() if statement in each.statements)
    yield from (("texts", text.id) for text in pack.texts if statement in text.basis)


def _speaks_of(case: Case, resting: AbstractSet[tuple[str, str]]) -> bool:
    return any(each.path in resting and each.wanted in {"yes", "offered", "prohibited"} for each in case.expectations)


def _notices(case: Case, pack: Pack, clinical: Clinical) -> bool:
    sheet = {atom: answer for atom, answer in case.sheet.items() if atom in pack.atoms}
    return bool(run_case(replace(case, sheet=sheet), pack, clinical)[1])
