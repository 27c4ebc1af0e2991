"""Every pack case becomes a decision record and a PDF; every decided one a signed PDF that two checkers accept."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.seal import pkcs12, pki
from desktop_app.seal.service import PdfSeal
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.plan_case import document_of, plan_case, signed_document_of
from desktop_app.use_cases.ports import Signer
from tests.fakes import StillClock

EVERY = 25  # build/test prints every twenty-fifth case, --long all of them
AT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = b"a throw-away passphrase"


def _print_all(cases: list[Case], pack: Pack, clinical: ClinicalArithmetic) -> None:
    paper = Paper()
    for case in cases:
        plan = plan_case(pack, clinical, case, case.as_of)
        record = json.loads(plan.record)
        assert record["as_of"] == case.as_of.isoformat(), case.id
        assert record["guideline"]["id"] == pack.info.id
        pdf = document_of(plan, pack, clinical, paper)
        assert pdf.startswith(b"%PDF-1.7"), case.id
        assert pdf.rstrip().endswith(b"%%EOF"), case.id


def test_a_sample_of_the_cases_is_printed(cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic) -> None:
    _print_all(list(cases.values())[::EVERY], pack, clinical)


@pytest.mark.long
def test_every_case_is_printed(cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic) -> None:
    _print_all(list(cases.values()), pack, clinical)


def test_no_case_lies_in_the_future(cases: dict[str, Case], refused_cases: list[Case]) -> None:
    """`plan` refuses a day that has not come yet, so a case of one could not be planned."""
    assert [case.id for case in (*cases.values(), *refused_cases) if case.as_of > date(2026, 11, 13)] == []


def test_a_contradicting_case_is_refused(refused_cases: list[Case], pack: Pack, clinical: ClinicalArithmetic) -> None:
    assert refused_cases
    for case in refused_cases:
        with pytest.raises(BadData, match="contradict"):
            plan_case(pack, clinical, case, case.as_of)


@pytest.fixture(scope="module")
def clinic() -> tuple[Signer, bytes]:
    """A throw-away clinic: the clinician's key, opened, and the clinic's certificate."""
    above = pki.clinic_authority("Hillside Clinic", AT)
    made = pki.clinician_certificate(above, "Hillside Clinic", "Dr N. Karim", "general practitioner", AT)
    p12 = pkcs12.export(pkcs12.KeyPair(made.key, made.certificate, (above.certificate,)), "Dr N. Karim", WORDS)
    return PdfSeal().open_key(p12, WORDS), pki.to_pem(above.certificate)


@pytest.fixture
def pdfsig(tmp_path: Path) -> Iterator[object]:
    def check(pdf: bytes) -> str:
        path = tmp_path / "plan.pdf"
        path.write_bytes(pdf)
        ran = subprocess.run(
            ["pdfsig", "-nocert", str(path)],
            env={**os.environ, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.stdout

    return check


def test_every_decided_case_is_signed_and_accepted(
    cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic, clinic: tuple[Signer, bytes], pdfsig: object
) -> None:
    signer, authority = clinic
    decided = [case for case in cases.values() if case.choices]
    assert len(decided) >= 12
    clock, paper, seal = StillClock(), Paper(), PdfSeal()
    for case in decided:
        plan = plan_case(pack, clinical, case, case.as_of)
        pdf = signed_document_of(plan, pack, clinical, paper, signer, clock)
        verdict = seal.verify(pdf, [authority])
        assert verdict.accepted, (case.id, verdict.problems)
        assert case.patient.name in verdict.patient, case.id
        said = pdfsig(pdf)  # type: ignore[operator]
        assert "Signature is Valid" in said, (case.id, said)
        assert "Total document signed" in said, (case.id, said)


def test_an_undecided_case_is_not_signed(
    cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic, clinic: tuple[Signer, bytes]
) -> None:
    plan = plan_case(pack, clinical, cases["c01"], cases["c01"].as_of)
    with pytest.raises(BadData, match="Nothing was decided"):
        signed_document_of(plan, pack, clinical, Paper(), clinic[0], StillClock())
