"""How long ago and how far ahead, as people type it in the languages of the screens; English is always understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language. A number of ``units`` alone lies in the past, as in English."""

    today: tuple[str, ...]
    yesterday: tuple[str, ...]
    ago: tuple[str, ...]
    ahead: tuple[str, ...]
    units: Mapping[str, str]
    numbers: tuple[tuple[str, ...], ...]  # one, two, three …
    between: str = ""  # a word between day, month and year
    first: str = ""  # how the first of a month is written


LANGUAGES: Mapping[str, DateWords] = {
    "fr": DateWords(
        today=("aujourd'hui", "auj"), yesterday=("hier",), ago=("il y a", "depuis"), ahead=("dans",),
        units={"j": "day", "jour": "day", "jours": "day", "sem": "week", "semaine": "week", "semaines": "week",
               "mois": "month", "an": "year", "ans": "year", "année": "year", "années": "year"},
        numbers=(("un", "une"), ("deux",), ("trois",), ("quatre",), ("cinq",), ("six",)), first="1er",
    ),
    "es": DateWords(
        today=("hoy",), yesterday=("ayer",), ago=("hace", "desde hace"), ahead=("en", "dentro de"),
        units={"d": "day", "día": "day", "días": "day", "dia": "day", "dias": "day", "sem": "week", "semana": "week",
               "semanas": "week", "mes": "month", "meses": "month", "año": "year", "años": "year"},
        numbers=(("un", "una", "uno"), ("dos",), ("tres",), ("cuatro",), ("cinco",), ("seis",)), between="de",
    ),
}


def in_english(typed: str, language: str) -> str:
    """What was typed, small and with single spaces, as the English reader knows it; as it was where nothing fits."""
    known = LANGUAGES.get(language)
    if known is None:
        return typed
    plain = typed.replace("’", "'").rstrip(".")
    if plain in known.today:
        return "today"
    if plain in known.yesterday:
        return "yesterday"
    named = [name for names in known.numbers for name in names]
    spans = re.fullmatch(rf"(?:({_any(known.ago)})|({_any(known.ahead)}))? ?(\d{{1,3}}|{_any(named)}) ?"
                         rf"({_any(known.units)})", plain)
    if spans is not None:
        many = next((str(n) for n, names in enumerate(known.numbers, 1) if spans[3] in names), spans[3])
        span = f"{many} {known.units[spans[4]]}"
        return f"in {span}" if spans[2] else f"{span} ago" if spans[1] else span
    if known.first and typed.startswith(f"{known.first} "):
        return "1" + typed.removeprefix(known.first)
    return typed.replace(f" {known.between} ", " ") if known.between else typed


def _any(words: Iterable[str]) -> str:
    """Longest first, so that no word is taken for the beginning of another."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
