"""What the patient's sheet says, in the pack's language or in a translation; what is missing stands in English."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, bold, text
from desktop_app.documents.words import sentence, weekday
from desktop_app.engine.translations import load_translation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop_app.engine.model import FixedText, Option, Pack
    from desktop_app.engine.translations import Translated, Translation

STANDS_IN = "[English]"  # before words that nobody translated, or whose English has changed since


@dataclass(frozen=True, slots=True)
class PatientWords:
    """The words in one language. ``translation`` None: the pack's own."""

    translation: Translation | None = None

    def text(self, one: FixedText) -> str:
        return self._in_language(one.id, one.text, self.translation.texts if self.translation is not None else {})

    def option(self, option: Option) -> str:
        """The pack's sentences for patients about an option; "" when it has none."""
        if not option.for_patient or self.translation is None:
            return sentence(option.for_patient)
        return self._in_language(option.id, option.for_patient, self.translation.options)

    def _in_language(self, key: str, english: str, known: Mapping[str, Translated]) -> str:
        if self.translation is None:
            return english
        found = known.get(key)
        return found.words if found is not None and found.english == english else f"{STANDS_IN} {english}"

    def day(self, when: date) -> str:
        if self.translation is None:
            return weekday(when)
        return self.translation.date.format(
            weekday=self.translation.weekdays[when.weekday()],
            day=when.day,
            month=self.translation.months[when.month - 1],
            year=when.year,
        )

    def side(self, side: str) -> str:
        """Left or right as it stands beside "leg"; "" when it is not known."""
        return self.translation.sides.get(side, "") if self.translation is not None else side


def words_for(pack: Pack, language: str) -> PatientWords:
    """The words for a language; the pack's own where it has no translation into it."""
    if language in {"", pack.info.language}:
        return PatientWords()
    return PatientWords(load_translation(Path(pack.folder), language))


def filled(words: str, gap: str, value: str) -> str:
    """``words`` with a value in its gap; no value leaves no second space and none before a full stop."""
    if value:
        return words.replace(gap, value)
    return " ".join(words.replace(gap, "").split()).replace(" .", ".").replace(" ।", "।")


def with_bold(words: str, gap: str, value: str) -> Text:
    """The same with the value in bold."""
    before, _, after = words.partition(gap)
    return text(before, bold(value), after)
