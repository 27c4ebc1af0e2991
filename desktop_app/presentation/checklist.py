"""Root signs without entrapment on the scan: the checks to work through, each with its tick and its day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.engine.answers import Answer, DateRange
from desktop_app.presentation import entry, words
from desktop_app.presentation.wizard import Wizard


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. ``done``: True, False, or None while nobody has said."""

    number: int
    atom: str
    text: str
    done: bool | None
    on: date | None
    state: str  # in words

    @property
    def spoken(self) -> str:
        return f"{self.number}. {self.text} {self.state}"


def build(wizard: Wizard) -> tuple[Check, ...]:
    """The pack's own list, in its order."""
    table = wizard.consultation.pack.tables.get("imaging")
    rows = table.get("checklist") if table is not None else None
    sheet = wizard.consultation.sheet
    made = []
    for number, row in enumerate(rows.items() if rows is not None else (), start=1):
        name = row.text_of("atom")
        given = sheet.get(name)
        done = given.value if given is not None and isinstance(given.value, bool) else None
        on = given.on if given is not None and done else None
        state = f"done {words.day(on)}" if done and on else "done" if done else (
            "not done" if done is False else "not answered")
        made.append(Check(number, name, row.text_of("text"), done, on, state))
    return tuple(made)


def ticked(check: Check, today: date) -> Answer | None:
    """Ticking says done today; taking the tick back says nothing, which is not a no."""
    return None if check.done else Answer(value=True, on=today)


def dated(text: str, today: date) -> entry.Entry:
    """Another day for a check that is ticked; it has to be one day."""
    found = entry.moment(text, today)
    value = found.answer.value if found.answer is not None else None
    if not isinstance(value, DateRange):
        return found
    if value.earliest != value.latest:
        return entry.Entry(error="Write the day, for example 12 Oct 2026.")
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
