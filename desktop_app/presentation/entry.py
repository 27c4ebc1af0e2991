"""Turns what was typed into an answer, or into words at the field that say what is wrong."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app import language
from desktop_app.engine.answers import Answer, DateRange, Quantity
from desktop_app.engine.model import Atom
from desktop_app.language import tr
from desktop_app.presentation import date_words, words

_AGO = re.compile(r"(?:about |ca |~ ?)?(\d{1,3}|an?|one|two|three|four|five|six) ?"
                  r"(d|day|w|wk|week|mo|month|y|yr|year)s?(?: ago)?")
_AHEAD = re.compile(r"in (\d{1,3}|an?|one|two|three|four|five|six) ?(d|day|w|wk|week|mo|month|y|yr|year)s?")
_UNIT = {"d": "day", "w": "week", "wk": "week", "mo": "month", "y": "year", "yr": "year"}
_WORD_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"([^\W\d_]{3,})\.?"  # of a month, in English or in the language of the screens
_FIGURE = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([.,]\d{3})+([.,]\d*)?")  # a thousand to one reader and one to another
_WITH_UNIT = re.compile(r"([-+]?[\d.,]+)\s*([^\d\s.,+-].*)")  # 0.9 mg/dl, as it stands on the report
_OLDEST = date(1900, 1, 1)
_LONG_AGO = 20  # years from which on a date is asked back
_EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}")  # 4/5/2026 is April to one reader and May to another


@dataclass(frozen=True, slots=True)
class Entry:
    """``answer`` when it can be taken; ``warning`` asks for a confirmation; ``error`` refuses."""

    answer: Answer | None = None
    error: str = ""
    warning: str = ""
    echo: str = ""  # how it was understood, when that is not plain from what was typed


def free_text(text: str, atom: Atom) -> Entry:
    """Words for the record; where a figure has to stand in them, in digits."""
    clean = text.strip()
    if atom.lacks_figure(clean):
        return Entry(error=tr("Write the figure too, in digits: “{strip}” sets no limit.").format(strip=clean))
    return Entry(answer=Answer(clean))


def number(text: str, atom: Atom, unit: str = "", *, confirmed: bool = False) -> Entry:
    """A number in one of the finding's units, checked against its two ranges. A unit written after it is the one that
    counts, whatever stands in ``unit``.
    """
    text, unit = _with_its_unit(text.strip(), atom, unit)
    if wrong := two_meanings(text):
        return Entry(error=wrong)
    entered = figure(text)
    if entered is None:
        return Entry(error=tr("“{strip}” is not a number. Write digits, for example 75.").format(strip=text.strip()))
    chosen = next((u for u in atom.units if u.id == unit), atom.units[0] if atom.units else None)
    factor, label = (chosen.factor, words.unit(chosen.label)) if chosen else (1.0, "")
    limits = atom.range
    base = entered * factor
    warning = ""
    if limits is not None:
        if not limits.error_min <= base <= limits.error_max:
            told = tr("{entered} {label} cannot be right: it has to lie between {error_min} and {error_max} {label}.")
            return Entry(error=told.format(
                entered=words.number(entered), label=label, error_min=_in(limits.error_min, factor),
                error_max=_in(limits.error_max, factor)).replace("  ", " ").replace(" .", "."))
        if limits.decimals == 0 and chosen is not None and factor == 1.0 and entered != int(entered):
            return Entry(error=tr("Write a whole number."))
        if not limits.warn_min <= base <= limits.warn_max:
            warning = tr("{entered} {label} is unusual: mostly between {warn_min} and {warn_max}. Is it right?").format(
                entered=words.number(entered),
                label=label,
                warn_min=_in(limits.warn_min, factor),
                warn_max=_in(limits.warn_max, factor),
            )
    given = Answer(Quantity(base, entered, chosen.id if chosen else ""), confirmed=bool(warning) and confirmed)
    return Entry(answer=given, warning="" if confirmed else warning)


def figure(text: str) -> float | None:
    """A number as people write it, with a point or a comma; None for what only a program reads as one (1e3, 1_5)."""
    clean = text.strip()
    return float(clean.replace(",", ".")) if _FIGURE.fullmatch(clean) else None


def two_meanings(text: str) -> str:
    """What to write in the place of a number such as 1,000 or 1.000; empty for a number that has one meaning."""
    told = tr("Write 1000 for a thousand, and 1.5 for one and a half.")
    return told if _THOUSANDS.fullmatch(text.strip()) else ""


def _with_its_unit(text: str, atom: Atom, unit: str) -> tuple[str, str]:
    """What was typed without its unit, and that unit; as it was where the unit is none of the finding's."""
    found = _WITH_UNIT.fullmatch(text)
    told = next((u.id for u in atom.units if found and _plain(u.label) == _plain(found[2])), "")
    return (found[1], told) if found and told else (text, unit)


def _plain(label: str) -> str:
    """A unit as it is typed: the micro sign is on few keyboards, and Unicode has it twice."""
    return "".join(label.lower().split()).replace("\u00b5", "u").replace("\u03bc", "u")


def _in(base: float, factor: float) -> str:
    return words.number(round(base / factor, 2))


def picks(today: date, *, allow_future: bool = False) -> tuple[tuple[str, DateRange], ...]:
    """Days that are told most often, each with its words. What is past is told roughly, what is planned is a day."""
    if allow_future:
        ahead = ((tr("Today"), 0), (tr("In 1 week"), 7), (tr("In 2 weeks"), 14), (tr("In 4 weeks"), 28))
        return tuple((told, DateRange(day, day)) for told, days in ahead for day in (today + timedelta(days=days),))
    said = (("today", tr("Today")), ("1 week ago", tr("1 week ago")), ("2 weeks ago", tr("2 weeks ago")),
            ("6 weeks ago", tr("6 weeks ago")), ("3 months ago", tr("3 months ago")))
    read = ((shown, moment(text, today).answer) for text, shown in said)
    return tuple((shown, given.value) for shown, given in read
                 if given is not None and isinstance(given.value, DateRange))


def moment(text: str, today: date, *, allow_future: bool = False, born: date | None = None,
           confirmed: bool = False) -> Entry:
    """A date: 12 Oct 2026, Oct 12, 2026, 2026-10-12, 12.10.2026, Oct 2026, 2026, today or t, 6 weeks ago or 6w.

    With ``allow_future`` it is a planned day: in 2 weeks or 2w, and 1 Dec is the next one. None lies before ``born``.
    """
    typed = " ".join(text.strip().lower().replace(",", " ").split())
    clean = date_words.in_english(typed, language.now())
    if not clean:
        return Entry(error=tr("Write a day, for example 12 Dec 2026 or in 2 weeks.") if allow_future
                     else tr("Write a date, for example 12 Oct 2026 or 6 weeks ago."))
    found = (_ahead(clean, today, plain=allow_future) or _relative(clean, today) or _calendar(clean)
             or _without_year(clean, today, ahead=allow_future))
    if found is None:
        return Entry(error=(tr("“{strip}” is not a date this program can read. Write 12 Dec 2026 or in 2 weeks.")
                            if allow_future else
                            tr("“{strip}” is not a date this program can read. Write 12 Oct 2026, Oct 2026 or "
                               "6 weeks ago.")).format(strip=text.strip()))
    earliest, latest = found
    if earliest > today and not allow_future:
        return Entry(error=tr("{earliest} lies in the future.").format(earliest=words.day(earliest)))
    if earliest < _OLDEST:
        return Entry(error=tr("{earliest} is too long ago.").format(earliest=words.day(earliest)))
    if born is not None and latest < born:
        return Entry(error=tr("{day} lies before the patient was born, {born}.").format(
            day=words.span(DateRange(earliest, latest)), born=words.day(born)))
    if not allow_future:
        latest = min(latest, today)
    value = DateRange(earliest if born is None else max(earliest, born), latest)
    warning = "" if confirmed else _doubtful(clean, value, today)
    return Entry(answer=Answer(value), echo=words.span(value), warning=warning)


def _doubtful(clean: str, value: DateRange, today: date) -> str:
    """What is asked back before a date is taken; "" for a plain one."""
    if (either := _EITHER.fullmatch(clean)) and either[1] != either[2] and max(int(either[1]), int(either[2])) <= 12:
        return tr("Read as {day}, the day before the month. Is it right?").format(day=words.span(value))
    if today.year - value.latest.year > _LONG_AGO:
        return tr("{day} is more than {years} years ago. Is it right?").format(day=words.span(value), years=_LONG_AGO)
    return ""


def _ahead(clean: str, today: date, *, plain: bool) -> tuple[date, date] | None:
    """In 2 weeks; where a day is planned, 2 weeks or 2w alone means the same. What is planned is a day."""
    match = _AHEAD.fullmatch(clean if clean.startswith("in ") or not plain else f"in {clean}")
    if match is None:
        return None
    many, word = _WORD_NUMBERS.get(match[1]) or int(match[1]), _UNIT.get(match[2], match[2])
    if word in {"month", "year"}:
        day = _months_before(today, -many * (12 if word == "year" else 1))
    else:
        day = today + timedelta(days=many * (7 if word == "week" else 1))
    return day, day


def _relative(clean: str, today: date) -> tuple[date, date] | None:
    if clean in {"t", "today", "now"}:
        return today, today
    if clean == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    match = _AGO.fullmatch(clean)
    if match is None:
        return None
    word = _UNIT.get(match[2], match[2])
    many = _WORD_NUMBERS.get(match[1]) or int(match[1])
    # A round number of weeks or months is not a day: half a unit either way stays possible.
    unit, slack = {"day": (1, 0), "week": (7, 3), "month": (30, 15), "year": (365, 182)}[word]
    if word == "month":
        middle = _months_before(today, many)
    elif word == "year":
        middle = _months_before(today, 12 * many)
    else:
        middle = today - timedelta(days=many * unit)
    return middle - timedelta(days=slack), middle + timedelta(days=slack)


def _months_before(today: date, months: int) -> date:
    index = today.year * 12 + today.month - 1 - months
    year, month = max(index // 12, 1), index % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _whole_month(year: int, month: int) -> tuple[date, date] | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _calendar(clean: str) -> tuple[date, date] | None:
    if re.fullmatch(r"\d{4}", clean):
        year = int(clean)
        return (date(year, 1, 1), date(year, 12, 31)) if year >= 1 else None
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", clean):
        return _whole_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(_NAME + r" (\d{4})", clean):
        return _whole_month(int(match[2]), _month(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", clean):
        return _exact(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})", clean):
        return _exact(int(match[4]), int(match[3]), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})\.? " + _NAME + r" (\d{4})", clean):
        return _exact(int(match[3]), _month(match[2]), int(match[1]))
    if match := re.fullmatch(_NAME + r" (\d{1,2}) (\d{4})", clean):
        return _exact(int(match[3]), _month(match[1]), int(match[2]))
    return None


def _without_year(clean: str, today: date, *, ahead: bool) -> tuple[date, date] | None:
    """1 Oct: the latest such day that does not lie in the future; where a day is planned, the next one."""
    match = re.fullmatch(r"(\d{1,2})\.? " + _NAME, clean)
    if match is None:
        return None
    month, day = _month(match[2]), int(match[1])
    if ahead:
        coming = range(today.year, today.year + 9)
        return next((f for y in coming if (f := _exact(y, month, day)) is not None and f[0] >= today), None)
    years = range(today.year, max(today.year - 8, 1), -1)  # 29 Feb may be up to eight years ago
    return next((f for y in years if (f := _exact(y, month, day)) is not None and f[0] <= today), None)


def _month(name: str) -> int:
    """1 to 12 by the first letters, in English or in the language of the screens; 0 for another word."""
    if name[:3] in _MONTHS:
        return _MONTHS.index(name[:3]) + 1
    own = [month.strip(".").lower() for month in words.MONTHS]
    return next((number for number, month in enumerate(own, 1) if name.startswith(month)), 0)


def _exact(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found
