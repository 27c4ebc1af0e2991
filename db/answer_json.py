"""Answers as JSON text and back without loss. Every kind of value names itself, so none is guessed."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown, Value

Json = Any


def to_text(answer: Answer) -> str:
    if (answer.value is None) == (answer.unknown is None):
        raise ValueError("an answer has a value or says why there is none")
    found: dict[str, Json] = {}
    if answer.value is not None:
        found["value"] = _value(answer.value)
    if answer.unknown is not None:
        found["unknown"] = answer.unknown.value
    if answer.on is not None:
        found["on"] = answer.on.isoformat()
    if answer.bulk:
        found["bulk"] = True
    if answer.confirmed:
        found["confirmed"] = True
    if answer.note:
        found["note"] = answer.note
    if answer.excluded is not None:
        ended = answer.excluded
        found["excluded"] = {"how": ended.how, "by": ended.by, "on": ended.on.isoformat(),
                             "entered_in_error": ended.entered_in_error}
    return json.dumps(found, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_text(text: str) -> Answer:
    """Raises ValueError, KeyError or TypeError when the text is not what ``to_text`` writes."""
    found = json.loads(text)
    if not isinstance(found, dict) or ("value" in found) == ("unknown" in found):
        raise ValueError("not an answer")
    ended = found.get("excluded")
    return Answer(
        value=_read_value(found["value"]) if "value" in found else None,
        unknown=Unknown(found["unknown"]) if "unknown" in found else None,
        on=date.fromisoformat(found["on"]) if "on" in found else None,
        bulk=bool(found.get("bulk", False)),
        excluded=None if ended is None else Exclusion(
            how=ended["how"], by=ended["by"], on=date.fromisoformat(ended["on"]),
            entered_in_error=bool(ended["entered_in_error"])),
        confirmed=bool(found.get("confirmed", False)),
        note=found.get("note", ""),
    )


def _value(value: Value) -> Json:
    match value:
        case bool():
            return {"yes_no": value}
        case str():
            return {"text": value}
        case Quantity():
            return {"quantity": {"base": _number(value.base), "entered": _number(value.entered),
                                 "unit": value.unit}}
        case DateRange():
            return {"date": [value.earliest.isoformat(), value.latest.isoformat()]}
        case tuple():
            return {"medicines": [_medicine(one) for one in value]}


def _medicine(one: Medicine) -> Json:
    return {"drug": one.drug, "per_day": None if one.per_day is None else _number(one.per_day),
            "unit": one.unit, "route": one.route, "as_needed": one.as_needed,
            "maximum_known": one.maximum_known, "note": one.note}


def _number(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError("a quantity is a finite number")
    return number


def _read_value(found: Json) -> Value:
    [(kind, content)] = dict(found).items()
    match kind:
        case "yes_no":
            return bool(content)
        case "text":
            return str(content)
        case "quantity":
            return Quantity(base=content["base"], entered=content["entered"], unit=content["unit"])
        case "date":
            earliest, latest = content
            return DateRange(date.fromisoformat(earliest), date.fromisoformat(latest))
        case "medicines":
            return tuple(Medicine(**one) for one in content)
    raise ValueError(f"an answer of the unknown kind {kind!r}")
