"""All checks of a content pack in one run, for its authors: links, rules, questions, screens, cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.cases import Case, read_cases
from desktop_app.engine.check_questions import check_questions, check_screens
from desktop_app.engine.check_rules import check_bands, check_conditions, check_directions
from desktop_app.engine.derive import Clinical
from desktop_app.engine.expect import run_case
from desktop_app.engine.loader import CASES, Reading
from desktop_app.engine.plan import plan_of
from desktop_app.engine.problems import Problem
from desktop_app.engine.trace_links import Accounted, check_links


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
    folder = Path(pack.folder) / CASES
    if cases and folder.is_dir():
        found, mistakes = read_cases(folder, pack)
        problems += mistakes
        for case in found:
            run += 1
            wrong = _run(case, reading, clinical)
            passed += not wrong
            unmet += wrong
            notices += case.warnings
        notices += [f"{case.file}: case {case.id} expects nothing" for case in found if not case.expectations]
    return CheckReport(tuple(counts), tuple(dict.fromkeys(problems)), run, passed, tuple(unmet), tuple(notices))


def _run(case: Case, reading: Reading, clinical: Clinical) -> list[str]:
    """The sentences about one case: expectations not met, and contradictions it does not state."""
    pack = reading.pack
    decision, wrong = run_case(case, pack, clinical)
    stated = {pair.message for pair in pack.contradictions if case.expect.get(("contradictions", pair.id)) == "yes"}
    return [
        *(str(each) for each in wrong),
        *(
            f"{case.file}: case {case.id}: answers contradict one another: {words}"
            for words in decision.contradictions
            if words not in stated
        ),
    ]
