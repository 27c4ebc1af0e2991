"""For whom a medicine begins below the start of its label: the cautions that say so, held or still open."""

from __future__ import annotations

from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Pack
from desktop_app.language import tr


def cautions(pack: Pack, decision: Decision, drug: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Labels of the cautions that hold, and of those that are not known, for a drug of the tables of medicines."""
    held: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for advice in decision.options:
        option = pack.options[advice.id]
        if option.medicine != drug:
            continue
        for clause in option.conditional_when:
            if clause.lower_start and clause.id in advice.cautions_met:
                held[clause.label] = None
            elif clause.lower_start and clause.id in advice.cautions_open:
                unknown[clause.label] = None
    return tuple(held), tuple(unknown)


def lower_start(pack: Pack, decision: Decision, drug: str) -> tuple[str, ...]:
    """Sentences beside the label's doses of a drug; empty without a caution.

    A caution that is not known is told too: nothing here is taken as absent because nobody asked.
    """
    held, unknown = cautions(pack, decision, drug)
    found = []
    if held:
        found.append(tr("Start lower than the label, in slower steps: {reasons}.").format(
            reasons=_inside(held)))
    if unknown:
        found.append(tr("Not known, and each would ask for a lower start: {reasons}.").format(reasons=_inside(unknown)))
    return tuple(found)


def _inside(labels: tuple[str, ...]) -> str:
    return "; ".join(label[:1].lower() + label[1:] if label[1:2].islower() else label for label in labels)
