"""All checks of a content pack in one run, for its authors: links, rules, questions, screens, cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.cases import REFUSED, Case, read_cases
from desktop_app.engine.check_questions import check_questions, check_screens
from desktop_app.engine.check_rules import check_bands, check_conditions, check_directions
from desktop_app.engine.derive import Clinical
from desktop_app.engine.expect import run_case
from desktop_app.engine.loader import CASES, Reading, content_files
from desktop_app.engine.plan import plan_of
from desktop_app.engine.problems import Problem
from desktop_app.engine.reader import Node
from desktop_app.engine.trace_links import Accounted, check_links
from desktop_app.engine.translations import check_translations


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What one run found. ``notices`` are worth a look and fail nothing."""

    counts: tuple[Accounted, ...]
    problems: tuple[Problem, ...]
    cases_run: int
    cases_passed: int
    unmet: tuple[str, ...]  # one sentence for each expectation that does not hold
    notices: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.problems and not self.unmet

    def lines(self) -> list[str]:
        """The report for a terminal: mistakes first, the summary last."""
        head = ", ".join(str(count) for count in self.counts)
        passed = f"{self.cases_passed} of {self.cases_run}" if self.unmet else str(self.cases_run)
        cases = f"{passed} cases pass" if self.cases_run else "no case was run"
        found = [str(problem) for problem in self.problems]
        return [*found, *self.unmet, *(f"Note: {notice}" for notice in self.notices), f"{head} accounted for; {cases}"]


def check_pack(reading: Reading, clinical: Clinical, *, cases: bool = True) -> CheckReport:
    """Check a pack that could be loaded. ``cases``: run its worked cases too."""
    pack = reading.pack
    counts, problems = check_links(reading)
    plan = plan_of(pack)
    problems += [
        *check_conditions(plan),
        *check_directions(plan),
        *check_bands(pack),
        *check_questions(reading),
        *check_screens(reading),
    ]
    run, passed, unmet, notices = 0, 0, list[str](), list[str]()
    wrong_words, states = check_translations(pack)
    problems += wrong_words
    notices += states
    folder = Path(pack.folder) / CASES
    for place in (folder, folder / REFUSED):
        if not cases or not place.is_dir():
            continue
        found, mistakes = read_cases(place, pack)
        problems += mistakes
        for case in found:
            run += 1
            wrong = _run(case, reading, clinical, refused=place.name == REFUSED)
            passed += not wrong
            unmet += wrong
            notices += case.warnings
        notices += [f"{case.file}: case {case.id} expects nothing" for case in found if not case.expectations]
    return CheckReport(tuple(counts), tuple(dict.fromkeys(problems)), run, passed, tuple(unmet), tuple(notices))


def check_with_mistakes(reading: Reading, mistakes: list[Problem]) -> list[Problem]:
    """Every mistake of a pack that could not be read whole: those of reading, and what the rest of it shows.

    An entry that could not be read uses nothing, so a name that looks unused is left out when a file with a mistake
    speaks of it. The logic of conditions and the cases wait until everything can be read.
    """
    pack = reading.pack
    folder = Path(pack.folder)
    if any(path.relative_to(folder).as_posix() not in reading.files for path in content_files(folder)):
        return mistakes  # a whole file is missing from what was read: everything else would be an echo of it
    _, links = check_links(reading)
    broken = [top for top in reading.files.values() if any(top.source.name == mistake.file for mistake in mistakes)]
    spoken = {word for top in broken for word in _words(top)}
    found = [problem for problem in links if not set(_QUOTED.findall(problem.message)) & spoken]
    found += [*check_bands(pack), *check_questions(reading), *check_screens(reading)]
    places = {(problem.file, problem.line) for problem in mistakes}
    return [*mistakes, *sorted({problem for problem in found if (problem.file, problem.line) not in places})]


_QUOTED = re.compile(r"'([^']+)'")


def _words(node: Node) -> Iterator[str]:
    """Every name and every word that stands in a node or below it."""
    if node.kind == "map":
        for name, child in node.nodes.items():
            yield name
            yield from _words(child)
    elif node.kind == "list":
        for part in node.parts:
            yield from _words(part)
    else:
        yield from node.words.split()


def _run(case: Case, reading: Reading, clinical: Clinical, *, refused: bool) -> list[str]:
    """The sentences about one case: expectations not met, and whether its answers can stand together.

    A case beside the others must be one that a plan can be made of; a ``refused`` one must be one that cannot.
    """
    decision, wrong = run_case(case, reading.pack, clinical)
    found = [str(each) for each in wrong]
    if refused and not decision.contradictions:
        found.append(f"{case.file}: case {case.id}: stands among the refused, yet its answers do not contradict")
    if not refused:
        found += [
            f"{case.file}: case {case.id}: answers contradict one another: {words}" for words in decision.contradictions
        ]
    return found
