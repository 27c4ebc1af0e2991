"""What `plan` prints on a terminal: the advice in the same words as the window, most important first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from desktop_app.engine.decision import Decision, Status
from desktop_app.engine.model import Pack, Tier
from desktop_app.presentation import words
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.plan_case import Plan

TITLES = 24  # options named of one kind
QUESTIONS = 5  # unanswered questions named; the record holds them all
SHOWN = (Status.OFFERED, Status.CONDITIONAL, Status.OPEN, Status.PROHIBITED)


def summary_lines(pack: Pack, plan: Plan) -> list[str]:
    """Urgency with its date and reasons, what is not known, what is offered and what is not."""
    decision = plan.decision
    return [
        f"{pack.info.state_words} · {pack.info.title} {pack.info.version}",
        f"{_whom(plan)}As of {words.day(decision.as_of)}.",
        "",
        *_urgency(decision),
        "",
        *_unknown(pack, decision),
        f"Imaging: {_verdict(pack, decision)}.",
        *_options(plan),
    ]


def written_lines(plan: Plan, files: Mapping[Path, str]) -> list[str]:
    """Which file holds what, and the one thing nobody should have to open a file for."""
    tier = plan.decision.tier
    return [*_urgency(plan.decision)[: 2 if tier.due_date is not None else 1],
            *(f"Written: {path} ({what})" for path, what in files.items())]


def _whom(plan: Plan) -> str:
    patient = plan.case.patient
    told = ", ".join(part for part in (patient.name, patient.number) if part)
    return f"{told}. " if told else ""


def _urgency(decision: Decision) -> list[str]:
    tier = decision.tier
    lines = [f"Act {'on' if tier.final else 'at least on'}: {words.tier_line(tier.floor)}"]
    if tier.due_date is not None and tier.floor < Tier.E24:
        began = next((r.clock_start for r in tier.reasons if r.limit_date == tier.due_date), None)
        counted = f", counted from {words.day(began)}" if began is not None else ""
        late = tier.overdue_days > 0
        lines.append(f"{'Was due' if late else 'Due'}: {words.day(tier.due_date)}{counted}" +
                     (f"; {words.days_left(None, tier.overdue_days)}, act today" if late else ""))
    if not tier.final:
        lines.append(f"Not yet ruled out: {words.tier_line(tier.ceiling)}")
    return lines + [f"  because: {reason.label}" for reason in tier.reasons]


def _unknown(pack: Pack, decision: Decision) -> list[str]:
    screen = decision.emergency
    lines = ["Emergency screen: complete." if screen.complete else
             f"Emergency screen: INCOMPLETE, {words.count(len(screen.unanswered), 'question')} not answered."]
    questions = Asking(pack).open(decision)
    if not questions:
        return [*lines, "No unanswered question can change the advice."]
    lines.append("Still needed, most important first:")
    lines += [f"  {question.label}: {question.effect}" for question in questions[:QUESTIONS]]
    more = len(questions) - QUESTIONS
    return [*lines, f"  and {words.count(more, 'more question')}"] if more > 0 else lines


def _options(plan: Plan) -> list[str]:
    decision, lines = plan.decision, []
    if plan.choices:
        titles = {option.id: option.title for option in decision.options}
        lines += ["", "Decided in the case file:"]
        for choice in plan.choices:
            reason = f" ({choice.reason})" if choice.reason else ""
            lines.append(f"  {choice.verdict.value}: {titles[choice.option]}{reason}")
    for status in SHOWN:
        titles_of = [option.title for option in decision.options if option.status is status]
        if titles_of:
            lines += ["", f"{words.STATUS[status]}:", *(f"  {title}" for title in titles_of[:TITLES])]
        if len(titles_of) > TITLES:
            lines.append(f"  and {len(titles_of) - TITLES} more")
    held = sum(option.status is Status.SUPPRESSED for option in decision.options)
    rest = sum(option.status is Status.NOT_OFFERED for option in decision.options)
    lines.append("")
    if held:
        lines.append(f"Emergency first: {words.count(held, 'option is', 'options are')} withheld until it is settled.")
    if rest:
        lines.append(f"{words.count(rest, 'further option is', 'further options are')} not offered.")
    lines.append("Why, why not and what would change it: lumbar-pathway guideline explain CASE.yaml")
    return lines


def _verdict(pack: Pack, decision: Decision) -> str:
    """The verdict in the pack's words; "not known" while several are possible."""
    labels = {option.id: option.label for option in pack.atoms[pack.imaging_verdict].options}
    return words.inside(labels.get(decision.imaging.verdict, "not known"))
