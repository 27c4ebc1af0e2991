"""The decision record: what was decided and why, as JSON that is the same bytes for the same input."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from desktop_app.engine.answers import Answer, DateRange, Medicine, Quantity, Value
from desktop_app.engine.decision import (
    CriterionResult,
    Decision,
    Fact,
    OpenQuestion,
    OptionAdvice,
    Reason,
    Truth,
)

Json = Mapping[str, object]

_SCOPE = {Truth.YES: "in", Truth.NO: "out", Truth.UNKNOWN: "unknown"}


def record(decision: Decision) -> dict[str, object]:
    """The decision record as plain JSON data. Dates are ISO, absent values null."""
    tier = decision.tier
    return {
        "guideline": {
            "id": decision.guideline_id,
            "version": decision.guideline_version,
            "content_hash": decision.content_hash,
        },
        "as_of": decision.as_of.isoformat(),
        "scope": _SCOPE[decision.scope],
        "scope_reasons": [_reason(r) for r in decision.scope_reasons],
        "tier": {
            "floor": tier.floor.name,
            "ceiling": tier.ceiling.name,
            "final": tier.final,
            "due_date": _day(tier.due_date),
            "rule_out_by": _day(tier.rule_out_by),
            "overdue_days": tier.overdue_days,
            "days_left": tier.days_left,
            "act_today": tier.act_today,
            "clock_stopped": tier.clock_stopped,
            "reasons": [_criterion(result) for result in tier.reasons],
            "not_ruled_out": [_criterion(result) for result in tier.open_criteria],
        },
        "emergency_screen": {
            "complete": decision.emergency.complete,
            "positive": list(decision.emergency.positive),
            "unanswered": list(decision.emergency.unanswered),
            "lapsed": list(decision.lapsed),
        },
        "imaging": {
            "verdict": decision.imaging.verdict,
            "possible": list(decision.imaging.possible),
            "adequacy": decision.imaging.adequacy,
            "action": decision.imaging.action,
            "action_text": decision.imaging.action_text,
            "basis": list(decision.imaging.basis),
            "root": decision.imaging.root,
            "root_possible": list(decision.imaging.root_possible),
        },
        "recommendations": [_option(advice) for advice in decision.options],
        "medicines": dict(decision.medicines),
        "unanswered_that_matter": [_question(question) for question in decision.questions],
        "contradictions": list(decision.contradictions),
        "doubts": list(decision.doubts),
        "conditions": {name: truth.value for name, truth in decision.conditions.items()},
        "derived": {name: list(words) for name, words in decision.derived.items()},
        "texts": {name: truth.value for name, truth in decision.texts.items()},
        "answers": {name: answer_record(answer) for name, answer in decision.answers.items()},
    }


def record_text(decision: Decision) -> str:
    """The record as JSON text: sorted keys, UTF-8, one trailing line break."""
    return json.dumps(record(decision), sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def answer_record(answer: Answer) -> dict[str, object]:
    """One answer with everything that was recorded about it."""
    found: dict[str, object] = {"value": value_record(answer.value)}
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
        found["excluded"] = {
            "how": answer.excluded.how,
            "by": answer.excluded.by,
            "on": answer.excluded.on.isoformat(),
            "entered_in_error": answer.excluded.entered_in_error,
        }
    return found


def value_record(value: Value | None) -> object:
    """A typed value as JSON data that says its own type by its shape."""
    if isinstance(value, Quantity):
        return {"base": value.base, "entered": value.entered, "unit": value.unit}
    if isinstance(value, DateRange):
        return {"earliest": value.earliest.isoformat(), "latest": value.latest.isoformat()}
    if isinstance(value, tuple):
        return [_medicine(entry) for entry in value]
    return value


def _medicine(entry: Medicine) -> Json:
    return {
        "drug": entry.drug,
        "per_day": entry.per_day,
        "unit": entry.unit,
        "route": entry.route,
        "as_needed": entry.as_needed,
        "maximum_known": entry.maximum_known,
        "note": entry.note,
    }


def _day(when: date | None) -> str | None:
    return None if when is None else when.isoformat()


def _fact(fact: Fact) -> Json:
    return {"finding": fact.atom, "label": fact.label, "value": fact.value, "known": fact.known}


def _reason(reason: Reason) -> Json:
    return {
        "text": reason.text,
        "truth": reason.truth.value,
        "facts": [_fact(fact) for fact in reason.facts],
        "basis": list(reason.basis),
    }


def _criterion(result: CriterionResult) -> Json:
    return {
        "id": result.id,
        "tier": result.tier.name,
        "truth": result.truth.value,
        "label": result.label,
        "action": result.action,
        "why": [_reason(reason) for reason in result.why],
        "basis": list(result.basis),
        "clock_start": _day(result.clock_start),
        "limit_date": _day(result.limit_date),
        "start_unknown": result.start_unknown,
        "missing": [_fact(fact) for fact in result.missing],
        "not_here": list(result.not_here),
        "disagreements": [{"id": d.id, "fits": d.fits.value} for d in result.disagreements],
    }


def _option(advice: OptionAdvice) -> Json:
    return {
        "id": advice.id,
        "title": advice.title,
        "group": advice.group,
        "kind": advice.kind,
        "status": advice.status.value,
        "text": advice.text,
        "summary": advice.summary,
        "why": [_reason(reason) for reason in advice.why],
        "why_not": [_reason(reason) for reason in advice.why_not],
        "missing": [_fact(fact) for fact in advice.missing],
        "cautions_met": list(advice.cautions_met),
        "cautions_open": list(advice.cautions_open),
        "prohibited_by": list(advice.prohibited_by),
        "flips": [
            {
                "changes": [
                    {"finding": c.atom, "label": c.label, "now": c.now, "then": c.then} for c in flip.changes
                ],
                "status": flip.status.value,
                "sentence": flip.sentence,
            }
            for flip in advice.flips
        ],
        "blocked_by": list(advice.blocked_by),
        "not_here": list(advice.not_here),
        "statements": list(advice.statements),
        "disagreements": [{"id": d.id, "fits": d.fits.value} for d in advice.disagreements],
        "notes": [{"text": n.text, "fits": n.fits.value, "basis": list(n.basis)} for n in advice.notes],
    }


def _question(question: OpenQuestion) -> Json:
    return {
        "question": question.question,
        "finding": question.atom,
        "label": question.label,
        "effect": question.effect,
        "raises_to": None if question.raises_to is None else question.raises_to.name,
        "decides": list(question.decides),
    }
