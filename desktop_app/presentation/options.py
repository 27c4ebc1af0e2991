"""Options as cards: status, for and against, what is missing, what would change it, the decision."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.engine.decision import Decision, Fact, OptionAdvice, Status, Truth
from desktop_app.engine.model import Disagreement, Effect, Option, Pack
from desktop_app.engine.words import yes_or_no
from desktop_app.language import of_guideline, tr, trn
from desktop_app.presentation import kidneys, reasons, words
from desktop_app.presentation.kidneys import Band
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.presentation.reasons import Check, TraceStep
from desktop_app.use_cases.choosing import clash, unsettled
from desktop_app.use_cases.domain import Choice, Verdict

CHIP = {
    Status.OFFERED: ("accent", "check-circle-outline"),
    Status.CONDITIONAL: ("accent", "check-circle-outline"),
    Status.OPEN: ("unknown", "help"),
    Status.NOT_OFFERED: ("neutral", "minus"),
    Status.PROHIBITED: ("neutral", "cancel"),
    Status.SUPPRESSED: ("neutral", "minus"),
}
STANDS = frozenset({Status.OFFERED, Status.CONDITIONAL})
_RANK = {Status.OFFERED: 0, Status.CONDITIONAL: 0, Status.OPEN: 1, Status.PROHIBITED: 3, Status.SUPPRESSED: 4,
         Status.NOT_OFFERED: 5}
_DECIDED = 2
_FITS = {
    Truth.YES: tr("fits this patient"),
    Truth.NO: tr("does not fit this patient"),
    Truth.UNKNOWN: tr("may fit this patient"),
}
_FIT_ORDER = (Truth.YES, Truth.UNKNOWN, Truth.NO)
_SHARPEST = ("opposes", "restricts", "weakens", "qualifies", "warns", "evidence gap", "nuance", "adds", "supports")
_STANCE = {"opposes": tr("Guidance disagrees"), "restricts": tr("Guidance disagrees"),
           "weakens": tr("Guidance disagrees"), "supports": tr("Guidance agrees"), "warns": tr("Guidance warns")}
_SPEAKS_AGAINST = {"warns", "evidence gap"}
VERDICT_WORDS = {"accept": tr("Accepted"), "change": tr("Accepted with a change"), "decline": tr("Declined")}
_NOT_STATED = ("not stated", "no category stated")
_DIRECTION = {"opposes": tr("opposes"), "restricts": tr("restricts"), "weakens": tr("weakens"),
              "qualifies": tr("qualifies"), "warns": tr("warns"), "evidence gap": tr("evidence gap"),
              "nuance": tr("nuance"), "adds": tr("adds"), "supports": tr("supports")}  # fmt: skip
_QUOTE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Differs:
    """A disagreement as the card shows it: calm, with source, year, strength and how it was checked."""

    id: str
    head: str  # who says it, and the year
    title: str  # of the source, in full
    says: str
    strength: str
    check: str
    fits: str
    stance: str = ""  # whether it disagrees, agrees, warns or says something beside
    short: str = ""


@dataclass(frozen=True, slots=True)
class Against:
    """One line of what speaks against, or what the plan has to settle."""

    text: str
    kind: str  # bars, plan, open, warns, lacks


@dataclass(frozen=True, slots=True)
class Settle:
    """Something to be answered before the option is accepted, or that decides it."""

    words: str
    question: str


@dataclass(frozen=True, slots=True)
class OptionCard:
    id: str
    title: str
    group: str
    status: Status
    status_words: str
    chip_kind: str
    chip_icon: str
    summary: str
    text: str
    strength: str  # "Article: ..." in the article's words
    article: str  # the strength alone, quoted
    evidence: str
    chips: tuple[words.Provenance, ...]
    speaks_for: tuple[str, ...]
    against: tuple[Against, ...]
    missing: tuple[Settle, ...]
    checks: tuple[Check, ...]
    why: tuple[TraceStep, ...]
    would_change: tuple[str, ...]
    effect: Effect | None
    dose: Band | None
    disagreements: tuple[Differs, ...]
    notes: tuple[tuple[str, str], ...]  # (sentence, how checked)
    consent: tuple[str, ...]
    monitor: tuple[str, ...]
    not_here: tuple[str, ...]
    choice: Choice | None
    choice_words: str
    can_decide: bool
    only_look: bool  # signed, or somebody who may not decide
    can_accept: bool
    why_no_accept: str
    settle_first: tuple[Settle, ...]
    working: bool = False  # what would change it is still being worked out

    @property
    def waits(self) -> bool:
        """Whether the clinician still has to decide."""
        return self.can_decide and self.choice is None and not self.only_look


def cards(consultation: OpenConsultation, groups: tuple[str, ...]) -> tuple[OptionCard, ...]:
    """The options of some groups, most relevant first: undecided, open, decided, ruled out, not offered."""
    decision = consultation.whole or consultation.decision
    shared = Counter(told for advice in decision.options for reason in advice.why for told in reasons.lines(reason))
    return tuple(card(consultation, advice, shared) for advice in _in_order(consultation, decision, groups))


@dataclass(frozen=True, slots=True)
class Brief:
    """An option in one line, where a whole card would be too much."""

    id: str
    title: str
    status_words: str
    choice: Choice | None
    choice_words: str
    can_decide: bool


def briefs(consultation: OpenConsultation, groups: tuple[str, ...]) -> tuple[Brief, ...]:
    """The same options in the same order as ``cards``."""
    known, made = consultation.pack.options, consultation.choices
    return tuple(
        Brief(o.id, o.title, words.STATUS[o.status], made.get(o.id), _choice_words(made.get(o.id)),
              known[o.id].decidable and o.status in STANDS)
        for o in _in_order(consultation, consultation.decision, groups)
    )


def _in_order(consultation: OpenConsultation, decision: Decision, groups: tuple[str, ...]) -> list[OptionAdvice]:
    known = consultation.pack.options
    found = [advice for advice in decision.options if advice.group in groups]
    found.sort(key=lambda one: (_place(consultation, one), known[one.id].elective))
    return found


def tally(consultation: OpenConsultation, groups: tuple[str, ...]) -> tuple[int, int]:
    """How many options of some groups the clinician can decide about, and how many of these are decided."""
    known = consultation.pack.options
    offered = [o.id for o in consultation.decision.options
               if o.group in groups and known[o.id].decidable and o.status in STANDS]
    return len(offered), sum(name in consultation.choices for name in offered)


def _place(consultation: OpenConsultation, advice: OptionAdvice) -> int:
    if advice.id in consultation.choices:
        return _DECIDED
    decidable = consultation.pack.options[advice.id].decidable
    return _RANK[advice.status] if decidable or advice.status not in STANDS else _DECIDED


def card(consultation: OpenConsultation, advice: OptionAdvice, shared: Mapping[str, int] | None = None) -> OptionCard:
    """One option. ``shared``: how many options each reason stands behind; the rarest is told on the shut card."""
    pack, decision = consultation.pack, consultation.decision
    option = pack.options[advice.id]
    choice = consultation.choices.get(advice.id)
    kind, icon = CHIP[advice.status]
    can_accept, why_not, settle = _acceptable(consultation, option, advice)
    article, evidence = quoted(option.strength), evidence_words(option.evidence)
    speaks_for = tuple(dict.fromkeys(told for r in advice.why if r.truth is Truth.YES for told in reasons.lines(r)))
    missing = _missing(pack, advice.missing)
    specific = _specific_notes(option)
    return OptionCard(
        id=advice.id,
        title=advice.title,
        group=advice.group,
        status=advice.status,
        status_words=words.STATUS[advice.status],
        chip_kind=kind,
        chip_icon=icon,
        summary=_summary(option, advice, speaks_for, missing, shared or {}),
        text=quoted(advice.text or option.text),
        strength=tr("Article: {article} · evidence {evidence}").format(article=article, evidence=evidence),
        article=article,
        evidence=evidence,
        chips=tuple(words.provenance(pack, b) for b in option.statements),
        speaks_for=speaks_for,
        against=_against(pack, option, advice),
        missing=missing,
        checks=reasons.checks(pack, decision, option, advice),
        why=reasons.trace(pack, decision, advice),
        would_change=(*advice.blocked_by, *(f.sentence for f in advice.flips)),
        effect=option.effect,
        dose=kidneys.band_of(pack, decision, option.medicine),
        disagreements=_differ(pack, advice),
        notes=tuple(
            (n.text, words.CHECK[n.check])
            for n in advice.notes
            if n.fits is not Truth.YES or specific.get(n.text) != n.text
        ),
        consent=option.consent,
        monitor=option.monitor,
        not_here=advice.not_here,
        choice=choice,
        choice_words=_choice_words(choice),
        can_decide=option.decidable and advice.status in STANDS,
        only_look=not consultation.can_write,
        can_accept=can_accept,
        why_no_accept=why_not,
        settle_first=settle,
        working=consultation.whole is None,
    )


def _acceptable(consultation: OpenConsultation, option: Option,
                advice: OptionAdvice) -> tuple[bool, str, tuple[Settle, ...]]:
    decision = consultation.decision
    if not option.decidable:
        return False, "", ()
    if advice.status is Status.SUPPRESSED:
        return False, tr("The emergency comes first."), ()
    if advice.status not in STANDS:
        return False, "", ()
    if option.elective and not decision.emergency.complete:
        left = len(decision.emergency.unanswered)
        return False, trn("Cannot be accepted yet: {count} question of the emergency screen is open.",
                          "Cannot be accepted yet: {count} questions of the emergency screen are open.",
                          left).format(count=left), ()
    missing = tuple(Settle(each.words, each.question) for each in unsettled(consultation.pack, decision, option.id))
    if missing:
        return False, tr("Cannot be accepted before this is settled:"), missing
    if words_ := clash(consultation.pack, Choice(option.id, Verdict.ACCEPT), consultation.choices.values()):
        return False, words_, ()
    return True, "", ()


def _choice_words(choice: Choice | None) -> str:
    if choice is None:
        return ""
    head = VERDICT_WORDS[choice.verdict.value]
    return f"{head}: {choice.reason}" if choice.reason else head


def quoted(text: str) -> str:
    """The article's words in proper quotation marks; "not stated" where it says nothing."""
    return _QUOTE.sub("“\\1”", text).replace("”; “", "”, “") if text else tr("not stated")


def evidence_words(text: str) -> str:
    """The evidence as the article words it; what comes from elsewhere carries its number and no quotation marks."""
    said = of_guideline() or str
    if not text or text in {said(nothing) for nothing in _NOT_STATED}:
        return text or tr("not stated")
    return quoted(text) if '"' in text or "(" in text else tr("“{words}”").format(words=text)


def _summary(option: Option, advice: OptionAdvice, speaks_for: tuple[str, ...], missing: tuple[Settle, ...],
             shared: Mapping[str, int]) -> str:
    """One reason for the shut card."""
    if advice.status is Status.OPEN:
        if not missing:
            return tr("Not yet known")
        return (
            tr("Decided by one answer")
            if len(missing) == 1
            else tr("Decided by {missing} answers, first").format(missing=len(missing))
        )
    if advice.status is Status.SUPPRESSED:
        return tr("The emergency comes first")
    if advice.status is Status.PROHIBITED:
        always = all(not r.facts for r in advice.why_not)
        return quoted(option.strength) if always else advice.why_not[0].text
    if advice.status is Status.NOT_OFFERED:
        told = [text for r in advice.why_not for text in reasons.against_lines(r)]
        return told[0] if told else ""
    if advice.status is Status.CONDITIONAL:
        labels = {c.id: c.label for c in option.conditional_when}
        met = [labels[i] for i in (*advice.cautions_met, *advice.cautions_open) if i in labels]
        more = tr(", {value} more").format(value=len(met) - 1) if len(met) > 1 else ""
        return tr("Needs a plan: {inside}{more}").format(inside=words.inside(met[0]), more=more) if met else ""
    no = f": {yes_or_no(False)}"
    return min(speaks_for, key=lambda told: (told.endswith(no), shared.get(told, 0), len(told)), default="")


def _specific_notes(option: Option) -> Mapping[str, str]:
    """Notes with a condition of their own, in short: they speak of this patient, not of everybody."""
    return {note.text: note.short or note.text for note in option.notes if note.when is not None}


def _against(pack: Pack, option: Option, advice: OptionAdvice) -> tuple[Against, ...]:
    clauses = {c.id: c for c in (*option.conditional_when, *option.never_when)}
    told = [Against(clauses[i].label, "bars") for i in advice.prohibited_by if i in clauses]
    told += [Against(text, "bars") for r in advice.why_not if r.truth is not Truth.YES
             for text in reasons.against_lines(r)]
    if advice.status is not Status.NOT_OFFERED:
        told += [Against(f"{c.label}: {words.inside(c.plan)}" if c.plan else c.label, "plan")
                 for c in (clauses[i] for i in advice.cautions_met if i in clauses)]
        specific = _specific_notes(option)
        told += [Against(specific[n.text], "plan") for n in advice.notes if n.fits is Truth.YES and n.text in specific]
    for shown in advice.disagreements:
        d = pack.disagreements.get(shown.id)
        if d is not None and d.direction in _SPEAKS_AGAINST and shown.fits is not Truth.NO and d.short:
            told.append(Against(f"{d.short} ({_origin(pack, d)})", "warns"))
    still = len(advice.cautions_open) + len(advice.never_open)
    if still and advice.status is not Status.NOT_OFFERED:
        told.append(Against(tr("{still} not yet known").format(still=words.count(still, "contraindication")), "open"))
    return tuple(dict.fromkeys(told))


def _origin(pack: Pack, d: Disagreement) -> str:
    """Who says it and when, in a few words."""
    source = pack.sources.get(d.source)
    if source is None or source.kind == "own":
        return tr("own search {year}").format(year=d.year) if source is not None else d.year
    name = re.split(r"[:;(,]", source.title)[0].strip()
    for tail in (tr(" Drug Safety Communication"), tr(" et al.")):
        name = name.removesuffix(tail)
    if not d.year[:1].isdigit():
        return tr("{name}, year {year}").format(name=name, year=d.year)
    return name if d.year in name else f"{name} {d.year}"


def _missing(pack: Pack, facts: tuple[Fact, ...]) -> tuple[Settle, ...]:
    found: dict[str, Settle] = {}
    for fact in facts:
        atom = pack.atoms.get(fact.atom)
        if atom is not None:
            found.setdefault(atom.question, Settle(fact.label, atom.question))
    return tuple(found.values())


def _differ(pack: Pack, advice: OptionAdvice) -> tuple[Differs, ...]:
    """What fits this patient first, and of that the sharpest."""
    found = []
    for shown in advice.disagreements:
        d = pack.disagreements.get(shown.id)
        if d is None:
            continue
        source = pack.sources.get(d.source)
        title = source.title if source is not None else d.source
        made = Differs(d.id, words.capital(_origin(pack, d)), title, d.says,
                       words.capital("; ".join(filter(None, (_DIRECTION.get(d.direction, d.direction),
                                                        quoted(d.strength) if d.strength else "")))),
                       f"{d.id} · {words.CHECK[d.check]}", _FITS[shown.fits],
                       _STANCE.get(d.direction, tr("Other guidance")), d.short)
        listed = d.direction in _SPEAKS_AGAINST and bool(d.short)  # already told in a line
        found.append(((_FIT_ORDER.index(shown.fits), listed, _SHARPEST.index(d.direction)), made))
    found.sort(key=lambda pair: pair[0])
    return tuple(made for _, made in found)

