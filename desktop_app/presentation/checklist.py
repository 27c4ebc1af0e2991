"""What a tick or a day on the checklist answers, and the other sources of the pain beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.engine.answers import Answer, DateRange
from desktop_app.language import tr
from desktop_app.presentation import entry
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.checklist import Check


def ticked(check: Check, today: date) -> Answer | None:
    """Ticking says checked today; taking the tick back says nothing, which is not a no."""
    return None if check.done else Answer(value=True, on=today)


def dated(text: str, today: date) -> entry.Entry:
    """Another day for a check that is ticked; it has to be one day."""
    found = entry.moment(text, today)
    value = found.answer.value if found.answer is not None else None
    if not isinstance(value, DateRange):
        return found
    if value.earliest != value.latest:
        return entry.Entry(error=tr("Write the day, for example 12 Oct 2026."))
    return replace(found, answer=Answer(value=True, on=value.latest))


@dataclass(frozen=True, slots=True)
class Source:
    """Another source of such pain, with what points to it and what to do."""

    label: str
    clues: str
    then: str
    question: str


def other_sources(wizard: Wizard) -> tuple[Source, ...]:
    pack = wizard.consultation.pack
    table = pack.tables.get("imaging")
    rows = table.get("generators") if table is not None else None
    return tuple(Source(row.text_of("label"), row.text_of("clues"), row.text_of("next"),
                        pack.atoms[row.text_of("atom")].question) for row in (rows.items() if rows is not None else ()))
