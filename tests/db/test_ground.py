"""Shares of the network are refused; what cannot be written to is read from a private copy, newest answers too."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from db import ground, profile
from db.profile import Opened, create_profile, open_profile
from db.store import SqlStore
from desktop_app.engine.answers import Answer
from desktop_app.seal.keeper import Keeper
from desktop_app.use_cases.errors import NotPermitted
from tests.people import CLINIC, CLINICIAN, NOW, PASSPHRASE, draft
from tests.unprivileged import as_nobody

MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / {share} rw,relatime shared:2 - {kind} //server/clinic rw
"""


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "smb3", "fuse.sshfs", "9p"])
def test_a_share_of_the_network_is_refused(kind: str, tmp_path: Path, keeper: Keeper,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    share, table = tmp_path / "on the share", tmp_path / "mounts"
    share.mkdir()
    table.write_text(MOUNTS.format(share=str(share).replace(" ", "\\040"), kind=kind))
    monkeypatch.setattr(ground, "_MOUNTS", table)
    with pytest.raises(NotPermitted, match=f"share of the network \\({kind}\\)") as told:
        create_profile(share / "profile", CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper)
    assert "disk of this computer" in told.value.next_step
    assert not (share / "profile").exists()
    with pytest.raises(NotPermitted):
        open_profile(share, CLINICIAN.id, PASSPHRASE, keeper)
    create_profile(tmp_path / "beside", CLINIC, CLINICIAN, PASSPHRASE, NOW, keeper).close()


def test_what_lies_on_no_known_ground_is_not_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "_MOUNTS", tmp_path / "nothing")
    ground.refuse_share(tmp_path)


def test_a_write_protected_profile_shows_its_newest_answers_and_stays_untouched(
        store: SqlStore, opened: Opened, folder: Path, keeper: Keeper, tmp_path: Path) -> None:
    """The program was killed and its disk then mounted read-only: the last answer waits in the write-ahead file."""
    store.start_encounter(draft())
    opened.store._database.close()
    again = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper)
    again.store.save_answers("encounter-1", {"newest": Answer(True)})
    protected = Path(shutil.copytree(folder, tmp_path / "protected"))
    again.close()
    assert (protected / "store.db-wal").stat().st_size > 0
    (protected / "store.db-shm").unlink()
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in protected.iterdir()}
    for path in (*protected.iterdir(), protected):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o055)

    def read() -> None:
        read_only = open_profile(protected, CLINICIAN.id, PASSPHRASE, keeper)
        assert read_only.store.encounter("encounter-1").answers == {"newest": Answer(True)}
        assert read_only.folder != protected
        assert read_only.folder.stat().st_mode & 0o077 == 0
        read_only.close()

    as_nobody(read)
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in protected.iterdir()} == before
    protected.chmod(0o755)


def test_an_ordinary_folder_is_opened_in_its_place(opened: Opened, folder: Path) -> None:
    assert opened.folder == folder
    assert not ground.is_read_only(folder)
    assert profile.STORE_FILE in {path.name for path in folder.iterdir()}


KILLED = """
import os, signal, sys
from pathlib import Path
from db.profile import open_profile
from tests.people import CLINICIAN, PASSPHRASE, cheap_keeper
open_profile(Path(sys.argv[1]), CLINICIAN.id, PASSPHRASE, cheap_keeper(), copied=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_copy_to_look_at_goes_also_when_its_process_was_killed(
        opened: Opened, folder: Path, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would keep a patient who is erased, and a passphrase that is changed."""
    opened.close()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    [left] = tmp_path.glob("lumbar-pathway-copy-*")
    assert (left / "read-only" / profile.STORE_FILE).exists()
    looked_at = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper, copied=True)
    assert not left.exists()
    beside = open_profile(folder, CLINICIAN.id, PASSPHRASE, keeper, copied=True)
    assert looked_at.folder.exists(), "that of a process that runs stays"
    looked_at.close()
    beside.close()
