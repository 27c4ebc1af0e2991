"""`lumbar-pathway guideline check|findings|explain|diff`: a content pack seen by its authors, without a screen.

The jobs around signed editions stand in ``cli/editions.py``.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from desktop_app.cli import editions
from desktop_app.cli.console import for_machines
from desktop_app.engine.cases import load_case
from desktop_app.engine.decision import Decision, Fact, OptionAdvice, Reason, Truth
from desktop_app.engine.difference import Deed, difference
from desktop_app.engine.loader import load_pack, read_with_mistakes
from desktop_app.engine.model import Atom, Pack, Question
from desktop_app.engine.phrases import phrase
from desktop_app.engine.problems import ContentError, MissingContent, Problem, choices
from desktop_app.engine.words import day
from desktop_app.presentation import words

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from desktop_app.engine.derive import Clinical

PROBLEM_FOUND = 1


def add_parser(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add ``guideline`` and its jobs to the program's commands."""
    parser = subparsers.add_parser("guideline", help="check, list or explain the guideline content")
    jobs = parser.add_subparsers(dest="job", metavar="JOB", required=True)
    check = jobs.add_parser("check", help="find every mistake of a content pack and run its cases")
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="another content pack than the shipped one"
    )
    check.add_argument("--no-cases", action="store_true", help="leave the worked cases out")
    findings = jobs.add_parser("findings", help="print the data dictionary")
    findings.add_argument("--json", action="store_true", help="as JSON")
    explain = jobs.add_parser("explain", help="why, why not, what is missing and what would change it, for one case")
    explain.add_argument("case", type=Path, metavar="CASE.yaml")
    explain.add_argument("--option", metavar="ID", help="one option only")
    diff = jobs.add_parser("diff", help="what differs between two editions of a content pack")
    diff.add_argument("old", type=Path, metavar="OLD")
    editions.add_jobs(jobs)
    diff.add_argument("new", type=Path, metavar="NEW", nargs="?", help="the shipped one unless said")


def run(args: Namespace, stdout: TextIO, folder: Path) -> int:
    """Do one job on the pack in ``folder``. 0: done, 1: the check found a problem. Raises ``ContentError``."""
    if args.job == "check":
        return _check(args.folder or folder, stdout, cases=not args.no_cases)
    if args.job == "diff":
        stdout.write("\n".join(difference_lines(load_pack(args.old), load_pack(args.new or folder))) + "\n")
        return 0
    pack = load_pack(folder)
    if args.job == "findings":
        if args.json:
            for_machines(stdout).write(dictionary_json(pack))
        else:
            stdout.write("\n".join(dictionary_lines(pack)) + "\n")
        return 0
    stdout.write("\n".join(_explain(args.case, pack, args.option or "")) + "\n")
    return 0


def _clinical(pack: Pack) -> Clinical:
    """The program's arithmetic; none for a pack that uses no function of it, such as the template."""
    from desktop_app.clinical.arithmetic import SIGNATURES, ClinicalArithmetic
    from desktop_app.engine.derive import DATE_FUNCTIONS
    from desktop_app.engine.free import FreeArithmetic

    named = {atom.derived.function for atom in pack.atoms.values() if atom.derived is not None} - DATE_FUNCTIONS
    return FreeArithmetic() if named and not named & set(SIGNATURES) else ClinicalArithmetic(pack)


def _check(folder: Path, stdout: TextIO, *, cases: bool) -> int:
    from desktop_app.engine.checks import check_pack, check_with_mistakes

    try:
        reading, mistakes = read_with_mistakes(folder)
    except MissingContent as error:
        stdout.write(f"{error}\n")
        return error.exit_code
    try:
        clinical = _clinical(reading.pack) if not mistakes else None
    except ContentError as error:  # in a table of the clinical arithmetic
        mistakes, clinical = list(error.problems), None
    if clinical is None:
        found = check_with_mistakes(reading, mistakes)
        stdout.write("".join(f"{problem}\n" for problem in found))
        count = f"{len(found)} mistake{'' if len(found) == 1 else 's'}"
        stdout.write(f"{count}; conditions and cases are checked when these are mended\n")
        return ContentError.exit_code
    report = check_pack(reading, clinical, cases=cases)
    stdout.write("".join(f"{line}\n" for line in report.lines()))
    return 0 if report.passed else PROBLEM_FOUND


# --- the data dictionary -------------------------------------------------------------------------


def dictionary_json(pack: Pack) -> str:
    """Every question and derived finding with its answers, as JSON text."""
    return (
        json.dumps(
            {
                "guideline": pack.info.id,
                "version": pack.info.version,
                "content_hash": pack.content_hash,
                "findings": [_entry(question, pack) for question in pack.questions.values()],
            },
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )


def _entry(question: Question, pack: Pack) -> dict[str, object]:
    atom = pack.atoms[question.atoms[0]]
    entry: dict[str, object] = {
        "id": question.id,
        "shape": str(question.shape),
        "type": str(question.type),
        "short": question.short,
        "derived": question.derived,
        "emergency": question.emergency,
    }
    told = {
        "question": question.question,
        "why": question.why,
        "how": question.how,
        "help": question.help,
        "none_label": question.none_label,
        "follows_yes": question.follows_yes,
        "normal": atom.normal,
    }
    entry.update({key: said for key, said in told.items() if said})
    if question.relevant_when is not None:
        entry["relevant_when"] = phrase(question.relevant_when)
        entry["when_not_relevant"] = "no" if question.when_not_relevant_no else "unknown"
    if atom.options:
        entry["options"] = {option.id: option.label for option in atom.options}
    if atom.units:
        entry["units"] = [{"id": unit.id, "label": unit.label, "factor": unit.factor} for unit in atom.units]
    if atom.range is not None:
        entry["range"] = {
            "error": [atom.range.error_min, atom.range.error_max],
            "warn": [atom.range.warn_min, atom.range.warn_max],
            "decimals": atom.range.decimals,
        }
    if atom.derived is not None:
        entry["function"], entry["inputs"] = atom.derived.function, list(atom.derived.inputs)
    else:
        entry["atoms"] = {name: pack.atoms[name].label for name in question.atoms}
    if question.basis:
        entry["basis"] = list(question.basis)
    if question.codes:
        entry["codes"] = dict(question.codes)
    return entry


def dictionary_lines(pack: Pack) -> list[str]:
    """The same for reading in a terminal."""
    lines = [f"{pack.info.title} {pack.info.version}", pack.info.state_words]
    for question in pack.questions.values():
        mark = " (emergency)" if question.emergency else " (worked out)" if question.derived else ""
        lines += ["", f"{question.id}: {question.short}{mark}"]
        lines += [f"  {words}" for words in (question.question, question.why and f"Why: {question.why}") if words]
        lines += [f"  Answer: {_answers(pack.atoms[question.atoms[0]])}"]
        if len(question.atoms) > 1:
            lines += [f"    {name}: {pack.atoms[name].label}" for name in question.atoms]
        if question.relevant_when is not None:
            lines.append(f"  Asked when: {phrase(question.relevant_when)}")
    return lines


def _answers(atom: Atom) -> str:
    if atom.options:
        return ", ".join(f"{option.id} ({option.label})" for option in atom.options)
    if atom.units:
        units = " or ".join(unit.label for unit in atom.units)
        limits = f" from {atom.range.error_min:g} to {atom.range.error_max:g}" if atom.range else ""
        return f"number{limits}, {units}"
    return {"yes_no": "yes, no", "date": "date", "medicines": "list of medicines", "text": "text"}[atom.type]


# --- two editions --------------------------------------------------------------------------------


def difference_lines(old: Pack, new: Pack) -> list[str]:
    """Every change with its fields before and after, for reading in a terminal."""
    changes = difference(old, new)
    lines = [f"{old.info.title} {old.info.version} → {new.info.title} {new.info.version}",
             f"{len(changes)} change{'' if len(changes) == 1 else 's'}"]
    for change in changes:
        title = f": {change.title}" if change.title else ""
        lines += ["", f"{change.part.capitalize()} {change.id}, {change.deed}{title}"]
        for field in change.fields:
            if change.deed is Deed.CHANGED:
                lines += [f"  {field.name}", f"    before: {field.before}", f"    after:  {field.after}"]
            else:
                lines.append(f"  {field.name}: {field.after if change.deed is Deed.ADDED else field.before}")
    return lines


# --- explaining one case -------------------------------------------------------------------------


def _explain(path: Path, pack: Pack, option: str) -> list[str]:
    from desktop_app.engine.judge import decide

    case = load_case(path, pack)
    if option and option not in pack.options:
        raise ContentError([Problem(str(path), 0, 0, f"unknown option {option!r}", choices(pack.options, option))])
    decision = decide(pack, case.sheet, case.as_of, _clinical(pack))
    title = f" {case.title}" if case.title else ""
    lines = [f"{case.id}{':' if title else ''}{title}", f"As of {day(case.as_of)}. {pack.info.state_words}."]
    if not option:
        lines += _whole(decision, pack)
    for advice in decision.options:
        if option in {"", advice.id}:
            lines += ["", *_option(advice, pack)]
    return lines


def _whole(decision: Decision, pack: Pack) -> Iterator[str]:
    tier = decision.tier
    settled = "final" if tier.final else f"not ruled out: {words.tier_line(tier.ceiling)}"
    yield f"Urgency: {words.tier_line(tier.floor)} ({settled})"
    if tier.due_date is not None:
        late = f", overdue by {tier.overdue_days} days" if tier.overdue_days else ""
        yield f"Due: {day(tier.due_date)}{late}"
    for criterion in tier.reasons:
        yield f"  {words.TIER[criterion.tier][0]} because: {criterion.label} [{', '.join(criterion.basis)}]"
        yield from _reasons(criterion.why, "    ")
    for criterion in tier.open_criteria:
        yield f"  {words.TIER[criterion.tier][0]} not ruled out: {criterion.label}"
        yield from _missing(criterion.missing, "    ")
    yield f"Emergency screen: {'complete' if decision.emergency.complete else 'INCOMPLETE'}"
    yield f"Imaging: {_verdict(decision, pack)}"
    if decision.imaging.action_text:
        yield f"  {decision.imaging.action_text}"
    for sentence in (*decision.contradictions, *decision.doubts):
        yield f"Contradiction: {sentence}"
    if decision.questions:
        yield "Unanswered questions that can still change the advice, most important first:"
        for number, question in enumerate(decision.questions, 1):
            yield f"  {number}. {question.label}: {question.effect}"
    else:
        yield "No unanswered question can change the advice."


def _verdict(decision: Decision, pack: Pack) -> str:
    """Verdict and root in the pack's words."""
    atom = pack.atoms.get(pack.imaging_verdict)
    labels = {option.id: option.label for option in atom.options} if atom is not None else {}
    root = decision.imaging.root.replace(".", " ")
    told = words.inside(labels.get(decision.imaging.verdict, "not known"))
    return told if root in {"", "unknown"} else f"{told}; root {root}"


def _option(advice: OptionAdvice, pack: Pack) -> Iterator[str]:
    option = pack.options[advice.id]
    yield f"{advice.id}: {advice.title}"
    yield f"  {str(advice.status).replace('_', ' ')}: {advice.summary}"
    if advice.why:
        yield "  Why:"
        yield from _reasons(advice.why, "    ")
    if advice.why_not:
        yield "  Why not:"
        yield from _reasons(advice.why_not, "    ")
    for clause in option.conditional_when:
        if clause.id in advice.cautions_met:
            yield f"  Caution: {clause.label}" + (f". {clause.plan}" if clause.plan else "")
        elif clause.id in advice.cautions_open:
            yield f"  Caution not yet asked: {clause.label}"
    yield from _missing(advice.missing, "  ")
    for flip in advice.flips:
        yield f"  Would change: {flip.sentence}"
    for sentence in (*advice.blocked_by, *advice.not_here):
        yield f"  {sentence}"
    yield f"  Rests on: {', '.join(option.basis)}; strength {option.strength}; evidence {option.evidence}"
    for name in option.disagreements:
        against = pack.disagreements[name]
        yield f"  {name} {against.direction}: {against.says} ({pack.sources[against.source].title}, {against.year})"


def _reasons(reasons: tuple[Reason, ...], indent: str) -> Iterator[str]:
    marks = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "?"}
    for reason in reasons:
        basis = f" [{', '.join(reason.basis)}]" if reason.basis else ""
        yield f"{indent}{marks[reason.truth]}: {reason.text}{basis}"


def _missing(facts: tuple[Fact, ...], indent: str) -> Iterator[str]:
    if facts:
        yield f"{indent}Still needed: {', '.join(fact.label for fact in facts)}"
