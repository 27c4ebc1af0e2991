"""Referral: by when and why, each reason with its clock, and what is still to be ruled out."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.engine.decision import CriterionResult
from desktop_app.language import tr
from desktop_app.presentation import advice, words
from desktop_app.presentation.wizard import Wizard


@dataclass(frozen=True, slots=True)
class Ground:
    tier: str
    label: str
    action: str
    clock: str
    basis: tuple[words.Provenance, ...]
    not_here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferralModel:
    tier: str
    tier_words: str
    when: str
    overdue: bool
    certain: tuple[Ground, ...]
    open: tuple[Ground, ...]
    rule_out: str


def build(wizard: Wizard) -> ReferralModel:
    tier = wizard.decision.tier
    return ReferralModel(
        tier=tier.floor.name, tier_words=words.tier_line(tier.floor), when=advice.when(wizard.decision),
        overdue=tier.overdue_days > 0, certain=tuple(_ground(wizard, r) for r in tier.reasons),
        open=tuple(_ground(wizard, r) for r in tier.open_criteria if tier.floor < r.tier),
        rule_out="" if tier.final else tr("Not yet ruled out"),
    )


def _ground(wizard: Wizard, result: CriterionResult) -> Ground:
    if result.start_unknown:
        clock = tr("The day it began is not known: act today.")
    elif result.clock_start and result.limit_date:
        clock = tr("Since {clock_start}: by {limit_date}.").format(
            clock_start=words.day(result.clock_start), limit_date=words.weekday(result.limit_date)
        )
    elif result.limit_date:
        clock = tr("By {limit_date}.").format(limit_date=words.weekday(result.limit_date))
    else:
        clock = ""
    pack = wizard.consultation.pack
    return Ground(result.tier.name, result.label, result.action, clock,
                  tuple(words.provenance(pack, b) for b in result.basis), result.not_here)
