"""Documents of fixed cases, as files under review: what they say line by line, and the SHA-256 of their bytes.

After a change that was meant: ``build/test --renew`` (or ``pytest --renew``) writes them anew; the difference is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import load_case
from desktop_app.engine.loader import load_pack
from desktop_app.use_cases.domain import Clinic, Clinician
from desktop_app.use_cases.plan_case import document_of, plan_case
from desktop_app.use_cases.ports import PlanInput
from tests.documents.pdf_tools import pages_of

ROOT = Path(__file__).resolve().parents[2]
REVIEWED = Path(__file__).parent / "reviewed"
GUIDELINE = ROOT / "resources" / "guidelines" / "lumbar_fracture_radicular_pain"
SIGNED_AT = time(10, 5, tzinfo=UTC)
LONG = "Maria-Theresia Anastasia Wilhelmina Josephine von und zu Hohenlohe-Waldenburg-Schillingsfürst"
CASES = {
    "plain": ("c01_decided", {}),
    "emergency": ("emergency_decided", {}),
    "discrepancy": ("c18_decided", {"page_size": "Letter"}),
    "medicines": ("medicines_decided", {}),
    "long-name": ("c01_decided", {"name": LONG}),
    "draft": ("incomplete_decided", {"signed": False}),
}


class Caught(Paper):
    plan: PlanInput

    def care_plan(self, plan: PlanInput) -> bytes:
        self.plan = plan
        return b""


def plans(names: tuple[str, ...]) -> dict[str, PlanInput]:
    pack = load_pack(GUIDELINE)
    clinical = ClinicalArithmetic(pack)
    clinic = Clinic("Hillside Clinic", "1 Example Road, Sampleton", "555 0110", "TR01",
                    {phone.id: "555 0100" for phone in pack.phones})
    made = {}
    known: dict[str, PlanInput] = {}
    for name in names:
        case_name, more = CASES[name]
        if case_name not in known:
            case, caught = load_case(GUIDELINE / "cases" / f"{case_name}.yaml", pack), Caught()
            document_of(plan_case(pack, clinical, case, date(2026, 11, 12)), pack, clinical, caught)
            known[case_name] = caught.plan
        plan = known[case_name]
        made[name] = replace(
            plan,
            clinic=clinic,
            clinician=Clinician("u1", "Dr N. Karim", "general practitioner"),
            number="TR01-000001",
            patient=replace(plan.patient, name=str(more.get("name", plan.patient.name))),
            page_size=str(more.get("page_size", "A4")),
            signed_at=datetime.combine(plan.decision.as_of, SIGNED_AT) if more.get("signed", True) else None,
        )
    return made


def documents(*names: str) -> dict[str, bytes]:
    paper = Paper()
    made = plans(names).items()
    return {f"{name}-{kind.value}": paper.make(kind, plan) for name, plan in made for kind in paper.kinds(plan)}


def sums(*names: str) -> dict[str, str]:
    return {name: hashlib.sha256(pdf).hexdigest() for name, pdf in documents(*names).items()}


def _told(pdf: Path) -> str:
    lines = (line.strip() for page in pages_of(pdf) for line in (*page.splitlines(), "-" * 20))
    return "".join(f"{line}\n" for line in lines if line)


def test_documents_are_those_that_were_reviewed(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    made = documents(*CASES)
    found = {}
    for name, pdf in made.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)
        found[f"{name}.txt"] = f"SHA-256 {hashlib.sha256(pdf).hexdigest()}\n{_told(file)}"
    if request.config.getoption("--renew"):
        for old in REVIEWED.glob("*.txt"):
            old.unlink()
        for name, words in found.items():
            (REVIEWED / name).write_text(words, encoding="utf-8")
    kept = {file.name: file.read_text(encoding="utf-8") for file in REVIEWED.glob("*.txt")}
    assert sorted(kept) == sorted(found)
    changed = [name for name in found if kept[name] != found[name]]
    for name in changed:  # what changed first, in words
        pairs = zip(kept[name].splitlines()[1:], found[name].splitlines()[1:], strict=False)
        first = next((pair for pair in pairs if pair[0] != pair[1]), ("", "only the layout or attached data changed"))
        print(f"{name}\n  was: {first[0]}\n  now: {first[1]}")
    assert not changed, "if this was meant: build/test --renew, then read the difference"


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "QT_SCALE_FACTOR": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "QT_SCALE_FACTOR": "2"},
    ],
    ids=["east", "west"],
)
def test_the_bytes_depend_on_nothing_around_them(surroundings: dict[str, str]) -> None:
    """Another process, time zone, locale, order of hashes and scale of the screen; the same day in the documents."""
    script = "import json; from tests.documents.test_reviewed import sums; print(json.dumps(sums('plain')))"
    done = subprocess.run(
        (sys.executable, "-c", script),
        cwd=ROOT, env={**os.environ, **surroundings}, capture_output=True, text=True, check=True,
    )
    told = json.loads(done.stdout)
    assert len(told) == 4
    for name, found in told.items():
        assert (REVIEWED / f"{name}.txt").read_text(encoding="utf-8").splitlines()[0] == f"SHA-256 {found}"
