"""What follows page one: urgency in full, options, medicines, texts, open questions, emergency events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.medicines_part import medicines_in_full
from desktop_app.documents.options_part import all_options, group_title
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
    Said,
    day,
    listed,
    low,
    sentence,
    statement_ids,
    unbroken,
)
from desktop_app.engine.decision import Truth
from desktop_app.engine.model import Check, Tier
from desktop_app.language import later, tr, trc
from desktop_app.use_cases.checklist import checks, other_sources

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import CriterionResult, Reason
    from desktop_app.engine.model import FixedText

_MOST_CRITERIA = 4  # more open criteria than this stand in columns
_MOST_QUESTIONS = 24  # with their effect; the others by name
_ELSEWHERE = {"plan.limits", "plan.safety_netting"}
_LETTER = "letter."  # what only the letter says
_IN_EMERGENCY = {"emergency"}
PLACES = Said({"emergency": later("Emergency")})


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
    blocks: list[Block] = [Heading(tr("Urgency in full"), 1)]
    if view.decision.contradictions:
        blocks.append(
            Note(
                tr("Answers that cannot both be true"),
                tuple(text(sentence(one)) for one in view.decision.contradictions),
                "cancel",
            )
        )
    if view.decision.doubts:
        blocks.append(
            Note(
                tr("Answers that seldom go together"),
                tuple(text(sentence(one)) for one in view.decision.doubts),
                "question",
            )
        )
    if tier.reasons:
        blocks += [Heading(tr("Criteria that certainly hold"), 3), _criteria(view, tier.reasons)]
    if tier.open_criteria:
        blocks.append(Heading(tr("Criteria not ruled out"), 3))
        if len(tier.open_criteria) > _MOST_CRITERIA:
            blocks.append(Columns(tuple(_open_criterion(view, one) for one in tier.open_criteria)))
        else:
            blocks.append(_criteria(view, tier.open_criteria))
    if not tier.reasons and not tier.open_criteria:
        blocks.append(Paragraph(text(tr("No referral criterion holds, and none is open."))))
    return blocks


def _open_criterion(view: PlanView, one: CriterionResult) -> Paragraph:
    """Many open criteria: each with its tier, what it needs and what it would ask for."""
    return Paragraph(
        text(
            mark("question"),
            bold(one.label),
            quiet(f"{statement_ids(one.basis, 3)}; {TIER_NAMES[one.tier]}. "),
            bold(tr("Not known: ")),
            sentence(listed((fact.label for fact in one.missing), 4)),
            *(() if view.emergency else (quiet(" " + tr("If it holds: ")), Run(sentence(one.action)))),
        ),
        "fine",
        1.5,
    )


def _criteria(view: PlanView, found: Iterable[CriterionResult]) -> Table:
    rows = []
    for one in found:
        criterion = view.pack.criteria.get(one.id)
        unchecked = criterion is not None and criterion.check is Check.UNCHECKED
        basis = text(bold(one.label), statement_ids(one.basis), bold(" " + tr("unchecked")) if unchecked else "")
        because = [text(line) for line in _facts_of(one.why)]
        if not because and not one.missing:
            because = [text(sentence(reason.text)) for reason in one.why]
        if one.missing:
            because.append(text(bold(tr("Not known: ")), sentence(listed((fact.label for fact in one.missing), 8))))
        limit = [text(TIER_NAMES[one.tier])]
        if one.limit_date is not None:
            limit.append(text(bold(tr("by {day}").format(day=day(one.limit_date)))))
        if one.start_unknown:
            limit.append(text(bold(tr("start unknown: act today"))))
        actions = [text(one.action), *(text(bold(line)) for line in one.not_here)]
        rows.append(Row(((basis,), tuple(because), tuple(actions), tuple(limit))))
    return Table(
        (Column(tr("Criterion"), 26), Column(tr("Because of"), 30), Column(tr("Action"), 28), Column(tr("Limit"), 16)),
        tuple(rows),
        style="fine",
    )


def _facts_of(reasons: Iterable[Reason]) -> list[str]:
    found = dict.fromkeys(tr("{label}: {words}").format(label=fact.label, words=fact.value)
                          for reason in reasons for fact in reason.facts if fact.known)
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
        said = tr("{verdict}; imaging {adequacy}").format(
            verdict=view.verdict_label(imaging.verdict), adequacy=adequacy
        )
        note = f"{said}{statement_ids(imaging.basis)}"
        inner += [Heading(tr("Imaging"), 3, note), Listing(tuple(items), style="fine")]
    inner += checklist(view, 3)
    places = dict.fromkeys(
        one.place for one in view.plan_texts
        if one.place not in view.pack.options and one.place not in _ELSEWHERE and not one.place.startswith(_LETTER)
    )
    screens = {screen.id: screen.title for screen in view.pack.screens}
    for place in places:
        items = [
            text(
                *((mark("question"), quiet(tr("If it applies: "))) if view.text_fits(one) is Truth.UNKNOWN else ()),
                sentence(one.text),
                quiet(f"{statement_ids(one.basis, 4)}{' ' + tr('unchecked') if one.check is Check.UNCHECKED else ''}"),
            )
            for one in view.texts(place)
            if not _stands_as_decision(one)
        ]
        if items and not (view.emergency and place not in _IN_EMERGENCY):
            title = screens.get(place) or _title_of(place)
            inner += [Heading(title, 3), Listing(tuple(items), style="fine")]
    inner += _emergency_list(view)
    return [Heading(tr("Care besides the options"), 1), Columns(tuple(inner))] if inner else []


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
            bold(f"{one.state[:1].upper()}{one.state[1:]}." if one.done else tr("Still to do.")),
            *((quiet(" " + tr("On record. {words}").format(words=one.told)),) if one.told else ()),
        )
        for one in every
    )
    if not every:
        return []
    title = tr("No entrapment reported, but signs of a root")
    others = text(bold(tr("Other sources of such pain: ")), f"{listed(low(one) for one in other_sources(view.pack))}.")
    style = "fine" if level > 2 else "small"
    heading = Heading(title, level, tr("{count} of {all} checked; S41").format(count=done, all=len(every)))
    return [heading, Listing(lines, numbered=True, style=style), Paragraph(others, style, 2.0)]


def _title_of(place: str) -> str:
    """Of the texts that belong to no screen: of their group of options, of the emergency, or the place's own name."""
    return PLACES.get(place) or group_title(place.removeprefix("plan."))


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
    own = (
        [tr("This clinic {number}").format(number=unbroken(clinic.telephone))]
        if clinic is not None and clinic.telephone
        else []
    )
    lines = [text(bold(tr("Emergency department at once: ")), sentence(listed(labels)))]
    lines.append(text(bold(tr("Numbers: ")), sentence(listed((*known, *own)) or tr("none entered in the settings"))))
    return [Heading(tr("Safety-netting in full"), 3), Listing(tuple(lines), style="fine")]


def _open_questions(view: PlanView) -> list[Block]:
    blocks: list[Block] = [
        Heading(tr("Open questions"), 1,
                tr("Unanswered questions that can still change the advice, most important first."))
    ]
    if not view.questions:
        words = (
            tr("No unanswered question can change this advice.")
            if view.decision.emergency.complete
            else tr("The unanswered items of the emergency screen stand on page 1.")
        )
        return [*blocks, Paragraph(text(words), "small")]
    most = _MOST_QUESTIONS // 3 if view.emergency else _MOST_QUESTIONS
    items = [
        text(mark("question"), bold(one.label), quiet(f" ({view.unknown_word(one.atom)})"),
             tr(": {words}").format(words=sentence(one.effect)))
        for one in view.questions[:most]
    ]
    rest = [one.label for one in view.questions[most:]]
    blocks.append(Columns(tuple(Paragraph(item, "fine", 1.2) for item in items)))
    if rest and view.emergency:
        words = tr("{count} more, which wait until the emergency is excluded; they stand under “All answers”.").format(
            count=len(rest))
        blocks.append(Paragraph(text(quiet(words)), "fine"))
    elif rest:
        blocks.append(
            Paragraph(
                text(quiet(tr("{count} more, in this order: ").format(count=len(rest))), f"{listed(rest)}."), "fine"
            )
        )
    if view.more_follow:
        blocks.append(Paragraph(text(quiet(tr("Some of these answers bring further questions."))), "fine"))
    return blocks


def _impression(view: PlanView) -> list[Block]:
    """The clinician's own words from before the advice, as they were noted."""
    noted = view.plan.impression
    if noted is None or not noted.text:
        return []
    when = tr("Noted by {name} on {day}, {time}, before the advice on treatment.").format(
        name=noted.by, day=day(noted.noted.date()), time=f"{noted.noted:%H:%M}")
    return [Heading(tr("The clinician's own impression"), 1, when),
            Paragraph(text(tr("“{words}”").format(words=noted.text)), "small")]


def _events(view: PlanView) -> list[Block]:
    if not view.plan.events:
        return []
    kinds = {
        "shown": tr("Emergency page shown"),
        "excluded": tr("Emergency excluded"),
        "handed_over": tr("Handed over"),
        "entered_in_error": tr("Entered in error"),
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
        Heading(tr("Emergency events"), 1, tr("Times are this computer's clock.")),
        Table(
            (Column(tr("When"), 17), Column(tr("What"), 20), Column(tr("Criterion"), 25), Column(tr("Note"), 23),
             Column(trc("person", "By"), 15)),
            tuple(rows),
            style="fine",
        ),
    ]
