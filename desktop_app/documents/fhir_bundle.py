"""The plan as a FHIR R4 bundle, the file by which another record system takes it over.

Codes are those that the pack carries; everything else is told in words. What is not known is told as absent with
its reason, never as a no. The same plan makes the same bytes.
"""

from __future__ import annotations

import json
import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.documents.words import root_in_words, sentence
from desktop_app.engine.answers import DateRange, Quantity, Unknown
from desktop_app.engine.words import value_in_words
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.answers import Answer, Medicine
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Atom

FILE_NAME = "fhir-r4-bundle.json"
_HL7 = "http://terminology.hl7.org/CodeSystem/"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_SYSTEMS = {"loinc": "http://loinc.org", "snomed": "http://snomed.info/sct", "atc": "http://www.whocc.no/atc"}
_WHY_ABSENT = {
    Unknown.NOT_ASKED: ("not-asked", "not asked"),
    Unknown.NOT_ASSESSED: ("not-performed", "not assessed"),
    Unknown.CANNOT_ASSESS: ("not-performed", "cannot be assessed"),
    Unknown.DECLINED: ("asked-declined", "declined"),
}
_TAKEN = {Verdict.ACCEPT, Verdict.CHANGE}
_PRESCRIBED = {"offer", "consider", "continue"}  # kinds of options that, of a medicine, are an order for it
_SPACE = uuid.UUID("6f0d0a57-9a4f-5d0e-8d53-1b9b1f6f7c11")  # of the names from which entries get their addresses
_NOTHING: tuple[object, ...] = (None, "", [])

Resource = dict[str, Any]


def fhir_bundle(view: PlanView, kind: str) -> bytes:
    """Patient, clinician, clinic, visit, plan, findings, medicines and provenance as one collection, in JSON."""
    return (
        json.dumps(_Bundle(view, kind).whole(), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    ).encode("utf-8")


class _Bundle:
    def __init__(self, view: PlanView, kind: str) -> None:
        self.view = view
        self.plan = view.plan
        self.kind = kind
        self.signed = self.plan.signed_on is not None
        self.day = view.decision.as_of.isoformat()
        self.entries: list[Resource] = []

    def whole(self) -> Resource:
        self._people()
        self._visit()
        self._findings()
        self._conclusions()
        orders = self._orders()
        self._care_plan(orders)
        self._provenance()
        bundle: Resource = {
            "resourceType": "Bundle",
            "type": "collection",
            "identifier": {"value": _said(self.plan.number) or "draft"},
            "entry": [{"fullUrl": self._address(one["id"]), "resource": one} for one in self.entries],
        }
        if self.plan.patient.training:
            bundle["meta"] = {"tag": [{"system": f"{_HL7}v3-ActReason", "code": "HTEST", "display": "test data"}]}
        return bundle

    # -- addresses ----------------------------------------------------------------------------------

    def _address(self, name: str) -> str:
        key = f"{self.plan.number}|{self.plan.patient.number}|{self.day}|{self.kind}|{name}"
        return f"urn:uuid:{uuid.uuid5(_SPACE, key)}"

    def _ref(self, name: str) -> Resource:
        return {"reference": self._address(name)}

    def _add(self, kind: str, name: str, /, **content: Any) -> None:
        said = {key: value for key, value in content.items() if value not in _NOTHING}  # a no is something
        self.entries.append({"resourceType": kind, "id": name, **said})

    # -- who and when -------------------------------------------------------------------------------

    def _people(self) -> None:
        patient, clinician, clinic = self.plan.patient, self.plan.clinician, self.plan.clinic
        known = patient.born != date.min  # a case file may leave the birth date out
        self._add(
            "Patient",
            "patient",
            identifier=[{"value": words}] if (words := _said(patient.number)) else [],
            name=[{"text": words}] if (words := _said(patient.name)) else [],
            gender=patient.sex if patient.sex in {"female", "male"} else "unknown",
            birthDate=patient.born.isoformat() if known else "",
            _birthDate=None if known else {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]},
        )
        if clinician is not None:
            role = _said(clinician.role_title)
            self._add(
                "Practitioner",
                "clinician",
                name=[{"text": _said(clinician.name) or "no name"}],
                qualification=[{"code": {"text": role}}] if role else [],
            )
        if clinic is not None:
            phone, address = _said(clinic.telephone), _said(clinic.address)
            self._add(
                "Organization",
                "clinic",
                name=_said(clinic.name) or "no name",
                telecom=[{"system": "phone", "value": phone}] if phone else [],
                address=[{"text": address}] if address else [],
            )

    def _visit(self) -> None:
        code = {"system": f"{_HL7}v3-ActCode", "code": "AMB", "display": "ambulatory"}
        self._add(
            "Encounter",
            "visit",
            status="finished" if self.signed else "in-progress",
            **{"class": code},
            subject=self._ref("patient"),
            period={"start": self.day},
            participant=[{"individual": self._ref("clinician")}] if self.plan.clinician is not None else [],
            serviceProvider=self._ref("clinic") if self.plan.clinic is not None else None,
        )

    # -- what was found -----------------------------------------------------------------------------

    def _observation(self, name: str, code: Resource, /, **content: Any) -> None:
        self._add(
            "Observation",
            name,
            status="final" if self.signed else "preliminary",
            code=code,
            subject=self._ref("patient"),
            encounter=self._ref("visit"),
            **{"effectiveDateTime": self.day, **content},
        )

    def _findings(self) -> None:
        for question in self.view.pack.questions.values():
            if question.derived or question.id in self.view.decision.not_applicable:
                continue
            atoms = [self.view.pack.atoms[name] for name in question.atoms]
            code: Resource = {"text": question.short}
            if question.codes:
                code["coding"] = [
                    {"system": _SYSTEMS[system], "code": value}
                    for system, value in sorted(question.codes.items())
                    if system in _SYSTEMS
                ]
            name = _name("finding", question.id)
            notes = [{"text": words} for atom in atoms for words in self._notes(atom)]
            if len(atoms) == 1 and atoms[0].id == question.id:
                answer = self.view.answer(question.id)
                on = answer.on.isoformat() if answer is not None and answer.on is not None else self.day
                self._medicines(answer)
                self._observation(name, code, note=notes, effectiveDateTime=on, **_value(atoms[0], answer))
            else:
                parts = [{"code": {"text": one.label}, **_value(one, self.view.answer(one.id))} for one in atoms]
                self._observation(name, code, note=notes, component=parts)

    def _notes(self, atom: Atom) -> list[str]:
        """What stands beside an answer: its note, and how an emergency yes was ended."""
        answer = self.view.answer(atom.id)
        if answer is None:
            return []
        found = [f"{atom.label}: {answer.note}"] if _said(answer.note) else []
        if (ended := answer.excluded) is not None:
            how = "entered in error" if ended.entered_in_error else "excluded"
            found.append(f"{atom.label}: {how} on {ended.on.isoformat()} by {ended.by}: {ended.how}")
        return found

    def _medicines(self, answer: Answer | None) -> None:
        if answer is None or not isinstance(answer.value, tuple):
            return
        for number, one in enumerate(answer.value, 1):
            self._add(
                "MedicationStatement",
                f"taken-{number}",
                status="active",
                medicationCodeableConcept={"text": one.drug.replace("_", " ")},
                subject=self._ref("patient"),
                effectiveDateTime=self.day,
                dosage=[{"text": _dose(one), "asNeededBoolean": one.as_needed}],
                note=[{"text": one.note}] if _said(one.note) else [],
            )

    def _conclusions(self) -> None:
        """What the guideline concludes from the answers: urgency, root and verdict."""
        decision = self.view.decision
        tier = decision.tier
        due = tier.due_date
        words = f"at least {tier.floor.name}" if not tier.final else tier.floor.name
        self._observation(
            "urgency",
            {"text": "Urgency tier of the guideline (NONE, R3, U14, E24, E)"},
            valueString=words if tier.final or tier.floor.name != "NONE" else "",
            dataAbsentReason=None if tier.final or tier.floor.name != "NONE" else _absent("unknown", "not settled"),
            note=[{"text": f"Act by {due.isoformat()}."}] if due is not None and not tier.clock_stopped else [],
        )
        root = decision.imaging.root
        known = root != "unknown"
        self._observation(
            "root",
            {"text": "Nerve root named by the signs"},
            valueString=("no single root" if root == "uncertain" else root_in_words(root)) if known else "",
            dataAbsentReason=None if known else _absent("unknown", "not settled"),
        )
        verdict = decision.imaging.verdict
        known = verdict != "unknown"
        self._observation(
            "verdict",
            {"text": "Agreement of signs and imaging"},
            valueString=self.view.verdict_label(verdict) if known else "",
            dataAbsentReason=None if known else _absent("unknown", "not settled"),
        )

    # -- what was decided ---------------------------------------------------------------------------

    def _orders(self) -> dict[str, str]:
        """A request for each accepted medicine; gives its name by option."""
        made: dict[str, str] = {}
        for advice in self.view.decision.options:
            choice, option = self.view.choices.get(advice.id), self.view.option(advice.id)
            if choice is None or option is None or choice.verdict not in _TAKEN:
                continue
            if not self.view.is_medicine(advice) or option.kind not in _PRESCRIBED:
                continue
            made[advice.id] = _name("medicine", advice.id)
            said = _said(choice.reason) if choice.verdict is Verdict.CHANGE else _said(advice.text)
            self._add(
                "MedicationRequest",
                made[advice.id],
                status="active" if self.signed else "draft",
                intent="plan",
                medicationCodeableConcept={"text": advice.title},
                subject=self._ref("patient"),
                encounter=self._ref("visit"),
                authoredOn=self.day,
                requester=self._ref("clinician") if self.plan.clinician is not None else None,
                dosageInstruction=[{"text": said}] if said else [],
            )
        return made

    def _care_plan(self, orders: dict[str, str]) -> None:
        decided = [one for one in self.view.decision.options if one.id in self.view.choices]
        activities = [
            {"reference": self._ref(orders[one.id])} if one.id in orders else {"detail": self._detail(one)}
            for one in decided
        ]
        info = self.view.pack.info
        author = self._ref("clinician") if self.plan.clinician is not None else None
        self._add(
            "CarePlan",
            "plan",
            status="active" if self.signed else "draft",
            intent="plan",
            identifier=[{"value": words}] if (words := _said(self.plan.number)) else [],
            title="Care plan" if decided else "Advice, nothing decided",
            subject=self._ref("patient"),
            encounter=self._ref("visit"),
            created=self.day,
            author=author,
            supportingInfo=[self._ref(name) for name in ("urgency", "root", "verdict")],
            activity=activities,
            note=[{"text": f"Guideline {self.view.decision.guideline_version}. {sentence(info.state_words)}"}],
        )

    def _detail(self, advice: OptionAdvice) -> Resource:
        choice = self.view.choices[advice.id]
        taken = choice.verdict in _TAKEN
        detail: Resource = {"status": "not-started" if taken else "cancelled", "description": advice.title}
        if _said(choice.reason):
            detail["statusReason"] = {"text": choice.reason}
        tier = self.view.decision.tier
        if taken and advice.group == "referral" and tier.due_date is not None and not tier.clock_stopped:
            detail["scheduledPeriod"] = {"end": tier.due_date.isoformat()}
        return detail

    def _provenance(self) -> None:
        """Who answers for the plan. The time of signing is known to the signature around this file only."""
        unknown = {"extension": [{"url": _ABSENT, "valueCode": "unknown"}]}
        who = self._ref("clinician") if self.plan.clinician is not None else {"display": "no clinician named"}
        decision = self.view.decision
        basis = f"Guideline {decision.guideline_id} {decision.guideline_version}, content {decision.content_hash}"
        self._add(
            "Provenance",
            "provenance",
            target=[self._ref("plan")],
            occurredDateTime=(self.plan.signed_on or decision.as_of).isoformat(),
            _recorded=unknown,
            agent=[{"who": who}],
            entity=[{"role": "source", "what": {"display": basis}}],
        )


def _said(words: str) -> str:
    return words.strip()


def _name(kind: str, key: str) -> str:
    """An id as FHIR wants it: letters, digits, dash and dot, at most 64."""
    return f"{kind}-{key.replace('_', '-')}"[:64]


def _absent(code: str, words: str) -> Resource:
    return {"coding": [{"system": f"{_HL7}data-absent-reason", "code": code}], "text": words}


def _value(atom: Atom, answer: Answer | None) -> Resource:
    """The answer as a FHIR value, or why there is none."""
    if answer is None or answer.value is None:
        kind = answer.unknown if answer is not None and answer.unknown is not None else Unknown.NOT_ASKED
        return {"dataAbsentReason": _absent(*_WHY_ABSENT[kind])}
    value = answer.value
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, Quantity):
        labels = {unit.id: unit.label for unit in atom.units}
        unit = labels.get(value.unit, "")
        return {"valueQuantity": {"value": value.entered, **({"unit": unit} if unit else {})}}
    if isinstance(value, DateRange):
        if value.earliest == value.latest:
            return {"valueDateTime": value.earliest.isoformat()}
        return {"valuePeriod": {"start": value.earliest.isoformat(), "end": value.latest.isoformat()}}
    if isinstance(value, str) and atom.options:
        return {"valueCodeableConcept": {"text": atom.option_label(value)}}
    words = value if isinstance(value, str) else value_in_words(value, atom)
    return {"valueString": words} if _said(words) else {"dataAbsentReason": _absent(*_WHY_ABSENT[Unknown.NOT_ASKED])}


def _dose(one: Medicine) -> str:
    amount = f"{one.per_day:g} {one.unit} a day" if one.per_day is not None else "dose not known"
    return ", ".join(part for part in (amount, one.route, "as needed" if one.as_needed else "") if part)
