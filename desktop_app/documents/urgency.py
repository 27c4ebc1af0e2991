"""How urgent it is, in words for paper: banner, emergency screen, and the page of an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import (
    Alarm,
    Banner,
    Block,
    EmergencyBand,
    Facts,
    Heading,
    Listing,
    Note,
    Paragraph,
    Phones,
    Side,
    Steps,
    Text,
    bold,
    quiet,
    text,
)
from desktop_app.documents.words import (
    TIER_NAMES,
    TIER_TITLES,
    day,
    days,
    listed,
    sentence,
    statement_ids,
    weekday,
)
from desktop_app.engine.decision import Truth
from desktop_app.engine.model import Tier

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import CriterionResult, TierResult
    from desktop_app.engine.model import EmergencyPage


def _date(tier: TierResult) -> tuple[str, str, bool]:
    """Date, the caption below it, and whether it is alarming."""
    if tier.overdue_days > 0 and tier.due_date is not None:
        return f"was due {day(tier.due_date)}", f"OVERDUE by {days(tier.overdue_days)}: act today", True
    if tier.floor in {Tier.E, Tier.E24}:
        return ("now" if tier.floor is Tier.E else "today"), "", True
    if tier.clock_stopped:
        return "no date", "clock stopped: the specialist has seen the patient", False
    if tier.due_date is not None:
        left = tier.days_left
        caption = "" if left is None else "the last day" if left == 0 else f"{days(left)} left"
        if tier.act_today:
            caption = f"{caption}; act today" if caption else "act today"
        return f"by {weekday(tier.due_date)}", caption, False
    if tier.act_today:
        return "act today", "start of the clock not known", False
    return "", "", False


def _reason(result: CriterionResult) -> Text:
    clock = ""
    if result.clock_start is not None:
        clock = f" Clock started {day(result.clock_start)}"
        clock += f", limit {day(result.limit_date)}." if result.limit_date is not None else "."
    elif result.start_unknown:
        clock = " Start of the clock not known: act today."
    return text(bold(result.label), f"{statement_ids(result.basis)}.", clock)


def _reasons(tier: TierResult, limit: int, *, clear: bool) -> tuple[Text, ...]:
    shown = [_reason(result) for result in tier.reasons[:limit]]
    if len(tier.reasons) > limit:
        more = listed((result.label for result in tier.reasons[limit:]), 1 if limit == 1 else 3)
        shown.append(text(quiet("Also: "), sentence(more)))
    if not shown:
        then = "Agree a review locally." if clear else "The emergency screen comes first."
        shown.append(text(f"No referral criterion certainly holds. {then}"))
    return tuple(shown)


def screen_line(view: PlanView) -> Text:
    """The state of the emergency screen in one line."""
    if view.emergency:
        return text(bold("Emergency screen positive."))
    if view.decision.emergency.complete:
        return text(
            bold("Emergency screen complete:"),
            f" every item that applies answered no, as of {day(view.decision.as_of)}.",
        )
    return text(bold("Emergency screen incomplete:"), " see above.")


def _scope(view: PlanView) -> tuple[Text, ...]:
    if view.decision.scope is Truth.YES:
        return ()
    words = (
        "Outside the scope of this guideline."
        if view.decision.scope is Truth.NO
        else ("Whether this patient is in the scope of this guideline is not known.")
    )
    reasons = listed((reason.text for reason in view.decision.scope_reasons), 3)
    return (text(bold(words), f" {sentence(reasons)}" if reasons else ""),)


def incomplete(view: PlanView, limit: int = 0) -> tuple[Block, ...]:
    """The opening line of a plan whose emergency screen has unanswered items; ``limit`` 0 names them all."""
    emergency = view.decision.emergency
    if emergency.complete:
        return ()
    names = []
    for question_id in emergency.unanswered:
        question = view.pack.questions.get(question_id)
        label = question.short if question is not None else view.pack.atoms[question_id].label
        names.append(label)
    count = len(names)
    lines = [
        text(
            bold(f"Not answered ({count}): " if count else "Not every item is answered."),
            sentence(listed(names, limit)),
        )
    ]
    if not limit:
        lines.append(
            text(
                "Unanswered is not no. Nothing on this paper is reassuring until these are answered, and no elective "
                "option can be accepted."
            )
        )
    return (Alarm("EMERGENCY SCREEN INCOMPLETE", tuple(lines)),)


def banner(view: PlanView, limit: int) -> tuple[Block, ...]:
    tier = view.decision.tier
    date, caption, alarming = _date(tier)
    open_title = ""
    open_lines: tuple[Text, ...] = ()
    if not tier.final:
        when = ""
        if tier.rule_out_by is not None:
            when = (
                " Rule out today."
                if tier.rule_out_by <= view.decision.as_of
                else (f" Rule out by {weekday(tier.rule_out_by)}.")
            )
        open_title = f"Not yet ruled out: {TIER_NAMES[tier.ceiling]}.{when}"
        open_lines = _open_lines(tier, 3 if limit == 1 else 6)
    return (
        Banner(
            tier=tier.floor.name,
            over="Act on" if tier.final else "Act at least on",
            title=TIER_TITLES[tier.floor],
            date=date,
            date_note=caption,
            date_alarm=alarming,
            lines=(*_reasons(tier, limit, clear=view.decision.emergency.complete), *_scope(view), screen_line(view)),
            open_tier=tier.ceiling.name if not tier.final else "",
            open_title=open_title,
            open_lines=open_lines,
        ),
    )


def _open_lines(tier: TierResult, limit: int) -> tuple[Text, ...]:
    highest = [result for result in tier.open_criteria if result.tier is tier.ceiling] or list(tier.open_criteria)
    names = listed((result.label for result in highest), limit)
    asked = dict.fromkeys(fact.label for result in highest for fact in result.missing)
    lines = [text(sentence(names))] if names else []
    if asked:
        lines.append(text(bold("Rule out by asking: "), sentence(listed(asked, limit))))
    return tuple(lines)


# -- emergency -----------------------------------------------------------------------------------


def positive(view: PlanView) -> list[CriterionResult]:
    """The positive criteria of the screen, the highest tier first."""
    wanted = set(view.decision.emergency.positive)
    found = [result for result in view.decision.tier.reasons if result.id in wanted]
    return sorted(found, key=lambda result: -result.tier.value)


def emergency_page(view: PlanView, limit: int = 0) -> tuple[Block, ...]:
    """The first page when an emergency is positive: what to do now, whom to call, nothing elective."""
    found = positive(view)
    blocks: list[Block] = []
    for number, result in enumerate(found):
        criterion = view.pack.criteria.get(result.id)
        page = criterion.page if criterion is not None else None
        if page is None:
            blocks.append(EmergencyBand(TIER_TITLES[result.tier], sentence(result.label)))
            blocks.append(Steps(((result.action, ""),)))
        elif number == 0:
            blocks += _first_emergency(view, page)
        else:
            blocks += _further_emergency(result.label, page)
        if result.not_here:
            blocks.append(Note("Not available here", tuple(text(bold(line)) for line in result.not_here), "triangle"))
    blocks.append(Heading("What led here"))
    blocks.append(
        Facts(
            tuple(
                (
                    result.label,
                    led_here(result),
                )
                for result in found
            ),
            label_share=0.4,
            style="small",
        )
    )
    blocks.append(
        Paragraph(
            text(
                "No elective advice is given while an emergency is not excluded. It ends only when the finding is "
                "excluded (how, by whom, when) or was entered in error; both are kept in the record."
            ),
            "small",
        )
    )
    blocks.extend(incomplete(view, limit))
    return tuple(blocks)


def led_here(result: CriterionResult) -> Text:
    """The answers that a positive criterion rests on."""
    facts = [f"{fact.label}: {fact.value}" for reason in result.why for fact in reason.facts if fact.known]
    return text(bold(", ".join(dict.fromkeys(facts)) or "answered yes"), quiet(statement_ids(result.basis)))


def _first_emergency(view: PlanView, page: EmergencyPage) -> list[Block]:
    clinic = view.plan.clinic
    numbers = clinic.phones if clinic is not None else {}
    none = dict.fromkeys(clinic.phones_none if clinic is not None else (), "none here")
    known = [(p.label, numbers.get(p.id, none.get(p.id, ""))) for p in view.pack.phones if p.id in page.phones]
    blocks: list[Block] = [
        EmergencyBand(page.title, page.sentence, page.figure_label, page.figure),
        Heading("Do now"),
        Steps(page.do_now),
    ]
    if known:
        blocks += [Heading("Call"), Phones(tuple(known))]
    tell = (Heading("Tell the receiving team"), Paragraph(text(page.tell))) if page.tell else ()
    not_now = tuple(_not_now(page, 2))
    if tell and not_now:
        blocks.append(Side(not_now, tell))
    else:
        blocks += [*not_now, *tell]
    return blocks


def _further_emergency(label: str, page: EmergencyPage) -> list[Block]:
    """A second emergency stands below the first, in smaller type: all its steps, one line of what not to do."""
    steps = tuple(text(bold(sentence(what)), f" {detail}" if detail else "") for what, detail in page.do_now)
    blocks: list[Block] = [Heading(f"Also: {label}", 2, page.sentence), Listing(steps, numbered=True, style="small")]
    if page.not_now:
        blocks.append(Paragraph(text(bold("Do not: "), sentence("; ".join(page.not_now))), "small"))
    if page.tell:
        blocks.append(Paragraph(text(bold("Tell: "), page.tell), "small"))
    return blocks


def _not_now(page: EmergencyPage, level: int) -> list[Block]:
    if not page.not_now:
        return []
    return [Heading("Do not", level), Listing(tuple(text(line) for line in page.not_now))]
