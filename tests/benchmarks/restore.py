"""How long a backup of a full store takes, and bringing it back, until everything is compared."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from db import rows, tables
from db.backup import data_hash
from db.encounters import _values
from db.profile import STORE_FILE, Opened, create_profile, open_profile
from db.restore import restore
from desktop_app.engine.answers import Answer
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.domain import Patient, StoredDocument
from desktop_app.use_cases.fingerprint import sha256_of
from tests.benchmarks.ratio import in_ms
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, TODAY, cheap_keeper, draft

ENCOUNTERS = 10_000
_ANSWERS = 40
_PDF = bytes(range(256)) * 160  # 40 kB, the size of a plan


def fill(opened: Opened, encounters: int) -> None:
    """Drafts with their answers, a document each, straight into the tables: only their amount matters here."""
    from db.answer_json import to_text

    text = to_text(Answer(True, on=TODAY))
    for start in range(0, encounters, 500):
        with opened.store._database.write() as connection:
            for number in range(start, min(encounters, start + 500)):
                patient = Patient(f"p{number}", f"N{number}", f"Somebody {number}", TODAY, "male")
                connection.execute(insert(tables.patients).values(**rows.patient_values(patient)))
                visit = replace(draft(f"e{number}", patient), sequence=number + 1)
                connection.execute(insert(tables.encounters).values(**_values(visit)))
                connection.execute(insert(tables.answers), [
                    {"encounter_id": visit.id, "atom": f"atom{one}", "value": text} for one in range(_ANSWERS)])
                content = _PDF + str(number).encode()
                connection.execute(insert(tables.documents).values(**rows.document_values(StoredDocument(
                    f"d{number}", visit.id, "care_plan", f"CP-{number}", NOW, sha256_of(content), content))))


def drill(place: Path, encounters: int) -> tuple[float, float, int]:
    """Seconds of the backup, seconds until the restored store is open with an equal hash, and its bytes."""
    keeper, folder = cheap_keeper(), place / "profile"
    opened = create_profile(folder, CLINIC, replace(CLINICIAN, administers=True), PASSPHRASE, NOW, keeper)
    fill(opened, encounters)
    begun = time.perf_counter()
    [made] = opened.back_up(NOW, BackupPlaces(place / "backups")).made
    backed_up = time.perf_counter() - begun
    key = opened._keys.store_key
    opened.close()
    (folder / STORE_FILE).write_bytes(b"the disk broke")
    begun = time.perf_counter()
    restore(folder, made.path, CLINICIAN.id, PASSPHRASE, keeper, NOW)
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    found = data_hash(folder / STORE_FILE, key)
    restored = time.perf_counter() - begun
    again.close()
    assert found == made.data_hash
    assert made.encounters == encounters
    return backed_up, restored, made.size


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        backed_up, restored, size = drill(Path(place), ENCOUNTERS)
    yield (f"backup of {ENCOUNTERS:,} encounters ({size // 2**20} MB): made and checked in {in_ms(backed_up)}; "
           f"restored, opened and compared in {in_ms(restored)}")
