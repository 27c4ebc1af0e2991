"""The words that every screen uses for dates, tiers, answers, statuses and sources: one word per thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Atom, Check, Pack, Tier
from desktop_app.language import counted, tr, trn

_DAYS = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
MONTHS = (
    tr("Jan"),
    tr("Feb"),
    tr("Mar"),
    tr("Apr"),
    tr("May"),
    tr("Jun"),
    tr("Jul"),
    tr("Aug"),
    tr("Sep"),
    tr("Oct"),
    tr("Nov"),
    tr("Dec"),
)

TIER = {
    Tier.E: (tr("Emergency"), tr("now")),
    Tier.E24: (tr("Same day"), tr("within 24 h")),
    Tier.U14: (tr("Urgent"), tr("within 2 weeks")),
    Tier.R3: (tr("Standard"), tr("within 3 months")),
    Tier.NONE: (tr("No time limit"), ""),
}

UNKNOWN = {
    Unknown.NOT_ASKED: tr("Not asked"),
    Unknown.NOT_ASSESSED: tr("Not assessed"),
    Unknown.CANNOT_ASSESS: tr("Cannot be assessed"),
    Unknown.DECLINED: tr("Declined"),
}

STATUS = {
    Status.OFFERED: tr("Offered"),
    Status.CONDITIONAL: tr("Offered, with conditions"),
    Status.OPEN: tr("Open"),
    Status.NOT_OFFERED: tr("Not offered"),
    Status.PROHIBITED: tr("Prohibited"),
    Status.SUPPRESSED: tr("Emergency first"),
}

CHECK = {
    Check.READ: tr("read"),
    Check.SECONDARY: tr("second-hand"),
    Check.UNCHECKED: tr("unchecked"),
    Check.OWN: tr("this guideline's own"),
}

COUNTED = (
    counted("{count} adds to what is said", "{count} add to what is said"),
    counted("{count} answer", "{count} answers"),
    counted("{count} can raise the urgency", "{count} can raise the urgency"),
    counted("{count} completes the emergency screen", "{count} complete the emergency screen"),
    counted("{count} consultation", "{count} consultations"),
    counted("{count} contraindication", "{count} contraindications"),
    counted("{count} date", "{count} dates"),
    counted("{count} day", "{count} days"), counted("{count} week", "{count} weeks"),
    counted("{count} decides options", "{count} decide options"),
    counted("{count} document", "{count} documents"),
    counted("{count} entry", "{count} entries"),
    counted("{count} fact", "{count} facts"),
    counted("{count} file", "{count} files"),
    counted("{count} further option is", "{count} further options are"),
    counted("{count} hour", "{count} hours"),
    counted("{count} kind", "{count} kinds"),
    counted("{count} medicine", "{count} medicines"),
    counted("{count} more option", "{count} more options"),
    counted("{count} more point", "{count} more points"),
    counted("{count} more question", "{count} more questions"),
    counted("{count} open question", "{count} open questions"),
    counted("{count} note", "{count} notes"),
    counted("{count} option is", "{count} options are"),
    counted("{count} option", "{count} options"),
    counted("{count} other answer", "{count} other answers"),
    counted("{count} other", "{count} others"),
    counted("{count} page", "{count} pages"),
    counted("{count} point", "{count} points"),
    counted("{count} question", "{count} questions"),
    counted("{count} second", "{count} seconds"),
    counted("{count} stop", "{count} stops"),
    counted("{count} yes", "{count} yes"),
)
"""Everything that ``count`` counts: named here for whoever translates."""

CHIP_ROOM = 34
_ISO_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")

_KIND = {
    "addition": tr("added for safety"),
    "decision": tr("our reading"),
    "heading": tr("article heading"),
    "tension": tr("our reading"),
}


def day(value: date) -> str:
    """3 Mar 1954."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def with_days(sentence: str) -> str:
    """A sentence of the parts without a screen, with 2026-11-23 written as 23 Nov 2026; what is no day stays."""
    return _ISO_DAY.sub(lambda found: _day_of(found.group()), sentence)


def _day_of(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:  # a stranger's words may look like one
        return text


def weekday(value: date) -> str:
    """Thu 26 Nov 2026."""
    return f"{_DAYS[value.weekday()]} {day(value)}"


def span(value: DateRange) -> str:
    """An exact or approximate date."""
    if value.earliest == value.latest:
        return day(value.earliest)
    return tr("between {earliest} and {latest}").format(earliest=day(value.earliest), latest=day(value.latest))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unit(label: str) -> str:
    """The unit after a number; "of 10" belongs to the score itself and not to the limits of it."""
    return "" if label.startswith(("of ", tr("of "))) else label


def sex(name: str) -> str:
    """As the pack's question names it, with a capital."""
    return {"female": tr("Female"), "male": tr("Male")}.get(name, capital(name))


def inside(text: str) -> str:
    """An answer as it stands inside a sentence: "Changed" becomes "changed", "L4" and "MRI" stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def shortened(text: str, room: int) -> str:
    """Cut at a word, with an ellipsis; the whole text stands in the tool tip."""
    return text if len(text) <= room else text[: room - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def count(number: int, one: str, many: str = "") -> str:
    """A number with what is counted, in the form of the language. Each noun stands in ``COUNTED``."""
    forms = ("{count} " + one, "{count} " + (many or one + "s"))
    return trn(*forms, number).format(count=number)


def tier_line(tier: Tier) -> str:
    name, time = TIER[tier]
    if tier is Tier.NONE:
        return name
    return f"{name} {time}" if tier is Tier.E else f"{name}, {time}"


def tier_by_name(name: str) -> Tier:
    return Tier[name] if name in Tier.__members__ else Tier.NONE


def days_left(left: int | None, overdue: int) -> str:
    if overdue > 0:
        return tr("{overdue} overdue").format(overdue=count(overdue, "day"))
    if left is None:
        return ""
    return {0: tr("today"), 1: tr("1 day left")}.get(left, tr("{left} days left").format(left=left))


def saved(seconds: int) -> str:
    """How long ago an answer was stored, in steps that do not flicker."""
    if seconds < 2:
        return tr("Saved just now")
    if seconds < 10:
        return tr("Saved {seconds} s ago").format(seconds=seconds)
    if seconds < 60:
        return tr("Saved {value} s ago").format(value=seconds // 10 * 10)
    return (
        tr("Saved {value} min ago").format(value=seconds // 60)
        if seconds < 3600
        else tr("Saved {count} ago").format(count=count(seconds // 3600, "hour"))
    )


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def number(value: float) -> str:
    return f"{value:g}"


def answer(atom: Atom, given: Answer | None) -> str:
    """One answer in words."""
    if given is None:
        return UNKNOWN[Unknown.NOT_ASKED]
    if given.value is None:
        return UNKNOWN[given.unknown or Unknown.NOT_ASKED]
    value = given.value
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, Quantity):
        unit = next((u.label for u in atom.units if u.id == value.unit), value.unit)
        return f"{number(value.entered)} {unit}".strip()
    if isinstance(value, DateRange):
        return span(value)
    if isinstance(value, tuple):
        return count(len(value), "medicine") if value else tr("None taken")
    return next((o.label for o in atom.options if o.id == value), value)


@dataclass(frozen=True, slots=True)
class Provenance:
    """A small grey chip: what something rests on and how that was checked."""

    id: str
    text: str
    tip: str
    unchecked: bool = False


def provenance(pack: Pack, basis: str) -> Provenance:
    """The chip for a statement, addition, decision, disagreement or source id."""
    if basis in pack.statements:
        s = pack.statements[basis]
        tail = _KIND.get(s.kind, "")
        return Provenance(basis, f"{basis} · {tail}" if tail else basis, s.text)
    if basis in pack.disagreements:
        d = pack.disagreements[basis]
        return Provenance(basis, f"{basis} · {CHECK[d.check]}", d.says, d.check is Check.UNCHECKED)
    if basis in pack.sources:
        source = pack.sources[basis]
        short = shortened(source.title, CHIP_ROOM)
        year = f" {source.year}" if source.year and source.year not in short else ""
        words = f"{short}{year} · {CHECK[source.check]}"
        return Provenance(basis, words, f"{source.title} {source.year}. {source.locator}".strip(),
                          source.check is Check.UNCHECKED)
    return Provenance(basis, basis, "")


def initials(name: str) -> str:
    parts = [p for p in name.replace("Dr ", "").split() if p]
    return "".join(p[0] for p in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
