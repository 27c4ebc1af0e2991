"""Brings an older store up to date on a disk that is really full: ``python -m tests.db.full_disk_migration FOLDER``.

FOLDER becomes a small disk of its own. For each amount of room that is left the store is opened, then once more after
space was freed; what was said and what is there goes to standard output, one JSON line for each amount.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from db.backup import data_hash
from db.profile import STORE_FILE, open_profile
from db.whereabouts import read_key_file
from tests.db.full_disk_work import Disk, tried
from tests.people import CLINICIAN, PASSPHRASE, PATIENT, cheap_keeper

KEPT = Path(__file__).with_name("kept") / "schema_0001"
ROOMS = (0, 4, 32, 64, 128, 192, 256, 320, 448, 640, 2048)  # KiB


def one_room(folder: Path, room: int) -> dict[str, object]:
    profile, keeper = folder / "profile", cheap_keeper()
    shutil.copytree(KEPT, profile)
    store = profile / STORE_FILE
    before = hashlib.sha256(store.read_bytes()).hexdigest()
    key = keeper.unlock(read_key_file(profile), CLINICIAN.id, PASSPHRASE).store_key
    disk = Disk(folder, "mount")
    disk.leave(room)
    said = tried(lambda: open_profile(profile, CLINICIAN.id, PASSPHRASE, keeper).close())
    left = sorted(path.name for path in profile.iterdir() if path.name.endswith(".unfinished"))
    full = shutil.disk_usage(folder).free < 4096
    disk.free()
    same = hashlib.sha256(store.read_bytes()).hexdigest() == before
    opened = open_profile(profile, CLINICIAN.id, PASSPHRASE, keeper)
    told = {"room": room, "said": said, "untouched": same, "left": left, "full": full,
            "visits": [one.sequence for one in opened.store.encounters_of(PATIENT.id)],
            "record": opened.store.verify_audit().sound}
    opened.close()
    copies = list(profile.glob("store.db.before-*"))
    told["copies"] = [path.name for path in copies]
    told["copy_reads"] = all(data_hash(path, key) for path in copies)
    shutil.rmtree(profile)
    return told


def main(place: str) -> None:
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=True)
    for room in ROOMS:
        print(json.dumps(one_room(folder, room)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
