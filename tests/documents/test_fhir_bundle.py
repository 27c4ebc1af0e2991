"""The attached bundle is FHIR as an independent library reads it, and nothing unknown has become a no.

fhir.resources has models of R4B (4.3.0), not of R4 (4.0.1). The kinds of resources used here have the same elements
in both; what R4B changed concerns other kinds.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.documents.care_plan import Paper
from desktop_app.documents.fhir_bundle import fhir_bundle
from desktop_app.documents.view import PlanView
from desktop_app.engine.answers import Unknown
from desktop_app.engine.cases import load_case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.plan_case import document_of, plan_case
from desktop_app.use_cases.ports import PlanInput
from tests.documents import plans

CASES = Path(__file__).resolve().parents[2] / "resources" / "guidelines" / "lumbar_fracture_radicular_pain" / "cases"
NAMES = ("c01_decided", "emergency_decided", "medicines_decided", "rfd_decided", "incomplete_decided", "c26")


class Caught(Paper):
    plan: PlanInput

    def care_plan(self, plan: PlanInput) -> bytes:
        self.plan = plan
        return b""


def real(pack: Pack, name: str) -> PlanInput:
    clinical, caught = ClinicalArithmetic(pack), Caught()
    case = load_case(CASES / f"{name}.yaml", pack)
    document_of(plan_case(pack, clinical, case, case.as_of), pack, clinical, caught)
    return caught.plan


def resources(plan: PlanInput) -> dict[str, list[dict[str, Any]]]:
    data = json.loads(fhir_bundle(PlanView(plan), "care_plan"))
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in data["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_an_independent_reader_takes_the_bundle(name: str, pack: Pack) -> None:
    plan = real(pack, name)
    raw = fhir_bundle(PlanView(plan), "care_plan")
    assert raw == fhir_bundle(PlanView(plan), "care_plan")
    bundle = Bundle.model_validate_json(raw)
    assert bundle.type == "collection"
    addresses = [entry.fullUrl for entry in bundle.entry]
    assert len(set(addresses)) == len(addresses)
    assert set(_references(json.loads(raw))) <= set(addresses)  # every reference leads to an entry


def _references(data: Any) -> list[str]:
    if isinstance(data, dict):
        own = [data["reference"]] if isinstance(data.get("reference"), str) else []
        return own + [one for value in data.values() for one in _references(value)]
    return [one for value in data for one in _references(value)] if isinstance(data, list) else []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_known_is_absent_with_its_reason_and_never_a_no(name: str, pack: Pack) -> None:
    plan = real(pack, name)
    told = {one["id"]: one for one in resources(plan)["Observation"]}
    unknown = 0
    for question in pack.questions.values():
        if question.derived or question.id in plan.decision.not_applicable:
            continue
        observation = told[f"finding-{question.id.replace('_', '-')}"]
        parts = observation.get("component", [observation])
        for atom_id, part in zip(question.atoms, parts, strict=True):
            answer = plan.decision.answers.get(atom_id)
            values = [key for key in part if key.startswith("value")]
            if answer is None or answer.value is None:
                unknown += 1
                assert not values
                assert part["dataAbsentReason"]["coding"][0]["code"] in {"not-asked", "not-performed", "asked-declined"}
                continue
            if values == ["valueBoolean"]:
                assert part["valueBoolean"] is answer.value
            assert len(values) == 1 or part["dataAbsentReason"]
    assert unknown


def test_each_kind_of_not_knowing_has_its_own_reason() -> None:
    base = plans.plan()
    reasons = {}
    for kind in Unknown:
        answer = replace(base.decision.answers["limb_ischaemia"], value=None, unknown=kind)
        decision = replace(base.decision, answers={**base.decision.answers, "limb_ischaemia": answer})
        (one,) = (
            item
            for item in resources(replace(base, decision=decision))["Observation"]
            if item["id"] == "finding-limb-ischaemia"
        )
        reasons[kind] = (one["dataAbsentReason"]["coding"][0]["code"], one["dataAbsentReason"]["text"])
    assert len(set(reasons.values())) == len(Unknown)
    assert reasons[Unknown.DECLINED][0] == "asked-declined"


def test_decisions_orders_and_the_due_date_are_carried(pack: Pack) -> None:
    plan = real(pack, "medicines_decided")
    found = resources(plan)
    (care,) = found["CarePlan"]
    assert len(care["activity"]) == len(plan.choices)
    assert found["MedicationRequest"]
    for order in found["MedicationRequest"]:
        assert order["intent"] == "plan"
        assert order["status"] == "draft"  # nothing is ordered before it is signed
    signed = resources(replace(plan, signed_at=datetime.combine(plan.decision.as_of, time(10, 5, tzinfo=UTC))))
    assert {order["status"] for order in signed["MedicationRequest"]} == {"active"}
    assert signed["CarePlan"][0]["status"] == "active"
    declined = [one["detail"] for one in care["activity"] if one.get("detail", {}).get("status") == "cancelled"]
    assert all(one["statusReason"]["text"] for one in declined)
    (origin,) = found["Provenance"]
    assert "recorded" not in origin  # the time of signing is in the signature, nothing else may claim one


def test_only_codes_that_the_pack_holds_are_used(pack: Pack) -> None:
    held = {value for question in pack.questions.values() for value in question.codes.values()}
    for one in resources(real(pack, "medicines_decided"))["Observation"]:
        for coding in one["code"].get("coding", []):
            assert coding["code"] in held


def test_a_birth_date_that_is_not_known_is_absent_and_a_fictional_patient_is_marked() -> None:
    base = plans.plan()
    (patient,) = resources(replace(base, patient=replace(base.patient, born=date.min)))["Patient"]
    assert "birthDate" not in patient
    assert patient["_birthDate"]["extension"][0]["valueCode"] == "unknown"
    data = json.loads(fhir_bundle(PlanView(base), "care_plan"))
    assert data["meta"]["tag"][0]["code"] == "HTEST"
    Bundle.model_validate(data)
