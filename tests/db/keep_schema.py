"""Makes the store that is kept for a released schema: ``python -m tests.db.keep_schema tests/db/kept``.

Run once when a schema is released; what lies in ``kept`` is never made again.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path

from db import migrate
from db.profile import create_profile
from desktop_app.engine.answers import Answer, DateRange, Exclusion, Medicine, Quantity, Unknown
from desktop_app.use_cases.domain import Choice, EmergencyEvent, Impression, StoredDocument, Verdict
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, TODAY, cheap_keeper, draft

ANSWERS = {
    "cancer": Answer(value=False, on=TODAY),
    "cauda_equina.saddle_numbness": Answer(
        value=True, excluded=Exclusion("normal examination", "Dr N. Karim", TODAY)),
    "creatinine": Answer(Quantity(0.995, 88.0, "umol_l"), on=date(2026, 11, 1)),
    "fracture_date": Answer(DateRange(date(2026, 10, 1), date(2026, 10, 31)), note="some time in October"),
    "fracture_level": Answer("L3"),
    "opioids": Answer((Medicine("morphine", 30.0, "mg", "oral"),)),
    "patient_goals": Answer(unknown=Unknown.DECLINED),
}


def keep(folder: Path) -> None:
    opened = create_profile(folder / f"schema_{migrate.HEAD}", CLINIC, CLINICIAN, PASSPHRASE, NOW, cheap_keeper())
    store = opened.store
    store.add_patient(PATIENT)
    store.start_encounter(draft("encounter-1", answers=ANSWERS))
    store.save_choice("encounter-1", "imaging", Choice("imaging", Verdict.ACCEPT))
    store.save_choice("encounter-1", "surgery", Choice("surgery", Verdict.DECLINE, "not wanted"))
    store.save_impression("encounter-1", Impression("looks like a root, not the hip", NOW, CLINICIAN.name, closed=True))
    store.add_event("encounter-1", EmergencyEvent(NOW, CLINICIAN.id, "shown", "A1"))
    store.save_summary("encounter-1", "U14", final=True, due_date=TODAY, emergency=False, next_step="refer",
                       counted_from=date(2026, 11, 8))
    number, content = store.next_document_number("care_plan"), b"%PDF-1.7 a kept plan %%EOF"
    store.sign_encounter("encounter-1", '{"as_of": "2026-11-22"}', StoredDocument(
        "document-1", "encounter-1", "care_plan", number, NOW, hashlib.sha256(content).hexdigest(), content))
    store.start_encounter(draft("encounter-2", answers=ANSWERS))
    opened.close()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
