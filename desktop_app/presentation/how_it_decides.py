"""The page "How this program decides": fixed words, figures counted from the guideline, and this patient's unknowns.

Its order follows what an independent review of decision support needs: purpose, user, patients, inputs with their
reason and quality, logic, evidence, validation and its limits, and what is not known for the patient in front.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from desktop_app.engine.cases import case_files
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Check, Pack, Question, Source
from desktop_app.language import tr
from desktop_app.presentation import advice, words
from desktop_app.presentation.cards import Card
from desktop_app.presentation.help import HOW_IT_DECIDES, Article, Fold, FoldLine, Library, Passage
from desktop_app.presentation.wizard import REVIEW, Wizard

SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
CHECKS = ((Check.READ, tr("Read, often only the opening")), (Check.SECONDARY, tr("Known through another document")),
          (Check.UNCHECKED, tr("Not checked")), (Check.OWN, tr("Decisions of this program")))
FOR_THIS_PATIENT = tr("What is not known for this patient")


def build(library: Library, pack: Pack, wizard: Wizard | None) -> Article:
    """The article for a guideline; inside a consultation it begins with what is not known for the patient."""
    written = library.topics[HOW_IT_DECIDES]
    numbers = figures(pack)
    passages = tuple(_with_parts(replace(p, text=p.text.format_map(numbers)), pack) for p in written.passages)
    if wizard is not None:
        passages = (this_patient(wizard), *passages)
    return Article(written.id, written.title, written.lead.format_map(numbers), passages, wide=True)


def figures(pack: Pack) -> Mapping[str, int]:
    """Every figure of the page, counted."""
    kinds = Counter(s.kind for s in pack.statements.values())
    checked = Counter(s.check for s in pack.sources.values())
    asked = [q for q in pack.questions.values() if not q.derived]
    return {
        "questions": len(asked), "facts": sum(len(q.atoms) for q in asked),
        "emergency_questions": sum(q.emergency for q in asked),
        "options": len(pack.options), "criteria": len(pack.criteria),
        "statements": kinds["statement"], "headings": kinds["heading"], "additions": kinds["addition"],
        "decisions": kinds["decision"] + kinds["tension"], "disagreements": len(pack.disagreements),
        "sources": len(pack.sources), "read": checked[Check.READ], "secondary": checked[Check.SECONDARY],
        "unchecked": checked[Check.UNCHECKED], "own": checked[Check.OWN],
        "claims": len(pack.claims), "cases": len(case_files(Path(pack.folder) / "cases")),
    }


def escaped(text: str) -> str:
    """Words of the guideline inside Markdown, as they stand."""
    return SPECIAL.sub(r"\\\1", text)


def _with_parts(passage: Passage, pack: Pack) -> Passage:
    """What only the guideline can say, under the heading it belongs to."""
    info = pack.info
    match passage.anchor:
        case "who-should-use-it":
            return replace(passage, text=escaped(info.intended_user))
        case "which-patients-it-fits":
            lines = "\n".join(f"- {escaped(line)}" for line in info.not_for)
            return replace(passage, text=tr("{for_whom}\n\n**Not for**\n\n{lines}").format(
                for_whom=escaped(info.for_whom), lines=lines))
        case "what-it-asks-and-why":
            return replace(passage, folds=tuple(_inputs(pack)))
        case "evidence-and-sources":
            about = "\n\n".join(escaped(t.text) for t in pack.texts if t.id.startswith("about_"))
            return replace(passage, text=f"{passage.text}\n\n{about}".strip(), folds=tuple(_sources(pack)))
        case "how-it-was-tested-and-what-that-cannot-show":
            claims = tuple(FoldLine(claim.words) for claim in pack.claims)
            return replace(passage, folds=(Fold(tr("All {claims} safety claims").format(claims=len(claims)), claims),))
        case "what-it-cannot-know":
            told = [escaped(t.text) for t in pack.texts if t.id in {"cannot_know", "silent_on", "own_thresholds"}]
            told.append(
                tr("{state_words}. Version {version}, to be looked at again by {review_by}.").format(
                    state_words=escaped(info.state_words), version=info.version, review_by=info.review_by
                )
            )
            return replace(passage, text="\n\n".join(told))
    return passage


def _inputs(pack: Pack) -> Iterator[Fold]:
    """Every question by its step: why, how to find out, on what it rests."""
    for screen in pack.screens:
        asked = [pack.questions[q] for group in screen.groups for q in group.questions]
        lines = tuple(_input(pack, q) for q in asked if not q.derived)
        if lines:
            yield Fold(f"{screen.title}: {words.count(len(lines), 'question')}", lines)


def _input(pack: Pack, question: Question) -> FoldLine:
    basis = ", ".join(words.provenance(pack, b).text for b in question.basis)
    how = tr(" How: {how}").format(how=question.how) if question.how else ""
    return FoldLine(question.short, f"{question.why}{how}", tr("Rests on {basis}").format(basis=basis) if basis else "")


def _sources(pack: Pack) -> Iterator[Fold]:
    for check, title in CHECKS:
        found = [s for s in pack.sources.values() if s.check is check]
        if found:
            yield Fold(f"{title}: {len(found)}", tuple(_source(s) for s in found))
    disagreements = tuple(
        FoldLine(f"{d.id} · {pack.sources[d.source].title if d.source in pack.sources else d.source}", d.says,
                 f"{d.direction}; {d.strength} · {words.CHECK[d.check]}") for d in pack.disagreements.values())
    if disagreements:
        yield Fold(
            tr("Where other guidance disagrees: {disagreements}").format(disagreements=len(disagreements)),
            disagreements,
        )


def _source(source: Source) -> FoldLine:
    year = f" {source.year}" if source.year and source.year not in source.title else ""
    where = f"{source.locator}. " if source.locator else ""
    confidence = (
        tr("Confidence that it says this: {confidence}").format(confidence=source.confidence)
        if source.confidence
        else ""
    )
    return FoldLine(f"{source.title}{year}", f"{where}{source.note}".strip(), confidence)


# --- this patient ---------------------------------------------------------------------------------------


def this_patient(wizard: Wizard) -> Passage:
    """What is missing, unsure or unchecked for the patient, what decides first; from the engine's own record."""
    decision = wizard.decision
    cards = [c for s in wizard.screens if s != REVIEW for c in wizard.page(s).cards]
    settled = sum(c.state == "settled" for c in cards)
    day = words.day(decision.as_of)
    told = [
        tr("{settled} of {cards} questions on the pages have a known answer, as of {day}.").format(
            settled=settled, cards=len(cards), day=day
        )
    ]
    told.append(
        tr("**{count} can still change the advice.**").format(
            count=words.count(len(wizard.open_questions()), "open question")
        )
        if wizard.open_questions()
        else tr("**No open question can change the advice.**")
    )
    bulk = sum(a.bulk for a in wizard.consultation.answers.values())
    if bulk:
        told.append(
            tr("{bulk} {value} entered together with others (“all normal” or “none of these”).").format(
                bulk=words.count(bulk, "fact"), value="was" if bulk == 1 else "were"
            )
        )
    return Passage(FOR_THIS_PATIENT, "\n\n".join(told), tuple(f for f in _unknowns(wizard, cards) if f.lines))


def _unknowns(wizard: Wizard, cards: list[Card]) -> Iterator[Fold]:
    decision, pack = wizard.decision, wizard.consultation.pack

    shown = {c.id for c in cards}

    def place(question: str) -> str:
        """Where it can be answered; empty while it is asked on no page yet."""
        name = wizard.where(question)
        return name if name in shown else ""

    def fold(title: str, lines: list[FoldLine]) -> Fold:
        return Fold(f"{title}: {len(lines)}", tuple(lines))

    yield fold(tr("Can still change the advice, most decisive first"), [
        FoldLine(pack.questions[q.question].short, advice.effect(pack, q), question=place(q.question))
        for q in wizard.open_questions()])
    yield fold(tr("Asked only after some of these answers"), [
        FoldLine(pack.questions[q.question].short, advice.effect(pack, q), question=place(q.question))
        for q in wizard.asking.later(decision)])
    yield fold(tr("Open on the emergency screen, so not ruled out"), [
        FoldLine(pack.questions[q].short, question=place(q)) for q in decision.emergency.unanswered])
    lapsed = dict.fromkeys(pack.atoms[a].question for a in decision.lapsed)
    yield fold(tr("A no of another day, to be asked again"), [
        FoldLine(pack.questions[q].short, question=place(q)) for q in lapsed])
    yield fold(tr("Asked, and not known"), [FoldLine(c.title, c.chip, question=c.id) for c in cards
                                        if c.state == "unknown"])
    yield fold(tr("Not asked, or only in part"), [FoldLine(c.title, c.chip, question=c.id) for c in cards
                                              if c.state in {"not_started", "begun"}])
    yield fold(tr("Answers that do not fit each other"), [FoldLine(t) for t in (*decision.contradictions,
                                                                            *decision.doubts)])
    yield fold(tr("Advice for this patient that rests on something unchecked"), list(_unchecked(wizard)))


def _unchecked(wizard: Wizard) -> Iterator[FoldLine]:
    """Reasons for the urgency and options offered now that name an unchecked source, statement or disagreement."""
    decision, pack = wizard.decision, wizard.consultation.pack
    said = [(r.label, (*r.basis,), pack.criteria[r.id].check) for r in decision.tier.reasons]
    said += [(o.title, (*pack.options[o.id].basis, *o.statements), Check.OWN) for o in decision.options
             if o.status in {Status.OFFERED, Status.CONDITIONAL}]
    for title, basis, check in said:
        named = [b for b in dict.fromkeys(basis) if _is_unchecked(pack, b)]
        if named or check is Check.UNCHECKED:
            yield FoldLine(title, ", ".join(words.provenance(pack, b).text for b in named))


def _is_unchecked(pack: Pack, basis: str) -> bool:
    found = pack.sources.get(basis) or pack.statements.get(basis) or pack.disagreements.get(basis)
    return found is not None and found.check is Check.UNCHECKED
