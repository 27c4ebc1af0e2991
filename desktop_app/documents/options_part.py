"""All options: what was decided or can be decided in full but tight, the rest by the reason it has in common."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.tree import Block, Columns, Heading, Paragraph, Text, bold, mark, quiet, text
from desktop_app.documents.words import (
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    Said,
    apart,
    listed,
    quoted,
    sentence,
    statement_ids,
    unstated,
)
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Check
from desktop_app.language import later, tr, trn
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.tree import Run
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice, Reason
    from desktop_app.engine.model import Clause, Option

FULL = frozenset({Status.OFFERED, Status.CONDITIONAL, Status.OPEN})
_GROUP_TITLES = Said({
    "interventions": later("Interventions"),
    "intervention": later("Interventions"),
    "medicines": later("Medicines"),
    "medicine": later("Medicines"),
    "surgery": later("Surgery"),
    "second_line": later("Second line"),
    "imaging": later("Imaging and tests"),
    "referral": later("Referral"),
    "general": later("Activity and general care"),
    "bone": later("Bone health"),
})
_MOST_OPEN = 6  # more open options than this are listed by what they still need


def _unchecked(check: Check) -> str:
    return f" {tr('unchecked')}" if check is Check.UNCHECKED else ""


def group_title(group: str) -> str:
    return _GROUP_TITLES.get(group, group.replace("_", " ").capitalize())


def all_options(view: PlanView) -> list[Block]:
    """Decided, offered, conditional and open options; then prohibited ones, then the others by reason."""
    inner: list[Block] = []
    undecided = [one for one in view.decision.options if one.status is Status.OPEN and one.id not in view.choices]
    brief = {one.id for one in undecided} if len(undecided) > _MOST_OPEN else set()
    told: dict[str, str] = {}  # what an option above has already said: note -> its title
    for group, members in view.groups.items():
        full = [one for one in members if in_full(view, one) and one.id not in brief]
        if full:
            inner.append(Heading(group_title(group), 3))
        for advice in sorted(full, key=lambda one: one.id not in view.choices):
            inner += _entry(view, advice, told)
    rest = [one for members in view.groups.values() for one in members if not in_full(view, one)]
    inner += _open_by_need(view, [one for one in undecided if one.id in brief])
    inner += _prohibited(view, [one for one in rest if one.status is Status.PROHIBITED])
    inner += _not_offered(view, [one for one in rest if one.status is Status.NOT_OFFERED])
    note = tr(
        "What was decided or can be decided stands in full, the rest with its reason. Scales: guidance disagrees."
    )
    return [
        Heading(tr("All options"), 1, note),
        *_suppressed(view, [one for one in rest if one.status is Status.SUPPRESSED]),
        *([Columns(tuple(inner))] if inner else []),
    ]


def in_full(view: PlanView, advice: OptionAdvice) -> bool:
    return advice.status in FULL or advice.id in view.choices


def _line(*parts: str | Run, gap: float = 0.0, keep: bool = False) -> Paragraph:
    return Paragraph(text(*parts), "fine", gap, keep)


# -- one option in full ---------------------------------------------------------------------------


def _entry(view: PlanView, advice: OptionAdvice, told: dict[str, str]) -> list[Block]:
    """One option: all that bears on its status; when it was taken up also consent, review and effect."""
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    blocks: list[Block] = [_title(view, advice, option)]
    if choice is not None and choice.reason:
        blocks.append(_line(bold(tr("Reason given: ")), bold(sentence(choice.reason))))
    if choice is not None and choice.verdict is Verdict.DECLINE:
        return [*blocks, *_declined(view, advice, option)]
    blocks.append(_line(sentence(advice.text)))
    blocks += _basis(option, advice)
    if option is not None:
        blocks += _safety(option, advice)
        if choice is not None:
            blocks += _practice(option)
    blocks += _notes(view, advice, told)
    if advice.missing:
        needed = listed((fact.label for fact in advice.missing), 5)
        blocks.append(_line(mark("question"), bold(tr("Still needed: ")), sentence(needed)))
    if advice.status is not Status.OFFERED:
        most = 1 if advice.status is Status.OPEN or choice is not None else 0
        blocks += [_line(quiet(tr("Would change it: ")), sentence(flip.sentence)) for flip in advice.flips[:most]]
    blocks += [_line(bold(sentence(line))) for line in (*advice.blocked_by, *advice.not_here)]
    return _with_disagreements(blocks, view.disagreements_of(advice))


def _declined(view: PlanView, advice: OptionAdvice, option: Option | None) -> list[Block]:
    """What was declined: the advice in one sentence, what forbids it or is missing, and who disagrees."""
    blocks: list[Block] = []
    never = {clause.id: clause for clause in option.never_when} if option is not None else {}
    if advice.prohibited_by:
        blocks += [clause_line(never[name], tr("Prohibited by: ")) for name in advice.prohibited_by if name in never]
    else:
        blocks += [_line(sentence(advice.text)), *_basis(option, advice)]
    if advice.missing and not view.emergency:
        needed = listed((fact.label for fact in advice.missing), 4)
        blocks.append(_line(mark("question"), quiet(tr("Not known: ")), sentence(needed)))
    return _with_disagreements(blocks, () if view.emergency else view.disagreements_of(advice))


def _with_disagreements(blocks: list[Block], names: Sequence[str]) -> list[Block]:
    """Who disagrees as the last line, which never stands alone at the head of a column."""
    if not names:
        return blocks
    *others, last = blocks
    kept = replace(last, keep=True) if isinstance(last, Paragraph) else last
    return [*others, kept, _line(mark("scales"), quiet(f"{listed(names)}"))]


def _title(view: PlanView, advice: OptionAdvice, option: Option | None) -> Paragraph:
    choice = view.choices.get(advice.id)
    state = STATUS_WORDS[advice.status]
    sign, words = STATUS_MARKS[advice.status], state
    if choice is not None:
        sign = VERDICT_MARKS[choice.verdict]
        words = tr("{decided}, advice {status}").format(decided=VERDICT_WORDS[choice.verdict], status=state.lower())
    numbers = statement_ids(option.statements, 8) if option is not None else ""
    return _line(
        mark(sign),
        bold(tr("{title}: {state}").format(title=advice.title, state=words.lower())),
        quiet(numbers),
        gap=4.5,
        keep=True,
    )


def _basis(option: Option | None, advice: OptionAdvice) -> list[Block]:
    """Strength and evidence in the article's words, and why the advice stands as it does."""
    parts: list[str | Run] = []
    if option is not None and not (unstated(option.strength) and unstated(option.evidence)):
        evidence = tr("{strength}; evidence: {evidence}.").format(
            strength=quoted(option.strength), evidence=option.evidence or tr("not stated"))
        parts += [quiet(tr("Strength: ")), f"{evidence} "]
    told_by_its_text = option is not None and option.kind in {"do", "continue"} and option.elective
    because = () if told_by_its_text and advice.status is Status.OFFERED else advice.why
    for label, reasons, truths in (
        (tr("Because: "), because, {Truth.YES}),
        (tr("Against: "), advice.why_not, {Truth.YES, Truth.NO}),
    ):
        if words := _reasons(reasons, truths):
            parts += [quiet(label), f"{sentence(words)} "]
    return [_line(*parts)] if parts else []


def _reasons(reasons: tuple[Reason, ...], truths: set[Truth]) -> str:
    return apart(dict.fromkeys(reason.text for reason in reasons if reason.truth in truths))


def clause_line(clause: Clause, label: str) -> Paragraph:
    """A clause that holds, with its basis, how far that was checked, and what the plan has to say."""
    basis = f"{statement_ids(clause.basis, 3)}{_unchecked(clause.check)}"
    return _line(
        quiet(label),
        bold(clause.label),
        quiet(basis),
        tr(": {words}").format(words=sentence(clause.plan)) if clause.plan else ".",
    )


def _safety(option: Option, advice: OptionAdvice) -> list[Block]:
    blocks: list[Block] = []
    never = {clause.id: clause for clause in option.never_when}
    cautions = {clause.id: clause for clause in option.conditional_when}
    blocks += [clause_line(never[name], tr("Prohibited by: ")) for name in advice.prohibited_by if name in never]
    blocks += [clause_line(cautions[name], tr("Caution: ")) for name in advice.cautions_met if name in cautions]
    unasked = [cautions[name].label for name in advice.cautions_open if name in cautions]
    if unasked:
        blocks.append(_line(mark("question"), bold(tr("Cautions not answered: ")), sentence(listed(unasked))))
    if never and not advice.prohibited_by:
        count = len(never)
        words = (
            trn("answered no.", "all {count} answered no.", count)
            if advice.status in {Status.OFFERED, Status.CONDITIONAL}
            else trn("none holds (the one asked about); what is not answered stands below.",
                     "none holds ({count} asked about); what is not answered stands below.", count)
            if advice.status is Status.OPEN
            else trn("none holds (the one asked about).", "none holds ({count} asked about).", count)
        )
        blocks.append(_line(quiet(tr("Contraindications: ")), words.format(count=count)))
    return blocks


def _practice(option: Option) -> list[Block]:
    blocks: list[Block] = []
    if option.effect is not None:
        blocks.append(_line(quiet(tr("Effect seen for: ")), sentence(option.effect.sentence)))
    if option.consent:
        blocks.append(_line(bold(tr("Consent: ")), " ".join(sentence(line) for line in option.consent)))
    if option.monitor:
        blocks.append(_line(bold(tr("Review, stop: ")), " ".join(sentence(line) for line in option.monitor)))
    return blocks


def _notes(view: PlanView, advice: OptionAdvice, told: dict[str, str]) -> list[Block]:
    """Notes that hold or may hold, and the pack's texts for this option; each once on this paper."""
    blocks: list[Block] = []
    elsewhere: dict[str, None] = {}
    found = [(one.text, one.fits, one.basis, one.check) for one in advice.notes]
    found += [(one.text, view.text_fits(one), one.basis, one.check) for one in view.texts(advice.id)]
    for words, fits, basis, check in found:
        if words in told:
            elsewhere[told[words]] = None
            continue
        told[words] = advice.title
        numbers = quiet(f"{statement_ids(basis, 3)}{_unchecked(check)}")
        if fits is Truth.UNKNOWN:
            blocks.append(_line(mark("question"), quiet(tr("If it applies: ")), sentence(words), numbers))
        else:
            blocks.append(_line("– ", sentence(words), numbers))
    if elsewhere:
        blocks.append(_line(quiet("– " + tr("Also what is noted at {options}.").format(options=listed(elsewhere)))))
    return blocks


# -- the others -----------------------------------------------------------------------------------


def _prohibited(view: PlanView, found: list[OptionAdvice]) -> list[Block]:
    blocks: list[Block] = [Heading(tr("Prohibited"), 3)] if found else []
    for advice in found:
        option = view.option(advice.id)
        never = {clause.id: clause for clause in option.never_when} if option is not None else {}
        blocks.append(_title(view, advice, option))
        lines = [clause_line(never[name], tr("Prohibited by: ")) for name in advice.prohibited_by if name in never]
        blocks += lines or [_line(sentence(advice.summary))]
        labels = [never[name].label.lower() for name in advice.prohibited_by if name in never]
        blocks += [
            _line(sentence(line)) for line in advice.blocked_by if not any(label in line.lower() for label in labels)
        ]
    return blocks


def _titles(view: PlanView, found: list[OptionAdvice]) -> str:
    def one(advice: OptionAdvice) -> str:
        option = view.option(advice.id)
        return f"{advice.title}{statement_ids(option.statements, 3) if option is not None else ''}"

    return apart(map(one, found))


def _not_offered(view: PlanView, found: list[OptionAdvice]) -> list[Block]:
    if not found:
        return []
    reasons: dict[str, list[OptionAdvice]] = {}
    for advice in found:
        reasons.setdefault(advice.summary or tr("Not stated"), []).append(advice)
    return [
        Heading(tr("Not offered ({count}), by reason").format(count=len(found)), 3),
        *(_reason_line(view, reason, same) for reason, same in reasons.items()),
    ]


def _open_by_need(view: PlanView, found: list[OptionAdvice]) -> list[Block]:
    """Many open options: by the answers they have in common; their words stand in the attached record."""
    if not found:
        return []
    needs: dict[str, list[OptionAdvice]] = {}
    for advice in found:
        needs.setdefault(listed((fact.label for fact in advice.missing), 2) or tr("Not stated"), []).append(advice)
    lines = [
        _line(mark("question"), bold(tr("{label}: ").format(label=need)), f"{_titles(view, same)}.", gap=1.2)
        for need, same in needs.items()
    ]
    return [Heading(tr("Open ({count}), by what is still needed").format(count=len(found)), 3), *lines]


def _reason_line(view: PlanView, reason: str, same: list[OptionAdvice]) -> Paragraph:
    return _line(
        mark("minus"), quiet(tr("{label}: ").format(label=reason.rstrip("."))), f"{_titles(view, same)}.", gap=1.2
    )


def _suppressed(view: PlanView, found: list[OptionAdvice]) -> list[Block]:
    """One paragraph: how many are held back, and by what rule."""
    if not found:
        return []
    positive = view.decision.emergency.positive
    criteria = (f"{one.label} ({one.id})" for one in view.decision.tier.reasons if one.id in positive)
    by = listed(criteria, 4) or tr("a positive emergency item")
    held = trn("{count} elective option is held back: the emergency comes first.",
               "{count} elective options are held back: the emergency comes first.", len(found))
    why = tr(
        "Held back by: {criteria}. As long as a criterion of tier “now” or “same day” certainly holds, no elective "
        "option is offered; what is prohibited stays prohibited. They are worked out again once it is excluded."
    ).format(criteria=by)
    words: Text = text(mark("minus"), bold(held.format(count=len(found))), f" {why}")
    return [Paragraph(words, "small")]
