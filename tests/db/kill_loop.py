"""Starts first starts and writers, kills them with no warning, and reports: ``python -m tests.db.kill_loop``.

A process of its own, so that it can fork without the threads of the test runner. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import alembic.command
import alembic.config  # noqa: F401

from db.backup import backups_in, require_whole
from db.profile import create_profile, open_profile, profile_exists
from desktop_app.engine.answers import Answer, Quantity
from desktop_app.use_cases.audit import AuditFilter
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.domain import EmergencyEvent, EncounterState, StoredDocument
from desktop_app.use_cases.errors import WrongPassphrase
from desktop_app.use_cases.fingerprint import sha256_of
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, cheap_keeper, draft


def killed_child(work: Callable[[int], None], chance: random.Random, longest: float) -> list[str]:
    """Runs the work in a child, kills it after a random time, and returns the lines it acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    # The pipe stays silent or fills up; only the time limit ends this wait unless the child was done first.
    heard = b""
    limit = chance.uniform(0.0, longest)
    poll = select.poll()
    poll.register(reading, select.POLLHUP)
    poll.poll(limit * 1000)
    os.kill(child, signal.SIGKILL)
    while part := os.read(reading, 65536):
        heard += part
    os.close(reading)
    os.waitpid(child, 0)
    return heard.decode().split("\n")[:-1]  # a last line without its end was never acknowledged


def first_starts(place: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    nothing = whole = done = 0
    keeper = cheap_keeper()
    for number in range(rounds):
        folder = place / f"profile-{number % 4}-{whole}"

        def work(tell: int, folder: Path = folder) -> None:
            create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
            os.write(tell, b"done\n")

        done += len(killed_child(work, chance, 0.2))
        if not profile_exists(folder):
            assert not folder.exists(), "a folder without a profile"
            nothing += 1
            continue
        opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
        assert opened.store.clinic() == CLINIC
        assert opened.signer().name == CLINICIAN.name
        opened.close()
        whole += 1
    assert done <= whole, "a first start was acknowledged and is not there"
    # The next first start clears away whatever the killed ones left under temporary names.
    for name in {path.name.split(".unfinished-")[0][1:] for path in place.glob(".*")}:
        create_profile(place / name, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper).close()
    assert list(place.glob(".*")) == []
    return {"nothing": nothing, "whole": whole}


def writers(place: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    keeper, folder = cheap_keeper(), place / "profile"
    first = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    first.store.add_patient(PATIENT)
    first.store.start_encounter(draft())
    first.close()
    acknowledged: set[int] = set()
    highest = 0

    def work(tell: int) -> None:
        opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
        for number in range(highest + 1, sys.maxsize):
            opened.store.save_answers("encounter-1", {f"atom{number}": amount(number), f"twin{number}": amount(number)})
            opened.store.add_event("encounter-1", EmergencyEvent(NOW, CLINICIAN.id, "shown", str(number)))
            os.write(tell, f"{number}\n".encode())

    for _ in range(rounds):
        acknowledged |= {int(line) for line in killed_child(work, chance, 0.4)}
        opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
        found = opened.store.encounter("encounter-1")
        opened.close()
        atoms = {int(atom[4:]) for atom in found.answers if atom.startswith("atom")}
        twins = {int(atom[4:]) for atom in found.answers if atom.startswith("twin")}
        assert atoms == twins, "half a transaction"
        assert acknowledged <= atoms, "an acknowledged answer was lost"
        assert acknowledged <= {int(event.criterion) for event in found.events}, "an event was lost"
        assert all(found.answers[f"atom{number}"] == amount(number) for number in atoms)
        highest = max(atoms, default=0)
    return {"acknowledged": len(acknowledged)}


def everything(place: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    """Signing, a backup, a new passphrase and a migration in turn, each killed at a random moment."""
    keeper, folder, words = cheap_keeper(), place / "profile", [PASSPHRASE, "purple bicycle under the bridge"]
    first = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    first.store.add_patient(PATIENT)
    first.close()
    counted = {"signed": 0, "backups": 0, "passphrases": 0, "migrated": 0}
    kept = Path(__file__).with_name("kept") / "schema_0001"
    for number in range(rounds):
        old = place / f"old-{number}"
        shutil.copytree(kept, old)

        def work(tell: int, number: int = number, old: Path = old) -> None:
            opened = open_profile(folder, CLINICIAN.id, words[0], keeper)
            name = f"e{number}"
            opened.store.start_encounter(draft(name))
            content = f"%PDF {number}".encode()
            opened.store.sign_encounter(name, "{}", StoredDocument(
                f"d{number}", name, "care_plan", opened.store.next_document_number("care_plan"), NOW,
                sha256_of(content), content))
            os.write(tell, b"signed\n")
            made = opened.back_up(NOW, BackupPlaces(place / "backups"), always=True).made
            os.write(tell, b"backups\n" if made else b"nothing\n")
            opened.set_passphrase(CLINICIAN, words[1], NOW)
            os.write(tell, b"passphrases\n")
            open_profile(old, CLINICIAN.id, PASSPHRASE, keeper).close()
            os.write(tell, b"migrated\n")

        told = killed_child(work, chance, 1.5)
        try:
            opened = open_profile(folder, CLINICIAN.id, words[0], keeper)
            assert "passphrases" not in told, "a new passphrase was acknowledged and does not open"
        except WrongPassphrase:
            words.reverse()
            opened = open_profile(folder, CLINICIAN.id, words[0], keeper)
        visits = {one.id: one for one in opened.store.encounters_of(PATIENT.id)}
        assert "signed" not in told or visits[f"e{number}"].state is EncounterState.SIGNED, "a signature was lost"
        for one in visits.values():
            signed = one.state is EncounterState.SIGNED
            assert len(opened.store.documents_of(one.id)) == signed, "half a signature"
            rows = opened.store.audit_rows(AuditFilter(patient_id=PATIENT.id, deed="signed"), limit=10_000)
            assert sum(row.event.subject == one.id for row in rows) == signed, "a signature without its row"
        unfinished = opened.store.open_draft(PATIENT.id)
        if unfinished is not None:
            opened.store.sign_encounter(unfinished.id, "{}", StoredDocument(
                f"late{number}", unfinished.id, "care_plan", opened.store.next_document_number("care_plan"), NOW,
                sha256_of(b"late"), b"late"))
        assert opened.store.verify_audit().sound
        opened.close()
        for backup in backups_in(place / "backups"):
            require_whole(backup.path)
        # The acknowledged backup is there; later rounds may have thinned out older ones.
        assert "backups" not in told or backups_in(place / "backups"), "a backup was lost"
        again = open_profile(old, CLINICIAN.id, PASSPHRASE, keeper)
        assert [one.sequence for one in again.store.encounters_of(PATIENT.id)] == [2, 1], "a migration lost something"
        again.close()
        shutil.rmtree(old)
        for word in told:
            counted[word] = counted.get(word, 0) + 1
    return counted


def amount(number: int) -> Answer:
    return Answer(Quantity(number, number, "mg"))


if __name__ == "__main__":
    [_, kind, where, rounds, seed] = sys.argv
    run = {"first-start": first_starts, "writers": writers, "everything": everything}[kind]
    print(json.dumps(run(Path(where), int(rounds), random.Random(int(seed)))))
