"""The hazard log: every hazard has a control, every control a test that exists and runs, no risk above the bar."""

from __future__ import annotations

import ast
import io
from argparse import Namespace
from functools import cache
from pathlib import Path

import pytest

from desktop_app import places
from desktop_app.cli import hazards as command
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import ContentError
from desktop_app.presentation import hazards
from desktop_app.presentation.hazards import CLAIM, HazardLog
from desktop_app.presentation.help import Library

TESTS = Path(__file__).resolve().parent.parent
NOT_RUN = ("pytest.mark.skip", "pytest.mark.xfail", "pytest.mark.long")


@pytest.fixture(scope="module")
def log() -> HazardLog:
    return hazards.read(places.hazard_log())


@cache
def _tests_of(file: str) -> dict[str, list[str]]:
    """Name of each test function of a file, with the names of its marks."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name: [ast.unparse(mark) for mark in node.decorator_list]
            for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_hazard_has_controls_and_every_control_a_test_that_is_run(log: HazardLog, pack: Pack) -> None:
    """The tests named here run in the same run as this one: when one fails, the run fails."""
    claims = {claim.id for claim in pack.claims}
    wrong: list[str] = []
    for hazard in log.hazards:
        assert hazard.controls, hazard.id
        for control in hazard.controls:
            assert control.verified_by, f"{hazard.id}: nothing verifies “{control.words}”"
            for proof in control.verified_by:
                if proof.startswith(CLAIM):
                    known = proof.removeprefix(CLAIM) in claims
                else:
                    file, _, name = proof.partition("::")
                    marks = _tests_of(file).get(name) if (TESTS / file).is_file() else None
                    known = marks is not None and not any(mark.startswith(NOT_RUN) for mark in marks)
                if not known:
                    wrong.append(f"{hazard.id}: {proof}")
    assert not wrong, "not there, or not run by build/test: " + ", ".join(wrong)


def test_controls_lower_the_risk_and_none_stays_above_the_bar(log: HazardLog) -> None:
    for hazard in log.hazards:
        assert hazard.after.score < hazard.before.score, hazard.id
        assert hazard.after.score <= log.never_above, hazard.id
        assert hazard.owner in log.owners


def test_what_only_people_can_do_is_said(log: HazardLog) -> None:
    said = " ".join(log.open)
    for words in ("Clinical Safety Officer", "approved", "study of use", "regulator"):
        assert words in said


def test_the_report_holds_every_hazard_control_and_proof(log: HazardLog) -> None:
    report = hazards.report(log)
    for hazard in log.hazards:
        assert f"## {hazard.words}\n" in report
        assert hazard.remains in report
        for control in hazard.controls:
            assert control.words in report
            assert all(f"`{proof}`" in report for proof in control.verified_by)
    assert all(line in report for line in log.open)


def test_the_largest_remaining_risk_stands_first(log: HazardLog) -> None:
    scores = [hazard.after.score for hazard in hazards.by_what_remains(log)]
    assert scores == sorted(scores, reverse=True)


def test_the_help_shows_the_whole_log(log: HazardLog) -> None:
    page = hazards.build(Library(places.resources() / "help"))
    folds = [fold for passage in page.passages for fold in passage.folds]
    assert {hazard.name for hazard in log.hazards} <= {fold.title.rpartition(": ")[0] for fold in folds}
    told = " ".join(line.text for fold in folds for line in fold.lines)
    assert all(hazard.words in told and hazard.remains in told for hazard in log.hazards)
    assert all(line in page.passages[-1].text for line in log.open)


def test_the_command_prints_and_writes_the_same(tmp_path: Path, log: HazardLog) -> None:
    printed, said = io.StringIO(), io.StringIO()
    assert command.run(Namespace(to=None), places.hazard_log(), printed) == 0
    assert command.run(Namespace(to=tmp_path / "log.md"), places.hazard_log(), said) == 0
    assert printed.getvalue() == (tmp_path / "log.md").read_text(encoding="utf-8") == hazards.report(log)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("severity: 5, likelihood: 4", "severity: 7, likelihood: 4", "7"),
    ("owner: clinical_safety", "owner: nobody", "nobody"),
    ("effect: Bladder", "effects: Bladder", "effect"),
    ("kind: design", "kind: hope", "hope"),
])
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = places.hazard_log().read_text(encoding="utf-8")
    line = text[:text.index(old)].count("\n") + 1
    path = tmp_path / "hazards.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        hazards.read(path)
    assert said in str(caught.value)
    assert any(line - 8 <= problem.line <= line for problem in caught.value.problems)
