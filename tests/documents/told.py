"""The plans of the reviewed documents, told in another language than English."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import load_case
from desktop_app.parts import Spoken
from desktop_app.use_cases.in_words import in_words
from desktop_app.use_cases.loaded import Loaded
from desktop_app.use_cases.ports import PlanInput
from tests.documents.test_reviewed import CASES, GUIDELINE, plans

SPEAK = Spoken()


@cache
def plan_in(language: str, name: str) -> PlanInput:
    """The plan of one of the cases, its pages to be told in ``language``."""
    plan = plans((name,))[name]
    case = load_case(GUIDELINE / "cases" / f"{CASES[name][0]}.yaml", plan.pack)
    said = SPEAK(Loaded(plan.pack, ClinicalArithmetic(plan.pack)), language)
    return replace(plan, language=language, words=in_words(language, said, case.sheet, plan.decision.as_of))


def strings(thing: object, name: str = "") -> list[tuple[str, str]]:
    """Every string of a content tree with the name of the field that holds it."""
    if isinstance(thing, str):
        return [(name, thing)]
    if isinstance(thing, bytes | int | float | None):
        return []
    if is_dataclass(thing):
        return [one for field in fields(thing) for one in strings(getattr(thing, field.name), field.name)]
    if isinstance(thing, dict):
        return [one for value in thing.values() for one in strings(value, name)]
    try:
        return [one for part in thing for one in strings(part, name)]  # type: ignore[attr-defined]
    except TypeError:
        return []
