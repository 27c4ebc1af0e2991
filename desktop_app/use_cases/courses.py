"""Start, steps, review and stop of each medicine that is planned: one source for the window and the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from desktop_app.engine.answers import DateRange
from desktop_app.engine.decision import Decision, Status, Truth
from desktop_app.engine.model import FindingType, Option, Pack, Stage
from desktop_app.engine.words import labelled
from desktop_app.language import later, tr
from desktop_app.pictures.timeline import Course, Kind, Mark
from desktop_app.use_cases.domain import Choice, Verdict

_TAKEN = {Verdict.ACCEPT: later("accepted"), Verdict.CHANGE: later("changed")}
_STANDS = {Status.OFFERED, Status.CONDITIONAL}


def courses(pack: Pack, decision: Decision, choices: Mapping[str, Choice]) -> tuple[Course, ...]:
    """The courses of what was accepted, and of what may still be; days are counted from the first dose.

    While the first day is not settled it is taken to be the day of the plan, and nothing counted from it is settled.
    """
    found = []
    for advice in decision.options:
        option = pack.options[advice.id]
        choice = choices.get(advice.id)
        declined = choice is not None and choice.verdict is Verdict.DECLINE
        if not option.course or declined or (choice is None and advice.status not in _STANDS):
            continue
        note = tr("not decided") if choice is None else tr(_TAKEN[choice.verdict])
        found.append(Course(option.id, advice.title, note, _marks(option, decision), _limits(pack, option, decision)))
    return tuple(sorted(found, key=lambda course: course.note))


def _marks(option: Option, decision: Decision) -> tuple[Mark, ...]:
    start = next((stage for stage in option.course if stage.kind == "start"), None)
    begun = _asked(start, decision) if start is not None else None
    settled = begun is not None
    first = begun or decision.as_of
    marks = []
    for stage in option.course:
        if stage.when and decision.conditions.get(stage.when) is not Truth.YES:
            continue
        kind = cast("Kind", stage.kind)
        asked = _asked(stage, decision)
        if stage is start:
            marks.append(Mark(kind, stage.label, first, first, settled))
        elif asked is not None:
            marks.append(Mark(kind, stage.label, asked, asked, settled=True))
        elif stage.days is not None:
            low, high = (first + timedelta(days=days) for days in stage.days)
            single = kind != "titration"
            marks.append(Mark(kind, stage.label, high if single else low, high, settled))
        else:
            marks.append(Mark(kind, stage.label, None, None, settled=False))
    return tuple(marks)


def _limits(pack: Pack, option: Option, decision: Decision) -> tuple[str, ...]:
    """The words that were written to settle a caution: "highest dose of the opioid: ..."."""
    found = []
    for atom in dict.fromkeys(a for clause in option.conditional_when for a in clause.settle_first):
        given = decision.answers.get(atom)
        if given is not None and isinstance(given.value, str) and pack.atoms[atom].type is FindingType.TEXT:
            label = pack.atoms[atom].label
            found.append(labelled(f"{label[:1].lower()}{label[1:]}", given.value))
    return tuple(found)


def _asked(stage: Stage, decision: Decision) -> date | None:
    """The day that was answered, when it is one day."""
    given = decision.answers.get(stage.on) if stage.on else None
    if given is None or not isinstance(given.value, DateRange) or given.value.earliest != given.value.latest:
        return None
    return given.value.earliest
