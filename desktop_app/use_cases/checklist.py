"""Root signs without entrapment on the scan: the guideline's checks, and which of them were done on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.model import Pack
from desktop_app.language import tr
from desktop_app.pictures.timeline import day


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list. ``done``: True, False, or None while nobody has said.

    ``told``: what the answers already say of it, in words; empty where the guideline names no finding for it.
    """

    number: int
    atom: str
    text: str
    done: bool | None
    on: date | None
    told: str = ""

    @property
    def state(self) -> str:
        if self.done:
            # Looked at or done: what was found is an answer of its own.
            if self.on is None:
                return tr("checked")
            return tr("checked {day}").format(day=f"{day(self.on)} {self.on.year}")
        return tr("not checked") if self.done is False else tr("not answered")

    @property
    def spoken(self) -> str:
        known = f". {tr('On record. {told}').format(told=self.told)}" if self.told else ""
        return f"{self.number}. {self.text} {self.state}{known}"


def checks(pack: Pack, sheet: AnswerSheet) -> tuple[Check, ...]:
    """The pack's own list, in its order; empty for a pack without one."""
    table = pack.tables.get("imaging")
    rows = table.get("checklist") if table is not None else None
    made = []
    for number, row in enumerate(rows.items() if rows is not None else (), start=1):
        name = row.text_of("atom")
        given = sheet.get(name)
        done = given.value if given is not None and isinstance(given.value, bool) else None
        made.append(Check(number, name, row.text_of("text"), done, given.on if given is not None and done else None,
                          _told(pack, sheet, row.texts_of("known_from"))))
    return tuple(made)


def _told(pack: Pack, sheet: AnswerSheet, names: tuple[str, ...]) -> str:
    """What these findings say, those that are not so first; one that nobody answered is said to be open."""
    labels: dict[str, list[str]] = {tr("No"): [], tr("Not known"): [], tr("Yes"): []}
    for name in names:
        given = sheet.get(name)
        value = given.value if given is not None else None
        answer = tr("Yes") if value is True else tr("No") if value is False else tr("Not known")
        labels[answer].append(pack.atoms[name].label)
    return " ".join(f"{answer}: {'; '.join(found)}." for answer, found in labels.items() if found)


def other_sources(pack: Pack) -> tuple[str, ...]:
    """The names of what else such pain may come from, which one of the checks asks to think of."""
    table = pack.tables.get("imaging")
    rows = table.get("generators") if table is not None else None
    return tuple(row.text_of("label") for row in rows.items()) if rows is not None else ()
