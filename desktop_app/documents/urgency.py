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
    apart,
    day,
    days,
    listed,
    sentence,
    statement_ids,
    weekday,
)
from desktop_app.engine.decision import Truth
from desktop_app.engine.model import Tier
from desktop_app.language import tr, trn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import CriterionResult, TierResult
    from desktop_app.engine.model import EmergencyPage


def _date(tier: TierResult) -> tuple[str, str, bool]:
    """Date, the caption below it, and whether it is alarming."""
    if tier.overdue_days > 0 and tier.due_date is not None:
        late = tr("OVERDUE by {days}: act today").format(days=days(tier.overdue_days))
        return tr("was due {day}").format(day=day(tier.due_date)), late, True
    if tier.floor in {Tier.E, Tier.E24}:
        return (tr("now") if tier.floor is Tier.E else tr("today")), "", True
    if tier.clock_stopped:
        return tr("no date"), tr("clock stopped: the specialist has seen the patient"), False
    if tier.due_date is not None:
        left = tier.days_left
        caption = ""
        if left is not None:
            caption = (
                trn("{count} day left", "{count} days left", left).format(count=left) if left else tr("the last day")
            )
        if tier.act_today:
            caption = tr("{time_left}; act today").format(time_left=caption) if caption else tr("act today")
        return tr("by {day}").format(day=weekday(tier.due_date)), caption, False
    if tier.act_today:
        return tr("act today"), tr("start of the clock not known"), False
    return "", "", False


def _reason(result: CriterionResult) -> Text:
    clock = ""
    if result.clock_start is not None:
        limit = result.limit_date
        told = tr("Clock started {day}.") if limit is None else tr("Clock started {day}, limit {limit}.")
        clock = " " + told.format(day=day(result.clock_start), limit=day(limit) if limit is not None else "")
    elif result.start_unknown:
        clock = " " + tr("Start of the clock not known: act today.")
    return text(bold(result.label), f"{statement_ids(result.basis)}.", clock)


def _reasons(tier: TierResult, limit: int, *, clear: bool) -> tuple[Text, ...]:
    shown = [_reason(result) for result in tier.reasons[:limit]]
    if len(tier.reasons) > limit:
        more = listed((result.label for result in tier.reasons[limit:]), 1 if limit == 1 else 3)
        shown.append(text(quiet(tr("Also: ")), sentence(more)))
    if not shown:
        shown.append(text(
            tr("No referral criterion certainly holds. Agree a review locally.") if clear
            else tr("No referral criterion certainly holds. The emergency screen comes first.")
        ))
    return tuple(shown)


def screen_line(view: PlanView) -> Text:
    """The state of the emergency screen in one line."""
    if view.emergency:
        return text(bold(tr("Emergency screen positive.")))
    if view.decision.emergency.complete:
        left, on = view.left_on_screen, day(view.decision.as_of)
        told = tr("every item that applies answered no, as of {day}.") if not left else trn(
            "every criterion is ruled out as of {day}; {count} question not answered.",
            "every criterion is ruled out as of {day}; {count} questions not answered.", left)
        return text(bold(tr("Emergency screen complete:")), " " + told.format(day=on, count=left))
    return ()  # the alarm right above the banner says so, with what is missing


def _scope(view: PlanView) -> tuple[Text, ...]:
    if view.decision.scope is Truth.YES:
        return ()
    words = (
        tr("Outside the scope of this guideline.")
        if view.decision.scope is Truth.NO
        else tr("Whether this patient is in the scope of this guideline is not known.")
    )
    reasons = listed((reason.text for reason in view.decision.scope_reasons), 3)
    return (text(bold(words), f" {sentence(reasons)}" if reasons else ""),)


def incomplete(view: PlanView, limit: int = 0) -> tuple[Block, ...]:
    """The opening line of a plan whose emergency screen has unanswered items; ``limit`` 0 names them all."""
    if view.decision.emergency.complete:
        return ()
    names = _unanswered(view)
    count = len(names)
    lines = [
        text(
            bold(tr("Not answered ({count}): ").format(count=count) if count else tr("Not every item is answered.")),
            sentence(listed(names, limit)),
        )
    ]
    if not limit:
        lines.append(
            text(tr(
                "Unanswered is not no. Nothing on this paper is reassuring until these are answered, and no elective "
                "option can be accepted."
            ))
        )
    return (Alarm(tr("EMERGENCY SCREEN INCOMPLETE"), tuple(lines)),)


def _unanswered(view: PlanView) -> list[str]:
    """The short names of the questions of the screen that nobody answered."""
    questions, atoms = view.pack.questions, view.pack.atoms
    left = view.decision.emergency.unanswered
    return [questions[one].short if one in questions else atoms[one].label for one in left]


def banner(view: PlanView, limit: int) -> tuple[Block, ...]:
    tier = view.decision.tier
    date, caption, alarming = _date(tier)
    open_title = ""
    open_lines: tuple[Text, ...] = ()
    if not tier.final:
        when = ""
        if tier.rule_out_by is not None:
            when = (
                " " + tr("Rule out today.")
                if tier.rule_out_by <= view.decision.as_of
                else " " + tr("Rule out by {day}.").format(day=weekday(tier.rule_out_by))
            )
        open_title = tr("Not yet ruled out: {title}.").format(title=TIER_NAMES[tier.ceiling]) + when
        said = _unanswered(view) if limit == 1 else []
        open_lines = _open_lines(tier, 3 if limit == 1 else 6, said)
    return (
        Banner(
            tier=tier.floor.name,
            over=tr("Act on") if tier.final else tr("Act at least on"),
            title=TIER_TITLES[tier.floor],
            date=date,
            date_note=caption,
            date_alarm=alarming,
            lines=tuple(filter(None, (
                *_reasons(tier, limit, clear=view.decision.emergency.complete), *_scope(view), screen_line(view)))),
            open_tier=tier.ceiling.name if not tier.final else "",
            open_title=open_title,
            open_lines=open_lines,
        ),
    )


def _open_lines(tier: TierResult, limit: int, said: Sequence[str]) -> tuple[Text, ...]:
    """What is not ruled out, and what to ask; ``said`` stands in the alarm above and is not told twice."""
    highest = [result for result in tier.open_criteria if result.tier is tier.ceiling] or list(tier.open_criteria)
    names = listed((result.label for result in highest), limit)
    asked = dict.fromkeys(fact.label for result in highest for fact in result.missing)
    lines = [text(sentence(names))] if names else []
    if asked and not set(asked) <= set(said):
        lines.append(text(bold(tr("Rule out by asking: ")), sentence(listed(asked, limit))))
    return tuple(lines)


# -- emergency -----------------------------------------------------------------------------------


def positive(view: PlanView) -> list[CriterionResult]:
    """The positive criteria of the screen, the highest tier first."""
    wanted = set(view.decision.emergency.positive)
    found = [result for result in view.decision.tier.reasons if result.id in wanted]
    return sorted(found, key=lambda result: -result.tier.value)


def emergency_page(view: PlanView, limit: int = 0, *, dense: bool = False) -> tuple[Block, ...]:
    """The first page when an emergency is positive: what to do now, whom to call, nothing elective.

    ``limit``: unanswered questions by name, 0 for all; ``dense`` leaves away what the following pages say as well.
    """
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
            blocks.append(
                Note(tr("Not available here"), tuple(text(bold(line)) for line in result.not_here), "triangle")
            )
    blocks.append(Heading(tr("What led here")))
    if len(found) == 1:  # the band names it
        blocks.append(Paragraph(led_here(found[0]), "small", 0.0))
    else:
        blocks.append(Facts(tuple((one.label, led_here(one)) for one in found), label_share=0.4, style="small"))
    if not dense:
        blocks.append(
            Paragraph(
                text(tr(
                    "No elective advice is given while an emergency is not excluded. It ends only when the finding is "
                    "excluded (how, by whom, when) or was entered in error; both are kept in the record."
                )),
                "small",
            )
        )
    blocks.extend(incomplete(view, limit))
    return tuple(blocks)


def led_here(result: CriterionResult) -> Text:
    """The answers that a positive criterion rests on."""
    facts = [
        tr("{label}: {words}").format(label=fact.label, words=fact.value)
        for reason in result.why
        for fact in reason.facts
        if fact.known
    ]
    return text(bold(", ".join(dict.fromkeys(facts)) or tr("answered yes")), quiet(statement_ids(result.basis)))


def _first_emergency(view: PlanView, page: EmergencyPage) -> list[Block]:
    clinic = view.plan.clinic
    numbers = clinic.phones if clinic is not None else {}
    none = dict.fromkeys(clinic.phones_none if clinic is not None else (), tr("none here"))
    known = [(p.label, numbers.get(p.id, none.get(p.id, ""))) for p in view.pack.phones if p.id in page.phones]
    blocks: list[Block] = [
        EmergencyBand(page.title, page.sentence, page.figure_label, page.figure),
        Heading(tr("Do now")),
        Steps(page.do_now),
    ]
    if known:
        blocks += [Heading(tr("Call")), Phones(tuple(known))]
    tell = (Heading(tr("Tell the receiving team")), Paragraph(text(page.tell))) if page.tell else ()
    not_now = tuple(_not_now(page, 2))
    if tell and not_now:
        blocks.append(Side(not_now, tell))
    else:
        blocks += [*not_now, *tell]
    return blocks


def _further_emergency(label: str, page: EmergencyPage) -> list[Block]:
    """A second emergency stands below the first, in smaller type: all its steps, one line of what not to do."""
    steps = tuple(text(bold(sentence(what)), f" {detail}" if detail else "") for what, detail in page.do_now)
    blocks: list[Block] = [
        Heading(tr("Also: {label}").format(label=label), 2, page.sentence),
        Listing(steps, numbered=True, style="small"),
    ]
    if page.not_now:
        blocks.append(Paragraph(text(bold(tr("Do not: ")), sentence(apart(page.not_now))), "small"))
    if page.tell:
        blocks.append(Paragraph(text(bold(tr("Tell: ")), page.tell), "small"))
    return blocks


def _not_now(page: EmergencyPage, level: int) -> list[Block]:
    if not page.not_now:
        return []
    return [Heading(tr("Do not"), level), Listing(tuple(text(line) for line in page.not_now))]
