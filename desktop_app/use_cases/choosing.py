"""Whether what the clinician decided may stand: the same rules for the window and for a case file."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.engine.decision import Decision, OptionAdvice, Status
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Choice, Verdict

ACCEPTABLE = frozenset({Status.OFFERED, Status.CONDITIONAL})
STATUS_WORDS = {
    Status.OFFERED: "offered",
    Status.CONDITIONAL: "offered with conditions",
    Status.OPEN: "still open",
    Status.NOT_OFFERED: "not offered",
    Status.PROHIBITED: "prohibited",
    Status.SUPPRESSED: "withheld: the emergency comes first",
}


def advice_by_id(decision: Decision) -> dict[str, OptionAdvice]:
    return {option.id: option for option in decision.options}


def objection(pack: Pack, decision: Decision, choice: Choice) -> str:
    """Why a choice cannot stand, in one sentence; empty when it can.

    An option is accepted or changed only while it is offered, and an elective one only after a
    complete emergency screen. Anything may be declined. Changing and declining need a reason.
    """
    option = pack.options.get(choice.option)
    if option is None:
        return f"'{choice.option}' is not an option of this guideline."
    if choice.verdict is not Verdict.ACCEPT and not choice.reason.strip():
        return f"{option.title}: a reason is needed to {choice.verdict.value} it."
    if choice.verdict is Verdict.DECLINE:
        return ""
    if not option.decidable:
        return f"{option.title}: this is shown for information, there is nothing to accept."
    status = advice_by_id(decision)[choice.option].status
    if status not in ACCEPTABLE:
        return f"{option.title} cannot be accepted: it is {STATUS_WORDS[status]}."
    if option.elective and not decision.emergency.complete:
        return f"{option.title} cannot be accepted before the emergency screen is complete."
    return ""


def objections(pack: Pack, decision: Decision, choices: Iterable[Choice]) -> list[str]:
    return [words for choice in choices if (words := objection(pack, decision, choice))]
