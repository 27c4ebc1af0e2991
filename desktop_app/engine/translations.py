"""Words for patients in another language: data of a pack, each beside the English that it was made from.

A translation says what it is: drafted by a machine, or approved by a named person. The approval names the
fingerprint of the words that were approved; whoever changes one word afterwards takes the approval away.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from desktop_app.engine.loader import TRANSLATIONS
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import Problem, Problems
from desktop_app.engine.reader import Node, read_file, read_text

SHEETS = ("handout.", "aid.")  # the places of texts that a translation has to give
DIRECTIONS = ("left_to_right", "right_to_left")
STATES = ("machine_drafted", "approved")
_NAMES = (
    "language",
    "name",
    "english_name",
    "direction",
    "state",
    "approved_by",
    "approved_on",
    "approved_words",
    "notice",
    "date",
    "weekdays",
    "months",
    "sides",
    "texts",
    "options",
)


@dataclass(frozen=True, slots=True)
class Translated:
    english: str  # what it was made from
    words: str


@dataclass(frozen=True, slots=True)
class Translation:
    """One language of a pack. ``approved_by`` and ``approved_on`` are empty while nobody approved these words."""

    language: str  # BCP 47: fr, pt-BR
    name: str  # as its readers call it
    english_name: str
    right_to_left: bool
    approved_by: str
    approved_on: str
    notice: str  # what a page says while nobody approved it
    date: str  # with {weekday}, {day}, {month}, {year}
    weekdays: tuple[str, ...]  # from Monday
    months: tuple[str, ...]  # from January
    sides: Mapping[str, str]  # left, right
    texts: Mapping[str, Translated]  # id of a text
    options: Mapping[str, Translated]  # id of an option: its words for patients

    @property
    def approved(self) -> bool:
        return bool(self.approved_by)

    @property
    def shorter(self) -> float:
        """Of all letters in both languages, the share of the English ones: below a half where it is the shorter."""
        pairs = [*self.texts.values(), *self.options.values()]
        english, words = (sum(map(len, column)) for column in zip(*((one.english, one.words) for one in pairs),
                                                                  strict=True)) if pairs else (1, 1)
        return english / (english + words)

    @property
    def fingerprint(self) -> str:
        """Twelve digits over every word, for an approval to name."""
        digest = hashlib.sha256()
        for section in (self.texts, self.options):
            for name, one in sorted(section.items()):
                digest.update(f"{name}\0{one.english}\0{one.words}\0".encode())
        rest = (self.date, *self.weekdays, *self.months, *(f"{side} {word}" for side, word in self.sides.items()))
        digest.update("\0".join(rest).encode())
        return digest.hexdigest()[:12]


def wanted(pack: Pack) -> tuple[dict[str, str], dict[str, str]]:
    """The English that a translation has to cover: texts of both sheets and words about options, by id."""
    texts = {one.id: one.text for one in pack.texts if one.place.startswith(SHEETS)}
    return texts, {one.id: one.for_patient for one in pack.options.values() if one.for_patient}


def languages(folder: Path) -> tuple[str, ...]:
    """The languages that a pack has words in besides its own."""
    return tuple(sorted(path.stem for path in (folder / TRANSLATIONS).glob("*.yaml")))


@lru_cache(maxsize=4)
def language_names(folder: Path) -> Mapping[str, tuple[str, str]]:
    """Language to its own name and its English one, from the head of each file alone: for a list to choose from."""
    found = {}
    for language in languages(folder):
        raw = (folder / TRANSLATIONS / f"{language}.yaml").read_bytes().partition(b"\ntexts:")[0]
        top = read_text(raw, Problems(), language)
        if top is not None and top.kind == "map":
            found[language] = (top.text_of("name", language), top.text_of("english_name", language))
    return found


@lru_cache(maxsize=32)
def load_translation(folder: Path, language: str) -> Translation | None:
    """The translation of a pack into a language; None when there is none. Raises ``ContentError``."""
    if language not in languages(folder):
        return None
    problems = Problems()
    found = _read(folder, language, problems)
    problems.finish()
    return found[0] if found is not None else None


def _read(folder: Path, language: str, problems: Problems) -> tuple[Translation, Node] | None:
    name = f"{TRANSLATIONS}/{language}.yaml"
    top = read_file(folder / TRANSLATIONS / f"{language}.yaml", problems, name)
    if top is None:
        return None
    if top.kind != "map":
        top.problem("a translation is a map of names", ", ".join(_NAMES))
        return None
    top.only(*_NAMES)
    if (own := top.need("language").text()) != language:
        top.nodes.get("language", top).problem(f"the file is named {language!r} but says {own!r}", language)
    sides = top.need("sides")
    sides.only("left", "right")
    translation = Translation(
        language=language,
        name=top.need("name").text(),
        english_name=top.need("english_name").text(),
        right_to_left=top.need("direction").one_of(DIRECTIONS, "direction") == DIRECTIONS[1],
        approved_by="",
        approved_on="",
        notice=top.need("notice").text(),
        date=top.need("date").text(),
        weekdays=_list(top.need("weekdays"), 7),
        months=_list(top.need("months"), 12),
        sides={side: sides.need(side).text() for side in ("left", "right")},
        texts=_translated(top.need("texts")),
        options=_translated(top.need("options")),
    )
    return _with_approval(translation, top), top


def _list(node: Node, count: int) -> tuple[str, ...]:
    words = node.texts()
    if len(words) != count:
        node.problem(f"{len(words)} words stand here", f"{count} words")
    return words


def _translated(node: Node) -> dict[str, Translated]:
    found = {}
    for key, each in node.entries().items():
        each.only("english", "words")
        found[key] = Translated(each.need("english").text(), each.need("words").text())
    return found


def _with_approval(translation: Translation, top: Node) -> Translation:
    """The translation with who approved it, when somebody approved these very words."""
    approved = top.need("state").one_of(STATES, "state") == STATES[1]
    given = ("approved_by", "approved_on", "approved_words")
    if not approved:
        for key in given:
            if key in top.nodes:
                top.nodes[key].problem(f"a draft has no {key!r}", "leave it out, or state: approved", key=True)
        return translation
    by, on, words = top.need(given[0]).text(), top.need(given[1]).day(), top.need(given[2]).text()
    if words != translation.fingerprint:
        top.nodes.get(given[2], top).problem(
            "the words were changed after they were approved", f"{translation.fingerprint}, once these are approved"
        )
        return translation
    return replace(translation, approved_by=by, approved_on=str(on or ""))


# -- what the check command looks for -------------------------------------------------------------


def check_translations(pack: Pack) -> tuple[list[Problem], list[str]]:
    """Mistakes, missing and stale words of every language; and one line about the state of each."""
    folder = Path(pack.folder)
    problems, notices = Problems(), list[str]()
    for language in languages(folder):
        found = _read(folder, language, problems)
        if found is None:
            continue
        translation, top = found
        for section, english, given in zip(("texts", "options"), wanted(pack), (translation.texts, translation.options),
                                           strict=True):
            _compare(top.need(section), english, given)
        state = (
            f"approved by {translation.approved_by}, {translation.approved_on}"
            if translation.approved
            else f"machine-drafted, not reviewed; fingerprint {translation.fingerprint}"
        )
        notices.append(f"{TRANSLATIONS}/{language}.yaml: {translation.english_name}: {state}")
    return list(problems), notices


def _compare(node: Node, english: Mapping[str, str], given: Mapping[str, Translated]) -> None:
    for key, text in english.items():
        one = given.get(key)
        if one is None:
            node.problem(f"{key!r} is not translated; English stands in", "english and words")
        elif one.english != text:
            node.nodes[key].problem(f"{key!r} was made from other English than stands there now; English stands in",
                                    "translate it anew", key=True)
        elif slots(one.words) != slots(text):
            node.nodes[key].problem(f"{key!r} has other numbers or gaps than the English",
                                    ", ".join(slots(text)) or "no number, no gap", key=True)
    for key in given.keys() - english.keys():
        node.nodes[key].problem(f"{key!r} is no text for patients", "leave it out", key=True)


def slots(words: str) -> tuple[str, ...]:
    """Numbers and {gaps} of a text in alphabetical order: the same in every language, or it says something else."""
    return tuple(sorted(_slots(words)))


def _slots(words: str) -> Iterator[str]:
    yield from re.findall(r"\{\w+\}|\d+(?:[.,]\d+)*", words)


def stale(pack: Pack, translation: Translation) -> Sequence[str]:
    """Ids of what is missing or was made from other English."""
    found = []
    for english, given in zip(wanted(pack), (translation.texts, translation.options), strict=True):
        found += [key for key, text in english.items() if key not in given or given[key].english != text]
    return found
