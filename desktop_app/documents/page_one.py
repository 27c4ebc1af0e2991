"""The first page of a plan: what a specialist needs to act, from roomy to dense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents import record_file, urgency
from desktop_app.documents.medicines_part import medicines_checks, medicines_summary
from desktop_app.documents.picture import body_map, chart
from desktop_app.documents.tree import (
    Block,
    Column,
    Facts,
    Fitting,
    Heading,
    Listing,
    Paragraph,
    Row,
    Run,
    Side,
    Signature,
    Table,
    Text,
    bold,
    mark,
    quiet,
    text,
)
from desktop_app.documents.words import (
    ADEQUACY_WORDS,
    IMAGING_MARKS,
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    age_in_words,
    beginning,
    day,
    listed,
    low,
    moment,
    quoted,
    root_in_words,
    sentence,
    stated,
    statement_ids,
)
from desktop_app.engine.decision import Status
from desktop_app.engine.model import FindingType, Tier
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Option


@dataclass(frozen=True, slots=True)
class Density:
    """How much of the long lists page one shows; the rest stands on the following pages."""

    options: int
    medicines: int
    questions: int
    notes: int  # conditions and disagreements of an option
    safety: int
    reasons: int = 3
    style: str = "small"
    brief: bool = True
    tight: bool = False  # names of cautions without their plans, one disagreement in words
    words: int = 0  # lines in place of tables; so many letters of a reason
    with_map: bool = True  # the body map stands in the annex too


DENSITIES = (
    Density(options=12, medicines=8, questions=8, notes=4, safety=14, style="body", brief=False),
    Density(options=8, medicines=6, questions=5, notes=2, safety=14, brief=False),
    Density(options=8, medicines=5, questions=4, notes=1, safety=14, reasons=2, style="fine", brief=False, tight=True),
    Density(options=7, medicines=4, questions=3, notes=1, safety=14, reasons=2, style="fine", tight=True),
    Density(options=6, medicines=4, questions=3, notes=1, safety=8, reasons=1, style="fine", tight=True),
    Density(options=9, medicines=9, questions=3, notes=1, safety=8, reasons=1, words=200),
    Density(options=9, medicines=9, questions=3, notes=1, safety=8, reasons=1, style="fine", words=110),
    Density(options=9, medicines=9, questions=2, notes=1, safety=5, reasons=1, style="fine", words=110),
    Density(options=9, medicines=9, questions=1, notes=1, safety=3, reasons=1, style="fine", words=60),
    Density(options=5, medicines=5, questions=1, notes=1, safety=2, reasons=1, style="fine", words=40, with_map=False),
    Density(options=2, medicines=3, questions=1, notes=1, safety=2, reasons=1, style="fine", words=40, with_map=False),
    Density(options=1, medicines=0, questions=1, notes=1, safety=2, reasons=1, style="fine", words=20, with_map=False),
    Density(options=0, medicines=0, questions=1, notes=1, safety=2, reasons=1, style="fine", words=20, with_map=False),
)
"""From roomy to dense."""

_FILES = f"{record_file.FILE_NAME}, FHIR"


def first_pages(view: PlanView) -> Sequence[tuple[Block, ...]]:
    """Page one from roomy to dense; an emergency has one form, and its plan stands aside."""
    if view.emergency:
        known = (Heading("Known so far"), Facts(diagnosis(view), label_share=0.16, style="small"))
        page, signature = urgency.emergency_page(view), closing(view)
        short = urgency.emergency_page(view, 4)
        return ((*page, *known, signature), (*page, signature), (*short, signature))
    return Fitting(len(DENSITIES), lambda place: _page(view, DENSITIES[place]))


def _page(view: PlanView, density: Density) -> tuple[Block, ...]:
    named = 3 if density.words and density.options < 9 else 0
    blocks: list[Block] = [*urgency.incomplete(view, named), *urgency.banner(view, density.reasons)]
    least = "small" if density.options else "fine"
    style = "body" if density.style == "body" else least
    facts = Facts(diagnosis(view), label_share=0.22, style=style)
    blocks.append(correlation(view, facts, with_map=density.with_map))
    decided, acts = _decided(view, density), _first_acts(view)
    blocks += [*decided, *acts] if view.choices else [decided[0], *acts, *decided[1:]]
    blocks += _not_here(view)
    if density.words:
        blocks += medicines_checks(view)
        medicines = [one for one in view.to_decide if view.is_medicine(one) and one.id not in view.first_acts]
        if medicines:
            blocks += _as_lines(view, medicines, density.medicines, density)
    else:
        blocks += medicines_summary(
            view,
            density.medicines,
            density.style,
            lambda rest, also: rest_in_words(view, rest, also=also),
            brief=density.brief,
        )
    blocks.append(
        Side(
            (Heading("Not known"), *_not_known(view, density.questions, least)),
            (Heading("Safety-netting"), *_safety(view, density.safety, least)),
        )
    )
    blocks.append(closing(view))
    return tuple(blocks)


def correlation(view: PlanView, facts: Facts, *, share: float = 0.43, with_map: bool = True) -> Side:
    """Diagnosis in words at the left, the signs and the imaging as a picture at the right.

    ``with_map``: with the body map, where anything on it was asked.
    """
    felt, signs = body_map(view), chart(view)
    picture = Side((felt,), (signs,), share=0.285, gap=8) if with_map and felt.marks.any_known else signs
    return Side((Heading("Diagnosis"), facts), (Heading("Signs and imaging together"), picture), share=share)


# -- diagnosis ------------------------------------------------------------------------------------


def diagnosis(view: PlanView) -> tuple[tuple[str, Text], ...]:
    imaging = view.decision.imaging
    rows = [
        ("Fracture", _fracture(view)),
        ("Root", _root(view)),
        ("Imaging", _imaging(view)),
        ("Verdict", _verdict(view)),
    ]
    action = {one.id: one.label for one in view.pack.imaging_actions}.get(imaging.action, imaging.action_text)
    if action:
        rows.append(("To do", text(bold(sentence(action)))))
    if signs := _signs(view):
        rows.append(("Signs", signs))
    if baseline := _baseline(view):
        rows.append(("Baseline", text(baseline)))
    if sent := view.value("referral_sent"):
        rows.append(("Referral", text(f"Sent on {sent}")))
    if goals := view.value("patient_goals"):
        rows.append(("Goal", text(f"“{beginning(goals, 120)}”")))
    return tuple(rows)


def _fracture(view: PlanView) -> Text:
    parts = []
    for atom_id, missing in (("fracture_level", "level"), ("fracture_cause", "cause")):
        if view.atom(atom_id) is not None:
            parts.append(low(view.value(atom_id)) or f"{missing} {view.unknown_word(atom_id)}")
    since = view.days_since("fracture_date")
    if since is not None:
        parts.append(f"{age_in_words(since)} old")
    elif view.value("fracture_date"):
        parts.append(view.value("fracture_date"))
    elif view.atom("fracture_date") is not None:
        parts.append("age not known")
    if part := view.value("endplate"):
        parts.append(low(part))
    if view.atom("fracture_state") is not None:
        parts.append(low(view.value("fracture_state")) or "healing not known")
    return text(bold(", ".join(parts) or "not known"))


def _root(view: PlanView) -> Text:
    imaging = view.decision.imaging
    if imaging.root == "unknown":
        possible = [root_in_words(root) for root in imaging.root_possible if root != "uncertain"]
        if 0 < len(possible) <= 4:
            return text(bold("not settled"), f"; still possible: {listed(possible)}")
        return text(bold("not settled"), "; examination incomplete")
    if imaging.root == "uncertain":
        return text(bold("No single root named by the signs"))
    return text(bold(root_in_words(imaging.root)))


def _imaging(view: PlanView) -> Text:
    parts = []
    kind = view.value("imaging_modality")
    when = view.value("imaging_date")
    if kind or when:
        parts.append(f"{kind or 'Imaging'} {when}".strip())
    elif view.is_yes("imaging_done"):
        parts.append("done")
    elif view.known("imaging_done"):
        parts.append("not done")
    else:
        parts.append(f"done or not: {view.unknown_word('imaging_done')}")
    if view.decision.imaging.verdict != "not_done":
        parts.append(ADEQUACY_WORDS.get(view.decision.imaging.adequacy, view.decision.imaging.adequacy))
    return text(bold(", ".join(parts)))


def _verdict(view: PlanView) -> Text:
    """The imaging verdict in the pack's words, with its sign; a question mark while it cannot be given."""
    imaging = view.decision.imaging
    if imaging.verdict == "unknown":
        possible = listed((low(view.verdict_label(one)) for one in imaging.possible), 4)
        return text(mark("question"), bold("Not known"), f"; still possible: {possible}." if possible else "")
    title = view.verdict_label(imaging.verdict)
    if imaging.verdict == "concordant" and "." in imaging.root:
        title = f"{title}: {low(root_in_words(imaging.root))}"
    known = imaging.verdict in IMAGING_MARKS
    return text(
        mark(IMAGING_MARKS.get(imaging.verdict, "question"), "accent" if known else ""),
        bold(title, "accent" if known else ""),
        quiet(statement_ids(imaging.basis, 3)),
    )


def _baseline(view: PlanView) -> str:
    """What the next review is measured against."""
    found = (("peg_score", "PEG"), ("rmdq_score", "Roland-Morris"), ("walking_metres", "walks"))
    return listed(f"{label} {view.value(atom_id)}" for atom_id, label in found if view.value(atom_id))


def _signs(view: PlanView) -> Text:
    """Scores, and every examined sign that is not normal."""
    scores = []
    for atom_id, label in (("leg_pain_score", "leg pain"), ("back_pain_score", "back pain")):
        if value := view.value(atom_id):
            scores.append(f"{label} {value}")
    found: list[str] = []
    for atom_id, answer in view.decision.answers.items():
        atom = view.atom(atom_id)
        if atom is None or not atom.normal or answer.value is None or answer.value == atom.normal:
            continue
        if atom.type in {FindingType.CHOICE, FindingType.SCALE} and atom.question in {"power", "reflex", "sensation"}:
            found.append(f"{low(atom.label)}: {low(view.value(atom_id))}")
    words = listed((*scores, *found), 7)
    return text(sentence(words)) if words else ()


# -- decided --------------------------------------------------------------------------------------


def _decided(view: PlanView, density: Density) -> list[Block]:
    advice = [one for one in view.to_decide if not view.is_medicine(one) and one.id not in view.first_acts]
    any_choice = bool(view.choices)
    title = "Decided with the patient" if any_choice else "Advice, nothing decided"
    if not advice:
        return [
            Heading(title),
            Paragraph(text("No option is offered, conditional or open; why stands on the following pages.")),
        ]
    if density.words:
        return [Heading(title), *_as_lines(view, advice, density.options, density)]
    rows = [_decided_row(view, one, density) for one in advice[: density.options]]
    left = rest_in_words(view, advice[density.options :])
    return [
        Heading(title),
        Table(
            (
                Column("Option", 25),
                Column("Decision" if any_choice else "Advice", 14),
                Column("Strength and evidence", 26),
                Column("Conditions and disagreement", 35),
            ),
            tuple(rows),
            style=density.style,
            more=left,
        ),
    ]


def _first_acts(view: PlanView) -> list[Block]:
    """Safety acts that nobody has decided yet: by name, above every elective offer, however full the page is."""
    acts = list(view.first_acts.values())
    if not acts:
        return []
    names = listed(f"{one.title}{'' if one.status is not Status.CONDITIONAL else ' (with conditions)'}" for one in acts)
    words = text(mark("triangle"), bold("Do first, not decided: " if view.choices else "Do first: "), bold(names + "."))
    return [Paragraph(words, "small", 4.0)]


def _not_here(view: PlanView) -> list[Block]:
    """Services that this hospital lacks for what is decided or can be decided."""
    lines = [line for result in view.decision.tier.reasons for line in result.not_here]
    lines += [line for one in view.to_decide for line in one.not_here]
    unique = list(dict.fromkeys(lines))
    if not unique:
        return []
    more = f" {len(unique) - 4} more under “All options”." if len(unique) > 4 else ""
    return [Paragraph(text(mark("triangle"), bold(" ".join(map(sentence, unique[:4]))), more), "small", 3.0)]


def _as_lines(view: PlanView, advice: Sequence[OptionAdvice], most: int, density: Density) -> list[Block]:
    return [Paragraph(line, density.style, 2.0) for line in decided_lines(view, advice, most, density.words)]


def decided_lines(
    view: PlanView, advice: Sequence[OptionAdvice], most: int, letters: int, elsewhere: str = "“All options”"
) -> tuple[Text, ...]:
    """Lines in place of a table: what was decided with a reason or a caution each by itself, the others together."""
    lines: list[Text] = []
    for kind, words in VERDICT_WORDS.items():
        of_kind = [one for one in advice if one.id in view.choices and view.choices[one.id].verdict is kind]
        speaking = [(one, said) for one in of_kind if (said := _said(view, one, letters))][:most]
        for one, said in speaking:
            lines.append(text(mark(VERDICT_MARKS[kind]), bold(f"{words}: {one.title}. "), *said))
        alone = [one.title for one in of_kind if one not in [each for each, _ in speaking]]
        if alone:
            lines.append(text(mark(VERDICT_MARKS[kind]), bold(f"{words}: "), f"{listed(alone, 12)}."))
    undecided = [one for one in advice if one.id not in view.choices]
    if most and not view.choices:
        for status in (Status.OFFERED, Status.CONDITIONAL, Status.OPEN):
            titles = [one.title for one in undecided if one.status is status]
            if titles:
                sign, words = mark(STATUS_MARKS[status]), STATUS_WORDS[status]
                lines.append(text(sign, bold(f"{words}: "), f"{listed(titles, most)}."))
    if undecided:
        lines.append(text(quiet(f"{len(undecided)} not decided: see {elsewhere}.")))
    return tuple(lines)


def _said(view: PlanView, advice: OptionAdvice, letters: int) -> list[Run]:
    """The reason or the change, the dates of a medicine, and the cautions that an accepted option met."""
    option, choice = view.option(advice.id), view.choices[advice.id]
    runs = [Run(f"{sentence(beginning(choice.reason, letters))} ")] if choice.reason else []
    if choice.verdict is Verdict.DECLINE or option is None:
        return runs
    dates = [line for course in view.courses if course.id == advice.id for line in course.told]
    if dates:
        runs.append(Run(f"{sentence('; '.join(dates))} "))
    clauses = {clause.id: clause.label for clause in option.conditional_when}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold("Caution: "), Run(f"{sentence(listed(met, 3))} ")]
    return runs


def rest_in_words(view: PlanView, rest: Sequence[OptionAdvice], *, also: bool = True) -> str:
    """The options that a table has no room for: decided ones by name, the others counted."""
    parts = []
    for kind, words in VERDICT_WORDS.items():
        titles = [one.title for one in rest if one.id in view.choices and view.choices[one.id].verdict is kind]
        if titles:
            parts.append(f"{f'Also {words.lower()}' if also else words}: {listed(titles, 8)}.")
    undecided = sum(1 for one in rest if one.id not in view.choices)
    if undecided:
        parts.append(f"{undecided} not decided: see “All options”.")
    return " ".join(parts)


def decision_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """What was decided, or where the advice stands."""
    choice = view.choices.get(advice.id)
    if choice is None:
        words = STATUS_WORDS[advice.status]
        cell = [text(mark(STATUS_MARKS[advice.status]), bold(words))]
        if view.choices and advice.status in {Status.OFFERED, Status.CONDITIONAL}:
            cell.append(text(quiet("not decided")))
        return tuple(cell)
    cell = [text(mark(VERDICT_MARKS[choice.verdict]), bold(VERDICT_WORDS[choice.verdict]))]
    if advice.status is not Status.OFFERED:
        cell.append(text(quiet(f"advice: {STATUS_WORDS[advice.status].lower()}")))
    return tuple(cell)


def _decided_row(view: PlanView, advice: OptionAdvice, density: Density) -> Row:
    option = view.option(advice.id)
    basis = text("not stated")
    if option is not None:
        words = shortened(option.strength) if density.brief else quoted(option.strength)
        strength, evidence = stated(words, statement_ids(option.statements, 3), option.evidence)
        basis = text(strength, quiet(f"; {evidence}" if evidence else ""))
    return Row(
        (
            (text(bold(advice.title)),),
            decision_cell(view, advice),
            (basis,),
            _tight_cell(view, advice) if density.tight else conditions_cell(view, advice, density.notes),
        )
    )


def shortened(strength: str) -> str:
    """The first strength words of several; the following pages hold them all."""
    first, *others = strength.split("; ")
    return quoted(first) + ("; …" if others else "")


def _tight_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """The same in two or three lines: reason, what decides it, names of cautions, who disagrees."""
    option, choice = view.option(advice.id), view.choices.get(advice.id)
    runs: list[Run] = []
    if choice is not None and choice.reason:
        runs += [bold("Reason: "), Run(f"{sentence(beginning(choice.reason, 110))} ")]
    elif advice.status is Status.OPEN and advice.missing:
        runs += [bold("Decided by: "), Run(f"{sentence(listed((fact.label for fact in advice.missing), 2))} ")]
    clauses = {clause.id: clause.label for clause in option.conditional_when} if option is not None else {}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold("Caution: "), Run(f"{sentence(listed(met, 3))} ")]
    if unasked := [name for name in advice.cautions_open if name in clauses]:
        runs.append(quiet(f"{len(unasked)} {'caution' if len(unasked) == 1 else 'cautions'} not answered. "))
    if names := view.disagreements_of(advice):
        first = view.pack.disagreements[names[0]]
        also = f"; also {listed(names[1:])}" if names[1:] else ""
        words = f"{view.short_source(first.source)} {first.year} {first.direction} ({first.id}){also}."
        runs += [mark("scales"), quiet(words)]
    return (tuple(runs),) if runs else ((quiet("none"),),)


def conditions_cell(view: PlanView, advice: OptionAdvice, limit: int) -> tuple[Text, ...]:
    """The reason given, what is missing, cautions met and not asked, and who disagrees."""
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    lines: list[Text] = []
    if choice is not None and choice.reason:
        lines.append(text(bold("Reason: "), sentence(beginning(choice.reason))))
    if advice.status is Status.OPEN and advice.missing:
        lines.append(text(bold("Decided by: "), sentence(listed((fact.label for fact in advice.missing), limit + 1))))
    if option is not None:
        lines += _cautions(option, advice, limit)
    if advice.status not in {Status.OFFERED, Status.CONDITIONAL, Status.OPEN} and advice.summary:
        lines.append(text(sentence(advice.summary)))
    if option is not None and (against := _disagreements(view, advice, limit)):
        lines.append(against)
    return tuple(lines) or (text(quiet("none")),)


def _cautions(option: Option, advice: OptionAdvice, limit: int) -> list[Text]:
    clauses = {clause.id: clause for clause in option.conditional_when}
    met = [clauses[name] for name in advice.cautions_met if name in clauses]
    lines = [text(bold(clause.label), f": {clause.plan}" if clause.plan else "") for clause in met[:limit]]
    if len(met) > limit:
        lines.append(text(quiet(f"{len(met) - limit} more cautions met")))
    unasked = [clauses[name].label for name in advice.cautions_open if name in clauses]
    if unasked:
        lines.append(text(quiet("Cautions not answered: "), sentence(listed(unasked, limit))))
    return lines


def _disagreements(view: PlanView, advice: OptionAdvice, limit: int) -> Text:
    known = [view.pack.disagreements[name] for name in view.disagreements_of(advice)]
    if not known:
        return ()
    words = [f"{view.short_source(one.source)} {one.year} {one.direction} ({one.id})" for one in known]
    return text(mark("scales"), listed(words, limit) + ".")


# -- unknowns, safety-netting, signature ------------------------------------------------------------


def _not_known(view: PlanView, limit: int, style: str) -> tuple[Block, ...]:
    questions = view.questions
    if not questions:
        if view.decision.emergency.complete and view.decision.tier.final:
            return (Paragraph(text("No unanswered question can change this advice."), style),)
        return (Paragraph(text("See the emergency screen above."), style),)
    items = [text(bold(one.label), f": {one.effect}") for one in questions[:limit]]
    blocks: list[Block] = [Listing(tuple(items), numbered=True, style=style)]
    if len(questions) > limit:
        blocks.append(Paragraph(text(f"{len(questions) - limit} more under “Open questions”."), "caption"))
    return tuple(blocks)


def _safety(view: PlanView, limit: int, style: str) -> tuple[Block, ...]:
    lines = [text(one.text) for one in view.texts("plan.safety_netting")]
    if not lines:
        labels = [one.label for one in view.pack.criteria.values() if one.tier in {Tier.E, Tier.E24}]
        lines = [text(bold("Emergency department at once: "), sentence(listed(map(low, labels), limit)))]
    clinic = view.plan.clinic
    blocks: list[Block] = [Listing(tuple(lines), style=style) if len(lines) > 1 else Paragraph(lines[0], style)]
    if clinic is not None:
        numbers = [
            f"{phone.label} {clinic.phones[phone.id]}" for phone in view.pack.phones if clinic.phones.get(phone.id)
        ]
        if numbers:
            blocks.append(Paragraph(text(bold("Call: "), listed(numbers, 3)), style))
        elif clinic.telephone:
            blocks.append(Paragraph(text(bold("Call: "), clinic.telephone), style))
    return tuple(blocks)


def _code(view: PlanView) -> str:
    return ". Code to check this paper: last page" if view.plan.code and not view.draft else ""


def closing(view: PlanView) -> Signature:
    """Who signs, and what this paper is: its day, its content and whose approval that has."""
    plan, decision = view.plan, view.decision
    clinician = plan.clinician
    when = (
        text(bold(moment(plan.signed_at)), ", by this computer's clock")
        if plan.signed_at is not None
        else text(bold("Not signed."), " The time will be this computer's clock.")
    )
    lines = (
        text("Answers and dates as of ", bold(day(decision.as_of)), "."),
        text(bold(f"{view.pack.info.state_words}.")),
        text(quiet(f"Guideline {decision.guideline_version}. Attached: {_FILES}{_code(view)}")),
    )
    return Signature(
        plan.signed_at is not None,
        clinician.name if clinician else "No clinician named",
        clinician.role_title if clinician else "",
        when,
        lines,
    )
