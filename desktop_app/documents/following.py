"""Every page after the first: all options, contraindications, consent, texts, open questions, disagreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.medicines_part import medicines_in_full
from desktop_app.documents.page_one import decision_cell
from desktop_app.documents.tree import (
    Block,
    Column,
    Facts,
    Heading,
    Listing,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
    bold,
    mark,
    quiet,
    text,
)
from desktop_app.documents.words import (
    ADEQUACY_WORDS,
    CHECK_WORDS,
    STATUS_WORDS,
    TIER_NAMES,
    VERDICT_WORDS,
    day,
    listed,
    quoted,
    sentence,
    statement_ids,
)
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import CriterionResult, OptionAdvice, Reason
    from desktop_app.engine.model import Clause, Option

_LONG = {Status.OFFERED, Status.CONDITIONAL}
_MOST_QUESTIONS = 40  # with their effect; the others by name
_ELSEWHERE = {"plan.limits", "limits"}
_GROUP_TITLES = {
    "interventions": "Interventions",
    "intervention": "Interventions",
    "medicines": "Medicines",
    "medicine": "Medicines",
    "surgery": "Surgery",
    "second_line": "Second line",
    "imaging": "Imaging and tests",
    "referral": "Referral",
    "general": "Activity and general care",
    "bone": "Bone health",
}


def group_title(group: str) -> str:
    return _GROUP_TITLES.get(group, group.replace("_", " ").capitalize())


def following(view: PlanView) -> tuple[Block, ...]:
    blocks: list[Block] = []
    blocks += _urgency(view)
    blocks += _all_options(view)
    blocks += medicines_in_full(view)
    blocks += _texts(view)
    blocks += _open_questions(view)
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
    if tier.reasons:
        blocks += [Heading("Criteria that certainly hold", 3), _criteria(view, tier.reasons)]
    if tier.open_criteria:
        blocks += [Heading("Criteria not ruled out", 3), _criteria(view, tier.open_criteria)]
    if not tier.reasons and not tier.open_criteria:
        blocks.append(Paragraph(text("No referral criterion holds, and none is open.")))
    return blocks


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
        style="small",
    )


def _facts_of(reasons: Iterable[Reason]) -> list[str]:
    found = dict.fromkeys(f"{fact.label}: {fact.value}" for reason in reasons for fact in reason.facts if fact.known)
    return [listed(found, 8)] if found else []


# -- options --------------------------------------------------------------------------------------


def _all_options(view: PlanView) -> list[Block]:
    blocks: list[Block] = [
        Heading("All options", 1, "What was decided or can be decided stands in full, the rest with its reason.")
    ]
    for group, members in view.groups.items():
        long = [one for one in members if one.status in _LONG or one.id in view.choices]
        short = [one for one in members if one not in long]
        blocks.append(Heading(group_title(group)))
        for advice in long:
            blocks += option_in_full(view, advice)
        if short:
            blocks.append(
                Table(
                    (Column("Option", 30), Column("Status", 16), Column("Because of", 54)),
                    tuple(_short_row(view, one) for one in short),
                    style="small",
                )
            )
    return blocks


def _short_row(view: PlanView, advice: OptionAdvice) -> Row:
    option = view.option(advice.id)
    clauses = {clause.id: clause for clause in option.never_when} if option is not None else {}
    # What forbids it or is still needed follows in full; the one-line summary would say it twice.
    repeated = bool(advice.prohibited_by) or (advice.status is Status.OPEN and bool(advice.missing))
    reasons = [text(sentence(advice.summary))] if advice.summary and not repeated else []
    reasons += [_clause_line(clauses[name]) for name in advice.prohibited_by if name in clauses]
    labels = [clauses[name].label.lower() for name in advice.prohibited_by if name in clauses]
    blocked = [line for line in advice.blocked_by if not any(label in line.lower() for label in labels)]
    reasons += [text(sentence(line)) for line in blocked]
    if advice.missing:
        needed = listed((fact.label for fact in advice.missing), 6)
        reasons.append(text(mark("question"), bold("Still needed: "), sentence(needed)))
    if advice.status is Status.OPEN and option is not None and option.disagreements:
        reasons.append(text(mark("scales"), listed(option.disagreements)))
    for flip in advice.flips[:1]:
        reasons.append(text(bold("Would change: "), sentence(flip.sentence)))
    reasons += [text(bold(line)) for line in advice.not_here]
    title = text(bold(advice.title), statement_ids(option.statements, 4) if option is not None else "")
    return Row(((title,), decision_cell(view, advice), tuple(reasons) or (text(quiet("not stated")),)))


def _clause_line(clause: Clause) -> Text:
    unchecked = " unchecked" if clause.check is Check.UNCHECKED else ""
    return text(
        clause.label, quiet(f"{statement_ids(clause.basis, 3)}{unchecked}"), f": {clause.plan}" if clause.plan else ""
    )


def option_in_full(view: PlanView, advice: OptionAdvice) -> list[Block]:
    """One option: all that bears on its status; when it was decided also consent, review, notes, disagreement."""
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    state = STATUS_WORDS[advice.status].lower()
    headline = (
        f"{advice.title}: {VERDICT_WORDS[choice.verdict].lower()}, advice {state}"
        if choice is not None
        else (f"{advice.title}: {state}")
    )
    rows: list[tuple[str, Text]] = []
    if choice is not None and choice.reason:
        rows.append(("Clinician's reason", text(bold(sentence(choice.reason)))))
    rows.append(("Advice", text(sentence(advice.text))))
    if option is not None and (option.strength, option.evidence) != ("not stated", "not stated"):
        rows.append(
            (
                "Strength, evidence",
                text(
                    f"{quoted(option.strength)}{statement_ids(option.statements)}; "
                    f"evidence: {option.evidence or 'not stated'}"
                ),
            )
        )
    rows += _reason_rows("Why", advice.why)
    rows += _reason_rows("Why not", advice.why_not)
    if advice.missing:
        rows.append(
            ("Still needed", text(mark("question"), sentence(listed((fact.label for fact in advice.missing), 12))))
        )
    if option is not None:
        rows += _safety_rows(option, advice)
        if choice is not None:
            rows += _practical_rows(view, option)
        elif option.disagreements:
            rows.append(
                (
                    "Disagreement",
                    text(mark("scales"), f"{listed(option.disagreements)}; in full under “Where guidance disagrees”."),
                )
            )
    most = 3 if choice is not None else 0 if advice.status is Status.OFFERED else 1
    rows += [("Would change it", text(sentence(flip.sentence))) for flip in advice.flips[:most]]
    rows += [("Blocked", text(sentence(line))) for line in advice.blocked_by]
    rows += [("Not here", text(bold(sentence(line)))) for line in advice.not_here]
    return [Heading(headline, 3), Facts(tuple(rows), label_share=0.17, style="small")]


def _reason_rows(label: str, reasons: tuple[Reason, ...]) -> list[tuple[str, Text]]:
    words = [
        f"{reason.text}{statement_ids(reason.basis, 4)}"
        for reason in reasons
        if reason.truth is not Truth.UNKNOWN or label == "Why not"
    ]
    if not words:
        return []
    return [(label, text(sentence("; ".join(dict.fromkeys(words)))))]


def _safety_rows(option: Option, advice: OptionAdvice) -> list[tuple[str, Text]]:
    rows: list[tuple[str, Text]] = []
    never = {clause.id: clause for clause in option.never_when}
    rows += [("Prohibited by", _clause_line(never[name])) for name in advice.prohibited_by if name in never]
    if never and advice.status in {Status.OFFERED, Status.CONDITIONAL}:
        rows.append(
            (
                "Contraindications",
                text("All answered no: ", sentence(listed(clause.label for clause in option.never_when))),
            )
        )
    elif never and advice.status is Status.OPEN:
        rows.append(
            (
                "Contraindications",
                text("Not all ruled out: ", sentence(listed(clause.label for clause in option.never_when))),
            )
        )
    cautions = {clause.id: clause for clause in option.conditional_when}
    rows += [("Caution, met", _clause_line(cautions[name])) for name in advice.cautions_met if name in cautions]
    unasked = [cautions[name].label for name in advice.cautions_open if name in cautions]
    if unasked:
        rows.append(("Cautions, open", text(mark("question"), sentence(listed(unasked)))))
    return rows


def _practical_rows(view: PlanView, option: Option) -> list[tuple[str, Text]]:
    rows: list[tuple[str, Text]] = []
    if option.effect is not None:
        rows.append(("Effect seen for", text(sentence(option.effect.sentence))))
    if option.consent:
        rows.append(("Consent", text(" ".join(sentence(line) for line in option.consent))))
    if option.monitor:
        rows.append(("Review, stop", text(" ".join(sentence(line) for line in option.monitor))))
    for note in option.notes:
        if not view.applies(note.when):
            continue
        prefix = "Where it applies: " if note.when is not None else ""
        unchecked = " unchecked" if note.check is Check.UNCHECKED else ""
        rows.append(("Note", text(prefix, sentence(note.text), quiet(f"{statement_ids(note.basis, 3)}{unchecked}"))))
    rows += [
        ("Remember", text(sentence(one.text), quiet(statement_ids(one.basis, 3)))) for one in view.texts(option.id)
    ]
    for name in option.disagreements:
        disagreement = view.pack.disagreements.get(name)
        if disagreement is not None:
            rows.append(
                (
                    "Disagreement",
                    text(
                        mark("scales"),
                        bold(f"{view.source_title(disagreement.source)} {disagreement.year}: "),
                        sentence(disagreement.says),
                        quiet(
                            f" {name}; {disagreement.direction}; strength {disagreement.strength or 'not stated'}; "
                            f"{CHECK_WORDS[disagreement.check]}"
                        ),
                    ),
                )
            )
    return rows


# -- the rest -------------------------------------------------------------------------------------


def _texts(view: PlanView) -> list[Block]:
    """Imaging and every fixed text of the pack that is not shown with an option, under the place it names."""
    imaging = view.decision.imaging
    blocks: list[Block] = [Heading("Care besides the options", 1)]
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
        blocks += [
            Heading(
                "Imaging",
                2,
                f"{view.verdict_label(imaging.verdict)}; imaging "
                f"{ADEQUACY_WORDS.get(imaging.adequacy, imaging.adequacy)}{statement_ids(imaging.basis)}",
            ),
            Listing(tuple(items), style="small"),
        ]
    places = dict.fromkeys(
        one.place for one in view.pack.texts if one.place not in view.pack.options and one.place not in _ELSEWHERE
    )
    screens = {screen.id: screen.title for screen in view.pack.screens}
    for place in places:
        items = [
            text(
                sentence(one.text),
                quiet(f"{statement_ids(one.basis, 4)}{' unchecked' if one.check is Check.UNCHECKED else ''}"),
            )
            for one in view.texts(place)
        ]
        if items:
            title = screens.get(place) or place.removeprefix("plan.").replace("_", " ").capitalize()
            blocks += [Heading(title, 2), Listing(tuple(items), style="small")]
    return blocks if len(blocks) > 1 else []


def _open_questions(view: PlanView) -> list[Block]:
    blocks: list[Block] = [
        Heading("Open questions", 1, "Unanswered questions that can still change the advice, the most important first.")
    ]
    if not view.decision.questions:
        return [
            *blocks,
            Paragraph(
                text(
                    "No unanswered question can change this advice."
                    if view.decision.emergency.complete
                    else "The unanswered items of the emergency screen stand on page 1."
                )
            ),
        ]
    rows = []
    for one in view.decision.questions[:_MOST_QUESTIONS]:
        raises = TIER_NAMES[one.raises_to] if one.raises_to is not None else ""
        rows.append(
            Row(
                (
                    (text(mark("question"), bold(one.label)),),
                    (text(view.unknown_word(one.atom)),),
                    (text(sentence(one.effect)),),
                    (text(raises),),
                )
            )
        )
    columns = (Column("Question", 34), Column("State", 13), Column("Effect", 37), Column("Can raise to", 16))
    rest = [one.label for one in view.decision.questions[_MOST_QUESTIONS:]]
    more = f"{len(rest)} more, in this order: {listed(rest)}." if rest else ""
    return [*blocks, Table(columns, tuple(rows), style="small", more=more)]


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
            style="small",
        ),
    ]
