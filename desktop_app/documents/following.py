"""What follows page one: urgency in full, options, medicines, texts, open questions, emergency events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.medicines_part import medicines_in_full
from desktop_app.documents.options_part import all_options
from desktop_app.documents.tree import (
    Block,
    Column,
    Columns,
    Heading,
    Listing,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    bold,
    mark,
    quiet,
    text,
)
from desktop_app.documents.words import (
    ADEQUACY_WORDS,
    TIER_NAMES,
    day,
    listed,
    low,
    sentence,
    statement_ids,
    unbroken,
)
from desktop_app.engine.decision import Truth
from desktop_app.engine.model import Check, Tier
from desktop_app.use_cases.checklist import checks, other_sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import CriterionResult, Reason
    from desktop_app.engine.model import FixedText

_MOST_CRITERIA = 4  # more open criteria than this stand in columns
_MOST_QUESTIONS = 24  # with their effect; the others by name
_ELSEWHERE = {"plan.limits", "plan.safety_netting", "letter.question", "letter.sent"}
_IN_EMERGENCY = {"emergency"}


def following(view: PlanView) -> tuple[Block, ...]:
    blocks: list[Block] = []
    blocks += _urgency(view)
    blocks += all_options(view)
    blocks += medicines_in_full(view)
    blocks += _texts(view)
    blocks += _open_questions(view)
    blocks += _impression(view)
    blocks += _events(view)
    return tuple(blocks)


# -- urgency --------------------------------------------------------------------------------------


def _urgency(view: PlanView) -> list[Block]:
    tier = view.decision.tier
    blocks: list[Block] = [Heading("Urgency in full", 1)]
    if view.decision.contradictions:
        blocks.append(
            Note(
                "Answers that cannot both be true",
                tuple(text(sentence(one)) for one in view.decision.contradictions),
                "cancel",
            )
        )
    if view.decision.doubts:
        blocks.append(
            Note(
                "Answers that seldom go together",
                tuple(text(sentence(one)) for one in view.decision.doubts),
                "question",
            )
        )
    if tier.reasons:
        blocks += [Heading("Criteria that certainly hold", 3), _criteria(view, tier.reasons)]
    if tier.open_criteria:
        blocks.append(Heading("Criteria not ruled out", 3))
        if len(tier.open_criteria) > _MOST_CRITERIA:
            blocks.append(Columns(tuple(_open_criterion(view, one) for one in tier.open_criteria)))
        else:
            blocks.append(_criteria(view, tier.open_criteria))
    if not tier.reasons and not tier.open_criteria:
        blocks.append(Paragraph(text("No referral criterion holds, and none is open.")))
    return blocks


def _open_criterion(view: PlanView, one: CriterionResult) -> Paragraph:
    """Many open criteria: each with its tier, what it needs and what it would ask for."""
    return Paragraph(
        text(
            mark("question"),
            bold(one.label),
            quiet(f"{statement_ids(one.basis, 3)}; {TIER_NAMES[one.tier]}. "),
            bold("Not known: "),
            sentence(listed((fact.label for fact in one.missing), 4)),
            *(() if view.emergency else (quiet(" If it holds: "), Run(sentence(one.action)))),
        ),
        "fine",
        1.5,
    )


def _criteria(view: PlanView, found: Iterable[CriterionResult]) -> Table:
    rows = []
    for one in found:
        criterion = view.pack.criteria.get(one.id)
        unchecked = criterion is not None and criterion.check is Check.UNCHECKED
        basis = text(bold(one.label), statement_ids(one.basis), bold(" unchecked") if unchecked else "")
        because = [text(line) for line in _facts_of(one.why)]
        if not because and not one.missing:
            because = [text(sentence(reason.text)) for reason in one.why]
        if one.missing:
            because.append(text(bold("Not known: "), sentence(listed((fact.label for fact in one.missing), 8))))
        limit = [text(TIER_NAMES[one.tier])]
        if one.limit_date is not None:
            limit.append(text(bold(f"by {day(one.limit_date)}")))
        if one.start_unknown:
            limit.append(text(bold("start unknown: act today")))
        actions = [text(one.action), *(text(bold(line)) for line in one.not_here)]
        rows.append(Row(((basis,), tuple(because), tuple(actions), tuple(limit))))
    return Table(
        (Column("Criterion", 26), Column("Because of", 30), Column("Action", 28), Column("Limit", 16)),
        tuple(rows),
        style="fine",
    )


def _facts_of(reasons: Iterable[Reason]) -> list[str]:
    found = dict.fromkeys(f"{fact.label}: {fact.value}" for reason in reasons for fact in reason.facts if fact.known)
    return [listed(found, 8)] if found else []


# -- the rest -------------------------------------------------------------------------------------


def _texts(view: PlanView) -> list[Block]:
    """Imaging and every fixed text of the pack that is not shown with an option, under the place it names."""
    imaging = view.decision.imaging
    inner: list[Block] = []
    items = [
        text(sentence(words))
        for words in (
            imaging.action_text,
            view.verdict_text(imaging.verdict, "sentence"),
            view.verdict_text(imaging.verdict, "output"),
            *view.verdict_next(imaging.verdict),
        )
        if words
    ]
    if items:
        adequacy = ADEQUACY_WORDS.get(imaging.adequacy, imaging.adequacy)
        note = f"{view.verdict_label(imaging.verdict)}; imaging {adequacy}{statement_ids(imaging.basis)}"
        inner += [Heading("Imaging", 3, note), Listing(tuple(items), style="fine")]
    inner += checklist(view, 3)
    places = dict.fromkeys(
        one.place for one in view.plan_texts if one.place not in view.pack.options and one.place not in _ELSEWHERE
    )
    screens = {screen.id: screen.title for screen in view.pack.screens}
    for place in places:
        items = [
            text(
                *((mark("question"), quiet("If it applies: ")) if view.text_fits(one) is Truth.UNKNOWN else ()),
                sentence(one.text),
                quiet(f"{statement_ids(one.basis, 4)}{' unchecked' if one.check is Check.UNCHECKED else ''}"),
            )
            for one in view.texts(place)
            if not _stands_as_decision(one)
        ]
        if items and not (view.emergency and place not in _IN_EMERGENCY):
            title = screens.get(place) or place.removeprefix("plan.").replace("_", " ").capitalize()
            inner += [Heading(title, 3), Listing(tuple(items), style="fine")]
    inner += _emergency_list(view)
    return [Heading("Care besides the options", 1), Columns(tuple(inner))] if inner else []


def entrapment_missing(view: PlanView) -> bool:
    """Whether there are signs of a root although the images show no entrapment."""
    return view.decision.conditions.get("entrapment_discrepancy") is Truth.YES


def checklist(view: PlanView, level: int = 2) -> list[Block]:
    """Root signs without entrapment: what was looked for, with its day, and what is still to do."""
    if not entrapment_missing(view):
        return []
    every = checks(view.pack, view.decision.answers)
    done = sum(bool(one.done) for one in every)
    lines = tuple(
        text(
            mark("tick" if one.done else "dashed" if one.done is None else "minus"),
            f"{one.text} ",
            bold(f"{one.state[:1].upper()}{one.state[1:]}." if one.done else "Still to do."),
            *((quiet(f" On record. {one.told}"),) if one.told else ()),
        )
        for one in every
    )
    if not every:
        return []
    title = "No entrapment reported, but signs of a root"
    others = text(bold("Other sources of such pain: "), f"{listed(low(one) for one in other_sources(view.pack))}.")
    style = "fine" if level > 2 else "small"
    heading = Heading(title, level, f"{done} of {len(every)} checked; S41")
    return [heading, Listing(lines, numbered=True, style=style), Paragraph(others, style, 2.0)]


def _stands_as_decision(one: FixedText) -> bool:
    """Whether a text only repeats an interpretation decision, which stands in full further down."""
    return one.when is None and any(name[:1] == "I" and name[1:].isdigit() for name in one.basis)


def _emergency_list(view: PlanView) -> list[Block]:
    """What brings the patient back at once, and the numbers to call."""
    labels = [one.label for one in view.pack.criteria.values() if one.tier in {Tier.E, Tier.E24}]
    if not labels:
        return []
    clinic = view.plan.clinic
    numbers = clinic.phones if clinic is not None else {}
    known = [f"{phone.label} {unbroken(numbers[phone.id])}" for phone in view.pack.phones if numbers.get(phone.id)]
    own = [f"This clinic {unbroken(clinic.telephone)}"] if clinic is not None and clinic.telephone else []
    lines = [text(bold("Emergency department at once: "), sentence(listed(labels)))]
    lines.append(text(bold("Numbers: "), sentence(listed((*known, *own)) or "none entered in the settings")))
    return [Heading("Safety-netting in full", 3), Listing(tuple(lines), style="fine")]


def _open_questions(view: PlanView) -> list[Block]:
    blocks: list[Block] = [
        Heading("Open questions", 1, "Unanswered questions that can still change the advice, most important first.")
    ]
    if not view.questions:
        words = (
            "No unanswered question can change this advice."
            if view.decision.emergency.complete
            else "The unanswered items of the emergency screen stand on page 1."
        )
        return [*blocks, Paragraph(text(words), "small")]
    most = _MOST_QUESTIONS // 3 if view.emergency else _MOST_QUESTIONS
    items = [
        text(mark("question"), bold(one.label), quiet(f" ({view.unknown_word(one.atom)})"), f": {sentence(one.effect)}")
        for one in view.questions[:most]
    ]
    rest = [one.label for one in view.questions[most:]]
    blocks.append(Columns(tuple(Paragraph(item, "fine", 1.2) for item in items)))
    if rest and view.emergency:
        words = f"{len(rest)} more, which wait until the emergency is excluded; they stand under “All answers”."
        blocks.append(Paragraph(text(quiet(words)), "fine"))
    elif rest:
        blocks.append(Paragraph(text(quiet(f"{len(rest)} more, in this order: "), f"{listed(rest)}."), "fine"))
    if view.more_follow:
        blocks.append(Paragraph(text(quiet("Some of these answers bring further questions.")), "fine"))
    return blocks


def _impression(view: PlanView) -> list[Block]:
    """The clinician's own words from before the advice, as they were noted."""
    noted = view.plan.impression
    if noted is None or not noted.text:
        return []
    when = f"Noted by {noted.by} on {day(noted.noted.date())}, {noted.noted:%H:%M}, before the advice on treatment."
    return [Heading("The clinician's own impression", 1, when), Paragraph(text(f"“{noted.text}”"), "small")]


def _events(view: PlanView) -> list[Block]:
    if not view.plan.events:
        return []
    kinds = {
        "shown": "Emergency page shown",
        "excluded": "Emergency excluded",
        "handed_over": "Handed over",
        "entered_in_error": "Entered in error",
    }
    rows = []
    for event in view.plan.events:
        criterion = view.pack.criteria.get(event.criterion)
        rows.append(
            Row(
                (
                    (text(f"{day(event.at.date())} {event.at:%H:%M}"),),
                    (text(bold(kinds.get(event.kind, event.kind))),),
                    (text(criterion.label if criterion is not None else event.criterion),),
                    (text(event.note),),
                    (text(event.by),),
                )
            )
        )
    return [
        Heading("Emergency events", 1, "Times are this computer's clock."),
        Table(
            (Column("When", 17), Column("What", 20), Column("Criterion", 25), Column("Note", 23), Column("By", 15)),
            tuple(rows),
            style="fine",
        ),
    ]
