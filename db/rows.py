"""Rows to the values of ``use_cases.domain`` and back. Rows themselves never leave ``db``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    DocumentEntry,
    EmergencyEvent,
    Impression,
    Letterhead,
    LocalService,
    Patient,
    Role,
    StoredDocument,
    TimeStamp,
    Verdict,
    Void,
)

AnyRow = Row[Any]
NOTHING_DUE = "9999-12-31"


def clinic_values(clinic: Clinic) -> dict[str, object]:
    services = {key: {"where": one.where, "name": one.name, "hours": one.hours}
                for key, one in clinic.services.items()}
    return {"name": clinic.name, "address": clinic.address, "telephone": clinic.telephone,
            "station": clinic.station, "services": json_text(services), "ask_impression": clinic.ask_impression,
            "lock_minutes": clinic.lock_minutes, "retention_years": clinic.retention_years,
            "logo": clinic.letterhead.logo, "page_size": clinic.letterhead.page_size,
            "top_margin": clinic.letterhead.top, "paper_language": clinic.letterhead.language,
            "phones": json_text({**clinic.phones, **dict.fromkeys(clinic.phones_none)})}  # null: none here


def clinic_from(row: AnyRow) -> Clinic:
    services = {key: LocalService(**one) for key, one in json.loads(row.services).items()}
    kept = json.loads(row.phones)
    return Clinic(row.name, row.address, row.telephone, row.station,
                  {name: number for name, number in kept.items() if number is not None}, services,
                  bool(row.ask_impression), tuple(sorted(name for name, number in kept.items() if number is None)),
                  row.lock_minutes, row.retention_years,
                  Letterhead(bytes(row.logo), row.page_size, row.top_margin, row.paper_language))


def clinician_values(clinician: Clinician) -> dict[str, object]:
    return {"id": clinician.id, "name": clinician.name, "role_title": clinician.role_title,
            "role": clinician.role.value, "administers": clinician.administers, "retired": clinician.retired}


def clinician_from(row: AnyRow) -> Clinician:
    return Clinician(row.id, row.name, row.role_title, Role(row.role), bool(row.administers), bool(row.retired))


def patient_values(patient: Patient) -> dict[str, object]:
    return {"id": patient.id, "number": patient.number, "name": patient.name,
            "born": patient.born.isoformat(), "sex": patient.sex, "training": patient.training,
            "search": f"{patient.name} {patient.number}".casefold(), "language": patient.language}


def patient_from(row: AnyRow) -> Patient:
    return Patient(row.id, row.number, row.name, date.fromisoformat(row.born), row.sex, bool(row.training),
                   row.language)


def choice_values(encounter_id: str, choice: Choice) -> dict[str, object]:
    return {"encounter_id": encounter_id, "option": choice.option, "verdict": choice.verdict.value,
            "reason": choice.reason}


def choice_from(row: AnyRow) -> Choice:
    return Choice(row.option, Verdict(row.verdict), row.reason)


def event_values(encounter_id: str, event: EmergencyEvent) -> dict[str, object]:
    return {"encounter_id": encounter_id, "at": event.at.isoformat(), "by": event.by, "kind": event.kind,
            "criterion": event.criterion, "note": event.note}


def event_from(row: AnyRow) -> EmergencyEvent:
    return EmergencyEvent(datetime.fromisoformat(row.at), row.by, row.kind, row.criterion, row.note)


def impression_values(encounter_id: str, impression: Impression) -> dict[str, object]:
    return {"encounter_id": encounter_id, "text": impression.text, "noted": impression.noted.isoformat(),
            "by": impression.by, "closed": impression.closed}


def impression_from(row: AnyRow) -> Impression:
    return Impression(row.text, datetime.fromisoformat(row.noted), row.by, bool(row.closed))


def document_values(document: StoredDocument) -> dict[str, object]:
    return {"id": document.id, "encounter_id": document.encounter_id, "kind": document.kind,
            "number": document.number, "created": document.created.isoformat(), "sha256": document.sha256,
            "content": document.content}


def document_from(row: AnyRow) -> StoredDocument:
    return StoredDocument(row.id, row.encounter_id, row.kind, row.number, datetime.fromisoformat(row.created),
                          row.sha256, bytes(row.content))


def entry_from(row: AnyRow) -> DocumentEntry:
    return DocumentEntry(row.id, row.encounter_id, row.kind, row.number, datetime.fromisoformat(row.created),
                         row.sha256)


def void_values(encounter_id: str, void: Void) -> dict[str, object]:
    return {"encounter_id": encounter_id, "at": void.at.isoformat(), "by": void.by, "reason": void.reason,
            "was_due": due_text(void.was_due)}


def void_from(row: AnyRow) -> Void:
    return Void(datetime.fromisoformat(row.at), row.by, row.reason, due_from(row.was_due))


def time_stamp_values(stamp: TimeStamp) -> dict[str, object]:
    return {"document_id": stamp.document_id, "fetched": stamp.fetched.isoformat(), "authority": stamp.authority,
            "content": stamp.content}


def time_stamp_from(row: AnyRow) -> TimeStamp:
    return TimeStamp(row.document_id, datetime.fromisoformat(row.fetched), row.authority, bytes(row.content))


def due_text(due: date | None) -> str:
    return NOTHING_DUE if due is None else due.isoformat()


def due_from(text: str) -> date | None:
    return None if text == NOTHING_DUE else date.fromisoformat(text)


def json_text(value: Mapping[str, object]) -> str:
    """The same values always give the same text."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True)
