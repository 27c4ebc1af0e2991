"""What the worklist says of an encounter. It follows from what a use case has stored, which checked who may."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Tier
from desktop_app.language import tr
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.domain import EmergencyEvent, Encounter, EncounterState
from desktop_app.use_cases.ports import Store

HANDED_OVER = "handed_over"
"""The kind of an emergency event."""


def keep_summary(store: Store, encounter: Encounter, decision: Decision, events: Iterable[EmergencyEvent],
                 asking: Asking) -> None:
    tier = decision.tier
    store.save_summary(
        encounter.id,
        tier.floor.name,
        final=tier.final,
        due_date=tier.due_date,
        emergency=tier.floor >= Tier.E24,
        next_step=_next_step(encounter, decision, events, asking),
        counted_from=next((r.clock_start for r in tier.reasons if r.limit_date == tier.due_date), None),
    )


def _next_step(encounter: Encounter, decision: Decision, events: Iterable[EmergencyEvent], asking: Asking) -> str:
    if encounter.state is not EncounterState.DRAFT:
        if decision.tier.clock_stopped:
            return tr("Plan signed")
        return tr("Plan signed: has the specialist seen the patient?")
    if decision.emergency.positive:
        if any(event.kind == HANDED_OVER for event in events):
            return tr("Emergency handed over: outcome not known yet")
        return tr("Emergency: act now") if decision.tier.floor is Tier.E else tr("Same day: act within 24 hours")
    if not decision.emergency.complete:
        return tr("Emergency screen incomplete")
    if still := asking.open(decision):
        return tr("Still needed: {label}").format(label=still[0].label)
    return tr("Ready to decide and sign")
