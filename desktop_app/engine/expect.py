"""Compares what a worked case states with what the engine decides, and says each difference in words.

Expectations are written by people before the first run. Nothing here can change a case file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.engine.cases import Case, Expectation
from desktop_app.engine.decision import Decision, Truth
from desktop_app.engine.derive import Clinical
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack

NOTHING = "none"
ABSENT = {"criteria": "no", "clauses": "no", "notes": "no", "contradictions": "no", "asked": "yes"}
"""How something comes out that a decision does not mention because it does not apply."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One expectation that the decision does not meet."""

    case: str
    expectation: Expectation
    found: str

    def __str__(self) -> str:
        place = self.expectation.place
        what = " of ".join(reversed(self.expectation.path))
        return (
            f"{place.file}:{place.line}:{place.column}: case {self.case}: {what} is "
            f"{self.found}, expected {self.expectation.wanted}"
        )


def unmet(case: Case, decision: Decision, pack: Pack) -> list[Unmet]:
    """Every stated expectation that does not hold, in the order of the file."""
    truth = {**_found(decision), **_shown(decision, pack)}
    results = []
    for each in case.expectations:
        if each.path[0] == "medicines":
            found = _medicine(each.path[1:], decision.medicines)
        else:
            found = truth.get(each.path, ABSENT.get(each.path[0], NOTHING))
        if found != each.wanted and not _same_number(found, each.wanted):
            results.append(Unmet(case.id, each, found))
    return results


def run_case(case: Case, pack: Pack, clinical: Clinical) -> tuple[Decision, list[Unmet]]:
    """Decide on a case, without explanations, and compare."""
    decision = decide(pack, case.sheet, case.as_of, clinical, explain=False)
    return decision, unmet(case, decision, pack)


def _found(decision: Decision) -> Mapping[tuple[str, ...], str]:
    """The decision as the same flat statements that a case makes."""
    tier, imaging = decision.tier, decision.imaging
    found: dict[tuple[str, ...], str] = {
        ("floor",): tier.floor.name,
        ("ceiling",): tier.ceiling.name,
        ("final",): _word(truth=tier.final),
        ("due_date",): NOTHING if tier.due_date is None else tier.due_date.isoformat(),
        ("rule_out_by",): NOTHING if tier.rule_out_by is None else tier.rule_out_by.isoformat(),
        ("overdue_days",): str(tier.overdue_days),
        ("act_today",): _word(truth=tier.act_today),
        ("clock_stopped",): _word(truth=tier.clock_stopped),
        ("scope",): str(decision.scope),
        ("verdict",): imaging.verdict,
        ("root",): imaging.root,
        ("adequacy",): imaging.adequacy,
        ("action",): imaging.action,
        ("screen_complete",): _word(truth=decision.emergency.complete),
    }
    for option in decision.options:
        found["options", option.id] = str(option.status)
    for criterion in (*tier.reasons, *tier.open_criteria):
        found["criteria", criterion.id] = str(criterion.truth)
    for condition, truth in decision.conditions.items():
        found["conditions", condition] = str(truth)
    return found


def _shown(decision: Decision, pack: Pack) -> Mapping[tuple[str, ...], str]:
    """What is shown beside the advice: clauses, notes, disagreements, texts, questions left out.

    A clause that prohibits is known to hold or not to hold; a caution may be open too.
    """
    found: dict[tuple[str, ...], str] = {}
    for advice in decision.options:
        for clause in (*advice.prohibited_by, *advice.cautions_met):
            found["clauses", advice.id, clause] = str(Truth.YES)
        for clause in advice.cautions_open:
            found["clauses", advice.id, clause] = str(Truth.UNKNOWN)
        fits = {note.text: note.fits for note in advice.notes}
        for number, note in enumerate(pack.options[advice.id].notes, 1):
            found["notes", advice.id, str(number)] = str(fits.get(note.text, Truth.NO))
        for disagreement in advice.disagreements:
            found["disagreements", disagreement.id] = str(disagreement.fits)
    for criterion in (*decision.tier.reasons, *decision.tier.open_criteria):
        for disagreement in criterion.disagreements:
            found["disagreements", disagreement.id] = str(disagreement.fits)
    for text, truth in decision.texts.items():
        found["texts", text] = str(truth)
    for question in decision.not_applicable:
        found["asked", question] = "no"
    for pair in pack.contradictions:
        if pair.message in (*decision.contradictions, *decision.doubts):
            found["contradictions", pair.id] = "yes"
    return found


def _word(*, truth: bool) -> str:
    return "yes" if truth else "no"


def _medicine(path: tuple[str, ...], data: object) -> str:
    """What clinical arithmetic says at a path of its plain data."""
    for key in path:
        if not isinstance(data, Mapping) or key not in data:
            return NOTHING
        data = data[key]
    return _plain(data)


def _plain(data: object) -> str:
    """One word for an entry: its value, its lower bound, or the rows still possible."""
    if isinstance(data, Mapping):
        if "at_least" in data:
            bound = _plain(data["at_least"])
            return bound if data.get("exact") or bound == "unknown" else f"at least {bound}"
        return _plain(next((data[key] for key in ("value", "possible", "row", "id") if key in data), None))
    if isinstance(data, Sequence) and not isinstance(data, str):
        return " or ".join(_plain(part) for part in data) or NOTHING
    if data is None:
        return "unknown"
    if isinstance(data, bool):
        return _word(truth=data)
    return f"{data:g}" if isinstance(data, int | float) else str(data)


def _same_number(found: str, wanted: str) -> bool:
    try:
        return abs(float(found) - float(wanted)) < 1e-6
    except ValueError:
        return False
