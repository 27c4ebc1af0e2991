"""What the power cuts interrupt: `python -m tests.db.power_cut_work KIND FOLDER SYNCHRONOUS`, telling what is done."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from db import database
from db.profile import Opened, create_profile, open_profile
from desktop_app.engine.answers import Answer, Quantity
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.domain import StoredDocument
from desktop_app.use_cases.fingerprint import sha256_of
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, cheap_keeper, draft

NEW_PASSPHRASE = "purple bicycle under the bridge"
ANSWERS = 6
PDF = b"%PDF-1.7 " + bytes(range(256)) * 20 + b" %%EOF"


def tell(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def first_start(folder: Path) -> None:
    create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, cheap_keeper()).close()
    tell("made")


def answering(folder: Path) -> None:
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, cheap_keeper())
    opened.store.add_patient(PATIENT)
    opened.store.start_encounter(draft())
    tell("started")
    for number in range(ANSWERS):
        amount = Answer(Quantity(number, number, "mg"))
        opened.store.save_answers("encounter-1", {f"atom{number}": amount, f"twin{number}": amount})
        tell(f"answer{number}")
    sign(opened)
    opened.close()
    tell("closed")


def sign(opened: Opened) -> None:
    number = opened.store.next_document_number("care_plan")
    opened.store.sign_encounter("encounter-1", "{}", StoredDocument(
        "document-1", "encounter-1", "care_plan", number, NOW, sha256_of(PDF), PDF))
    tell("signed")


def passphrase_and_backup(folder: Path) -> None:
    opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, cheap_keeper())
    opened.set_passphrase(CLINICIAN, NEW_PASSPHRASE, NOW)
    tell("passphrase")
    report = opened.back_up(NOW, BackupPlaces(folder / "backups"))
    assert report.made, report.remarks
    tell("backed-up")
    opened.close()


def migrating(folder: Path) -> None:
    open_profile(folder, CLINICIAN.id, PASSPHRASE, cheap_keeper()).close()
    tell("migrated")


WORK = {"first_start": first_start, "answering": answering, "passphrase_and_backup": passphrase_and_backup,
        "migrating": migrating}

if __name__ == "__main__":
    _, kind, where, synchronous = sys.argv
    as_usual = database.connect

    def weaker(*given: Any, **named: Any) -> Any:
        connection = as_usual(*given, **named)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        return connection

    if synchronous != "FULL":
        database.connect = weaker
    WORK[kind](Path(where))
