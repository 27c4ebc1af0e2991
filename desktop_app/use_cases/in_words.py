"""What a paper is told in: the advice once more, from the same answers, in the language of the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.judge import judge
from desktop_app.language import on_paper
from desktop_app.use_cases.loaded import Loaded
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.ports import InWords


def in_words(
    language: str, loaded: Loaded, sheet: AnswerSheet, as_of: date, services: Callable[[], Mapping[str, str]] = dict
) -> InWords:
    """``loaded`` is the guideline as it is said in ``language``; ``services`` tells in it where each one is."""
    with on_paper(language):
        decision = judge(loaded.pack, sheet, as_of, loaded.clinical, services=services()).complete()
        return InWords(loaded.pack, decision, pictures(loaded.clinical, decision))
