"""Imports a certificate, an edition and a backup, kills that with no warning, and reports:
``python -m tests.db.kill_imports PLACE ROUNDS SEED``. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from pathlib import Path

from db.backup import backups_in
from db.profile import create_profile, open_profile
from db.restore import restore
from db.shelf import FolderShelf
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.backups import BackupPlaces
from desktop_app.use_cases.edition_records import KnownEdition, Publishers
from tests.db.kill_loop import killed_child
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, PATIENT, TODAY, cheap_keeper, draft
from tests.seal.conftest import SECRET, new_clinic

HASH = "ab" * 32
CONTENT = {f"part{number % 4}/{number}.yaml": bytes([number]) * 20_000 for number in range(24)}
EDITION = KnownEdition(HASH, 2, "0.2.0", "1.0.0", TODAY, ("one", "two"), NOW, CLINICIAN.name)


def prepared(place: Path) -> tuple[Path, Path]:
    """A profile with one consultation, and a backup of it."""
    folder = place / "profile"
    opened = create_profile(folder, CLINIC, CLINICIAN, PASSPHRASE, NOW, cheap_keeper())
    opened.store.add_patient(PATIENT)
    opened.store.start_encounter(draft("before"))
    opened.back_up(NOW, BackupPlaces(place / "backups"), always=True)
    opened.close()
    [backup] = backups_in(place / "backups")
    return folder, backup.path


def imports(place: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    keeper, clinic = cheap_keeper(), new_clinic()
    first, backup = prepared(place)
    counted = {"certificate": 0, "edition": 0, "restored": 0, "there": 0}
    for number in range(rounds):
        folder = place / f"profile-{number}"
        shutil.copytree(first, folder)

        def work(tell: int, folder: Path = folder) -> None:
            opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
            opened.import_signing_key(clinic.p12, SECRET, NOW)
            os.write(tell, b"certificate\n")
            shelf = FolderShelf(folder)
            shelf.keep(shelf.take_in(CONTENT), HASH)
            opened.store.add_edition(EDITION, Publishers(b"list", NOW, CLINICIAN.name))
            os.write(tell, b"edition\n")
            opened.close()
            restore(folder, backup, CLINICIAN.id, PASSPHRASE, keeper, NOW)
            os.write(tell, b"restored\n")

        told = killed_child(work, chance, 0.4)
        opened = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)  # finishes a change of files that was begun
        came_back = bool(opened.store.audit_rows(AuditFilter(deed=Deed.RESTORED.value)))
        assert came_back or "restored" not in told, "a restore was acknowledged and is not there"
        assert len(list(folder.glob("set-aside-*"))) == came_back, "half a restore"
        assert not (folder / "restoring").exists(), "a change of files is not finished"
        assert [one.id for one in opened.store.encounters_of(PATIENT.id)] == ["before"]
        known = [one.content_hash for one in opened.store.known_editions()]
        shelf = FolderShelf(folder)
        for name, kept in shelf.folders():
            found = {path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*") if path.is_file()}
            assert (name, found) == (HASH, CONTENT), "half an edition"
        if not came_back:
            assert opened.certificate().imported or "certificate" not in told, "an imported certificate was lost"
            assert known == [HASH] or "edition" not in told, "an edition that was installed was lost"
            assert not known or shelf.folder(HASH) is not None, "an edition is known and not there"
        assert opened.signer().name
        assert opened.store.verify_audit().sound
        opened.import_signing_key(clinic.p12, SECRET, NOW)  # whatever was half-way can be done again
        shelf.keep(shelf.take_in(CONTENT), HASH)
        assert [path.name for path in (folder / "guidelines").iterdir() if path.name.startswith(".in")] == []
        opened.close()
        shutil.rmtree(folder)
        for word in told:
            counted[word] += 1
        counted["there"] += came_back
    return counted


if __name__ == "__main__":
    [_, where, rounds, seed] = sys.argv
    print(json.dumps(imports(Path(where), int(rounds), random.Random(int(seed)))))
